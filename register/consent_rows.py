"""A consent record as the register writes it, and which texts it may say yes to."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping

from domain.consent import ConsentRecord, Said, SignedBy
from domain.vocabulary import Purpose
from register.consent_texts import approved_version
from register.store import moment_of, stamp


def check_texts(connection: Connection, records: Iterable[ConsentRecord]) -> None:
    """Every consent says yes to a text that an officer approved; a refusal or withdrawal needs none."""
    texts = {
        (record.scope.split("/")[0], record.purpose, record.module, record.version)
        for record in records
        if record.said is Said.CONSENT
    }
    for area, purpose, module, version in sorted(texts):
        approved_version(connection, area, purpose, module, version)


def values_of(record: ConsentRecord) -> dict[str, Any]:
    """The columns of a record."""
    return {
        "scope": record.scope, "pseudonym": record.pseudonym, "purpose": record.purpose.value,
        "module": record.module, "version": record.version, "kind": record.said.value,
        "signer": record.signed_by.value, "moment": stamp(record.moment),
        "expires_at": stamp(record.expires_at) if record.expires_at else None, "evidence_hash": record.evidence_hash,
    }  # fmt: skip


def record_of(row: Mapping[str, Any] | RowMapping) -> ConsentRecord:
    """Back from the columns."""
    return ConsentRecord(
        row["scope"], row["pseudonym"], Purpose(row["purpose"]), Said(row["kind"]), moment_of(row["moment"]),
        SignedBy(row["signer"]), row["module"], row["version"],
        moment_of(row["expires_at"]) if row["expires_at"] else None, row["evidence_hash"],
    )  # fmt: skip
