"""How far the fast way is from the proven optimum on small tables (total closed cells, T2 only)."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure import protect
from anonymisation.disclosure.groups import pattern
from anonymisation.disclosure.groups.cells import blocks
from anonymisation.disclosure.groups.exact import cheapest_pattern
from anonymisation.disclosure.groups.incidence import Draft, add_block, finish
from anonymisation.disclosure.groups.primary import primary_reasons
from domain.release import Rules, TableLayout, TableSpec
from storage.duck import memory

LAYOUT = TableLayout("t", ("g", "l"))


def made_up(seed):
    """A skewed table of at most 60 cells."""
    dice = np.random.default_rng(seed)
    g, l = int(dice.integers(3, 9)), int(dice.integers(3, 6))  # noqa: E741
    n = np.round(np.exp(dice.normal(3.0, 1.1, (g, l)))).astype(int)
    rows = [(f"g{i}", f"l{j}", int(n[i, j])) for i in range(g) for j in range(l)]
    return pa.table(dict(zip(("g", "l", "n"), map(list, zip(*rows, strict=True)), strict=True)))


def problem_of(table):
    with memory(threads=1) as connection:
        block = blocks(table, LAYOUT, (), connection)[0]
        reasons = primary_reasons(block, Rules(), 10)
    draft = Draft()
    add_block(draft, block)
    problem = finish(draft, [block])
    primary = np.zeros(problem.size, dtype=bool)
    primary[problem.grids[0].place] = [reason is not None for reason in reasons]
    return problem, primary


def gap(seed):
    problem, primary = problem_of(made_up(seed))
    levels = np.full(problem.size, 10.0)
    fast = pattern.find_pattern(problem, primary, levels, Rules())
    best = cheapest_pattern(problem, primary, levels, cost=np.ones(problem.size), seconds=60)
    return fast.sum() / max(1, best.sum()) - 1


def gaps(seeds, monkeypatch):
    monkeypatch.setattr(pattern, "insiders", lambda *_: ())
    return np.array([gap(seed) for seed in seeds])


def test_close_to_the_optimum(monkeypatch):
    found = gaps(range(5), monkeypatch)
    assert found.max() <= 0.25
    assert np.median(found) <= 0.05


@pytest.mark.slow
def test_close_to_the_optimum_on_many_tables(monkeypatch):
    found = gaps(range(60), monkeypatch)
    assert found.max() <= 0.25
    assert np.median(found) <= 0.05


def safe(problem, primary, closed):
    """Whether every primary cell can be 0 and can be 10: a linear programme from scratch."""
    n = np.nan_to_num(problem.n)
    bounds = [(0, None) if hidden else (value, value) for hidden, value in zip(closed, n, strict=True)]
    for cell, sign in ((cell, sign) for cell in np.flatnonzero(primary) for sign in (1, -1)):
        one = np.zeros(problem.size)
        one[cell] = sign
        found = linprog(one, A_eq=problem.matrix, b_eq=np.zeros(problem.matrix.shape[0]), bounds=bounds, method="highs")
        end = -np.inf if found.status == 3 else found.fun  # status 3: without end
        if end > 1e-6 if sign == 1 else -end < 10 - 1e-6:
            return False
    return True


@pytest.mark.parametrize(
    "rows",
    [[(3, 40, 50), (60, 70, 80)], [(3, 4, 50), (60, 70, 80)], [(9, 12, 11), (30, 4, 40)], [(2, 30, 40), (50, 3, 60)]],
)
def test_the_optimum_is_the_fewest_cells_of_all_patterns(rows):
    """Of every set of cells with one less none is safe; forced totals stay open where they can."""
    cells = [(f"g{i}", f"l{j}", n) for i, row in enumerate(rows) for j, n in enumerate(row)]
    problem, primary = problem_of(
        pa.table(dict(zip(("g", "l", "n"), map(list, zip(*cells, strict=True)), strict=True)))
    )
    found = cheapest_pattern(problem, primary, np.full(problem.size, 10.0), cost=np.ones(problem.size), seconds=60)
    assert safe(problem, primary, found)
    free = np.flatnonzero(~primary & ~problem.forced)
    fewer = int((found & ~primary).sum()) - 1
    for more in combinations(free, fewer):
        assert not safe(problem, primary, primary | np.isin(np.arange(problem.size), more))


def test_the_exact_way_can_be_asked_for(monkeypatch):
    """Of 60 cells and not of 61, and what it finds is what stays closed."""
    asked = []

    def counted(*given, **named):
        asked.append(cheapest_pattern(*given, **named))
        return asked[-1]

    monkeypatch.setattr(pattern, "cheapest_pattern", counted)
    monkeypatch.setattr(pattern, "insiders", lambda *_: ())
    table, spec = made_up(1), TableSpec((LAYOUT,))
    size = problem_of(table)[0].size
    assert protect([table], spec, Rules(exact_up_to=size - 1)).audit.safe
    assert asked == []
    exact = protect([table], spec, Rules(exact_up_to=size))
    assert exact.audit.safe
    assert exact.certificate.tables[0].suppressed == asked[0].sum() > 0
