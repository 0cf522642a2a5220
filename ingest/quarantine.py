"""Quarantine: a refused folder, sealed whole. The steward can take it back; after 14 days it is destroyed."""

import io
import re
import tarfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from domain.errors import InputRejected
from ingest.vault import erase_original
from storage.atomic import erase, write_atomic
from storage.envelope import seal, unseal
from storage.keyring import Keyring
from storage.places import Places

DAYS = 14
_NAME = re.compile(r"^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{24})$")


@dataclass(frozen=True)
class Quarantined:
    """One refused folder; `id` is what the register and the steward call it."""

    area: str
    id: str
    since: date
    path: Path


def put_away(folder: Path, area: str, places: Places, keyring: Keyring, today: date) -> Quarantined:
    """Seal every file of a refused folder, then erase the folder: nothing is lost, nothing stays readable.

    area: the gemeente or verband whose inbox it was in.
    """
    scope = f"{area}/quarantine"
    keyring.ensure_scope(area, scope)
    with keyring.new_data_key(area, scope, "vault") as data_key:
        path = places.quarantine_of(area) / f"{today.isoformat()}.{data_key.id}"
        write_atomic(path, seal(_packed(folder), data_key.key, path.name))
    erase_original(folder)
    return Quarantined(area, data_key.id, today, path)


def waiting(area: str, places: Places) -> list[Quarantined]:
    """What lies in quarantine of an area, oldest first."""
    folder = places.quarantine_of(area)
    found = ((path, _NAME.match(path.name)) for path in sorted(folder.iterdir())) if folder.exists() else ()
    return [Quarantined(area, match[2], date.fromisoformat(match[1]), path) for path, match in found if match]


def give_back(area: str, object_id: str, target: Path, places: Places, keyring: Keyring) -> Path:
    """Put a refused folder back as it was, for the steward to repair; the sealed copy stays until it is destroyed.

    Raises InputRejected when it is not there (any more) or the target is not empty.
    """
    found = [item for item in waiting(area, places) if item.id == object_id]
    if not found:
        raise InputRejected("quarantaine: deze aanlevering is er niet meer; lever het bestand opnieuw aan")
    if target.exists() and any(target.iterdir()):
        raise InputRejected("quarantaine: de map om in terug te zetten is niet leeg; kies een lege map")
    packed = unseal(found[0].path.read_bytes(), keyring.data_key(area, object_id), found[0].path.name)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")
    return target


def remove(item: Quarantined, keyring: Keyring) -> None:
    """Destroy one refused folder: its key first, then its bytes."""
    keyring.destroy_data_key(item.area, item.id)
    erase(item.path)


def empty(places: Places, keyring: Keyring, today: date, days: int = DAYS) -> Counter[str]:
    """Destroy what has been in quarantine for `days` days or longer; returns how many folders per area."""
    if not places.quarantine.exists():
        return Counter()
    areas = [folder.name for folder in places.quarantine.iterdir() if folder.is_dir()]
    due = [item for area in areas for item in waiting(area, places) if item.since <= today - timedelta(days=days)]
    for item in due:
        remove(item, keyring)
    return Counter(item.area for item in due)


def _packed(folder: Path) -> bytes:
    """The folder as one archive, without owner and time; links are not followed."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                info = tarfile.TarInfo(path.relative_to(folder).as_posix())
                info.size, info.mode = path.stat().st_size, 0o600
                with path.open("rb") as file:
                    archive.addfile(info, file)
    return buffer.getvalue()
