"""Against the outputs that the documentation of GaussSuppression (R, MIT) prints for public test tables.

Facts taken from https://statisticsnorway.github.io/ssb-gausssuppression: the counts, the threshold and which cells
their output closes. "Small" is theirs (n <= maxN), so k is maxN + 1. Their method promises no exact disclosure; the
question here is ours: can a small cell still be k, and can it be 0?
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.intervals import attack
from anonymisation.disclosure.groups.cells import blocks
from anonymisation.disclosure.groups.incidence import Draft, add_block, finish
from anonymisation.disclosure.groups.pattern import find_pattern
from domain.release import TOTAL, Hierarchy, Rules, TableLayout
from storage.duck import memory


@dataclass(frozen=True)
class Output:
    """One printed output: `closed` per row, and what an outsider is left with (small cells surely below k; not 0)."""

    source: str
    counts: dict[str, dict[str, int]]
    max_n: int
    closed: dict[str, str]
    below: int
    not_zero: int
    above: dict[str, str] | None = None


EXAMPLE1 = {"young": {"Spain": 5, "Iceland": 2, "Portugal": 0}, "old": {"Spain": 6, "Iceland": 3, "Portugal": 4}}
EU = {"Spain": "EU", "Portugal": "EU", "Iceland": "nonEU"}
DF = {"1": {"A": 1, "B": 1, "C": 1, "D": 5, "E": 5}, "2": dict.fromkeys("ABCDE", 9),
      "3": {"A": 0, "B": 0, "C": 0, "D": 7, "E": 7}}  # fmt: skip
Z1 = {
    region: dict(zip(("annet", "arbeid", "soshjelp", "trygd"), counts, strict=True))
    for region, counts in {
        "A": (11, 11, 55, 36), "B": (7, 1, 29, 18), "C": (5, 8, 35, 25), "D": (13, 2, 17, 13),
        "E": (9, 14, 63, 52), "F": (12, 9, 24, 22), "G": (6, 4, 22, 8), "H": (9, 3, 38, 15),
    }.items()
}  # fmt: skip
SMALL_COUNTS = "articles/Small_count_frequency_table_suppression, table "
OUTPUTS = (
    Output(SMALL_COUNTS + "2", EXAMPLE1, 2,
           {"young": "EU nonEU Iceland Portugal", "old": "EU nonEU Iceland Portugal"}, 2, 0, EU),
    Output(SMALL_COUNTS + "5", EXAMPLE1, 3,
           {"young": "EU nonEU Iceland Portugal", "old": "EU nonEU Iceland Portugal"}, 2, 2, EU),
    Output(SMALL_COUNTS + "4", EXAMPLE1, 4,
           {TOTAL: "Portugal Spain", "young": "EU nonEU Iceland Spain", "old": "EU nonEU Iceland Portugal"}, 0, 2, EU),
    Output("reference/GaussSuppressionFromData, df", DF, 3, {"1": "A B C E", "3": "A B C E"}, 3, 0),
    Output("reference/GaussSuppressionFromData, z1", Z1, 3, dict.fromkeys("BDH", "annet arbeid"), 0, 0),
    Output("reference/SuppressLinkedTables, z1", Z1, 5, dict.fromkeys("ABCDGH", "annet arbeid"), 0, 0),
)  # fmt: skip


def problem_of(output):
    rows = [(row, column, n) for row, counts in output.counts.items() for column, n in counts.items()]
    table = pa.table(dict(zip(("r", "c", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    trees = (Hierarchy("c", output.above),) if output.above else ()
    with memory(threads=1) as connection:
        block = blocks(table, TableLayout("t", ("r", "c")), trees, connection)[0]
    draft = Draft()
    add_block(draft, block)
    return block, finish(draft, [block]), trees


def outsider(block, trees, closed, k):
    """Small cells that are surely below k, and small cells that are surely not 0, by the attacker's own code."""
    names = [block.label(row) for row in range(block.size)]
    printed = pa.table({
        "r": [r for r, _ in names], "c": [c for _, c in names],
        "n": pa.array([None if shut else n for n, shut in zip(block.n.tolist(), closed, strict=True)], pa.int64()),
        "status": ["suppressed" if shut else "published" for shut in closed],
    })  # fmt: skip
    view = views({"t": printed}, trees, ())[()]
    known = attack(view, k, exact=True)
    truth = {key_of(name): n for name, n in zip(names, block.n.tolist(), strict=True)}
    small = [at for key, at in view.index.items() if 0 < truth[key] < k]
    return sum(known.high[at] < k - 1e-6 for at in small), sum(known.low[at] > 1e-6 for at in small)


def key_of(name):
    return tuple(sorted((dim, code) for dim, code in zip("rc", name, strict=True) if code != TOTAL))


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: f"{output.source.split()[-1]}-{output.max_n}")
def test_what_their_output_leaves_and_ours_does_not(output):
    block, problem, trees = problem_of(output)
    k = output.max_n + 1
    theirs = [block.label(row)[1] in output.closed.get(block.label(row)[0], "").split() for row in range(block.size)]
    assert sum(theirs) == sum(len(columns.split()) for columns in output.closed.values())
    assert outsider(block, trees, theirs, k) == (output.below, output.not_zero)

    primary = (problem.n > 0) & (problem.n < k)
    rules = Rules(minimum=5, internal=True, coalition=output.max_n)
    ours = find_pattern(problem, primary, np.full(problem.size, float(k)), rules)
    assert outsider(block, trees, ours[problem.grids[0].place].tolist(), k) == (0, 0)
