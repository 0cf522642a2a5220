"""The quick look never passes a text in which the full pass finds something."""

import json
from pathlib import Path

import pytest

from anonymisation.engine import masked
from anonymisation.spans import Safe
from anonymisation.view import fold, look
from benchmarks.detection_one import PLAIN

OPEN = Path(__file__).parents[1] / "cases" / "detection_open.jsonl"

EVERYDAY = [
    *PLAIN,
    "Ik ben goed geholpen en tevreden met de hulp.",
    "Het duurde wel erg lang voor ik antwoord had.",
    "Ik kan niet meer zonder en hoop dat het zo blijft.",
    "Het hek was kapot en is pas na weken gemaakt.",
    "Te laat, te weinig en te duur.",
    "Het formulier is lastig en de site werkt slecht.",
    "Ze komt op tijd, is vriendelijk en werkt hard.",
    "Niemand weet wie waar over gaat.",
    "Graag eerder bericht als het niet doorgaat.",
]


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


@pytest.mark.parametrize("asked", ["rules", "model"])
def test_it_passes_everyday_answers(detector, asked):
    look_first = detector.prefilter if asked == "rules" else detector.prefilter.for_model(detector.lists)
    read = [text for text in EVERYDAY if not look_first.nothing_here(text, fold(text))]
    assert not read, "answers without anybody in them are read in full: which common word stops them?"


class _Open:
    """A prefilter that passes nothing by."""

    def __init__(self, real):
        self.safe = Safe()

    def nothing_here(self, text, folded):
        return False
