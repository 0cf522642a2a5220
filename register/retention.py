"""What is due to be destroyed, proposed by one and signed by two; then destroyed and recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import Connection, Row, insert, select, update

from domain.delivery import panel_scope
from domain.errors import NotAllowed, PolicyRefused
from domain.policy import Retention
from register.actors import SYSTEM, Actor
from register.permissions import Act, check
from register.store import Register, Writing, empty_log, stamp
from register.tables import contributions, deliveries, destructions, policies, releases, review
from register.words import dump, load
from storage.canonical import fingerprint

KEY_DAYS = 184
"""Until when a resident can be found, printed in the letter: design.md, Keys."""


class Zone(StrEnum):
    """Where something is kept."""

    RAW = "raw"
    PSEUDONYMISED = "pseudonymised"
    KEYS = "keys"
    STAGING_KEYS = "staging_keys"


@dataclass(frozen=True, order=True)
class Kept:
    """One thing that is kept: an object of a delivery, or a key of a scope."""

    zone: Zone
    area: str
    scope: str
    object: str
    data_key: str = ""
    delivery: int = 0

    def canonical(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "zone": self.zone.value, "area": self.area, "scope": self.scope, "object": self.object,
            "data_key": self.data_key, "delivery": self.delivery,
        }  # fmt: skip


@dataclass(frozen=True)
class Due:
    """Something whose term is over, since when and why (Dutch)."""

    kept: Kept
    since: str
    why: str


_ORDER = attrgetter("zone", "area", "scope", "object", "data_key", "delivery")
"""Of what is kept, as `Kept` orders itself, ten times as quick."""


@dataclass(frozen=True)
class Destruction:
    """A proposal and how far it is: proposed → signed (two persons) → done."""

    id: int
    area: str
    objects: tuple[Kept, ...]
    content_hash: str
    state: str
    proposed_by: str
    signed_by: tuple[str, ...]
    done_at: str | None


class Destroyer(Protocol):
    """What `pipelines` hands over; destroying what is gone already is fine."""

    def destroy(self, kept: Kept) -> None:
        """Erase the key first, then the object."""


def due(register: Register, at: datetime) -> list[Due]:
    """Everything whose term is over at a moment, by the retention of the policy in force (else the defaults)."""
    with register.read() as connection:
        kept = deliveries.c.key.is_not(None) & deliveries.c.state.in_(("accepted", "superseded"))
        rows = connection.execute(select(deliveries).where(kept)).all()
        gone = set(_destroyed(connection))
        published = _published(connection)
        lengths = _lengths(connection, rows)
    found = [one for row in rows for one in _of_delivery(row, lengths[row.area, row.instrument], published)]
    found += [*_link_keys(rows), *_staging_keys(rows, lengths)]
    until = stamp(at)
    return sorted(
        (one for one in found if one.since <= until and one.kept not in gone),
        key=lambda one: _ORDER(one.kept),
    )


def propose(register: Register, area: str, objects: list[Kept], *, by: Actor) -> Destruction:
    """Propose to destroy things of one area that are due; raises PolicyRefused for what is not due yet."""
    overdue = {one.kept for one in due(register, register.clock())}
    if early := [kept for kept in objects if kept not in overdue or kept.area != area]:
        raise PolicyRefused(f"de bewaartermijn van {early[0].zone.value} in {early[0].scope} is nog niet voorbij")
    content = [kept.canonical() for kept in sorted(objects)]
    if not content:
        raise PolicyRefused("er is niets om te vernietigen")
    with register.act() as writing:
        check(by, Act.RETENTION_PROPOSE, area)
        values = {
            "area": area, "scope": "", "zone": "", "objects": dump(content), "content_hash": fingerprint(content),
            "state": "proposed", "proposed_by": by.name, "signed_by": dump([]), "at": writing.at,
        }  # fmt: skip
        row = writing.connection.execute(insert(destructions).values(**values).returning(destructions)).one()
        what = {"destruction": row.id, "area": area, "content": row.content_hash, "objects": len(content)}
        writing.log(by, Act.RETENTION_PROPOSE, what)
        return _destruction(row)


def sign(register: Register, number: int, *, seen: str, by: Actor) -> Destruction:
    """Sign a proposal as seen; the second person makes it signed."""
    with register.act() as writing:
        row = _get(writing.connection, number)
        check(by, Act.RETENTION_SIGN, row.area)
        signed = load(row.signed_by)
        if row.state != "proposed" or row.content_hash != seen or fingerprint(load(row.objects)) != seen:
            raise PolicyRefused("dit voorstel is al getekend of is veranderd; bekijk het opnieuw")
        if by.name in signed:
            raise NotAllowed(f"{by.name} tekende al; een tweede persoon moet ook tekenen")
        signed = sorted([*signed, by.name])
        state = "signed" if len(signed) == 2 else "proposed"
        changed = update(destructions).where(destructions.c.id == number).values(signed_by=dump(signed), state=state)
        writing.log(by, Act.RETENTION_SIGN, {"destruction": number, "content": seen})
        return _destruction(writing.connection.execute(changed.returning(destructions)).one())


def carry_out(register: Register, number: int, destroyer: Destroyer, *, by: Actor = SYSTEM) -> Destruction:
    """Destroy what two persons signed; after a kill it can simply be started again."""
    found = get(register, number)
    if found.state == "done":
        return found
    if found.state != "signed" or len(set(found.signed_by)) < 2:
        raise PolicyRefused("een vernietiging heeft twee handtekeningen nodig; laat die eerst zetten")
    if fingerprint([kept.canonical() for kept in found.objects]) != found.content_hash:
        raise PolicyRefused("dit voorstel is buiten het programma om veranderd; maak een nieuw en laat dat tekenen")
    check(by, Act.RETENTION_CARRY_OUT, found.area)
    for kept in found.objects:
        destroyer.destroy(kept)
    with register.act() as writing:
        _forget(writing, found)
        changed = update(destructions).where(destructions.c.id == number).values(state="done", done_at=writing.at)
        row = writing.connection.execute(changed.returning(destructions)).one()
        writing.log(by, Act.RETENTION_CARRY_OUT, {"destruction": number, "content": found.content_hash})
    empty_log(register)
    return _destruction(row)


def record_emptied(register: Register, zone: str, area: str, count: int, *, by: Actor = SYSTEM) -> None:
    """Record that quarantine or review was emptied on its fixed day; that needs no signatures, only a line."""
    with register.act() as writing:
        check(by, Act.RETENTION_CARRY_OUT, area)
        writing.log(by, Act.RETENTION_CARRY_OUT, {"zone": zone, "area": area, "objects": count})


def review_files(register: Register) -> frozenset[str]:
    """Sealed review files that the officer's list still points to; any other one may go."""
    with register.read() as connection:
        rows = connection.execute(select(review.c.snippet).where(review.c.snippet != "").distinct()).scalars()
        return frozenset(snippet.partition("#")[0] for snippet in rows)


def get(register: Register, number: int) -> Destruction:
    """One proposal; raises PolicyRefused when it does not exist."""
    with register.read() as connection:
        return _destruction(_get(connection, number))


def destroyed(register: Register) -> list[Kept]:
    """Everything that was destroyed, whenever: none of it may exist any more."""
    with register.read() as connection:
        return sorted(_destroyed(connection))


def list_destructions(register: Register) -> list[Destruction]:
    """Every proposal, oldest first."""
    with register.read() as connection:
        return [_destruction(row) for row in connection.execute(select(destructions).order_by(destructions.c.id))]


def _of_delivery(row: Row[Any], lengths: Retention, published: Mapping[tuple[str, int], str]) -> list[Due]:
    scope = _meting(row)
    found = []
    if row.vault_object is not None:
        kept = Kept(Zone.RAW, row.area, scope, row.vault_object, row.data_key, row.id)
        out = published.get((row.key, row.version))
        why = "de uitgave is gepubliceerd" if out else f"ouder dan {lengths.raw} dagen"
        found.append(Due(kept, min(filter(None, (out, _after(row.at, lengths.raw)))), why))
    staged = Kept(Zone.PSEUDONYMISED, row.area, scope, row.key, "", row.id)
    days = lengths.pseudonymised
    return [*found, Due(staged, _after(row.at, days), f"ouder dan {days} dagen")]


def _link_keys(rows: Sequence[Row[Any]]) -> list[Due]:
    """The key that pseudonyms are made with ends with the term for requests; of a panel, on the agreed day."""
    ends: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        _later(ends, row, _meting(row), (_after(row.at, KEY_DAYS), "de termijn voor verzoeken is voorbij"))
        manifest = load(row.manifest)
        if manifest.get("link_scope") == "panel" and manifest.get("panel_until"):
            until = datetime.fromisoformat(manifest["panel_until"]).replace(tzinfo=UTC) + timedelta(days=1)
            _later(ends, row, panel_scope(row.area, row.instrument), (stamp(until), "de afspraak met het panel is om"))
    return [Due(Kept(Zone.KEYS, area, scope, scope), *end) for (area, scope), end in ends.items()]


def _staging_keys(rows: Sequence[Row[Any]], lengths: Mapping[tuple[str, str], Retention]) -> list[Due]:
    """The key over pseudonymised records ends when the last of them has."""
    ends: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        days = lengths[row.area, row.instrument].pseudonymised
        _later(ends, row, _meting(row), (_after(row.at, days), f"ouder dan {days} dagen"))
    return [Due(Kept(Zone.STAGING_KEYS, area, scope, scope), *end) for (area, scope), end in ends.items()]


def _later(ends: dict[tuple[str, str], tuple[str, str]], row: Row[Any], scope: str, end: tuple[str, str]) -> None:
    ends[row.area, scope] = max(ends.get((row.area, scope), end), end)


def _meting(row: Row[Any]) -> str:
    return f"{row.area}/{row.instrument}/{row.meting}"


def _after(at: str, days: int) -> str:
    """So many days later, as the register writes it: in UTC only the day moves."""
    return _later_day(at[:10], days) + at[10:]


@cache
def _later_day(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _lengths(connection: Connection, rows: Iterable[Row[Any]]) -> dict[tuple[str, str], Retention]:
    """By area and instrument of these deliveries: of its own newest approved policy, else of the national one.

    A policy that lapsed still says how long: nothing is kept longer because nobody renewed it.
    """
    approved = select(policies.c.area, policies.c.instrument, policies.c.content)
    approved = approved.where(policies.c.state.in_(("approved", "lapsed")))
    content = {(row.area, row.instrument): row.content for row in connection.execute(approved.order_by(policies.c.id))}
    read = {text: Retention.model_validate(load(text)["retention"]) for text in set(content.values())}
    wanted = {(row.area, row.instrument) for row in rows}
    found = {(area, of): content.get((area, of)) or content.get(("", of)) for area, of in wanted}
    return {place: read[text] if text else Retention() for place, text in found.items()}


def _published(connection: Connection) -> dict[tuple[str, int], str]:
    """(delivery, version) -> when its contribution was published."""
    moments = {row.name: row.published_at for row in connection.execute(select(releases))}
    rows = connection.execute(select(contributions).where(contributions.c.state == "published"))
    return {
        (part["delivery"], part["version"]): moments[row.release]
        for row in rows
        for part in load(row.content)["parts"]
        if moments.get(row.release)
    }


def _destroyed(connection: Connection) -> list[Kept]:
    rows = connection.execute(select(destructions.c.objects).where(destructions.c.state == "done"))
    return [_kept(one) for row in rows for one in load(row.objects)]


def _forget(writing: Writing, found: Destruction) -> None:
    """The register no longer points to what is gone."""
    gone = [kept.delivery for kept in found.objects if kept.zone is Zone.RAW]
    values = {"vault_object": None, "data_key": None}
    writing.connection.execute(update(deliveries).where(deliveries.c.id.in_(gone)).values(**values))


def _get(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(destructions).where(destructions.c.id == number)).first()
    if row is None:
        raise PolicyRefused(
            "dit voorstel bestaat niet; bekijk de lijst met: toegangspeil retention due",
            on_screen="dit voorstel bestaat niet; bekijk de lijst op de pagina Bewaren",
        )
    return row


def _destruction(row: Row[Any]) -> Destruction:
    objects = tuple(_kept(one) for one in load(row.objects))
    return Destruction(
        row.id, row.area, objects, row.content_hash, row.state, row.proposed_by, tuple(load(row.signed_by)),
        row.done_at,
    )  # fmt: skip


def _kept(one: Mapping[str, Any]) -> Kept:
    return Kept(**{**one, "zone": Zone(one["zone"])})
