"""What waits in the inbox: folders with a manifest, and the delivery keys each can fill."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.delivery import AREA, DeliveryKey, read_manifest
from domain.errors import InputRejected
from domain.vocabulary import DeliveryState
from ingest.manifest import NAME
from register import deliveries, verdicts
from register.store import Register
from storage.places import Places
from storage.yaml import read_yaml

INBOX_AREA = "installatie"
"""Where a folder belongs that lies below no gemeente or verband: its name could be anybody's."""


@dataclass(frozen=True)
class Folder:
    """A delivered folder; `keys` is empty when its manifest cannot be read."""

    path: Path
    area: str
    keys: tuple[DeliveryKey, ...]


def folders(places: Places) -> Iterator[Folder]:
    """Every complete folder in the inbox, oldest name first; a folder that is still being written is left alone."""
    for path in sorted(places.inbox.glob("*/*")):
        if path.is_dir() and not path.name.startswith("."):
            area = path.parent.name
            yield Folder(path, area if AREA.fullmatch(area) else INBOX_AREA, _keys(path))


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
