"""Stations 3 and 4: raw records in, pseudonymised records out.

In this order, because each step relies on the one before: pseudonym, consent, tombstones and purposes at the cut-off,
then columns and texts, then a search in the output for what the delivery itself says people are called.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.answers import CleanedTexts, Cleaning, clean_columns
from anonymisation.columns import Rules, treated
from anonymisation.evidence import Evidence, evidence_of
from anonymisation.modes import Mode
from anonymisation.persons import ConsentLookup, Consents, Persons, consents_of, persons_of, refused
from anonymisation.pseudonyms import pseudonym_scope
from anonymisation.review import ReviewRow
from anonymisation.text import Detector
from domain.errors import InputRejected
from domain.instruments import Codebook, Column
from domain.policy import ColumnRule, Policy
from domain.records import PseudonymisedRecords, RawRecords
from domain.vocabulary import ColumnClass, ColumnType, Treatment

__all__ = ["CleanedDelivery", "ConsentLookup", "Removed", "clean_delivery"]


@dataclass(frozen=True)
class Removed:
    """People who are not in the output, and their rows over all tables."""

    withdrawn: int = 0
    refused: int = 0
    rows: int = 0


@dataclass(frozen=True)
class CleanedDelivery:
    """What stations 3 and 4 hand on. Only `records` is stored as such; consents and review go to their own places."""

    records: PseudonymisedRecords
    tally: Mapping[str, int]
    removed: Removed
    consents: Consents = field(repr=False)
    review: list[ReviewRow] = field(repr=False)
    leftovers: Mapping[str, int]
    findable: bool
    """False when rows carry no identifier: requests of residents cannot be met, and the officer is told so."""


def clean_delivery(
    raw: RawRecords,
    *,
    codebook: Codebook,
    policy: Policy,
    policy_fingerprint: str,
    pseudonym_key: bytes,
    tombstones: Collection[str],
    consent: ConsentLookup,
    detector: Detector | None,
    cut_off: date,
    mode: Mode = Mode.LABEL,
    surrogate_key: bytes | None = None,
    processes: int = 1,
) -> CleanedDelivery:
    """Pseudonymise, leave out who is not to be in, and treat every column as the policy says.

    policy: approved; `policy_fingerprint` is what the approval is bound to (the caller looks it up).
    tombstones: pseudonyms of withdrawn people (of person column or ontvangstcode), in the scope of this delivery.
    detector: may be None only when no text column is delivered.
    surrogate_key: only for texts whose treatment is `pseudonym`.
    Raises PolicyRefused for a column without treatment, a policy of another codebook or an entity without recogniser;
    ConsentRefused when a purpose is missing; GateClosed when a recogniser fails.
    """
    rules = Rules(codebook, policy, pseudonym_key, pseudonym_scope(raw.key, raw.manifest))
    persons = persons_of(raw.tables, rules)
    consents = consents_of(raw.tables["rows"], persons, rules)
    gone = set(tombstones) | persons.of_receipts(tombstones)
    no = refused(persons, consents, consent, cut_off, demanded=codebook.interviews, gone=gone)
    inside = _Inside.of(raw.tables, persons, no | gone)
    everyday = detector.lists.lexicon if detector is not None else frozenset()
    evidence = evidence_of(raw.tables, persons.pseudonyms, codebook, everyday)
    texts = _texts(raw, rules, inside, evidence, detector, mode, surrogate_key, processes)
    tables = {
        name: _assembled(raw, name, table, inside.pseudonyms[name], rules, texts)
        for name, table in inside.tables.items()
    }
    return CleanedDelivery(
        PseudonymisedRecords(raw.key, codebook.reference, tables, policy_fingerprint=policy_fingerprint),
        texts.tally,
        _removed(raw.tables, inside, persons, gone, no),
        consents,
        texts.review,
        _leftovers(tables, rules, evidence),
        findable=_findable(raw, rules),
    )


@dataclass(frozen=True)
class _Inside:
    """The raw rows of the people who stay, with their pseudonyms."""

    tables: Mapping[str, pa.Table] = field(repr=False)
    pseudonyms: Mapping[str, pa.ChunkedArray] = field(repr=False)

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table], persons: Persons, out: Collection[str]) -> "_Inside":
        if not out:
            return cls(tables, persons.pseudonyms)
        values = pa.array(sorted(out), pa.string())
        stay = {name: pc.invert(pc.is_in(column, value_set=values)) for name, column in persons.pseudonyms.items()}
        return cls(
            {name: table.filter(stay[name]) for name, table in tables.items()},
            {name: column.filter(stay[name]) for name, column in persons.pseudonyms.items()},
        )


def _texts(
    raw: RawRecords,
    rules: Rules,
    inside: _Inside,
    evidence: Evidence,
    detector: Detector | None,
    mode: Mode,
    key: bytes | None,
    processes: int,
) -> CleanedTexts:
    columns = {name: rules.columns_to(Treatment.CLEAN_TEXT, name, table) for name, table in inside.tables.items()}
    if not any(columns.values()):
        return CleanedTexts({}, Counter(), [])
    if detector is None:
        raise InputRejected("er zijn tekstkolommen maar er is geen herkenner; kies een ner-instelling")
    cleaning = Cleaning(detector, rules.policy.entities, mode, key, rules.scope)
    return clean_columns(
        inside.tables,
        columns,
        inside.pseudonyms,
        evidence=evidence,
        cleaning=cleaning,
        delivery=str(raw.key),
        processes=processes,
    )


def _assembled(
    raw: RawRecords, name: str, table: pa.Table, pseudonyms: pa.ChunkedArray, rules: Rules, texts: CleanedTexts
) -> pa.Table:
    """The treated columns behind `pseudonym`, `gemeente` and `doelgroep`."""
    rest = treated(table, table=name, rules=rules, texts=texts.columns.get(name, {}))
    always = {
        "pseudonym": pseudonyms,
        "gemeente": _gemeente(raw, name, table, rules),
        "doelgroep": _constant(raw.key.doelgroep, table.num_rows),
    }
    return pa.table({**always, **{column: rest[column] for column in rest.column_names}})


def _gemeente(raw: RawRecords, name: str, table: pa.Table, rules: Rules) -> pa.ChunkedArray:
    """The gemeente of every row: as delivered where the policy keeps it, else the area of the delivery."""
    area = _constant(raw.key.area, table.num_rows)
    if "gemeente" not in table.column_names or rules.of(name, "gemeente")[1].do is not Treatment.KEEP:
        return area
    return pc.coalesce(pc.utf8_trim_whitespace(table["gemeente"].cast(pa.string())), area)


def _constant(value: str, rows: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.repeat(pa.scalar(value, pa.string()), rows)])


def _removed(
    tables: Mapping[str, pa.Table], inside: _Inside, persons: Persons, gone: Collection[str], no: Collection[str]
) -> Removed:
    if not gone and not no:
        return Removed()
    there = {who for column in persons.pseudonyms.values() for who in pc.unique(column).to_pylist()}
    rows = sum(table.num_rows for table in tables.values()) - sum(table.num_rows for table in inside.tables.values())
    return Removed(len(there & set(gone)), len(there & (set(no) - set(gone))), rows)


def _leftovers(tables: Mapping[str, pa.Table], rules: Rules, evidence: Evidence) -> Counter[str]:
    """How often the delivery's own names, addresses and numbers stand in the output."""
    found: Counter[str] = Counter()
    if not (evidence.names or evidence.phrases or evidence.numbers):
        return found
    for name, table in tables.items():
        for column in table.column_names:
            definition = rules.codebook.tables[name].get(column)
            if definition is not None and _may_hold_names(definition, rules.of(name, column)[1]):
                found.update(_left_in(table, column, evidence, whose=definition.cls is ColumnClass.TEXT))
    return found


def _may_hold_names(column: Column, rule: ColumnRule) -> bool:
    """True for text, and for categories that are kept without a fixed list of values."""
    open_category = rule.do is Treatment.KEEP and column.type is ColumnType.CATEGORY and not column.values
    return column.cls is ColumnClass.TEXT or open_category


def _left_in(table: pa.Table, column: str, evidence: Evidence, *, whose: bool) -> Counter[str]:
    """Hits in one column; in text the names of the person herself count as well."""
    values = table[column].cast(pa.string())
    found: Counter[str] = Counter()
    if whose:
        for text, who in zip(values.to_pylist(), table["pseudonym"].to_pylist(), strict=True):
            found.update(evidence.left_in(text or "", who))
    else:
        for text in pc.unique(values).to_pylist():
            found.update(evidence.left_in(text or ""))
    return found


def _findable(raw: RawRecords, rules: Rules) -> bool:
    """True when a resident can be found again by number or ontvangstcode."""
    keys = [name for name in (rules.codebook.person, "ontvangstcode") if name is not None]
    columns = raw.tables["rows"].column_names
    return any(name in columns and rules.of("rows", name)[1].do is Treatment.PSEUDONYMISE for name in keys)
