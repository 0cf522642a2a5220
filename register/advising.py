"""Advice of FG and CISO: date, text, whether it was followed and why. Advice never approves anything."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.errors import NotAllowed, WrongUsage
from domain.vocabulary import Role
from register.actors import Actor
from register.permissions import Act, check
from register.store import Register
from register.tables import advice


@dataclass(frozen=True)
class Advice:
    """One advice on a subject: `policy:<fingerprint>`, `release:<name>`, `dpia:<area>/<instrument>`."""

    id: int
    subject: str
    area: str | None
    role: Role
    text: str
    by: str
    at: str
    followed: bool | None
    why: str | None
    answered_by: str | None


def advise(register: Register, subject: str, text: str, *, area: str | None, role: Role, by: Actor) -> int:
    """Record an advice in one's role as FG or CISO; returns its number."""
    register.check_words(text)
    with register.act() as writing:
        check(by, Act.ADVISE, area)
        if role not in {grant.role for grant in by.grants} or role not in (Role.FG, Role.CISO):
            raise NotAllowed("advies geeft u als fg of als ciso; kies de rol die u hebt")
        values = {"subject": subject, "area": area or "", "role": role.value, "text": text, "by": by.name}
        row = writing.connection.execute(insert(advice).values(**values, at=writing.at).returning(advice.c.id))
        number = int(row.scalar_one())
        writing.log(by, Act.ADVISE, {"advice": number, "subject": subject, "text": writing.mark(text)})
        return number


def answer(register: Register, number: int, *, followed: bool, why: str, by: Actor) -> None:
    """Say whether the advice is followed, and why; once."""
    register.check_words(why)
    with register.act() as writing:
        row = writing.connection.execute(select(advice).where(advice.c.id == number)).first()
        if row is None or row.answered_by is not None:
            raise WrongUsage("dit advies bestaat niet of is al beantwoord; bekijk de lijst met adviezen")
        if not why.strip():
            raise WrongUsage("de reden ontbreekt; schrijf op waarom u het advies wel of niet volgt, zonder namen")
        check(by, Act.ADVICE_ANSWER, row.area or None)
        if row.by == by.name:
            raise NotAllowed("wie het advies gaf, beslist niet of het is gevolgd; laat een ander dat zeggen")
        values = {"followed": followed, "why": why, "answered_by": by.name, "answered_at": writing.at}
        writing.connection.execute(update(advice).where(advice.c.id == number).values(**values))
        writing.log(by, Act.ADVICE_ANSWER, {"advice": number, "followed": followed, "why": writing.mark(why)})


def advice_on(register: Register, subject: str | None = None) -> list[Advice]:
    """Advice on a subject, or all of it, oldest first."""
    query = select(advice).order_by(advice.c.id)
    if subject is not None:
        query = query.where(advice.c.subject == subject)
    with register.read() as connection:
        return [_advice(row) for row in connection.execute(query)]


def _advice(row: Row[Any]) -> Advice:
    return Advice(
        row.id, row.subject, row.area or None, Role(row.role), row.text, row.by, row.at, row.followed, row.why,
        row.answered_by,
    )  # fmt: skip
