"""`POST /analyze`, `GET /recognizers`, `/supportedentities`, `/health`: Presidio's analyzer contract, for Dutch."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from anonymisation.spans import RULE_VERSION, Label, Span
from portal.house import House
from portal.service.ad_hoc import ad_hoc
from portal.service.cleaning import detected
from portal.service.keys import Caller
from portal.service.replies import ServiceError, json_body, reply
from portal.service.shapes import ERRORS, LONGEST, MOST_TEXTS, PresidioText, body_of

router = APIRouter(tags=["analyzer"], responses=ERRORS)
LANGUAGE = "nl"
ENTITIES = [label.value for label in Label]


@router.get("/health", response_class=PlainTextResponse)
def health() -> str:
    """That the service is up."""
    return "Presidio Analyzer service is up"


@router.get("/recognizers")
def recognizers(request: Request, _: Caller, language: str | None = None) -> Response:
    """Names of the recognisers."""
    check_language(language)
    house: House = request.app.state.house
    with house.detector_lock:
        detector = house.detector
    names = [one.name for one in detector.recognisers]
    return reply(names + ([detector.ner.name] if detector.ner else []))


@router.get("/supportedentities")
def entities(_: Caller, language: str | None = None) -> Response:
    """The entities that can be found."""
    check_language(language)
    return reply(ENTITIES)


@router.post("/analyze", openapi_extra=body_of(PresidioText))
async def analyze(request: Request, _: Caller) -> Response:
    """Entities in one text (a list of results) or in several (a list of lists)."""
    asked = Asked(await json_body(request))
    house: House = request.app.state.house
    results = await run_in_threadpool(asked.all_results, house)
    return reply(results if asked.several else results[0])


class Asked:
    """A request of Presidio's analyzer; raises ServiceError with the words and status that Presidio gives."""

    def __init__(self, body: Any) -> None:
        if not isinstance(body, dict):
            raise ServiceError("Failed to parse /analyze request for AnalyzerEngine.analyze().", 400)
        text = body.get("text")
        if not text:
            raise ServiceError("No text provided", 500)
        if not body.get("language"):
            raise ServiceError("No language provided", 500)
        check_language(body["language"])
        self.several = isinstance(text, list)
        self.texts: list[str] = text if isinstance(text, list) else [text]
        if len(self.texts) > MOST_TEXTS or not all(isinstance(one, str) and len(one) <= LONGEST for one in self.texts):
            said = f"text must be text of at most {LONGEST} characters, or a list of at most {MOST_TEXTS} of them"
            raise ServiceError(f"Failed to parse /analyze request: {said}", 400)
        self.entities = _names(body, "entities")  # sets: they are asked for every place that is found
        self.allowed = _names(body, "allow_list")
        self.threshold = _number(body.get("score_threshold"))
        self.explain = bool(body.get("return_decision_process"))
        self.ad_hoc = ad_hoc(body, LANGUAGE)
        known = {*ENTITIES, *(one.label for one in self.ad_hoc)}
        if self.entities and not known & self.entities:
            raise ServiceError("No matching recognizers were found to serve the request.", 500)

    def all_results(self, house: House) -> list[list[dict[str, Any]]]:
        """The results of every text; takes a while, so not where others wait for their answer."""
        return [self.results(text, spans) for text, spans in zip(self.texts, detected(house, self.texts), strict=True)]

    def results(self, text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
        """The spans of one text, and those of the caller's own recognisers, as Presidio's results."""
        own = [span for one in self.ad_hoc for span in one.find(text)]
        return [
            self._result(span)
            for span in sorted([*spans, *own], key=lambda span: (span.start, span.end))
            if span.score >= self.threshold
            and (not self.entities or span.label in self.entities)
            and text[span.start : span.end] not in self.allowed
        ]

    def _result(self, span: Span) -> dict[str, Any]:
        found = {"entity_type": str(span.label), "start": span.start, "end": span.end, "score": span.score}
        why = {"recognizer": span.recogniser, "textual_explanation": span.cue, "original_score": span.score,
               "score": span.score, "pattern": None, "pattern_name": span.cue, "validation_result": None,
               "score_context_improvement": 0, "supportive_context_word": "", "rule_version": RULE_VERSION}  # fmt: skip
        return {**found, "analysis_explanation": why if self.explain else None}


def check_language(language: Any) -> None:
    """Only Dutch; the words are Presidio's."""
    if language not in (None, "", LANGUAGE):
        raise ServiceError("No matching recognizers were found to serve the request.", 500)


def _names(body: dict[str, Any], name: str) -> frozenset[str]:
    given = body.get(name) or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ServiceError(f"Failed to parse /analyze request: {name} must be a list of names", 400)
    return frozenset(given)


def _number(given: Any) -> float:
    if given is None:
        return 0.0
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ServiceError("Failed to parse /analyze request: score_threshold must be a number", 400)
    return float(given)
