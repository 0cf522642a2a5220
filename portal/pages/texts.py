"""Toestemmingsteksten: what residents read before they say yes; approved as seen or returned by another."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.vocabulary import Purpose
from portal.navigation import sees
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import PURPOSES
from register import consent_texts
from register.consent_texts import ConsentText, TextState
from register.permissions import Act

router = APIRouter(prefix="/teksten")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Every version in the areas of this person, newest first."""
    rows = in_sight(visit)[::-1]
    areas = visit.areas(Act.TEXT_SAVE) if sees(visit.by, Act.TEXT_SAVE) else frozenset()
    return visit.page(
        "texts.html",
        rows=rows,
        purposes=PURPOSES,
        choose=[(one.value, words) for one, words in PURPOSES.items()],
        areas=[(code, visit.house.name_of(code)) for code in sorted(visit.house.gemeenten if areas is None else areas)],
    )


@router.post("")
def save(visit: SignedIn) -> Response:
    """A new version, as a draft that another approves."""
    area, purpose = visit.text("gemeente"), visit.text("doel")
    visit.only(Act.TEXT_SAVE, [area])
    if purpose not in [one.value for one in Purpose] or not visit.text("tekst"):
        raise Missing
    named = [one.strip() for one in visit.text("ontvangers").split(",") if one.strip()]
    made = consent_texts.save_text(
        visit.house.register, Purpose(purpose), visit.text("tekst"), recipients=named, by=visit.by, area=area
    )
    return visit.go(f"/teksten/{made.id}", "ingediend")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One version."""
    one = seen(visit, number)
    return visit.page(
        "text.html",
        one=one,
        purpose=PURPOSES[one.purpose],
        may_decide=one.state is TextState.DRAFT and visit.may(Act.TEXT_DECIDE, one.area),
        own_work=one.author == visit.by.name,
    )


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly this text."""
    seen(visit, number)
    consent_texts.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/teksten/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Return it with a comment."""
    seen(visit, number)
    consent_texts.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/teksten/{number}", "teruggestuurd")


def in_sight(visit: Visit) -> list[ConsentText]:
    """Texts for everybody, and those of the own areas."""
    areas = visit.areas(Act.SEE_CONSENT)
    found = consent_texts.list_texts(visit.house.register)
    return [one for one in found if areas is None or one.area is None or one.area in areas]


def seen(visit: Visit, number: int) -> ConsentText:
    """A text in sight; else it is not there."""
    for one in in_sight(visit):
        if one.id == number:
            return one
    raise Missing
