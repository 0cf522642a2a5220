"""The vault: accepted deliveries as delivered, one sealed object each under its own data key.

An object's name holds its data key, so writing again never touches an older object: write new, let the caller change
the register, then destroy the old one. Destroying the key ends every copy, backups included.
"""

import hashlib
import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import DeliveryKey, Manifest
from domain.errors import KeyRefused
from domain.records import RawRecords
from storage.atomic import erase
from storage.keyring import Keyring
from storage.parquet import read_encrypted, write_encrypted
from storage.places import Places

_ABOUT = "_delivery"


@dataclass(frozen=True)
class VaultObject:
    """Where one delivery key lies.

    id: HMAC of content and key under the scope's vault key: the same content has the same id.
    data_key_id: the key that opens it; the register keeps both.
    """

    area: str
    id: str
    data_key_id: str
    path: Path


def vault_object(area: str, object_id: str, data_key_id: str, places: Places) -> VaultObject:
    """The object that the register names."""
    return VaultObject(area, object_id, data_key_id, places.vault_of(area) / f"{object_id}.{data_key_id}")


def store(records: RawRecords, places: Places, keyring: Keyring, *, content: str) -> VaultObject:
    """Seal the records under a new data key.

    content: `intake.content_fingerprint` of the folder they came from.
    """
    key = records.key
    keyring.ensure_scope(key.area, key.scope)
    secret = keyring.purpose_key(key.area, key.scope, "vault")
    object_id = hmac.new(secret, f"{content}/{key}".encode(), hashlib.sha256).hexdigest()[:32]
    return _write(records, object_id, places, keyring)


def load(stored: VaultObject, keyring: Keyring) -> RawRecords:
    """The records as they were stored; raises KeyRefused when key or object is gone."""
    tables = read_encrypted(stored.path, keyring.data_key(stored.area, stored.data_key_id))
    about = tables.pop(_ABOUT).to_pylist()[0]
    manifest = Manifest.model_validate_json(about["manifest"])
    return RawRecords(DeliveryKey.parse(about["key"]), about["codebook"], tables, manifest=manifest)


def destroy(stored: VaultObject, keyring: Keyring) -> None:
    """End an object: first its key, then its bytes. Safe to do again."""
    keyring.destroy_data_key(stored.area, stored.data_key_id)
    erase(stored.path)


def rewrite_without(
    stored: VaultObject,
    places: Places,
    keyring: Keyring,
    *,
    column: str,
    gone: Callable[[str], bool],
    person: str | None = None,
) -> tuple[VaultObject, int]:
    """A new object without the rows of some people, under a new data key; and how many rows of the main table went.

    column: of the main table, judged by `gone` (identifier or ontvangstcode).
    person: column by which other tables belong to the rows.
    The old object stays until the caller has changed the register and calls `destroy`. Nothing to remove: the same
    object comes back.
    """
    records = load(stored, keyring)
    rows = records.tables["rows"]
    if column not in rows.column_names:
        return stored, 0
    leaves = _matching(rows.column(column), gone)
    removed = int(pc.sum(leaves).as_py() or 0)
    if removed == 0:
        return stored, 0
    tables = {"rows": rows.filter(pc.invert(leaves))}
    linked = rows.column(person).filter(leaves).combine_chunks() if person in rows.column_names else None
    for name, table in records.tables.items():
        if name != "rows":
            belongs = linked is not None and person in table.column_names
            tables[name] = table.filter(pc.invert(pc.is_in(table.column(person), linked))) if belongs else table
    smaller = RawRecords(records.key, records.codebook, tables, manifest=records.manifest)
    return _write(smaller, stored.id, places, keyring), removed


def sweep(area: str, known: set[str], places: Places, keyring: Keyring) -> int:
    """Destroy objects that no register row names (left by a kill between writing and registering); how many.

    known: data key ids in the register.
    """
    folder = places.vault_of(area)
    if not folder.exists():
        return 0
    orphans = [path for path in folder.iterdir() if "." in path.name and path.suffix.lstrip(".") not in known]
    for path in orphans:
        with suppress(KeyRefused):  # a half-written file has no key of ours
            keyring.destroy_data_key(area, path.suffix.lstrip("."))
        erase(path)
    return len(orphans)


def erase_original(folder: Path) -> None:
    """Remove the delivered files once they are in the vault; safe to do again."""
    if not folder.exists():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            erase(path)
    folder.rmdir()


def _write(records: RawRecords, object_id: str, places: Places, keyring: Keyring) -> VaultObject:
    key = records.key
    about = pa.table(
        {
            "key": pa.array([str(key)], pa.string()),
            "codebook": pa.array([records.codebook], pa.string()),
            "manifest": pa.array([records.manifest.model_dump_json()], pa.string()),
        }
    )
    with keyring.new_data_key(key.area, key.scope, "vault") as data_key:
        stored = vault_object(key.area, object_id, data_key.id, places)
        write_encrypted({_ABOUT: about, **records.tables}, stored.path, data_key.key)
    return stored


def _matching(values: pa.ChunkedArray, gone: Callable[[str], bool]) -> pa.ChunkedArray:
    """Which rows hold a value that `gone` says yes to; each distinct value is asked once."""
    distinct = [value for value in pc.unique(values).to_pylist() if value is not None]
    leaving = pa.array([value for value in distinct if gone(value)], pa.string())
    return pc.fill_null(pc.is_in(values, leaving, skip_nulls=True), False)
