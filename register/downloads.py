"""Who took a release along, the letter when it is withdrawn, and the datalek note with its 72 hours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.dutch import day
from domain.errors import NotAllowed, ReleaseRefused
from register.actors import Actor
from register.permissions import Act, check
from register.releases import ReleaseState, get, may_read, read_release
from register.store import Register, moment_of, stamp
from register.tables import downloads, leaks

CLOCK = timedelta(hours=72)


@dataclass(frozen=True)
class Download:
    """One file of a release, taken by somebody."""

    release: str
    user: str
    organisation: str
    file: str
    at: str


@dataclass(frozen=True)
class Leak:
    """A possible datalek; `deadline` is 72 hours after it was discovered (art. 33 AVG)."""

    id: int
    release: str | None
    area: str | None
    what: str
    discovered_at: str
    deadline: str
    by: str
    reported_at: str | None
    outcome: str | None


def log_download(register: Register, release: str, file: str, organisation: str, *, by: Actor) -> None:
    """Record a download before the file is handed over; raises when this person is not in the audience."""
    with register.act() as writing:
        check(by, Act.RELEASE_DOWNLOAD)
        if not may_read(read_release(writing.connection, release), by):
            raise NotAllowed(f"uitgave {release} is niet (meer) beschikbaar voor u")
        values = {"release": release, "user": by.name, "organisation": organisation, "file": file, "at": writing.at}
        writing.connection.execute(insert(downloads).values(**values))
        writing.log(by, Act.RELEASE_DOWNLOAD, {"release": release, "file": file})


def downloads_of(register: Register, release: str | None = None) -> list[Download]:
    """The download log, oldest first."""
    query = select(downloads).order_by(downloads.c.id)
    if release is not None:
        query = query.where(downloads.c.release == release)
    with register.read() as connection:
        return [
            Download(row.release, row.user, row.organisation, row.file, row.at) for row in connection.execute(query)
        ]


def withdrawal_letter(register: Register, release: str) -> str:
    """The letter (Dutch) to everybody who downloaded a withdrawn release; raises ReleaseRefused for any other."""
    found = get(register, release)
    if found.state is not ReleaseState.WITHDRAWN:
        raise ReleaseRefused(f"uitgave {release} is niet ingetrokken; er is geen brief nodig")
    taken, on = downloads_of(register, release), day(found.withdrawn_at or "")
    to = "\n".join(f"- {who}" for who in sorted({f"{one.organisation} ({one.user})" for one in taken}))
    return (
        f"Aan:\n{to or '- niemand: deze uitgave is niet opgehaald'}\n\n"
        f"Betreft: uitgave {release} is ingetrokken\n\n"
        f"U hebt bestanden opgehaald van uitgave {release}. Deze uitgave is op {on} ingetrokken.\n"
        f"De reden: {found.comment}\n\n"
        "Wij vragen u:\n"
        "1. Verwijder de bestanden van deze uitgave, ook kopieën en bestanden die u ervan hebt gemaakt.\n"
        "2. Gebruik de uitkomsten niet meer.\n"
        "3. Laat ons binnen vijf werkdagen weten dat dit is gedaan.\n"
    )


def note_leak(
    register: Register, what: str, *, discovered_at: datetime, by: Actor, release: str | None = None,
    area: str | None = None,
) -> Leak:  # fmt: skip
    """Note a possible datalek; the clock runs from the moment it was discovered."""
    register.check_words(what)
    with register.act() as writing:
        check(by, Act.LEAK_NOTE, area)
        values = {
            "release": release or "", "area": area or "", "what": what, "discovered_at": stamp(discovered_at),
            "deadline": stamp(discovered_at + CLOCK), "by": by.name, "at": writing.at,
        }  # fmt: skip
        row = writing.connection.execute(insert(leaks).values(**values).returning(leaks)).one()
        what_done = {"leak": row.id, "release": release, "deadline": row.deadline, "what": writing.mark(what)}
        writing.log(by, Act.LEAK_NOTE, what_done)
        return _leak(row)


def hours_left(leak: Leak, now: datetime) -> int:
    """Whole hours until the deadline; below zero when it is past."""
    return int((moment_of(leak.deadline) - now) // timedelta(hours=1))


def close_leak(register: Register, number: int, outcome: str, *, by: Actor) -> Leak:
    """Record what was decided (reported to the AP, or why not); once."""
    register.check_words(outcome)
    with register.act() as writing:
        row = writing.connection.execute(select(leaks).where(leaks.c.id == number)).first()
        if row is None or row.reported_at is not None:
            raise ReleaseRefused("deze melding bestaat niet of is al afgerond; bekijk de lijst met meldingen")
        if not outcome.strip():
            raise ReleaseRefused("de uitkomst ontbreekt; schrijf op of u dit meldde, en waarom wel of niet")
        check(by, Act.LEAK_CLOSE, row.area or None)
        changed = update(leaks).where(leaks.c.id == number).values(reported_at=writing.at, outcome=outcome)
        writing.log(by, Act.LEAK_CLOSE, {"leak": number, "outcome": writing.mark(outcome)})
        return _leak(writing.connection.execute(changed.returning(leaks)).one())


def list_leaks(register: Register, areas: Collection[str] | None = None) -> list[Leak]:
    """Notes, oldest first; areas: of these gemeenten, and those of no gemeente, which somebody has to see."""
    with register.read() as connection:
        found = [_leak(row) for row in connection.execute(select(leaks).order_by(leaks.c.id))]
    return [one for one in found if areas is None or one.area is None or one.area in areas]


def _leak(row: Row[Any]) -> Leak:
    return Leak(
        row.id, row.release or None, row.area or None, row.what, row.discovered_at, row.deadline, row.by,
        row.reported_at, row.outcome,
    )  # fmt: skip
