"""The shipped detector, loaded once: it takes seconds."""

import pytest

from benchmarks.evaluation import Find, ours


@pytest.fixture(scope="session")
def find() -> Find:
    return ours("builtin")
