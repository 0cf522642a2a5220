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
from domain.consent import PACKED, packed, unpacked
from domain.errors import ConsentRefused
from domain.vocabulary import Purpose, Treatment

_YES = frozenset({"ja", "j", "yes", "true", "1"})
_NO = frozenset({"nee", "n", "no", "false", "0"})
_SAID_NO, _SAID_YES, _NO_ANSWER = 0, 1, 2  # of two answers of one person the lowest counts
_PREFIX = "toestemming_"
_PACKED = f"S{PACKED}"


class ConsentLookup(Protocol):
    """What the register holds: for a purpose, what every pseudonym had said on a day (a withdrawal is a no)."""

    def __call__(self, purpose: Purpose, on: date) -> Mapping[str, bool]: ...


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
    """Answers to `toestemming_<purpose>` in the delivery: per purpose one yes or no per person; a no wins.

    people: who stand in the delivery, as packed pseudonyms in order.
    answers: per purpose what each of them said.
    """

    people: npt.NDArray[np.bytes_] = field(repr=False)
    answers: Mapping[Purpose, npt.NDArray[np.int8]] = field(repr=False)

    def sides(self) -> Iterator[tuple[Purpose, bool, bytes]]:
        """Per purpose who said no and who said yes, packed."""
        for purpose in sorted(self.answers):
            for given in (False, True):
                yield purpose, given, self.who_said(purpose, given=given)

    def who_said(self, purpose: Purpose, *, given: bool) -> bytes:
        """Everybody on one side of a purpose, packed."""
        if purpose not in self.answers:
            return b""
        who: bytes = self.people[self.answers[purpose] == (_SAID_YES if given else _SAID_NO)].tobytes()
        return who


def consents_of(rows: pa.Table, persons: Persons, rules: Rules) -> Consents:
    """Read the consent columns that the policy does not drop; an empty or unreadable answer is no answer."""
    columns = rules.columns_to(Treatment.CONSENT, "rows", rows)
    if not columns:
        return Consents(np.array([], _PACKED), {})
    everybody = np.frombuffer(packed(persons.pseudonyms["rows"].to_pylist()), _PACKED)
    people, places = np.unique(everybody, return_inverse=True)
    said = {Purpose(name.removeprefix(_PREFIX)): np.full(len(people), _NO_ANSWER, np.int8) for name in columns}
    for least, name in zip(said.values(), columns, strict=True):
        np.minimum.at(least, places, _yes_or_no(rows[name]))
    return Consents(people, said)


def _yes_or_no(answers: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    """What every row says; what is no yes and no no is no answer."""
    encoded = pc.dictionary_encode(answers.cast(pa.string())).combine_chunks()
    words = [str(word).strip().lower() for word in encoded.dictionary.to_pylist()]
    codes = [_SAID_YES if word in _YES else _SAID_NO if word in _NO else _NO_ANSWER for word in words]
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
    no, yes = (set(unpacked(said.who_said(Purpose.DEELNAME, given=given))) for given in (False, True))
    if demanded:
        everyone = {who for column in persons.pseudonyms.values() for who in pc.unique(column).to_pylist()}
        if missing := len(everyone - known.keys() - no - yes - set(gone)):
            raise ConsentRefused(
                f"van {missing} {'mens' if missing == 1 else 'mensen'} is geen toestemming voor deelname bekend; "
                "vul de kolom toestemming_deelname of laat de toestemmingen inlezen"
            )
    return no | {who for who, given in known.items() if not given}
