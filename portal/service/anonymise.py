"""`POST /anonymize` and `/deanonymize`, `GET /anonymizers` and `/deanonymizers`: presidio-anonymizer's own engine."""

import json
import logging
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from domain.errors import unforeseen
from portal.service.keys import Caller, OnlyOpen
from portal.service.operators import OURS, presidio_operator
from portal.service.replies import INVALID, ServiceError, json_body, reply
from portal.service.shapes import ERRORS, PresidioAnonymize, PresidioDeanonymize, body_of

log = logging.getLogger("toegangspeil.portal")
router = APIRouter(tags=["anonymizer"], responses=ERRORS)
_LONGEST = 10_000_000
"""Characters that replacements may add to one text."""
OPERATORS = ("replace", "redact", "mask", "hash", "encrypt", "keep", *(one.name for one in OURS))


@router.get("/anonymizers")
def anonymizers(_: Caller) -> Response:
    """Operators that take details out of a text."""
    return reply([name for name in engine().get_anonymizers() if name in OPERATORS])


@router.get("/deanonymizers")
def deanonymizers(_: Caller) -> Response:
    """Operators that put them back."""
    return reply(list(turning().get_deanonymizers()))


@router.post("/anonymize", openapi_extra=body_of(PresidioAnonymize))
async def anonymize(request: Request, _: Caller) -> Response:
    """A text with its analyzer results, by the operators that are asked for."""
    return await _answer(request, _anonymized)


@router.post("/deanonymize", openapi_extra=body_of(PresidioDeanonymize))
async def deanonymize(request: Request, _: OnlyOpen) -> Response:
    """Back to the text of before; only on the own machine."""
    return await _answer(request, _deanonymized)


async def _answer(request: Request, work: Any) -> Response:
    body = await json_body(request, INVALID)
    if not body or not isinstance(body, dict):
        raise ServiceError(INVALID, 400)
    text = await run_in_threadpool(_guarded, work, body)
    return reply(json.loads(text))


def _guarded(work: Any, body: dict[str, Any]) -> str:
    """Errors of the library in its own words where those are about parameters, otherwise without any.

    The library trips in many ways over a body of another shape; it does nothing but turn this body into an answer, so
    that is always a body that does not fit.
    """
    from presidio_anonymizer.entities import InvalidParamError

    try:
        return str(work(body))
    except ServiceError:
        raise
    except InvalidParamError as error:
        raise ServiceError(parameters_only(error.err_msg), 422) from None
    except Exception as error:  # its message could hold a piece of the text
        log.warning("%s", unforeseen(error))
        raise ServiceError("Invalid input, the request is not as described in /v1/openapi.json", 422) from None


def _anonymized(body: dict[str, Any]) -> str:
    from presidio_anonymizer.services.app_entities_convertor import AppEntitiesConvertor

    operators = AppEntitiesConvertor.operators_config_from_json(body.get("anonymizers"))
    _only_ours(operators)
    results = AppEntitiesConvertor.analyzer_results_from_json(body.get("analyzer_results"))
    _not_too_long(operators, len(results))
    done = engine().anonymize(text=body.get("text") or "", analyzer_results=results, operators=operators)
    return str(done.to_json())


def _deanonymized(body: dict[str, Any]) -> str:
    from presidio_anonymizer.services.app_entities_convertor import AppEntitiesConvertor

    operators = AppEntitiesConvertor.operators_config_from_json(body.get("deanonymizers"))
    _only_ours(operators, (*OPERATORS, "decrypt", "deanonymize_keep"))
    entities = AppEntitiesConvertor.deanonymize_entities_from_json(body)
    done = turning().deanonymize(text=body.get("text") or "", entities=entities, operators=operators)
    return str(done.to_json())


def _not_too_long(operators: dict[str, Any], places: int) -> None:
    """A long word in many places makes an answer of gigabytes out of one request."""
    longest = max((len(str(one.params.get("new_value") or "")) for one in operators.values()), default=0)
    if longest * places > _LONGEST:
        raise ServiceError("Invalid input, new_value is too long for so many results", 422)


def _only_ours(operators: dict[str, Any], known: tuple[str, ...] = OPERATORS) -> None:
    """Operators that run code of the caller or ask another machine are refused (the library has both)."""
    for config in operators.values():
        if config.operator_name == "custom":
            raise ServiceError("Custom type anonymizer is not supported", 400)
        if config.operator_name not in known:
            raise ServiceError(f"Invalid operator class '{str(config.operator_name)[:40]}'.", 422)


@cache
def engine() -> Any:
    """Presidio's engine, made once; its own log would hold offsets and texts, so it is silent."""
    from presidio_anonymizer import AnonymizerEngine

    logging.getLogger("presidio-anonymizer").setLevel(logging.CRITICAL)
    made = AnonymizerEngine()
    for one in OURS:
        made.add_anonymizer(presidio_operator(one))
    return made


@cache
def turning() -> Any:
    """The engine that turns back."""
    from presidio_anonymizer import DeanonymizeEngine

    return DeanonymizeEngine()


def parameters_only(message: str) -> str:
    """The library's message about a parameter, cut where it would repeat more than a line."""
    return message.splitlines()[0][:300]
