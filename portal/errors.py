"""Refusals and mishaps as pages in plain Dutch: never a path, a stack or a value."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import SplitResult, quote, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from domain.errors import InputRejected, NotAllowed, ToegangspeilError, WrongUsage, unforeseen
from portal.patience import TooSlow
from portal.published import readable
from portal.security import HEADERS, SESSION_COOKIE, VISIT_COOKIE, TooLarge, is_service, new_visit
from portal.service.replies import INVALID, ServiceError, reply_error
from portal.service.shapes import misread_at
from portal.speech import _
from portal.visit import Visit, person_of, render
from portal.visit_errors import Missing, OldRelease, SignInFirst, TooOften, WrongForm

log = logging.getLogger("toegangspeil.portal")
_OLD = _(
    "Vraag de beheerder van de verwerking om de uitgave opnieuw te maken. "
    "De bestanden kunt u nog wel ophalen bij Gegevens."
)
Handler = Callable[[Request, Exception], Awaitable[Response]]

_ASK = _("Denkt u dat dit niet klopt? Vraag het de beheerder van gebruikers.")
_DENIED = (_("Dit mag u niet doen"), _ASK)
_BADLY_FILLED = (_("Dit formulier is niet goed ingevuld"), _("Ga terug en vul het formulier opnieuw in."))
_SENT = (_("Dit kunnen wij zo niet aannemen"), _("Verbeter het en probeer het opnieuw."))
TEXTS = {
    400: _BADLY_FILLED,
    403: (_("U mag deze pagina niet zien"), _ASK),
    404: (_("Deze pagina bestaat niet"), _("Het adres klopt niet, of de pagina is er niet (meer) voor u.")),
    405: (_("Dit kan zo niet"), _("Ga terug en gebruik de knoppen op de pagina.")),
    408: (_("Dit duurde te lang"), _("Kijk of uw verbinding goed is en probeer het opnieuw.")),
    409: (_("Dat kan nu niet"), _("Ga terug en bekijk de pagina opnieuw.")),
    413: (
        _("Dit bestand is te groot"),
        _("Haal kolommen weg die niet nodig zijn, of laat de beheerder van de verwerking het aanleveren."),
    ),
    422: _BADLY_FILLED,
    429: (_("Te vaak geprobeerd"), ""),
    500: (
        _("Er ging iets mis"),
        _("Wij hebben een fout in het programma. Er is niets vrijgegeven. Meld dit bij de beheerder."),
    ),
}


async def page(
    request: Request, status: int, detail: str = "", what_now: str = "", links: Sequence[tuple[str, str]] = (),
    title: str = "",
) -> Response:  # fmt: skip
    """The error page for a status. detail, what_now, title: our own sentences; links: (address, words) that go too."""
    if is_service(request.url.path):
        return reply_error(detail or TEXTS.get(status, TEXTS[500])[0], status)
    if request.url.path.startswith("/static/"):
        return Response(TEXTS.get(status, TEXTS[500])[0], status, HEADERS, "text/plain; charset=utf-8")
    house = request.app.state.house
    session = request.cookies.get(SESSION_COOKIE, "")
    person = await run_in_threadpool(person_of, house, session) if session else None
    bound_to = session if person else request.cookies.get(VISIT_COOKIE, "") or new_visit()
    known, usual = _DENIED if status == 403 and request.method == "POST" else TEXTS.get(status, TEXTS[500])
    visit = Visit(request, house, person, bound_to, FormData())
    told_now = {
        "title": title or known,
        "detail": detail,
        "what_now": what_now or usual,
        "links": [*links, *_form(request)],
    }
    response = render(visit, "error.html", status, told_now)
    response.headers.update(HEADERS)
    return response


def _form(request: Request) -> list[tuple[str, str]]:
    """Back to the page of ours that a form stood on, as the browser tells it; nothing when it does not tell."""
    came = _came_from(request) if request.method == "POST" else None
    if came is None:
        return []
    return [(f"{came.path}?{came.query}" if came.query else came.path, _("Terug naar het formulier"))]


def _came_from(request: Request) -> SplitResult | None:
    """The page of ours that sent this; None when the browser does not tell, or when it is not ours."""
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no address at all
        return None
    ours = came.netloc == request.url.netloc and came.path.startswith("/") and not came.path.startswith("//")
    return came if ours else None


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ToegangspeilError)
    status = 403 if isinstance(error, NotAllowed) else 422 if isinstance(error, WrongUsage) else 409
    title, now = _SENT if isinstance(error, InputRejected) and request.method == "POST" else ("", "")
    return await page(request, status, error.on_screen, now, title=title)


async def _sign_in(request: Request, error: Exception) -> Response:
    path = request.url.path
    if request.method != "GET":
        came = _came_from(request)
        path, said = (came.path if came else "/"), "gedaan=verlopen" if SESSION_COOKIE in request.cookies else ""
    else:
        said = ""
    back = f"naar={quote(path)}" if path != "/" else ""
    asked = "&".join(part for part in (back, said) if part)
    return RedirectResponse(f"/inloggen?{asked}" if asked else "/inloggen", status_code=303)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400 and is_service(request.url.path):
        return reply_error(INVALID, 400)
    return await page(request, error.status_code)


async def _misread(request: Request, error: Exception) -> Response:
    """Programs hear where their body is wrong, never with what; a page that cannot be is not there."""
    if not is_service(request.url.path):
        return await page(request, 404)
    assert isinstance(error, RequestValidationError)
    return reply_error(f"The request is not as described in /v1/openapi.json, at: {misread_at(error.errors())}", 422)


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("%s", unforeseen(error))
    return await page(request, 500)


async def _too_often(request: Request, error: Exception) -> Response:
    return await page(request, 429, error.args[0])


async def _wrong_form(request: Request, error: Exception) -> Response:
    told = _("Ga terug naar het formulier, laad de pagina opnieuw en vul het nog een keer in.")
    return await page(request, 403, what_now=told, title=_("Dit formulier is verlopen"))


async def _old_release(request: Request, error: Exception) -> Response:
    """The page with the other releases of this reader, for the choice between them is on the page that cannot be."""
    name, house = error.args[0], request.app.state.house
    person = await run_in_threadpool(person_of, house, request.cookies.get(SESSION_COOKIE, ""))
    found = await run_in_threadpool(readable, house.register, person) if person else []
    path = request.url.path.partition(".")[0]
    links = [
        (
            f"/rapporten/{quote(one.name)}" if path.startswith("/rapporten/") else f"{path}?uitgave={quote(one.name)}",
            _("Bekijk uitgave {name}", name=one.name),
        )
        for one in found
        if one.name != name
    ]
    detail = _(
        "een oudere versie van dit programma heeft uitgave {name} gemaakt; deze pagina kan die niet lezen", name=name
    )
    return await page(request, 409, detail, _OLD, links)


async def _missing(request: Request, error: Exception) -> Response:
    if not error.args:
        return await page(request, 404)
    now = _("Kies een pagina in het menu.")
    return await page(request, 404, error.args[0], now, title=_("Dit is er niet meer"))


def _fixed(status: int) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        return await page(request, status)

    return handle


async def _service(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return reply_error(error.message, error.status)


def install(app: FastAPI) -> None:
    """Hang the handlers on the application."""
    app.add_exception_handler(ToegangspeilError, _refused)
    app.add_exception_handler(SignInFirst, _sign_in)
    app.add_exception_handler(Missing, _missing)
    app.add_exception_handler(WrongForm, _wrong_form)
    app.add_exception_handler(OldRelease, _old_release)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(OverflowError, _fixed(404))  # a number in an address that no register has
    app.add_exception_handler(TooLarge, _fixed(413))
    app.add_exception_handler(TooSlow, _fixed(408))
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(ServiceError, _service)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)
