"""Figures that somebody else counted of a verband beside those of its gemeenten: nobody learns of who is left."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from helpers_warehouse import BOOKS, META, rows_of, source
from test_two_releases import Home

from anonymisation.disclosure.published import audit_published
from warehouse.published import write_release

VERBAND = "SV9001"


def counted(area, share, n, mark=None):
    """What one area brings of 2024: a share, and a mean where given."""
    figures = [("snel", share), ("rapportcijfer", mark)][: 1 if mark is None else 2]
    columns = {
        "gemeente": [area] * len(figures), "periode": ["2024"] * len(figures),
        "indicator": [name for name, _ in figures], "uitsplitsing_waarde": ["TOTAAL"] * len(figures),
        "waarde": [value for _, value in figures], "aantal": [n] * len(figures),
    }  # fmt: skip
    return source(area, columns, book=BOOKS.get("aggregaat@1.0"), doelgroep="client")


def releases(folder, *every):
    """Per release what it prints of "snel" by area, and what the audit finds in its file beside those before it."""
    home, found = Home(), []
    for at, sources in enumerate(every):
        tables = home.publish(sources)
        report = audit_published(write_release(tables, replace(META, release=f"r{at}"), folder).duckdb)
        shown = {row["area"]: row for row in rows_of(tables, "fact_result", question="snel")}
        found.append((shown, {one.threat for one in report.findings}))
    return found


def areas_shown(shown):
    return {area for area, row in shown.items() if row["base"] is not None}


SMALL = [counted(VERBAND, 50.0, 126), counted("GM9001", 50.0, 60), counted("GM9002", 50.0, 60)]
ALIKE = [counted(VERBAND, 55.6, 450), counted("GM9001", 50.0, 200), counted("GM9002", 50.0, 200)]
PINNED = [counted(VERBAND, 38.7, 401), counted("GM9001", 38.3, 201), counted("GM9002", 39.0, 200)]
OWN = [
    counted(VERBAND, 50.0, 72), counted("GM9001", 50.0, 60), counted("GM9002", 50.0, 5), counted("GM9003", 50.0, 7),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "closed"), [(SMALL, {VERBAND}), (OWN, {VERBAND, "GM9002", "GM9003"})])
def test_who_is_in_no_gemeente_is_no_small_group(tmp_path, sources, closed):
    """Six people; and twelve in two gemeenten, each of which knows how many of them are its own."""
    ((shown, found),) = releases(tmp_path, sources)
    assert {area for area, row in shown.items() if row["base"] is None} == closed
    assert found == set()


@pytest.mark.parametrize("sources", [ALIKE, PINNED])
def test_what_they_answered_becomes_coarser(tmp_path, sources):
    ((shown, found),) = releases(tmp_path, sources)
    assert areas_shown(shown) == {VERBAND, "GM9001", "GM9002"}
    assert shown[VERBAND]["step"] > 1
    assert found == set()


@pytest.mark.parametrize(("sources", "threat"), [(SMALL, "T2"), (ALIKE, "T5"), (PINNED, "T6")])
def test_the_audit_finds_it_where_nobody_added_up(tmp_path, sources, threat, monkeypatch):
    monkeypatch.setattr("warehouse.counted._settled", lambda _, lines, *__: {line.area: 0 for line in lines})
    ((_, found),) = releases(tmp_path, sources)
    assert threat in found


def test_figures_that_add_up_to_everybody_or_to_a_large_rest_stay(tmp_path):
    whole = [counted(VERBAND, 50.0, 180), *(counted(f"GM900{at}", 50.0, 60) for at in (1, 2, 3))]
    for at, sources in enumerate((whole, whole[:3])):
        ((shown, found),) = releases(tmp_path / str(at), sources)
        assert areas_shown(shown) == {one.records.key.area for one in sources}
        assert found == set()


def test_figures_that_cannot_be_of_the_same_people_are_no_sum(tmp_path):
    sources = [counted(VERBAND, 50.0, 100), counted("GM9001", 50.0, 60), counted("GM9002", 50.0, 45)]
    ((shown, found),) = releases(tmp_path, sources)
    assert areas_shown(shown) == {VERBAND, "GM9001", "GM9002"}
    assert found == set()


def test_a_gemeente_that_comes_later_stays_away_where_the_verband_was_printed(tmp_path):
    later = counted("GM9002", 50.0, 60)
    (_, (shown, found)) = releases(tmp_path, SMALL[:2], [*SMALL[:2], later])
    assert areas_shown(shown) == {VERBAND, "GM9001"}
    assert found == set()


def test_few_who_came_to_the_rest_are_not_told(tmp_path):
    """Eleven came to the gemeente and twelve to the verband: one of them elsewhere in it."""
    then = [counted(VERBAND, 50.0, 200), counted("GM9001", 50.0, 100)]
    now = [counted(VERBAND, 52.0, 212), counted("GM9001", 52.0, 111)]
    (_, (shown, found)) = releases(tmp_path, then, now)
    assert {shown[VERBAND]["base"], shown["GM9001"]["base"]} in ({200, 111}, {212, 100})
    assert found == set()


def test_the_audit_finds_few_who_came_to_the_rest(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.counted._settled", lambda _, lines, *__: {line.area: 0 for line in lines})
    then = [counted(VERBAND, 50.0, 200), counted("GM9001", 50.0, 100)]
    now = [counted(VERBAND, 52.0, 212), counted("GM9001", 52.0, 111)]
    assert "T10" in releases(tmp_path, then, now)[1][1]


def made_up(dice):
    """A verband of two or three gemeenten with people elsewhere in it, in two releases; nearly all may say yes."""
    members = [f"GM900{at}" for at in range(1, int(dice.integers(3, 5)))]
    sizes, yes = {}, {}

    def grow(area, come):
        liked = int(dice.choice((0, come, come // 2)))
        sizes[area], yes[area] = sizes.get(area, 0) + come, yes.get(area, 0) + liked

    for area in (*members, "rest"):
        grow(area, int(dice.integers(3, 60)))
        grow(area, int(dice.integers(0, 30)))
    for _ in range(2):
        n, said = sum(sizes.values()), sum(yes.values())
        lines = {**{area: (yes[area], sizes[area]) for area in members}, VERBAND: (said, n)}
        here = {area: one for area, one in lines.items() if dice.random() < 0.85} or lines
        yield [
            counted(area, float(Fraction(100 * good, all_)), all_, float(1 + Fraction(9 * good, all_)))
            for area, (good, all_) in here.items()
        ]
        for area in sizes:
            grow(area, int(dice.choice((0, 0, 1, 11, 15))))


def nothing_follows(seed, folder):
    sources = list(made_up(np.random.default_rng(seed)))
    return [found for _, found in releases(folder, *sources)]


@pytest.mark.parametrize("seed", range(8))
def test_made_up_verbanden_tell_nothing(seed, tmp_path):
    assert nothing_follows(seed, tmp_path) == [set(), set()]


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 500, 50))
def test_many_made_up_verbanden_tell_nothing(start, tmp_path):
    for seed in range(start, start + 50):
        assert (seed, nothing_follows(seed, tmp_path / str(seed))) == (seed, [set(), set()])
