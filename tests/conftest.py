"""Shared by all tests: where the shared material is."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TOEGANGSPEIL_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpus and data; tests that need it skip where it is not laid."""
    if not (SHARED / "corpus").exists():
        pytest.skip("the shared corpus is not beside this checkout")
    return SHARED
