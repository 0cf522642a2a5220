"""The certificate on a page: no name of a table that only a program knows."""

import re
from pathlib import Path

import pytest

import portal
from anonymisation.disclosure.certificate import public_summary
from domain.certificate import TableCost
from portal.certificate import plain_line, table_words
from portal.speech import _n
from portal.words import size, span

TEMPLATES = Path(portal.__file__).parent / "templates"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("totaal", "iedereen samen"),
        ("leeftijd", "per leeftijd"),
        ("client_sinds", "per client sinds"),
        ("groepen_PV90_PV91", "provincies"),
        ("groepen_SV9001", "verbanden"),
        ("groepen_SV9001_PV90", "provincies en verbanden"),
        ("groepen_BM01", "benchmarks"),
    ],
)
def test_a_table_is_named_in_words(name, words):
    assert table_words(name) == words


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Tabel groepen_PV90: 2 van de 3 groepen getoond", "Provincies: 2 van de 3 groepen getoond"),
        ("- leeftijd: 5 keer: de groep zelf is te klein", "- per leeftijd: 5 keer: de groep zelf is te klein"),
        ("Advies leeftijd: leeftijd een stap grover.", "Advies, per leeftijd: leeftijd een stap grover."),
        ("Geen groep kleiner dan 10 mensen: nooit.", "Geen groep kleiner dan 10 mensen: nooit."),
    ],
)
def test_a_line_keeps_its_figures(line, shown):
    assert plain_line(line) == shown


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 dag"), (30, "30 dagen"), (180, "ongeveer 6 maanden"), (730, "ongeveer 2 jaar")],
)
def test_a_retention_is_said_as_people_count_it(days, words):
    assert span(days) == words


@pytest.mark.parametrize(("many", "words"), [(1, "1 kB"), (51_200, "52 kB"), (9_449_472, "9,4 MB")])
def test_a_file_has_a_size_that_says_something(many, words):
    assert size(many) == words


def test_every_counted_list_on_a_page_has_dots_in_large_numbers():
    """`{{ rows | length }}` would print 1234; `| number` makes it 1.234."""
    raw = re.compile(r"\|\s*(?:length|count|sum\([^)]*\))\s*\}\}")
    assert [path.name for path in TEMPLATES.glob("*.html") if raw.search(path.read_text(encoding="utf-8"))] == []


def test_a_large_table_is_counted_in_dutch():
    cost = TableCost("leeftijd", cells=2696, published=1500, suppressed=1196, sha256="a" * 64)
    assert "1.500 van de 2.696 groepen getoond, 44 % niet." in public_summary([cost], 10, 10)
    assert _n("{n} mens", "{n} mensen", 12345) == "12.345 mensen"
