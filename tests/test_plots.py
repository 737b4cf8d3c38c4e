"""Plots: what is drawn is what was computed, nothing is cut off, nothing lies on anything else."""

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

import course_lib as c
from course_lib import palette, plots

X, Y = c.learnable_labels(0, 60)
NET = c.mlp([4, 6, 3], ["tanh", "softmax"])
START = NET.init_params(0)
TRAINED = c.train(
    NET,
    START,
    (X[:40], Y[:40]),
    "cross_entropy",
    c.SGD(0.5),
    40,
    8,
    (X[40:], Y[40:]),
    c.EarlyStopping(3),
)
FOUND = c.find_learning_rate(NET, START, (X, Y), "cross_entropy", lr_max=1e3)
BOUNDARY = c.mlp([2, 1], ["sigmoid"])
LINE = np.array([2.0, 2.0, -2.0])  # x1 + x2 = 1


def small_trace(sizes=(2, 2, 1), seed=1):
    net = c.mlp(sizes, ["tanh"] * (len(sizes) - 2) + ["sigmoid"])
    x = np.full((1, sizes[0]), 0.5)
    return net.trace(net.init_params(seed), x, [[1.0]], "binary_cross_entropy")


THREE_D = {"subplot_kw": {"projection": "3d"}}
DRAWN = {
    "learning curves": ({}, lambda ax: plots.learning_curves(ax, TRAINED)),
    "learning curves, log": ({}, lambda ax: plots.learning_curves(ax, TRAINED, log=True)),
    "learning-rate finder": ({}, lambda ax: plots.lr_finder(ax, FOUND)),
    "bumpy bowl": ({"height": 4.5} | THREE_D, lambda ax: plots.surface(ax, c.bumpy_bowl(0.5))),
    "rosenbrock": ({"height": 4.5} | THREE_D, lambda ax: plots.surface(ax, c.rosenbrock)),
    "boundary": (
        {"height": 4.5},
        lambda ax: plots.decision_boundary(ax, BOUNDARY, LINE, *c.two_clouds()),
    ),
    "neuron": ({}, lambda ax: plots.computation_graph(ax, small_trace((2, 1)))),
    "small network": (
        {"height": 3.6},
        lambda ax: plots.computation_graph(ax, small_trace((2, 2, 1))),
    ),
    "worked example": (
        {"height": 5},
        lambda ax: plots.computation_graph(ax, small_trace((1, 4, 2, 1))),
    ),
}


@pytest.fixture(params=DRAWN)
def drawn(request):
    """A finished figure, its axes and what was drawn on them."""
    keywords, draw = DRAWN[request.param]
    fig, ax = plots.figure(**keywords)
    artists = draw(ax)
    with matplotlib.rc_context(plots.STYLE):
        fig.set_dpi(144)
        FigureCanvasAgg(fig).draw()
    return fig, ax, artists


def written(fig):
    """Every text that is to be seen, with its box in pixels."""
    beyond = set()  # labels that matplotlib keeps ready for ticks outside the picture
    for axis in fig.findobj(Axis):
        low, high = sorted(axis.get_view_interval())
        ticks = (*axis.get_major_ticks(), *axis.get_minor_ticks())
        beyond |= {tick.label1 for tick in ticks if not low <= tick.get_loc() <= high}
    texts = [t for t in fig.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = [(t.get_text(), t.get_window_extent()) for t in texts if t not in beyond]
    return [(text, box) for text, box in boxes if box.width > 1]


def test_artists_are_returned_and_lie_on_the_axes(drawn):
    fig, _, artists = drawn
    assert artists and all(artist.figure is fig for artist in artists)


def test_no_text_is_cut_off_or_tiny(drawn):
    fig, _, _ = drawn
    for text, box in written(fig):
        assert box.x0 >= -1 and box.y0 >= -1, text
        assert box.x1 <= fig.bbox.width + 1 and box.y1 <= fig.bbox.height + 1, text
    assert min(t.get_fontsize() for t in fig.findobj(Text) if t.get_text()) >= 9


def test_no_two_texts_lie_on_each_other(drawn):
    fig, ax, _ = drawn
    if hasattr(ax, "get_zlim"):
        return  # tick labels in three dimensions report boxes of their own
    for (one, a), (other, b) in combinations(written(fig), 2):
        width = min(a.x1, b.x1) - max(a.x0, b.x0)
        height = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert width <= 1 or height <= 1, f"{one!r} on {other!r}"


def test_learning_curves_show_the_losses_and_the_best_epoch():
    _, ax = plots.figure()
    train, val, best = plots.learning_curves(ax, TRAINED)
    np.testing.assert_array_equal(train.get_ydata(), TRAINED.train_loss)
    np.testing.assert_array_equal(val.get_ydata(), TRAINED.val_loss)
    assert set(best.get_xdata()) == {TRAINED.best_epoch}
    assert train.get_linestyle() != val.get_linestyle()  # not by colour alone
    alone = c.train(NET, START, (X, Y), "cross_entropy", c.SGD(0.5), 1)
    assert len(plots.learning_curves(ax, alone)) == 1


def test_the_finder_shows_its_suggestion():
    _, ax = plots.figure()
    batches, smoothed, suggestion = plots.lr_finder(ax, FOUND)
    np.testing.assert_array_equal(batches.get_ydata(), FOUND.losses)
    np.testing.assert_array_equal(smoothed.get_ydata(), FOUND.smoothed)
    assert set(suggestion.get_xdata()) == {FOUND.suggestion}
    low, high = ax.get_ylim()
    assert low < FOUND.losses.min() and FOUND.smoothed[0] < high < FOUND.smoothed[-1]


def test_the_decision_boundary_is_where_the_network_changes_its_mind():
    _, ax = plots.figure()
    regions, zeros, ones = plots.decision_boundary(ax, BOUNDARY, LINE, *c.two_clouds())
    below, above = (path.vertices for path in regions.get_paths())
    assert below.sum(axis=1).max() < 1.05 and above.sum(axis=1).min() > 0.95
    assert zeros.get_marker() != ones.get_marker()
    clouds, _ = c.two_clouds()
    limits = np.array([ax.get_xlim(), ax.get_ylim()])
    assert (limits[:, 0] < clouds.min(axis=0)).all() and (clouds.max(axis=0) < limits[:, 1]).all()
    np.testing.assert_array_equal(ones.get_xydata(), c.two_clouds()[0][50:])


def test_the_graph_holds_every_value_and_every_slope():
    trace = small_trace((2, 2, 1))
    _, ax = plots.figure()
    artists = [artist for artist in plots.computation_graph(ax, trace) if isinstance(artist, Text)]
    said = {
        color: sorted(
            t.get_text().split("$ ")[-1].strip() for t in artists if t.get_color() == color
        )
        for color in (palette.BLUE, palette.RED)
    }
    hidden, out = trace.layers[1:]
    parts = {
        palette.BLUE: [trace.layers[0].a, *(getattr(k, n) for k in (hidden, out) for n in "zaWb")],
        palette.RED: [trace.dX] + [getattr(k, f"d{n}") for k in (hidden, out) for n in "zaWb"],
    }
    for color, arrays in parts.items():
        numbers = np.concatenate([np.ravel(part) for part in arrays])
        extra = [f"{trace.loss:.3g}"] if color == palette.BLUE else ["1"]
        words = [f"{number:.3g}".replace("-", "−") for number in numbers] + extra
        rest = [text for text in said[color] if "forward" not in text and "slope" not in text]
        assert rest == sorted(words)


@pytest.mark.parametrize("result", [TRAINED, FOUND, c.minimize(c.x_squared, [5.0], c.SGD(0.1), 9)])
def test_a_result_plots_itself(result, monkeypatch):
    shown = []
    monkeypatch.setattr(plots, "show", lambda fig, alt: shown.append((fig, alt)))
    assert result.plot() is None
    (fig, alt), *rest = shown
    assert not rest and fig.axes[0].lines and str(result) in alt
    _, ax = plots.figure()
    assert result.plot(ax)[0].axes is ax and len(shown) == 1


def test_a_script_prints_the_words(capsys):
    fig, _ = plots.figure()
    plots.show(fig, alt="A picture  with nothing\n in it.")
    assert capsys.readouterr().out == "A picture with nothing in it.\n"
