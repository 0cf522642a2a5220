"""A release after a withdrawal: whoever lays the figures of both side by side learns nothing about one person."""

from dataclasses import replace

import numpy as np
import pytest
from helpers_warehouse import AREAS, answers, disclosure_answers, rows_of, source

from anonymisation.disclosure import protect
from anonymisation.disclosure.history import Deltas, cells_of, with_deltas
from anonymisation.disclosure.published import audit_published
from domain.release import History
from domain.vocabulary import Audience
from storage.duck import memory
from warehouse.before import FIGURES
from warehouse.marts import build_marts
from warehouse.onbekend import stays_as_printed
from warehouse.published import ReleaseMeta, write_release
from warehouse.statistics import published_tables, to_protect

META = ReleaseMeta("r1", "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0.1.0")
AGES = ["18-44", "65-74", "85+"]


class Home:
    """What was published, and who left since."""

    def __init__(self):
        self.cells, self.figures, self.deltas = [], [], {}

    def publish(self, sources, joined=(), since=None):
        """joined: areas to which other gemeenten add up by now. since: the same per release."""
        name = f"r{len(self.figures)}"
        others = since or dict.fromkeys((c.release for c in self.cells), joined)
        cells = [replace(c, people="then" * (dict(c.key).get("area", "NL") in others[c.release])) for c in self.cells]
        with memory() as connection:
            history = with_deltas(History(tuple(cells)), self.deltas)
            build_marts(connection, name, sources, AREAS, history=history)
            history = stays_as_printed(connection, name, history)
            asked = to_protect(connection, name)
            found = protect(asked.tables, asked.spec, asked.rules, history)
            tables = published_tables(
                connection, asked, found, disclosure_answers, AREAS, earlier=self.figures, history=history
            )
        self.cells += cells_of(found, asked.spec, name)
        self.figures.append(tables)
        return tables

    def withdraw(self, count):
        """People of the youngest band left GM9001: counted in every released cell that held them."""
        for cell in self.cells:
            area, age = dict(cell.key).get("area"), dict(cell.key).get("leeftijd")
            if area in (None, "GM9001", "SV9001", "PV90") and age in (None, "18-44", "18-64"):
                self.deltas[cell.release, cell.scope, cell.key] = Deltas(left=count)


def four(extra):
    """Four gemeenten; in GM9001 there are `extra` young people more, who all said yes."""
    found = []
    for i in range(1, 5):
        more = extra if i == 1 else 0
        yes, rest = 30 + i + more, 30
        ages = ["18-44"] * more + [AGES[j % 3] for j in range(30 + i + rest)]
        grades = [9.0] * yes + [5.0] * rest
        found.append(
            source(f"GM900{i}", {"ervaring": answers(eens=yes, oneens=rest), "cijfer": grades, "leeftijd": ages})
        )
    return found


def figures(tables):
    for table in FIGURES:
        for row in tables[table.name].to_pylist():
            key = tuple(row[name] for name in table.keys if name != "release")
            yield (
                table.name,
                key,
                {name: value for name, value in row.items() if name not in ("release", "rule_version")},
            )


@pytest.mark.parametrize("left", [1, 9])
def test_after_a_few_withdrawals_every_figure_is_the_earlier_one_or_none(left):
    home = Home()
    first = {(name, key): row for name, key, row in figures(home.publish(four(12)))}
    home.withdraw(left)
    second = home.publish(four(12 - left))
    shown = 0
    for name, key, row in figures(second):
        if row.get("value") is not None or row.get("base") is not None or row.get("responded") is not None:
            assert row == first[name, key]
            shown += 1
    assert shown > 50


def test_without_the_earlier_figures_nothing_is_shown_again():
    home = Home()
    home.publish(four(12))
    home.withdraw(1)
    home.figures = []
    assert not [row for row in rows_of(home.publish(four(11)), "fact_result") if row["value"] is not None]


def test_the_same_people_are_printed_as_they_were():
    home = Home()
    first = {(name, key): row for name, key, row in figures(home.publish(four(12)))}
    assert {(name, key): row for name, key, row in figures(home.publish(four(12)))} == first


def test_one_withdrawal_moved_a_share_before(monkeypatch):
    """The attack: with figures from the people of today behind the printed number, one answer is laid bare."""
    home = Home()
    first = {(name, key): row for name, key, row in figures(home.publish(four(12)))}
    home.withdraw(1)
    monkeypatch.setattr("warehouse.before.Before.stays", lambda *_: False)
    moved = [key for name, key, row in figures(home.publish(four(11))) if row != first[name, key]]
    assert any("GM9001" in key for key in moved)


def enough_came(dice):
    """Five gemeenten, and ten to fifteen people who came to the first: (before, after, how many came)."""
    n, came = dice.integers(30, 90, 5), int(dice.integers(10, 16))
    yes = [int(dice.integers(3, size - 2)) for size in n]
    grades = [float(grade) for grade in dice.integers(4, 9, 5)]
    good = int(dice.choice((0, came, came - 1, came // 2)))

    def sources(more, of_these):
        for i, (size, said, grade) in enumerate(zip(n.tolist(), yes, grades, strict=True)):
            extra, liked = (more, of_these) if i == 0 else (0, 0)
            said, size = said + liked, size + extra
            yield source(
                f"GM900{i + 1}", {"ervaring": answers(eens=said, oneens=size - said), "cijfer": [grade] * size}
            )

    return list(sources(0, 0)), list(sources(came, good)), came


def learned(seed, folder):
    """What the audit learns from the second file while the first lies beside it."""
    home = Home()
    before, after, came = enough_came(np.random.default_rng(seed))
    write_release(home.publish(before), replace(META, release="r0"), folder)
    for cell in home.cells:
        if dict(cell.key).get("area") in (None, "GM9001", "SV9001", "PV90"):
            home.deltas[cell.release, cell.scope, cell.key] = Deltas(came=came)
    return audit_published(write_release(home.publish(after), META, folder).duckdb).findings


HARD = 9  # with the usual steps all who came are known to have said yes, or none


def test_what_those_who_came_answered_does_not_follow(tmp_path):
    assert learned(HARD, tmp_path) == ()


def test_it_would_follow_from_the_usual_steps(tmp_path, monkeypatch):
    monkeypatch.setattr("anonymisation.disclosure.answers.owners.Owners.learn", lambda *_: {})
    monkeypatch.setattr("warehouse.before.Before.row", lambda *_: None)
    monkeypatch.setattr("warehouse.between.Beside.telling", lambda *_: set())
    assert "T10" in {one.threat for one in learned(HARD, tmp_path)}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 100, 20))
def test_what_those_who_came_answered_never_follows(start, tmp_path):
    for seed in range(start, start + 20):
        assert (seed, learned(seed, tmp_path / str(seed))) == (seed, ())


def late_gemeente():
    """Four gemeenten of which the last comes with the second release: (first, both)."""
    counts = [(3, 23), (22, 25), (17, 32), (13, 36)]
    every = [
        source(f"GM900{at}", {"ervaring": answers(eens=yes, oneens=n - yes), "cijfer": [6.0] * yes + [7.0] * (n - yes)})
        for at, (yes, n) in enumerate(counts, start=5)
    ]
    return every[:3], every


def above(home):
    return {"NL", *(area for cell in home.cells if (area := dict(cell.key).get("area", "")).startswith("PV"))}


def told_by_a_late_gemeente(folder):
    """What the audit learns when a fourth gemeente comes with the second release."""
    (first, every), home = late_gemeente(), Home()
    write_release(home.publish(first), replace(META, release="r0"), folder)
    tables = home.publish(every, joined=above(home))
    shown = {row["area"] for row in rows_of(tables, "fact_distribution") if row["value"] is not None}
    return shown, audit_published(write_release(tables, META, folder).duckdb).findings


def test_who_knows_own_answers_is_asked_with_what_everybody_really_answered(monkeypatch):
    (first, every), home, seen = late_gemeente(), Home(), []
    home.publish(first)

    def learn(asked):
        lines = list(asked.both.lines.values())[-len(asked.said) :]
        seen.append({line.area: (line.people, said) for line, said in zip(lines, asked.said, strict=True)})
        return {}

    monkeypatch.setattr("anonymisation.disclosure.answers.own_between.OwnBetween.learn", learn)
    home.publish(every, joined=above(home))
    shares, means = (next(one for one in seen if (len(one["NL"][1]) > 1) is many) for many in (True, False))
    assert (shares["GM9005"][0], shares["GM9005"][1][-1]) == (23, 3.0)
    assert (shares["NL"][0], shares["NL"][1][-1]) == (116, 55.0)
    assert sorted(shares["GM9008"][1]) == [0.0, 13.0, 13.0, 23.0]
    assert means["GM9005"][1] == [3 * 5.0 + 20 * 6.0]  # above the low end, which is 1


def test_the_sums_of_two_releases_do_not_tell_of_a_late_gemeente(tmp_path):
    shown, found = told_by_a_late_gemeente(tmp_path)
    assert found == ()
    assert {"GM9005", "GM9006", "GM9007", "GM9008"} <= shown


def test_they_would_tell_if_only_lines_were_compared(tmp_path, monkeypatch):
    monkeypatch.setattr("anonymisation.disclosure.answers.owners.Owners.learn", lambda *_: {})
    monkeypatch.setattr("warehouse.between.Beside.telling", lambda *_: set())
    assert {one.where.split(",")[0] for one in told_by_a_late_gemeente(tmp_path)[1]} >= {"GM9005", "NL"}
