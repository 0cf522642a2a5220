"""Verantwoording: the ledger and its check, downloads, retention, possible datalekken."""

from datetime import UTC, datetime
from operator import itemgetter

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from portal.ledger_words import act_words, acts_like, subject_words
from portal.navigation import sees
from portal.pages.requests import route_words
from portal.paging import leaf_of
from portal.speech import _
from portal.visit import Open, SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ROLES
from portal.words import audience as audience_words
from register import ledger, ledger_lines, releases
from register.downloads import Download, close_leak, downloads_of, list_leaks, note_leak
from register.ledger_lines import Wanted
from register.permissions import PERMISSIONS, Act, may

router = APIRouter()
PER_PAGE = 15
EVERYBODY = "alle"
CARDS = (
    (
        ("/stukken", _("Register en stukken"), _("Verwerkingsregister, bijlage bij de DPIA en bij de overeenkomst")),
        Act.SEE_DELIVERIES,
    ),
    (("/bewaren", _("Bewaren"), _("Wat wanneer weg moet, en wie tekende")), Act.SEE_LEDGER, Act.RETENTION_PROPOSE),
    (("/advies", _("Adviezen"), _("Van de FG en de CISO, en wat ermee is gedaan")), Act.SEE_EVIDENCE),
    (("/teksten", _("Toestemmingsteksten"), _("Wat inwoners lezen voordat zij ja zeggen")), Act.SEE_CONSENT),
    (
        ("/verantwoording/opgehaald", _("Opgehaalde bestanden"), _("Wie welk bestand van een uitgave nam")),
        Act.SEE_LEDGER,
    ),
    (("/verantwoording/rollen", _("Wie mag wat?"), _("Rollen en handelingen")), Act.SEE_LEDGER),
)


@router.get("/verantwoording")
def overview(visit: SignedIn) -> Response:
    """What somebody keeps account with: cards, and for who may see it the newest lines of the ledger on their areas."""
    may_ledger = sees(visit.by, Act.SEE_LEDGER)
    areas = visit.areas(Act.SEE_LEDGER if may_ledger else Act.SEE_DELIVERIES)
    asked = visit.request.query_params
    who, what, before = asked.get("wie", "")[:100], asked.get("wat", "")[:100], asked.get("voor", "")
    older = int(before) if before.isdecimal() and len(before) < 16 else None
    wanted = Wanted(who, what, acts_like(what), areas)
    house = visit.house
    said = {"area": house.name_of, "delivery": house.delivery, "scope": house.scope, "route": route_words,
            "audience": audience_words, "failed": house.with_columns}  # fmt: skip
    lines = ledger_lines.newest(visit.house.register, wanted, before=older, limit=PER_PAGE + 1) if may_ledger else []
    return visit.page(
        "accountability.html",
        may_ledger=may_ledger,
        lines=lines[:PER_PAGE],
        older=lines[PER_PAGE - 1]["seq"] if len(lines) > PER_PAGE else None,
        newest=older is None,
        total=ledger_lines.length(visit.house.register),
        put_back=ledger_lines.put_back(visit.house.register),
        who=who,
        what=what,
        act_words=act_words,
        subject_words=lambda what: subject_words(what, said),
        own_only=areas is not None,
        cards=[card for card, *acts in CARDS if any(sees(visit.by, act) for act in acts)],
        leaks=list_leaks(visit.house.register, areas) if may_ledger else [],
        may_close=lambda area: visit.may(Act.LEAK_CLOSE, area),
    )


@router.post("/verantwoording/controleren")
def verify(visit: SignedIn) -> Response:
    """Walk the whole chain and say whether it holds."""
    visit.areas(Act.SEE_LEDGER)
    signer = visit.house.register.signer
    found = ledger.verify(visit.house.register, public_key=signer.public_key if signer else None)
    return visit.page("ledger_checked.html", found=found)


@router.get("/verantwoording/rollen")
def roles(visit: SignedIn) -> Response:
    """Who may do what: the table that the server itself uses."""
    visit.areas(Act.SEE_LEDGER)
    own = min((grant.role.value for grant in visit.by.grants), default=EVERYBODY)
    asked = visit.request.query_params.get("rol") or own
    rows = [
        (one.what, sorted(role.value for role in one.roles))
        for one in PERMISSIONS.values()
        if asked == EVERYBODY or asked in one.roles
    ]
    return visit.page("roles.html", rows=rows, asked=asked, roles=[(EVERYBODY, _("alle rollen")), *ROLES.items()])


@router.get("/verantwoording/opgehaald")
def taken(visit: SignedIn) -> Response:
    """Who took which file, newest first."""
    areas = visit.areas(Act.SEE_LEDGER)
    leaf = leaf_of(visit, downloads(visit, areas), lambda one: one.organisation, field="zoek")
    return visit.page("downloads.html", leaf=leaf)


@router.get("/datalek")
def ask_leak(visit: SignedIn) -> Response:
    """The form for a possible datalek."""
    if not may(visit.by, Act.LEAK_NOTE):
        visit.areas(Act.LEAK_NOTE)
    mine = releases.list_releases(visit.house.register, by=visit.by)
    areas = [] if own_area(visit) else [(code, visit.house.name_of(code)) for code in visit.house.gemeenten]
    return visit.page("leak.html", releases=[row.name for row in mine], areas=sorted(areas, key=itemgetter(1)))


@router.post("/datalek")
def note(visit: SignedIn) -> Response:
    """The clock of 72 hours starts."""
    what = visit.text("wat")
    if not what:
        raise WrongUsage(_("schrijf op wat er gebeurde, zonder namen"))
    release = visit.text("uitgave")
    known = {row.name for row in releases.list_releases(visit.house.register, by=visit.by)}
    chosen = visit.text("gemeente")
    note_leak(
        visit.house.register, what, discovered_at=datetime.now(UTC), by=visit.by,
        release=release if release in known else None,
        area=own_area(visit) or (chosen if chosen in visit.house.gemeenten else None),
    )  # fmt: skip
    return visit.go("/", "gemeld")


@router.post("/datalek/{number:int}")
def close(number: int, visit: SignedIn) -> Response:
    """What was decided about a possible datalek."""
    areas = visit.areas(Act.SEE_LEDGER)
    if number not in [one.id for one in list_leaks(visit.house.register, areas)]:
        raise Missing
    close_leak(visit.house.register, number, visit.text("uitkomst"), by=visit.by)
    return visit.go("/verantwoording", "beslist")


@router.get("/datalek/{number:int}")
def leak(number: int, visit: Open) -> Response:
    """Where `Vandaag` points for a leak: the page that holds them."""
    return visit.go("/verantwoording")


def own_area(visit: Visit) -> str | None:
    """The gemeente of somebody who has just one."""
    areas = {grant.area for grant in visit.by.grants if grant.area}
    return areas.pop() if len(areas) == 1 else None


def downloads(visit: Visit, areas: frozenset[str] | None) -> list[Download]:
    """Who took which file, newest first, of releases that this person works on."""
    mine = {row.name for row in releases.list_releases(visit.house.register, by=visit.by)}
    return [one for one in downloads_of(visit.house.register) if areas is None or one.release in mine][::-1]
