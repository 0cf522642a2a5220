"""The gate in the data: a verdict per staging file. Marts read only files whose hash passed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from domain.delivery import DeliveryKey
from register.actors import Actor
from register.permissions import Act, check
from register.store import Register
from register.tables import verdicts
from register.words import dump, load

_CHUNK = 500


@dataclass(frozen=True)
class Verdict:
    """What the checks said of one staging file; `failed` holds names of rules, `counts` numbers, never a value."""

    key: DeliveryKey
    version: int
    file_hash: str
    passed: bool
    failed: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)
    policy_fingerprint: str = ""
    at: str = ""


def record_many(register: Register, given: Sequence[Verdict], *, by: Actor) -> None:
    """Record verdicts in one transaction, one ledger line each; the newest verdict of a key holds."""
    if not given:
        return
    with register.act() as writing:
        check(by, Act.VERDICT_RECORD, *{verdict.key.area for verdict in given})
        writing.connection.execute(insert(verdicts), [_values(verdict, writing.at) for verdict in given])
        for verdict in given:
            what = {"delivery": str(verdict.key), "version": verdict.version, "file": verdict.file_hash}
            writing.log(by, Act.VERDICT_RECORD, {**what, "passed": verdict.passed, "failed": list(verdict.failed)})


def record(register: Register, verdict: Verdict, *, by: Actor) -> None:
    """Record one verdict."""
    record_many(register, [verdict], by=by)


def latest(register: Register, key: DeliveryKey) -> Verdict | None:
    """The newest verdict of a key."""
    return latest_many(register, [key]).get(key)


def latest_many(register: Register, keys: Iterable[DeliveryKey] | None = None) -> dict[DeliveryKey, Verdict]:
    """The newest verdict of these keys, or of every key."""
    with register.read() as connection:
        if keys is None:
            return _latest(connection, select(func.max(verdicts.c.id)).group_by(verdicts.c.key))
        names = sorted({str(key) for key in keys})
        chunks = [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]
        found: dict[DeliveryKey, Verdict] = {}
        for chunk in chunks:
            newest = select(func.max(verdicts.c.id)).where(verdicts.c.key.in_(chunk)).group_by(verdicts.c.key)
            found |= _latest(connection, newest)
        return found


def _latest(connection: Connection, newest: Select[Any]) -> dict[DeliveryKey, Verdict]:
    rows = connection.execute(select(verdicts).where(verdicts.c.id.in_(newest)))
    return {verdict.key: verdict for verdict in map(_verdict, rows)}


def _values(verdict: Verdict, at: str) -> dict[str, Any]:
    return {
        "key": str(verdict.key), "version": verdict.version, "file_hash": verdict.file_hash,
        "passed": verdict.passed, "failed": dump(list(verdict.failed)), "counts": dump(dict(verdict.counts)),
        "policy_fingerprint": verdict.policy_fingerprint, "at": at,
    }  # fmt: skip


def _verdict(row: Row[Any]) -> Verdict:
    return Verdict(
        DeliveryKey.parse(row.key), row.version, row.file_hash, row.passed, tuple(load(row.failed)),
        load(row.counts), row.policy_fingerprint, row.at,
    )  # fmt: skip
