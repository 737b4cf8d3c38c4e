"""The workloads, and how the library does them, through its public functions."""

from dataclasses import dataclass, field

import numpy as np

import course_lib as c
from course_lib.batches import batches_of_epoch


@dataclass
class Work:
    """A network to be trained."""

    sizes: list
    hidden: str
    last: str
    loss: str
    data: tuple
    epochs: int
    optimizer: str = "sgd"
    options: dict = field(default_factory=lambda: {"lr": 0.1})
    batch_size: int | None = None
    accuracy: bool = False
    dtype: type = np.float64

    def __post_init__(self):
        names = [self.hidden] * (len(self.sizes) - 2) + [self.last]
        self.net = c.mlp(self.sizes, names)
        self.params = self.net.init_params(0, dtype=self.dtype)
        self.X, self.Y = (np.asarray(part, self.dtype) for part in self.data)
        self.n_updates = self.epochs * -(-len(self.X) // (self.batch_size or len(self.X)))

    def batches(self, epoch):
        return batches_of_epoch(len(self.X), self.batch_size, 0, epoch)

    def our_optimizer(self):
        return {"sgd": c.SGD, "adam": c.Adam}[self.optimizer](**self.options)


def by_train(work):
    """The mean loss of the last epoch, through ``train``; of a full batch, its last loss."""
    metrics = ["accuracy"] if work.accuracy else []
    history = c.train(
        work.net,
        work.params,
        (work.X, work.Y),
        work.loss,
        work.our_optimizer(),
        work.epochs,
        work.batch_size,
        metrics=metrics,
    )
    return history.train_loss[-1], history.params


def by_minimize(work):
    """The same through ``minimize``."""
    objective = work.net.objective(work.X, work.Y, work.loss, work.batch_size)
    history = c.minimize(
        objective, work.params, work.our_optimizer(), work.n_updates, keep_params=False
    )
    return history.loss[-2], history.params[-1]


def trained():
    """The workloads W1 to W6, each long enough for its preparations not to count."""
    rng = np.random.default_rng(0)
    pixels = rng.random((1280, 784))
    classes = ((pixels - 0.5) @ rng.normal(size=(784, 10))).argmax(axis=1)
    digits, adam = c.digits()[0], {"lr": 0.001}
    relu = {"hidden": "relu", "last": "softmax", "loss": "cross_entropy"}
    small = {"sizes": [4, 16, 8, 3], "data": c.learnable_labels(0), **relu}
    read = {"sizes": [64, 128, 10], "data": digits, **relu, "optimizer": "adam", "options": adam}
    return {
        "W1 worked example": Work(
            [1, 4, 2, 1], "sigmoid", "sigmoid", "rss", c.skycak(), 3000, options={"lr": 0.01}
        ),
        "W2 XOR": Work([2, 4, 1], "tanh", "sigmoid", "binary_cross_entropy", c.xor(), 3000),
        "W3 spiral": Work([2, 10, 3], data=c.spiral(turns=1.0), epochs=1000, **relu),
        "W4 small net, accuracy": Work(epochs=20, batch_size=32, accuracy=True, **small),
        "W5 digits, Adam, 32": Work(epochs=12, batch_size=32, **read),
        "W5 digits, Adam, 128": Work(epochs=24, batch_size=128, **read),
        "W6 784-256-128-10": Work(
            [784, 256, 128, 10],
            data=(pixels, np.eye(10)[classes]),
            epochs=12,
            batch_size=128,
            options={"lr": 0.01, "momentum": 0.9},
            dtype=np.float32,
            **relu,
        ),
    }
