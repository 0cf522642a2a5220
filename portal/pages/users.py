"""Gebruikers: who there are, and closing somebody off. Only for the administrator."""

from fastapi import APIRouter
from fastapi.responses import Response

from portal.visit import SignedIn
from portal.visit_errors import Missing
from register.permissions import Act
from register.users import disable, list_users

router = APIRouter(prefix="/gebruikers")


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Every user with roles."""
    visit.areas(Act.USER_MANAGE)
    return visit.page("users.html", rows=list_users(visit.house.register, by=visit.by))


@router.post("/blokkeren")
def block(visit: SignedIn) -> Response:
    """Close a user off at once."""
    visit.areas(Act.USER_MANAGE)
    name = visit.text("naam")
    if name not in [one.name for one in list_users(visit.house.register, by=visit.by)]:
        raise Missing
    disable(visit.house.register, name, by=visit.by)
    return visit.go("/gebruikers", "geblokkeerd")
