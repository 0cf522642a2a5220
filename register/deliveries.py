"""What became of every delivery: accepted with a version, refused with a reason, superseded by a correction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from domain.delivery import DeliveryKey
from domain.vocabulary import DeliveryState
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from register.store import Register, Writing
from register.tables import deliveries
from register.words import dump, load

_CHUNK = 500


@dataclass(frozen=True)
class NewDelivery:
    """An accepted delivery, before it gets its version.

    fingerprint: HMAC of the original bytes; one upload may fill several keys under one fingerprint.
    source: a safe label of where it came from (never a file name that was not checked).
    """

    key: DeliveryKey
    fingerprint: str
    rows: int
    vault_object: str
    data_key: str
    manifest: Mapping[str, Any] = field(repr=False)
    source: str = ""


@dataclass(frozen=True)
class Refusal:
    """A delivery that was not accepted; `reason` is Dutch and holds no value. `key` is None when unreadable."""

    area: str | None
    fingerprint: str
    reason: str
    key: DeliveryKey | None = None
    source: str = ""
    state: DeliveryState = DeliveryState.QUARANTINED


@dataclass(frozen=True)
class Delivery:
    """One outcome row."""

    id: int
    key: DeliveryKey | None
    area: str | None
    version: int
    state: DeliveryState
    reason: str
    rows: int
    fingerprint: str
    vault_object: str | None
    data_key: str | None
    manifest: Mapping[str, Any] = field(repr=False)
    supersedes: int | None
    source: str
    at: str

    @property
    def name(self) -> str:
        """The key, or for an unreadable delivery its source label."""
        return str(self.key) if self.key else self.source or f"aanlevering {self.id}"

    @property
    def gemeenten(self) -> list[str]:
        """The gemeenten the manifest names; else the area."""
        return list(self.manifest.get("gemeenten") or ([self.area] if self.area else []))


def accept_many(register: Register, rows: Sequence[NewDelivery], *, by: Actor) -> list[Delivery]:
    """Record accepted deliveries in one transaction, one ledger line each; the earlier version is superseded.

    The same content (key and fingerprint) as the current version is not recorded twice: the current row comes back.
    """
    if not rows:
        return []
    with register.act() as writing:
        check(by, Act.DELIVERY_RECORD, *{row.key.area for row in rows})
        writing.unchanged()
        current = _current(writing.connection, sorted({str(row.key) for row in rows}))
        return [_accepted(writing, row, current, by) for row in rows]


def accept(register: Register, row: NewDelivery, *, by: Actor) -> Delivery:
    """Record one accepted delivery."""
    return accept_many(register, [row], by=by)[0]


def refuse_many(register: Register, rows: Sequence[Refusal], *, by: Actor) -> list[Delivery]:
    """Record refused deliveries, one ledger line each. A refusal never touches the version that stands."""
    if not rows:
        return []
    with register.act() as writing:
        check(by, Act.DELIVERY_RECORD, *{row.area for row in rows})
        return [_refused(writing, row, by) for row in rows]


def refuse(register: Register, row: Refusal, *, by: Actor) -> Delivery:
    """Record one refused delivery."""
    return refuse_many(register, [row], by=by)[0]


def replace_object(
    register: Register, delivery: int, *, vault_object: str, data_key: str, rows: int, by: Actor
) -> None:
    """After a removal: the delivery now lives in another vault object under another key."""
    with register.act() as writing:
        check(by, Act.REMOVAL_CARRY_OUT)
        values = {"vault_object": vault_object, "data_key": data_key, "rows": rows}
        writing.connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(**values))
        writing.log(by, Act.REMOVAL_CARRY_OUT, {"delivery": delivery, "vault_object": vault_object})


def already_delivered(register: Register, fingerprint: str) -> list[Delivery]:
    """Accepted deliveries (current or superseded) with exactly these bytes; empty when they are new."""
    states = (DeliveryState.ACCEPTED.value, DeliveryState.SUPERSEDED.value)
    with register.read() as connection:
        query = select(deliveries).where(deliveries.c.fingerprint == fingerprint, deliveries.c.state.in_(states))
        return [_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id))]


def current(register: Register, key: DeliveryKey) -> Delivery | None:
    """The version that stands, if any."""
    with register.read() as connection:
        return _current(connection, [str(key)]).get(str(key))


def current_many(register: Register, keys: Iterable[DeliveryKey] | None = None) -> dict[DeliveryKey, Delivery]:
    """The versions that stand, of these keys or of all."""
    with register.read() as connection:
        found = _current(connection, None if keys is None else sorted({str(key) for key in keys}))
        return {delivery.key: delivery for delivery in found.values() if delivery.key}


def list_all(register: Register, *, by: Actor | None = None) -> list[Delivery]:
    """Every outcome row, oldest first; with `by`, only of areas that this person may see."""
    query = select(deliveries).order_by(deliveries.c.id)
    areas = seen_areas(by, Act.SEE_DELIVERIES) if by else None
    if areas is not None:
        query = query.where(deliveries.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_delivery(row) for row in connection.execute(query)]


def _current(connection: Connection, keys: list[str] | None) -> dict[str, Delivery]:
    query = select(deliveries).where(deliveries.c.state == DeliveryState.ACCEPTED.value)
    if keys is None:
        return {row.key: _delivery(row) for row in connection.execute(query)}
    found: dict[str, Delivery] = {}
    for start in range(0, len(keys), _CHUNK):
        chunk = query.where(deliveries.c.key.in_(keys[start : start + _CHUNK]))
        found.update({row.key: _delivery(row) for row in connection.execute(chunk)})
    return found


def _accepted(writing: Writing, new: NewDelivery, standing: dict[str, Delivery], by: Actor) -> Delivery:
    before = standing.get(str(new.key))
    if before is not None and before.fingerprint == new.fingerprint:
        return before
    if before is not None:
        _supersede(writing, before)
    version = before.version + 1 if before else _last_version(writing.connection, new.key) + 1
    values = {
        **_parts(new.key), "version": version, "state": DeliveryState.ACCEPTED.value, "reason": "",
        "source": new.source, "fingerprint": new.fingerprint, "rows": new.rows, "vault_object": new.vault_object,
        "data_key": new.data_key, "manifest": dump(dict(new.manifest)),
        "supersedes": before.id if before else None, "at": writing.at,
    }  # fmt: skip
    delivery = _inserted(writing, values)
    standing[str(new.key)] = delivery
    what = {"delivery": str(new.key), "version": version, "rows": new.rows, "fingerprint": new.fingerprint}
    writing.log(by, Act.DELIVERY_RECORD, {**what, "state": delivery.state.value})
    return delivery


def _refused(writing: Writing, row: Refusal, by: Actor) -> Delivery:
    values = {
        **(_parts(row.key) if row.key else {"area": row.area}), "state": row.state.value, "reason": row.reason,
        "source": row.source, "fingerprint": row.fingerprint, "manifest": "{}", "version": 0, "rows": 0,
        "vault_object": None, "data_key": None, "supersedes": None, "at": writing.at,
    }  # fmt: skip
    delivery = _inserted(writing, values)
    what = {"delivery": str(row.key) if row.key else None, "area": row.area, "fingerprint": row.fingerprint}
    writing.log(by, Act.DELIVERY_RECORD, {**what, "id": delivery.id, "state": row.state.value})
    return delivery


def _supersede(writing: Writing, before: Delivery) -> None:
    values = {"state": DeliveryState.SUPERSEDED.value}
    writing.connection.execute(update(deliveries).where(deliveries.c.id == before.id).values(**values))


def _last_version(connection: Connection, key: DeliveryKey) -> int:
    query = select(func.max(deliveries.c.version)).where(deliveries.c.key == str(key))
    return connection.execute(query).scalar() or 0


def _inserted(writing: Writing, values: dict[str, Any]) -> Delivery:
    row = writing.connection.execute(insert(deliveries).values(**values).returning(deliveries)).one()
    return _delivery(row)


def _parts(key: DeliveryKey) -> dict[str, str]:
    return {
        "key": str(key), "area": key.area, "instrument": key.instrument, "meting": key.meting,
        "doelgroep": key.doelgroep,
    }  # fmt: skip


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.id, DeliveryKey.parse(row.key) if row.key else None, row.area, row.version, DeliveryState(row.state),
        row.reason, row.rows, row.fingerprint, row.vault_object, row.data_key, load(row.manifest), row.supersedes,
        row.source, row.at,
    )  # fmt: skip
