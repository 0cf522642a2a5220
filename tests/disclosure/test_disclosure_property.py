"""The rule itself, checked by a second programme: no primary cell is ever known to be inside [0, k].

The attacker here is written from scratch: unknown people per finest group (atom), one equation per printed cell,
solved by scipy. It shares nothing with protector or auditor.
"""

import os
from itertools import product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from domain.release import TOTAL, Hierarchy, Rules, TableLayout, TableSpec

K = 10
FAR = 1e7
TREE = {"g": {"g1": "p1", "g2": "p1", "g3": "p1", "g4": "p2", "g5": "p2"}, "l": {"l1": "l12", "l2": "l12"}}
CODES = {"g": ["g1", "g2", "g3", "g4", "g5"], "l": ["l1", "l2", "l3"], "v": ["v1", "v2", "v3"]}
FACTOR = int(os.environ.get("TOEGANGSPEIL_EXAMPLES", "1"))
"""How many times more examples than on an ordinary day."""


def examples(count):
    return settings(deadline=None, max_examples=count * FACTOR, suppress_health_check=list(HealthCheck))


def covers(dim, code, leaf):
    while leaf != code and leaf in TREE.get(dim, {}):
        leaf = TREE[dim][leaf]
    return code in (TOTAL, leaf)


def attack(printed, atoms, dims):
    """(A, b): one equation per printed cell over the atoms; and one row per suppressed cell."""
    known, right, closed = [], [], []
    for table in printed:
        own = [dim for dim in dims if dim in table.column_names]
        for row in table.to_pylist():
            inside = [all(covers(d, row[d], atom[dims.index(d)]) for d in own) for atom in atoms]
            if row["n"] is None:
                closed.append(({d: row[d] for d in own}, np.array(inside, dtype=float)))
            else:
                known.append(np.array(inside, dtype=float))
                right.append(row["n"])
    return np.array(known), np.array(right, dtype=float), closed


def interval(row, known, right, fixed=()):
    equations = np.vstack([known, *[r for r, _ in fixed]]) if fixed else known
    values = np.concatenate([right, [v for _, v in fixed]])
    ends = []
    for sign in (1, -1):
        found = linprog(sign * row, A_eq=equations if len(equations) else None, b_eq=values if len(equations) else None,
                        bounds=(0, FAR), method="highs")  # fmt: skip
        assert found.status == 0
        ends.append(sign * found.fun)
    return ends


@st.composite
def people(draw, dims):
    atoms = list(product(*(CODES[dim] for dim in dims)))
    sizes = st.one_of(st.just(0), st.integers(1, 4), st.integers(1, 12), st.integers(10, 60))
    return atoms, draw(st.lists(sizes, min_size=len(atoms), max_size=len(atoms)))


def leaf_table(atoms, counts, dims, keep):
    rows = {}
    for atom, n in zip(atoms, counts, strict=True):
        codes = tuple(atom[dims.index(d)] for d in keep)
        rows[codes] = rows.get(codes, 0) + n
    names = list(zip(*rows, strict=True))
    return pa.table({**{d: list(c) for d, c in zip(keep, names, strict=True)}, "n": list(rows.values())})


def trees(dims):
    return tuple(Hierarchy(dim, TREE[dim]) for dim in dims if dim in TREE)


def check(tables, keeps, atoms, counts, dims, rules):
    layouts = tuple(TableLayout("".join(keep), keep) for keep in keeps)
    found = protect(tables, TableSpec(layouts, trees(dims)), rules)
    known, right, closed = attack(found.tables, atoms, dims)
    truth = np.array(counts, dtype=float)
    primary = [(cell, row) for cell, row in closed if 0 < row @ truth < K]
    for cell, row in primary:
        low, high = interval(row, known, right)
        assert low <= 1e-6, cell
        assert high >= K - 1e-6, cell
    return found, primary, (known, right), truth


@examples(8)
@given(people(["g", "l"]))
def test_one_hierarchical_table(drawn):
    atoms, counts = drawn
    check([leaf_table(atoms, counts, ["g", "l"], ("g", "l"))], [("g", "l")], atoms, counts, ["g", "l"], Rules())


@examples(8)
@given(people(["g", "l", "v"]))
def test_tables_that_share_margins(drawn):
    atoms, counts = drawn
    dims, keeps = ["g", "l", "v"], [("g", "l"), ("g", "v")]
    check([leaf_table(atoms, counts, dims, keep) for keep in keeps], keeps, atoms, counts, dims, Rules())


@examples(5)
@given(people(["g", "l", "v"]))
def test_tables_that_meet_in_a_ring(drawn):
    atoms, counts = drawn
    dims, keeps = ["g", "l", "v"], [("g", "l"), ("l", "v"), ("g", "v")]
    check([leaf_table(atoms, counts, dims, keep) for keep in keeps], keeps, atoms, counts, dims, Rules())


@examples(5)
@given(people(["g", "l"]))
def test_a_respondent_group_that_knows_itself_learns_no_other(drawn):
    atoms, counts = drawn
    tables = [leaf_table(atoms, counts, ["g", "l"], ("g", "l"))]
    _, primary, (known, right), truth = check(tables, [("g", "l")], atoms, counts, ["g", "l"], Rules())
    for cell, row in primary:
        for other, target in primary:
            filled = truth > 0
            nested = all(other[d] == c or c == TOTAL for d, c in cell.items())
            if other == cell or nested or np.array_equal(row * filled, target * filled):
                continue
            low, high = interval(target, known, right, fixed=[(row, row @ truth)])
            assert high - low > 1e-6, (cell, other)


@examples(5)
@given(people(["g", "l"]), st.randoms(use_true_random=False))
def test_other_names_for_the_same_people_are_equally_safe(drawn, dice):
    atoms, counts = drawn
    dims = ["g", "l"]
    check([leaf_table(atoms, counts, dims, ("g", "l"))], [("g", "l")], atoms, counts, dims, Rules())
    shuffled = list(zip(atoms, counts, strict=True))
    dice.shuffle(shuffled)
    mixed = [atom for atom, _ in shuffled], [n for _, n in shuffled]
    one = protect([leaf_table(atoms, counts, dims, ("g", "l"))], TableSpec((TableLayout("t", ("g", "l")),)), Rules())
    two = protect([leaf_table(*mixed, dims, ("g", "l"))], TableSpec((TableLayout("t", ("g", "l")),)), Rules())
    assert one.tables[0].equals(two.tables[0])
    assert one.certificate.as_dict() == two.certificate.as_dict()


@examples(2)
@given(people(["g", "l"]))
def test_opening_a_cell_is_seen_by_the_audit_exactly_when_it_matters(drawn):
    atoms, counts = drawn
    dims, truth = ["g", "l"], np.array(counts, dtype=float)
    found, _, _, _ = check([leaf_table(atoms, counts, dims, ("g", "l"))], [("g", "l")], atoms, counts, dims, Rules())
    rows = found.tables[0].to_pylist()
    for at, row in enumerate(rows):
        inside = np.array([all(covers(d, row[d], atom[dims.index(d)]) for d in dims) for atom in atoms])
        n = int(inside @ truth)
        if row["n"] is not None or n < K:
            continue
        opened = pa.Table.from_pylist([*rows[:at], {**row, "n": n, "status": "published"}, *rows[at + 1 :]])
        known, right, closed = attack([opened], atoms, dims)
        caught = any(interval(r, known, right)[1] < K - 1e-6 for _, r in closed)
        assert (not audit([opened], trees(dims), Rules()).safe) == caught


@pytest.mark.parametrize("seed", range(3))
def test_the_audit_agrees_with_the_second_programme(seed):
    dice = np.random.default_rng(seed)
    dims, keeps = ["g", "l", "v"], [("g", "l"), ("g", "v")]
    atoms = list(product(*(CODES[dim] for dim in dims)))
    counts = dice.integers(0, 14, len(atoms)).tolist()
    printed = []
    for keep in keeps:
        open_ = protect([leaf_table(atoms, [c + 20 for c in counts], dims, keep)],
                        TableSpec((TableLayout("t", keep),), trees(dims)), Rules()).tables[0]  # fmt: skip
        rows = open_.to_pylist()
        for row in rows:
            if dice.random() < 0.5 and sum(row[d] == TOTAL for d in keep) == 0:
                row |= {"n": None, "status": "suppressed"}
        printed.append(pa.Table.from_pylist(rows))
    known, right, closed = attack(printed, atoms, dims)
    rules = Rules(minimum=100)
    second = {str(sorted(cell.items())) for cell, row in closed if 1e-6 < interval(row, known, right)[1] < 100 - 1e-6}
    report = audit(printed, trees(dims), rules)
    first = {finding.where for finding in report.findings if finding.threat == "T2"}
    assert len(first) == len(second) > 0
