"""Odd text never breaks detection, and offsets always refer to the text as given."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymisation.spans import Document, Found, Recogniser
from anonymisation.text import build_detector, clean
from anonymisation.view import fold, look
from domain.errors import CannotCheck, GateClosed


def values(detector, text):
    return [text[s.start : s.end] for s in detector.detect(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn zoon j\u200bochem belt", "j\u200bochem"),
        ("bel ０６-１２３４５６７８ terug", "０６-１２３４５６７８"),
        ("mijn zoon Jоchem belt", "Jоchem"),  # a Cyrillic о
        ("bel 06\u00ad-1234\u200b5678 terug", "06\u00ad-1234\u200b5678"),
        (unicodedata.normalize("NFD", "mevrouw Yıldız en meneer André"), unicodedata.normalize("NFD", "André")),
        ("<p>mevrouw <b>Jansen</b></p>", "Jansen"),
    ],
)
def test_hidden_characters_do_not_hide_a_name(detector, text, value):
    assert value in values(detector, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "😀" * 50,
        "א" * 40,
        "\u202eabc\u202c",
        "<br>" * 100,
        "a\x00b 06-12345678",
        "\n" * 500,
        "." * 1000,
        "Sqrtzwq",
    ],
)
def test_no_crash(detector, text):
    for span in detector.detect(text):
        assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_offsets_lie_in_the_text_and_in_order(detector_once, text):
    spans = detector_once.detect(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(st.text(max_size=80))
def test_folding_keeps_the_length(text):
    view = look(text).text
    assert len(fold(view)) == len(view)


@pytest.fixture(scope="module")
def detector_once():
    return build_detector(ner="none")


def test_a_cleaned_text_holds_nothing_more(detector):
    text = "Mijn begeleidster Fatima el Amrani, 06-12345678, woont in Zutphen aan de Kerkstraat 12."
    once = clean([text], detector).texts
    assert clean(once, detector).texts == once


def test_a_recogniser_that_raises_closes_the_gate():
    class Broken(Recogniser):
        name = "broken"

        def find(self, doc: Document) -> list[Found]:
            raise RuntimeError(doc.text)

    detector = build_detector(ner="none")
    detector.recognisers = (*detector.recognisers, Broken())
    with pytest.raises(GateClosed) as refusal:
        detector.detect("mijn zoon Jochem belt")
    assert "broken" in str(refusal.value)
    assert "Jochem" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_gate_that_raises_closes_the_gate(detector_once, monkeypatch):
    def broken(documents):
        raise RuntimeError(documents[0].text)

    monkeypatch.setattr("anonymisation.engine.read_together", broken)
    with pytest.raises(GateClosed) as refusal:
        detector_once.detect("mijn zoon Jochem belt")
    assert "Jochem" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_missing_model_stops_the_run(tmp_path):
    with pytest.raises(CannotCheck):
        build_detector(ner=f"spacy:{tmp_path / 'nowhere'}")


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_megabytes_in_one_answer(detector):
    text = "Mijn dochter Marloes woont in Zutphen, bel 06-12345678 of mail a@b.nl. " * 140_000
    part = seconds(detector, text[:500_000])[1]
    found, whole = seconds(detector, text[:10_000_000])
    assert found > 100_000
    assert whole < 30 * part + 5, "twenty times the text takes about twenty times as long"


def seconds(detector, text):
    """How many finds, in how much processor time."""
    began = time.process_time()
    return len(detector.detect(text)), time.process_time() - began
