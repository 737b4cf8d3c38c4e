"""How the cost of an update grows with width, depth, batch and the number of stacked runs."""

import statistics

import numpy as np

import course_lib as c
from benchmarks.clock import compare

AXES = {
    "width": [4, 8, 16, 32, 64, 128, 256, 512],
    "depth": [1, 2, 4, 8, 16],
    "batch": [1, 4, 16, 64, 256, 1024, 4096],
    "runs": [1, 10, 100, 1000, 10_000, 100_000],
}
LIMITS = {
    "width": "up to 64 the calls, then the matrix products",
    "depth": "the calls: each layer brings as many",
    "batch": "up to 64 the calls, then exp and products",
    "runs": "up to 100 the calls, then memory",
}


def update(width=16, depth=1, batch=32):
    """A function that trains a network for some updates, and how many these are."""
    rng, n = np.random.default_rng(0), 50
    net = c.mlp([8] + [width] * depth + [3], ["tanh"] * depth + ["softmax"])
    objective = net.objective(
        rng.normal(size=(batch, 8)), np.eye(3)[rng.integers(0, 3, batch)], "cross_entropy"
    )
    params = net.init_params(0)
    return lambda: c.minimize(objective, params, c.SGD(0.01), n, keep_params=False), n


def runs(n_runs):
    """A function that walks many runs down a ravine for some steps, and how many these are."""
    hill, n = c.ravine(10), 20
    start, lrs = np.tile(hill.start, (n_runs, 1)), np.linspace(0.001, 0.05, n_runs)[:, None]
    return lambda: c.minimize(hill, start, c.SGD(lrs, 0.9), n, keep_params=False), n


def measure(repetitions):
    """Microseconds per update (of all stacked runs together) along each axis."""
    results = {}
    for axis, values in AXES.items():
        ways = {
            value: runs(value) if axis == "runs" else update(**{axis: value}) for value in values
        }
        seconds, _ = compare({value: run for value, (run, _) in ways.items()}, repetitions)
        times = [1e6 * statistics.median(seconds[value]) / ways[value][1] for value in values]
        results[axis] = {"values": values, "microseconds": times, "limit": LIMITS[axis]}
    return results
