"""Measure everything, print the table, write ``benchmarks/results.json``.

The table goes into ``course_lib/data/measured_speed.json`` as well, which chapter 12 plots.

Every workload is measured in turn with plain tutorial NumPy (``plain.py``) and with whatever of
PyTorch, scikit-learn and JAX is installed, one BLAS thread each, in CPU time. Final losses are
compared first.
"""

import os

for name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import argparse  # noqa: E402
import datetime  # noqa: E402
import json  # noqa: E402
import statistics  # noqa: E402
from functools import partial  # noqa: E402
from importlib import metadata, util  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402

import course_lib as c  # noqa: E402
from benchmarks import growth, others, plain  # noqa: E402
from benchmarks.clock import compare, import_seconds, machine, ratios  # noqa: E402
from benchmarks.workloads import Work, by_minimize, by_train, trained  # noqa: E402
from course_lib.measurements import DATA  # noqa: E402

RESULTS = Path(__file__).parent / "results.json"
OURS = "course_lib"
PACKAGES = {"PyTorch": "torch", "scikit-learn": "sklearn", "JAX": "jax"}
COLUMNS = ["plain NumPy", "PyTorch", "PyTorch fused", "scikit-learn", "JAX step", "JAX loop"]


def installed(contender):
    """Whether the package behind a contender is there."""
    return util.find_spec(PACKAGES[contender.split(" ")[0]]) is not None


def training(repetitions):
    """W1 to W6."""
    for name, work in trained().items():
        ways = {OURS: partial(by_train, work), "minimize": partial(by_minimize, work)}
        ways["plain NumPy"] = partial(plain.train, work)
        for other, train in others.TRAINERS.items():
            if installed(other):
                ways[other] = partial(train, work)
        seconds, results = compare(ways, repetitions)
        agree(name, work, results)
        if work.batch_size is None:
            yield row(f"{name}, minimize", seconds, work.n_updates, "minimize"), seconds
        yield row(f"{name}, train", seconds, work.n_updates), seconds


def agree(name, work, results):
    """All contenders that start alike must end alike."""
    reference = results["minimize"][0]
    tolerance = 1e-3 if work.dtype is np.float32 else 1e-6
    for other, loss in results.items():
        loss = loss[0] if other == "minimize" else loss
        if other in (OURS, "scikit-learn") or loss is None:
            continue
        if not np.isclose(loss, reference, rtol=tolerance):
            raise ValueError(f"{name}: {other} ends at a loss of {loss}, not {reference}")
    if not np.allclose(results[OURS][1], results["minimize"][1], rtol=tolerance, atol=1e-6):
        raise ValueError(f"{name}: train and minimize end at different params")


def stacked(repetitions, n_steps=1000):
    """W7: 400 runs with momentum at once."""
    grid = np.linspace(0.001, 0.05, 20), np.linspace(0, 0.95, 20)
    lrs, momenta = (part.reshape(-1, 1) for part in np.meshgrid(*grid))
    pairs = list(zip(lrs.ravel().tolist(), momenta.ravel().tolist(), strict=True))
    hill = c.ravine(10)

    def ours():
        start = np.tile(hill.start, (len(pairs), 1))
        return c.minimize(hill, start, c.SGD(lrs, momenta), n_steps, keep_params=False).loss[-1]

    ways = {
        OURS: ours,
        "plain NumPy": lambda: [plain.walk(*pair, n_steps) for pair in pairs],
    }
    if installed("PyTorch"):
        ways["PyTorch"] = lambda: others.torch_stack(lrs, momenta, n_steps)
    seconds, results = compare(ways, repetitions)
    for loss in results.values():
        if not np.allclose(loss, results[OURS], rtol=1e-6, atol=1e-12):
            raise ValueError("W7: the runs end at different losses")
    return row("W7 400 runs at once", seconds, n_steps), seconds


def checked(repetitions):
    """W8: every parameter of a network that reads digits."""
    (X, Y), _ = c.digits()
    work = Work([64, 128, 10], "relu", "softmax", "cross_entropy", (X[:32], Y[:32]), 1)

    def ours():
        check = c.check_network(work.net, work.params, work.X, work.Y, work.loss)
        if not check.ok or np.abs(check.numerical - check.analytic).max() > 1e-9:
            raise ValueError(f"W8: {check}")
        return check.numerical

    ways = {OURS: ours, "plain NumPy": partial(plain.central_differences, work)}
    if installed("PyTorch"):
        ways["PyTorch"] = partial(others.torch_gradcheck, work)
    seconds, results = compare(ways, max(3, repetitions // 3))
    if not np.allclose(results[OURS], results["plain NumPy"], atol=1e-9):
        raise ValueError("W8: the slopes differ")
    return row("W8 9,610 parameters checked", seconds, 1), seconds


def row(name, seconds, n_updates, way=OURS):
    """One line of the table."""
    return {
        "workload": name,
        "microseconds": round(1e6 * statistics.median(seconds[way]) / n_updates, 2),
        "times_as_fast_as": {other: round(x, 2) for other, x in ratios(seconds, way).items()},
    }


def share_of_gemm(work, seconds, repetitions=30):
    """Which share of W6 the bare matrix products take."""
    sizes, m = work.sizes, work.batch_size
    rng, products = np.random.default_rng(0), []
    for i, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False)):
        a, W, dz = (rng.random(s, np.float32) for s in ((m, n_in), (n_in, n_out), (m, n_out)))
        products += [(a, W), (a.T, dz)] + ([(dz, W.T)] if i else [])
    outs = [a @ b for a, b in products]

    def bare():
        for _ in range(10):
            for (a, b), out in zip(products, outs, strict=True):
                np.dot(a, b, out)

    times, _ = compare({"bare": lambda: bare() or 0}, repetitions)
    return statistics.median(times["bare"]) / 10 / (seconds / work.n_updates)


def show(results):
    """The table, as Markdown."""
    names = [n for n in COLUMNS if any(n in r["times_as_fast_as"] for r in results["table"])]
    print(f"{results['machine']}, {results['date']}; {results['versions']}")
    print("\n| workload | µs per update |", " | ".join(f"× {name}" for name in names), "|")
    print("|---|---|" + "---|" * len(names))
    for line in results["table"]:
        ratio = line["times_as_fast_as"]
        cells = [f"{ratio[name]:.3g}" if name in ratio else "" for name in names]
        print(f"| {line['workload']} | {line['microseconds']:.3g} |", " | ".join(cells), "|")
    print(f"\nW6 spends {results['gemm_share']:.0%} of its time in bare matrix products.")
    print(f"import course_lib adds {1e3 * results['import_seconds']:.0f} ms to NumPy.")


def for_chapter(results):
    """What a chapter shows of the results."""
    return {key: results[key] for key in ("machine", "date", "versions", "table")}


def as_json(results):
    return json.dumps(results, indent=1, ensure_ascii=False) + "\n"


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=9)
    repetitions = parser.parse_args().repetitions
    table, w6 = [], None
    with np.errstate(all="ignore"):
        for line, seconds in training(repetitions):
            table.append(line)
            w6 = seconds
        table += [stacked(repetitions)[0], checked(repetitions)[0]]
    packages = ["numpy", "torch", "scikit-learn", "jax"]
    found = {d.metadata["Name"].lower() for d in metadata.distributions()}
    results = {
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "versions": ", ".join(f"{p} {metadata.version(p)}" for p in packages if p in found),
        "table": table,
        "gemm_share": share_of_gemm(
            trained()["W6 784-256-128-10"], statistics.median(w6["course_lib"])
        ),
        "import_seconds": import_seconds("course_lib"),
        "growth": growth.measure(repetitions),
    }
    show(results)
    RESULTS.write_text(as_json(results), encoding="utf-8")
    (DATA / "measured_speed.json").write_text(as_json(for_chapter(results)), encoding="utf-8")


if __name__ == "__main__":
    main()
