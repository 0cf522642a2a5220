"""Random histories: releases, withdrawals and late arrivals one after the other, against an attacker of its own.

Everything that was ever printed about the same people is an equation of a linear programme from scratch (scipy). As
long as a group did not change it is one unknown; after a change that was large enough it is another.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.history import Deltas, cells_of, with_deltas
from domain.errors import DisclosureRefused
from domain.release import TOTAL, History, Rules, TableLayout, TableSpec

K, FAR = 10, 1e6
AREAS, BANDS = ("g1", "g2", "g3"), ("jong", "midden", "oud")
CELLS = [(a, b) for a in AREAS for b in BANDS]
SPEC = TableSpec((TableLayout("t", ("area", "leeftijd")),))
QUICK = settings(
    deadline=None, max_examples=10, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip

counts = st.lists(st.one_of(st.integers(0, 12), st.integers(10, 60)), min_size=9, max_size=9)
step = st.lists(st.tuples(st.integers(0, 8), st.sampled_from((1, 3, 9, 10, 15, 20)), st.booleans()), max_size=2)
"""What happens between two releases: (cell, how many, whether they came)."""


def inside(cell, area, band):
    return area in (TOTAL, cell[0]) and band in (TOTAL, cell[1])


def key_of(area, band):
    return tuple((dim, code) for dim, code in (("area", area), ("leeftijd", band)) if code != TOTAL)


class Life:
    """What is true, what was printed, and who came and left since each print."""

    def __init__(self, start):
        self.n, self.releases, self.deltas = list(start), [], {}
        self.versions, self.worlds = [0] * len(CELLS), []

    def history(self):
        return with_deltas(History(tuple(cell for release in self.releases for cell in release)), self.deltas)

    def change(self, at, size, came):
        size = size if came else min(size, self.n[at])
        self.n[at] += size if came else -size
        self.versions[at] += bool(size)
        for release in self.releases if size else ():
            for cell in release:
                if inside(CELLS[at], dict(cell.key).get("area", TOTAL), dict(cell.key).get("leeftijd", TOTAL)):
                    old = self.deltas.get((cell.release, "", cell.key), Deltas())
                    more = Deltas(came=old.came + size) if came else Deltas(left=old.left + size)
                    self.deltas[cell.release, "", cell.key] = replace(
                        old, **{"came" if came else "left": more.came if came else more.left}
                    )

    def publish(self, rules):
        rows = [(a, b, n) for (a, b), n in zip(CELLS, self.n, strict=True) if n]
        table = pa.table(dict(zip(("area", "leeftijd", "n"), map(list, zip(*rows, strict=True)), strict=True)))
        history = self.history()
        found = protect([table], SPEC, rules, history)
        assert audit(found.tables, (), rules, history).safe
        if all(cell.settled(K) for cell in history.cells):
            self.worlds.append((list(self.n), list(self.versions), found))
        else:
            assert_as_before(found, history)
        self.releases.append(cells_of(found, SPEC, f"r{len(self.releases)}"))
        return found


def assert_as_before(found, history):
    """Too few came or left: a group is printed as it was, or not at all."""
    earlier = {}
    for cell in history.cells:
        if cell.n is not None:
            earlier.setdefault(cell.key, set()).add(cell.n)
    for row in found.tables[0].to_pylist():
        if row["n"] is not None:
            assert row["n"] in earlier[key_of(row["area"], row["leeftijd"])]


def equations(printed):
    """(rows, values) of what one release prints over the nine finest groups; and its closed groups."""
    rows, values, closed = [], [], []
    for row in printed.to_pylist():
        own = np.array([inside(cell, row["area"], row["leeftijd"]) for cell in CELLS], dtype=float)
        if row["n"] is None:
            closed.append(own)
        else:
            rows.append(own)
            values.append(row["n"])
    return rows, values, closed


def attacked(worlds):
    """Small closed groups of any release that are known to be small, or not to be empty, with all prints together.

    The attacker even knows in which finest groups nobody came or left: these are the same unknown in every release.
    """
    unknown = sorted({(at, version) for _, versions, _ in worlds for at, version in enumerate(versions)})
    rows, values, wanted = [], [], []
    for people, versions, found in worlds:
        spread = np.zeros((len(CELLS), len(unknown)))
        for at, version in enumerate(versions):
            spread[at, unknown.index((at, version))] = 1
        mine, printed, closed = equations(found.tables[0])
        rows, values = [*rows, *(own @ spread for own in mine)], [*values, *printed]
        wanted += [own @ spread for own in closed if 0 < own @ np.array(people) < K]
    for own in wanted:
        for sign, bound in ((1, 0), (-1, -K)):
            seen = linprog(sign * own, A_eq=np.array(rows) if rows else None, b_eq=values or None, bounds=(0, FAR),
                           method="highs")  # fmt: skip
            assert seen.status == 0
            if seen.fun > bound + 1e-6:
                yield own


@QUICK
@example([50, 16, 11, 16, 10, 6, 16, 4, 30], [[], [(2, 1, True)], [(4, 9, False), (6, 20, False)]])
@example([5, 2, 9, 1, 55, 3, 28, 37, 37], [[], [(7, 10, True)], [(1, 9, False), (6, 10, False)]])
@example([10, 30, 7, 57, 3, 5, 59, 13, 1], [[(5, 15, False), (3, 3, False)], [(7, 15, False)]])
@example([42, 7, 12, 4, 19, 1, 47, 48, 10], [[(7, 20, False), (1, 20, True)]])  # opening more now shows 7 are there
@given(counts, st.lists(step, min_size=1, max_size=3))
def test_no_history_narrows_a_small_group(start, steps):
    life = Life(start)
    if not sum(start):
        return
    life.publish(Rules())
    for changes in steps:
        for at, size, came in changes:
            life.change(at, size, came)
        if not sum(life.n):
            return
        life.publish(Rules())
    assert not list(attacked(life.worlds))


@QUICK
@given(counts, st.integers(0, 8), st.integers(1, 20), st.booleans())
def test_a_difference_between_two_prints_is_nobody_or_enough(start, at, size, came):
    life = Life([n + 10 for n in start])
    first = life.publish(Rules())
    life.change(at, size, came)
    second = life.publish(Rules())
    before = {key_of(r["area"], r["leeftijd"]): r["n"] for r in first.tables[0].to_pylist()}
    for row in second.tables[0].to_pylist():
        old = before.get(key_of(row["area"], row["leeftijd"]))
        if row["n"] is not None and old is not None:
            assert abs(row["n"] - old) == 0 or abs(row["n"] - old) >= K


@QUICK
@given(counts, st.integers(0, 8), st.integers(1, 9))
def test_a_change_that_nobody_counted_is_never_printed(start, at, size):
    life = Life([n + 10 for n in start])
    first = life.publish(Rules())
    life.n[at] += size
    shown = {key_of(r["area"], r["leeftijd"]) for r in first.tables[0].to_pylist() if r["n"] is not None}
    assert key_of(TOTAL, TOTAL) in shown
    with pytest.raises(DisclosureRefused, match=r"tabel t, .*vrijgave r0.*Neem dezelfde bijdragen op als toen"):
        life.publish(Rules())
