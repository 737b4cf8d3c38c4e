"""Fixtures that several test files use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The repository's folder."""
    return ROOT


def skip(reason):
    """Skip for want of something outside the repository; fail where nothing may be skipped."""
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"{reason} (REQUIRE_ALL is set, so this may not be skipped)")
    pytest.skip(reason)
