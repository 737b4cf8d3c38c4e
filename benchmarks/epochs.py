"""Measure what an epoch takes, by batch size, for chapter 6: ``python -m benchmarks.epochs``.

Writes ``course_lib/data/measured_epochs.json``, which the chapter plots.
"""

import os

for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import datetime  # noqa: E402
import json  # noqa: E402
import statistics  # noqa: E402
from functools import partial  # noqa: E402
from importlib import metadata  # noqa: E402

import numpy as np  # noqa: E402

import course_lib as c  # noqa: E402
from benchmarks.clock import compare, machine  # noqa: E402
from course_lib.measurements import DATA  # noqa: E402

BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
SIZES, N = [20, 32, 1], 4096


def epoch(batch_size):
    """One epoch of plain descent; the loss, so that there is a result to look at."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, SIZES[0]))
    Y = (X @ rng.normal(size=(SIZES[0], 1)) + rng.normal(size=(N, 1)) > 0) * 1.0
    net = c.mlp(SIZES, ["tanh", "sigmoid"])
    return partial(
        c.train,
        net,
        net.init_params(0),
        (X, Y),
        "binary_cross_entropy",
        c.SGD(0.1),
        epochs=1,
        batch_size=batch_size,
    )


def main(repetitions=9):
    seconds, _ = compare({size: epoch(size) for size in BATCH_SIZES}, repetitions)
    results = {
        "what": "CPU seconds of one epoch",
        "samples": N,
        "network": SIZES,
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "versions": f"numpy {metadata.version('numpy')}",
        "batch_sizes": BATCH_SIZES,
        "seconds": [round(statistics.median(seconds[size]), 6) for size in BATCH_SIZES],
    }
    text = json.dumps(results, indent=1) + "\n"
    (DATA / "measured_epochs.json").write_text(text, encoding="utf-8")
    for size, time in zip(BATCH_SIZES, results["seconds"], strict=True):
        print(f"batch size {size:5}: {1e3 * time:8.2f} ms")


if __name__ == "__main__":
    main()
