"""Who a row is about (as a pseudonym) and whether she may be in: before anything else is done with the row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.columns import RECEIPT, Rules
from anonymisation.pseudonyms import content_digest, pseudonymise_column, random_ids, receipt_column
from domain.errors import ConsentRefused
from domain.vocabulary import Purpose, Treatment

_YES = pa.array(["ja", "j", "yes", "true", "1"])
_NO = pa.array(["nee", "n", "no", "false", "0"])
_PREFIX = "toestemming_"


class ConsentLookup(Protocol):
    """What the register holds: for a purpose, what every pseudonym had said on a day (a withdrawal is a no)."""

    def __call__(self, purpose: Purpose, on: date) -> Mapping[str, bool]: ...


def no_consents(purpose: Purpose, on: date) -> Mapping[str, bool]:
    """A register without any consent."""
    return {}


@dataclass(frozen=True)
class ConsentRow:
    """What a person said in the delivery itself, for the register to keep as evidence."""

    pseudonym: str
    purpose: Purpose
    given: bool


@dataclass(frozen=True)
class Persons:
    """Per table the pseudonym of every row, and the receipt pseudonym where there is an ontvangstcode."""

    pseudonyms: Mapping[str, pa.ChunkedArray] = field(repr=False)
    receipts: pa.ChunkedArray | None = field(repr=False)

    def of_receipts(self, codes: Collection[str]) -> set[str]:
        """Pseudonyms of the rows whose ontvangstcode is among these."""
        if self.receipts is None or not codes:
            return set()
        hit = pc.is_in(self.receipts, value_set=pa.array(sorted(codes), pa.string()))
        return set(pc.unique(self.pseudonyms["rows"].filter(hit)).to_pylist())


def persons_of(tables: Mapping[str, pa.Table], rules: Rules) -> Persons:
    """A pseudonym for every row: of the person column, else of the ontvangstcode, else an id of its own.

    A row without identifier is a person of its own: nothing is guessed from its neighbours. When the policy drops the
    person column, rows of one person still hang together, but no request can find them.
    """
    rows = tables["rows"]
    receipts = None
    if RECEIPT in rows.column_names and rules.of("rows", RECEIPT)[1].do is Treatment.PSEUDONYMISE:
        receipts = receipt_column(rows[RECEIPT], key=rules.key, scope=rules.scope)
    pseudonyms = {name: _pseudonyms(name, tables, rules, receipts) for name in tables}
    return Persons(pseudonyms, receipts)


def _pseudonyms(
    name: str, tables: Mapping[str, pa.Table], rules: Rules, receipts: pa.ChunkedArray | None
) -> pa.ChunkedArray:
    table, person = tables[name], rules.codebook.person
    found = pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    if person is not None and person in table.column_names:
        kept = rules.of(name, person)[1].do is Treatment.PSEUDONYMISE
        scope = rules.scope if kept else f"{rules.scope}/{content_digest(tables.items()).hex()}"
        found = pseudonymise_column(table[person], key=rules.key, scope=scope)
    if name == "rows" and receipts is not None and found.null_count:
        found = pc.coalesce(found, receipts)
    if found.null_count:
        digest = content_digest(tables.items())
        ids = random_ids(table.num_rows, key=rules.key, scope=f"{rules.scope}/{name}", content=digest)
        found = pc.coalesce(found, ids)
    return found


@dataclass(frozen=True)
class Consents:
    """Answers to `toestemming_<purpose>` in the delivery: one yes or no per person, a no wins."""

    answers: pa.Table = field(repr=False)

    def __iter__(self) -> Iterator[ConsentRow]:
        for row in self.answers.to_pylist():
            yield ConsentRow(row["pseudonym"], Purpose(row["purpose"]), row["given"])

    def __len__(self) -> int:
        return int(self.answers.num_rows)

    def said(self, purpose: Purpose) -> dict[str, bool]:
        """Pseudonym -> yes or no, for one purpose."""
        rows = self.answers.filter(pc.equal(self.answers["purpose"], purpose.value))
        return dict(zip(rows["pseudonym"].to_pylist(), rows["given"].to_pylist(), strict=True))


def consents_of(rows: pa.Table, persons: Persons, rules: Rules) -> Consents:
    """Read the consent columns that the policy does not drop; an empty or unreadable answer is no answer."""
    parts = [pa.table({"pseudonym": pa.array([], pa.string()), "purpose": pa.array([], pa.string()),
                       "given": pa.array([], pa.bool_())})]  # fmt: skip
    for name in rules.columns_to(Treatment.CONSENT, "rows", rows):
        purpose = Purpose(name.removeprefix(_PREFIX))
        said = pa.table({"pseudonym": persons.pseudonyms["rows"], "given": _yes_or_no(rows[name])})
        each = said.filter(pc.is_valid(said["given"])).group_by("pseudonym").aggregate([("given", "min")])
        purposes = pa.repeat(pa.scalar(purpose.value, pa.string()), each.num_rows)
        parts.append(pa.table({"pseudonym": each["pseudonym"], "purpose": purposes, "given": each["given_min"]}))
    return Consents(pa.concat_tables(parts).sort_by([("purpose", "ascending"), ("pseudonym", "ascending")]))


def _yes_or_no(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_boolean(values.type):
        return values
    text = pc.utf8_lower(pc.utf8_trim_whitespace(values.cast(pa.string())))
    answered = pc.or_(pc.is_in(text, value_set=_YES), pc.is_in(text, value_set=_NO))
    return pc.if_else(answered, pc.is_in(text, value_set=_YES), pa.scalar(None, pa.bool_()))


def refused(persons: Persons, said: Consents, register: ConsentLookup, on: date, *, demanded: bool) -> set[str]:
    """Pseudonyms of those who refused or withdrew `deelname`, in the delivery or in the register.

    demanded: the instrument asks everyone (interviews); then somebody without any answer stops the delivery.
    Raises ConsentRefused with the number of people whose purpose is missing.
    """
    known = register(Purpose.DEELNAME, on)
    delivered = said.said(Purpose.DEELNAME)
    no = {who for answers in (known, delivered) for who, given in answers.items() if not given}
    if demanded:
        everyone = {who for column in persons.pseudonyms.values() for who in pc.unique(column).to_pylist()}
        if missing := len(everyone - known.keys() - delivered.keys()):
            raise ConsentRefused(
                f"van {missing} mensen is geen toestemming voor deelname bekend; vul de kolom toestemming_deelname "
                "of lees de toestemmingen in met 'toegangspeil consent import'"
            )
    return no
