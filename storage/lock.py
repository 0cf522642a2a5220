"""A lock between processes: one writer at a time, whoever started it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import CannotCheck

_PAUSE = 0.05


@contextmanager
def file_lock(path: Path, *, timeout: float = 60.0) -> Iterator[None]:
    """Hold `path` as a lock; freed by the system when the process dies.

    timeout: seconds to wait. Raises CannotCheck when another process still holds it then.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    deadline = time.monotonic() + timeout
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CannotCheck(
                        f"een ander proces is nog bezig ({path.name}); wacht tot het klaar is en probeer het opnieuw"
                    ) from None
                time.sleep(_PAUSE)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
