"""Vandaag: what waits for you; for Movisie and analysts what is new; for Movisie who has delivered."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from domain.vocabulary import Role
from portal import letters
from portal.paging import Leaf, leaf_of
from portal.published import readable
from portal.speech import _n
from portal.tracker import Progress, Tracker, so_far, tracker
from portal.visit import Open, Visit
from portal.visit_errors import SignInFirst
from portal.words import DOES
from register.actors import Actor
from register.permissions import Act
from register.waiting import waiting_for

router = APIRouter()


@router.get("/")
def today(visit: Open) -> Response:
    """The start page of whoever is signed in."""
    if visit.person is None:
        raise SignInFirst
    asked = visit.request.query_params.get("meting", "")
    tracked = tracker(visit.house, asked) if follows_progress(visit.by) else None
    return visit.page(
        "start.html",
        waiting=[*messages(visit), *waiting_for(visit.house.register, by=visit.by)],
        releases=readable(visit.house.register, visit.by)[:3],
        tracker=None if tracked is None else _leaf(visit, tracked),
        metingen=[(one, one) for one in tracked.metingen] if tracked else [],
        meting=tracked.meting if tracked else "",
        so_far=so_far(tracked) if tracked and tracked.areas else "",
        wearing=wearing(visit),
        does=list(dict.fromkeys(DOES[grant.role] for grant in sorted(visit.by.grants, key=str))),
    )


def messages(visit: Visit) -> list[Mapping[str, str]]:
    """Messages of residents that nobody took in hand, where this person may: the month to decide in runs already."""
    return [
        {"what": _n("{n} nieuw bericht van een inwoner", "{n} nieuwe berichten van inwoners", many),
         "gemeente": area, "link": "/verzoeken"}
        for area, many in sorted(letters.counts(visit.house).items())
        if visit.may(Act.REQUEST_RECEIVE, area)
    ]  # fmt: skip


def _leaf(visit: Visit, tracked: Tracker) -> Leaf[Progress]:
    """The page of gemeenten that was asked for."""
    leaf = leaf_of(visit, tracked.areas, lambda area: area)
    return leaf.with_rows([tracked.of(area, visit.house.name_of(area)) for area in leaf.rows])


def wearing(visit: Visit) -> list[str]:
    """The roles of this person in words, with where they hold."""
    grants = sorted(visit.by.grants, key=str)
    return [f"{grant.role.value}|{visit.house.name_of(grant.area)}" for grant in grants]


def follows_progress(person: Actor) -> bool:
    """Movisie and the operator see how far every gemeente is; states only, never a figure."""
    return any(grant.role in (Role.MOVISIE, Role.OPERATOR) and grant.area is None for grant in person.grants)
