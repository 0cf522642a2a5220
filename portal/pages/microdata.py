"""Rijen voor een onderzoeker: asked by her for one study, decided by a privacy officer as seen, made once."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from domain.delivery import DeliveryKey
from domain.errors import NotAllowed, ReleaseRefused, ToegangspeilError, WrongUsage
from domain.vocabulary import ColumnClass, Kind
from portal.attachments import ZIP, attachment
from portal.navigation import sees
from portal.speech import _
from portal.station import RowsRisk
from portal.visit import SignedIn, Visit, station_of
from portal.visit_errors import Missing
from register import deliveries, microdata
from register.microdata import MicrodataRequest, MicrodataState
from register.permissions import Act, seen_areas

router = APIRouter(prefix="/microdata")
_LONGEST = 2000
FIRST = {
    "voorrang1": _("Welk kenmerk is voor u het belangrijkst?"), "voorrang2": _("Welk kenmerk daarna?"),
    "voorrang3": _("En welk kenmerk daarna?"),
}  # fmt: skip
_SAME = ("gemeente", "doelgroep")
"""Columns that are the same in every row of a file that goes: nobody has to choose between them and others."""


@router.get("")
def overview(visit: SignedIn) -> Response:
    """One's own requests and those to decide on; with the form for who may ask."""
    may_ask(visit)
    return form(visit)


@router.post("")
def ask(visit: SignedIn) -> Response:
    """Ask for the rows of one study, for oneself."""
    asked = {name: visit.text(name)[:_LONGEST] for name in ("onderzoek", "waarvoor", *FIRST, "sleutel")}
    if asked["onderzoek"] not in dict(studies(visit)):
        raise WrongUsage(_("kies het onderzoek uit de lijst"))
    if "PRIVATE" in asked["sleutel"]:
        asked["sleutel"] = ""  # never back on the screen
        return form(visit, asked, problem=_("dit is uw geheime sleutel; plak de openbare, en maak een nieuw paar"))
    try:
        first = [asked[name] for name in FIRST if asked[name]]
        key = asked["sleutel"].encode()
        made = station_of(visit).ask_rows(asked["onderzoek"], asked["waarvoor"], key, first, by=visit.by)
    except NotAllowed:
        raise
    except ToegangspeilError as refusal:
        return form(visit, asked, problem=refusal.on_screen)
    return visit.go(f"/microdata/{made.id}", "aangevraagd")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One request, with what would go along now."""
    one = seen(visit, number)
    may_decide = one.state is MicrodataState.REQUESTED and visit.may(Act.MICRODATA_DECIDE, one.content.area)
    risks, problem = risks_of(visit, one)
    return visit.page(
        "microdata.html",
        one=one,
        risks=risks,
        first=[visit.house.column(name) for name in one.content.first],
        columns=columns_of(visit, one),
        problem=problem,
        may_decide=may_decide and not problem,
        own_work=one.asked_by == visit.by.name,
        may_fetch=one.state is MicrodataState.APPROVED and one.content.receiver == visit.by.name and not problem,
    )


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly what was on the screen."""
    seen(visit, number)
    microdata.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/microdata/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Return it with a comment."""
    seen(visit, number)
    microdata.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/microdata/{number}", "teruggestuurd")


@router.post("/{number:int}/ophalen")
def fetch(number: int, visit: SignedIn) -> Response:
    """The files, once: only who asked gets them, and only her key opens them."""
    one = seen(visit, number)
    if microdata.approved_for(visit.house.register, one.content.scope, by=visit.by).id != number:
        raise ReleaseRefused(_("dit akkoord is al gebruikt; vraag de rijen opnieuw aan"))
    return attachment(station_of(visit).rows(one.content.scope, by=visit.by), ZIP, f"rijen-{number}.zip")


def form(visit: Visit, asked: dict[str, str] | None = None, *, problem: str = "") -> Response:
    """The page with the list; `asked` is what was typed when something was wrong with it."""
    return visit.page(
        "microdata_all.html",
        status=422 if problem else 200,
        rows=microdata.list_requests(visit.house.register, by=visit.by)[::-1],
        studies=studies(visit),
        first=FIRST,
        traits=traits(visit),
        asked=asked or {},
        problem=problem,
        may_ask=sees(visit.by, Act.MICRODATA_ASK),
    )


def may_ask(visit: Visit) -> None:
    """Raise NotAllowed for who neither asks nor decides anywhere."""
    if not sees(visit.by, Act.MICRODATA_DECIDE):
        visit.areas(Act.MICRODATA_ASK)


def studies(visit: Visit) -> Sequence[tuple[str, str]]:
    """Studies of the own gemeente of which rows could go: surveys that were delivered."""
    return [(scope, visit.house.scope(scope)) for scope in sorted({key.scope for key in surveyed(visit)})]


def surveyed(visit: Visit) -> list[DeliveryKey]:
    """Delivered surveys of the gemeenten for which this person may ask rows."""
    areas = seen_areas(visit.by, Act.MICRODATA_ASK) or frozenset()
    kinds = {
        (book := visit.house.codebooks.get(ref)).instrument: book.kind for ref in visit.house.codebooks.references()
    }
    return [
        key for key in deliveries.standing(visit.house.register)
        if key.area in areas and kinds.get(key.instrument) is Kind.SURVEY
    ]  # fmt: skip


def traits(visit: Visit) -> list[tuple[str, str]]:
    """What may stay as fine as it can: columns of who somebody is, of all studies to choose from, by their words."""
    asked = {key.instrument for key in surveyed(visit)}
    found = {
        name: book.rows[name].words or name
        for book in map(visit.house.codebooks.get, visit.house.codebooks.references())
        if book.instrument in asked
        for name in book.columns_of(ColumnClass.QUASI)
        if name not in _SAME
    }
    ordered = sorted(found.items(), key=lambda pair: pair[1].casefold())
    return [("", _("geen voorkeur")), *ordered]


def risks_of(visit: Visit, one: MicrodataRequest) -> tuple[list[RowsRisk], str]:
    """The risk cards of a request that is still open; else, or when nothing may go, why there are none."""
    if one.state not in (MicrodataState.REQUESTED, MicrodataState.APPROVED):
        return [], ""
    try:
        return station_of(visit).risks(one.content), ""
    except ToegangspeilError as refusal:
        return [], refusal.on_screen


def columns_of(visit: Visit, one: MicrodataRequest) -> list[tuple[str, list[str]]]:
    """Who the rows are of, and what stands in them: the question where the codebook is still known, else the column."""
    standing = deliveries.current_many(visit.house.register, [given.part.key for given in one.content.given])
    found = []
    for given in one.content.given:
        delivery = standing.get(given.part.key)
        reference = str(delivery.manifest.get("codebook", "")) if delivery else ""
        known = visit.house.codebooks.get(reference).rows if reference in visit.house.codebooks.references() else {}
        texts = [(known[name].words if name in known else "") or name for name in given.columns]
        found.append((given.part.key.doelgroep, texts))
    return found


def seen(visit: Visit, number: int) -> MicrodataRequest:
    """A request of one's own, or one to decide on; else it is not there."""
    try:
        found = microdata.get(visit.house.register, number)
    except ReleaseRefused:
        raise Missing from None
    mine = found.asked_by == visit.by.name
    if not mine and not (sees(visit.by, Act.MICRODATA_DECIDE) and visit.may(Act.MICRODATA_DECIDE, found.content.area)):
        raise Missing
    return found
