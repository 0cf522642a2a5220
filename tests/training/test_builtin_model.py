"""The model that ships: present, small, named, and of use."""

import json

import pytest

from anonymisation.models import BUILTIN, load_ner

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def found():
    ner = load_ner()

    def names(text: str) -> set[tuple[str, str]]:
        (spans,) = ner.find([text])
        return {(text[start:end], label) for start, end, label, _ in spans}

    return names


def test_it_is_small_and_says_where_it_comes_from() -> None:
    assert sum(path.stat().st_size for path in BUILTIN.rglob("*") if path.is_file()) < 20 * MEGABYTE
    meta = json.loads((BUILTIN / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC-BY-SA-4.0"
    assert meta["scores"]["own_texts_held_out"]["PERSON"]["recall"] > 0.85
    assert all(len(digest) == 64 for digest in meta["training"]["inputs_sha256"].values())
    assert (BUILTIN / "ATTRIBUTION.md").is_file()
    assert (BUILTIN / "LICENSE-CC-BY-SA-4.0.txt").is_file()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ik ben geholpen door mevrouw Schuurmans van het wijkteam.", "Schuurmans"),
        ("mijn hulp heet beata en ze is geweldig", "beata"),
        ("IK WIL MIJNHEER VAN DER ZWAAN SPREKEN", "VAN DER ZWAAN"),
        ("Mijn consulent Yusuf Özgür belde meteen terug.", "Yusuf Özgür"),
    ],
)
def test_names_are_found_as_residents_write_them(found, text: str, name: str) -> None:
    assert (name, "PERSON") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "De consulent was vriendelijk. Duidelijk ook.",
        "Ik wacht nu al een half jaar op een nieuwe rolstoel.",
        "geen idee wie ik moet bellen",
    ],
)
def test_plain_answers_stay_whole(found, text: str) -> None:
    assert found(text) == set()
