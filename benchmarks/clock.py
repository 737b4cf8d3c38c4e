"""Fair times on a machine that others use too."""

import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def compare(contenders, repetitions):
    """CPU seconds of each contender, measured in turn, again and again.

    ``contenders`` maps names to functions. Returns ``(seconds, results)``, with a list of times
    and the last result for each name. A first call, which may compile or load, does not count.
    """
    results = {name: run() for name, run in contenders.items()}
    seconds = {name: [] for name, result in results.items() if result is not None}
    for _ in range(repetitions):
        for name, times in seconds.items():
            gc.collect()
            start = time.process_time()
            contenders[name]()
            times.append(time.process_time() - start)
    return seconds, results


def ratios(seconds, name):
    """How many times as fast as each of the others: the median of the paired ratios."""
    ours = seconds[name]
    return {
        other: statistics.median(a / b for a, b in zip(times, ours, strict=True))
        for other, times in seconds.items()
        if other != name
    }


def machine():
    """What processor this is."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {platform.system()}, one thread"


def import_seconds(module, repetitions=15):
    """CPU time that importing a module adds to importing NumPy, both compiled once before."""
    times = {"numpy": [], f"numpy, {module}": []}
    with tempfile.TemporaryDirectory() as folder:
        compiled = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        for _ in range(1 + repetitions):
            for names, spent in times.items():
                before = _seconds_of_children()
                subprocess.run([sys.executable, "-c", f"import {names}"], check=True, env=compiled)
                spent.append(_seconds_of_children() - before)
    base, more = (statistics.median(spent[1:]) for spent in times.values())
    return more - base


def _seconds_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
