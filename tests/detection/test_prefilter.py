"""The quick look never passes a text in which the full pass finds something."""

import json
from pathlib import Path

import pytest

from anonymisation.engine import masked
from anonymisation.view import fold, look

OPEN = Path(__file__).parents[1] / "cases" / "detection_open.jsonl"


def sentences():
    if not OPEN.exists():
        pytest.skip("no open cases")
    for line in OPEN.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        yield text
        yield from text.split(". ")
        yield text.lower()


def test_sound(detector):
    missed = 0
    for text in sentences():
        view = look(text)
        if text.strip() and detector.prefilter.nothing_here(view.text, fold(view.text)):
            detector.prefilter, kept = _Open(detector.prefilter), detector.prefilter
            missed += bool(masked(detector.weigh(text)))
            detector.prefilter = kept
    assert missed == 0


def test_it_passes_most_plain_answers(detector):
    plain = ["Ik ben goed geholpen en tevreden met de hulp.", "Het duurde wel erg lang voor ik antwoord had."]
    assert all(detector.prefilter.nothing_here(text, fold(text)) for text in plain)


class _Open:
    """A prefilter that passes nothing by."""

    def __init__(self, real):
        self.safe = frozenset()

    def nothing_here(self, text, folded):
        return False
