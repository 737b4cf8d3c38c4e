r"""The worked example of chapter 4: the source's network, its published numbers, and long runs.

A network of 1, 4, 2 and 1 units, all sigmoid, is fitted to the five points of
``datasets.skycak`` by gradient descent on the residual sum of squares. The source writes
columns: its matrix :math:`A_\ell`, of shape (n_out, n_in), is the transpose of our ``W``.

Some explorers need runs of up to a million updates at many learning rates, minutes of work. They
stand in ``data/worked_example.npz``, which ``python -m course_lib.worked_example`` computes anew.

References
----------
J. Skycak, "Introduction to backpropagation", 2022.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from course_lib.datasets import skycak
from course_lib.networks import mlp
from course_lib.optimizers import SGD
from course_lib.training import minimize

DATA = Path(__file__).parent / "data"
RUNS = DATA / "worked_example.npz"
DIGITS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
RATES = [float(f"{d}e{power}") for power in (-3, -2, -1) for d in DIGITS] + [10.0]
STEPS = [0, 1, 2, 3, 4, 5, 6, 8, *(d * 10**p for p in range(5) for d in DIGITS), 10**6]


def start():
    """The network, and the parameters it starts from.

    Returns
    -------
    net : Network
        Of sizes 1, 4, 2, 1, with sigmoids.
    params : array of shape (21,)
        Half of what the source built by hand to make a curve with two bumps.

    Examples
    --------
    >>> net, params = start()
    >>> net.predict(params, [[0.5]]).round(3).item()
    0.979
    """
    net = mlp([1, 4, 2, 1], ["sigmoid"] * 3)
    columns = [[[5], [-5], [5], [-5]], [[10, 10, 0, 0], [0, 0, 10, 10]], [[10, 10]]]
    biases = [[-0.75, 1.75, -3.25, 4.25], [-12.5, -12.5], [-2.5]]
    return net, net.pack([np.transpose(A) for A in columns], biases)


def published():
    """Every number the source prints, as the text that stands there.

    Returns
    -------
    dict
        ``"points"``: for each of the five points a dict with ``x``, ``y`` and what is printed of
        its pass: ``"Sigma_1"``, ``"h_1"``, ``"dRSS_dh_1"``, ``"dRSS_dA_1"``, ``"dRSS_db_1"`` and
        so on. ``"summed"`` and ``"updated"``: ``"A_1"``, ``"b_1"`` and so on. ``"table"``: for
        each number of iterations a dict with ``"rss"``, ``"predictions"``, ``"A_1"``, ``"b_1"``
        and so on. ``"product"``: one equation of the text, ``left ⊗ right = result``.

    Examples
    --------
    >>> published()["points"][0]["h_3"], published()["table"][-1]["rss"]
    (['0.831812'], '0.0002')
    """
    return json.loads((DATA / "skycak.json").read_text("utf-8"))


@cache
def runs():
    """Parameters along a run at each of ``RATES``, after each of ``STEPS`` updates.

    Returns
    -------
    array of shape (n_rates, n_steps, 21)
    """
    with np.load(RUNS) as file:
        return file["params"]


def walk(rates, steps):
    """What :func:`runs` holds, computed now, for any rates and ascending numbers of updates."""
    net, params = start()
    objective = net.objective(*skycak(), "rss")
    lr, params, kept, done = np.reshape(rates, (-1, 1)), np.tile(params, (len(rates), 1)), [], 0
    if len(rates) == 1:  # a single run has a faster path
        lr, params = float(lr[0, 0]), params[0]
    for step in steps:
        if step > done:
            params = minimize(objective, params, SGD(lr), step - done, keep_params=False).params[-1]
        done = step
        kept.append(params.reshape(len(rates), -1))
    return np.stack(kept, axis=1)


if __name__ == "__main__":
    np.savez(RUNS, params=walk(RATES, STEPS))
