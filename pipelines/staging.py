"""Pseudonymised files on their way: `<key>.v<version>.<data key>.bin`, first in pending, after the gate in checked.

The name carries the id of the data key, so that a file and its key cannot be mixed up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from domain.delivery import DeliveryKey
from domain.records import PseudonymisedRecords
from storage.atomic import erase
from storage.canonical import file_hash
from storage.keyring import Keyring
from storage.parquet import read_encrypted, write_encrypted
from storage.places import Places

_LEFTOVERS = "_leftovers"
_POLICY = b"policy"


@dataclass(frozen=True)
class StagingFile:
    """One pseudonymised delivery on disk."""

    path: Path
    key: DeliveryKey
    version: int
    data_key: str

    @property
    def hash(self) -> str:
        """SHA-256 of the sealed bytes: what a verdict binds to."""
        return file_hash(self.path)

    def checked_path(self, places: Places) -> Path:
        """Where the file goes when the gate opens."""
        return places.checked_of(self.key.area) / self.path.name


def files_of(folder: Path, key: DeliveryKey, version: int | None = None) -> list[StagingFile]:
    """Staging files of a key (and version) in a folder, newest version last."""
    pattern = f"{key}.v{'*' if version is None else version}.*.bin"
    return sorted((_parsed(path, key) for path in folder.glob(pattern)), key=lambda file: (file.version, file.data_key))


def write_pending(
    records: PseudonymisedRecords, leftovers: Mapping[str, int], version: int, places: Places, keyring: Keyring
) -> StagingFile:
    """Store records under a data key of their own; an earlier pending file of the key is destroyed.

    leftovers: what station 4 still found of the delivery's own names; travels along to the gate.
    """
    key = records.key
    before = files_of(places.pending_of(key.area), key)
    made = write_staging(places.pending_of(key.area), records, leftovers, version, keyring)
    for file in before:
        destroy(file, keyring)
    return made


def write_staging(
    folder: Path, records: PseudonymisedRecords, leftovers: Mapping[str, int], version: int, keyring: Keyring
) -> StagingFile:
    """Seal records under a new data key as a file in `folder`."""
    key = records.key
    with keyring.new_data_key(key.area, key.scope, "staging") as data_key:
        path = folder / f"{key}.v{version}.{data_key.id}.bin"
        counts = _counts(leftovers).replace_schema_metadata({_POLICY: records.policy_fingerprint.encode()})
        write_encrypted({**records.tables, _LEFTOVERS: counts}, path, data_key.key)
    return StagingFile(path, key, version, data_key.id)


def read_staging(file: StagingFile, keyring: Keyring, *, codebook: str) -> tuple[PseudonymisedRecords, dict[str, int]]:
    """The records of a staging file, under the rules they were cleaned by, and its leftovers.

    Raises KeyRefused when its key was destroyed.
    """
    tables = read_encrypted(file.path, keyring.data_key(file.key.area, file.data_key))
    counts = tables.pop(_LEFTOVERS)
    leftovers = dict(zip(counts["label"].to_pylist(), counts["n"].to_pylist(), strict=True))
    mark = (counts.schema.metadata or {}).get(_POLICY, b"").decode()
    return PseudonymisedRecords(file.key, codebook, tables, policy_fingerprint=mark), leftovers


def destroy(file: StagingFile, keyring: Keyring) -> None:
    """End a staging file and every copy of it: the key first, then the bytes."""
    keyring.destroy_data_key(file.key.area, file.data_key)
    erase(file.path)


def _counts(leftovers: Mapping[str, int]) -> pa.Table:
    labels = sorted(leftovers)
    return pa.table({"label": pa.array(labels, pa.string()), "n": pa.array([leftovers[x] for x in labels], pa.int64())})


def _parsed(path: Path, key: DeliveryKey) -> StagingFile:
    version, data_key, _ = path.name.removeprefix(f"{key}.v").split(".")
    return StagingFile(path, key, int(version), data_key)
