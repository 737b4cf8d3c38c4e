"""Python and the browser write the same numbers and sentences, and read the same tables."""

import random
import struct

import numpy as np
import pytest

from course_lib.widgets import tables, words
from course_lib.widgets.explorer import module_source

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def run(browser):
    """A function that runs one line of JavaScript among the explorers' own functions."""
    page = browser.new_page()
    source = module_source().replace("export default", "void")
    yield lambda line, argument: page.evaluate(
        f"(argument) => {{ {source}; return {line} }}", argument
    )
    page.close()


def numbers():
    """Numbers of every size, exact halves among them, and whatever bits may mean."""
    some = random.Random(0)
    yield from (0.0, -0.0, 1.0, 0.1, 0.125, 1.0005, 2.5, 0.00062505, 9999.5, 99999.5, 999950.0)
    yield from (some.uniform(-2, 2) * 10.0 ** some.randint(-9, 9) for _ in range(2000))
    yield from (some.randint(-9999, 9999) * 0.5 ** some.randint(0, 12) for _ in range(2000))
    bits = (struct.unpack("<d", some.randbytes(8))[0] for _ in range(500))
    yield from (value for value in bits if np.isfinite(value))


def test_numbers_are_written_alike(run):
    values = list(numbers())
    assert run("argument.map((x) => formatNumber(x))", values) == [words.number(x) for x in values]


def test_sentences_are_written_alike(run):
    template = "{who}: {lr} and {n step}, {one step}, {none step}."
    values = {"who": "GD", "lr": 0.1, "n": 43, "one": 1, "none": 0}
    written = run("fillTemplate(...argument)", [template, values])
    assert written == words.fill(template, values) == "GD: 0.1 and 43 steps, 1 step, 0 steps."


def test_tables_are_read_alike(run):
    rng = np.random.default_rng(0)
    codes = {
        "place": tables.Code(("rate", "beta"), -3, 5),
        "loss": tables.Code(("rate", "beta"), 1e-12, 1e12, log=True),
        "count": tables.Code(("rate",)),
        "all": tables.Code(),
    }
    arrays = {
        "place": rng.normal(size=(3, 2, 4)) * 4,
        "loss": 10.0 ** rng.normal(size=(3, 2, 4)),
        "count": rng.normal(size=3),
        "all": rng.normal(size=5),
    }
    arrays["place"][1, 0, 2:] = np.nan
    axes = {"rate": [0.1, 0.2, 0.5], "beta": [0.0, 0.9]}
    packet = tables.packet(arrays, codes, axes, {"start": 3.0})
    for settings in (
        {"rate": 0.2, "beta": 0.0, "start": 3},
        {"rate": 0.5, "beta": 0.9, "start": 3},
    ):
        sent = packet | {
            "tables": {
                name: table | {"data": list(table["data"])}
                for name, table in packet["tables"].items()
            }
        }
        frame = run(
            "(() => { for (const t of Object.values(argument[0].tables))"
            " t.data = new DataView(Uint8Array.from(t.data).buffer);"
            " const frame = frameAt(openPacket(argument[0]), argument[1]);"
            " return Object.fromEntries(Object.entries(frame).map(([name, value]) =>"
            " [name, value.length === undefined ? value : [...value]])); })()",
            [sent, settings],
        )
        for name, value in tables.frame(packet, settings).items():
            np.testing.assert_allclose(frame[name], value, rtol=1e-12, err_msg=name)


def test_what_a_packet_lacks_is_not_in_it(run):
    packet = tables.packet({}, {}, {"rate": [0.1, 0.2]}, {"start": 3.0})
    for settings in (
        {"rate": 0.1, "start": 3},
        {"rate": 0.15, "start": 3},
        {"rate": 0.1, "start": 2},
    ):
        inside = run("holds(...argument)", [packet, settings])
        assert inside == (tables.frame(packet, settings) is not None)
