"""Figures that somebody else counted, in two releases: what changed tells nothing about those who came or left."""

from dataclasses import replace

import pytest
from helpers_warehouse import AREAS, BOOKS, META, disclosure_answers, released, rows_of, source
from test_two_releases import Home

from anonymisation.disclosure.published import audit_published
from storage.duck import memory
from warehouse.counted_words import counted_in_words
from warehouse.marts import build_marts
from warehouse.published import write_release

FIRST = (40.0, 6.6, 100)


def counted(share, mark, n):
    columns = {
        "gemeente": ["GM9001"] * 2, "periode": ["2024"] * 2, "indicator": ["snel", "rapportcijfer"],
        "uitsplitsing_waarde": ["TOTAAL"] * 2, "waarde": [share, mark], "aantal": [n, n],
    }  # fmt: skip
    return [source("GM9001", columns, book=BOOKS.get("aggregaat@1.0"), doelgroep="client")]


def releases(folder, *figures):
    """Per release (value, base) of the share and of the mean; what the audit finds in the last one."""
    home, shown = Home(), []
    for at, one in enumerate(figures):
        tables = home.publish(counted(*one))
        place = write_release(tables, replace(META, release=f"r{at}"), folder).duckdb
        found = {row["question"]: (row["value"], row["base"]) for row in rows_of(tables, "fact_result")}
        shown.append((found["snel"], found["rapportcijfer"]))
    return shown, {one.threat for one in audit_published(place).findings}


@pytest.mark.parametrize("then", [(41.0, 6.7, 100), (39.4, 6.5, 99), (44.9, 6.9, 109)], ids=["swapped", "left", "came"])
def test_where_few_came_or_left_the_figures_stay_as_printed(tmp_path, then):
    shown, found = releases(tmp_path, FIRST, then)
    assert shown == [((40.0, 100), (6.6, 100))] * 2
    assert found == set()


@pytest.mark.parametrize("then", [(41.0, 6.7, 100), (39.4, 6.5, 99)], ids=["swapped", "left"])
def test_the_audit_finds_a_change_by_a_few_people(tmp_path, then, monkeypatch):
    monkeypatch.setattr("warehouse.counted._earlier", lambda *_: [])
    shown, found = releases(tmp_path, FIRST, then)
    assert shown[1] != shown[0]
    assert "T10" in found


ALIKE = (42.0, 6.6, 100), (48.2, 6.6, 112)  # 42 and 54: all twelve who came were helped soon


def test_who_came_did_not_all_say_the_same_as_far_as_a_reader_can_tell(tmp_path):
    shown, found = releases(tmp_path, *ALIKE)
    assert shown[1][0] == (50.0, 112)  # 50 to 62 people, in steps of 10 %
    assert found == set()


def test_the_audit_finds_that_they_did_in_the_usual_steps(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.counted._earlier", lambda *_: [])
    assert releases(tmp_path, *ALIKE)[1] & {"T5", "T10"}


def test_where_enough_came_the_new_figures_are_shown(tmp_path):
    shown, found = releases(tmp_path, FIRST, (43.0, 6.8, 200))
    assert shown[1] == ((43.0, 200), (6.8, 200))
    assert found == set()


def test_the_release_before_the_last_one_counts_too(tmp_path):
    """Of 100, 111 and 101 people the first and the last are one apart."""
    shown, found = releases(tmp_path, FIRST, (42.0, 6.7, 111), (40.5, 6.6, 101))
    assert shown[2] == shown[1]
    assert found == set()


WRONG = (40.0, 6.6, 100), (75.0, 3.1, 100)


def test_a_correction_is_printed_where_the_prints_show_that_enough_came_and_enough_left(tmp_path):
    shown, found = releases(tmp_path, *WRONG)
    assert shown[1] == ((75.0, 100), (3.1, 100))
    assert found == set()


@pytest.mark.parametrize(("then", "swapped"), [((52.0, 6.6, 100), False), ((53.0, 6.6, 100), True)])
def test_the_prints_show_as_many_as_changed_their_answer_at_least(tmp_path, then, swapped):
    """In steps of 5 %: 40 % is 38 to 42 people, 55 % is 53 to 57; between 40 and 50 % there are five at least."""
    shown, found = releases(tmp_path, FIRST, then)
    assert shown[1][0] == ((55.0, 100) if swapped else (40.0, 100))
    assert found == set()


def test_where_they_show_too_few_the_officer_reads_that_and_why_it_stays():
    home = Home()
    home.publish(counted(*FIRST))
    with memory() as connection:
        build_marts(connection, "r1", counted(45.0, 6.6, 100), AREAS)
        tables = home.publish(counted(45.0, 6.6, 100))
        (line,) = counted_in_words(connection, "r1", tables, disclosure_answers, 10)
        assert counted_in_words(connection, "r1", released(counted(45.0, 6.6, 100)), disclosure_answers, 10) == []
    assert "zoals in een eerdere uitgave: Verzonnen 1 (2024): snel. " in line
    assert "minstens 10 mensen" in line
