"""Folders in the inbox that are still being filled: hidden, and thrown away when nobody finishes them in an hour.

They hold delivered files as they came, so they may not lie about: every `toegangspeil run`, every tidying and the
next upload look for them.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from storage.places import Places

UPLOAD, COPY = ".aanlevering-", ".zending-"
HOUR = 3600.0


def upload_folder(places: Places, draft: str) -> Path:
    """Where the files of an upload wait for its questions to be answered."""
    return places.inbox / f"{UPLOAD}{draft}"


def copy_folder(places: Places, area: str, name: str) -> Path:
    """Where a delivery is put together; it is taken in once its name loses the dot."""
    return places.inbox_of(area) / f".{name}"


def sweep(places: Places, *, older_than: float = HOUR) -> int:
    """Throw away what nobody touched for so many seconds; returns how many folders."""
    before = time.time() - older_than
    left = [folder for folder in _unfinished(places) if touched(folder) < before]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _unfinished(places: Places) -> Iterator[Path]:
    yield from places.inbox.glob(f"{UPLOAD}*")
    yield from places.inbox.glob(f"*/{COPY}*")


def touched(folder: Path) -> float:
    """Moment of the last change in a folder (a copy keeps the old times of its files, not that of the change itself).

    May be a file as well. What vanishes meanwhile needs no care.
    """
    newest = 0.0
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):
            newest = max(newest, path.lstat().st_ctime)
    return newest
