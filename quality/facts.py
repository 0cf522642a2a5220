"""Facts about cleaned records: small counts per column that suites judge. No fact holds a value of a person.

Deliveries of one codebook with the same columns are counted in one query, however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from domain.bands import bands_named
from domain.instruments import Codebook, Column
from domain.policy import ColumnRule, Policy
from domain.records import PseudonymisedRecords
from domain.vocabulary import ColumnClass, ColumnType, Treatment
from quality.counting import Check, Counted, count_tables

ALWAYS = ("pseudonym", "gemeente", "doelgroep")
WHOLE = "(tabel)"
# A step or turn must say which it is; what somebody felt or said may be left open.
_TELLS_APART = (ColumnType.CATEGORY, ColumnType.INTEGER, ColumnType.IDENTIFIER)


@dataclass(frozen=True)
class Facts:
    """One column of one table of one delivery: how many cells are not as they should be, per way to be wrong."""

    delivery: str
    table: str
    column: str
    rows: int
    persons: int = 0
    empty: int = 0  # no answer where the codebook demands one
    unknown: int = 0  # no pseudonym, gemeente or doelgroep
    not_agreed: int = 0  # the column itself should not be there
    absent: int = 0  # the column should be there
    off_scale: int = 0  # not an answer of the codebook, not a label of the bands
    out_of_range: int = 0
    wrong_shape: int = 0  # not a pseudonym
    elsewhere: int = 0  # a row of another gemeente or doelgroep
    duplicates: int = 0
    not_one: int = 0  # parts of a triangle that do not add up
    nine_digits: int = 0
    details: int = 0  # shapes of direct identifiers in text
    leftovers: int = 0  # names and addresses of the delivery itself


@dataclass(frozen=True)
class Subject:
    """Records that stand before the gate, with what they are measured by."""

    records: PseudonymisedRecords
    codebook: Codebook
    policy: Policy
    leftovers: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.records.key)

    def rule(self, table: str, column: str) -> tuple[Column | None, ColumnRule | None]:
        """What codebook and policy say; None where they are silent."""
        definition = self.codebook.tables.get(table, {}).get(column)
        return definition, self.policy.columns.get(table, {}).get(column)


def facts_of(subjects: Sequence[Subject]) -> list[Facts]:
    """Facts about every column of every subject; text is not looked into here (see quality.residual)."""
    return [fact for group in _alike(subjects).values() for fact in _facts_of_alike(group)]


def _alike(subjects: Sequence[Subject]) -> dict[Any, list[tuple[Subject, str]]]:
    """Tables that one query can count: same codebook, same policy, same columns."""
    groups: dict[Any, list[tuple[Subject, str]]] = {}
    for subject in subjects:
        for table, content in subject.records.tables.items():
            schema = tuple((column.name, str(column.type)) for column in content.schema)
            key = (subject.codebook.reference, subject.records.policy_fingerprint, table, schema)
            groups.setdefault(key, []).append((subject, table))
    return groups


def _facts_of_alike(group: Sequence[tuple[Subject, str]]) -> Iterator[Facts]:
    subject, table = group[0]
    schema = subject.records.tables[table].schema
    checks = {column.name: _check(subject, table, column) for column in schema}
    keys = [_as_stored(name, subject.codebook) for name in subject.codebook.unique.get(table, [])]
    counted = count_tables(
        [one.records.tables[table] for one, _ in group],
        [(one.records.key.area, one.records.key.doelgroep) for one, _ in group],
        checks,
        unique=[name for name in keys if name in schema.names] if set(keys) <= set(schema.names) else [],
        triangles=_triangles(schema.names),
    )
    for (one, _), result in zip(group, counted, strict=True):
        yield from _facts_of_one(one, table, result)


def _as_stored(name: str, codebook: Codebook) -> str:
    return "pseudonym" if name == codebook.person else name


def _facts_of_one(subject: Subject, table: str, counted: Counted) -> Iterator[Facts]:
    start = Facts(subject.name, table, "", counted.rows)
    for name, counts in counted.columns.items():
        agreed = name in ALWAYS or _agreed(*subject.rule(table, name))
        yield Facts(subject.name, table, name, counted.rows, not_agreed=int(not agreed), **counts)
    for name in _wanted(subject, table) - set(counted.columns):
        yield replace(start, column=name, absent=1)
    yield replace(
        start,
        column=WHOLE,
        persons=counted.persons,
        duplicates=counted.duplicates,
        not_one=counted.not_one,
        leftovers=sum(subject.leftovers.values()) if table == "rows" else 0,
    )


def _agreed(column: Column | None, rule: ColumnRule | None) -> bool:
    """True when a column may be in the output at all."""
    return column is not None and rule is not None and rule.do not in (Treatment.DROP, Treatment.CONSENT)


def _wanted(subject: Subject, table: str) -> set[str]:
    """Columns that must be there: what every row carries, and what the codebook demands and the policy keeps."""
    demanded = {
        name
        for name, column in subject.codebook.tables.get(table, {}).items()
        if column.required and name != subject.codebook.person and _agreed(*subject.rule(table, name))
    }
    return demanded | set(ALWAYS)


def _triangles(names: Sequence[str]) -> list[list[str]]:
    """Columns `triad_<name>_<part>` that together are one."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if name.startswith("triad_"):
            groups.setdefault(name.rsplit("_", 1)[0], []).append(name)
    return [group for group in groups.values() if len(group) == 3]


def _check(subject: Subject, table: str, stored: pa.Field) -> Check:
    """How to look at a column: by what the policy made of it, else by what the codebook says it holds."""
    column, rule = subject.rule(table, stored.name)
    numeric = pa.types.is_integer(stored.type) or pa.types.is_floating(stored.type) or pa.types.is_decimal(stored.type)
    if stored.name == "pseudonym" or (rule is not None and rule.do is Treatment.PSEUDONYMISE):
        return Check(shape="pseudonym", always=stored.name == "pseudonym")
    if stored.name in ("gemeente", "doelgroep"):
        fixed = stored.name == "doelgroep" or subject.records.key.area.startswith("GM")
        return Check(always=True, same_as=ALWAYS.index(stored.name) - 1 if fixed else None)
    if column is None or rule is None:
        return Check()
    if rule.do is Treatment.GENERALISE:
        if rule.bands is None:
            return Check(shape="quarter" if column.type is ColumnType.DATE else "area")
        return Check(codes=bands_named(rule.bands).labels)
    return _check_of_kept(subject.codebook, column, numeric)


def _check_of_kept(codebook: Codebook, column: Column, numeric: bool) -> Check:
    scale = codebook.scale_of(column)
    codes = tuple(scale.values if scale else column.values)
    if column.type is ColumnType.YESNO:
        codes = ("ja", "nee", "true", "false", "1", "0")
    bounded = column.minimum is not None or column.maximum is not None or bool(codes)
    return Check(
        numeric=numeric,
        required=column.required and column.type in _TELLS_APART,
        codes=codes,
        several=column.type is ColumnType.TAGS,
        minimum=column.minimum,
        maximum=column.maximum,
        open_number=numeric and not bounded,
    )


def open_columns(subject: Subject) -> Iterator[tuple[str, str]]:
    """Table and column of everything that may hold words of people: text, and categories without a fixed list."""
    for table, content in subject.records.tables.items():
        for stored in content.schema:
            column, rule = subject.rule(table, stored.name)
            if stored.name in ALWAYS or _holds_no_words(stored.type):
                continue
            if rule is not None and rule.do in (Treatment.PSEUDONYMISE, Treatment.GENERALISE):
                continue
            fixed = column is not None and column.cls is not ColumnClass.TEXT and (column.values or column.scale)
            if not fixed:
                yield table, stored.name


def _holds_no_words(kind: pa.DataType) -> bool:
    """True for numbers, moments and yes/no; anything else, also what nobody thought of, is read."""
    number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return bool(number or pa.types.is_temporal(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind))
