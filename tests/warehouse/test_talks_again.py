"""Talks in a second release: what was said of a gemeente stays, and a pool that grew tells nothing of who came."""

from dataclasses import replace

import pytest
from helpers_warehouse import BOOKS, answers, rows_of, source
from test_qualitative import journeys, knelpunt
from test_two_releases import META, Home

from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release
from warehouse.schema import FACT_RESPONSE

OTHERS = [source(f"GM900{i}", {"ervaring": answers(eens=20 + i, oneens=21)}) for i in (1, 2, 3)]


def some_left(home, area, left):
    for cell in home.cells:
        if "instrument=klantreis" in cell.scope and dict(cell.key).get("area") in (None, "SV9001", "PV90", area):
            home.deltas[cell.release, cell.scope, cell.key] = Deltas(left=left)


def after_eighteen_left(folder):
    """Twenty of forty named the theme, and the eighteen who left all did; two of those who stayed."""
    home = Home()
    moods = {"first": ["1"] * 30 + ["-1"] * 10, "second": ["-1"] * 22}
    first = home.publish([*OTHERS, journeys("GM9001", 40, with_theme=20, moods=moods["first"])])
    write_release(first, replace(META, release="r0"), folder)
    some_left(home, "GM9001", 18)
    second = home.publish([*OTHERS, journeys("GM9001", 22, with_theme=2, moods=moods["second"])])
    return first, second, audit_published(write_release(second, META, folder).duckdb).findings


def test_what_was_said_of_a_gemeente_stays_when_people_left(tmp_path):
    first, second, found = after_eighteen_left(tmp_path)
    for tables in (first, second):
        assert knelpunt(tables, "GM9001")["label"] == "vaak"
        phases = rows_of(tables, "fact_klantreis_phase", area="GM9001")
        assert [row["label"] for row in phases] == ["vooral positief"]
    assert found == ()


def test_a_label_that_changed_would_tell_what_those_who_left_named(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.spoken.Spoken.took_part", lambda *_: False)
    _, second, found = after_eighteen_left(tmp_path)
    assert knelpunt(second, "GM9001")["label"] == "niet getoond"
    assert {one.threat for one in found} == {"T10"}
    assert {one.where for one in found} == {"klantreis, 2026, client, GM9001"}


def pool(*named, n=12, start=1):
    return [journeys(f"GM900{i}", n, with_theme=people) for i, people in enumerate(named, start=start)]


def grown(folder, late, *, of=12):
    """Five gemeenten, and a sixth that comes with the second release; who reads them knows how many talks were held."""
    home = Home()
    talks = [*pool(7, 7, start=1), *pool(6, 6, 6, start=3)]
    first = home.publish([*OTHERS, *talks])
    write_release(counted(first, of), replace(META, release="r0"), folder)
    second = home.publish([*OTHERS, *talks, *pool(late, n=of, start=6)], joined={"NL", "PV91"})
    found = audit_published(write_release(counted(second, of), META, folder).duckdb).findings
    return first, second, {one.threat for one in found if one.where.startswith("klantreis")}


def counted(tables, late):
    """The tables with the number of talks that a reader may know."""
    rows = tables["fact_response"].to_pylist()
    known = {f"GM900{i}": 12 for i in range(1, 6)} | {"GM9006": late}
    told = [{**row, "responded": known[row["area"]]} if row["area"] in known else row for row in rows]
    new = [row if row["instrument"] != "klantreis" else more for row, more in zip(rows, told, strict=True)]
    return {**tables, "fact_response": FACT_RESPONSE.table(new)}


def test_a_late_gemeente_joins_the_pool(tmp_path):
    first, second, found = grown(tmp_path, late=6)
    assert (knelpunt(first, "NL")["share"], knelpunt(second, "NL")["share"]) == (50.0, 50.0)
    assert (knelpunt(second, "GM9006")["label"], knelpunt(second, "GM9001")["label"]) == ("vaak", "vaak")
    assert not found


def test_a_pool_that_would_tell_what_a_late_gemeente_named_says_nothing_new(tmp_path):
    first, second, found = grown(tmp_path, late=20, of=20)
    assert (knelpunt(first, "NL")["share"], knelpunt(second, "NL")["share"]) == (50.0, None)
    assert not found


def test_it_would_tell_that_all_of_them_named_it(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.spoken.Spoken.pools", lambda *_: ())
    first, second, found = grown(tmp_path, late=20, of=20)
    assert (knelpunt(first, "NL")["share"], knelpunt(second, "NL")["share"]) == (50.0, 70.0)
    assert {"T5", "T6"} <= found


def test_after_people_came_or_left_a_pool_says_nothing_new(tmp_path):
    home = Home()
    home.publish([*OTHERS, *pool(8, 8, 8, 8, 8, n=24)])
    some_left(home, "GM9001", 12)
    second = home.publish([*OTHERS, *pool(8, n=12), *pool(8, 8, 8, 8, n=24, start=2)])
    row = knelpunt(second, "NL")
    assert (row["share"], row["label"], row["status"]) == (None, None, "suppressed")
    assert (row["gemeenten_met"], row["gemeenten_totaal"]) == (5, 5)
    assert not rows_of(second, "fact_klantreis_phase", area="NL")


def test_without_the_history_behind_it_a_pool_says_nothing_new(monkeypatch):
    home = Home()
    home.publish([*OTHERS, *pool(8, 8, 8, 8, 8, n=24)])
    monkeypatch.setattr("warehouse.spoken.Spoken._talks", {})
    assert knelpunt(home.publish([*OTHERS, *pool(8, 8, 8, 8, 8, n=24)]), "NL")["share"] is None


@pytest.mark.parametrize("left", [0, 12])
def test_a_vote_is_said_once(left):
    def votes(n, against):
        columns = {
            "pseudonym": [f"m{i}" for i in range(n)],
            "onderwerp": ["A"] * n,
            "score": ["-1"] * against + ["1"] * (n - against),
        }
        return source("GM9001", columns, book=BOOKS.get("klantenpanel@1.0"))

    home = Home()
    home.publish([*OTHERS, votes(30, 12)])
    for cell in home.cells:
        if "instrument=klantenpanel" in cell.scope:
            home.deltas[cell.release, cell.scope, cell.key] = Deltas(left=left)
    second = home.publish([*OTHERS, votes(30 - left, 12 - left)])
    assert [row["label"] for row in rows_of(second, "fact_result", question="A", area="GM9001")] == ["verdeeld"]
