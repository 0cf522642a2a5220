"""Files appear whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write `data` to `path` so that a reader, or a kill, never sees half a file."""
    write_pieces(path, [data], mode=mode)


def write_pieces(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> None:
    """As `write_atomic`, one piece after the other: they need not fit in memory together."""
    with _whole(path, pieces, mode) as made:
        os.replace(made, path)


def write_first(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """As `write_atomic`, unless the file is there: of two processes at once the first one's file stays."""
    with _whole(path, [data], mode) as made, suppress(FileExistsError):
        os.link(made, path)


@contextmanager
def _whole(path: Path, pieces: Iterable[bytes], mode: int) -> Iterator[str]:
    """A finished file beside `path` to give that name; gone after the block, the folder settled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        yield name
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def erase(path: Path) -> None:
    """Remove a file for good; nothing happens when it is already gone.

    Overwriting is no promise on SSDs and copy-on-write disks: what keeps a secret is destroying its key.
    """
    path.unlink(missing_ok=True)
