"""Who may use the service: anybody on this machine when it was started open, elsewhere a program with a key."""

import ipaddress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from domain.errors import NotAllowed
from portal.attempts import Counting
from portal.service.replies import ServiceError
from register.api_keys import by_key
from register.store import Register

HEADER = "x-api-key"
FILES = "/v1/files"
_PROXIED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What a proxy adds: it calls from this machine, for somebody who may sit anywhere."""


@dataclass(frozen=True)
class Calling:
    """A program that may use the service; `area` is the gemeente of its key, None on this machine without one."""

    area: str | None = None


class Keys:
    """Keys of the register; a client that guesses is stopped, a client that floods waits."""

    def __init__(self, register: Register, counting: Counting) -> None:
        self._register = register
        self._wrong = counting.attempts("wrong-keys", 10, 300)
        self._requests = counting.attempts("requests", 600, 60)
        self._files = counting.attempts("files", 30, 60)

    def check(self, address: str, key: str, *, file: bool) -> Calling:
        """Who calls; raises ServiceError 401 or 429 unless this key may be used now."""
        try:
            found = by_key(self._register, key)
        except NotAllowed:
            status = 429 if not self._wrong.allow(address) else 401
            raise ServiceError("Unauthorized: give a valid key in the header X-Api-Key", status) from None
        if not (self._files if file else self._requests).allow(str(found.id)):
            raise ServiceError("Too many requests: wait a minute", 429)
        return Calling(found.area)


async def caller(request: Request) -> Calling:
    """Open on loopback when started so, without a wait for a thread; otherwise a key, looked up in one."""
    state = request.app.state
    address = request.client.host if request.client else ""
    key = request.headers.get(HEADER, "") or request.headers.get("authorization", "").removeprefix("Bearer ")
    if not key and state.serving.open_service and local(address) and local_name(request):
        return Calling()
    found: Calling = await run_in_threadpool(state.keys.check, address, key, file=request.url.path == FILES)
    return found


def only_open(request: Request) -> None:
    """Turning a text back is possible only on the own machine, when the service was started open."""
    address = request.client.host if request.client else ""
    if not (request.app.state.serving.open_service and local(address) and local_name(request)):
        raise ServiceError("Not found", 404)


def local(address: str) -> bool:
    """Whether a caller sits on this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "testclient"


def local_name(request: Request) -> bool:
    """Whether this machine was called by its own name and by nobody between: no web page or proxy lends its place."""
    if any(name in request.headers for name in _PROXIED):
        return False
    host = request.headers.get("host", "").rsplit(":", 1)[0].strip("[]")
    same_site = request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    asked_by = request.headers.getlist("origin")  # an older browser sends nothing but this
    return same_site and set(asked_by) <= {own} and (host in ("localhost", "testserver") or local(host))


Caller = Annotated[Calling, Depends(caller)]
OnlyOpen = Annotated[None, Depends(only_open)]
