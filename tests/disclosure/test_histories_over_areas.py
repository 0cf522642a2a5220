"""Random histories over areas: gemeenten join and leave, people come and go, beside provincies, a verband, the country.

Who lays the numbers of all releases side by side (a linear programme from scratch) narrows no small gemeente. As long
as a gemeente did not change it is one unknown; after that it is another.
"""

from dataclasses import replace
from itertools import groupby

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.history import Deltas, cells_of, with_deltas
from domain.errors import CannotCheck, Contradiction, DisclosureRefused
from domain.release import TOTAL, Hierarchy, History, Rules, TableLayout, TableSpec

K, FAR = 10, 1e6
HOME = {f"g{i}": "PV1" if i < 5 else "PV2" for i in range(1, 9)}
VERBAND = {"g1": "SV1", "g2": "SV1", "g5": "SV1", "g6": "SV1"}
RULES = Rules(insider_dimension="area")
NAMES = ("totaal", "provincies", "verband")
FLAT = [*HOME, "PV1", "PV2", "SV1"]
SPEC = TableSpec(
    tuple(TableLayout(name, ("area",)) for name in NAMES),
    (
        Hierarchy("area", dict.fromkeys(HOME, TOTAL)),
        Hierarchy("area", {**dict.fromkeys((*HOME, "PV1", "PV2"), TOTAL), **HOME}),
        Hierarchy("area", {**dict.fromkeys((*HOME, "SV1"), TOTAL), **VERBAND}),
    ),
)


def members(area):
    return [own for own in HOME if area in (TOTAL, own, HOME[own], VERBAND.get(own))]


def pooled(n, above):
    """As the warehouse asks: a line over three gemeenten or more, none above half, stands for these; others do not."""
    rows = []
    for up, group in groupby(sorted(n, key=lambda own: above.get(own, own)), key=lambda own: above.get(own, own)):
        own = list(group)
        every, most = sum(n[one] for one in own), max(n[one] for one in own)
        broad = len(own) >= 3 and 2 * most <= every and every - most >= K
        rows += [(up, every)] if broad or own == [up] else [(one, n[one]) for one in own]
    return rows


def table(rows):
    return pa.table({"area": [area for area, _ in rows], "n": [n for _, n in rows]})


class Life:
    """What is true, what was printed, and who came and left since each print."""

    def __init__(self, n):
        self.n, self.version, self.deltas, self.away = dict(n), dict.fromkeys(n, 0), {}, {}
        self.cells, self.worlds, self.refused, self.took_part = [], [], 0, {}

    def history(self):
        """As the pipeline has it: persons who came and left, and where other gemeenten add up to a cell by now."""
        counted = with_deltas(History(tuple(self.cells)), self.deltas).cells
        return History(tuple(replace(cell, people=self.other_than_now(cell)) for cell in counted))

    def other_than_now(self, cell):
        own = members(dict(cell.key).get("area", TOTAL))
        was = sorted(self.took_part[cell.release] & set(own))
        return "" if was == sorted(area for area in own if self.n.get(area)) else " ".join(was)

    def change(self, area, size):
        """More people in a gemeente, or fewer."""
        self.n[area] = self.n.get(area, 0) + size
        self.version[area] = self.version.get(area, 0) + 1
        came, left = (size, 0) if size > 0 else (0, -size)
        for where in {(cell.release, cell.scope, cell.key) for cell in self.cells}:
            if area in members(dict(where[-1]).get("area", TOTAL)):
                old = self.deltas.get(where, Deltas())
                self.deltas[where] = Deltas(old.came + came, old.left + left)

    def leave(self, area):
        """A gemeente as a whole."""
        self.away[area] = self.n.pop(area)

    def join(self, area, size):
        """A late gemeente, or one that left and comes again with the same people."""
        self.n[area] = self.away.pop(area, size)
        self.version.setdefault(area, 0)

    def tables(self):
        n = {area: count for area, count in self.n.items() if count}
        return [table(sorted(n.items())), table(pooled(n, HOME)), table(pooled(n, VERBAND))]

    def publish(self):
        """One more release, or none where it is refused."""
        n = {area: count for area, count in self.n.items() if count}
        history = self.history()
        try:
            found = protect(self.tables(), SPEC, RULES, history)
        except (CannotCheck, DisclosureRefused):
            self.refused += 1
            return
        assert audit(found.tables, SPEC.hierarchies, RULES, history, names=NAMES).safe
        printed = {row["area"]: row["n"] for one in found.tables for row in one.to_pylist()}
        if found.reprinted:
            before = {(dict(cell.key).get("area", TOTAL), cell.n) for cell in self.cells}
            assert {(area, count) for area, count in printed.items() if count is not None} <= before
        else:
            self.took_part[f"r{len(self.worlds) + 1}"] = set(n)
            self.worlds.append((n, dict(self.version), printed))
            self.cells += cells_of(found, SPEC, f"r{len(self.worlds)}")


class Unknowns:
    """A gemeente as long as it did not change is one unknown; after that it is another."""

    def __init__(self, worlds):
        self.all = sorted({(own, version[own]) for n, version, _ in worlds for own in n})

    def line(self, world, area):
        n, version, _ = world
        return [float(one in [(own, version[own]) for own in members(area) if own in n]) for one in self.all]

    def of(self, gemeente):
        return [[float(one == own) for one in self.all] for own in self.all if own[0] == gemeente]

    def printed(self, world):
        return [(self.line(world, area), count) for area, count in world[2].items() if count is not None]


def closed_and_small(world):
    n, _, printed = world
    return [area for area, count in n.items() if 0 < count < K and printed[area] is None]


def told_to_a_gemeente(worlds):
    """(release, area, gemeente) where a release lets a gemeente, with all its own numbers, work out a small other one.

    What it could do with earlier releases alone is not told by this one.
    """
    unknown = Unknowns(worlds)
    small = [(at, area) for at, world in enumerate(worlds) for area in closed_and_small(world)]
    for gemeente in {own for own, _ in unknown.all}:
        knew, rows = set(), unknown.of(gemeente)
        for now, world in enumerate(worlds):
            rows = [*rows, *(line for line, _ in unknown.printed(world))]
            _, size, basis = np.linalg.svd(np.array(rows), full_matrices=False)
            basis = basis[size > 1e-9]
            for at, area in small:
                own = np.array(unknown.line(worlds[at], area))
                if at <= now and area != gemeente and np.abs(own - basis.T @ (basis @ own)).max() < 1e-6:
                    if (at, area) not in knew:
                        yield now, area, gemeente
                    knew.add((at, area))


def narrowed(worlds):
    """(release, area) of small areas that are known to be small, or not to be empty, from all that was printed."""
    unknown = Unknowns(worlds)
    rows = [row for world in worlds for row in unknown.printed(world)]
    limits = {"A_eq": np.array([own for own, _ in rows]), "b_eq": [count for _, count in rows], "bounds": (0, FAR)}
    for at, world in enumerate(worlds):
        for area in closed_and_small(world):
            own = np.array(unknown.line(world, area))
            low, high = (
                linprog(sign * own, **(limits if rows else {"bounds": (0, FAR)})).fun * sign for sign in (1, -1)
            )
            if low > 1e-6 or high < K - 1e-6:
                yield at, area


def lived(seed):
    """Three releases; in between a gemeente joins, another leaves, and in some people come and go."""
    dice = np.random.default_rng(seed)
    first = {
        own: int(dice.choice((dice.integers(1, 12), dice.integers(10, 60)))) for own in HOME if dice.random() < 0.8
    }
    life = Life(first or {"g1": 20})
    life.publish()
    for _ in range(2):
        if life.n and dice.random() < 0.1:
            life.change(max(life.n, key=lambda own: life.n[own]), -1)
        for own in HOME:
            what, size = (
                dice.choice(("stays", "moves", "joins or leaves"), p=(0.7, 0.15, 0.15)),
                int(dice.integers(10, 30)),
            )
            if what == "moves" and life.n.get(own):
                life.change(own, size if dice.random() < 0.5 or life.n[own] < size else -size)
            elif what == "joins or leaves":
                life.leave(own) if life.n.get(own) else life.join(own, int(dice.choice((4, size))))
        if not any(life.n.values()):
            break
        life.publish()
    return life


def learned(seeds):
    lives = {seed: lived(seed) for seed in seeds}
    assert sum(life.refused for life in lives.values()) <= len(lives) / 20
    found = {seed: [*narrowed(life.worlds), *told_to_a_gemeente(life.worlds)] for seed, life in lives.items()}
    return [(seed, told) for seed, told in found.items() if told]


def test_no_history_over_areas_narrows_a_small_gemeente():
    assert learned(range(25)) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 500, 100))
def test_no_history_over_areas_narrows_a_small_gemeente_in_many(start):
    assert learned(range(start, start + 100)) == []


STUCK = 175  # the second release cannot be made safe by leaving out tables


def test_where_leaving_out_tables_does_not_help_what_was_printed_stays(monkeypatch):
    life = lived(STUCK)
    assert life.refused == 0
    assert [*narrowed(life.worlds), *told_to_a_gemeente(life.worlds)] == []
    monkeypatch.setattr("anonymisation.disclosure.protector._stuck", lambda *_: ())
    assert lived(STUCK).refused == 1


def verband_beside_provincies():
    """SV1 lies across both provincies, so their sums hang together by the gemeenten only."""
    return Life({"g1": 25, "g2": 30, "g3": 22, "g4": 4, "g5": 28, "g6": 24, "g7": 31, "g8": 6})


def test_more_people_in_a_gemeente_between_overlapping_areas_can_be_published():
    life = verband_beside_provincies()
    life.publish()
    life.change("g1", 20)
    life.publish()
    assert life.refused == 0
    assert [printed["PV1"] for *_, printed in life.worlds] == [81, 101]
    assert list(narrowed(life.worlds)) == []


def test_without_the_history_the_audit_finds_what_two_releases_tell():
    life = verband_beside_provincies()
    life.publish()
    life.change("g8", 20)
    alone = protect(life.tables(), SPEC, RULES)
    audited = audit(alone.tables, SPEC.hierarchies, RULES, life.history(), names=NAMES)
    assert {one.threat for one in audited.findings} == {"T8"}
    life.publish()
    assert list(narrowed(life.worlds)) == []


def test_a_gemeente_that_left_keeps_nobody_else_from_a_new_release():
    life = Life({"g1": 34, "g2": 7, "g4": 16, "g5": 11, "g6": 43, "g7": 27, "g8": 35})
    life.publish()
    assert (
        life.worlds[0][2]["PV1"] == 57
    )  # less its own 34, g1 knows g2 and g4 together; no later release tells it that
    life.leave("g1")
    life.change("g6", 27)
    life.publish()
    assert life.refused == 0
    assert life.worlds[1][2]["g6"] == 70
    assert [*narrowed(life.worlds), *told_to_a_gemeente(life.worlds)] == []


def test_what_is_printed_again_may_differ_a_little_from_a_release_before_the_last():
    """The totals 85 and 90 are both public; one person left since, so 90 stays, and tells nothing new beside 85."""
    life = Life({"g1": 44, "g2": 5, "g3": 30, "g5": 6})
    life.publish()
    life.leave("g3")
    for area, size in (("g4", 4), ("g7", 4), ("g8", 27)):
        life.join(area, size)
    life.publish()
    assert [printed[TOTAL] for *_, printed in life.worlds] == [85, 90]
    life.change("g1", -1)
    life.publish()
    assert life.refused == 0


def test_a_gemeente_would_work_out_others_if_nobody_looked(monkeypatch):
    monkeypatch.setitem(globals(), "RULES", replace(RULES, insider_dimension=None))
    assert any(list(told_to_a_gemeente(lived(seed).worlds)) for seed in range(5))


def moved(n):
    """Two releases; in between g1 goes from one provincie to the other."""
    then = {f"g{at}": "PV1" if at < 4 else "PV2" for at in range(1, 8)}
    was = protect([table(sorted(n.items())), table(pooled(n, then))], over_provincies(then), RULES)
    now = {**then, "g1": "PV2"}
    earlier = History(cells_of(was, over_provincies(then), "r1"))
    return protect([table(sorted(n.items())), table(pooled(n, now))], over_provincies(now), RULES, earlier)


def over_provincies(home):
    hierarchies = (
        Hierarchy("area", dict.fromkeys(home, TOTAL)),
        Hierarchy("area", {**dict.fromkeys(home, TOTAL), **home}),
    )
    return TableSpec(tuple(TableLayout(name, ("area",)) for name in ("totaal", "provincies")), hierarchies)


@pytest.mark.parametrize("people", [(30, 32, 24, 7, 10, 4, 55), (25, 25, 5, 4, 1, 5, 10), (40, 40, 40, 40, 40, 40, 40)])
def test_a_move_to_another_provincie_is_refused_with_what_to_do(people):
    """Whether a printed group contradicts the tables, or only the sums around closed ones do."""
    with pytest.raises(DisclosureRefused, match=r"vrijgave r1.*alleen bijdragen over de nieuwe meting") as refused:
        moved({f"g{at}": n for at, n in enumerate(people, start=1)})
    assert not any(str(n) in str(refused.value).replace("r1", "") for n in people if n > 9)


def test_tables_that_contradict_each_other_by_themselves_are_not_blamed_on_a_release():
    with pytest.raises(Contradiction):
        audit([table([("g1", 30), ("g2", 32), (TOTAL, 70)])], [], RULES)
