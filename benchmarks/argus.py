"""tau-ARGUS (pytauargus) beside ours: in its own environment and process, because it brings its own solver.

tests/install-for-long-tests.sh makes that environment. tau-ARGUS writes its logs where it is started: in a folder that
goes again.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PYTHON = Path(__file__).parents[1] / ".tools" / "argus" / "bin" / "python"
ABSENT = "pytauargus is not in .tools/argus: run tests/install-for-long-tests.sh"


def ask(script: str, *arguments: str, seconds: float = 120.0) -> Any:
    """What a script of this folder prints last, as JSON; raises CalledProcessError or TimeoutExpired."""
    command = [str(PYTHON), str(Path(__file__).with_name(script)), *arguments]
    with TemporaryDirectory() as folder:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True, cwd=folder)
    return json.loads(done.stdout.strip().splitlines()[-1])
