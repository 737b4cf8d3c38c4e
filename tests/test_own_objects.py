"""What learners write themselves, in whatever style, does what a plain loop does with it."""

import functools

import numpy as np
import pytest

import course_lib as c

NET = c.mlp([2, 4, 1], ["tanh", "sigmoid"])
START, DATA = NET.init_params(0), c.xor()


class Remembers:
    """An optimizer that calls the gradient it was handed its state, and works on it in place."""

    def __init__(self, lr=0.1):
        self.lr, self.seen = lr, []

    def init(self, params):
        return np.zeros_like(params)

    def step(self, params, grad, last):
        self.seen.append(np.abs(grad - last).sum())
        change = grad.copy()
        change *= self.lr
        params -= change
        return params, grad


class Scales:
    """An optimizer that works on the gradient itself."""

    def __init__(self, lr):
        self.lr = lr

    def init(self, params):
        return None

    def step(self, params, grad, state):
        grad *= self.lr
        return params - grad, state


class KeepsParams:
    """An optimizer whose params are its own, moved in place, as in an object of PyTorch's."""

    def __init__(self, lr=0.5, breaks_at=None):
        self.lr, self.breaks_at, self.k = lr, breaks_at, 0

    def init(self, params):
        self.params = params

    def step(self, params, grad, state):
        self.k += 1
        grad *= np.inf if self.k == self.breaks_at else self.lr
        self.params -= grad
        return self.params, state


class Straight:
    """A straight line through the data, and the halved input that its learner works with."""

    n_params = 2

    def __init__(self, shape=(-1, 1)):
        self.shape, self.grad = shape, np.empty(2)

    def loss_and_grad(self, params, X, Y, loss):
        X *= 0.5
        error = X @ params[:, None] - Y
        np.mean(2 * error * X, axis=0, out=self.grad)
        return [(error**2).mean()], self.grad

    def predict(self, params, X):
        X *= 0.5
        return (X @ params).reshape(self.shape).tolist()


def plain_loop(f, params, lr, n_steps):
    losses, places = [], [np.array(params, float)]
    for _ in range(n_steps):
        loss, grad = f(places[-1])
        losses.append(loss)
        places.append(places[-1] - lr * grad)
    return losses, np.array(places)


def bowl(w):
    return float((w**2).sum()), 2 * w


def test_an_objective_that_fills_one_array_and_an_optimizer_that_keeps_it():
    grad = np.empty(2)

    def f(w):
        np.multiply(2, w, out=grad)
        return (w**2).sum(), grad

    optimizer = Remembers()
    history = c.minimize(f, [1.0, 2.0], optimizer, 4)
    _, places = plain_loop(bowl, [1.0, 2.0], 0.1, 4)
    np.testing.assert_allclose(history.params, places, rtol=1e-12)
    changes = np.abs(np.diff(2 * places[:4], axis=0)).sum(axis=1)
    np.testing.assert_allclose(optimizer.seen[1:], changes, rtol=1e-12)


@pytest.mark.parametrize("way", ["minimize", "train", "sweep"])
def test_an_optimizer_that_changes_a_gradient_changes_its_own(way):
    slope = np.array([1.0, 2.0])

    class Flat(Straight):
        def loss_and_grad(self, params, X, Y, loss):
            return float(slope @ params), slope

    start, net = np.array([3.0, 1.0]), Flat()
    if way == "minimize":
        history = c.minimize(lambda w: (slope @ w, slope), start, Scales(0.1), 3)
        np.testing.assert_allclose(history.params[-1], start - 0.3 * slope, rtol=1e-12)
    elif way == "train":
        history = c.train(net, start, DATA, "mse", Scales(0.1), 3, clip=lambda g: g)
        np.testing.assert_allclose(history.params, start - 0.3 * slope, rtol=1e-12)
    else:
        rates = np.geomspace(0.1, 0.2, 4)
        found = c.find_learning_rate(net, start, DATA, "mse", Scales, 0.1, 0.2, 4)
        moved = np.cumsum([0, *rates[:-1]])
        np.testing.assert_allclose(found.losses, slope @ start - moved * (slope @ slope))
    assert slope.tolist() == [1.0, 2.0] and start.tolist() == [3.0, 1.0]


def test_history_does_not_change_with_what_an_optimizer_keeps():
    optimizer = KeepsParams()
    history = c.train(NET, START, DATA, "mse", optimizer, 3)
    _, places = plain_loop(lambda w: NET.loss_and_grad(w, *DATA, "mse"), START, 0.5, 3)
    optimizer.params += 1
    np.testing.assert_allclose(history.params, places[-1], rtol=1e-12)


def test_after_divergence_params_are_finite_also_where_the_optimizer_keeps_them():
    history = c.train(NET, START, DATA, "mse", KeepsParams(breaks_at=3), 9)
    _, places = plain_loop(lambda w: NET.loss_and_grad(w, *DATA, "mse"), START, 0.5, 2)
    assert history.diverged
    np.testing.assert_allclose(history.params, places[-1], rtol=1e-12)


def test_a_network_that_works_on_its_data_in_place_sees_the_same_data_every_time():
    (X, Y), start = DATA, np.array([0.1, 0.2])

    def f(w):
        error = 0.5 * X @ w[:, None] - Y
        return (error**2).mean(), (2 * error * 0.5 * X).mean(axis=0)

    losses, places = plain_loop(f, start, 0.3, 4)
    history = c.train(
        Straight(), start, DATA, "mse", c.SGD(0.3), 3, None, DATA, metrics=["accuracy"]
    )
    np.testing.assert_allclose(history.train_loss, losses[:3], rtol=1e-12)
    np.testing.assert_allclose(history.val_loss, losses[1:], rtol=1e-12)
    answers = [(0.5 * X @ w > 0.5) == Y[:, 0] for w in places]
    np.testing.assert_array_equal(history.val_accuracy, np.mean(answers[1:4], axis=1))
    np.testing.assert_array_equal(history.train_accuracy, np.mean(answers[:3], axis=1))
    found = c.find_learning_rate(Straight(), start, DATA, "mse", c.SGD, 0.29, 0.31, 4, 4)
    np.testing.assert_allclose(found.losses, losses, rtol=0.02)


@pytest.mark.parametrize("kind", [np.int8, np.float16, np.float32])
def test_a_gradient_of_few_bits_is_worked_with_in_full(kind):
    def f(w):
        return (w**2).sum(), (100 * w).astype(kind)

    start = [1.0, 0.5]
    for optimizer in (c.SGD(0.001), c.Adam(0.1), c.RMSprop(0.01)):
        rough = c.minimize(f, start, optimizer, 3)
        fine = c.minimize(lambda w: (f(w)[0], f(w)[1].astype(float)), start, optimizer, 3)
        np.testing.assert_allclose(rough.grad_norm, fine.grad_norm, rtol=1e-12)
        np.testing.assert_allclose(rough.params, fine.params, rtol=1e-12)


@pytest.mark.parametrize(("kind", "start"), [(np.float16, 3.0), (np.float32, 1e17)])
def test_a_loss_of_few_bits_diverges_where_it_overflows(kind, start):
    def f(w):
        return kind(w @ w), 2 * w

    history = c.minimize(f, [start], c.SGD(2.0), 20)
    first_infinite = next(k for k in range(99) if (start * 3**k) ** 2 > float(np.finfo(kind).max))
    assert history.diverged and history.diverged_at == first_infinite


def test_an_objective_around_that_of_a_network_is_the_one_that_is_followed():
    objective = NET.objective(*DATA, "mse")

    @functools.wraps(objective)
    def with_decay(params, step=0):
        loss, grad = objective(params, step)
        return loss + params @ params, grad + 2 * params

    history = c.minimize(with_decay, START, c.SGD(0.1), 5)
    losses, places = plain_loop(with_decay, START, 0.1, 6)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-12)
    np.testing.assert_allclose(history.params, places[:6], rtol=1e-12)


def test_an_objective_may_have_attributes_of_any_name():
    class Sum:
        parts = [1.0, 3.0]

        def __call__(self, w):
            return sum(a * w @ w for a in self.parts), sum(2 * a * w for a in self.parts)

    assert c.minimize(Sum(), [1.0], c.SGD(0.1), 1).loss.round(12).tolist() == [4.0, 0.16]


@pytest.mark.parametrize("many", [False, True])
def test_a_survey_of_a_function_that_fills_one_array(many):
    arrays = {}

    def f(w):
        assert many or w.ndim == 1
        grad = arrays.setdefault(w.shape, np.empty(w.shape))
        grad[...] = (w - [1.0, 0.0]) * [2.0, 6.0]
        return (w[..., 0] - 1) ** 2 + 3 * w[..., 1] ** 2, grad

    place = c.survey(f, [3.0, 2.0], [(-4, 4), (-4, 4)])
    np.testing.assert_allclose(place.minima, [[1.0, 0.0]], atol=1e-9)
    np.testing.assert_allclose(place.hessian([0.5, 0.5]), [[2, 0], [0, 6]], atol=1e-6)


def test_a_survey_of_a_function_that_looks_at_all_places_together():
    def f(w):
        steep = 10 if np.abs(w).max() > 3.9 else 1
        return steep * (w[..., 0] - 1) ** 2, steep * 2 * (w - 1)

    place = c.survey(f, [3.0], [(-4, 4)])
    losses, grads = place(np.array([[-4.0], [3.0]]))
    assert losses.tolist() == [250.0, 4.0] and grads.tolist() == [[-100.0], [4.0]]


def test_a_survey_says_where_a_function_forgets_its_answer():
    for late, message in ((None, "pair.*got None"), ((1.0, 2.0), r"shape \(1,\).*got 2.0")):
        with pytest.raises((TypeError, ValueError), match=message):
            c.survey(lambda w, late=late: (w[0], [1.0]) if w[0] > 0 else late, [1.0], [(-4, 4)])


def test_what_an_own_optimizer_says_its_rate_is_was_that_of_the_step():
    class Halving(KeepsParams):
        def schedule(self, step):
            return self.lr

        def step(self, params, grad, state):
            answer = super().step(params, grad, state)
            self.lr /= 2
            return answer

    assert c.train(NET, START, DATA, "mse", Halving(), 3).lr.tolist() == [0.5, 0.25, 0.125]
    assert c.minimize(bowl, [1.0], Halving(), 3).lr.tolist() == [0.5, 0.25, 0.125]


@pytest.mark.parametrize("optimizer", [c.SGD, c.RMSprop, c.Adam])
def test_a_rate_of_few_bits_is_the_same_rate_on_every_path(optimizer):
    def schedule(step):
        return np.float32(0.1) / np.float32(1 + step)

    fast = c.minimize(c.ellipse, [1.0, 2.0], optimizer(schedule), 6)
    slow = c.minimize(lambda w: c.ellipse(w), [1.0, 2.0], optimizer(schedule), 6)
    np.testing.assert_allclose(fast.params, slow.params, rtol=1e-12)
    rates = np.array([[0.1], [0.2]], np.float32)
    many = c.minimize(c.ellipse, np.ones((2, 2)), optimizer(rates), 6)
    for run, rate in enumerate(rates[:, 0].tolist()):
        one = c.minimize(c.ellipse, np.ones(2), optimizer(rate), 6)
        np.testing.assert_allclose(many.params[:, run], one.params, rtol=1e-12)


def test_a_boundary_is_drawn_of_what_any_network_predicts():
    ax, start, X = c.plots.figure()[1], [1.0, 1.0], DATA[0].copy()
    c.plots.decision_boundary(ax, Straight(), start, X, DATA[1])
    assert start == [1.0, 1.0] and (X == DATA[0]).all()
    with pytest.raises(ValueError, match=r"net.predict.*\(40401, 1\).*\(40401,\)"):
        c.plots.decision_boundary(ax, Straight(-1), start, X, DATA[1])


class InPlace(c.ELU):
    """An ELU that works in place in every way there is."""

    def value(self, z):
        z[z < 0] = np.expm1(z[z < 0])
        return z

    def slope(self, z, a):
        a[...] = np.where(z > 0, 1, np.exp(z))
        return a


class SameArray(c.Tanh):
    """A tanh whose results are always written into the same array."""

    array = np.empty((4, 3))

    def forward(self, params, z):
        np.tanh(z, out=self.array[: len(z)])
        return self.array[: len(z)], self.array[: len(z)].copy()

    def backward(self, params, a, da):
        da *= 1 - a**2
        return da, []


class Doubles(c.Activation):
    """Twice the input, in place, with a slope that is one number."""

    def forward(self, params, z):
        z *= 2
        return z, None

    def backward(self, params, cache, da):
        return 2 * da, None


class Twice(c.Activation):
    def value(self, z):
        return (2 * z).tolist()

    def slope(self, z, a):
        return 2


class Shifted(c.Dense):
    """A dense layer that moves its inputs by one, in place."""

    def forward(self, params, x):
        x -= 1
        return super().forward(params, x)


class Lists(c.Dense):
    """A dense layer that answers with lists."""

    def forward(self, params, x):
        z, _ = super().forward(params, x)
        return z.tolist(), {"x": x}

    def backward(self, params, cache, dz):
        return [part.tolist() for part in super().backward(params, cache["x"], dz)]


class Same(c.Dense):
    def forward(self, params, x):
        return super().forward(params, x - 1)


STYLES = {
    "in place": ((c.Dense(2, 3), InPlace()), (c.Dense(2, 3), c.ELU())),
    "the same array": ((c.Dense(2, 3), SameArray()), (c.Dense(2, 3), c.Tanh())),
    "input in place": ((c.Dense(2, 3), c.Tanh(), Doubles()), (c.Dense(2, 3), c.Tanh(), Twice())),
    "lists": ((Lists(2, 3), c.Tanh()), (c.Dense(2, 3), c.Tanh())),
    "data in place": ((Shifted(2, 3),), (Same(2, 3),)),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_layer_may_work_in_place(style):
    (X, Y), before = DATA, [part.copy() for part in DATA]
    nets = [c.Network(*layers, c.Dense(3, 1), c.Sigmoid()) for layers in STYLES[style]]
    params = np.random.default_rng(0).normal(size=nets[0].n_params)
    for loss in ("mse", "binary_cross_entropy"):
        own, known = (net.loss_and_grad(params, X, Y, loss) for net in nets)
        np.testing.assert_allclose(own[0], known[0], rtol=1e-12)
        np.testing.assert_allclose(own[1], known[1], rtol=1e-12, atol=1e-15)
    own, known = (net.predict(params, X) for net in nets)
    nets[0].predict(-params, X)
    np.testing.assert_allclose(own, known, rtol=1e-12)
    own, known = (net.trace(params, X, Y, "mse") for net in nets)
    for name in ("z", "a", "da", "dz", "dW", "db"):
        np.testing.assert_allclose(getattr(own.layers[1], name), getattr(known.layers[1], name))
    out, caches = nets[0].forward(params, X)
    nets[0].forward(-params, X)
    grads = [nets[0].backward(params, caches, 2 * (out - Y) / 4) for _ in range(2)]
    for grad in grads:
        np.testing.assert_allclose(grad, nets[1].loss_and_grad(params, X, Y, "mse")[1], atol=1e-12)
    assert c.check_network(nets[0], params, X, Y, "mse").ok
    for part, unchanged in zip(DATA, before, strict=True):
        np.testing.assert_array_equal(part, unchanged)


@pytest.mark.parametrize("way", ["subclass", "replaced"])
def test_a_network_with_its_own_way_there_and_back_is_trained_that_way(way):
    def forward(self, params, X):
        out, caches = c.Network.forward(self, params, X)
        return (3 * out).tolist(), caches

    def backward(self, params, caches, dout):
        return c.Network.backward(self, params, caches, 3 * dout)

    layers = c.Dense(2, 1), c.Tanh()
    if way == "subclass":
        net = type("Triple", (c.Network,), {"forward": forward, "backward": backward})(*layers)
    else:
        net = c.Network(*layers)
        net.forward, net.backward = (
            functools.partial(forward, net),
            functools.partial(backward, net),
        )
    (X, Y), start = DATA, np.array([0.1, -0.2, 0.3])

    def f(w):
        a = np.tanh(X @ w[:2, None] + w[2])
        dz = 2 * (3 * a - Y) / 4 * 3 * (1 - a**2)
        return ((3 * a - Y) ** 2).mean(), np.append(X.T @ dz, dz.sum())

    losses, places = plain_loop(f, start, 0.1, 4)
    history = c.train(net, start, DATA, "mse", c.SGD(0.1), 4, metrics=["accuracy"])
    np.testing.assert_allclose(history.train_loss, losses, rtol=1e-12)
    np.testing.assert_allclose(history.params, places[-1], rtol=1e-12)
    answers = 3 * np.tanh(X @ places[-1][:2, None] + places[-1][2])
    np.testing.assert_allclose(net.predict(history.params, X), answers, rtol=1e-12)
    assert c.check_network(net, start, X, Y, "mse").ok
    run = c.minimize(net.objective(X, Y, "mse"), start, c.SGD(0.1), 3)
    np.testing.assert_allclose(run.loss, losses, rtol=1e-12)


def test_a_loss_may_use_its_arrays_again_and_return_lists():
    value, slopes = np.empty((1, 1)), {}

    def loss(out, Y):
        slope = slopes.setdefault(out.shape, np.empty(out.shape))
        out -= Y
        Y *= 0
        value[...] = (out**2).mean()
        np.multiply(out, 2 / out.size, out=slope)
        return value, slope

    def listing(out, Y):
        value, slope = loss(out, Y)
        return value.tolist()[0], slope.tolist()

    net = c.Network(c.Dense(2, 3), c.Tanh(), c.Dense(3, 1))
    params = np.random.default_rng(0).normal(size=net.n_params)
    known = net.loss_and_grad(params, *DATA, "mse")
    expected = net.trace(params, *DATA, "mse")
    for own in (loss, listing):
        found, trace = net.loss_and_grad(params, *DATA, own), net.trace(params, *DATA, own)
        net.trace(2 * params, *DATA, own)
        assert np.ndim(found[0]) == 0 and trace.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found[0], known[0], rtol=1e-12)
        np.testing.assert_allclose(found[1], known[1], rtol=1e-12)
        np.testing.assert_allclose(trace.layers[2].da, expected.layers[2].da, rtol=1e-12)


def layer(**methods):
    """A network with an own activation, and a call that trains it."""
    net = c.Network(c.Dense(2, 3), type("Mine", (c.Tanh,), methods)(), c.Dense(3, 1))
    return lambda: c.train(net, np.ones(net.n_params), DATA, "mse", c.SGD(0.1), 1)


BAD_LAYERS = {
    "value forgets to return": (layer(value=lambda self, z: None), r"Mine.value\(z\).*got None"),
    "value sums": (layer(value=lambda self, z: z.sum(1)), r"Mine.value.*\(4, 3\).*\(4,\)"),
    "slope of another shape": (
        layer(slope=lambda self, z, a: np.ones(7)),
        r"Mine.slope\(z, a\).*\(4, 3\).*\(7,\)",
    ),
    "no cache": (layer(forward=lambda self, p, z: z), r"Mine.forward.*pair.*\(4, 3\)"),
    "no gradient": (layer(backward=lambda self, p, k, da: da), r"Mine.backward.*pair.*\(4, 3\)"),
    "dx transposed": (
        layer(backward=lambda self, p, k, da: (da.T, [])),
        r"dx of Mine.backward.*\(4, 3\).*\(3, 4\)",
    ),
    "a gradient of one number": (
        layer(n_params=2, backward=lambda self, p, k, da: (da, 1.0)),
        r"gradient of Mine.backward.*\(2,\).*1.0",
    ),
}


@pytest.mark.parametrize("name", BAD_LAYERS)
def test_what_is_wrong_with_a_layer_is_told_by_its_name(name):
    call, message = BAD_LAYERS[name]
    with pytest.raises((ValueError, TypeError), match=message):
        call()


class Grows(Straight):
    """Right as long as there is one sample."""

    def loss_and_grad(self, params, X, Y, loss):
        error = X @ params[:, None] - Y
        return error[:, 0] ** 2, 2 * (error * X).mean(axis=0)


class Stops:
    """An early stopping of one's own."""

    def __init__(self, best_params=None, log=None):
        self.best_params, self.best_epoch, self.log = best_params, 0, log

    def update(self, epoch, val_loss, params):
        return False


class Counts:
    """A schedule that changes whenever it is asked, not step by step."""

    rate = 0.0

    def __call__(self, step):
        self.rate += 1
        return self.rate


def trained(net=None, data=DATA, optimizer=None, validation=DATA, loss="mse", **options):
    net, optimizer = net or Straight(), optimizer or c.SGD(0.1)
    start = np.zeros(net.n_params)
    return c.train(net, start, data, loss, optimizer, 2, validation=validation, **options)


BAD = {
    "a prediction in a row, judged": (
        lambda: trained(Straight(-1), loss="binary_cross_entropy"),
        ValueError,
        r"net.predict.*shape \(4, 1\), like Y.*shape \(4,\)",
    ),
    "a loss for each sample, from the second batch on": (
        lambda: trained(Grows(), batch_size=1),
        ValueError,
        r"net.loss_and_grad.*one loss.*shape \(4,\)",
    ),
    "best parameters of another shape": (
        lambda: trained(early_stopping=Stops(best_params=(3, [0.0, 1.0]))),
        ValueError,
        r"early_stopping.best_params.*equal length",
    ),
    "a clip that was not called": (
        lambda: trained(clip=c.clip_by_norm),
        TypeError,
        r"clip.*grad -> grad, such as clip_by_norm\(1.0\), got <function clip_by_norm",
    ),
    "a schedule that counts for itself": (
        lambda: trained(optimizer=c.SGD(Counts())),
        ValueError,
        "schedule.*the same rate whenever it is asked for step 0, such as 2.*got 3",
    ),
    "a sweep with a step that returns params alone": (
        lambda: c.find_learning_rate(NET, START, DATA, "mse", lambda lr: Forgets()),
        TypeError,
        r"optimizer\(lr\).step.*pair \(params, state\).*shape \(17,\)",
    ),
}


class Forgets(Remembers):
    """An optimizer that forgets to return its state."""

    def step(self, params, grad, state):
        return params - 0.1 * grad


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_by_the_function_that_was_called(name):
    call, kind, message = BAD[name]
    with pytest.raises(kind, match=message) as caught:
        call()
    assert caught.traceback[-1].name in ("train", "find_learning_rate")


def test_what_a_layer_of_ones_own_remembers_is_kept_from_what_it_does_later():
    class Reuses(c.Activation):
        """Fills one cache again and again, and spoils it on the way back."""

        def forward(self, params, z):
            self.cache = getattr(self, "cache", [None])
            self.cache[0] = np.tanh(z)
            return self.cache[0], self.cache

        def backward(self, params, cache, da):
            cache[0] **= 2
            return da * (1 - cache[0]), np.empty(0)

    own, plain = (c.Network(c.Dense(2, 3), kind(), c.Dense(3, 1)) for kind in (Reuses, c.Tanh))
    params, dout = plain.init_params(0), np.ones((4, 1))
    out, caches = own.forward(params, DATA[0])
    own.forward(params, DATA[0] + 1)
    right = plain.backward(params, plain.forward(params, DATA[0])[1], dout)
    for _ in range(2):
        np.testing.assert_allclose(own.backward(params, caches, dout), right, rtol=1e-12)
    shown = own.trace(params, *DATA, "mse").layers[1].a
    np.testing.assert_allclose(shown, plain.trace(params, *DATA, "mse").layers[1].a, rtol=1e-12)


@pytest.mark.parametrize("dout", [np.ones(1), np.ones((5, 1)), np.ones((4, 2))])
def test_a_slope_that_does_not_fit_is_named_in_a_network_with_a_layer_of_ones_own_too(dout):
    class Own(c.Tanh):
        pass

    net = c.Network(c.Dense(2, 3), Own(), c.Dense(3, 1))
    params = np.ones(net.n_params)
    _, caches = net.forward(params, DATA[0])
    with pytest.raises(ValueError, match="dout: expected"):
        net.backward(params, caches, dout)


def test_a_kink_in_a_forward_of_ones_own_is_no_mistake():
    class Folds(c.Network):
        def forward(self, params, X):
            out, caches = super().forward(params, X)
            return np.abs(out), (caches, np.sign(out))

        def backward(self, params, caches, dout):
            return super().backward(params, caches[0], dout * caches[1])

    net, X = Folds(c.Dense(2, 1)), np.zeros((1, 2))
    assert c.check_network(net, [0.0, 0.0, 4e-6], X, np.ones((1, 1)), "mse").ok


class Falls:
    """A schedule whose attribute ``fixed`` means something else."""

    fixed = 0.1

    def __call__(self, step):
        return 0.1 / (1 + step)


def test_a_schedule_of_ones_own_is_asked_at_every_step():
    halving = functools.wraps(c.constant(0.1))(lambda step: 0.1 / 2**step)
    wrapped = functools.wraps(c.constant)(lambda step: 0.1)
    for schedule in (Falls(), halving, wrapped):
        lrs = c.minimize(c.x_squared, [5.0], c.SGD(schedule), 3).lr
        np.testing.assert_allclose(lrs, [schedule(k) for k in range(3)])
    assert c.SGD(Falls()).lr != 0.1


def test_optimizers_with_rates_of_each_run_print_and_change():
    many = np.array([[1e-8], [1e-6]])
    assert "eps=an array of shape (2, 1)" in repr(c.RMSprop(0.1, eps=many)) + repr(c.Adam(eps=many))
    optimizer = c.SGD(np.array([[0.1], [0.2]]))
    optimizer.lr *= 0.5
    np.testing.assert_array_equal(optimizer.schedule(7), [[0.05], [0.1]])
    nested = c.per_epoch(c.one_cycle(0.1, 100), 5)
    assert repr(nested).startswith("per_epoch(schedule=one_cycle(max_lr=0.1, total=100, pct_start")
    assert repr(nested).endswith("final_div_factor=10000.0), updates_per_epoch=5)")


def test_a_survey_of_a_function_that_is_undefined_at_its_edge_warns_of_nothing():
    c.survey(lambda w: (w[..., 0] * np.log(w[..., 0]), np.log(w) + 1), [1.0], [(0, 3)])
