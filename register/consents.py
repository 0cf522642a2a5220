"""Consents by pseudonym: records that are only added to, asked at a moment; and tombstones of who was removed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from domain.consent import ConsentRecord, Said, SignedBy, Standing, standing_at
from domain.errors import ConsentRefused
from domain.vocabulary import Purpose
from register.actors import Actor
from register.consent_texts import approved_version
from register.permissions import Act, check
from register.store import Register, moment_of, stamp
from register.tables import consents, tombstones

_CHUNK = 5_000


def record_consents(register: Register, records: Sequence[ConsentRecord], *, by: Actor, source: str = "") -> int:
    """Add records (from a CSV or a delivery's columns) in one transaction, one ledger line; returns how many are new.

    The same record again is skipped, so an import can be repeated. Raises ConsentRefused when a text was not approved.
    """
    with register.act() as writing:
        writing.unchanged()
        for area in sorted({record.scope.split("/")[0] for record in records}):
            check(by, Act.CONSENT_RECORD, area)
        _check_texts(writing.connection, records)
        known = _known(writing.connection, records)
        fresh = {_identity(values): values for values in map(_values, records) if _identity(values) not in known}
        for chunk in _chunks(iter(fresh.values())):
            writing.connection.execute(insert(consents), [{**values, "at": writing.at} for values in chunk])
        for scope in sorted({str(values["scope"]) for values in fresh.values()}):
            count = sum(values["scope"] == scope for values in fresh.values())
            writing.log(by, Act.CONSENT_RECORD, {"scope": scope, "records": count, "source": source})
        return len(fresh)


def status_at(register: Register, scope: str, pseudonym: str, purpose: Purpose, at: datetime) -> Standing:
    """What holds for one person and purpose at a moment."""
    query = select(consents).where(
        consents.c.scope == scope,
        consents.c.pseudonym == pseudonym,
        consents.c.purpose == purpose.value,
        consents.c.moment <= stamp(at),
    )
    with register.read() as connection:
        return standing_at([_record(row) for row in connection.execute(query)], at)


def standings_at(register: Register, scope: str, purpose: Purpose, at: datetime) -> dict[str, Standing]:
    """What holds for everybody in a scope who was ever asked; who is missing was never asked."""
    query = select(consents).where(
        consents.c.scope == scope, consents.c.purpose == purpose.value, consents.c.moment <= stamp(at)
    )
    with register.read() as connection:
        rows = connection.execute(query.order_by(consents.c.pseudonym)).all()
    grouped = groupby(map(_record, rows), key=lambda record: record.pseudonym)
    return {pseudonym: standing_at(list(records), at) for pseudonym, records in grouped}


def allowed(register: Register, scope: str, purpose: Purpose, at: datetime) -> frozenset[str]:
    """Pseudonyms whose consent for a purpose holds at a moment and who were not removed."""
    given = standings_at(register, scope, purpose, at)
    return frozenset(name for name, standing in given.items() if standing is Standing.GIVEN) - removed(register, scope)


def removed(register: Register, scope: str) -> frozenset[str]:
    """Tombstones: pseudonyms that must not come back with a correction."""
    query = select(tombstones.c.pseudonym).where(tombstones.c.scope == scope)
    with register.read() as connection:
        return frozenset(row.pseudonym for row in connection.execute(query))


def check_consent(register: Register, scope: str, pseudonym: str, purpose: Purpose, at: datetime) -> None:
    """Raise ConsentRefused unless consent for this purpose holds."""
    standing = status_at(register, scope, pseudonym, purpose, at)
    if standing is not Standing.GIVEN:
        raise ConsentRefused(f"toestemming voor {purpose.value} is {standing.value}; gebruik deze gegevens niet")


def _check_texts(connection: Connection, records: Sequence[ConsentRecord]) -> None:
    """Every consent says yes to a text that an officer approved; a refusal or withdrawal needs none."""
    texts = {
        (record.scope.split("/")[0], record.purpose, record.module, record.version)
        for record in records
        if record.said is Said.CONSENT
    }
    for area, purpose, module, version in sorted(texts):
        approved_version(connection, area, purpose, module, version)


def _known(connection: Connection, records: Sequence[ConsentRecord]) -> set[tuple[Any, ...]]:
    scopes = sorted({record.scope for record in records})
    rows = connection.execute(select(consents).where(consents.c.scope.in_(scopes))).mappings()
    return {_identity(dict(row)) for row in rows}


def _identity(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in ("scope", "pseudonym", "purpose", "kind", "moment", "module", "version"))


def _chunks(values: Iterator[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    while chunk := list(islice(values, _CHUNK)):
        yield chunk


def _values(record: ConsentRecord) -> dict[str, Any]:
    return {
        "scope": record.scope, "pseudonym": record.pseudonym, "purpose": record.purpose.value,
        "module": record.module, "version": record.version, "kind": record.said.value,
        "signer": record.signed_by.value, "moment": stamp(record.moment),
        "expires_at": stamp(record.expires_at) if record.expires_at else None, "evidence_hash": record.evidence_hash,
    }  # fmt: skip


def _record(row: Row[Any]) -> ConsentRecord:
    return ConsentRecord(
        row.scope, row.pseudonym, Purpose(row.purpose), Said(row.kind), moment_of(row.moment), SignedBy(row.signer),
        row.module, row.version, moment_of(row.expires_at) if row.expires_at else None, row.evidence_hash,
    )  # fmt: skip
