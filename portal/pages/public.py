"""Pages for everybody: what happens with answers, withdrawing with a code, accessibility."""

from fastapi import APIRouter
from fastapi.responses import Response

from portal.letters import put_down
from portal.pages.requests import studies
from portal.speech import _
from portal.visit import Open
from portal.visit_errors import TooOften

router = APIRouter()
_LONGEST = 64


@router.get("/uw-antwoorden")
def answers(visit: Open) -> Response:
    """What happens with my answers?"""
    return visit.page("your_answers.html", studies=studies(visit.house), sent=False)


@router.post("/uw-antwoorden")
def withdraw(visit: Open) -> Response:
    """Write a message down; the answer is the same whether the code exists or not."""
    address = visit.request.client.host if visit.request.client else ""
    if not visit.request.app.state.public_attempts.allow(address):
        raise TooOften(_("wacht een uur en probeer het dan opnieuw"))
    study, code = visit.text("onderzoek"), visit.text("code")[:_LONGEST]
    if study in dict(studies(visit.house)) and code:
        area, instrument, meting = study.split(".")
        put_down(visit.house, area, instrument, meting, code)
    return visit.page("your_answers.html", studies=[], sent=True)


@router.get("/toegankelijkheid")
def accessibility(visit: Open) -> Response:
    """The toegankelijkheidsverklaring."""
    return visit.page("accessibility.html")
