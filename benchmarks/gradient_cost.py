"""What a gradient costs as a network grows: ``python -m benchmarks.gradient_cost``.

Networks of four equal layers, 3 n² weights. Backpropagation is one ``loss_and_grad``; plain
differences run the network twice for each weight. Where that would take too long, some of its
runs are timed and the rest is reckoned. Writes the file that chapter 4 plots.
"""

import os

for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import datetime  # noqa: E402
import json  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402

import numpy as np  # noqa: E402

import course_lib as c  # noqa: E402
from benchmarks.clock import machine  # noqa: E402
from course_lib.measurements import DATA  # noqa: E402

WIDTHS = [2, 4, 8, 16, 32, 64, 128, 256, 512]
IN_FULL = 20_000  # runs of the network that are timed at most


def cost(width, repetitions=9):
    """Seconds for a gradient by backpropagation and by differences; how many runs were timed."""
    net = c.mlp([width] * 4, ["sigmoid"] * 3)
    rng, params = np.random.default_rng(0), net.init_params(0)
    X, Y = rng.normal(size=(1, width)), rng.random((1, width))
    n_weights, n_runs = 3 * width**2, min(IN_FULL, 6 * width**2)
    again = max(1, 2000 // width)
    net.loss_and_grad(params, X, Y, "rss")

    def backpropagation():
        for _ in range(again):
            net.loss_and_grad(params, X, Y, "rss")

    def differences():
        for i in range(n_runs):
            nudged = params.copy()
            nudged[i % net.n_params] += 1e-5
            c.rss(net.predict(nudged, X), Y)

    back = statistics.median(seconds(backpropagation) for _ in range(repetitions)) / again
    few = repetitions if n_runs < 2000 else 1
    naive = statistics.median(seconds(differences) for _ in range(few)) / n_runs
    return back, naive * 2 * n_weights, n_runs


def seconds(run):
    """CPU seconds."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def main():
    found = [cost(width) for width in WIDTHS]
    back, naive, runs = zip(*found, strict=True)
    weights = [3 * width**2 for width in WIDTHS]
    results = {
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "versions": f"numpy {np.__version__}",
        "weights": weights,
        "backpropagation": [float(f"{s:.4g}") for s in back],
        "differences": [float(f"{s:.4g}") for s in naive],
        "timed_in_full": [n == 2 * w for n, w in zip(runs, weights, strict=True)],
    }
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    (DATA / "measured_gradient_cost.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
