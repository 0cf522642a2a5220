"""A small run of the portal's benchmark: many people at once get their pages, from more than one process. Slow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_everybody_gets_every_page_while_many_read_at_once():
    asked = ["--gemeenten", "40", "--people", "10", "--seconds", "8", "--workers", "2"]
    command = [sys.executable, "-m", "benchmarks.portal", *asked]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.rstrip().endswith("failed 0")
    assert "/vergelijken" in done.stdout
