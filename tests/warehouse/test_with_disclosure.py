"""The warehouse together with the real disclosure control: protect, publish, and attack the file."""

import pytest
from helpers_warehouse import AREAS, META, answers, released, rows_of, source

from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release
from warehouse.sources import AreaBook, Benchmark


@pytest.fixture(scope="module")
def tables():
    ages = ["18-44"] * 20 + ["65-74"] * 20 + ["85+"] * 20
    sources = [
        source(f"GM900{i}", {"ervaring": answers(eens=20 + 3 * i, oneens=40 - 3 * i), "leeftijd": ages})
        for i in range(1, 6)
    ]
    sources.append(source("GM9006", {"ervaring": answers(eens=3, oneens=3)}))
    return released(sources)


def test_a_small_gemeente_disappears_and_large_ones_stay(tables):
    status = {
        row["area"]: row["status"] for row in rows_of(tables, "fact_result", question="ervaring", breakdown="TOTAAL")
    }
    assert status["GM9006"] == "suppressed"
    assert "published" in status.values()


def test_an_outsider_learns_nothing_from_the_published_file(tables, tmp_path):
    report = audit_published(write_release(tables, META, tmp_path).duckdb)
    assert report.findings == ()
    assert report.suppressed > 0


def test_every_shown_result_stands_on_a_shown_group(tables):
    shown = {
        (row["area"], row["doelgroep"]) for row in rows_of(tables, "fact_response") if row["status"] != "suppressed"
    }
    for row in rows_of(tables, "fact_result", breakdown="TOTAAL"):
        if row["value"] is not None:
            assert (row["area"], row["doelgroep"]) in shown or row["base"] >= 10


def test_one_gemeente_alone_can_be_published():
    tables = released([source("GM9001", {"ervaring": answers(eens=30, oneens=20)})])
    (row,) = rows_of(tables, "fact_result", question="ervaring")
    assert (row["area"], row["value"], row["status"]) == ("GM9001", 60.0, "published")


@pytest.mark.parametrize("sizes", [(8, 24, 6, 5, 8), (46, 4, 7, 7, 8, 12, 31)])
def test_two_benchmarks_with_one_gemeente_in_both_do_not_stop_a_release(sizes, tmp_path):
    """GM9005 knows its part of both, so neither can be without it; these releases were refused."""
    first = Benchmark("BM1", "Groep een", ("GM9001", "GM9002", "GM9005", "GM9006", "GM9007"))
    book = AreaBook(AREAS.gemeenten, (first, Benchmark("BM2", "Groep twee", ("GM9003", "GM9004", "GM9005"))))
    people = enumerate(sizes, start=1)
    found = released(
        [source(f"GM900{at}", {"ervaring": answers(eens=n // 2, oneens=n - n // 2)}) for at, n in people], book
    )
    assert any(row["responded"] for row in rows_of(found, "fact_response"))
    assert audit_published(write_release(found, META, tmp_path).duckdb).safe
