"""`/metrics` for Prometheus and a log line per request, by kind of page: never an address, name, query or text.

When several processes serve, `serve` gives them a folder to count in together (FOLDER), and any of them tells the sum.
"""

import logging
import os
import time
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from portal.service.keys import local
from portal.service.replies import ServiceError

log = logging.getLogger("toegangspeil.requests")
router = APIRouter()
REQUEST_ID = "x-request-id"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
REGISTRY = CollectorRegistry()
REQUESTS = Counter("toegangspeil_requests", "Requests by route and status", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram("toegangspeil_request_seconds", "Time per request", ["route"], registry=REGISTRY)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """The counters, for a scraper on this machine."""
    if not local(request.client.host if request.client else ""):
        raise ServiceError("Not found", 404)
    return Response(told(), media_type=CONTENT_TYPE_LATEST)


def told() -> bytes:
    """The counters of this process, or of all that serve together."""
    if not os.environ.get(FOLDER):
        return generate_latest(REGISTRY)
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
    return generate_latest(everybody)


class Measure:
    """ASGI middleware that counts and logs by the template of a route, so that no value comes into a label or a line.

    Each request gets a number of ours: in its answer, and in every line that is logged while it is served.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin, status, number = time.perf_counter(), 500, uuid4().hex
        clear_contextvars()
        bind_contextvars(request=number)

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = number
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            REQUESTS.labels(route, str(status)).inc()
            took = time.perf_counter() - begin
            SECONDS.labels(route).observe(took)
            said = {"method": method_of(scope), "route": route, "status": status, "ms": round(took * 1000)}
            log.info("request", extra=said)


def method_of(scope: Scope) -> str:
    """The method of a request; one that nobody knows could be anything."""
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return scope["method"] if scope["method"] in known else "other"
