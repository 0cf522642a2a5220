"""Bewaren: what has to go and when, proposed by one and signed by two; and the calendar of the year ahead."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import PolicyRefused, WrongUsage
from portal.house import House
from portal.navigation import sees
from portal.paging import leaf_of
from portal.speech import _
from portal.visit import SignedIn, Visit, station_of
from portal.visit_errors import Missing
from portal.words import listed, number
from register import retention
from register.permissions import Act
from register.retention import Destruction, Due, Kept, Zone
from register.store import stamp

router = APIRouter(prefix="/bewaren")
AHEAD = timedelta(days=366)
_NAMED = 5
ZONES = {
    Zone.RAW: _("ruwe gegevens in de kluis"), Zone.PSEUDONYMISED: _("gegevens zonder namen"),
    Zone.KEYS: _("sleutel: daarna kan niemand een inwoner nog terugvinden"),
    Zone.STAGING_KEYS: _("sleutel van de gegevens zonder namen"),
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """What ends in one month: counts per kind, and of which gemeenten; their number when there are many."""

    month: str
    what: str
    names: tuple[str, ...]
    count: int

    @property
    def where(self) -> str:
        """Names of a few, else how many."""
        many = len(self.names)
        return listed(self.names) if many <= _NAMED else _("{n} gemeenten en verbanden", n=number(many))


@router.get("")
def overview(visit: SignedIn) -> Response:
    """What is overdue, what is proposed, and what ends in the year ahead."""
    areas = in_sight(visit)
    clock = visit.house.register.clock()
    every, now = in_areas(retention.due(visit.house.register, clock + AHEAD), areas), stamp(clock)
    overdue = [one for one in every if one.since <= now]
    return visit.page(
        "keeping.html",
        overdue=leaf_of(visit, grouped(visit, overdue), lambda row: row[0]),
        calendar=calendar(visit.house, [one for one in every if one.since > now]),
        proposals=[
            one for one in retention.list_destructions(visit.house.register) if areas is None or one.area in areas
        ],
        may_propose=sees(visit.by, Act.RETENTION_PROPOSE),
    )


@router.post("")
def propose(visit: SignedIn) -> Response:
    """Propose to destroy everything of one area that is overdue."""
    area = visit.text("gemeente")
    visit.only(Act.RETENTION_PROPOSE, [area])
    overdue = [one.kept for one in retention.due(visit.house.register, visit.house.register.clock())]
    proposed = proposed_already(visit.house)
    objects = [kept for kept in overdue if kept.area == area and kept not in proposed]
    made = retention.propose(visit.house.register, area, objects, by=visit.by)
    return visit.go(f"/bewaren/{made.id}", "voorgesteld")


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One proposal: what would go, and who signed."""
    one = seen(visit, number)
    may_sign = (
        one.state == "proposed" and visit.may(Act.RETENTION_SIGN, one.area) and visit.by.name not in one.signed_by
    )
    counts = Counter((ZONES[kept.zone], kept.scope) for kept in one.objects)
    may_carry_out = one.state == "signed" and visit.may(Act.RETENTION_CARRY_OUT, one.area)
    return visit.page(
        "destruction.html", one=one, counts=sorted(counts.items()), may_sign=may_sign, may_carry_out=may_carry_out,
        keys=any(kept.zone is Zone.KEYS for kept in one.objects),
    )  # fmt: skip


@router.post("/{number:int}/tekenen")
def sign(number: int, visit: SignedIn) -> Response:
    """Sign exactly this proposal."""
    seen(visit, number)
    retention.sign(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/bewaren/{number}", "getekend")


@router.post("/{number:int}/vernietigen")
def carry_out(number: int, visit: SignedIn) -> Response:
    """Destroy what two persons signed. What is gone does not come back, so the form asks for a tick."""
    found = seen(visit, number)
    visit.only(Act.RETENTION_CARRY_OUT, [found.area])
    if not visit.text("zeker"):
        raise WrongUsage(_("vink eerst aan dat u weet dat dit niet terug te draaien is"))
    station_of(visit).destroy(number, by=visit.by)
    return visit.go(f"/bewaren/{number}", "vernietigd")


def in_sight(visit: Visit) -> frozenset[str] | None:
    """Where this person follows what is kept: who sees the ledger, and who proposes."""
    return visit.areas(Act.SEE_LEDGER if sees(visit.by, Act.SEE_LEDGER) else Act.RETENTION_PROPOSE)


def in_areas(found: Iterable[Due], areas: frozenset[str] | None) -> list[Due]:
    """What is due in sight."""
    return [one for one in found if areas is None or one.kept.area in areas]


def grouped(visit: Visit, overdue: Iterable[Due]) -> list[tuple[str, str, str, int, bool]]:
    """area, its name, what, how many, and whether this person may propose it: not what was proposed already."""
    proposed = proposed_already(visit.house)
    counts = Counter((one.kept.area, ZONES[one.kept.zone]) for one in overdue if one.kept not in proposed)
    return [
        (area, visit.house.name_of(area), what, n, visit.may(Act.RETENTION_PROPOSE, area))
        for (area, what), n in sorted(counts.items())
    ]


def proposed_already(house: House) -> set[Kept]:
    """What stands in a proposal that is not carried out yet."""
    waiting = [one for one in retention.list_destructions(house.register) if one.state != "done"]
    return {kept for one in waiting for kept in one.objects}


def calendar(house: House, later: Iterable[Due]) -> list[Planned]:
    """What ends, per month and kind, soonest first."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for one in later:
        found.setdefault((one.since[:7], ZONES[one.kept.zone]), Counter())[house.name_of(one.kept.area)] += 1
    return [Planned(*what, tuple(sorted(areas)), areas.total()) for what, areas in sorted(found.items())]


def seen(visit: Visit, number: int) -> Destruction:
    """A proposal in sight; else it is not there."""
    areas = in_sight(visit)
    try:
        found = retention.get(visit.house.register, number)
    except PolicyRefused:
        raise Missing from None
    if areas is not None and found.area not in areas:
        raise Missing
    return found
