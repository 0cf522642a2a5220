"""A refusal on a screen sends its reader to a page or a person, never to a command line."""

import ast
import re
from pathlib import Path

import pytest

from domain.errors import ConsentRefused, ToegangspeilError
from portal.speech import _

ROOT = Path(__file__).resolve().parents[2]
ON_A_SCREEN = ("anonymisation", "domain", "ingest", "portal", "quality", "register", "storage", "warehouse")
COMMAND = re.compile(r"toegangspeil (?:[a-z-]+ )?[a-z-]+")
START = "deze map is nog niet ingericht"
"""Before there is a home there is no screen."""


def said(node: ast.AST) -> str:
    return "".join(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def naming_a_command() -> dict[str, str]:
    """Every sentence of an error of ours that names a command, with what a screen shows of it."""
    found = {}
    for path in (one for package in ON_A_SCREEN for one in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                shown = "".join(said(one.value) for one in node.exc.keywords if one.arg == "on_screen")
                found[said(node.exc.args[0])] = shown
    return {sentence: shown for sentence, shown in found.items() if COMMAND.search(sentence) and START not in sentence}


def test_there_are_refusals_that_name_a_command():
    assert len(naming_a_command()) > 8


@pytest.mark.parametrize("shown", naming_a_command().values(), ids=naming_a_command())
def test_no_refusal_names_a_command_on_a_screen(shown):
    assert shown
    assert not COMMAND.search(shown)


def test_a_refusal_has_one_sentence_unless_it_was_given_two():
    sentence = _("{n} mensen", n=7)
    assert ToegangspeilError(sentence).on_screen is sentence
    two = ConsentRefused("kijk met: toegangspeil status", on_screen="kijk op de pagina Aanleveringen")
    assert (str(two), two.on_screen) == ("kijk met: toegangspeil status", "kijk op de pagina Aanleveringen")
