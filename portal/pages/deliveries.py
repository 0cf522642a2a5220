"""Aanleveringen: what came in, and what became of it."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from portal.attachments import ZIP, attachment
from portal.navigation import sees
from portal.paging import leaf_of
from portal.progress import Outcome, outcome
from portal.station import Refused
from portal.visit import SignedIn, Visit, station_of
from register import deliveries, verdicts, work
from register.deliveries import Delivery
from register.permissions import Act, seen_areas

router = APIRouter(prefix="/aanleveringen")
WRONG = frozenset({"quarantined", "stopped"})
"""States after which something has to be delivered again."""


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Everything delivered in the areas of this person, newest first."""
    areas = visit.areas(Act.SEE_DELIVERIES)
    every: Sequence[Delivery] = deliveries.list_all(visit.house.register, by=visit.by)[::-1]
    wrong = visit.request.query_params.get("stand") == "mis"
    if wrong:
        every = [row.delivery for row in outcomes(visit, every) if row.state in WRONG]
    leaf = leaf_of(visit, every, lambda one: one.area)
    waiting = [
        task for task in work.tasks(visit.house.register, by=visit.by) if task.state in (work.WAITING, work.RUNNING)
    ]
    may_add = seen_areas(visit.by, Act.WORK_ADD)
    return visit.page(
        "deliveries.html",
        rows=outcomes(visit, leaf.rows),
        leaf=leaf,
        wrong=wrong,
        several=areas is None or len(areas) > 1,
        waiting=waiting,
        may_add=may_add is None or bool(may_add),
        refused=refused_of(visit),
    )


@router.post("/terughalen")
def take_back(visit: SignedIn) -> Response:
    """A refused folder as it was delivered, for the steward who repairs it."""
    visit.areas(Act.QUARANTINE_GIVE_BACK)
    content = station_of(visit).take_back(visit.text("kenmerk"), by=visit.by)
    return attachment(content, ZIP, "geweigerde-aanlevering.zip")


def refused_of(visit: Visit) -> list[Refused]:
    """What this person may still take back; nothing where the portal stands alone."""
    if not sees(visit.by, Act.QUARANTINE_GIVE_BACK) or visit.request.app.state.station is None:
        return []
    return station_of(visit).refused(by=visit.by)


def outcomes(visit: Visit, rows: Sequence[Delivery]) -> list[Outcome]:
    """Deliveries with what became of them, in the same order."""
    judged = verdicts.latest_many(visit.house.register, [one.key for one in rows if one.key])
    return [outcome(one, judged.get(one.key) if one.key else None) for one in rows]
