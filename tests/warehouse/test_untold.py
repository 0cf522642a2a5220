"""Why talks are not shown: said as far as the release says it, and never how many there were."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from helpers_warehouse import BOOKS, answers, publish, source

from domain.delivery import Meting
from domain.vocabulary import Audience
from warehouse.published import ReleaseMeta, write_release
from warehouse.reports import write_reports
from warehouse.reports.book import Book
from warehouse.reports.journeys import journeys_of
from warehouse.reports.untold import Untold, Why, untold

KLANTREIS = BOOKS.get("klantreis@1.0")


def talks(area: str, many: int):
    steps = {
        "pseudonym": [f"{area}{i}" for i in range(many)], "phase": ["melding"] * many, "emotion": ["1"] * many,
        "knelpunten": ["wachttijd"] * many,
    }  # fmt: skip
    return source(area, steps, book=KLANTREIS, doelgroep="client")


@pytest.fixture(scope="module")
def tables():
    scans = [source(f"GM900{i}", {"ervaring": answers(eens=20 + i, oneens=21)}) for i in (1, 2, 3)]
    return publish([*scans, talks("GM9001", 12), talks("GM9002", 7)])


@pytest.fixture(scope="module")
def book(tables) -> Book:
    return Book(tables)


def test_enough_talks_need_no_reason(book):
    assert untold(book, "GM9001") == ()


def test_too_few_talks_are_said_with_their_meting(book):
    (one,) = untold(book, "GM9002")
    assert (one.why, one.title) == (Why.FEW, f"{book.title('klantreis')}, meting 2026")


def test_no_talks_at_all_is_another_reason(book):
    assert untold(book, "GM9003") == (Untold("", Why.NONE),)


def test_the_country_says_when_gemeenten_together_are_too_few(book):
    assert untold(book, "NL") == (Untold(book.title("klantreis"), Why.POOL),)


def test_the_report_gives_the_reason_and_no_number_of_talks(tables, book, tmp_path):
    meta = ReleaseMeta("r1", "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0.1.0", ("Movisie",))
    files = write_release(tables, meta, tmp_path)
    pages = {path.name: path.read_text(encoding="utf-8") for path in write_reports(tables, meta, files.reports)}
    small = pages["GM9002.html"]
    said = re.search(r"<p>([^<]*dit tonen wij niet apart[^<]*)</p>", small)
    assert said is not None
    assert "pas vanaf 10 gesprekken" in said[1]
    assert re.findall(r"\b7\b", said[1]) == []
    assert f"telt {book.name('GM9002')} wel mee" in said[1]
    assert "dit tonen wij niet apart" not in pages["GM9001.html"]


def test_the_newest_talks_are_those_that_began_last_whatever_they_are_called():
    def held(meting: str, start: date):
        one = talks("GM9001", 12)
        records = replace(one.records, key=replace(one.records.key, meting=meting))
        return replace(one, records=records, meting=Meting(name=meting, start=start, end=start + timedelta(days=60)))

    book = Book(publish([held("okt-2025", date(2025, 10, 1)), held("jan-2026", date(2026, 1, 1))]))
    assert [one.title for one in journeys_of(book, "GM9001")] == [f"{book.title('klantreis')}, meting jan-2026"]
