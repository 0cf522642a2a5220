"""A refusal on a screen sends its reader to a page or a person, never to a command line."""

import ast
import re
from pathlib import Path

import pytest

from domain.errors import ConsentRefused
from portal.on_screen import PLACES, on_screen
from portal.speech import _, told

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("anonymisation", "domain", "ingest", "pipelines", "portal", "quality", "register", "storage", "warehouse")
COMMAND = re.compile(r"toegangspeil (?:[a-z-]+ )?[a-z-]+")


def refusals() -> set[str]:
    """Every sentence of an error of ours that names a command."""
    found = set()
    for path in (one for package in HOUSE for one in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and node.exc is not None:
                parts = [one.value for one in ast.walk(node.exc) if isinstance(one, ast.Constant)]
                found.add("".join(one for one in parts if isinstance(one, str)))
    return {one for one in found if COMMAND.search(one)}


def test_there_are_refusals_that_name_a_command():
    assert len(refusals()) > 8


@pytest.mark.parametrize("sentence", sorted(refusals()))
def test_no_refusal_names_a_command_on_a_screen(sentence):
    assert "toegangspeil" not in on_screen(sentence)
    assert not re.search(r"['\"]|met:", on_screen(sentence))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("bekijk de lijst met: toegangspeil policy list", "bekijk de lijst op de pagina Regels"),
        ("lees ze in met 'toegangspeil consent import'", "lees ze in via de beheerder van de verwerking"),
        ("maak die met: toegangspeil init --demo", "maak die via de beheerder van de verwerking"),
    ],
)
def test_the_page_or_the_person_stands_in_its_place(said, shown):
    assert on_screen(said) == shown
    assert told(ConsentRefused(said)) == shown


def test_any_other_sentence_stays_the_very_same():
    said = _("{n} mensen", n=7)
    assert told(ConsentRefused(said)) is said
    assert all(" " not in place[:1] for place in PLACES.values())


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "bestand 1 uit delivery.yaml (csv): kolom A (de 1e) staat niet in codeboek x@1; haal hem uit het bestand, "
            "of zet in delivery.yaml bij 'columns' de naam uit het codeboek of bij 'leave_out' de kop",
            "bestand 1 (csv): kolom A (de 1e) staat niet in codeboek x@1; kies bij stap 2 wat het is, of laat hem weg",
        ),
        (
            "delivery.yaml: doelgroep client: er zijn 300 rijen, meer dan er mensen zijn gevraagd; verbeter 'invited' "
            "of het bestand",
            "doelgroep client: er zijn 300 rijen, meer dan er mensen zijn gevraagd; verbeter bij stap 2 hoeveel mensen "
            "zijn gevraagd, of het bestand",
        ),
        (
            "delivery.yaml: het veld 'art9_ground' ontbreekt; dit gaat over gezondheid: noem de grond",
            "de grond voor gegevens over gezondheid, of de reden, ontbreekt; dit gaat over gezondheid: noem de grond",
        ),
        ("delivery.yaml: de meting eindigt voor zij begint; verbeter 'meting'",
         "de meting eindigt voor zij begint; verbeter de dagen"),
        ("een zin zonder dat bestand; verbeter 'meting'", "een zin zonder dat bestand; verbeter 'meting'"),
    ],
)  # fmt: skip
def test_who_used_the_wizard_reads_no_field_names(said, shown):
    assert on_screen(said) == shown


def of_ingest() -> set[str]:
    """Refusals of ingest that the wizard can bring about, with X where a value stands."""
    found = set()
    for name in ("columns.py", "split.py", "codes.py", "intake.py"):
        for node in ast.walk(ast.parse((ROOT / "ingest" / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [one.value if isinstance(one, ast.Constant) else "X" for one in node.values]
                found.add("".join(map(str, parts)).replace("haal X uit", "haal hem uit"))
    return {one for one in found if "delivery.yaml" in one and "staan niet in" not in one and "wijst" not in one}


@pytest.mark.parametrize("sentence", sorted(of_ingest()))
def test_every_refusal_of_a_wizard_names_a_step(sentence):
    if "die delivery.yaml noemt" not in sentence:
        assert "delivery.yaml" not in on_screen(sentence)
