"""Talks in a second release: what was said of a gemeente, and of all talks together, stays."""

from dataclasses import replace

import pytest
from helpers_warehouse import BOOKS, answers, rows_of, source
from test_qualitative import journeys, knelpunt
from test_two_releases import META, Home

from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release
from warehouse.reports import write_reports
from warehouse.reports.book import Book
from warehouse.reports.journeys import journeys_of

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


def grown(folder):
    """Five gemeenten, and a sixth that comes with the second release: twenty talks, in which all name the theme."""
    home = Home()
    talks = [*pool(7, 7, start=1), *pool(6, 6, 6, start=3)]
    first = home.publish([*OTHERS, *talks])
    write_release(first, replace(META, release="r0"), folder)
    second = home.publish([*OTHERS, *talks, *pool(20, n=20, start=6)], joined={"NL", "PV91"})
    return first, second, audit_published(write_release(second, META, folder).duckdb).findings


def test_the_share_of_all_talks_is_that_of_then_and_the_headline_of_now(tmp_path):
    first, second, found = grown(tmp_path)
    was, now = knelpunt(first, "NL"), knelpunt(second, "NL")
    assert (was["share"], was["share_since"], was["gemeenten_met"]) == (50.0, None, 5)
    assert (now["share"], now["share_since"], now["gemeenten_met"]) == (50.0, "r0", 6)
    assert knelpunt(second, "GM9006")["label"] == "vaak"
    phases = [rows_of(tables, "fact_klantreis_phase", area="NL")[0] for tables in (first, second)]
    assert [(row["share_neutral"], row["label"], row["share_since"]) for row in phases] == [
        (None, "wisselend", None),
        (None, "wisselend", "r0"),
    ]
    assert found == ()


def test_a_reader_hears_from_which_release_the_shares_are(tmp_path):
    first, second, _ = grown(tmp_path)
    said = [
        [one.since for area in ("NL", "GM9001") for one in journeys_of(Book(made), area)] for made in (first, second)
    ]
    assert said == [["", ""], ["r0", ""]]
    pages = write_reports(second, META, tmp_path / "rapporten")
    (country,) = (path for path in pages if path.name == "landelijk.html")
    assert "De aandelen komen uit uitgave r0." in country.read_text(encoding="utf-8")


def test_a_share_of_now_would_tell_that_all_who_came_named_it(tmp_path, monkeypatch):
    """At most 32 of the 60 of then, at least 52 of all 80: everybody of the twenty."""
    monkeypatch.setattr("warehouse.spoken.Spoken.pooled", lambda *_: None)
    first, second, found = grown(tmp_path)
    assert (knelpunt(first, "NL")["share"], knelpunt(second, "NL")["share"]) == (50.0, 70.0)
    assert {(one.threat, one.where) for one in found} == {("T10", "klantreis, 2026, client, NL")}


def test_a_share_that_was_withheld_stays_so(tmp_path):
    home = Home()
    home.publish([*OTHERS, *pool(2, 2, 2, 2, 2)])
    row = knelpunt(home.publish([*OTHERS, *pool(2, 2, 2, 2, 2, 12)], joined={"NL", "PV91"}), "NL")
    assert (row["share"], row["label"], row["status"]) == (None, None, "suppressed")


@pytest.mark.parametrize("known", [True, False])
def test_no_pool_is_made_where_people_left_since_or_nobody_knows(known, monkeypatch):
    home = Home()
    first = home.publish([*OTHERS, *pool(8, 8, 8, 8, n=24)])
    assert knelpunt(first, "NL")["base_band"] is None
    if known:
        some_left(home, "GM9001", 12)
    else:
        monkeypatch.setattr("warehouse.spoken.Spoken._talks", {})
    second = home.publish(
        [*OTHERS, *pool(8, n=12 if known else 24), *pool(8, 8, 8, 8, n=24, start=2)], joined={"NL", "PV91"}
    )
    row = knelpunt(second, "NL")
    assert (row["share"], row["label"], row["status"]) == (None, None, "suppressed")
    assert (row["gemeenten_met"], row["gemeenten_totaal"]) == (5, 5)
    assert not rows_of(second, "fact_klantreis_phase", area="NL")


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
