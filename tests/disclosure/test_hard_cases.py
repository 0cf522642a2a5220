"""Cases from the literature and from our own tables on which simple methods fail."""

from itertools import product

import pyarrow as pa
import pytest

from anonymisation.disclosure import audit, protect
from domain.release import TOTAL, Hierarchy, Rules, TableLayout, TableSpec


def grid(rows, closed=(), *, dims=("rij", "kolom")):
    """A published table of a matrix with totals, and these inner cells closed."""
    height, width = len(rows), len(rows[0])
    value = {(f"r{i}", f"k{j}"): rows[i][j] for i in range(height) for j in range(width)}
    value |= {(f"r{i}", TOTAL): sum(rows[i]) for i in range(height)}
    value |= {(TOTAL, f"k{j}"): sum(row[j] for row in rows) for j in range(width)}
    value[TOTAL, TOTAL] = sum(map(sum, rows))
    return pa.Table.from_pylist(
        [
            {dims[0]: a, dims[1]: b, "n": None if (a, b) in closed else n,
             "status": "suppressed" if (a, b) in closed else "published"}
            for (a, b), n in value.items()
        ]
    )  # fmt: skip


def leaf(rows, *, dims=("rij", "kolom")):
    cells = [(f"r{i}", f"k{j}", n) for i, row in enumerate(rows) for j, n in enumerate(row)]
    return pa.table(dict(zip((*dims, "n"), map(list, zip(*cells, strict=True)), strict=True)))


def shown(result, table=0):
    printed = result.tables[table]
    dims = [name for name in printed.column_names if name not in ("n", "status")]
    return {tuple(row[dim] for dim in dims): row["n"] for row in printed.to_pylist()}


ONE = TableSpec((TableLayout("t", ("rij", "kolom")),))
BRIDGE = [[20, 30, 40, 50], [25, 35, 5, 45], [50, 40, 30, 20], [45, 35, 25, 15]]
TWO_PER_LINE = {("r0", "k0"), ("r0", "k1"), ("r1", "k0"), ("r1", "k1"), ("r1", "k2"), ("r2", "k2"), ("r2", "k3"),
                ("r3", "k2"), ("r3", "k3")}  # fmt: skip


def test_two_closed_cells_in_every_line_and_one_is_still_exact():
    report = audit([grid(BRIDGE, TWO_PER_LINE)], (), Rules())
    assert [finding.where for finding in report.findings] == ["kolom k2, rij r1"]
    assert "precies" in report.findings[0].learned
    assert protect([leaf(BRIDGE)], ONE, Rules()).audit.safe


def test_a_rest_below_k_is_a_group():
    rows = [[3, 4, 50], [40, 40, 40], [30, 30, 30]]
    closed = {("r0", "k0"), ("r0", "k1"), ("r1", "k0"), ("r1", "k1")}
    assert not audit([grid(rows, closed)], (), Rules()).safe
    found = shown(protect([leaf(rows)], ONE, Rules()))
    assert found["r0", "k0"] is None
    assert found["r0", "k2"] is None or found["r0", TOTAL] is None


def test_three_singletons_in_a_line():
    rows = [[1, 1, 1, 60], [40, 30, 50, 60], [40, 30, 50, 60]]
    result = protect([leaf(rows)], ONE, Rules())
    found = shown(result)
    assert result.audit.safe
    assert found["r0", "k3"] is None or found["r0", TOTAL] is None


def test_a_singleton_who_knows_himself_does_not_learn_his_neighbour():
    """9 + 1 = 10: wide enough for outsiders, but the one person would know the nine."""
    rows = [[1, 9, 40], [40, 30, 50], [30, 30, 30]]
    found = shown(protect([leaf(rows)], ONE, Rules()))
    closed = [code for (row, code), n in found.items() if row == "r0" and n is None]
    assert len(closed) >= 3


def test_two_tables_that_share_margins_are_each_safe_alone_and_not_together():
    people = [
        *(("g1", "a", "x", 12), ("g1", "b", "y", 5), ("g1", "c", "y", 30)),
        *(("g2", "a", "x", 40), ("g2", "b", "y", 20), ("g2", "c", "x", 33)),
        *(("g3", "a", "y", 21), ("g3", "b", "x", 44), ("g3", "c", "y", 18)),
    ]
    tables = []
    for at, name in ((1, "l"), (2, "v")):
        rows = {}
        for person in people:
            rows[person[0], person[at]] = rows.get((person[0], person[at]), 0) + person[3]
        columns = list(zip(*((g, c, n) for (g, c), n in rows.items()), strict=True))
        tables.append(pa.table({"g": list(columns[0]), name: list(columns[1]), "n": list(columns[2])}))
    spec = TableSpec((TableLayout("gl", ("g", "l")), TableLayout("gv", ("g", "v"))))
    assert protect(tables, spec, Rules()).audit.safe


@pytest.mark.parametrize("small", [3, 9])
def test_with_two_gemeenten_neither_learns_the_other(small):
    """Own cells known: the other one follows from the total, unless more is closed."""
    rows = [[small, 40, 30], [20, 30, 50]]
    rules = Rules(insider_dimension="rij")
    result = protect([leaf(rows)], ONE, rules)
    assert audit(result.tables, (), rules).safe
    assert shown(result)[TOTAL, "k0"] is None


def test_without_that_rule_the_audit_says_who_would_learn_it():
    rows = [[3, 40, 30], [20, 30, 50]]
    closed = {(row, code) for row in ("r0", "r1") for code in ("k0", "k1")}
    report = audit([grid(rows, closed)], (), Rules(insider_dimension="rij"))
    assert audit([grid(rows, closed)], (), Rules()).safe
    assert {finding.threat for finding in report.findings} == {"T8"}


def test_a_crossing_of_twelve_journeys_shows_nothing_but_the_total():
    rows = [[2, 3], [4, 3]]
    found = shown(protect([leaf(rows)], TableSpec((TableLayout("t", ("rij", "kolom"), grain="klantreizen"),)), Rules()))
    assert {codes for codes, n in found.items() if n is not None} <= {(TOTAL, TOTAL)}


def test_wijken_gemeenten_and_a_verband_are_one_problem():
    tree = Hierarchy("gebied", {**{f"W{i}": f"GM{i // 3}" for i in range(9)}, **{f"GM{i}": "SV1" for i in range(2)}})
    counts = [30, 4, 40, 25, 35, 45, 22, 33, 44]
    table = pa.table({"gebied": [f"W{i}" for i in range(9)], "n": counts})
    result = protect([table], TableSpec((TableLayout("t", ("gebied",)),), (tree,)), Rules())
    found = shown(result)
    assert found["W1",] is None
    assert found["GM0",] == 74
    assert found["SV1",] == 179
    assert result.audit.safe


def test_a_coarser_table_beside_a_finer_one_is_linked():
    """A benchmark of two gemeenten minus one of them is the other."""
    tree = Hierarchy("gebied", {"GM1": "B1", "GM2": "B1", "B1": TOTAL, "GM3": TOTAL, "GM4": TOTAL})
    fine = pa.table({"gebied": ["GM1", "GM2", "GM3", "GM4"], "n": [60, 4, 70, 80]})
    coarse = pa.table({"gebied": ["B1", "GM3", "GM4"], "n": [64, 70, 80]})
    plain = Hierarchy("gebied", dict.fromkeys(("GM1", "GM2", "GM3", "GM4"), TOTAL))
    spec = TableSpec((TableLayout("fijn", ("gebied",)), TableLayout("grof", ("gebied",))), (plain, tree))
    result = protect([fine, coarse], spec, Rules())
    assert shown(result)["GM2",] is None
    assert shown(result)["GM1",] is None or shown(result, 1)["B1",] is None
    alone = [protect([t], TableSpec((layout,), (plain, tree)), Rules()).tables[0]
             for t, layout in zip((fine, coarse), spec.tables, strict=True)]  # fmt: skip
    opened = alone[0].to_pylist()
    for row in opened:
        if row["gebied"] in ("GM1", "GM3", "GM4"):
            row |= {"n": {"GM1": 60, "GM3": 70, "GM4": 80}[row["gebied"]], "status": "published"}
        if row["gebied"] == TOTAL:
            row |= {"n": None, "status": "suppressed"}
    assert not audit([pa.Table.from_pylist(opened), alone[1]], (plain, tree), Rules()).safe


def test_every_binary_table_of_small_counts_is_safe_or_refused():
    for counts in product((4, 30), (0, 4, 30), (4, 30), (0, 30)):
        rows = [list(counts[:2]), list(counts[2:])]
        result = protect([leaf(rows)], ONE, Rules())
        assert all(n is None or n == 0 or n >= 10 for n in shown(result).values())
        assert result.audit.safe
