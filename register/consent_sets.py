"""What a whole delivery said of a purpose, in a few rows: a million people may answer `toestemming_…` at once.

A row is a piece of one set, with its people as sorted pseudonyms of 16 bytes; `first` and `last` find the piece in
which somebody would stand. Single consents (from a CSV, a letter, a removal) are rows of their own in `consents`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, Select, insert, select

from domain.consent import PACKED, ConsentRecord, SignedBy, unpacked
from register.actors import Actor
from register.consent_rows import check_texts, record_of, values_of
from register.permissions import Act, check
from register.store import Register, Writing
from register.tables import consent_sets

_PIECE = 4096
_SAID = ("scope", "purpose", "kind", "moment", "module", "version", "evidence_hash")


@dataclass(frozen=True)
class ConsentSet:
    """One record for many: `said` under no pseudonym, and the packed pseudonyms of all who said it."""

    said: ConsentRecord
    people: bytes = field(repr=False)

    def __len__(self) -> int:
        return len(self.people) // PACKED


def record_sets(register: Register, sets: Sequence[ConsentSet], *, by: Actor, source: str) -> int:
    """Add sets in one transaction, one ledger line a scope; returns how many records are new.

    source: the delivery key; its set of the same purpose and evidence again is skipped, so a killed run can go on.
    Raises ConsentRefused when a text was not approved.
    """
    with register.act() as writing:
        writing.unchanged()
        for area in sorted({one.said.scope.split("/")[0] for one in sets}):
            check(by, Act.CONSENT_RECORD, area)
        check_texts(writing.connection, [one.said for one in sets])
        fresh = [one for one in sets if one.people and not _known(writing.connection, one.said, source)]
        for one in fresh:
            _write(writing, one, source)
        for scope in sorted({one.said.scope for one in fresh}):
            count = sum(len(one) for one in fresh if one.said.scope == scope)
            writing.log(by, Act.CONSENT_RECORD, {"scope": scope, "records": count, "source": source})
        return sum(map(len, fresh))


def records_in_sets(connection: Connection, query: Select[Any], pseudonym: str) -> list[ConsentRecord]:
    """Of the sets that a query finds, what one person said."""
    try:
        who = bytes.fromhex(pseudonym)
    except ValueError:
        return []
    here = (consent_sets.c.first <= pseudonym) & (consent_sets.c.last >= pseudonym)
    rows = connection.execute(query.where(here))
    return [replace(_said(row), pseudonym=pseudonym) for row in rows if _holds(row.people, who)]


def everybody_in_sets(connection: Connection, query: Select[Any]) -> Iterator[tuple[ConsentRecord, list[str]]]:
    """Of the sets that a query finds: what was said, with an empty pseudonym, and by whom."""
    for row in connection.execute(query):
        yield _said(row), unpacked(row.people)


def sets_of(scope: str) -> Select[Any]:
    """The pieces of a scope, to be narrowed by who asks."""
    return select(consent_sets).where(consent_sets.c.scope == scope)


def _known(connection: Connection, said: ConsentRecord, source: str) -> bool:
    values = {**values_of(said), "source": source}
    same = [consent_sets.c[name] == values[name] for name in (*_SAID, "source")]
    return connection.execute(select(consent_sets.c.id).where(*same).limit(1)).first() is not None


def _write(writing: Writing, one: ConsentSet, source: str) -> None:
    values = values_of(one.said)
    fixed = {**{name: values[name] for name in _SAID}, "source": source, "at": writing.at}
    people = np.sort(np.frombuffer(one.people, f"S{PACKED}"), kind="stable")  # which is quick when they are in order
    pieces = [people[at : at + _PIECE].tobytes() for at in range(0, len(people), _PIECE)]
    rows = [
        {**fixed, "first": piece[:PACKED].hex(), "last": piece[-PACKED:].hex(), "people": piece} for piece in pieces
    ]
    writing.connection.execute(insert(consent_sets), rows)


def _holds(people: bytes, who: bytes) -> bool:
    at = bisect_left(range(len(people) // PACKED), who, key=lambda n: people[n * PACKED : (n + 1) * PACKED])
    return people[at * PACKED : (at + 1) * PACKED] == who


def _said(row: Row[Any]) -> ConsentRecord:
    return record_of({**row._mapping, "pseudonym": "", "signer": SignedBy.SELF.value, "expires_at": None})
