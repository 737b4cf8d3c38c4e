# style: an error of its own that is a ValueError; comprehensions, einsum

import numpy as np


class BadGradient(ValueError):
    pass


def clip_by_value(grads, limit):
    class Bad(ValueError):
        pass

    def one(g):
        if np.isfinite(g).sum() < g.size:
            raise Bad
        return np.maximum(-limit, np.minimum(limit, g))

    return list(map(one, grads))


def clip_by_norm(grads, max_norm):
    squares = [np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads]
    if any(not np.isfinite(s) for s in squares):
        raise np.linalg.LinAlgError("bad gradient")  # derived from ValueError
    length = sum(squares) ** 0.5
    return [g / max(1.0, length / max_norm) for g in grads]
