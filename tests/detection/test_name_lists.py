"""The lists of names: what stands in the hand-written ones ships, and a name of any community is found."""

import pytest

from anonymisation.engine import Detector
from anonymisation.names import load
from anonymisation.names.build import own_folded


@pytest.mark.parametrize(("kind", "shipped"), [("first", load(extra=False).first), ("last", load(extra=False).last)])
def test_every_name_of_the_hand_written_lists_ships(kind: str, shipped: frozenset[str]) -> None:
    """A name added to `own/` without the packed list made again would never be found."""
    words = {name for name in own_folded(kind) if name.isalpha() and name.isascii() and len(name) > 1}
    assert sorted(words - shipped - own_folded("not_names")) == []


@pytest.mark.parametrize(
    "name",
    [
        "figen",
        "naoufal",
        "roekminie",
        "djaimatie",
        "kwamina",
        "shurendy",
        "octovianus",
        "wenjing",
        "bozenna",
        "yevheniya",
        "nawras",
        "peshraw",
        "khatira",
        "farimah",
        "fardowsa",
        "muluberhan",
        "chiamaka",
        "deolinda",
        "stavroula",
        "munevera",
        "lulzim",
        "hripsime",
        "goaitsen",
        "roelfina",
        "sjraar",
        "tsipora",
    ],
)
def test_a_name_of_any_community_is_found_in_small_letters(detector: Detector, name: str) -> None:
    """Nothing but the list speaks for it."""
    text = f"gisteren kwam {name} langs om te praten"
    assert [text[span.start : span.end] for span in detector.detect(text) if span.label == "PERSON"] == [name]


@pytest.mark.parametrize("name", ["Abbring", "Pattipilohy", "Hrustic", "Widdershoven", "Oedairajsingh", "Iyobosa"])
def test_a_surname_of_any_community_is_found(detector: Detector, name: str) -> None:
    """With its capital and nothing else."""
    text = f"Gisteren kwam {name} langs om te praten."
    assert [text[span.start : span.end] for span in detector.detect(text) if span.label == "PERSON"] == [name]
