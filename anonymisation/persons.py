"""Who a row is about (as a pseudonym) and whether she may be in: before anything else is done with the row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.columns import RECEIPT, Rules
from anonymisation.pseudonyms import content_digest, pseudonymise_column, random_ids, receipt_column
from domain.errors import ConsentRefused
from domain.vocabulary import Purpose, Treatment

_YES = frozenset({"ja", "j", "yes", "true", "1"})
_NO = frozenset({"nee", "n", "no", "false", "0"})
_NO_ANSWER = 2
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
    """Answers to `toestemming_<purpose>` in the delivery: per purpose one yes or no per person; a no wins."""

    answers: Mapping[Purpose, pa.Table] = field(repr=False)

    def __iter__(self) -> Iterator[ConsentRow]:
        for purpose in sorted(self.answers):
            for who, given in self.said(purpose).items():
                yield ConsentRow(who, purpose, given)

    def sides(self) -> Iterator[tuple[Purpose, bool, list[str]]]:
        """Per purpose who said no and who said yes."""
        for purpose, table in sorted(self.answers.items()):
            for given in (False, True):
                yield purpose, given, table["pseudonym"].filter(pc.equal(table["given"], given)).to_pylist()

    def __len__(self) -> int:
        return sum(int(table.num_rows) for table in self.answers.values())

    def said(self, purpose: Purpose) -> dict[str, bool]:
        """Pseudonym -> yes or no, for one purpose, in the order of the file."""
        if purpose not in self.answers:
            return {}
        table = self.answers[purpose]
        return dict(zip(table["pseudonym"].to_pylist(), table["given"].to_pylist(), strict=True))


def consents_of(rows: pa.Table, persons: Persons, rules: Rules) -> Consents:
    """Read the consent columns that the policy does not drop; an empty or unreadable answer is no answer."""
    columns = rules.columns_to(Treatment.CONSENT, "rows", rows)
    if not columns:
        return Consents({})
    people = pc.dictionary_encode(persons.pseudonyms["rows"]).combine_chunks()
    return Consents({Purpose(name.removeprefix(_PREFIX)): _per_person(people, rows[name]) for name in columns})


def _per_person(people: pa.DictionaryArray, answers: pa.ChunkedArray) -> pa.Table:
    """Who answered, and yes only where every answer was yes."""
    said = _yes_or_no(answers)
    least = np.full(len(people.dictionary), _NO_ANSWER, np.int8)
    answered = said != _NO_ANSWER
    np.minimum.at(least, people.indices.to_numpy()[answered], said[answered])
    there = least != _NO_ANSWER
    return pa.table({"pseudonym": people.dictionary.filter(pa.array(there)), "given": pa.array(least[there] == 1)})


def _yes_or_no(answers: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    """1 for yes, 0 for no, `_NO_ANSWER` for anything else."""
    encoded = pc.dictionary_encode(answers.cast(pa.string())).combine_chunks()
    words = [str(word).strip().lower() for word in encoded.dictionary.to_pylist()]
    codes = [1 if word in _YES else 0 if word in _NO else _NO_ANSWER for word in words]
    said: npt.NDArray[np.int8] = np.array([*codes, _NO_ANSWER], np.int8)
    places: npt.NDArray[np.int32] = pc.fill_null(encoded.indices, len(codes)).to_numpy()
    return said[places]


def refused(
    persons: Persons, said: Consents, register: ConsentLookup, on: date, *, demanded: bool, gone: Collection[str]
) -> set[str]:
    """Pseudonyms of those who refused or withdrew `deelname`, in the delivery or in the register.

    demanded: the instrument asks everyone (interviews); then somebody without any answer stops the delivery.
    gone: withdrawn people, whose evidence may be erased with them; nothing is demanded of them.
    Raises ConsentRefused with the number of people whose purpose is missing.
    """
    known = register(Purpose.DEELNAME, on)
    delivered = said.said(Purpose.DEELNAME)
    no = {who for answers in (known, delivered) for who, given in answers.items() if not given}
    if demanded:
        everyone = {who for column in persons.pseudonyms.values() for who in pc.unique(column).to_pylist()}
        if missing := len(everyone - known.keys() - delivered.keys() - set(gone)):
            raise ConsentRefused(
                f"van {missing} mensen is geen toestemming voor deelname bekend; vul de kolom toestemming_deelname "
                "of lees de toestemmingen in met 'toegangspeil consent import'"
            )
    return no
