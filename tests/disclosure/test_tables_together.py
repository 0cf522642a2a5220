"""Shares of the same answers in several tables: a group in two of them has one print, and both tell no count."""

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.answers.together import shares_of
from anonymisation.disclosure.attack.answers import possible_counts
from domain.errors import InputRejected
from domain.release import TOTAL, AuditReport, Rules, TableLayout, TableSpec

SPEC = TableSpec((TableLayout("t", ("g", "v"), ("said",)), TableLayout("u", ("g", "w"), ("said",))))


def table(dims, counts):
    rows = [(*codes, n) for codes, n in counts.items()]
    return pa.table(dict(zip((*dims, "said", "n"), map(list, zip(*rows, strict=True)), strict=True)))


def made_up(seed):
    """Two tables of the same people, by g and v, and by g and w."""
    dice = np.random.default_rng(seed)
    g, v, w = int(dice.integers(2, 5)), int(dice.integers(2, 4)), int(dice.integers(2, 4))
    scale, chance = float(np.exp(dice.uniform(np.log(15), np.log(100)))), dice.dirichlet(np.ones(2) * 2)
    found = defaultdict(int), defaultdict(int)
    for i, j, k in np.ndindex(g, v, w):
        said = dice.multinomial(int(dice.poisson(scale * dice.gamma(2, 0.5))), chance)
        for answer, n in zip("ab", said, strict=True):
            found[0][f"g{i}", f"v{j}", answer] += int(n)
            found[1][f"g{i}", f"w{k}", answer] += int(n)
    return table(("g", "v"), found[0]), table(("g", "w"), found[1])


def prints(tables):
    """(base per group, every print of a group and answer): a group by its codes but for totals."""
    base, said = {}, defaultdict(set)
    for row in (row for one in tables for row in one.to_pylist()):
        group = tuple((dim, row[dim]) for dim in ("g", "v", "w") if row.get(dim, TOTAL) != TOTAL)
        if row["said"] == TOTAL:
            base[group] = row["n"]
        elif row["share"] is not None or row["bound"] is not None:
            said[group, row["said"]].add((row["share"], row["step"], row["bound"]))
    return base, said


def pinned(tables):
    """Printed shares behind which an own programme over all counts leaves one count."""
    base, said = prints(tables)
    index = {spot: at for at, spot in enumerate((group, answer) for group in base for answer in "ab")}
    bounds = [[0, base[group]] for group, _ in index]
    for (group, answer), own in said.items():
        for share, step, bound in own:
            low, high = possible_counts(share, bound, step, base[group])
            at = bounds[index[group, answer]]
            at[:] = max(at[0], low), min(at[1], high)
    sums = [({index[group, one]: 1 for one in "ab"}, n) for group, n in base.items() if n is not None]
    for whole in base:
        for dim in ({"g"} if whole and whole[0][0] != "g" else {"g", "v", "w"}) - {dim for dim, _ in whole}:
            parts = [one for one in base if set(one) > set(whole) and dict(one).keys() - dict(whole).keys() == {dim}]
            sums += [({index[whole, a]: -1, **{index[one, a]: 1 for one in parts}}, 0) for a in "ab" if parts]
    matrix = np.array([[terms.get(at, 0) for at in range(len(index))] for terms, _ in sums])
    limits = {"A_eq": matrix, "b_eq": [rhs for _, rhs in sums], "bounds": bounds}
    for spot in said:
        cost = np.eye(len(index))[index[spot]]
        low, high = (sign * linprog(sign * cost, **limits).fun for sign in (1, -1))
        if np.ceil(low - 1e-6) >= np.floor(high + 1e-6):
            yield spot


LEAKED = (231, 263)
"""With each table by itself these gave a count away."""


@pytest.mark.parametrize("seed", LEAKED)
def test_a_group_in_two_tables_is_printed_once(seed, monkeypatch):
    tables = protect(made_up(seed), SPEC, Rules()).tables
    assert {len(own) for own in prints(tables)[1].values()} == {1}
    assert list(pinned(tables)) == []

    def each(blocks, shown):
        return [shares_of([block], [mine])[0] for block, mine in zip(blocks, shown, strict=True)]

    monkeypatch.setattr("anonymisation.disclosure.scopes.shares_of", each)
    monkeypatch.setattr("anonymisation.disclosure.protector._audit", lambda *_: AuditReport(10, 0, 0, {}, (), ()))
    apart = protect(made_up(seed), SPEC, Rules()).tables
    assert list(pinned(apart))
    assert {one.threat for one in audit(apart, (), Rules(), answers=["said"]).findings} == {"T6"}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(300, 500, 50))
def test_no_count_follows_from_two_tables_in_many(start):
    for seed in range(start, start + 50):
        tables = protect(made_up(seed), SPEC, Rules()).tables
        assert (seed, list(pinned(tables))) == (seed, [])
        assert {len(own) for own in prints(tables)[1].values()} <= {1}


def test_the_same_groups_cannot_have_answered_otherwise():
    one = table(("g", "v"), {("g0", "v0", "a"): 30, ("g0", "v0", "b"): 20})
    other = table(("g", "w"), {("g0", "w0", "a"): 25, ("g0", "w0", "b"): 25})
    with pytest.raises(InputRejected, match="andere vraag"):
        protect((one, other), SPEC, Rules())


def outside(share, step):
    """A table of another tool: sixty people, and the share of one of two answers."""
    lines = [(TOTAL, TOTAL, 60, None, None), (TOTAL, "a", None, share, step), (TOTAL, "b", None, None, None)]
    kinds = {"g": pa.string(), "said": pa.string(), "n": pa.int64(), "share": pa.int64(), "step": pa.int64()}
    columns = zip(kinds.items(), zip(*lines, strict=True), strict=True)
    made = pa.table({name: pa.array(list(values), kind) for (name, kind), values in columns})
    return made.append_column("bound", pa.nulls(3, pa.string()))


@pytest.mark.parametrize(
    ("other", "threats"),
    [
        (outside(75, 5), set()),  # the same again
        (outside(80, 10), set()),  # 45 to 50 said so, and 44 to 46: two counts are left
        (outside(70, 10), {"T6"}),  # 39 to 44
        (outside(50, 10), set()),  # cannot be the same answers: nothing follows
    ],
)
def test_two_prints_of_one_group_are_laid_on_each_other(other, threats):
    assert {one.threat for one in audit([outside(75, 5), other], (), Rules(), answers=["said"]).findings} == threats
