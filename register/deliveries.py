"""What became of every delivery: accepted with a version, refused with a reason, superseded by a correction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from domain.delivery import DeliveryKey, panel_scope
from domain.errors import ConsentRefused
from domain.vocabulary import DeliveryState, LegalBasis
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from register.store import Register, Writing
from register.tables import deliveries
from register.words import dump, load

_CHUNK = 500
_KEPT = (DeliveryState.ACCEPTED, DeliveryState.SUPERSEDED)


@dataclass(frozen=True)
class NewDelivery:
    """An accepted delivery, before it gets its version.

    fingerprint: HMAC of the original bytes; one upload may fill several keys under one fingerprint.
    source: a safe label of where it came from (never a file name that was not checked).
    notice: what the steward and the officer should know of it, in our own words.
    """

    key: DeliveryKey
    fingerprint: str
    rows: int
    vault_object: str
    data_key: str
    manifest: Mapping[str, Any] = field(repr=False)
    source: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Refusal:
    """A delivery that was not accepted; `reason` is Dutch and holds no value. `key` is None when unreadable.

    on_screen: the reason for who never saw delivery.yaml, where that is another sentence.
    """

    area: str | None
    fingerprint: str
    reason: str
    key: DeliveryKey | None = None
    source: str = ""
    state: DeliveryState = DeliveryState.QUARANTINED
    on_screen: str = ""


@dataclass(frozen=True)
class Delivery:
    """One outcome row; `reason` says why it was refused, or what to know of it when it was accepted.

    on_screen: the reason for who never saw delivery.yaml.
    """

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
    on_screen: str

    @property
    def name(self) -> str:
        """The key, or for an unreadable delivery its source label."""
        return str(self.key) if self.key else self.source or f"aanlevering {self.id}"

    @property
    def gemeenten(self) -> list[str]:
        """The gemeenten the manifest names; else the area."""
        return list(self.manifest.get("gemeenten") or ([self.area] if self.area else []))

    @property
    def scope(self) -> str | None:
        """What its pseudonyms belong to: the meting, or the panel over all its metingen; None without a key."""
        if self.key is None:
            return None
        panel = self.manifest.get("link_scope") == "panel"
        return panel_scope(self.key.area, self.key.instrument) if panel else self.key.scope


def accept_many(register: Register, rows: Sequence[NewDelivery], *, by: Actor) -> list[Delivery]:
    """Record accepted deliveries in one transaction, one ledger line each; the earlier version is superseded.

    The same content (key and fingerprint) as the current version is not recorded twice: the current row comes back.
    """
    if not rows:
        return []
    with register.act() as writing:
        check(by, Act.DELIVERY_RECORD, *{row.key.area for row in rows})
        writing.unchanged()
        standing = _current(writing.connection, sorted({str(row.key) for row in rows}))
        return [done for batch in _batches(rows) for done in _accepted(writing, batch, standing, by)]


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


def record_given_back(register: Register, area: str, folder: str, *, by: Actor) -> None:
    """Record that a steward took a refused folder back; `folder` is what quarantine calls it. What stands stays."""
    with register.act() as writing:
        check(by, Act.QUARANTINE_GIVE_BACK, area)
        writing.log(by, Act.QUARANTINE_GIVE_BACK, {"area": area, "object": folder})


def add_notice(register: Register, number: int, notice: str, *, by: Actor) -> None:
    """Put one more sentence behind an accepted delivery, in our own words and without ";"; the same one once."""
    with register.act() as writing:
        row = writing.connection.execute(select(deliveries).where(deliveries.c.id == number)).one()
        check(by, Act.DELIVERY_RECORD, row.area)
        told = row.reason.split("; ") if row.reason else []
        if notice in told:
            writing.unchanged()
            return
        values = {"reason": "; ".join([*told, notice])}
        writing.connection.execute(update(deliveries).where(deliveries.c.id == number).values(**values))
        writing.log(by, Act.DELIVERY_RECORD, {"delivery": row.key, "version": row.version, "state": row.state})


def already_delivered(register: Register, fingerprint: str) -> list[Delivery]:
    """Accepted deliveries (current or superseded) with exactly these bytes; empty when they are new."""
    with register.read() as connection:
        query = select(deliveries).where(deliveries.c.fingerprint == fingerprint, deliveries.c.state.in_(_KEPT))
        return [_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id))]


def current(register: Register, key: DeliveryKey) -> Delivery | None:
    """The version that stands, if any."""
    with register.read() as connection:
        return _current(connection, [str(key)]).get(str(key))


def current_many(
    register: Register, keys: Iterable[DeliveryKey] | None = None, *, area: str | None = None
) -> dict[DeliveryKey, Delivery]:
    """The versions that stand, of these keys or of all; with `area`, only of that gemeente or verband."""
    with register.read() as connection:
        found = _current(connection, None if keys is None else sorted({str(key) for key in keys}), area)
        return {delivery.key: delivery for delivery in found.values() if delivery.key}


def standing(register: Register) -> dict[DeliveryKey, int]:
    """The keys of what stands, with the number of the version: for who needs nothing that is in them."""
    query = select(deliveries.c.key, deliveries.c.version).where(deliveries.c.state == DeliveryState.ACCEPTED.value)
    with register.read() as connection:
        return {DeliveryKey.parse(row.key): row.version for row in connection.execute(query)}


def legal_basis(register: Register, scope: str) -> LegalBasis:
    """The ground on which the answers of a study (AREA/INSTRUMENT/METING) were asked.

    Raises ConsentRefused when nothing of it stands, or its manifest names no ground that we know: how a request is
    handled hangs on it.
    """
    for key, one in sorted(current_many(register, area=scope.partition("/")[0]).items()):
        if key.scope == scope and one.manifest.get("legal_basis") in set(LegalBasis):
            return LegalBasis(one.manifest["legal_basis"])
    raise ConsentRefused(
        "wij weten niet op welke grondslag dit onderzoek is gedaan; kijk of het is aangeleverd en wat de data steward "
        "daarbij invulde"
    )


def list_all(register: Register, *, by: Actor | None = None, among: Collection[str] | None = None) -> list[Delivery]:
    """Every outcome row, oldest first; with `by`, only of areas that this person may see; `among`, of these areas."""
    query = select(deliveries).order_by(deliveries.c.id)
    if among is not None:
        query = query.where(deliveries.c.area.in_(sorted(among)))
    areas = seen_areas(by, Act.SEE_DELIVERIES) if by else None
    if areas is not None:
        query = query.where(deliveries.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_delivery(row) for row in connection.execute(query)]


def studies(register: Register) -> list[tuple[str, str]]:
    """Area and instrument of everything that was delivered with a key, accepted or not, sorted."""
    query = select(deliveries.c.area, deliveries.c.instrument).where(deliveries.c.key.is_not(None)).distinct()
    with register.read() as connection:
        return sorted((row.area, row.instrument) for row in connection.execute(query))


def delivered_areas(register: Register, meting: str | None = None) -> set[str]:
    """Gemeenten and verbanden with an accepted delivery (of one meting)."""
    here = (deliveries.c.state == DeliveryState.ACCEPTED.value) & deliveries.c.area.is_not(None)
    if meting is not None:
        here &= deliveries.c.meting == meting
    with register.read() as connection:
        return set(connection.execute(select(deliveries.c.area).where(here).distinct()).scalars().all())


def metingen(register: Register) -> list[str]:
    """Metingen of which something was accepted; the one that began last first."""
    here = (deliveries.c.state == DeliveryState.ACCEPTED.value) & deliveries.c.meting.is_not(None)
    last = select(func.max(deliveries.c.id)).where(here).group_by(deliveries.c.meting)
    with register.read() as connection:
        rows = connection.execute(select(deliveries.c.meting, deliveries.c.manifest).where(deliveries.c.id.in_(last)))
        began = {name: str(load(manifest).get("meting", {}).get("start", "")) for name, manifest in rows}
    return sorted(began, key=lambda name: (began[name], name), reverse=True)


def linked(register: Register, scope: str) -> list[Delivery]:
    """Everything accepted whose pseudonyms are made in this scope: of a panel, all its metingen."""
    return [row for row in list_all(register) if row.state in _KEPT and row.scope == scope]


def linked_scope(register: Register, meting: str) -> str:
    """The scope of the pseudonyms of a meting: of the panel when it was delivered as one, else the meting itself."""
    rows = [row for row in list_all(register) if row.state in _KEPT]
    found = {row.scope or meting for row in rows if row.key is not None and row.key.scope == meting}
    return max(found, key=lambda scope: scope != meting, default=meting)


def _current(connection: Connection, keys: list[str] | None, area: str | None = None) -> dict[str, Delivery]:
    query = select(deliveries).where(deliveries.c.state == DeliveryState.ACCEPTED.value)
    if area is not None:
        query = query.where(deliveries.c.area == area)
    if keys is None:
        return {row.key: _delivery(row) for row in connection.execute(query)}
    found: dict[str, Delivery] = {}
    for start in range(0, len(keys), _CHUNK):
        chunk = query.where(deliveries.c.key.in_(keys[start : start + _CHUNK]))
        found.update({row.key: _delivery(row) for row in connection.execute(chunk)})
    return found


def _batches(rows: Sequence[NewDelivery]) -> list[list[NewDelivery]]:
    """In order, cut where a key comes again: then the one before it must be there first."""
    batches: list[list[NewDelivery]] = [[]]
    seen: set[DeliveryKey] = set()
    for row in rows:
        if row.key in seen:
            batches.append([])
            seen = set()
        batches[-1].append(row)
        seen.add(row.key)
    return batches


def _accepted(
    writing: Writing, rows: Sequence[NewDelivery], standing: dict[str, Delivery], by: Actor
) -> list[Delivery]:
    """Record rows with different keys at once; `standing` knows the result afterwards."""
    fresh = [row for row in rows if not _same(standing.get(str(row.key)), row)]
    before = [standing[str(row.key)].id for row in fresh if str(row.key) in standing]
    _supersede(writing, before)
    versions = _last_versions(writing.connection, [str(row.key) for row in fresh])
    values = [_values(row, versions.get(str(row.key), 0) + 1, standing, writing.at) for row in fresh]
    for delivery in _inserted(writing, values):
        standing[str(delivery.key)] = delivery
        what = {"delivery": str(delivery.key), "version": delivery.version, "rows": delivery.rows}
        what |= {"fingerprint": delivery.fingerprint, "state": delivery.state.value}
        writing.log(by, Act.DELIVERY_RECORD, what)
    return [standing[str(row.key)] for row in rows]


def _same(before: Delivery | None, new: NewDelivery) -> bool:
    return before is not None and before.fingerprint == new.fingerprint


def _values(new: NewDelivery, version: int, standing: dict[str, Delivery], at: str) -> dict[str, Any]:
    before = standing.get(str(new.key))
    return {
        **_parts(new.key), "version": version, "state": DeliveryState.ACCEPTED.value, "reason": new.notice,
        "source": new.source, "fingerprint": new.fingerprint, "rows": new.rows, "vault_object": new.vault_object,
        "data_key": new.data_key, "manifest": dump(dict(new.manifest)),
        "supersedes": before.id if before else None, "at": at,
    }  # fmt: skip


def _refused(writing: Writing, row: Refusal, by: Actor) -> Delivery:
    values = {
        **(_parts(row.key) if row.key else {"area": row.area}), "state": row.state.value, "reason": row.reason,
        "source": row.source, "fingerprint": row.fingerprint, "manifest": "{}", "version": 0, "rows": 0,
        "vault_object": None, "data_key": None, "supersedes": None, "at": writing.at, "on_screen": row.on_screen,
    }  # fmt: skip
    (delivery,) = _inserted(writing, [values])
    what = {"delivery": str(row.key) if row.key else None, "area": row.area, "fingerprint": row.fingerprint}
    writing.log(by, Act.DELIVERY_RECORD, {**what, "id": delivery.id, "state": row.state.value})
    return delivery


def _supersede(writing: Writing, before: list[int]) -> None:
    if before:
        values = {"state": DeliveryState.SUPERSEDED.value}
        here = deliveries.c.id == bindparam("old")
        writing.connection.execute(update(deliveries).where(here).values(**values), [{"old": one} for one in before])


def _last_versions(connection: Connection, keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        here = deliveries.c.key.in_(keys[start : start + _CHUNK])
        query = select(deliveries.c.key, func.max(deliveries.c.version).label("last")).where(here)
        found.update({row.key: row.last for row in connection.execute(query.group_by(deliveries.c.key))})
    return found


def _inserted(writing: Writing, values: list[dict[str, Any]]) -> list[Delivery]:
    if not values:
        return []
    statement = insert(deliveries).returning(deliveries, sort_by_parameter_order=True)
    return [_delivery(row) for row in writing.connection.execute(statement, values)]


def _parts(key: DeliveryKey) -> dict[str, str]:
    return {
        "key": str(key), "area": key.area, "instrument": key.instrument, "meting": key.meting,
        "doelgroep": key.doelgroep,
    }  # fmt: skip


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.id, DeliveryKey.parse(row.key) if row.key else None, row.area, row.version, DeliveryState(row.state),
        row.reason, row.rows, row.fingerprint, row.vault_object, row.data_key, load(row.manifest), row.supersedes,
        row.source, row.at, row.on_screen or row.reason,
    )  # fmt: skip
