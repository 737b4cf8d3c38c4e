"""Write the table of speeds into README.md, from ``benchmarks/results.json``.

python -m benchmarks.report
"""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COLUMNS = {
    "plain NumPy": "plain NumPy",
    "PyTorch": "PyTorch, eager",
    "scikit-learn": "scikit-learn",
    "JAX loop": "JAX, whole loop compiled",
}
NAMES = {
    "W1 worked example, train": "update of the worked example 1-4-2-1",
    "W2 XOR, train": "update of XOR 2-4-1",
    "W3 spiral, train": "update of a spiral's 2-10-3, 198 points",
    "W4 small net, accuracy, train": "update of 4-16-8-3, batch 32, with accuracy",
    "W5 digits, Adam, 32, train": "update of digits 64-128-10, Adam, batch 32",
    "W5 digits, Adam, 128, train": "update of the same, batch 128",
    "W6 784-256-128-10, train": "update of 784-256-128-10, batch 128, float32",
    "W7 400 runs at once": "step of 400 runs with momentum down a ravine",
    "W8 9,610 parameters checked": "check of the 9,610 slopes of 64-128-10",
}
PLACE = re.compile(r"(<!-- speed -->\n).*?(<!-- /speed -->)", re.DOTALL)


WORDS = {
    "width": "units in the hidden layer",
    "depth": "hidden layers",
    "batch": "samples in a batch",
    "runs": "runs stacked in one call",
}


def measured():
    return json.loads((Path(__file__).parent / "results.json").read_text("utf-8"))


def growth():
    """What an update costs as a network, a batch or the number of runs grows."""
    from course_lib import palette, plots

    fig, axes = plots.figure(rows=2, columns=2, height=2.6, sharey=True)
    for ax, (axis, found) in zip(axes.flat, measured()["growth"].items(), strict=True):
        ax.loglog(found["values"], found["microseconds"], "o-", color=palette.BLUE)
        ax.set(xlabel=WORDS[axis], ylim=(10, 10_000))
        ax.set_title(found["limit"], fontsize=9.5)
    for ax in axes[:, 0]:
        ax.set_ylabel("µs per update")
    return fig


def table():
    """How many times as fast as others, one row for each workload."""
    found = measured()
    rows = {row["workload"]: row for row in found["table"]}
    lines = [
        f"| one | µs | {' | '.join(COLUMNS.values())} |",
        "|---|---|" + "---|" * len(COLUMNS),
    ]
    for workload, name in NAMES.items():
        row = rows[workload]
        ratios = [row["times_as_fast_as"].get(column) for column in COLUMNS]
        cells = ["–" if ratio is None else f"{ratio:.2g}×" for ratio in ratios]
        lines.append(f"| {name} | {row['microseconds']:,.0f} | {' | '.join(cells)} |")
    lines += ["", f"{found['machine']}; {found['versions']}; {found['date']}."]
    return "\n".join(lines) + "\n"


def written():
    """README.md with the table of today."""
    return PLACE.sub(lambda found: found[1] + table() + found[2], README.read_text("utf-8"))


if __name__ == "__main__":
    README.write_text(written(), "utf-8")
    growth().savefig(ROOT / "docs" / "growth.png", dpi=144, metadata={"Software": None})
