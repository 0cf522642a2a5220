"""Verzoeken van inwoners: taken in without a name, decided within a month, answered by letter."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from domain.consent import RequestKind, Route
from domain.errors import WrongUsage
from domain.vocabulary import LegalBasis
from portal import letters
from portal.attachments import attachment
from portal.house import House
from portal.paging import leaf_of
from portal.speech import _
from portal.study_choice import study_choice, study_keys
from portal.visit import SignedIn, Visit, station_of
from portal.visit_errors import Missing
from register import deliveries, releases, requests
from register.permissions import Act
from register.requests import Request, RequestState

router = APIRouter(prefix="/verzoeken")
KINDS = {
    RequestKind.INTREKKEN: _("toestemming intrekken"), RequestKind.BEZWAAR: _("bezwaar maken"),
    RequestKind.INZAGE: _("gegevens inzien"), RequestKind.VERWIJDEREN: _("gegevens laten verwijderen"),
}  # fmt: skip
ROUTES = {
    Route.WITHDRAW_CONSENT: _("De toestemming kan worden ingetrokken."),
    Route.WEIGH_OBJECTION: _("U weegt het bezwaar af."),
    Route.GIVE_ACCESS: _("U geeft inzage."),
    Route.ERASE: _("U beoordeelt of de gegevens weg moeten."),
    Route.NO_CONSENT: _("Dit onderzoek is een wettelijke taak. Er is geen toestemming om in te trekken."),
    Route.NO_OBJECTION: _("Bezwaar is bij deze grondslag niet mogelijk."),
    Route.NOBODY_FOUND: _("Er zijn geen antwoorden te vinden van deze inwoner (artikel 11 AVG)."),
}


def route_words(route: str) -> str:
    """What can be done with a request, in words; a route that we do not know as it is."""
    return ROUTES[Route(route)] if route in set(Route) else route


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Requests and messages in the areas of this person."""
    areas = visit.areas(Act.REQUEST_RECEIVE)
    here = sorted(visit.house.gemeenten if areas is None else areas)
    return visit.page(
        "requests.html",
        leaf=leaf_of(
            visit, requests.list_requests(visit.house.register, by=visit.by)[::-1], lambda one: one.area, field="zoek"
        ),
        messages=[letter for area in here for letter in letters.waiting(visit.house, area)],
        kinds=[(one.value, text) for one, text in KINDS.items()],
        choice=study_choice(visit, frozenset(here)),
    )


@router.post("")
def receive(visit: SignedIn) -> Response:
    """Write down a request; a code becomes a pseudonym here and is not kept."""
    visit.areas(Act.REQUEST_RECEIVE)
    taken = take_in(visit, visit.text("onderzoek"), visit.text("soort"), visit.text("code"))
    return visit.go(f"/verzoeken/{taken.id}", "ontvangen")


@router.post("/bericht")
def take_message(visit: SignedIn) -> Response:
    """A message from the public page becomes a request; then the message is destroyed."""
    area = visit.text("gemeente")
    visit.only(Act.REQUEST_RECEIVE, [area])
    found = {one.id: one for one in letters.waiting(visit.house, area)}.get(visit.text("bericht"))
    if found is None:
        raise Missing
    study = f"{area}.{found.instrument}.{found.meting}"
    taken = take_in(
        visit, study, removal_kind(visit.house, study).value, found.code,
        asked_at=datetime.fromisoformat(found.at), reference=found.reference,
    )  # fmt: skip
    letters.destroy(visit.house, area, found.id)
    return visit.go(f"/verzoeken/{taken.id}", "ontvangen")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One request with its route and the letter."""
    one = seen(visit, number)
    settled = releases.published_of(visit.house.register, one.area)
    return visit.page(
        "request.html",
        one=one,
        kind=KINDS[one.kind],
        route=ROUTES[one.route],
        letter=requests.letter(one, vastgesteld=settled, title=visit.house.title_of(one.instrument)),
        may_decide=one.state is RequestState.RECEIVED and visit.may(Act.REQUEST_DECIDE, one.area),
        may_enclose=one.to_enclose and visit.may(Act.REQUEST_ENCLOSE, one.area),
        grantable=one.route not in (Route.NO_CONSENT, Route.NO_OBJECTION, Route.NOBODY_FOUND),
    )


@router.post("/{number:int}/beslissen")
def decide(number: int, visit: SignedIn) -> Response:
    """Grant or refuse, with a reason."""
    seen(visit, number)
    decision = visit.text("besluit")
    if decision not in ("toewijzen", "afwijzen"):
        raise WrongUsage(_("kies of u het verzoek toewijst of afwijst"))
    reason = visit.text("reden")
    requests.decide(visit.house.register, number, grant=decision == "toewijzen", reason=reason, by=visit.by)
    return visit.go(f"/verzoeken/{number}", "beslist")


@router.post("/{number:int}/bijlage")
def enclose(number: int, visit: SignedIn) -> Response:
    """What is held of one resident, for the envelope; made once more for every time it is asked, kept nowhere."""
    visit.only(Act.REQUEST_ENCLOSE, [seen(visit, number).area])
    made = station_of(visit).enclosure(number, by=visit.by)
    return attachment(made, "application/pdf", f"bijlage-verzoek-{number}.pdf")


def removal_kind(house: House, study: str) -> RequestKind:
    """What somebody asks who wants her answers out: where there is no consent to withdraw, she asks for removal."""
    consented = deliveries.legal_basis(house.register, study.replace(".", "/")) is LegalBasis.CONSENT
    return RequestKind.INTREKKEN if consented else RequestKind.VERWIJDEREN


def take_in(
    visit: Visit, study: str, kind: str, code: str, *, asked_at: datetime | None = None, reference: str = ""
) -> Request:
    """Record a request about a study we know; asked_at: when it came in, where that was before now.

    reference: the mark that the public page gave to the resident.
    """
    if not study:
        raise WrongUsage(_("kies over welk onderzoek het gaat"))
    area, instrument, meting = (*study.split(".", 2), "", "")[:3]
    visit.only(Act.REQUEST_RECEIVE, [area])
    if study not in {".".join(key) for key in study_keys(visit.house, frozenset({area}))}:
        raise WrongUsage(_("kies het onderzoek uit de lijst"))
    if kind not in [one.value for one in RequestKind]:
        raise WrongUsage(_("kies wat de inwoner vraagt"))
    return requests.receive(
        visit.house.register, area, instrument, meting, RequestKind(kind),
        deliveries.legal_basis(visit.house.register, study.replace(".", "/")),
        pseudonym=found_by(visit, study, code), by=visit.by, asked_at=asked_at, reference=reference,
    )  # fmt: skip


def found_by(visit: Visit, study: str, code: str) -> str | None:
    """The pseudonym of who has this code in a study; None when nobody has it, or the key of the study is gone.

    A code that nobody has is no person: of her data nothing would go, and the letter would say that they went.
    """
    for key in deliveries.standing(visit.house.register):
        if study == f"{key.area}.{key.instrument}.{key.meting}" and code.strip(" -"):
            return station_of(visit).find(key, code)
    return None


def seen(visit: Visit, number: int) -> Request:
    """A request in the areas of this person; else it is not there."""
    visit.areas(Act.REQUEST_RECEIVE)
    for one in requests.list_requests(visit.house.register, by=visit.by):
        if one.id == number:
            return one
    raise Missing
