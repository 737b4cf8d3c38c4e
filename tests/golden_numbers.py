"""Reads the golden numbers; see ``golden/README.md`` for where they come from."""

import json
from pathlib import Path

LOSS_NAMES = {"bce": "binary_cross_entropy", "cce": "cross_entropy"}


def golden(name):
    """The content of ``golden/<name>.json``."""
    return json.loads((Path(__file__).parent / "golden" / f"{name}.json").read_text())


def loss_name(short):
    """Our name for a loss."""
    return LOSS_NAMES.get(short, short)
