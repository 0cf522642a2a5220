"""What waits in the inbox: folders with a manifest, the delivery keys each can fill, and files that lie loose."""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from domain.delivery import AREA, DeliveryKey, read_manifest
from domain.errors import InputRejected
from domain.vocabulary import DeliveryState
from ingest import drafts
from ingest.manifest import NAME
from register import deliveries, verdicts
from register.store import Register
from storage.places import Places
from storage.yaml import read_yaml

INBOX_AREA = "installatie"
"""Where a folder belongs that lies below no gemeente or verband: its name could be anybody's."""
LOOSE = "los-"
"""How a folder begins that we made around files that lay loose."""
_ALL = os.R_OK | os.W_OK | os.X_OK


@dataclass(frozen=True)
class Folder:
    """A delivered folder; `keys` is empty when its manifest cannot be read."""

    path: Path
    area: str
    keys: tuple[DeliveryKey, ...]


def folders(places: Places) -> Iterator[Folder]:
    """Every complete folder in the inbox, oldest name first; a folder that is still being written is left alone.

    A folder may lie below its gemeente or verband, or (of whoever runs the installation) in the inbox itself. One that
    this program may not read or erase is left alone too (`closed`): it would stop the run of everybody.
    """
    return (folder for folder in _all(places) if not _is_closed(folder.path))


def closed(places: Places) -> list[Folder]:
    """Folders that this program may not read, or not erase afterwards."""
    return [folder for folder in _all(places) if _is_closed(folder.path)]


def _is_closed(path: Path) -> bool:
    every = (path, *path.rglob("*"))
    return not all(one.is_symlink() or os.access(one, _ALL if one.is_dir() else os.R_OK) for one in every)


def _all(places: Places) -> Iterator[Folder]:
    for top in filter(_is_folder, _shown(places.inbox)):
        if _is_delivery(top):
            keys = _keys(top)
            yield Folder(top, keys[0].area if keys else INBOX_AREA, keys)
        else:
            for path in filter(_is_folder, _shown(top)):
                yield Folder(path, area_of(top), _keys(path))


def loose(places: Places) -> dict[Path, list[Path]]:
    """What lies beside the delivered folders, by the folder it is in: nobody reads it there."""
    tops = [path for path in _shown(places.inbox) if _is_folder(path) and not _is_delivery(path)]
    found = {top: [path for path in _shown(top) if not _is_folder(path)] for top in (places.inbox, *tops)}
    return {top: paths for top, paths in found.items() if paths}


def gather(places: Places, *, older_than: float = drafts.HOUR) -> int:
    """Put loose files that nobody touched for so many seconds in one folder, to be read or refused; how many folders.

    Sooner would be wrong: files that are copied one by one belong together, and one may still be growing.
    """
    before = time.time() - older_than
    still = {top: paths for top, paths in loose(places).items() if all(drafts.touched(path) < before for path in paths)}
    for top, paths in still.items():
        folder = (places.inbox_of(INBOX_AREA) if top == places.inbox else top) / f"{LOOSE}{uuid4().hex[:12]}"
        folder.mkdir(parents=True, mode=0o700)
        for path in paths:
            path.rename(folder / path.name)
    return len(still)


def area_of(top: Path) -> str:
    """Whose part of the inbox this is."""
    return top.name if AREA.fullmatch(top.name) else INBOX_AREA


def _shown(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _is_folder(path: Path) -> bool:
    """A link is none: what it points to was not delivered here."""
    return path.is_dir() and not path.is_symlink()


def _is_delivery(top: Path) -> bool:
    return area_of(top) == INBOX_AREA != top.name and (top / NAME).is_file()


def waiting_keys(places: Places, register: Register) -> list[DeliveryKey]:
    """Keys with something to do: delivered and not read, or accepted and not yet judged."""
    delivered = {key for folder in folders(places) for key in folder.keys}
    return sorted(delivered | set(unjudged(register)))


def unjudged(register: Register) -> list[DeliveryKey]:
    """Accepted deliveries whose standing version has no verdict yet."""
    found: Mapping[DeliveryKey, verdicts.Verdict] = verdicts.latest_many(register)
    standing = deliveries.current_many(register)
    return [
        key
        for key, delivery in standing.items()
        if delivery.state is DeliveryState.ACCEPTED and not _judged(found.get(key), delivery.version)
    ]


def _judged(verdict: verdicts.Verdict | None, version: int) -> bool:
    return verdict is not None and verdict.version == version and verdict.file_hash != ""


def _keys(path: Path) -> tuple[DeliveryKey, ...]:
    try:
        return tuple(read_manifest(read_yaml(path / NAME)).keys())
    except InputRejected:
        return ()
