"""What the docs name exists: files, links, commands, options, make targets, and words."""

import ast
import re

import click
import pytest
from docs_opdrachten import PAGE, loaded, page
from docs_pages import PAGES, ROOT, anchors, commands, headings, links, name_of, named_files

from toegangspeil.main import COMMANDS

LINES = [(name_of(page), words) for page in PAGES for words in commands(page)]
TARGETS = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_to_a_heading_finds_it(page):
    assert [anchor for target, anchor in anchors(page) if anchor not in headings(target)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_named_file_exists(page):
    assert [name for name in named_files(page) if not list(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize(("page", "words"), LINES, ids=[" ".join(words[:3]) for _, words in LINES])
def test_every_command_exists(page, words):
    if words[0] == "make":
        assert set(words[1:]) <= {*TARGETS, *(word for word in words if "=" in word)}
        return
    assert words[1] in COMMANDS
    command = loaded(words[1])
    full, rest = words[1], words[2:]
    while isinstance(command, click.Group):
        assert rest, f"{full} needs one of {sorted(command.commands)}"
        assert rest[0] in command.commands
        full, command, rest = f"{full} {rest[0]}", command.commands[rest[0]], rest[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in rest if re.match(r"--?[a-z]", word)} <= {*known, "--help"}


def test_the_docs_show_commands():
    assert len(LINES) >= 15


def test_the_reference_of_commands_is_made_from_the_commands_of_today():
    assert PAGE.read_text(encoding="utf-8") == page(), "make the page again: python tests/docs/docs_opdrachten.py"


def domain_classes():
    """Public class names of the domain; errors speak for themselves in domain/errors.py."""
    for path in sorted((ROOT / "domain").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and path.name != "errors.py":
                yield node.name


def test_the_glossary_holds_every_class_name_of_the_domain():
    known = set(re.findall(r"[A-Za-z]\w*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")))
    assert [name for name in domain_classes() if name not in known] == []


def test_the_glossary_holds_each_word_once():
    rows = re.findall(r"^\| ([^|]+?) \|", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.M)
    words = [row for row in rows if row not in ("term", "---", "name")]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_help_is_there(name):
    assert isinstance(loaded(name), click.Command)
