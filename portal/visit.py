"""One request of one person: who, what the form says, and the answers a page can give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from domain.errors import CannotCheck, NotAllowed
from portal.house import House
from portal.navigation import navigation
from portal.notices import notice
from portal.security import FORM_LIMIT, SESSION_COOKIE, VISIT_COOKIE, form_token, limit_of, new_visit, token_fits
from portal.speech import _
from portal.station import Station
from portal.visit_errors import Missing, SignInFirst, WrongForm
from register.actors import Actor
from register.permissions import Act, may, seen_areas
from register.users import by_token

MOST_FILES, MOST_FIELDS = 200, 5_000
"""A study is up to some hundred talks; a table of 2,000 columns asks two fields of each."""


@dataclass(frozen=True)
class Visit:
    """A request with its person (None before sign-in) and its form."""

    request: Request = field(repr=False)
    house: House = field(repr=False)
    person: Actor | None
    bound_to: str = field(repr=False)
    form: FormData = field(repr=False)

    @property
    def by(self) -> Actor:
        """Who acts; only where sign-in was asked."""
        if self.person is None:
            raise SignInFirst
        return self.person

    def text(self, name: str) -> str:
        """A field of the form, without spaces around it; '' when it is absent."""
        value = self.form.get(name, "")
        return value.replace("\0", "").strip() if isinstance(value, str) else ""  # no database keeps a NUL

    def files(self, name: str) -> list[UploadFile]:
        """Uploaded files with a name."""
        return [one for one in self.form.getlist(name) if isinstance(one, UploadFile) and one.filename]

    def may(self, act: Act, *areas: str | None) -> bool:
        """Whether this person may do something."""
        return self.person is not None and may(self.person, act, *areas)

    def areas(self, act: Act) -> frozenset[str] | None:
        """Where this person may do `act` (None: everywhere); raises NotAllowed when nowhere."""
        found = seen_areas(self.by, act)
        if found is not None and not found:
            raise NotAllowed(_("deze pagina is niet voor uw rol"))
        return found

    def only(self, act: Act, areas: Iterable[str | None]) -> None:
        """Raise Missing unless this person may do `act` in all these areas."""
        if not may(self.by, act, *areas):
            raise Missing

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in our layout."""
        return render(self, template, status, values)

    def go(self, path: str, done: str = "") -> RedirectResponse:
        """After a form: to a page that says what was done."""
        return RedirectResponse(f"{path}?gedaan={done}" if done else path, status_code=303)


def render(visit: Visit, template: str, status: int, values: Mapping[str, Any]) -> HTMLResponse:
    """A template with what every page needs."""
    state = visit.request.app.state
    shared = {
        "person": visit.person,
        "house": visit.house,
        "form_token": form_token(visit.house.form_key, visit.bound_to),
        "path": visit.request.url.path,
        "navigation": navigation(visit.person),
        "may_report": visit.person is not None and may(visit.person, Act.LEAK_NOTE),
        "notice": notice(visit.request.query_params.get("gedaan", "")),
        "demo": visit.house.settings.demo,
        "own_theme": state.own_theme,
        "visit": visit,
    }
    html = state.templates.get_template(template).render({**shared, **values})
    response = HTMLResponse(html, status)
    if visit.person is None and visit.request.cookies.get(VISIT_COOKIE) != visit.bound_to:
        keep_cookie(response, VISIT_COOKIE, visit.bound_to, secure=state.secure)
    return response


def keep_cookie(response: Response, name: str, value: str, *, secure: bool) -> None:
    """A cookie for this browser only, out of reach of scripts."""
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=secure, path="/")


async def open_page(request: Request) -> Visit:
    """A page for everybody: signed in or not; forms are still checked."""
    house: House = request.app.state.house
    session = request.cookies.get(SESSION_COOKIE, "")
    person = await run_in_threadpool(person_of, house, session) if session else None
    bound_to = session if person else request.cookies.get(VISIT_COOKIE, "") or new_visit()
    if person is None and limit_of(request.url.path) > FORM_LIMIT:
        raise SignInFirst  # a stranger's 50 MB would lie on our disk before we ask who it is
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) if request.method == "POST" else FormData()
    token = form.get("token", "")
    if request.method == "POST" and not (isinstance(token, str) and token_fits(house.form_key, bound_to, token)):
        raise SignInFirst if session and person is None else WrongForm  # her session ended while she was writing
    return Visit(request, house, person, bound_to, form)


async def signed_in(visit: Annotated[Visit, Depends(open_page)]) -> Visit:
    """A page for users only."""
    if visit.person is None:
        raise SignInFirst
    return visit


def station_of(visit: Visit) -> Station:
    """The road behind the portal; raises CannotCheck where this portal stands alone."""
    found: Station | None = visit.request.app.state.station
    if found is None:
        raise CannotCheck(_("dit portaal kan de gecontroleerde aanleveringen niet openen"))
    return found


def person_of(house: House, session: str) -> Actor | None:
    try:
        return by_token(house.register, session)
    except NotAllowed:
        return None


Open = Annotated[Visit, Depends(open_page)]
SignedIn = Annotated[Visit, Depends(signed_in)]
