"""Who may be in what leaves the gemeente: people who said no to sharing count in no table for others."""

from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.pseudonyms import pseudonym_scope
from domain.consent import may_leave
from domain.delivery import Manifest
from domain.instruments import Codebook
from domain.records import CheckedRecords
from domain.vocabulary import Purpose
from pipelines.house import House
from register import consents

_COLUMN = f"toestemming_{Purpose.DELEN_MOVISIE.value}"
_RECEIPT = "ontvangstcode"


def shareable(house: House, records: CheckedRecords, manifest: Manifest, codebook: Codebook) -> CheckedRecords:
    """The records without the people whose answers stay in the gemeente.

    Consent is asked now, not at the cut-off of the delivery: a withdrawal holds for every table made after it.
    """
    scope = pseudonym_scope(records.key, manifest)
    said = consents.standings_at(house.register, scope, Purpose.DELEN_MOVISIE, house.register.clock())
    demanded = codebook.interviews and _COLUMN in codebook.rows
    if not said and not demanded:
        return records
    home = [who for who, ids in _people(records).items() if not may_leave([said.get(one) for one in ids], demanded)]
    return _without(records, home) if home else records


def _people(records: CheckedRecords) -> dict[str, set[str]]:
    """Per person the pseudonyms under which a consent may stand: her own, and that of her ontvangstcode."""
    rows = records.tables["rows"]
    found: dict[str, set[str]] = {}
    receipts = rows[_RECEIPT] if _RECEIPT in rows.column_names else rows["pseudonym"]
    for who, receipt in zip(rows["pseudonym"].to_pylist(), receipts.to_pylist(), strict=True):
        found.setdefault(who, {who}).update([receipt] if receipt else [])
    return found


def _without(records: CheckedRecords, people: Collection[str]) -> CheckedRecords:
    out = pa.array(sorted(people), pa.string())
    tables = {
        name: table.filter(pc.invert(pc.is_in(table["pseudonym"], value_set=out)))
        for name, table in records.tables.items()
    }
    return replace(records, tables=tables)
