"""The same work in PyTorch, scikit-learn and JAX; whatever is not installed is left out."""

import warnings

import numpy as np


def torch_eager(work, fused=False):
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    weights, biases = work.net.unpack(work.params)
    parameters = [torch.tensor(part, requires_grad=True) for part in weights + biases]
    weights, biases = parameters[: len(weights)], parameters[len(weights) :]
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[work.optimizer]
    optimizer = kind(parameters, **work.options, **({"fused": True} if fused else {}))
    X, Y, losses, right = torch.tensor(work.X), torch.tensor(work.Y), [], []
    act = getattr(torch, work.hidden)
    for epoch in range(work.epochs):
        for rows in work.batches(epoch):
            x, y = X[rows], Y[rows]
            a = x
            for W, b in zip(weights[:-1], biases[:-1], strict=True):
                a = act(torch.addmm(b, a, W))
            z = torch.addmm(biases[-1], a, weights[-1])
            if work.loss == "rss":
                loss = ((torch.sigmoid(z) - y) ** 2).sum()
            elif work.loss == "binary_cross_entropy":
                loss = functional.binary_cross_entropy_with_logits(z, y)
            else:
                loss = functional.cross_entropy(z, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            if work.accuracy:
                right.append((z.argmax(1) == y.argmax(1)).double().mean().item())
    return losses[-1]


def torch_fused(work):
    return torch_eager(work, fused=True) if work.optimizer == "adam" else None


def torch_stack(lrs, momenta, n_steps):
    import torch

    torch.set_num_threads(1)
    lr, beta = torch.tensor(lrs), torch.tensor(momenta)
    w = torch.tensor([[10.0, 1.0]], dtype=torch.float64).repeat(len(lrs), 1).requires_grad_()
    v, losses = torch.zeros_like(w), []
    steepness = torch.tensor([1.0, 10.0], dtype=torch.float64)
    for _ in range(n_steps):
        loss = (steepness * w**2).sum(1)
        (grad,) = torch.autograd.grad(loss.sum(), w)
        with torch.no_grad():
            v = beta * v + grad
            w = (w - lr * v).requires_grad_()
        losses.append(loss.detach())
    return (steepness * w**2).sum(1).detach().numpy()


def torch_gradcheck(work):
    import torch

    torch.set_num_threads(1)
    weights, biases = work.net.unpack(work.params)
    pairs = zip(weights, biases, strict=True)
    parts = [torch.tensor(part, requires_grad=True) for pair in pairs for part in pair]
    X, Y = torch.tensor(work.X), torch.tensor(work.Y)

    def loss(W1, b1, W2, b2):
        return torch.nn.functional.cross_entropy(torch.relu(X @ W1 + b1) @ W2 + b2, Y)

    return torch.autograd.gradcheck(loss, parts, eps=1e-5, atol=1e-6)


def scikit_learn(work):
    """Its own start and shuffling; the same number of updates.

    ``fit`` writes the loss down but no accuracy. Where that is asked for, each epoch is one
    ``partial_fit`` and one ``score``, the shortest way there is.
    """
    from sklearn.neural_network import MLPClassifier

    if work.batch_size is None or work.loss != "cross_entropy":
        return None
    momentum = work.options.get("momentum", 0.0)
    model = MLPClassifier(
        work.sizes[1:-1],
        solver=work.optimizer,
        alpha=0.0,
        batch_size=work.batch_size,
        learning_rate_init=work.options["lr"],
        momentum=momentum,
        nesterovs_momentum=False,
        max_iter=work.epochs,
        n_iter_no_change=work.epochs + 1,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        labels = work.Y.argmax(axis=1)
        if not work.accuracy:
            model.fit(work.X, labels)
            return np.nan
        for _ in range(work.epochs):
            model.partial_fit(work.X, labels, classes=np.unique(labels))
            model.score(work.X, labels)
    return np.nan


def jax_parts(work):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def loss(parts, x, y):
        a = x
        for W, b in parts[:-1]:
            a = {"tanh": jnp.tanh, "sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu}[work.hidden](
                a @ W + b
            )
        z = a @ parts[-1][0] + parts[-1][1]
        if work.loss == "rss":
            return ((jax.nn.sigmoid(z) - y) ** 2).sum()
        if work.loss == "binary_cross_entropy":
            return (jnp.logaddexp(0, z) - y * z).mean()
        return -(y * jax.nn.log_softmax(z)).sum(1).mean()

    def step(parts, x, y):
        value, grads = jax.value_and_grad(loss)(parts, x, y)
        lr = work.options["lr"]
        return jax.tree.map(lambda p, g: p - lr * g, parts, grads), value

    weights, biases = work.net.unpack(work.params)
    parts = [(jnp.array(W), jnp.array(b)) for W, b in zip(weights, biases, strict=True)]
    return step, parts, jnp.array(work.X), jnp.array(work.Y)


COMPILED = {}


def jax_step(work):
    """A compiled step, called from a Python loop. Plain SGD on full batches only."""
    if work.batch_size is not None:
        return None
    import jax

    step, parts, X, Y = jax_parts(work)
    step = COMPILED.setdefault((id(work), "step"), jax.jit(step))
    losses = []
    for _ in range(work.epochs):
        parts, value = step(parts, X, Y)
        losses.append(float(value))
    return losses[-1]


def jax_loop(work):
    """The whole loop compiled."""
    if work.batch_size is not None:
        return None
    import jax

    step, parts, X, Y = jax_parts(work)

    def loop(parts):
        return jax.lax.scan(lambda now, _: step(now, X, Y), parts, None, length=work.epochs)

    loop = COMPILED.setdefault((id(work), "loop"), jax.jit(loop))
    return float(np.asarray(loop(parts)[1])[-1])


TRAINERS = {
    "PyTorch": torch_eager,
    "PyTorch fused": torch_fused,
    "scikit-learn": scikit_learn,
    "JAX step": jax_step,
    "JAX loop": jax_loop,
}
