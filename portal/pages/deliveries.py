"""Aanleveringen: what came in, and what became of it."""

from fastapi import APIRouter
from fastapi.responses import Response

from portal.paging import leaf_of
from portal.progress import outcome
from portal.visit import SignedIn
from register import deliveries, verdicts, work
from register.permissions import Act, seen_areas

router = APIRouter(prefix="/aanleveringen")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Everything delivered in the areas of this person, newest first."""
    visit.areas(Act.SEE_DELIVERIES)
    leaf = leaf_of(visit, deliveries.list_all(visit.house.register, by=visit.by)[::-1], lambda one: one.area)
    judged = verdicts.latest_many(visit.house.register, [one.key for one in leaf.rows if one.key])
    rows = [outcome(one, judged.get(one.key) if one.key else None) for one in leaf.rows]
    waiting = [
        task for task in work.tasks(visit.house.register, by=visit.by) if task.state in (work.WAITING, work.RUNNING)
    ]
    may_add = seen_areas(visit.by, Act.WORK_ADD)
    return visit.page(
        "deliveries.html", rows=rows, leaf=leaf, waiting=waiting, may_add=may_add is None or bool(may_add)
    )
