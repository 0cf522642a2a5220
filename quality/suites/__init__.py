"""One suite per kind of instrument, each a description of good data; looked up here by kind.

Great Expectations is imported inside the suites: it takes seconds, and most commands never need it.
"""

from collections.abc import Callable
from typing import Any

from domain.vocabulary import Kind
from quality.suites import counted, interviews, meetings, surveys

SUITES: dict[Kind, Callable[[], Any]] = {
    Kind.SURVEY: surveys.survey,
    Kind.PANEL: surveys.panel,
    Kind.CARDS: surveys.cards,
    Kind.JOURNEYS: interviews.journeys,
    Kind.STORIES: interviews.stories,
    Kind.TRANSCRIPTS: interviews.transcripts,
    Kind.STEPS: meetings.steps,
    Kind.CONTRIBUTIONS: meetings.contributions,
    Kind.AGGREGATE: counted.aggregate,
}


def suite_for(kind: Kind) -> Any:
    """The expectation suite of a kind of instrument."""
    return SUITES[kind]()
