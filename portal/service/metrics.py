"""`/metrics` for Prometheus: counts and times per kind of page, never an address, a name or a text."""

import time

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.service.keys import local
from portal.service.replies import ServiceError

router = APIRouter()
REGISTRY = CollectorRegistry()
REQUESTS = Counter("toegangspeil_requests", "Requests by route and status", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram("toegangspeil_request_seconds", "Time per request", ["route"], registry=REGISTRY)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """The counters, for a scraper on this machine."""
    if not local(request.client.host if request.client else ""):
        raise ServiceError("Not found", 404)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


class Measure:
    """ASGI middleware that counts by the template of a route, so that no value comes into a label."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            REQUESTS.labels(route, str(status)).inc()
            SECONDS.labels(route).observe(time.perf_counter() - begin)
