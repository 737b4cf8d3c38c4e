# mistake: calls the library
# part: forward
# says: the library's own version
# scores: 0

from course_lib import mlp


def forward(params, x):
    net = mlp([1, 4, 2, 1], ["sigmoid"] * 3)
    flat = net.pack([A.T for A, _ in params], [b for _, b in params])
    out, _ = net.forward(flat, [[float(x)]])
    return out[0, 0], [layer.a[0] for layer in net.trace(flat, [[x]], [[0.0]], "rss").layers]
