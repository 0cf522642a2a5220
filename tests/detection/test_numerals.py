"""Number words in a pattern: every word of the asked values, the longest first, and no other."""

import json
import re
from pathlib import Path

import pytest

from anonymisation.recognisers.age import recogniser
from anonymisation.recognisers.age.numbers import NUMBER_WORDS
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS, spelled
from anonymisation.spans import Document

OPEN = Path(__file__).parents[1] / "cases" / "detection_open.jsonl"


@pytest.mark.parametrize("table", [CARDINALS, ORDINALS])
@pytest.mark.parametrize("values", [range(1, 120), range(13, 112), range(51, 112), range(2, 40), [21, 37]])
def test_spelled(table, values):
    asked = {word for word, value in table.items() if value in values}
    short, full = re.compile(spelled(table, values)), re.compile("|".join(sorted(asked, key=len, reverse=True)))
    assert {word for word in table if short.fullmatch(word)} == asked
    for text in (word + tail for word in table for tail in ("", "x", "en", "tien", "de")):
        matches = [pattern.match(text) for pattern in (short, full)]
        assert len({match and match.group() for match in matches}) == 1


def test_in_a_text_without_number_words_figures_say_as_much():
    texts = [json.loads(line)["text"] for line in OPEN.read_text(encoding="utf-8").splitlines()]
    documents = [doc for doc in map(Document.of, texts) if NUMBER_WORDS.isdisjoint(doc.vocabulary)]
    figures, words = (
        [
            [match.span() for pattern, _, _ in shapes.every for match in pattern.finditer(doc.folded)]
            for doc in documents
        ]
        for shapes in (recogniser.IN_FIGURES, recogniser.IN_WORDS)
    )
    assert figures == words
    assert any(figures)
