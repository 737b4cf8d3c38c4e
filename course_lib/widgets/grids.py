"""Slider positions: round numbers, so that the rate in a sentence is the rate on the slider."""

import math

import numpy as np


def rates(low, high, extra=()):
    """Every decimal of two significant digits from ``low`` to ``high``, and some ``extra``.

    Examples
    --------
    >>> rates(0.08, 0.12)
    [0.08, 0.081, 0.082, 0.083, 0.084, 0.085, 0.086, 0.087, 0.088, 0.089, 0.09, 0.091, 0.092, \
0.093, 0.094, 0.095, 0.096, 0.097, 0.098, 0.099, 0.1, 0.11, 0.12]
    """
    return _decimals(low, high, range(10, 100), extra)


def sparse_rates(low, high, extra=()):
    """About 48 decimals of two significant digits in every decade, about evenly spread.

    Examples
    --------
    >>> sparse_rates(0.29, 0.5)
    [0.29, 0.3, 0.32, 0.34, 0.35, 0.36, 0.38, 0.4, 0.42, 0.44, 0.45, 0.46, 0.48, 0.5]
    """
    digits = {*range(10, 30), *range(30, 60, 2), *range(30, 100, 5), 62, 68, 72, 78, 82, 88, 92}
    return _decimals(low, high, sorted(digits), extra)


def even(low, high, at_least=80):
    """Round numbers evenly spaced from ``low`` to ``high``, ``at_least`` so many intervals.

    Examples
    --------
    >>> even(-1, 1, at_least=8)
    [-1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    step, decimals = round_step((high - low) / at_least)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(k * step, decimals) + 0.0 for k in range(first, last + 1)]


def round_step(widest):
    """The largest of 1, 2 and 5 times a power of ten that is at most ``widest``; its decimals."""
    power = math.floor(math.log10(widest) + 1e-9)
    digit = max(d for d in (1, 2, 5) if d <= widest / 10**power + 1e-9)
    return digit * 10.0**power, max(0, -power)


def _decimals(low, high, digits, extra):
    powers = range(math.floor(math.log10(low)) - 1, math.floor(math.log10(high)) + 1)
    values = {float(f"{d}e{power}") for power in powers for d in digits} | set(extra)
    inside = np.array(sorted(values))
    inside = inside[(inside >= low * (1 - 1e-9)) & (inside <= high * (1 + 1e-9))]
    return inside.tolist()
