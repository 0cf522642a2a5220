"""Every table of the register. Moments are ISO 8601 text in UTC; JSON is canonical text; nothing here names a resident.

`area` is a gemeente (GM…) or verband (SV…); an empty area means: all of them (national).
"""

from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

METADATA = MetaData()


def _text(name: str, *, key: bool = False, null: bool = False, default: str | None = None) -> "Column[Any]":
    return Column(name, Text, primary_key=key, nullable=null, default=default)


def _number(name: str, *, key: bool = False, null: bool = False, default: int | None = None) -> "Column[Any]":
    return Column(name, Integer, primary_key=key, nullable=null, default=default, autoincrement=key and "auto")


def _yes(name: str) -> "Column[Any]":
    return Column(name, Boolean, nullable=False, default=False)


def _many(*names: str, null: bool = False) -> "list[Column[Any]]":
    return [_text(name, null=null) for name in names]


def _id() -> "Column[Any]":
    return Column("id", Integer, primary_key=True, autoincrement=True)


settings = Table("settings", METADATA, _text("name", key=True), _text("value"))
ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
ledger_head = Table(
    "ledger_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _number("lines"),
    *(Column(name, LargeBinary, nullable=False) for name in ("hash", "signature", "public_key")),
    _text("at"),
)

# ---------------------------------------------------------------- people
users = Table(
    "users",
    METADATA,
    _text("name", key=True),
    _text("password_hash"),
    Column("totp", LargeBinary, nullable=True),  # sealed
    _number("totp_last", default=0),
    _number("failed", default=0),
    _text("locked_until", null=True),
    *(_yes(name) for name in ("demo", "disabled")),
    _text("subject", null=True),  # of the OIDC provider
    _text("created_at"),
)
grants = Table("grants", METADATA, _text("user", key=True), _text("role", key=True), _text("area", key=True))
tokens = Table("tokens", METADATA, _text("hash", key=True), *_many("user", "kind", "label", "created_at", "expires_at"))
api_keys = Table(
    "api_keys",
    METADATA,
    _id(),
    *_many("area", "label", "hash", "by", "created_at", "expires_at"),
    *_many("withdrawn_at", "last_used_on", null=True),
    UniqueConstraint("hash"),
)

# ---------------------------------------------------------------- data
deliveries = Table(
    "deliveries",
    METADATA,
    _id(),
    *_many("key", "area", "instrument", "meting", "doelgroep", null=True),
    _number("version", default=0),
    *_many("state", "reason", "source", "fingerprint"),
    _number("rows", default=0),
    *_many("vault_object", "data_key", "on_screen", null=True),
    _text("manifest"),
    _number("supersedes", null=True),
    _text("at"),
    Index("deliveries_key", "key", "state"),
    Index("deliveries_fingerprint", "fingerprint"),
)
verdicts = Table(
    "verdicts",
    METADATA,
    _id(),
    _text("key"),
    _number("version"),
    _text("file_hash"),
    _yes("passed"),
    *_many("failed", "counts", "policy_fingerprint", "at"),
    Index("verdicts_key", "key", "id"),
)
work = Table(
    "work",
    METADATA,
    _id(),
    *_many("area", "folder", "state", "by"),
    *_many("message", "act", null=True),
    _text("at"),
)
review = Table(
    "review",
    METADATA,
    _id(),
    *_many("area", "key"),
    _number("version"),
    *_many("label", "recogniser"),
    Column("score", Float, nullable=False),
    *_many("snippet", "state"),
    *_many("decision", "decided_by", "decided_at", null=True),
    _text("at"),
)
proposed_rules = Table(
    "proposed_rules",
    METADATA,
    _id(),
    *_many("area", "kind", "label", "content", "fingerprint", "state", "author"),
    *_many("decided_by", "decided_at", "comment", null=True),
    _text("at"),
)

# ---------------------------------------------------------------- decisions
policies = Table(
    "policies",
    METADATA,
    _id(),
    *_many("policy", "area", "instrument", "codebook", "codebook_fingerprint", "fingerprint", "content"),
    *_many("state", "author"),
    *_many("decided_by", "decided_at", "valid_until", "comment", null=True),
    _text("at"),
    Index("policies_for", "instrument", "codebook", "area", "state"),
)
advice = Table(
    "advice",
    METADATA,
    _id(),
    *_many("subject", "area", "role", "text", "by", "at"),
    Column("followed", Boolean, nullable=True),
    *_many("why", "answered_by", "answered_at", null=True),
)
contributions = Table(
    "contributions",
    METADATA,
    _id(),
    *_many("area", "deliveries", "content", "content_hash", "state", "prepared_by"),
    *_many("release", "returned_by", "comment", null=True),
    _text("at"),
)
signatures = Table(
    "signatures",
    METADATA,
    _text("subject", key=True),
    _text("act", key=True),
    *_many("content_hash", "by", "at"),
)
releases = Table(
    "releases",
    METADATA,
    _text("name", key=True),
    *_many("audience", "recipients", "areas", "contributions", "state", "prepared_by"),
    *_many("tables_hash", "certificate_hash", "evidence", null=True),
    *_many("content_hash", "approved_by", "approved_hash", "approved_at", null=True),
    *_many("published_at", "withdrawn_at", "comment", null=True),
    _text("at"),
)
downloads = Table("downloads", METADATA, _id(), *_many("release", "user", "organisation", "file", "at"))
leaks = Table(
    "leaks",
    METADATA,
    _id(),
    *_many("release", "area", "what", "discovered_at", "deadline", "by", "at"),
    *_many("reported_at", "outcome", null=True),
)
counters = Table(
    "counters",
    METADATA,
    _text("release", key=True),
    _text("cell", key=True),
    _number("delta_in", default=0),
    _number("delta_out", default=0),
)
findings = Table(
    "findings",
    METADATA,
    _id(),
    *_many("area", "instrument", "meting", "doelgroep", "phase", "kind", "text", "ticks"),
    _number("journeys"),
    *_many("evidence", "content_hash", "state", "author"),
    *_many("pseudonym", "expires_at", "decided_by", "decided_at", "comment", null=True),
    _text("at"),
)
microdata = Table(
    "microdata",
    METADATA,
    _id(),
    *_many("area", "receiver", "content", "content_hash", "state", "asked_by"),
    *_many("decided_by", "decided_at", "valid_until", "comment", "made_at", null=True),
    _text("at"),
)
destructions = Table(
    "destructions",
    METADATA,
    _id(),
    *_many("area", "scope", "zone", "objects", "content_hash", "state", "proposed_by"),
    *_many("signed_by", "done_at", null=True),
    _text("at"),
)

# ---------------------------------------------------------------- residents, by pseudonym only
consent_texts = Table(
    "consent_texts",
    METADATA,
    _id(),
    *_many("area", "purpose", "module"),
    _number("version"),
    *_many("text", "text_hash", "recipients", "state", "author"),
    *_many("decided_by", "decided_at", "comment", null=True),
    _text("at"),
    UniqueConstraint("area", "purpose", "module", "version"),
)
consents = Table(
    "consents",
    METADATA,
    _id(),
    *_many("scope", "pseudonym", "purpose", "module"),
    _number("version"),
    *_many("kind", "signer", "moment"),
    *_many("expires_at", "evidence_hash", null=True),
    _text("at"),
    Index("consents_of", "scope", "pseudonym", "purpose", "moment"),
)
consent_sets = Table(
    "consent_sets",
    METADATA,
    _id(),
    *_many("scope", "purpose", "module"),
    _number("version"),
    *_many("kind", "moment", "evidence_hash", "source", "first", "last"),
    Column("people", LargeBinary, nullable=False),
    _text("at"),
    Index("consent_sets_of", "scope", "purpose", "first"),
)
tombstones = Table("tombstones", METADATA, _text("scope", key=True), _text("pseudonym", key=True), _text("at"))
requests = Table(
    "requests",
    METADATA,
    _id(),
    *_many("area", "instrument", "meting", "kind", "legal_basis", "route", "state", "received_by", "due_at"),
    *_many("pseudonym", "decision", "decided_by", "decided_at", "reason", "reference", null=True),
    _text("at"),
)
removals = Table(
    "removals",
    METADATA,
    Column("request", Integer, primary_key=True, autoincrement=False),
    *_many("scope", "pseudonym", "state", "counters", "by"),
    _text("done_at", null=True),
    _text("at"),
)
removal_objects = Table(
    "removal_objects",
    METADATA,
    Column("request", Integer, primary_key=True, autoincrement=False),
    _text("target", key=True),
    *_many("zone", "area", "key", "state"),
    _number("delivery"),
    *_many("old_object", "old_key"),
    *_many("new_object", "new_key", "verdict", null=True),
    _number("rows", null=True),
)
