"""Shares of parts and wholes side by side: an own programme over all counts at once never pins one that is printed."""

import numpy as np
import pyarrow as pa
import pytest
import scipy.sparse as sp
from scipy.optimize import linprog

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.attack.answers import possible_counts
from domain.release import TOTAL, AuditReport, Rules, TableLayout, TableSpec

SPEC = TableSpec((TableLayout("t", ("g", "v"), ("said",)),))


def leaf(rows):
    return pa.table(dict(zip(("g", "v", "said", "n"), map(list, zip(*rows, strict=True)), strict=True)))


def made_up(seed):
    dice = np.random.default_rng(seed)
    g, v, kinds = int(dice.integers(2, 7)), int(dice.integers(2, 5)), int(dice.integers(2, 6))
    scale, chance = float(np.exp(dice.uniform(np.log(15), np.log(200)))), dice.dirichlet(np.ones(kinds) * 2)
    return leaf([
        (f"g{i}", f"v{j}", f"a{a}", int(n))
        for i in range(g) for j in range(v)
        for a, n in enumerate(dice.multinomial(int(dice.poisson(scale * dice.gamma(2, 0.5))), chance))
    ])  # fmt: skip


def of_one_mind(seed):
    """Smaller groups, and in four of ten everybody gives the first answer."""
    dice = np.random.default_rng(seed)
    g, v, kinds = int(dice.integers(2, 6)), int(dice.integers(2, 5)), int(dice.integers(2, 4))
    scale = float(np.exp(dice.uniform(np.log(8), np.log(60))))

    def said(people):
        same = dice.random() < 0.4
        return dice.multinomial(people, np.eye(kinds)[0] if same else dice.dirichlet(np.ones(kinds) * 3)).tolist()

    return leaf([
        (f"g{i}", f"v{j}", f"a{a}", n)
        for i in range(g) for j in range(v) for a, n in enumerate(said(int(dice.poisson(scale * dice.gamma(2, 0.5)))))
    ])  # fmt: skip


def worlds(rows):
    """Bounds of the count behind every (group, answer), and the sums that bind them, from the printed rows alone."""
    said = sorted({row["said"] for row in rows} - {TOTAL})
    base = {(row["g"], row["v"]): row["n"] for row in rows if row["said"] == TOTAL}
    index = {(group, a): i for i, (group, a) in enumerate((group, a) for group in base for a in said)}
    bounds = [(0, base[group]) for group, _ in index]
    shown = {}
    for row in rows:
        if row["said"] != TOTAL and (row["share"] is not None or row["bound"] is not None):
            spot = index[(row["g"], row["v"]), row["said"]]
            shown[spot] = row
            bounds[spot] = possible_counts(row["share"], row["bound"], row["step"], base[row["g"], row["v"]])
    sums = [({index[group, a]: 1 for a in said}, n) for group, n in base.items() if n is not None]
    for at in (0, 1):
        for whole in (group for group in base if group[at] == TOTAL):
            parts = [group for group in base if group[at] != TOTAL and group[1 - at] == whole[1 - at]]
            sums += [({index[whole, a]: -1, **{index[part, a]: 1 for part in parts}}, 0) for a in said]
    return bounds, sums, shown


def programme(bounds, sums):
    """Lowest and highest value of a sum of counts, in the worlds that fit."""
    matrix = sp.lil_matrix((len(sums), len(bounds)))
    for i, (terms, _) in enumerate(sums):
        for column, sign in terms.items():
            matrix[i, column] = sign
    limits = {"A_eq": matrix.tocsr(), "b_eq": [rhs for _, rhs in sums], "bounds": bounds}

    def ends(spots):
        cost = np.isin(np.arange(len(bounds)), spots).astype(float)
        return [linprog(cost * sign, **limits).fun * sign for sign in (1, -1)]

    return ends


def pinned(rows):
    """Printed shares of which lowest and highest count are the same."""
    bounds, sums, shown = worlds(rows)
    ends = programme(bounds, sums)
    for spot in shown:
        low, high = ends([spot])
        if np.ceil(low - 1e-6) >= np.floor(high + 1e-6):
            yield shown[spot]


def closed_rests(base):
    """Closed groups that a printed whole leaves beside its printed parts; a closed part is also seen as its parts."""

    def inside(whole, at):
        """Its parts along one dimension, if it is a total there."""
        return [one for one in base if one[at] != TOTAL == whole[at] and one[1 - at] == whole[1 - at]]

    for at in (0, 1):
        for whole in (group for group in base if group[at] == TOTAL and base[group] is not None):
            plain = inside(whole, at)
            opened = [one for part in plain for one in (inside(part, 1 - at) if base[part] is None else ()) or [part]]
            for parts in (plain, opened):
                shown = [part for part in parts if base[part] is not None]
                n = base[whole] - sum(base[part] for part in shown)
                if shown and n >= 10:
                    yield [part for part in parts if part not in shown], n


def alike(rows):
    """Closed rests of which an answer is known exactly, or known to be that of (nearly) all."""
    bounds, sums, _ = worlds(rows)
    ends = programme(bounds, sums)
    said = sorted({row["said"] for row in rows} - {TOTAL})
    base = {(row["g"], row["v"]): row["n"] for row in rows if row["said"] == TOTAL}
    spot = {(group, a): i for i, (group, a) in enumerate((group, a) for group in base for a in said)}
    for groups, n in closed_rests(base):
        for a in said:
            low, high = ends([spot[group, a] for group in groups])
            if low > max(n - 2, possible_counts(None, ">90", None, n)[0]) + 1e-6 or high - low < 1 - 1e-6:
                yield groups, a


@pytest.mark.parametrize("seed", [7, 12, 24, 28])  # before, each of these gave counts away
def test_no_printed_share_follows_from_the_others(seed):
    rows = protect([made_up(seed)], SPEC, Rules()).tables[0].to_pylist()
    assert any(row["share"] is not None for row in rows)
    assert list(pinned(rows)) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 300, 20))
def test_no_printed_share_follows_from_the_others_in_many_tables(start):
    for seed in range(start, start + 20):
        assert list(pinned(protect([made_up(seed)], SPEC, Rules()).tables[0].to_pylist())) == []


ALIKE = (18, 28, 62)


@pytest.mark.parametrize("seed", ALIKE)
def test_closed_groups_together_did_not_certainly_answer_alike(seed, monkeypatch):
    table = protect([of_one_mind(seed)], SPEC, Rules()).tables[0]
    assert list(alike(table.to_pylist())) == []
    monkeypatch.setattr("anonymisation.disclosure.answers.together.rests_of", lambda *_: [])
    monkeypatch.setattr("anonymisation.disclosure.protector._audit", lambda *_: AuditReport(10, 0, 0, {}, (), ()))
    before = protect([of_one_mind(seed)], SPEC, Rules()).tables[0]
    assert list(alike(before.to_pylist()))
    assert {one.threat for one in audit([before], (), Rules(), answers=["said"]).findings} == {"T5"}
    assert shown(table) >= 0.9 * shown(before)


def shown(table):
    return sum(row["share"] is not None or row["bound"] is not None for row in table.to_pylist())


@pytest.mark.slow
@pytest.mark.parametrize("start", range(100, 200, 20))
def test_closed_groups_together_never_certainly_answered_alike(start):
    for seed in range(start, start + 20):
        rows = protect([of_one_mind(seed)], SPEC, Rules()).tables[0].to_pylist()
        assert (seed, list(alike(rows)), list(pinned(rows))) == (seed, [], [])


def two_groups(share_of_all):
    """Two groups of 20 of which 30 % (5 or 6 people) said yes, and a share of the 40 together, as `protect` prints."""
    lines = [(g, TOTAL, n, None, None) for g, n in ((TOTAL, 40), ("g0", 20), ("g1", 20))]
    lines += [(TOTAL, "ja", None, share_of_all, 5), ("g0", "ja", None, 30, 10), ("g1", "ja", None, 30, 10)]
    lines += [(g, "nee", None, None, None) for g in (TOTAL, "g0", "g1")]
    types = {"g": pa.string(), "said": pa.string(), "n": pa.int64(), "share": pa.int64(), "step": pa.int64()}
    columns = zip(types.items(), zip(*lines, strict=True), strict=True)
    table = pa.table({name: pa.array(list(values), kind) for (name, kind), values in columns})
    return table.append_column("bound", pa.nulls(len(lines), pa.string()))


@pytest.mark.parametrize(("share", "learned"), [(25, 3), (30, 0)])  # 9 or 10 people, 11 or 12 people
def test_the_audit_lays_parts_and_whole_side_by_side(share, learned):
    found = audit([two_groups(share)], (), Rules(), answers=["said"]).findings
    assert [one.threat for one in found] == ["T6"] * learned
    assert all("delen en geheel" in one.learned for one in found)


def test_an_answer_that_nobody_gave_in_a_group_has_a_line_all_the_same():
    rows = [("g0", "v0", "ja", 30), ("g0", "v0", "nee", 20), ("g1", "v0", "ja", 40)]
    found = protect([leaf(rows)], SPEC, Rules()).tables[0].to_pylist()
    (line,) = [row for row in found if (row["g"], row["v"], row["said"]) == ("g1", "v0", "nee")]
    assert (line["share"], line["bound"]) == (None, "<10")
