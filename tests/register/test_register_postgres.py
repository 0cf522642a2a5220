"""The same tests on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.register.postgres import throwaway_server


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif("TOEGANGSPEIL_TEST_POSTGRES" in os.environ, reason="already running on PostgreSQL")
def test_everything_holds_on_postgresql() -> None:
    root = Path(__file__).parents[2]
    with throwaway_server() as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "tests/register", "-q", "-x", "-p", "no:cacheprovider"],
            cwd=root, env={**os.environ, "TOEGANGSPEIL_TEST_POSTGRES": url}, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
