"""What programs send and get: the OpenAPI document is made from this, and `/v1` refuses what does not fit."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.service.ad_hoc import MOST, AdHocRecognizer

LONGEST = 100_000
MOST_TEXTS = 1000
MOST_FIELDS = 20
"""More fields than any shape has: of a request with more, not every wrong one is named."""
Short = Annotated[str, Field(max_length=LONGEST)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _few_fields(cls, given: Any) -> Any:
        if isinstance(given, dict) and len(given) > MOST_FIELDS:
            raise ValueError(f"an object has at most {MOST_FIELDS} fields")
        return given


class OneText(_Shape):
    """One answer with the caller's own number."""

    id: Annotated[str, Field(max_length=200)] | int
    text: Short | None


class Detect(_Shape):
    """Texts to look through."""

    texts: Annotated[list[OneText], Field(max_length=MOST_TEXTS, fail_fast=True)]


class Anonymise(Detect):
    """Texts to clean. `scope` (GEMEENTE/INSTRUMENT/METING) only with mode pseudonym, of the key's own gemeente."""

    mode: Literal["label", "mask", "generalise", "pseudonym"] = "label"
    scope: Annotated[str, Field(max_length=200)] | None = None


class FoundSpan(BaseModel):
    """A personal detail, by place: never the words themselves."""

    start: int
    end: int
    label: str
    score: float
    recogniser: str


class Looked(BaseModel):
    """What was found in one text."""

    id: str | int
    spans: list[FoundSpan]


class LookedAll(BaseModel):
    """What was found, in the order of the request."""

    results: list[Looked]


class Cleaned(BaseModel):
    """One text without personal details, and how many were taken away per label."""

    id: str | int
    text: str | None
    tally: dict[str, int]


class CleanedAll(BaseModel):
    """Cleaned texts, in the order of the request."""

    results: list[Cleaned]


class Problem(BaseModel):
    """Why it could not be done; never a piece of a text."""

    error: str


class PresidioText(BaseModel):
    """Presidio's request of the analyzer."""

    text: Annotated[str, Field(min_length=1)] | Annotated[list[str], Field(min_length=1, max_length=MOST_TEXTS)]
    language: Literal["nl"]
    correlation_id: str | None = None
    score_threshold: float | None = None
    entities: list[str] | None = None
    ad_hoc_recognizers: Annotated[list[AdHocRecognizer], Field(max_length=MOST)] | None = None
    return_decision_process: bool | None = None
    allow_list: list[str] | None = None


class PresidioResult(BaseModel):
    """Presidio's analyzer result."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    score: Annotated[float, Field(ge=0, le=1)]
    entity_type: str


class PresidioPlace(BaseModel):
    """Where a replaced detail stands."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    entity_type: str


class PresidioOperator(BaseModel):
    """Presidio's operator: a type with its own parameters."""

    model_config = ConfigDict(extra="allow")
    type: str


class PresidioAnonymize(BaseModel):
    """Presidio's request of the anonymizer."""

    text: str
    analyzer_results: list[PresidioResult]
    anonymizers: dict[str, PresidioOperator] | None = None


class PresidioDeanonymize(BaseModel):
    """Presidio's request to turn a text back."""

    text: str
    anonymizer_results: list[PresidioPlace]
    deanonymizers: dict[str, PresidioOperator]


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in {
        400: "Not readable", 401: "No valid key", 413: "Too large", 422: "Not as described", 429: "Too often",
    }.items()
}  # fmt: skip


def body_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The request body in the OpenAPI document, for a route that reads the body itself."""
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _inlined(schema)}}}}


def misread_at(errors: Iterable[Mapping[str, Any]]) -> str:
    """The first place that does not fit, in words of the document only: a caller's own words are not repeated."""
    known = {name for shape in (OneText, Anonymise) for name in shape.model_fields} | {"body", "query", "mode"}
    first = next(iter(errors), {})
    parts = [str(part) for part in first.get("loc", ()) if isinstance(part, int) or part in known]
    return ".".join(parts) or "body"


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its definitions in place (a body outside the components cannot have its own)."""
    definitions = schema.pop("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return walk(definitions[node["$ref"].rsplit("/", 1)[1]])
            return {name: walk(value) for name, value in node.items()}
        return [walk(one) for one in node] if isinstance(node, list) else node

    found: dict[str, Any] = walk(schema)
    return found
