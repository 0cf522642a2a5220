"""The words of a text are the same however it is read, and each knows how it is written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymisation.reading import TOKEN, figures_in, read, words_of
from anonymisation.spans import Awaited, Document
from anonymisation.view import fold


@given(st.text(alphabet="abzAZ019 _-'.,\n\x00\x1cé’ʼ²ß€×ỳǃɏ\xa0", max_size=30))
def test_words_as_the_pattern_finds_them(text):
    folded = fold(text)
    places = [match.span() for match in TOKEN.finditer(text)]
    reading = read(text, folded)
    assert (reading.words, reading.places) == ([folded[start:end] for start, end in places], places)
    assert reading.gaps == [text[before:start] for (_, before), (start, _) in pairwise([(0, 0), *places])]
    assert words_of(folded) == TOKEN.findall(folded)
    assert figures_in(text) == sum(c.isdecimal() for c in text)


@pytest.mark.parametrize(
    ("text", "first", "shouting"),
    [
        ("Ik ga. Zij ook", [True, False, True, False], False),
        ("dhr. Kok komt", [True, False, False], False),
        ("MEVROUW KOK zei", [True, False, False], True),
        ("A b", [True, False], False),
    ],
)
def test_how_words_are_written(text, first, shouting):
    reading = read(text, fold(text))
    assert (reading.first, reading.shouting) == (first, shouting)


def test_a_document_holds_the_words_that_a_recogniser_awaits():
    awaited = Awaited(["wachtwoord", "sleutelwoord"])
    assert awaited.of(Document.of("Het Wachtwoord is zoek.")) == {"wachtwoord"}
    assert not awaited.of(Document.of("Het woord is zoek."))
