"""Releases: frozen contributions, a second person over tables and certificate, publication, withdrawal."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.contribution import reaches
from domain.errors import ReleaseRefused
from domain.vocabulary import Audience, Role
from register.actors import SYSTEM, Actor, Grant
from register.contributions import Contribution, check_frozen
from register.moves import Move, check_move
from register.permissions import Act, check, may
from register.store import Register, Writing, stamp
from register.tables import contributions, releases
from register.words import dump, load
from storage.canonical import fingerprint

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class ReleaseState(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    REJECTED = "rejected"


RELEASE_MOVES: Mapping[str, Mapping[str, Move]] = {
    ReleaseState.DRAFT: {ReleaseState.SUBMITTED: Move(Act.RELEASE_PREPARE)},
    ReleaseState.SUBMITTED: {
        ReleaseState.APPROVED: Move(Act.RELEASE_DECIDE, not_author=True),
        ReleaseState.RETURNED: Move(Act.RELEASE_DECIDE, comment=True),
        ReleaseState.REJECTED: Move(Act.RELEASE_DECIDE, not_author=True, comment=True),
        ReleaseState.DRAFT: Move(Act.RELEASE_PREPARE),
    },
    ReleaseState.APPROVED: {
        ReleaseState.PUBLISHED: Move(Act.RELEASE_PUBLISH),
        ReleaseState.DRAFT: Move(Act.RELEASE_PREPARE),
    },
    ReleaseState.RETURNED: {ReleaseState.DRAFT: Move(Act.RELEASE_PREPARE)},
    ReleaseState.PUBLISHED: {ReleaseState.WITHDRAWN: Move(Act.RELEASE_WITHDRAW, comment=True)},
}
_REBUILT = (ReleaseState.DRAFT, ReleaseState.RETURNED, ReleaseState.SUBMITTED, ReleaseState.APPROVED)
_CLEARED = dict.fromkeys(("approved_by", "approved_hash", "approved_at"))


@dataclass(frozen=True)
class Release:
    """A release with all that its approval is over. `contributions` are (number, content hash)."""

    name: str
    audience: Audience
    recipients: tuple[str, ...]
    areas: tuple[str, ...]
    contributions: tuple[tuple[int, str], ...]
    state: ReleaseState
    preparers: tuple[str, ...]
    tables_hash: str | None
    certificate_hash: str | None
    evidence: Mapping[str, Any] = field(repr=False)
    content_hash: str | None
    approved_by: str | None
    published_at: str | None
    withdrawn_at: str | None
    comment: str | None
    at: str


def prepare(
    register: Register,
    name: str,
    numbers: Iterable[int],
    *,
    audience: Audience,
    recipients: Iterable[str],
    by: Actor,
) -> Release:
    """Freeze signed contributions in a draft release; an unpublished release of this name starts again.

    name: becomes the name of files and folders. Raises ReleaseRefused when it cannot be one, or when a contribution is
    not signed, is in another release, allows less than `audience`, or its letter does not name a recipient.
    """
    if not _NAME.fullmatch(name):
        raise ReleaseRefused("een uitgave heet met letters, cijfers en streepjes, hoogstens 40, zoals ceo-2026")
    named = tuple(sorted(set(recipients)))
    with register.act() as writing:
        found = check_frozen(writing.connection, [(number, None) for number in sorted(set(numbers))], writing.at)
        areas = tuple(sorted({contribution.area for contribution in found}))
        check(by, Act.RELEASE_PREPARE, *areas)
        _check_fit(found, audience, named)
        row = _existing(writing.connection, name)
        if row is not None:
            check(by, Act.RELEASE_PREPARE, *load(row.areas))  # nobody takes the name of somebody else's draft
            if row.state != ReleaseState.DRAFT:
                _check(row, ReleaseState.DRAFT, by)
        values = {
            "audience": audience.value, "recipients": dump(list(named)), "areas": dump(list(areas)),
            "contributions": dump([{"id": one.id, "content": one.content_hash} for one in found]),
            "state": ReleaseState.DRAFT.value, "prepared_by": dump([by.name]), "tables_hash": None,
            "certificate_hash": None, "evidence": None, "content_hash": None, "comment": None, "at": writing.at,
            **_CLEARED,
        }  # fmt: skip
        after = _upserted(writing, name, row, values)
        what = {"release": name, "contributions": [one.id for one in found], "audience": audience.value}
        writing.log(by, Act.RELEASE_PREPARE, {**what, "recipients": list(named)})
        return _release(after)


def attach(
    register: Register, name: str, *, tables_hash: str, certificate_hash: str, evidence: Mapping[str, Any], by: Actor
) -> Release:
    """Attach the protected tables, certificate and evidence (detection estimate, gate results, counts).

    Other content than before takes a submission or approval away: the release is a draft again.
    """
    with register.act() as writing:
        row = _get(writing.connection, name)
        check(by, Act.RELEASE_ATTACH, *load(row.areas))
        if row.state not in _REBUILT:
            raise ReleaseRefused(f"uitgave {name} staat op {row.state!r}; maak een nieuwe uitgave")
        mark = _content_hash(row, tables_hash, certificate_hash, evidence)
        if row.content_hash == mark:
            writing.unchanged()
            return _release(row)
        hands = load(row.prepared_by) if by.system else sorted({*load(row.prepared_by), by.name})
        values = {
            "tables_hash": tables_hash, "certificate_hash": certificate_hash, "evidence": dump(dict(evidence)),
            "content_hash": mark, "state": ReleaseState.DRAFT.value, "prepared_by": dump(hands), **_CLEARED,
        }  # fmt: skip
        after = _upserted(writing, name, row, values)
        writing.log(by, Act.RELEASE_ATTACH, {"release": name, "content": mark, "was": row.state})
        return _release(after)


def submit(register: Register, name: str, *, by: Actor) -> Release:
    """Offer a release with its tables for approval; who submits counts as a preparer."""
    with register.act() as writing:
        row = _get(writing.connection, name)
        _check(row, ReleaseState.SUBMITTED, by)
        if row.content_hash is None:
            raise ReleaseRefused(f"uitgave {name} heeft nog geen beveiligde tabellen; maak die eerst")
        hands = dump(sorted({*load(row.prepared_by), by.name}))
        return _moved(writing, row, ReleaseState.SUBMITTED, by, prepared_by=hands)


def approve(register: Register, name: str, *, seen: str, by: Actor) -> Release:
    """Approve hash(tables, certificate, contributions) as seen, by somebody who had no hand in it."""
    with register.act() as writing:
        row = _get(writing.connection, name)
        _check(row, ReleaseState.APPROVED, by)
        if row.content_hash != seen:
            raise ReleaseRefused(f"uitgave {name} is veranderd sinds u die zag; kijk opnieuw")
        _check_unchanged(writing.connection, row, writing.at)
        signed = {"approved_by": by.name, "approved_hash": row.content_hash, "approved_at": writing.at}
        return _moved(writing, row, ReleaseState.APPROVED, by, **signed)


def send_back(register: Register, name: str, *, comment: str, by: Actor) -> Release:
    """Return a submitted release with a comment."""
    return _commented(register, name, ReleaseState.RETURNED, comment, by)


def reject(register: Register, name: str, *, comment: str, by: Actor) -> Release:
    """Reject a release for good, with a comment."""
    return _commented(register, name, ReleaseState.REJECTED, comment, by)


def check_publishable(register: Register, name: str, *, tables_hash: str, certificate_hash: str) -> Release:
    """Whether exactly these tables may be published now; raises ReleaseRefused otherwise. Writes nothing."""
    with register.read() as connection:
        row = _get(connection, name)
        _check_publishable(connection, row, tables_hash, certificate_hash, stamp(register.clock()))
        return _release(row)


def publish(register: Register, name: str, *, tables_hash: str, certificate_hash: str, by: Actor = SYSTEM) -> Release:
    """Publish what was approved; once. The same again changes nothing, so a killed publication can be finished."""
    with register.act() as writing:
        row = _get(writing.connection, name)
        check(by, Act.RELEASE_PUBLISH, *load(row.areas))
        published = (row.state, row.tables_hash, row.certificate_hash)
        if published == (ReleaseState.PUBLISHED.value, tables_hash, certificate_hash):
            writing.unchanged()
            return _release(row)
        _check(row, ReleaseState.PUBLISHED, by)
        _check_publishable(writing.connection, row, tables_hash, certificate_hash, writing.at)
        numbers = [part["id"] for part in load(row.contributions)]
        done = update(contributions).where(contributions.c.id.in_(numbers))
        writing.connection.execute(done.values(state="published", release=name))
        return _moved(writing, row, ReleaseState.PUBLISHED, by, published_at=writing.at)


def withdraw(register: Register, name: str, *, comment: str, by: Actor) -> Release:
    """End availability at once; the record stays. The reason is compulsory and goes into the letter."""
    register.check_words(comment)
    with register.act() as writing:
        row = _get(writing.connection, name)
        _check(row, ReleaseState.WITHDRAWN, by, comment)
        return _moved(writing, row, ReleaseState.WITHDRAWN, by, comment=comment, withdrawn_at=writing.at)


def get(register: Register, name: str) -> Release:
    """One release; raises ReleaseRefused when it does not exist."""
    with register.read() as connection:
        return read_release(connection, name)


def read_release(connection: Connection, name: str) -> Release:
    """As `get`, within the transaction of another act."""
    return _release(_get(connection, name))


def list_releases(register: Register, *, by: Actor | None = None) -> list[Release]:
    """Releases in order of name; with `by`, published ones this person may read, and all where she works on them."""
    with register.read() as connection:
        found = [_release(row) for row in connection.execute(select(releases).order_by(releases.c.name)).all()]
    return [one for one in found if by is None or may_read(one, by) or _works_on(one, by)]


def published_of(register: Register, area: str) -> list[str]:
    """Names of published releases with a contribution of this area: what stands there stays."""
    return [one.name for one in list_releases(register) if one.state is ReleaseState.PUBLISHED and area in one.areas]


def may_read(release: Release, by: Actor) -> bool:
    """Whether this person is in the audience of a published release; inside it everyone sees all of it."""
    if release.state is not ReleaseState.PUBLISHED:
        return False
    if release.audience is Audience.OPENBAAR:
        return True
    return any(_in_audience(release, grant) for grant in by.grants)


def _in_audience(release: Release, grant: Grant) -> bool:
    if grant.role is Role.ADMINISTRATOR:
        return False
    if grant.role is Role.MOVISIE:
        return reaches(release.audience, Audience.MOVISIE) and "Movisie" in release.recipients
    if grant.area is not None:
        return grant.area in release.areas
    return release.audience is not Audience.EIGEN or grant.role in (Role.OPERATOR, Role.PRIVACY_OFFICER)


def _works_on(release: Release, by: Actor) -> bool:
    return any(may(by, act, *release.areas) for act in (Act.RELEASE_PREPARE, Act.RELEASE_DECIDE, Act.SEE_EVIDENCE))


def _check_fit(found: list[Contribution], audience: Audience, recipients: tuple[str, ...]) -> None:
    if not found:
        raise ReleaseRefused("een uitgave heeft minstens één getekende bijdrage nodig")
    if audience is Audience.EIGEN and len({one.area for one in found}) > 1:
        raise ReleaseRefused("een uitgave voor de eigen gemeente bevat bijdragen van één gemeente")
    if audience is not Audience.EIGEN and not recipients:
        raise ReleaseRefused(
            "deze uitgave gaat ook naar anderen, maar er is geen ontvanger gekozen; kies er minstens één"
        )
    for one in found:
        if not reaches(one.content.zichtbaar_voor, audience):
            raise ReleaseRefused(
                f"bijdrage {one.id} van {one.area} mag niet zichtbaar zijn voor {audience.value}, wel voor "
                f"{one.content.zichtbaar_voor.value}; maak een uitgave voor dat publiek, of laat deze bijdrage weg"
            )
        if missing := sorted(set(recipients) - set(one.content.recipients)):
            raise ReleaseRefused(f"bijdrage {one.id} van {one.area} noemt ontvanger {missing[0]!r} niet; laat die weg")


def _check_unchanged(connection: Connection, row: Row[Any], at: str) -> None:
    check_frozen(connection, [(part["id"], part["content"]) for part in load(row.contributions)], at)
    if row.content_hash != _content_hash(row, row.tables_hash, row.certificate_hash, load(row.evidence)):
        raise ReleaseRefused(f"uitgave {row.name} is buiten het programma om veranderd; zet de uitgave opnieuw klaar")


def _check_publishable(connection: Connection, row: Row[Any], tables: str, certificate: str, at: str) -> None:
    approved = row.state == ReleaseState.APPROVED and row.approved_hash == row.content_hash
    if not approved or row.approved_by in load(row.prepared_by):
        raise ReleaseRefused(f"uitgave {row.name} is niet goedgekeurd door een tweede persoon; vraag om akkoord")
    if (row.tables_hash, row.certificate_hash) != (tables, certificate):
        raise ReleaseRefused(f"uitgave {row.name}: deze tabellen zijn niet de goedgekeurde; vraag opnieuw om akkoord")
    _check_unchanged(connection, row, at)


def _content_hash(row: Row[Any], tables: str, certificate: str, evidence: Mapping[str, Any] | None) -> str:
    return fingerprint(
        {
            "release": row.name, "audience": row.audience, "recipients": load(row.recipients),
            "contributions": load(row.contributions), "tables": tables, "certificate": certificate,
            "evidence": dict(evidence or {}),
        }
    )  # fmt: skip


def _commented(register: Register, name: str, to: ReleaseState, comment: str, by: Actor) -> Release:
    register.check_words(comment)
    with register.act() as writing:
        row = _get(writing.connection, name)
        _check(row, to, by, comment)
        return _moved(writing, row, to, by, comment=comment)


def _check(row: Row[Any], to: ReleaseState, by: Actor, comment: str | None = None) -> None:
    check_move(
        RELEASE_MOVES, row.state, to, by=by, areas=tuple(load(row.areas)), authors=frozenset(load(row.prepared_by)),
        comment=comment, refusal=ReleaseRefused,
    )  # fmt: skip


def _moved(writing: Writing, row: Row[Any], to: ReleaseState, by: Actor, **values: Any) -> Release:
    after = _upserted(writing, row.name, row, {"state": to.value, **values})
    what = {"release": row.name, "from": row.state, "to": to.value, "content": row.content_hash}
    writing.log(by, f"release.{to.value}", {**what, **writing.commented(values.get("comment"))})
    return _release(after)


def _upserted(writing: Writing, name: str, row: Row[Any] | None, values: dict[str, Any]) -> Row[Any]:
    if row is None:
        return writing.connection.execute(insert(releases).values(name=name, **values).returning(releases)).one()
    changed = update(releases).where(releases.c.name == name).values(**values)
    return writing.connection.execute(changed.returning(releases)).one()


def _existing(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(releases).where(releases.c.name == name)).first()


def _get(connection: Connection, name: str) -> Row[Any]:
    row = _existing(connection, name)
    if row is None:
        raise ReleaseRefused(
            "deze uitgave bestaat niet; bekijk de lijst met: toegangspeil release list",
            on_screen="deze uitgave bestaat niet; bekijk de lijst op de pagina Uitgaven",
        )
    return row


def _release(row: Row[Any]) -> Release:
    parts = tuple((part["id"], part["content"]) for part in load(row.contributions))
    return Release(
        row.name, Audience(row.audience), tuple(load(row.recipients)), tuple(load(row.areas)), parts,
        ReleaseState(row.state), tuple(load(row.prepared_by)), row.tables_hash, row.certificate_hash,
        load(row.evidence) or {}, row.content_hash, row.approved_by, row.published_at, row.withdrawn_at, row.comment,
        row.at,
    )  # fmt: skip
