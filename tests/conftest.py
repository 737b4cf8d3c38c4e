"""Fixtures that several test files use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def unavailable():
    """A function that skips, with its reason, what needs something this machine lacks.

    Where REQUIRE_ALL is set, as on the build machine, it fails instead.
    """

    def skip(reason):
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(f"{reason}; REQUIRE_ALL is set, so this may not be skipped", pytrace=False)
        pytest.skip(reason)

    return skip
