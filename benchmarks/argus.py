"""tau-ARGUS (pytauargus) beside ours: in its own environment and process, because it brings its own solver.

python3.11 -m venv .tools/argus && .tools/argus/bin/pip install pytauargus==0.6.0
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

PYTHON = Path(__file__).parents[1] / ".tools" / "argus" / "bin" / "python"
ABSENT = "pytauargus is not in .tools/argus: see the top of benchmarks/argus.py"


def ask(script: str, *arguments: str, seconds: float = 120.0) -> Any:
    """What a script of this folder prints last, as JSON; raises CalledProcessError or TimeoutExpired."""
    command = [str(PYTHON), str(Path(__file__).with_name(script)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])
