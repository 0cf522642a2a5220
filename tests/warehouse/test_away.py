"""Where a gemeente has no figure stands why: it took no part, was not there yet or any more, or delivered together."""

from dataclasses import replace

import pytest
from helpers_warehouse import AREAS, answers, publish, source

from warehouse.reports.away import away, exists, mergers, with_before
from warehouse.reports.book import Book
from warehouse.reports.pages import country_page, gemeente_page

SCAN = "toegangsscan"


def of(area, year):
    return source(area, {"ervaring": answers(eens=20, oneens=20)}, meting=year)


@pytest.fixture(scope="module")
def book():
    """GM9001 and GM9002 went up in GM9003; GM9004 was away in 2026."""
    changed = {
        "GM9001": {"valid_to": "2026-01-01", "successor": "GM9003"},
        "GM9002": {"valid_to": "2026-01-01", "successor": "GM9003"},
        "GM9003": {"valid_from": "2026-01-01"},
    }
    gemeenten = {code: replace(one, **changed.get(code, {})) for code, one in AREAS.gemeenten.items()}
    took_part = [("GM9001", "2025"), ("GM9002", "2025"), ("GM9004", "2025"), ("GM9003", "2026"), ("GM9005", "2026")]
    return Book(publish([of(*one) for one in took_part], areas=replace(AREAS, gemeenten=gemeenten)))


@pytest.mark.parametrize(
    ("area", "year", "said"),
    [
        ("GM9001", "2026", "nu {GM9003}"),
        ("GM9003", "2025", "bestond nog niet"),
        ("GM9004", "2026", "deed niet mee"),
        ("GM9001", "2025", "niet gevraagd"),
    ],
)
def test_why_there_is_no_figure(book, area, year, said):
    found = away(book, area, SCAN, year)
    assert (found.text, found.status) == (said.format(GM9003=book.name("GM9003")), "absent")


def test_a_gemeente_that_is_no_more_is_not_missing(book):
    assert not exists(book, "GM9001", SCAN, "2026")
    assert exists(book, "GM9004", SCAN, "2026")


def test_what_went_up_in_another_is_said_once(book):
    (said,) = mergers(book, ["GM9001", "GM9002", "GM9004"])
    names = f"{book.name('GM9001')} en {book.name('GM9002')}"
    assert said.startswith(f"Herindeling: {names} horen sinds 1 januari 2026 bij {book.name('GM9003')}.")
    assert mergers(book, ["GM9004"]) == []


def test_who_works_for_the_new_gemeente_sees_the_lines_of_the_old(book):
    assert with_before(book, ["GM9003"]) == {"GM9001", "GM9002", "GM9003"}
    assert with_before(book, ["GM9001"]) == {"GM9001"}


def test_the_reports_name_a_herindeling(book):
    said = tuple(mergers(book, ["GM9001", "GM9002"]))
    assert len(said) == 1
    assert [page.mergers for page in (country_page(book), gemeente_page(book, "GM9003"))] == [said, said]
    assert gemeente_page(book, "GM9004").mergers == ()
