"""`/v1`: many texts or a file at once, and a page that describes the service. Nothing is stored or logged."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from domain.errors import GateClosed
from portal.house import House
from portal.service.cleaning import cleaner, detected
from portal.service.files import cleaned_file
from portal.service.keys import Caller, Calling
from portal.service.replies import INVALID, ServiceError, json_body, reply
from portal.service.shapes import ERRORS, Anonymise, CleanedAll, Detect, LookedAll, body_of
from portal.speech import _
from portal.visit import Open

Shape = TypeVar("Shape", bound=BaseModel)
router = APIRouter(tags=["v1"], responses=ERRORS)
KINDS = {"text/csv": "csv", "application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "text/plain": "txt"}
_FILE_BODY = {
    "requestBody": {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in KINDS}},
    "responses": {"200": {"content": {kind: {"schema": {"type": "string"}} for kind in KINDS}}},
}
Modes = Annotated[Literal["label", "mask", "generalise", "pseudonym"], Query()]


def asked_as(shape: type[Shape]) -> Callable[[Request, Calling], Awaitable[Shape]]:
    """A dependency that reads a body of this shape: only after the key, for FastAPI itself reads a body before it."""

    async def read(request: Request, _: Caller) -> Shape:
        body = await json_body(request, INVALID)
        return await run_in_threadpool(_fitting, shape, body)

    return read


def _fitting(shape: type[Shape], body: Any) -> Shape:
    try:
        return shape.model_validate(body)
    except ValidationError as error:
        where = error.errors(include_url=False, include_context=False, include_input=False)
    raise RequestValidationError(where)


@router.post("/v1/detect", response_model=LookedAll, openapi_extra=body_of(Detect))
def detect(asked: Annotated[Detect, Depends(asked_as(Detect))], request: Request, _: Caller) -> Response:
    """Where personal details stand, in up to 1000 texts."""
    found = detected(request.app.state.house, [one.text or "" for one in asked.texts])
    results = [
        {"id": one.id, "spans": [
            {"start": span.start, "end": span.end, "label": str(span.label), "score": span.score,
             "recogniser": span.recogniser} for span in spans
        ]}
        for one, spans in zip(asked.texts, found, strict=True)
    ]  # fmt: skip
    return reply({"results": results})


@router.post("/v1/anonymise", response_model=CleanedAll, openapi_extra=body_of(Anonymise))
def anonymise(asked: Annotated[Anonymise, Depends(asked_as(Anonymise))], request: Request, calling: Caller) -> Response:
    """Up to 1000 texts without personal details."""
    work = cleaner(request.app.state.house, calling, asked.mode, asked.scope)
    done = work.each([one.text or "" for one in asked.texts])
    results = [
        {"id": one.id, "text": text if one.text is not None else None, "tally": tally}
        for one, (text, tally) in zip(asked.texts, done, strict=True)
    ]
    return reply({"results": results})


@router.post("/v1/files", openapi_extra=_FILE_BODY, response_class=Response)
async def files(request: Request, calling: Caller, mode: Modes = "label", scope: str | None = None) -> Response:
    """A CSV, JSONL or text file (the body itself, at most 10 MB) and the same file without personal details back."""
    kind = KINDS.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())
    if kind is None:
        raise ServiceError(f"Unsupported file: give a content-type of {', '.join(KINDS)}", 415)
    data = await request.body()
    return await run_in_threadpool(_cleaned, request.app.state.house, calling, kind, data, mode, scope)


def _cleaned(house: House, calling: Calling, kind: str, data: bytes, mode: str, scope: str | None) -> Response:
    work = cleaner(house, calling, mode, scope)
    try:
        done = cleaned_file(kind, data, work.clean)
    except GateClosed:
        raise ServiceError("Internal server error", 500) from None
    headers = {
        "content-disposition": f'attachment; filename="geschoond.{kind}"',
        "x-toegangspeil-tally": json.dumps(dict(sorted(work.tally.items()))),
    }
    given = {"csv": "text/csv", "jsonl": "application/jsonl", "txt": "text/plain"}[kind]
    return Response(done, headers=headers, media_type=f"{given}; charset=utf-8")


@router.get("/v1", include_in_schema=False)
def description(visit: Open) -> Response:
    """What the service offers, for people; the same as the OpenAPI document."""
    return visit.page("service.html", operations=operations(visit.request.app.openapi()))


WORDS = {
    "/analyze": _("Zoekt persoonsgegevens in één tekst of in een lijst van teksten."),
    "/anonymize": _("Haalt de gevonden persoonsgegevens weg, op de manier die u vraagt."),
    "/anonymizers": _("Noemt de manieren om gegevens weg te halen."),
    "/deanonymize": _("Zet de tekst van eerst terug. Dit kan alleen op de eigen computer."),
    "/deanonymizers": _("Noemt de manieren om een tekst terug te zetten."),
    "/health": _("Zegt of de dienst werkt."),
    "/recognizers": _("Noemt de onderdelen die zoeken."),
    "/supportedentities": _("Noemt de soorten gegevens die wij vinden."),
    "/v1/anonymise": _("Haalt persoonsgegevens uit hoogstens 1000 teksten."),
    "/v1/detect": _("Zegt waar persoonsgegevens staan, in hoogstens 1000 teksten."),
    "/v1/files": _("Maakt een bestand van hoogstens 10 MB schoon: CSV, JSONL of gewone tekst."),
}
"""What each call does, for the page; the OpenAPI document says it in English."""


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation of the document: method, path, words, kinds of body and statuses."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "words": WORDS[path],
            "body": list(one.get("requestBody", {}).get("content", {})),
            "statuses": list(one["responses"]),
        }
        for path, methods in sorted(document["paths"].items())
        for method, one in methods.items()
    ]
