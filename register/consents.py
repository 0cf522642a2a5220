"""Consents by pseudonym: records that are only added to, asked at a moment; and tombstones of who was removed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select

from domain.consent import ConsentRecord, Standing, standing_at
from domain.consent import standings_at as all_standings
from domain.vocabulary import Purpose
from register.actors import Actor
from register.consent_rows import check_texts, record_of, values_of
from register.consent_sets import everybody_in_sets, records_in_sets, sets_of
from register.permissions import Act, check
from register.store import Register
from register.tables import consent_sets, consents, tombstones

_CHUNK = 5_000
_SAYS = ("scope", "pseudonym", "purpose", "kind", "moment", "module", "version", "expires_at", "evidence_hash")
"""What makes two records the same; another end or another quote is another word of the same day."""


def record_consents(register: Register, records: Sequence[ConsentRecord], *, by: Actor, source: str = "") -> int:
    """Add records (from a CSV or a delivery's columns) in one transaction, one ledger line; returns how many are new.

    The same record again is skipped, so an import can be repeated. Raises ConsentRefused when a text was not approved.
    """
    with register.act() as writing:
        writing.unchanged()
        for area in sorted({record.scope.split("/")[0] for record in records}):
            check(by, Act.CONSENT_RECORD, area)
        check_texts(writing.connection, records)
        known = _known(writing.connection, records)
        fresh = {_identity(values): values for values in map(values_of, records) if _identity(values) not in known}
        for chunk in _chunks(iter(fresh.values())):
            writing.connection.execute(insert(consents), [{**values, "at": writing.at} for values in chunk])
        for scope in sorted({str(values["scope"]) for values in fresh.values()}):
            count = sum(values["scope"] == scope for values in fresh.values())
            writing.log(by, Act.CONSENT_RECORD, {"scope": scope, "records": count, "source": source})
        return len(fresh)


def status_at(register: Register, scope: str, pseudonym: str, purpose: Purpose, at: datetime) -> Standing:
    """What holds for one person and purpose at a moment."""
    with register.read() as connection:
        return standing_at(records_of(connection, scope, pseudonym, purpose), at)


def records_of(
    connection: Connection, scope: str, pseudonym: str, purpose: Purpose | None = None
) -> list[ConsentRecord]:
    """Everything one person said in a scope, of one purpose or of all, by herself or in a delivery."""
    single, sets = select(consents).where(consents.c.scope == scope, consents.c.pseudonym == pseudonym), sets_of(scope)
    if purpose is not None:
        single = single.where(consents.c.purpose == purpose.value)
        sets = sets.where(consent_sets.c.purpose == purpose.value)
    found = [record_of(row) for row in connection.execute(single).mappings()]
    return found + records_in_sets(connection, sets, pseudonym)


def standings_at(register: Register, scope: str, purpose: Purpose, at: datetime) -> dict[str, Standing]:
    """What holds for everybody in a scope who was ever asked; who is missing was never asked."""
    single = select(consents).where(consents.c.scope == scope, consents.c.purpose == purpose.value)
    sets = sets_of(scope).where(consent_sets.c.purpose == purpose.value)
    with register.read() as connection:
        said = [(record, [record.pseudonym]) for record in map(record_of, connection.execute(single).mappings())]
        said += everybody_in_sets(connection, sets)
    return all_standings(said, at)


def allowed(register: Register, scope: str, purpose: Purpose, at: datetime) -> frozenset[str]:
    """Pseudonyms whose consent for a purpose holds at a moment and who were not removed."""
    given = standings_at(register, scope, purpose, at)
    return frozenset(name for name, standing in given.items() if standing is Standing.GIVEN) - removed(register, scope)


def removed(register: Register, scope: str) -> frozenset[str]:
    """Tombstones: pseudonyms that must not come back with a correction."""
    query = select(tombstones.c.pseudonym).where(tombstones.c.scope == scope)
    with register.read() as connection:
        return frozenset(row.pseudonym for row in connection.execute(query))


def _known(connection: Connection, records: Sequence[ConsentRecord]) -> set[tuple[Any, ...]]:
    scopes = sorted({record.scope for record in records})
    rows = connection.execute(select(consents).where(consents.c.scope.in_(scopes))).mappings()
    return {_identity(dict(row)) for row in rows}


def _identity(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in _SAYS)


def _chunks(values: Iterator[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    while chunk := list(islice(values, _CHUNK)):
        yield chunk
