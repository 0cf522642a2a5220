"""Advies van FG en CISO: what it says, whether it is followed, and why. Advice never approves anything."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from domain.vocabulary import Role
from portal.navigation import sees
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register import advising, releases
from register.advising import Advice
from register.permissions import Act

router = APIRouter(prefix="/advies")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Advice about the areas of this person, and for FG and CISO a form."""
    may_advise = sees(visit.by, Act.ADVISE)
    return visit.page("advices.html", rows=in_sight(visit)[::-1], may_advise=may_advise, subjects=subjects(visit))


@router.post("")
def give(visit: SignedIn) -> Response:
    """Write an advice down; it is dated, and others answer it."""
    areas = visit.areas(Act.ADVISE)
    subject = visit.text("onderwerp")
    if subject not in dict(subjects(visit)) or not visit.text("tekst"):
        raise WrongUsage(_("kies waarover het advies gaat en schrijf het op"))
    role = next(grant.role for grant in visit.by.grants if grant.role in (Role.FG, Role.CISO))
    own = None if areas is None else sorted(areas)[0]
    number = advising.advise(visit.house.register, subject, visit.text("tekst"), area=own, role=role, by=visit.by)
    return visit.go(f"/advies/{number}", "beslist")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One advice, with its answer."""
    one = seen(visit, number)
    may_answer = one.answered_by is None and visit.may(Act.ADVICE_ANSWER, one.area) and one.by != visit.by.name
    return visit.page("advice.html", one=one, about=about(one.subject), may_answer=may_answer)


@router.post("/{number:int}/beantwoorden")
def answer(number: int, visit: SignedIn) -> Response:
    """Followed or not, and why."""
    seen(visit, number)
    followed = visit.text("gevolgd") == "ja"
    advising.answer(visit.house.register, number, followed=followed, why=visit.text("waarom"), by=visit.by)
    return visit.go(f"/advies/{number}", "beslist")


def in_sight(visit: Visit) -> list[Advice]:
    """Advice for everybody, and about the own areas."""
    areas = visit.areas(Act.SEE_EVIDENCE)
    return [one for one in advising.advice_on(visit.house.register) if areas is None or one.area in (None, *areas)]


def seen(visit: Visit, number: int) -> Advice:
    """An advice in sight; else it is not there."""
    for one in in_sight(visit):
        if one.id == number:
            return one
    raise Missing


def subjects(visit: Visit) -> list[tuple[str, str]]:
    """What somebody may advise on."""
    if not sees(visit.by, Act.ADVISE):
        return []
    known = [f"release:{one.name}" for one in releases.list_releases(visit.house.register, by=visit.by)]
    known += ["dpia:alle", "regels:alle"]
    return [(one, about(one)) for one in known]


def about(subject: str) -> str:
    """A subject in words."""
    kind, _, name = subject.partition(":")
    words = {"release": "uitgave", "policy": "regels", "dpia": "de DPIA", "regels": "de regels"}.get(kind, kind)
    return words if name == "alle" else f"{words} {name}"
