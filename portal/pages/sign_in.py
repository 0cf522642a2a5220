"""Signing in and out: with a password and a code, by invitation, or at the gemeente's own provider."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from domain.errors import CannotCheck, NotAllowed
from portal.entrance import COOKIE, LASTS, Entrance
from portal.security import SESSION_COOKIE
from portal.speech import _
from portal.visit import Open, SignedIn, Visit, keep_cookie
from portal.visit_errors import Missing, TooOften
from register.actors import Actor
from register.passwords import MINIMUM_LENGTH
from register.users import accept_invitation, authenticate, end_token, start_session

router = APIRouter()
_LONGEST = 200


@router.get("/inloggen")
def ask(visit: Open) -> Response:
    """The sign-in page."""
    return _form(visit, to=inside(visit.request.query_params.get("naar", "")))


@router.post("/inloggen")
def enter(visit: Open) -> Response:
    """A session for who has the right name, password and code; the same words for everybody else."""
    name, to = visit.text("naam")[:_LONGEST], inside(visit.text("naar"))
    _slow_down(visit)
    try:
        actor = authenticate(visit.house.register, name, password=_typed(visit, "wachtwoord"), code=_code(visit))
    except NotAllowed as refusal:
        return _form(visit, status=403, problem=refusal.on_screen, name=name, to=to)
    visit.request.app.state.sign_in_attempts.forget(_address(visit))
    return _in(visit, actor, to)


@router.get("/inloggen/organisatie")
def leave_for_provider(visit: Open) -> Response:
    """To the gemeente's own provider; she comes back to `BACK`."""
    to = inside(visit.request.query_params.get("naar", ""))
    _slow_down(visit)
    try:
        url, kept = _entrance(visit).begin(to)
    except (NotAllowed, CannotCheck) as refusal:
        return _form(visit, status=403, problem=refusal.on_screen, to=to)
    response = RedirectResponse(url, status_code=303)
    secure = visit.request.app.state.secure
    response.set_cookie(
        COOKIE, kept, max_age=int(LASTS.total_seconds()), httponly=True, samesite="lax", secure=secure, path="/inloggen"
    )
    return response


@router.get("/inloggen/terug")
def come_back(visit: Open) -> Response:
    """A session for who the provider says this is, when she is a user here."""
    asked, cookies = visit.request.query_params, visit.request.cookies
    try:
        actor, to = _entrance(visit).finish(cookies.get(COOKIE, ""), asked.get("state", ""), asked.get("code", ""))
    except (NotAllowed, CannotCheck) as refusal:
        response = _form(visit, status=403, problem=refusal.on_screen)
    else:
        response = _in(visit, actor, inside(to))
    response.delete_cookie(COOKIE, path="/inloggen")
    return response


@router.get("/inloggen/eerste")
def first(visit: Open) -> Response:
    """Where somebody with an invitation chooses her own password."""
    return visit.page("sign_in_first.html", problem="", name="", least=MINIMUM_LENGTH)


@router.post("/inloggen/eerste")
def choose(visit: Open) -> Response:
    """A password chosen with an invitation; then straight to the second factor."""
    name, password = visit.text("naam")[:_LONGEST], _typed(visit, "wachtwoord")
    _slow_down(visit)
    try:
        if password != _typed(visit, "nog_eens"):
            raise NotAllowed(_("de twee wachtwoorden zijn niet gelijk; typ ze opnieuw"))
        actor = accept_invitation(visit.house.register, name, visit.text("uitnodiging")[:_LONGEST], password)
    except NotAllowed as refusal:
        return visit.page("sign_in_first.html", status=403, problem=refusal.on_screen, name=name, least=MINIMUM_LENGTH)
    return _in(visit, actor, "/mijn-inloggen?gedaan=wachtwoord")


@router.post("/uitloggen")
def leave(visit: SignedIn) -> Response:
    """End the session here and in the register."""
    end_token(visit.house.register, visit.bound_to)
    response = visit.go("/inloggen", "afgemeld")
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _form(visit: Visit, *, status: int = 200, problem: str = "", name: str = "", to: str = "/") -> Response:
    provider = visit.request.app.state.entrance is not None
    return visit.page("sign_in.html", status=status, problem=problem, name=name, to=to, provider=provider)


def _in(visit: Visit, actor: Actor, to: str) -> Response:
    """Always a new session; the one of before in this browser ends."""
    response = visit.go(to)
    if visit.person is not None:
        end_token(visit.house.register, visit.bound_to)
    session = start_session(visit.house.register, actor)
    keep_cookie(response, SESSION_COOKIE, session, secure=visit.request.app.state.secure)
    return response


def _entrance(visit: Visit) -> Entrance:
    found: Entrance | None = visit.request.app.state.entrance
    if found is None:
        raise Missing
    return found


def _slow_down(visit: Visit) -> None:
    if not visit.request.app.state.sign_in_attempts.allow(_address(visit)):
        raise TooOften(_("wacht een kwartier en probeer het dan opnieuw"))


def _address(visit: Visit) -> str:
    return visit.request.client.host if visit.request.client else ""


def _typed(visit: Visit, field: str) -> str:
    """A password as typed: spaces around it count."""
    value = visit.form.get(field, "")
    return value[:_LONGEST] if isinstance(value, str) else ""


def _code(visit: Visit) -> str:
    return visit.text("code").replace(" ", "")[:10]


def inside(path: str) -> str:
    """A path on this site, or the start page: never somewhere else."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if plain else "/"
