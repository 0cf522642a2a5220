"""A minimum that is raised after a release: what stands in print keeps its bound, and nothing small is newly learned.

Attacked with programmes from scratch (scipy): everything that both releases print, beside the first alone.
"""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.history import Deltas, cells_of, with_deltas
from domain.errors import DisclosureRefused
from domain.release import TOTAL, History, Rules, TableLayout, TableSpec

SPEC = TableSpec((TableLayout("t", ("area", "leeftijd")),))
BANDS = ("jong", "midden", "oud")
THEN, NOW = Rules(insider_dimension="area"), Rules(minimum=15, insider_dimension="area")
FAR, NEAR = 1e6, 1e-5
SMALL_IN_PRINT = {"g1": (40, 12, 46), "g2": (50, 20, 30), "g3": (25, 31, 44)}
ALL_LARGE = {"g1": (40, 30, 46), "g2": (50, 20, 30), "g3": (25, 31, 44)}
LATE = {"g4": (60, 12, 30)}


def table(counts):
    rows = [(area, band, n) for area, ns in counts.items() for band, n in zip(BANDS, ns, strict=True)]
    return pa.table(dict(zip(("area", "leeftijd", "n"), map(list, zip(*rows, strict=True)), strict=True)))


def history_of(result, spec=SPEC, release="een"):
    return History(cells_of(result, spec, release))


def beside(history, *, joined):
    """The history when a gemeente joins: the lines over all of them are over other gemeenten."""
    if not joined:
        return history
    return History(tuple(c if "area" in dict(c.key) else replace(c, people="g1 g2 g3") for c in history.cells))


def printed(result):
    return {(row["area"], row["leeftijd"]): row["n"] for row in result.tables[0].to_pylist()}


def in_print(history):
    return {tuple(dict(c.key).get(dim, TOTAL) for dim in ("area", "leeftijd")): c.n for c in history.cells}


@pytest.mark.parametrize("late", [{}, LATE])
def test_a_small_group_in_print_stays_and_nothing_new_is_told_beside_it(late):
    first = history_of(protect([table(SMALL_IN_PRINT)], SPEC, THEN))
    history = beside(first, joined=late)
    result = protect([table({**SMALL_IN_PRINT, **late})], SPEC, NOW, history)
    then, now = in_print(first), printed(result)
    assert now["g1", "midden"] == 12
    assert {key: n for key, n in now.items() if n is not None}.items() <= then.items()
    assert late or now == then
    assert result.reprinted == {""}
    assert audit(result.tables, (), NOW, history).safe
    assert not audit(result.tables, (), NOW).safe  # without the first release nobody printed the twelve before
    assert (result.certificate.minimum, result.certificate.as_dict()["minimum_now"]) == (10, 15)
    assert "Geen groep kleiner dan 10 mensen" in result.certificate.summary
    assert "Cijfers die nog niet in een eerdere uitgave stonden, gaan over minstens 15" in result.certificate.summary


def test_where_no_small_group_is_in_print_a_late_gemeente_holds_the_new_minimum():
    history = beside(history_of(protect([table(ALL_LARGE)], SPEC, THEN)), joined=True)
    result = protect([table({**ALL_LARGE, **LATE})], SPEC, NOW, history)
    assert printed(result)["g4", "jong"] == 60
    assert printed(result)["g4", "midden"] is None
    assert result.certificate.minimum == 15
    assert "minimum_now" not in result.certificate.as_dict()
    assert {cell.minimum for cell in history_of(result).cells} == {15}


def test_a_new_print_of_twelve_people_beside_an_earlier_release_is_found():
    """The audit takes the minimum of then only where nothing is new."""
    first = history_of(protect([table(SMALL_IN_PRINT)], SPEC, THEN))
    history = beside(first, joined=True)
    alone = protect([table({**SMALL_IN_PRINT, **LATE})], SPEC, THEN, history)
    assert printed(alone)["g4", "midden"] == 12
    where = {finding.where for finding in audit(alone.tables, (), NOW, history).findings if finding.threat == "T1"}
    assert "gebied g4, leeftijd midden" in where


def test_enough_people_came_so_the_small_group_of_then_is_another():
    """In print stood 12; 20 came since: what is printed now is of the 32, under the new minimum."""
    first = history_of(protect([table(SMALL_IN_PRINT)], SPEC, THEN))
    keys = [(), (("area", "g1"),), (("leeftijd", "midden"),), (("area", "g1"), ("leeftijd", "midden"))]
    history = with_deltas(first, {("een", "", key): Deltas(20, 0) for key in keys})
    result = protect([table({**SMALL_IN_PRINT, "g1": (40, 32, 46)})], SPEC, NOW, history)
    assert printed(result)["g1", "midden"] == 32
    assert result.certificate.minimum == 15


def test_the_question_beside_one_that_stays_stays_too():
    """How many answered stands beside how many took part: both of then, or both of now."""
    spec = TableSpec((TableLayout("t", ("area", "leeftijd"), by=("meting", "vraag")),))

    def of(kinds):
        parts = [table(counts).append_column("vraag", pa.array([name] * 9)) for name, counts in kinds.items()]
        parts = [part.append_column("meting", pa.array(["2026"] * 9)) for part in parts]
        return pa.concat_tables(parts)

    both = of({"a": SMALL_IN_PRINT, "b": ALL_LARGE})
    history = history_of(protect([both], spec, THEN), spec)
    assert protect([both], spec, NOW, history).reprinted == {"meting=2026|vraag=a", "meting=2026|vraag=b"}
    alone = of({"b": ALL_LARGE})
    assert not protect([alone], spec, NOW, history_of(protect([alone], spec, THEN), spec)).reprinted


def test_a_group_that_was_printed_inside_a_gemeente_does_not_go_outside():
    inside = Rules(minimum=5, internal=True)
    counts = {**ALL_LARGE, "g1": (40, 7, 46)}
    history = history_of(protect([table(counts)], SPEC, inside))
    assert in_print(history)["g1", "midden"] == 7
    with pytest.raises(DisclosureRefused):
        protect([table(counts)], SPEC, Rules(), history)
    assert printed(protect([table(counts)], SPEC, Rules(minimum=8, internal=True), history))["g1", "midden"] == 7


sizes = st.one_of(st.integers(1, 16), st.integers(10, 40))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(sizes, min_size=12, max_size=12), st.booleans())
def test_nothing_below_the_new_minimum_is_newly_learned(counts, joins):
    """Of every cell, and of closed cells of one sum together: no more than the first release told, or the new rule."""
    every = {f"g{at + 1}": tuple(counts[3 * at : 3 * at + 3]) for at in range(4)}
    then = {area: every[area] for area in ("g1", "g2", "g3")}
    first = history_of(protect([table(then)], SPEC, THEN))
    now = every if joins else then
    result = protect([table(now)], SPEC, NOW, beside(first, joined=joins))
    assert audit(result.tables, (), NOW, beside(first, joined=joins)).safe
    atoms = [(area, band) for area in now for band in BANDS]
    true = np.array([now[area][BANDS.index(band)] for area, band in atoms], dtype=float)
    before = [(np.zeros(len(atoms)), 0), *equations(in_print(first), atoms, then)]
    after = [*before, *equations(printed(result), atoms, now)]
    for group in groups(atoms, printed(result), in_print(first)):
        size = float(true @ group)
        if 0 < size < NOW.minimum:
            (low, high), (least, most) = ends(group, after, true), ends(group, before, true)
            assert high >= min(NOW.minimum, most) - NEAR, (size, "at most")
            assert group.sum() > 1 or low <= least + NEAR, (size, "at least")


def equations(cells, atoms, areas):
    """A row over the atoms and its number, per printed cell; a total is over the areas of its own release."""
    return [
        (np.array([a in areas and area in (TOTAL, a) and band in (TOTAL, b) for a, b in atoms], dtype=float), n)
        for (area, band), n in cells.items()
        if n is not None
    ]


def groups(atoms, *prints):
    """Every cell, and per row and column what is closed there in one of the prints, two at a time and together."""
    yield from np.eye(len(atoms))
    for cells in prints:
        shut = [at for at, atom in enumerate(atoms) if cells.get(atom) is None]
        for where in (0, 1):
            for code in dict.fromkeys(atom[where] for atom in atoms):
                line = [at for at in shut if atoms[at][where] == code]
                for some in [*combinations(line, 2), tuple(line)]:
                    yield np.isin(np.arange(len(atoms)), some).astype(float)


def ends(group, known, true):
    matrix, right = np.array([row for row, _ in known]), np.array([row @ true for row, _ in known])
    assert np.allclose(right, [n for _, n in known])
    found = [linprog(sign * group, A_eq=matrix, b_eq=right, bounds=(0, FAR), method="highs") for sign in (1, -1)]
    assert all(one.status == 0 for one in found)
    return found[0].fun, -found[1].fun
