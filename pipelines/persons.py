"""Where one person is: deliveries whose pseudonyms hang together, and her rows in vault and staging."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.pseudonyms import pseudonym, receipt_pseudonym
from domain.policy import Policy
from domain.records import PseudonymisedRecords
from ingest import vault
from pipelines.cleaning import approved
from pipelines.house import House
from pipelines.outcomes import key_of
from pipelines.staging import StagingFile, files_of, read_staging
from register import deliveries, policies, verdicts
from register.deliveries import Delivery

RECEIPT = "ontvangstcode"
Mark = Callable[..., str]


def scope_of(delivery: Delivery) -> str:
    """What the pseudonyms of a delivery belong to."""
    return delivery.scope or key_of(delivery).scope


def delivery_of(house: House, number: int) -> Delivery:
    """A delivery by its number in the register."""
    (found,) = (row for row in deliveries.list_all(house.register) if row.id == number)
    return found


def files_with(house: House, delivery: Delivery) -> list[StagingFile]:
    """Pseudonymised files of this version, before and after the gate."""
    key = key_of(delivery)
    folders: list[Path] = [house.places.checked_of(key.area), house.places.pending_of(key.area)]
    return [file for folder in folders for file in files_of(folder, key, delivery.version)]


def records_of(house: House, delivery: Delivery, file: StagingFile) -> PseudonymisedRecords:
    """The records of a file, under the rules they were cleaned with."""
    records, _ = read_staging(file, house.keyring, codebook=str(delivery.manifest["codebook"]))
    return records


def cleaned_under(house: House, delivery: Delivery) -> tuple[Policy, str]:
    """The rules that the gate judged this delivery by, also when others are in force now; else those in force."""
    key = key_of(delivery)
    verdict = verdicts.latest(house.register, key)
    if verdict is not None and verdict.version == delivery.version:
        for version in policies.versions(house.register):
            if version.fingerprint == verdict.policy_fingerprint:
                return version.policy, version.fingerprint
    return approved(house, key.area, str(delivery.manifest["codebook"]), key.instrument)


def hers(table: pa.Table, who: str) -> pa.ChunkedArray:
    """Which rows are of the person, by pseudonym or by ontvangstcode."""
    found = pc.fill_null(pc.equal(table["pseudonym"], who), False)
    if RECEIPT in table.column_names:
        found = pc.or_(found, pc.fill_null(pc.equal(table[RECEIPT], who), False))
    return found


def people_of(rows: pa.Table, tried: set[str]) -> list[str]:
    """Pseudonyms of the rows that carry one of these marks."""
    wanted = pa.array(sorted(tried), pa.string())
    hit = pc.is_in(rows["pseudonym"], value_set=wanted)
    if RECEIPT in rows.column_names:
        hit = pc.or_(hit, pc.is_in(rows[RECEIPT], value_set=wanted))
    return [str(who) for who in rows["pseudonym"].filter(hit).to_pylist()]


def in_vault(house: House, delivery: Delivery, who: str) -> dict[str, pa.Table]:
    """Her rows as they were delivered, per table; empty when she is not in it or the original is gone."""
    if not (delivery.vault_object and delivery.data_key):
        return {}
    key, scope = key_of(delivery), scope_of(delivery)
    stored = vault.vault_object(key.area, delivery.vault_object, delivery.data_key, house.places)
    secret = house.keyring.purpose_key(key.area, scope, "pseudonym")
    tables = vault.load(stored, house.keyring).tables
    for column, mark in marks(house, delivery):
        if column in tables["rows"].column_names:
            said = {str(value) for value in pc.unique(tables["rows"][column]).to_pylist() if value is not None}
            mine = pa.array(sorted(one for one in said if is_her(who, mark, secret, scope, one)), pa.string())
            if len(mine):
                return {
                    name: _only(table, column, mine) for name, table in tables.items() if column in table.schema.names
                }
    return {}


def _only(table: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return table.filter(pc.is_in(table[column].cast(pa.string()), value_set=values))


def marks(house: House, delivery: Delivery) -> list[tuple[str, Mark]]:
    """Columns of a delivery that can tell who somebody is, each with how its pseudonym is made."""
    person = house.codebooks.get(str(delivery.manifest["codebook"])).person
    return [(column, mark) for column, mark in ((person, pseudonym), (RECEIPT, receipt_pseudonym)) if column]


def is_her(who: str, mark: Mark, key: bytes, scope: str, value: str) -> bool:
    """Whether an identifier as delivered belongs to this pseudonym."""
    return bool(value.strip()) and mark(value, key=key, scope=scope) == who
