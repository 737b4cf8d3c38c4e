"""Tables: what an explorer's ``compute`` found, packed small enough to send at once.

A table holds one array for every position of the sliders that span it. Coordinates become codes
of 16 bits (cells of a mesh: 8), ``value = offset + scale * code`` (of its logarithm, if ``log``);
the numbers a sentence quotes stay 32-bit floats. ``js/tables.js`` reads them back.
"""

from dataclasses import dataclass

import numpy as np

DTYPES = {8: "uint8", 16: "uint16"}  # the largest code means "nothing here": a run has ended


@dataclass(frozen=True)
class Code:
    """How one array is packed.

    Attributes
    ----------
    axes : tuple of str
        The sliders along its first axes; any axes after them belong to one position.
    low, high : float or None
        The values between which 16-bit codes lie; values beyond are moved to the edge.
        None sends 32-bit floats.
    log : bool
        Whether codes are even steps of the logarithm.
    bits : int
        Of a code: 16, or 8.
    """

    axes: tuple = ()
    low: float | None = None
    high: float | None = None
    log: bool = False
    bits: int = 16


def pack(array, code):
    """An array as a table: a dict of plain values, and ``data`` as little-endian bytes."""
    array = np.asarray(array, dtype=float)
    table = {"axes": list(code.axes), "shape": list(array.shape)}
    if code.low is None:
        return table | {"dtype": "float32", "data": array.astype("<f4").tobytes()}
    low, high = np.log10([code.low, code.high]) if code.log else (code.low, code.high)
    if code.log:
        with np.errstate(divide="ignore"):
            array = np.log10(np.maximum(array, 0))  # rounding may put a loss just below its floor
    gap = 2**code.bits - 1
    scale = float(high - low) / (gap - 1)
    codes = np.rint((np.clip(array, low, high) - low) / scale)
    codes = np.where(np.isnan(array), gap, codes).astype(f"<u{code.bits // 8}")
    table |= {"dtype": DTYPES[code.bits], "offset": float(low), "scale": scale, "log": code.log}
    return table | {"data": codes.tobytes()}


def unpack(table):
    """The array a table holds, to within half a step of its code."""
    if table["dtype"] == "float32":
        return np.frombuffer(table["data"], "<f4").reshape(table["shape"]).astype(float)
    codes = np.frombuffer(table["data"], table["dtype"]).reshape(table["shape"])
    values = table["offset"] + table["scale"] * codes
    if table["log"]:
        values = 10.0**values
    return np.where(codes == np.iinfo(codes.dtype).max, np.nan, values)


def packet(arrays, codes, axes, fixed, **texts):
    """Tables that belong together, and the settings they were computed for.

    ``axes`` maps each slider the tables span to its positions, ``fixed`` every other setting to
    its value. ``texts`` holds what depends on those: ``sentences`` and ``notes``.
    """
    tables = {name: pack(array, codes[name]) for name, array in arrays.items()}
    return {"axes": axes, "fixed": fixed, "tables": tables, **texts}


def frame(packet, settings):
    """Every setting, and every table at these settings, by name; None if they are not in it."""
    if any(settings[name] != value for name, value in packet["fixed"].items()):
        return None
    if any(settings[name] not in positions for name, positions in packet["axes"].items()):
        return None
    at = {name: positions.index(settings[name]) for name, positions in packet["axes"].items()}
    values = dict(settings)
    for name, table in packet["tables"].items():
        values[name] = unpack(table)[tuple(at[axis] for axis in table["axes"])]
    return values


def size(packet):
    """How many bytes of tables a packet carries."""
    return sum(len(table["data"]) for table in packet["tables"].values())
