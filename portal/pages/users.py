"""Gebruikers: who there are, what each may do, inviting somebody, and closing somebody off. For the administrator."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import WrongUsage
from domain.vocabulary import Role
from portal.paging import leaf_of
from portal.speech import _
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.words import ROLES
from register import users
from register.actors import Grant
from register.permissions import Act
from register.users import User

router = APIRouter(prefix="/gebruikers")
_LONGEST = 60


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Every user with roles."""
    return _list(visit)


@router.post("/nieuw")
def add(visit: SignedIn) -> Response:
    """Make a user with one role, and show the invitation once (or none, when she signs in at the provider)."""
    _only_administrators(visit)
    name, sub = visit.text("naam")[:_LONGEST], visit.text("kenmerk")[:200]
    entrance = visit.request.app.state.entrance
    if sub and entrance is None:
        raise WrongUsage(_("inloggen bij uw organisatie is hier niet ingesteld; laat dat veld leeg"))
    subject = entrance.subject(sub) if sub else None
    users.add_user(visit.house.register, name, [_grant(visit)], by=visit.by, subject=subject)
    return visit.go("/gebruikers", "gemaakt") if sub else _invited(visit, name)


@router.post("/uitnodigen")
def invite(visit: SignedIn) -> Response:
    """A new invitation, for a first or a forgotten password."""
    return _invited(visit, _known(visit).name)


@router.get("/een")
def one(visit: SignedIn) -> Response:
    """One user, to change her roles."""
    return visit.page("user.html", one=_known(visit), roles=_roles(), areas=_areas(visit))


@router.post("/rollen")
def change(visit: SignedIn) -> Response:
    """Replace the roles of a user: those that stay, and perhaps one more. Her sessions end."""
    found = _known(visit)
    kept = {value for value in visit.form.getlist("houden") if isinstance(value, str)}
    grants = [grant for grant in found.grants if f"{grant.role.value}@{grant.area or ''}" in kept]
    if visit.text("rol"):
        grants.append(_grant(visit))
    users.set_grants(visit.house.register, found.name, grants, by=visit.by)
    return visit.go("/gebruikers", "rollen")


@router.post("/zonder-code")
def clear(visit: SignedIn) -> Response:
    """Take the second factor away: a lost phone."""
    users.clear_totp(visit.house.register, _known(visit).name, by=visit.by)
    return visit.go("/gebruikers", "zonder-code")


@router.post("/blokkeren")
def block(visit: SignedIn) -> Response:
    """Close a user off at once."""
    users.disable(visit.house.register, _known(visit).name, by=visit.by)
    return visit.go("/gebruikers", "geblokkeerd")


def _only_administrators(visit: Visit) -> None:
    visit.areas(Act.USER_MANAGE)


def _list(visit: Visit, *, invited: str = "", invitation: str = "") -> Response:
    _only_administrators(visit)
    leaf = leaf_of(visit, users.list_users(visit.house.register, by=visit.by), partial(_words_of, visit), field="zoek")
    return visit.page(
        "users.html", leaf=leaf, roles=_roles(), areas=_areas(visit),
        invited=invited, invitation=invitation, provider=visit.request.app.state.entrance is not None,
    )  # fmt: skip


def _words_of(visit: Visit, one: User) -> str:
    """What a search finds a user by: her name, her roles and where she has them."""
    held = (f"{ROLES[grant.role.value]} {visit.house.name_of(grant.area)}" for grant in one.grants)
    return " ".join((one.name, *held))


def _invited(visit: Visit, name: str) -> Response:
    return _list(visit, invited=name, invitation=users.invite(visit.house.register, name, by=visit.by))


def _known(visit: Visit) -> User:
    """The user that a form or an address names; else there is none."""
    _only_administrators(visit)
    name = visit.text("naam") or visit.request.query_params.get("naam", "")
    for user in users.list_users(visit.house.register, by=visit.by):
        if user.name == name:
            return user
    raise Missing


def _grant(visit: Visit) -> Grant:
    role, area = visit.text("rol"), visit.text("gebied")
    if role not in list(Role) or (area and area not in visit.house.gemeenten):
        raise WrongUsage(_("kies een rol, en een gemeente uit de lijst of 'landelijk'"))
    return Grant(Role(role), area or None)


def _roles() -> list[tuple[str, str]]:
    return [(role.value, ROLES[role.value]) for role in Role]


def _areas(visit: Visit) -> list[tuple[str, str]]:
    known = sorted((one.name, code) for code, one in visit.house.gemeenten.items())
    return [("", "landelijk"), *((code, name) for name, code in known)]
