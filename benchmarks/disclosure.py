"""Disclosure control on the national table, against the two-per-line heuristic and tau-ARGUS (pytauargus).

The national table takes tau-ARGUS minutes or ends it; it is measured on a part of that table, beside ours on the same.

python -m benchmarks.disclosure
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.disclosure import audit, protect
from anonymisation.disclosure.groups.cells import blocks
from anonymisation.disclosure.groups.incidence import Draft, Problem, add_block, finish
from anonymisation.disclosure.groups.intervals import find_intervals
from anonymisation.disclosure.groups.primary import primary_reasons
from anonymisation.disclosure.groups.stage1 import close_by_sums
from benchmarks import argus
from domain.release import Hierarchy, Rules, TableLayout, TableSpec
from storage.duck import memory

Array = Any

PROVINCES = {"NB": 56, "GE": 51, "ZH": 50, "NH": 44, "LI": 31, "UT": 26, "OV": 25, "FR": 18, "ZE": 13, "DR": 12,
             "GR": 10, "FL": 6}  # fmt: skip
AGES = {"18-44": 0.14, "45-64": 0.24, "65-74": 0.22, "75-84": 0.25, "85+": 0.15}
PROVISIONS = {"huishouden": 0.46, "begeleiding": 0.27, "vervoer": 0.19, "dagbesteding": 0.08}


def national(seed: int = 7) -> tuple[pa.Table, Hierarchy]:
    """Made-up leaf rows of 342 gemeenten x 5 ages x 4 provisions (10,650 cells with totals), n 50-1500."""
    dice = np.random.default_rng(seed)
    rows: list[tuple[str, str, str, int]] = []
    parents: dict[str, str] = {}
    number = 9000
    for province, count in PROVINCES.items():
        for _ in range(count):
            code, number = f"GM{number}", number + 1
            parents[code] = f"PV-{province}"
            people = int(np.exp(dice.uniform(np.log(50), np.log(1500))))
            share = np.outer(list(AGES.values()), list(PROVISIONS.values())) * dice.gamma(2.5, 0.4, (5, 4))
            counts = dice.multinomial(people, (share / share.sum()).ravel())
            crossed = [(age, provision) for age in AGES for provision in PROVISIONS]
            rows += [(code, *pair, int(n)) for pair, n in zip(crossed, counts, strict=True)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return pa.table(dict(zip(("gemeente", "leeftijd", "voorziening", "n"), columns, strict=True))), Hierarchy(
        "gemeente", parents
    )


def layouts(tree: Hierarchy) -> TableSpec:
    """The national table as a release of one table."""
    return TableSpec((TableLayout("landelijk", ("gemeente", "leeftijd", "voorziening")),), (tree,))


def cells_of(table: pa.Table, tree: Hierarchy) -> tuple[Problem, Array]:
    """The problem and its primary cells, as the protector sees them."""
    with memory(threads=1) as connection:
        block = blocks(table, layouts(tree).tables[0], (tree,), connection)[0]
        reasons = primary_reasons(block, Rules(), 10)
    draft = Draft()
    add_block(draft, block)
    problem = finish(draft, [block])
    primary = np.zeros(problem.size, dtype=bool)
    primary[problem.grids[0].place] = [reason is not None for reason in reasons]
    return problem, primary


def two_per_line(problem: Problem, primary: Array) -> Array:
    """The baseline: no sum with one closed cell, no closed rest below k, and nothing else."""
    return close_by_sums(problem, primary, np.full(problem.size, 10.0))


def leaks(problem: Problem, primary: Array, closed: Array) -> tuple[int, int]:
    """Primary cells that are known to be below k, and those that are known exactly."""
    levels = np.full(problem.size, 10.0)
    found = find_intervals(problem, closed, primary, levels, seconds=60)
    below = primary & (found.high < 10 - 1e-6)
    return int(below.sum()), int((below & (found.high - found.low < 1e-6)).sum())


def row(name: str, secondary: int, below: int, exact: int, clock: tuple[float, float] | None, cells: int) -> None:
    """One line of the table; both clocks, because other work on the machine moves the wall clock only."""
    took = "–" if clock is None else f"{clock[0]:6.2f} s wall {clock[1]:6.2f} s cpu {cells / clock[1]:9.0f} cells/cpu-s"
    print(f"{name:38} {secondary:9} {below:8} {exact:8}   {took}")


def timed(work: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """What work returns, with wall and processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    return work(), (time.perf_counter() - wall, time.process_time() - cpu)


def main() -> None:
    table, tree = national()
    problem, primary = cells_of(table, tree)
    size, small = problem.size, int(primary.sum())
    print(f"{size} cells, {small} primary at k = 10")
    print(f"{'method':38} {'secondary':>9} {'still <k':>8} {'exact':>8}")
    row("primary only", 0, *leaks(problem, primary, primary), None, size)
    closed, clock = timed(lambda: two_per_line(problem, primary))
    row("two per line, rest at least k", int(closed.sum()) - small, *leaks(problem, primary, closed), clock, size)
    for name, rules in (
        ("toegangspeil, outsiders and one insider", Rules(coalition=1)),
        ("toegangspeil, every gemeente an insider", Rules(insider_dimension="gemeente")),
        ("toegangspeil, default", Rules()),
    ):
        found, clock = timed(lambda rules=rules: protect([table], layouts(tree), rules))
        counts = found.certificate.intervals
        row(f"{name} (protect + audit)", counts["suppressed"] - small, counts["below_k"], counts["exact"], clock, size)
    report, clock = timed(lambda: audit(found.tables, (tree,), Rules()))
    row(
        "audit alone", counts["suppressed"] - small, report.intervals["below_k"], report.intervals["exact"], clock, size
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, one thread")
    beside_argus(table)


def beside_argus(national_table: pa.Table, gemeenten: int = 12) -> None:
    """The same methods and tau-ARGUS on some gemeenten without their provincies, in one run."""
    names = sorted(set(national_table.column("gemeente").to_pylist()))[:gemeenten]
    few = national_table.filter(pc.is_in(national_table.column("gemeente"), pa.array(names)))
    tree = Hierarchy("gemeente", {})
    problem, primary = cells_of(few, tree)
    small = int(primary.sum())
    print(f"\n{problem.size} cells ({gemeenten} gemeenten, no provincies), {small} primary at k = 10")
    closed, clock = timed(lambda: two_per_line(problem, primary))
    row(
        "two per line, rest at least k",
        int(closed.sum()) - small,
        *leaks(problem, primary, closed),
        clock,
        problem.size,
    )
    found, clock = timed(lambda: protect([few], layouts(tree), Rules()))
    counts = found.certificate.intervals
    row("toegangspeil, default (protect + audit)", counts["suppressed"] - small, counts["below_k"], counts["exact"],
        clock, problem.size)  # fmt: skip
    if not argus.PYTHON.exists():
        print(f"tau-ARGUS: {argus.ABSENT}; no line of it here")
        return
    for name, method in (("tau-ARGUS modular", "MOD(1,5,1,0,0)"), ("tau-ARGUS optimal", "OPT(1,1)")):
        closed, seconds = argus_pattern(few, problem, method)
        clock = (seconds, seconds)
        row(name, int((closed & ~primary).sum()), *leaks(problem, primary, closed | primary), clock, problem.size)


def argus_pattern(leaf: pa.Table, problem: Problem, method: str) -> tuple[Array, float]:
    """The cells that tau-ARGUS closes, and its processor seconds."""
    dims = [name for name in leaf.column_names if name != "n"]
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.json"
        rows.write_text(json.dumps([one for one in leaf.to_pylist() if one["n"]]))
        said = argus.ask("argus_protect.py", str(rows), method)
    shut = {tuple(sorted((d, code) for d, code in zip(dims, codes, strict=True) if code)) for codes in said["closed"]}
    return np.array([key in shut for key in problem.keys]), float(said["seconds"])


if __name__ == "__main__":
    main()
