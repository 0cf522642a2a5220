"""What every answer carries and every request must pass: headers, size limits and form tokens."""

import hmac
import secrets
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.patience import in_time

SESSION_COOKIE = "tp_sessie"
VISIT_COOKIE = "tp_bezoek"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
REPORT_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
"""For the reports: whole files with their style inside, no script and nothing from outside."""
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "x-frame-options": "DENY",
}
UNREAD = (401, 408, 413, 429)
"""Answers to a body that we do not read to its end: the connection it would come over is closed."""
FORM_LIMIT = 256 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
SERVICE_LIMIT = 2 * 1024 * 1024
FILE_LIMIT = 10 * 1024 * 1024


class Guard:
    """ASGI middleware: security headers on every answer, and no body above its limit or slower than it may be."""

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = limit_of(scope["path"])
        if declared_size(scope) > limit:
            await too_large(scope["path"])(scope, receive, send)
            return
        seen, patient = 0, in_time(receive, limit)

        async def counted() -> Message:
            nonlocal seen
            message = await patient()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLarge
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._dress(headers, scope["path"])
                if message["status"] in UNREAD:
                    headers["connection"] = "close"
            await send(message)

        await self._app(scope, counted, dressed)

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if not path.startswith("/static/"):
            headers.setdefault("cache-control", "no-store")
        if self._secure:
            headers.setdefault("strict-transport-security", "max-age=31536000")


class TooLarge(Exception):
    """A body that turned out larger than it may be."""


def too_large(path: str) -> Response:
    """The answer to a body that says itself that it is too large: nothing of it is read, not even who sends it."""
    words = "Dit bestand of formulier is te groot."
    if is_service(path):
        return JSONResponse({"error": words}, 413, HEADERS)
    page = (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Te groot</title></head>'
        f"<body><main><h1>{words}</h1><p>Ga terug. Een bestand mag hoogstens 40 MB zijn. "
        f"Haal kolommen weg die niet nodig zijn, of laat de beheerder van de verwerking het aanleveren.</p>"
        f"</main></body></html>"
    )
    return HTMLResponse(page, 413, HEADERS)


def limit_of(path: str) -> int:
    """How large a body may be."""
    if path.startswith("/aanleveringen/nieuw"):
        return UPLOAD_LIMIT
    if path == "/v1/files":
        return FILE_LIMIT
    return SERVICE_LIMIT if is_service(path) else FORM_LIMIT


SERVICE_PATHS = frozenset(
    {"/analyze", "/anonymize", "/deanonymize", "/recognizers", "/supportedentities", "/anonymizers", "/deanonymizers",
     "/health", "/metrics"}
)  # fmt: skip


def is_service(path: str) -> bool:
    """Whether programs call this path: its errors are JSON, not pages."""
    return path in SERVICE_PATHS or path.startswith("/v1/")


def declared_size(scope: Scope) -> int:
    """The content-length; 0 when absent, endless when it is no number."""
    text = dict(scope["headers"]).get(b"content-length", b"0")
    return int(text) if text.isdigit() else UPLOAD_LIMIT + 1


def form_token(key: bytes, bound_to: str) -> str:
    """The token of every form: bound to the session (or, before sign-in, to the visit)."""
    return hmac.new(key, b"portal:form:" + bound_to.encode(), sha256).hexdigest()


def token_fits(key: bytes, bound_to: str, given: str) -> bool:
    """Whether a form came from our own page in this session."""
    return bool(bound_to) and hmac.compare_digest(form_token(key, bound_to).encode(), given.encode())


def new_visit() -> str:
    """A random name for a visit."""
    return secrets.token_urlsafe(24)
