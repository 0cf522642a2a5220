"""The process that takes deliveries from the inbox while the portal serves; started again when it ends."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

LOG = logging.getLogger("toegangspeil.watcher")
_LOOK = 1.0
"""Seconds between two looks at the process."""
_PAUSE = 5.0
"""Seconds before it is started again: what ended it may need them."""
_LEAVE = 20.0
"""Seconds to finish what it does when the portal stops; what is broken off then goes on at the next start."""


@contextmanager
def watching(home: Path) -> Iterator[None]:
    """Keep one `toegangspeil run --watch` for this home going until the portal stops."""
    ending = Event()
    command = [sys.executable, "-m", "toegangspeil", "run", "--watch", "--home", str(home)]
    keeper = Thread(target=_keep, args=(command, ending), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(command: list[str], ending: Event) -> None:
    while not ending.is_set():
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:  # noqa: S603
            while running.poll() is None and not ending.wait(_LOOK):
                pass
            if running.poll() is None:
                _end(running)
                return
        LOG.error("the process that takes deliveries ended (%s) and is started again", running.returncode)
        ending.wait(_PAUSE)


def _end(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    try:
        running.wait(_LEAVE)
    except subprocess.TimeoutExpired:
        running.kill()
