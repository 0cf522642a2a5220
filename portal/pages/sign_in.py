"""Signing in and out."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import NotAllowed
from portal.security import SESSION_COOKIE
from portal.visit import Open, SignedIn, Visit, keep_cookie
from register.users import authenticate, end_token, start_session

router = APIRouter()
_LONGEST = 200


@router.get("/inloggen")
def ask(visit: Open) -> Response:
    """The sign-in page."""
    return visit.page("sign_in.html", problem="", name="", to=inside(visit.request.query_params.get("naar", "")))


@router.post("/inloggen")
def enter(visit: Open) -> Response:
    """A session for who has the right name, password and code; the same words for everybody else."""
    name, to = visit.text("naam")[:_LONGEST], inside(visit.text("naar"))
    try:
        session = _session(visit, name)
    except NotAllowed as refusal:
        return visit.page("sign_in.html", status=403, problem=str(refusal), name=name, to=to)
    response = visit.go(to)
    keep_cookie(response, SESSION_COOKIE, session, secure=visit.request.app.state.secure)
    return response


@router.post("/uitloggen")
def leave(visit: SignedIn) -> Response:
    """End the session here and in the register."""
    end_token(visit.house.register, visit.bound_to)
    response = visit.go("/inloggen", "afgemeld")
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def _session(visit: Visit, name: str) -> str:
    address = visit.request.client.host if visit.request.client else ""
    if not visit.request.app.state.sign_in_attempts.allow(address):
        raise NotAllowed("er is te vaak geprobeerd om in te loggen; wacht een kwartier en probeer het opnieuw")
    password, code = visit.form.get("wachtwoord", ""), visit.text("code")
    words = password[:_LONGEST] if isinstance(password, str) else ""
    actor = authenticate(visit.house.register, name, password=words, code=code[:10])
    return start_session(visit.house.register, actor)


def inside(path: str) -> str:
    """A path on this site, or the start page: never somewhere else."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if plain else "/"
