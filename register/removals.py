"""A removal that reaches the data: planned, rewritten beside the old, switched in one transaction, then destroyed.

planned   objects are listed, and a tombstone stands: from here she cannot come back with a correction
rewritten every object has a copy without her under a new key; nothing points to the copies yet
switched  one transaction: register points to the copies, counters raised, consent withdrawn, the officer's list lets
          go of the snippets of these deliveries, ledger line
done      old keys are destroyed: no copy of the old objects can be read any more

Killed anywhere, `carry_out` goes on where it was; started twice, it does nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import Connection, Row, insert, select, update

from domain.consent import Route, Said, SignedBy
from domain.errors import ConsentRefused
from register.actors import SYSTEM, Actor
from register.consents import records_of
from register.history import add_to_counters
from register.permissions import Act, check
from register.requests import RequestState
from register.review import forget
from register.store import Register, Writing, empty_log
from register.tables import consents, deliveries, removal_objects, removals, requests, review, tombstones, verdicts
from register.words import dump, load

Counters = Mapping[str, Mapping[str, tuple[int, int]]]
"""release -> cell -> (persons in, persons out)."""


class Zone(StrEnum):
    """Where an object with rows of persons lives."""

    VAULT = "vault"
    STAGING = "staging"


class RemovalState(StrEnum):
    """How far a removal is."""

    PLANNED = "planned"
    SWITCHED = "switched"
    DONE = "done"


@dataclass(frozen=True)
class StoredObject:
    """One object that holds the person: of a delivery row, in a zone, under a data key."""

    zone: Zone
    area: str
    delivery: int
    key: str
    object: str
    data_key: str

    @property
    def target(self) -> str:
        """Its name within a removal."""
        return f"{self.zone.value}:{self.delivery}:{self.object}"


@dataclass(frozen=True)
class Rewritten:
    """The copy without her; for staging with the verdict of the gate over the copy."""

    object: str
    data_key: str
    rows: int
    verdict: Mapping[str, Any] | None = None  # file_hash, passed, failed, counts, policy_fingerprint


class Rewriter(Protocol):
    """What `pipelines` hands over: the register never opens an object itself. Both may be called again."""

    def rewrite(self, item: StoredObject, pseudonym: str) -> Rewritten:
        """Write a copy without the person under a new data key, beside the old object, where readers look for it."""

    def destroy(self, item: StoredObject) -> None:
        """Destroy the old data key and remove the old object; gone already is fine."""


@dataclass(frozen=True)
class Removal:
    """A removal and how far it is."""

    request: int
    scope: str
    pseudonym: str
    state: RemovalState
    done_at: str | None


def plan(
    register: Register, request: int, objects: Sequence[StoredObject], *, counters: Counters, scope: str | None = None,
    by: Actor = SYSTEM,
) -> Removal:  # fmt: skip
    """Plan the removal of a granted request; the tombstone stands from now on. Planned before: the old plan holds.

    scope: what the pseudonym belongs to; the meting of the request when it is not said.
    counters: cells of published releases that held the person, counted before anything is erased.
    """
    with register.act() as writing:
        check(by, Act.REMOVAL_CARRY_OUT)
        row = writing.connection.execute(select(requests).where(requests.c.id == request)).first()
        before = _row(writing.connection, request)
        if before is not None:
            writing.unchanged()
            return _removal(before)
        if row is None or row.state != RequestState.GRANTED or row.pseudonym is None:
            raise ConsentRefused("dit verzoek is niet toegewezen; de privacy officer beslist eerst")
        if Route(row.route) is Route.GIVE_ACCESS:
            raise ConsentRefused("dit is een verzoek om inzage; er wordt niets verwijderd")
        return _planned(writing, row, scope or f"{row.area}/{row.instrument}/{row.meting}", objects, counters, by)


def carry_out(register: Register, request: int, rewriter: Rewriter, *, by: Actor = SYSTEM) -> Removal:
    """Do or finish a planned removal; the person is out of every zone when this returns."""
    removal = get(register, request)
    if removal.state is RemovalState.PLANNED:
        for item, new in _items(register, request):
            if new is None:
                _note(register, request, item, rewriter.rewrite(item, removal.pseudonym))
        _switch(register, request, by)
    if get(register, request).state is RemovalState.SWITCHED:
        for item, _new in _items(register, request):
            rewriter.destroy(item)
        _finish(register, request, by)
        empty_log(register)
    return get(register, request)


def get(register: Register, request: int) -> Removal:
    """One removal; raises ConsentRefused when none was planned."""
    with register.read() as connection:
        row = _row(connection, request)
    if row is None:
        raise ConsentRefused("voor dit verzoek is nog geen verwijdering gepland")
    return _removal(row)


def open_removals(register: Register) -> list[Removal]:
    """Removals that a kill or an error left unfinished."""
    with register.read() as connection:
        query = select(removals).where(removals.c.state != RemovalState.DONE.value).order_by(removals.c.request)
        return [_removal(row) for row in connection.execute(query)]


def ended_keys(register: Register) -> list[tuple[str, str]]:
    """(area, data key) of every object that a finished removal replaced: those keys must not exist any more."""
    done = select(removals.c.request).where(removals.c.state == RemovalState.DONE.value)
    query = select(removal_objects.c.area, removal_objects.c.old_key).where(removal_objects.c.request.in_(done))
    with register.read() as connection:
        return [(row.area, row.old_key) for row in connection.execute(query.distinct())]


def _planned(
    writing: Writing, row: Row[Any], scope: str, objects: Sequence[StoredObject], counters: Counters, by: Actor
) -> Removal:
    counted = {release: {cell: list(pair) for cell, pair in cells.items()} for release, cells in counters.items()}
    values = {
        "request": row.id, "scope": scope, "pseudonym": row.pseudonym, "state": RemovalState.PLANNED.value,
        "counters": dump(counted), "by": by.name, "at": writing.at,
    }  # fmt: skip
    after = writing.connection.execute(insert(removals).values(**values).returning(removals)).one()
    if objects:
        writing.connection.execute(insert(removal_objects), [_object_values(row.id, item) for item in objects])
    _bury(writing, scope, row.pseudonym)
    writing.log(by, "removal.planned", {"request": row.id, "objects": len(objects)})
    return _removal(after)


def _bury(writing: Writing, scope: str, pseudonym: str) -> None:
    here = (tombstones.c.scope == scope) & (tombstones.c.pseudonym == pseudonym)
    if writing.connection.execute(select(tombstones).where(here)).first() is None:
        values = {"scope": scope, "pseudonym": pseudonym, "at": writing.at}
        writing.connection.execute(insert(tombstones).values(**values))


def _note(register: Register, request: int, item: StoredObject, new: Rewritten) -> None:
    values = {
        "new_object": new.object, "new_key": new.data_key, "rows": new.rows, "state": "rewritten",
        "verdict": dump(dict(new.verdict)) if new.verdict else None,
    }  # fmt: skip
    with register.bookkeeping() as writing:
        here = (removal_objects.c.request == request) & (removal_objects.c.target == item.target)
        writing.connection.execute(update(removal_objects).where(here).values(**values))


def _switch(register: Register, request: int, by: Actor) -> None:
    with register.act() as writing:
        check(by, Act.REMOVAL_CARRY_OUT)
        row = _row(writing.connection, request)
        if row is None or row.state != RemovalState.PLANNED:
            writing.unchanged()
            return
        items = _read_items(writing.connection, request)
        forget(writing.connection, review.c.key.in_({item.key for item, _ in items}))  # her words may be among them
        for item, new in items:
            if new is None:
                raise ConsentRefused(
                    f"verwijdering {request} is nog niet klaar om te wisselen; start de verwijdering opnieuw"
                )
            _point_to(writing, item, new)
        for release, cells in load(row.counters).items():
            pairs = {cell: (int(pair[0]), int(pair[1])) for cell, pair in cells.items()}
            add_to_counters(writing.connection, release, pairs)
        _withdraw_consents(writing, row)
        writing.connection.execute(
            update(removals).where(removals.c.request == request).values(state=RemovalState.SWITCHED.value)
        )
        writing.log(by, "removal.switched", {"request": request})


def _point_to(writing: Writing, item: StoredObject, new: Rewritten) -> None:
    if item.zone is Zone.VAULT:
        values = {"vault_object": new.object, "data_key": new.data_key, "rows": new.rows}
        writing.connection.execute(update(deliveries).where(deliveries.c.id == item.delivery).values(**values))
    if new.verdict is not None:
        version = select(deliveries.c.version).where(deliveries.c.id == item.delivery)
        values = {
            "key": item.key, "version": writing.connection.execute(version).scalar_one(), "at": writing.at,
            "file_hash": new.verdict["file_hash"], "passed": new.verdict["passed"],
            "failed": dump(new.verdict["failed"]), "counts": dump(new.verdict["counts"]),
            "policy_fingerprint": new.verdict["policy_fingerprint"],
        }  # fmt: skip
        writing.connection.execute(insert(verdicts).values(**values))


def _withdraw_consents(writing: Writing, row: Row[Any]) -> None:
    """Every purpose she was ever asked for is withdrawn as of now."""
    said = records_of(writing.connection, row.scope, row.pseudonym)
    asked = sorted({(record.purpose, record.module, record.version) for record in said})
    fixed = {
        "scope": row.scope, "pseudonym": row.pseudonym, "kind": Said.WITHDRAWAL.value, "moment": writing.at,
        "signer": SignedBy.SELF.value, "at": writing.at,
    }  # fmt: skip
    if asked:
        rows = [{**fixed, "purpose": p.value, "module": m, "version": v} for p, m, v in asked]
        writing.connection.execute(insert(consents), rows)


def _finish(register: Register, request: int, by: Actor) -> None:
    with register.act() as writing:
        values = {"state": RemovalState.DONE.value, "done_at": writing.at}
        here = (removals.c.request == request) & (removals.c.state == RemovalState.SWITCHED.value)
        if writing.connection.execute(update(removals).where(here).values(**values)).rowcount == 0:
            writing.unchanged()
            return
        carried = {"state": RequestState.CARRIED_OUT.value}
        writing.connection.execute(update(requests).where(requests.c.id == request).values(**carried))
        writing.log(by, "removal.done", {"request": request})


def _items(register: Register, request: int) -> list[tuple[StoredObject, Rewritten | None]]:
    with register.read() as connection:
        return _read_items(connection, request)


def _read_items(connection: Connection, request: int) -> list[tuple[StoredObject, Rewritten | None]]:
    query = select(removal_objects).where(removal_objects.c.request == request).order_by(removal_objects.c.target)
    found = []
    for row in connection.execute(query):
        item = StoredObject(Zone(row.zone), row.area, row.delivery, row.key, row.old_object, row.old_key)
        new = Rewritten(row.new_object, row.new_key, row.rows, load(row.verdict)) if row.new_object else None
        found.append((item, new))
    return found


def _object_values(request: int, item: StoredObject) -> dict[str, Any]:
    return {
        "request": request, "target": item.target, "zone": item.zone.value, "area": item.area, "key": item.key,
        "delivery": item.delivery, "old_object": item.object, "old_key": item.data_key, "state": "planned",
    }  # fmt: skip


def _row(connection: Connection, request: int) -> Row[Any] | None:
    return connection.execute(select(removals).where(removals.c.request == request)).first()


def _removal(row: Row[Any]) -> Removal:
    return Removal(row.request, row.scope, row.pseudonym, RemovalState(row.state), row.done_at)
