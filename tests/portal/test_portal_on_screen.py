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
