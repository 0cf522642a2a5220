"""Pages for everybody: what happens with answers, withdrawing with a code, accessibility."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from portal.letters import put_down
from portal.speech import _
from portal.study_choice import study_choice, study_keys
from portal.visit import Open
from portal.visit_errors import TooOften

router = APIRouter()
_LONGEST = 64


@router.get("/uw-antwoorden")
def answers(visit: Open) -> Response:
    """What happens with my answers?"""
    return visit.page("your_answers.html", choice=study_choice(visit), sent=False)


@router.post("/uw-antwoorden")
def withdraw(visit: Open) -> Response:
    """Write a message down; the answer is the same whether the code exists or not, but for a mark drawn at random."""
    address = visit.request.client.host if visit.request.client else ""
    if not visit.request.app.state.public_attempts.allow(address):
        raise TooOften(_("wacht een uur en probeer het dan opnieuw"))
    study, code = visit.text("onderzoek"), visit.text("code")[:_LONGEST]
    key = next((one for one in study_keys(visit.house) if study == ".".join(one)), None)
    if key is None:  # which studies there are stands on the page: this tells nobody anything
        raise WrongUsage(_("kies over welk onderzoek het gaat"))
    if not code:
        raise WrongUsage(_("vul de code in die in uw brief staat"))
    reference = put_down(visit.house, *key, code)
    if reference is None:
        raise TooOften(_("wij kunnen uw bericht nu niet bewaren. Bel uw gemeente, of probeer het morgen opnieuw"))
    return visit.page("your_answers.html", sent=True, reference=reference)


@router.get("/toegankelijkheid")
def accessibility(visit: Open) -> Response:
    """The toegankelijkheidsverklaring."""
    return visit.page("accessibility.html")
