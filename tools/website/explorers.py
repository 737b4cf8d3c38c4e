"""Explorers on a page: the plane as Python computed it, packed small; live.js unpacks it.

Neighbours in a table are alike. So of each row of codes the differences are kept, and of all
numbers first every low byte, then every high one: deflated, that is a third of the size.
"""

import base64
import html
import json
import struct
import zlib

import numpy as np
from notebooks import Problem

LARGEST = 600_000  # bytes deflated, of one explorer


def explorer(bundle, picture):
    """An explorer, and until it runs its picture.

    Parameters
    ----------
    bundle : dict
        As course_lib.widgets.exported hands it out.
    picture : str
        An `<img>`.
    """
    scene = bundle["scene"]
    if all(control.get("asleep") for control in scene["controls"]):
        words = html.escape(scene["asleep"])
        return f'<figure class="explorer">{picture}<figcaption>{words}</figcaption></figure>'
    packed = pack(bundle)
    if len(packed) > LARGEST:
        raise Problem(
            f"The explorer {scene['title']} takes {len(packed):,} bytes; "
            f"a page has room for {LARGEST:,}. A coarser plane would help."
        )
    text = base64.b64encode(packed).decode("ascii")
    return (
        f'<div class="explorer"><div>{picture}'
        "<p>This is a picture. Its sliders need JavaScript and a browser of 2023 or newer.</p>"
        f'</div><script type="text/plain">{text}</script></div>'
    )


def pack(bundle):
    """Everything of an explorer in one deflated block.

    First four bytes that give the length of the JSON which follows, then the bytes of all tables;
    the JSON says of each where it begins.
    """
    tables, blocks, at = {}, [], 0
    for name, table in bundle["plane"]["tables"].items():
        block = shuffled(table)
        tables[name] = table | {"data": [at, len(block)]}
        blocks.append(block)
        at += len(block)
    header = bundle | {"plane": bundle["plane"] | {"tables": tables}}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(struct.pack("<I", len(text)) + text + b"".join(blocks), 9)


def shuffled(table):
    """The bytes of a table: of codes the differences along each row, then byte by byte."""
    numbers = np.frombuffer(base64.b64decode(table["data"]), f"<{short(table['dtype'])}")
    numbers = numbers.reshape(table["shape"])
    if table["dtype"] != "float32" and numbers.ndim > len(table["axes"]):
        numbers = np.diff(numbers, axis=-1, prepend=numbers.dtype.type(0))  # wraps around
    return numbers.ravel().view("u1").reshape(-1, numbers.itemsize).T.tobytes()


def short(dtype):
    """NumPy's short name of a type."""
    return np.dtype(dtype).str[1:]
