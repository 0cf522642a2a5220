"""A programme of years on Vergelijken: the newest meting first, and why a question of one year is another question."""

import csv
import io

import pytest
from helpers_warehouse import answers, publish, scan, source

from portal.comparing import Catalogue
from portal.grids import Line, as_csv, years
from portal.tracker import Tracker, so_far, tracker
from warehouse.reports.book import Book
from warehouse.reports.pages import gemeente_page
from warehouse.reports.shown import Shown

SHARE = {"vraag": "ervaring", "maat": "share_positive"}
OTHER = scan({"1": "eens", "2": "oneens"}, version="2")


def asked(area, year, book=None):
    columns = {"ervaring": answers(eens=20, oneens=20) if book is None else ["1"] * 20 + ["2"] * 20}
    return source(area, columns, meting=year, book=book)


def book_of(*sources):
    return Book(publish(list(sources)))


@pytest.mark.parametrize(("newest", "first"), [(3, "2026"), (2, "2026"), (1, "2025")])
def test_a_reader_sees_the_newest_meting_first_once_half_of_all_are_in_it(newest, first):
    """newest: how many of the three of 2025 delivered 2026 too."""
    before = [asked(f"GM900{at}", "2025") for at in (1, 2, 3)]
    now = [asked(f"GM900{at}", "2026") for at in range(1, newest + 1)]
    view = Catalogue(book_of(*before, *now)).view("r1", SHARE)
    assert view.parts == ("toegangsscan", first, "inwoner")


def test_a_year_with_another_scale_is_not_compared_and_says_what_is_different():
    book = book_of(asked("GM9001", "2024"), asked("GM9001", "2025", OTHER), asked("GM9001", "2026", OTHER))
    grid = years(book, Catalogue(book).view("r1", {**SHARE, "onderzoek": "toegangsscan.2024.inwoner"}), frozenset())
    (line,) = grid.lines
    assert [value.text for value in line.values] == ["50\N{NO-BREAK SPACE}%", "anders gevraagd", "anders gevraagd"]
    (other,) = grid.different
    assert (other.metingen, other.how) == (("2025", "2026"), ("andere antwoorden",))
    assert "vraag=ervaring%40scan-2" in other.link
    assert "onderzoek=toegangsscan.2026.inwoner" in other.link


def test_a_meting_that_a_gemeente_left_out_is_not_a_question_that_it_did_not_ask():
    book = book_of(asked("GM9001", "2025"), asked("GM9002", "2025"), asked("GM9001", "2026"))
    grid = years(book, Catalogue(book).view("r1", SHARE), frozenset())
    assert [line.values[1].text for line in grid.lines] == ["50\N{NO-BREAK SPACE}%", "deed niet mee"]


def percent(value, low=None, high=None, **more):
    return Shown(f"{value} %", "published", x=value, low=low, high=high, value=value, **more)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (percent(60, 55, 65), percent(75, 66, 80), "duidelijk hoger"),
        (percent(60, 55, 65), percent(75, 65, 80), "geen duidelijk verschil"),
        (percent(60, 55, 65), percent(50, 45, 54), "duidelijk lager"),
        (percent(60), percent(90, 85, 95), ""),
        (percent(60, 55, 65), percent(95, 90, 100, masked=True), ""),
        (Shown("kleine groep beschermd", "suppressed"), percent(90, 85, 95), ""),
    ],
)
def test_a_change_is_called_clear_only_where_the_intervals_do_not_touch(before, now, said):
    assert Line("GM9001", "Vraagdorp", (percent(10, 5, 15), before, now)).change == said
    assert Line("GM9001", "Vraagdorp", (now,)).change == ""


def test_the_years_say_since_when_on_the_page_and_in_the_table():
    every = years(book := book_of(asked("GM9001", "2025"), asked("GM9001", "2026")), view_of(book), frozenset())
    rows = list(csv.DictReader(io.StringIO(as_csv(every, str).decode("utf-8-sig"))))
    assert [row["sinds_vorige"] for row in rows] == ["", *(line.change for line in every.lines)]
    first = years(book := book_of(asked("GM9001", "2025")), view_of(book), frozenset())
    assert not first.over_time


def view_of(book):
    return Catalogue(book).view("r1", SHARE)


@pytest.mark.parametrize(
    ("asked", "meting"),
    [("", "2027"), ("?meting=2026", "2026"), ("?meting=1999", "2027"), ("?meting=<script>", "2027")],
)
def test_how_far_everybody_is_holds_for_one_meting(sign_in, asked, meting):
    page = sign_in("movisie").get(f"/{asked}").text
    assert f"Meting {meting}, gemeenten en verbanden:" in page
    assert "<script>" not in page


def test_who_is_ready_with_one_meting_is_not_ready_with_the_next(house):
    now, before = tracker(house), tracker(house, "2026")
    assert (now.meting, before.meting) == ("2027", "2026")
    assert before.published - now.published
    assert now.areas == before.areas


def test_the_report_says_what_is_different_in_a_question_that_is_not_compared():
    book = book_of(asked("GM9001", "2026"), asked("GM9002", "2026", OTHER))
    (row,) = gemeente_page(book, "GM9002").different
    assert row["how"] == ["andere antwoorden"]


def test_how_far_everybody_is_reads_the_same_for_one_and_for_many():
    one = Tracker("2026", ["2026"], ["GM9001"], {"GM9001"}, set(), set())
    assert so_far(one) == ("Meting 2026, gemeenten en verbanden: 1. Aangeleverd: 1. Getekend: 0. Gepubliceerd: 0.")
