"""A protected release that waits for its second person: sealed tables, certificate and evidence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from domain.errors import ReleaseRefused
from domain.release import Protected
from pipelines.house import House
from storage.atomic import erase
from storage.canonical import canonical_bytes, fingerprint
from storage.parquet import read_encrypted, write_encrypted
from warehouse.leaves import ToProtect

AREA = "release"
_CERTIFICATE = "_certificate"
_CELLS = "_cells."
_EVIDENCE = "_evidence"


@dataclass(frozen=True)
class Prepared:
    """What was protected: published tables by name, the certificate's bytes, and the protected cells behind them."""

    tables: Mapping[str, pa.Table] = field(repr=False)
    certificate: bytes = field(repr=False)
    cells: Mapping[str, pa.Table] = field(repr=False)
    evidence: pa.Table = field(repr=False)

    @property
    def certificate_hash(self) -> str:
        """Fingerprint of the certificate."""
        return fingerprint(json.loads(self.certificate))


def write(house: House, name: str, tables: Mapping[str, pa.Table], found: Protected, asked: ToProtect) -> Path:
    """Seal a protected release under a key of its own; an earlier bundle of this name is destroyed."""
    scope = f"release/{name}"
    house.keyring.ensure_scope(AREA, scope)
    before = _files(house, name)
    certificate = canonical_bytes(found.certificate.as_dict())
    names = [layout.name for layout in asked.spec.tables]
    cells = {f"{_CELLS}{table}": cells for table, cells in zip(names, found.tables, strict=True)}
    sealed = {**tables, **cells, _CERTIFICATE: pa.table({"json": [certificate]}), _EVIDENCE: found.evidence}
    with house.keyring.new_data_key(AREA, scope, "staging") as data_key:
        path = _folder(house) / f"{name}.{data_key.id}.bin"
        write_encrypted(sealed, path, data_key.key)
    for old in before:
        house.keyring.destroy_data_key(AREA, _key_of(old))
        erase(old)
    return path


def read(house: House, name: str) -> Prepared:
    """Open the newest bundle of a release; raises ReleaseRefused when it was never made."""
    found = _files(house, name)
    if not found:
        raise ReleaseRefused(f"uitgave {name}: er zijn nog geen beveiligde tabellen; zet de uitgave opnieuw klaar")
    path = found[-1]
    content = read_encrypted(path, house.keyring.data_key(AREA, _key_of(path)))
    certificate = content.pop(_CERTIFICATE)["json"][0].as_py()
    evidence = content.pop(_EVIDENCE)
    cells = {key.removeprefix(_CELLS): table for key, table in content.items() if key.startswith(_CELLS)}
    tables = {key: table for key, table in content.items() if not key.startswith("_")}
    return Prepared(tables, certificate, cells, evidence)


def wipe(house: House, name: str) -> int:
    """End every bundle of a release that is published or never will be: keys first; returns how many there were."""
    found = _files(house, name)
    scope = f"release/{name}"
    if house.keyring.has_scope(AREA, scope):
        house.keyring.destroy_staging(AREA, scope)
        house.keyring.destroy_scope(AREA, scope)
    for path in found:
        house.keyring.destroy_data_key(AREA, _key_of(path))
        erase(path)
    return len(found)


def exists(house: House, name: str) -> bool:
    """Whether there is a bundle to publish."""
    return bool(_files(house, name))


def _folder(house: House) -> Path:
    return house.places.review / AREA


def _files(house: House, name: str) -> list[Path]:
    found = [path for path in _folder(house).glob(f"{name}.*.bin") if path.name.count(".") == name.count(".") + 2]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns)


def _key_of(path: Path) -> str:
    return path.name.split(".")[-2]
