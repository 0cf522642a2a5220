"""What a stretch of work took: processor seconds of this process and its hands, and the highest memory."""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path


def processor_seconds() -> float:
    """Of this process and its children, also those still at work: says more than the clock on a busy machine."""
    spent = os.times()
    ended = spent.user + spent.system + spent.children_user + spent.children_system
    return ended + sum(_of_child(child.pid) for child in active_children() if child.pid)


def start_peak() -> None:
    """From now on `peak` counts from what is held at this moment."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """Highest resident memory of this process since `start_peak`, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _of_child(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0
