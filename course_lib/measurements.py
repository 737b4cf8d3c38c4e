"""Measurements: times taken once on one machine, so that every reader sees the same numbers.

Times differ from machine to machine and from run to run, so no chapter measures while it runs.
What it plots was written by a program in ``benchmarks/``, with machine and date.
"""

import json
from pathlib import Path

from course_lib import checks

DATA = Path(__file__).parent / "data"


def measurements(name):
    """What was measured, where and when.

    Parameters
    ----------
    name : str
        ``"epochs"``: the time of an epoch, for several batch sizes (chapter 6).
        ``"gradient_cost"``: the time of a gradient, for growing networks (chapter 4).
        ``"speed"``: the time of an update, beside that of other libraries (chapter 12).

    Returns
    -------
    measured : dict
        ``"machine"``, ``"date"`` and ``"versions"`` in words, and lists of numbers.

    Raises
    ------
    ValueError, TypeError
        If there is no such measurement.

    Examples
    --------
    >>> epochs = measurements("epochs")
    >>> epochs["batch_sizes"][:4], len(epochs["seconds"]) == len(epochs["batch_sizes"])
    ([1, 2, 4, 8], True)
    """
    files = {file.stem.removeprefix("measured_"): file for file in DATA.glob("measured_*.json")}
    if problem := checks.one_of("name", name, files):
        raise problem
    return json.loads(files[name].read_text(encoding="utf-8"))
