"""Quarantine: a refused folder, sealed whole. The steward can take it back; after 14 days it is destroyed."""

import io
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from domain.errors import InputRejected
from ingest.manifest import NAME
from ingest.vault import erase_original
from storage.atomic import erase, write_pieces
from storage.envelope import PIECE, seal_pieces, unseal_pieces
from storage.keyring import Keyring
from storage.places import Places

DAYS = 14
_NEW, _MORE = b"N", b"M"
"""How a piece begins: with the name of the next file, or with more of the same one."""
_FILE = re.compile(r"^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{24})$")


@dataclass(frozen=True)
class Quarantined:
    """One refused folder; `id` is what its steward asks for, and what the ledger says was given back."""

    area: str
    id: str
    since: date
    path: Path

    @property
    def until(self) -> date:
        """The day on which it is destroyed."""
        return self.since + timedelta(days=DAYS)

    @property
    def size(self) -> int:
        """Bytes, sealed."""
        return self.path.stat().st_size


def put_away(folder: Path, area: str, places: Places, keyring: Keyring, today: date) -> Quarantined:
    """Seal every file of a refused folder, then erase the folder: nothing is lost, nothing stays readable.

    area: the gemeente or verband whose inbox it was in.
    """
    scope = f"{area}/quarantine"
    keyring.ensure_scope(area, scope)
    with keyring.new_data_key(area, scope, "vault") as data_key:
        path = places.quarantine_of(area) / f"{today.isoformat()}.{data_key.id}"
        write_pieces(path, seal_pieces(_packed(folder), data_key.key, path.name))
    erase_original(folder)
    return Quarantined(area, data_key.id, today, path)


def waiting(area: str, places: Places) -> list[Quarantined]:
    """What lies in quarantine of an area, oldest first."""
    folder = places.quarantine_of(area)
    found = ((path, _FILE.match(path.name)) for path in sorted(folder.iterdir())) if folder.exists() else ()
    return [Quarantined(area, match[2], date.fromisoformat(match[1]), path) for path, match in found if match]


def check_empty(target: Path) -> None:
    """Raises InputRejected unless `target` is a folder without anything in it, or does not exist yet."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise InputRejected("quarantaine: de map om in terug te zetten is niet leeg; kies een lege map")


def give_back(item: Quarantined, target: Path, keyring: Keyring) -> Path:
    """Put a refused folder back as it was, for the steward to repair; the sealed copy stays until it is destroyed.

    Raises InputRejected when the target is not empty, KeyRefused when its day has come and it was destroyed.
    """
    check_empty(target)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    _unpack(_pieces(item, keyring), target)
    return target


def zipped(item: Quarantined, keyring: Keyring) -> bytes:
    """A refused folder as one ZIP, made in memory: nothing of it is written readably on this machine.

    Raises KeyRefused when its day has come and it was destroyed.
    """
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive, ExitStack() as one_file:
        for piece in _pieces(item, keyring):
            if piece[:1] == _NEW:
                one_file.close()
                name = piece[1:].decode(errors="replace")
                file = one_file.enter_context(archive.open(name, "w", force_zip64=True))
            else:
                file.write(piece[1:])
    return made.getvalue()


def file_of(item: Quarantined, name: str, keyring: Keyring) -> bytes:
    """The content of one file of a refused folder, opened no further than that; empty when it has none of that name."""
    found, here = bytearray(), False
    for piece in _pieces(item, keyring):
        if piece[:1] == _NEW:
            if here:
                break
            here = piece[1:] == os.fsencode(name)
        elif here:
            found += piece[1:]
    return bytes(found)


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


def _packed(folder: Path) -> Iterator[bytes]:
    """Every file of the folder by its name, in pieces; links are not followed. A file may be of any size.

    The manifest comes first: who looks which study a folder is of does not open the rest.
    """
    for path in sorted(folder.rglob("*"), key=lambda path: (path != folder / NAME, path)):
        if path.is_file() and not path.is_symlink():
            yield _NEW + os.fsencode(path.relative_to(folder))
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    yield _MORE + piece


def _pieces(item: Quarantined, keyring: Keyring) -> Iterator[bytes]:
    key = keyring.data_key(item.area, item.id)
    with item.path.open("rb") as sealed:
        yield from unseal_pieces(sealed, key, item.path.name)


def _unpack(pieces: Iterator[bytes], target: Path) -> None:
    path = target
    for piece in pieces:
        kind, content = piece[:1], piece[1:]
        if kind == _NEW:
            path = target / os.fsdecode(content)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
        with path.open("ab") as file:
            file.write(content if kind == _MORE else b"")
