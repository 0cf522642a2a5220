"""Recognisers that a caller sends with one request (Presidio's `ad_hoc_recognizers`): used for it, then forgotten.

Patterns run under RE2, so that no pattern can keep the service busy; what RE2 does not know (look-around, references
back) is refused. They add to what our own recognisers find: a caller cannot switch anything off with them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anonymisation.spans import Span
from domain.errors import PolicyRefused
from domain.officer_rules import compile_re2
from portal.service.replies import ServiceError

MOST, MOST_PATTERNS, MOST_WORDS = 20, 50, 1000
_HALF = re.compile(r"[\ud800-\udfff]")
_EVERY_LINE = "(?ms)"
Name = Annotated[str, Field(min_length=1, max_length=100)]


class AdHocPattern(BaseModel):
    """One pattern with its score."""

    model_config = ConfigDict(hide_input_in_errors=True)
    name: Name
    regex: Annotated[str, Field(min_length=1, max_length=1000)]
    score: Annotated[float, Field(ge=0, le=1)]


class AdHocRecognizer(BaseModel):
    """A recogniser of the caller: patterns, words that are always found, or both.

    context is taken for Presidio's sake and changes no score.
    """

    model_config = ConfigDict(hide_input_in_errors=True)
    name: Name
    supported_entity: Name
    supported_language: Name = "nl"
    patterns: Annotated[list[AdHocPattern], Field(max_length=MOST_PATTERNS)] = []
    deny_list: Annotated[list[Name], Field(max_length=MOST_WORDS)] = []
    context: list[str] | None = None


@dataclass(frozen=True)
class AdHoc:
    """A recogniser that is ready: (compiled, score, name) per pattern, and one pattern for all its words."""

    name: str
    label: str
    patterns: tuple[tuple[Any, float, str], ...]
    words: Any = None

    def find(self, text: str) -> list[Span]:
        """Its spans in one text."""
        seen = _HALF.sub("\ufffd", text)  # RE2 reads UTF-8, which has no half pairs
        found = [
            (one.start(), one.end(), score, name)
            for pattern, score, name in self.patterns
            for one in pattern.finditer(seen)
        ]
        if self.words is not None:
            found += [(one.start(), one.end(), 1.0, "deny_list") for one in self.words.finditer(seen) if _whole(one)]
        return [
            Span(start, end, self.label, score, self.name, name) for start, end, score, name in found if start < end
        ]


def ad_hoc(body: Mapping[str, Any], language: str) -> tuple[AdHoc, ...]:
    """The recognisers in a request; raises ServiceError 400 where they are not what Presidio describes."""
    given = body.get("ad_hoc_recognizers") or []
    if not isinstance(given, list) or len(given) > MOST:
        raise ServiceError(f"Failed to parse /analyze request: ad_hoc_recognizers is a list of at most {MOST}", 400)
    try:
        asked = [AdHocRecognizer.model_validate(one) for one in given]
        return tuple(_ready(one) for one in asked if one.supported_language == language)
    except ValidationError:
        raise ServiceError("Failed to parse /analyze request: ad_hoc_recognizers do not fit", 400) from None
    except PolicyRefused:
        raise ServiceError("Failed to parse /analyze request: a regex is not valid for RE2", 400) from None


def _ready(one: AdHocRecognizer) -> AdHoc:
    patterns = [(compile_re2(_EVERY_LINE + each.regex), each.score, each.name) for each in one.patterns]
    words = "|".join(re.escape(word) for word in sorted(one.deny_list, key=len, reverse=True))
    return AdHoc(one.name, one.supported_entity, tuple(patterns), compile_re2(words) if words else None)


def _whole(one: Any) -> bool:
    """Whether no letter or figure stands right before or after (RE2's own word boundary knows ASCII only)."""
    return not (one.string[: one.start()][-1:].isalnum() or one.string[one.end() :][:1].isalnum())
