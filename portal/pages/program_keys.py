"""Sleutels voor programma's: which program of which gemeente may call the service; made, shown once, withdrawn."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from portal.paging import leaf_of
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from register import api_keys
from register.api_keys import ApiKey
from register.permissions import Act
from register.store import stamp

router = APIRouter(prefix="/gebruikers/sleutels")


@dataclass(frozen=True)
class Made:
    """A new key, for the one page that shows it."""

    label: str
    area: str
    secret: str


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Every key of the gemeenten that this person manages: never the key itself."""
    return _list(visit)


@router.post("")
def make(visit: SignedIn) -> Response:
    """A new key, shown on this page and never again."""
    area, label = visit.text("gebied"), visit.text("programma")
    if area not in dict(_areas(visit)):
        raise WrongUsage(_("kies een gemeente uit de lijst"))
    return _list(visit, Made(label, area, api_keys.issue(visit.house.register, area, label, by=visit.by)))


@router.post("/{number:int}/intrekken")
def withdraw(number: int, visit: SignedIn) -> Response:
    """End a key at once."""
    if number not in [one.id for one in _keys(visit)]:
        raise Missing
    api_keys.withdraw(visit.house.register, number, by=visit.by)
    return visit.go("/gebruikers/sleutels", "sleutel-ingetrokken")


def state_of(one: ApiKey, now: str) -> str:
    """How a key stands, as a word of `words.STATES`."""
    if one.withdrawn_at is not None:
        return "withdrawn"
    return "valid" if one.expires_at > now else "lapsed"


def _list(visit: Visit, made: Made | None = None) -> Response:
    now = stamp(visit.house.register.clock())
    leaf = leaf_of(visit, _keys(visit)[::-1], lambda one: one.area)
    return visit.page(
        "program_keys.html", leaf=leaf, state_of=lambda one: state_of(one, now), areas=_areas(visit), made=made
    )


def _keys(visit: Visit) -> list[ApiKey]:
    visit.areas(Act.API_KEY_MANAGE)
    return api_keys.list_keys(visit.house.register, by=visit.by)


def _areas(visit: Visit) -> list[tuple[str, str]]:
    """Gemeenten and verbanden (code, name) that this person may make a key for."""
    here = visit.areas(Act.API_KEY_MANAGE)
    known = sorted((one.name, code) for code, one in visit.house.gemeenten.items() if here is None or code in here)
    return [(code, name) for name, code in known]
