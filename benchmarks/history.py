"""A release beside an earlier one, where a gemeente of 342 was late: what a history costs.

Counts: one block of the national table protected with the first release as history, beside the same block without.
Reading: over a million cells of earlier releases, beside bare Arrow.
Answers: one question of five answers over all areas of both releases, as it is printed and as the audit attacks it;
a quarter of the gemeenten stands beside it to show how it grows.

    python -m benchmarks.history
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymisation.disclosure import protect
from anonymisation.disclosure.answers.between import tells_together
from anonymisation.disclosure.answers.shares import ABOVE, BELOW
from anonymisation.disclosure.attack.areas import Area, Question
from anonymisation.disclosure.attack.between import releases_tell
from anonymisation.disclosure.history import SCHEMA, cells_of, read_history
from benchmarks.disclosure import layouts, national, timed
from benchmarks.spent import peak, start_peak
from domain.printed import PrintedFigure, PrintedLine
from domain.release import TOTAL, EarlierCell, History, Rules

GEMEENTEN, ANSWERS, STEP = 342, 5, 5
RELEASES, QUESTIONS = 5, 20


def main() -> None:
    first = counts()
    reading(first)
    small = answers(GEMEENTEN // 4)
    large = answers(GEMEENTEN)
    for name, seconds in large.items():
        grows = seconds / small[name] / 4
        print(f"{name:52} {small[name]:6.2f} s {seconds:6.2f} s cpu, per gemeente {grows:.2f} x a quarter of them")


def counts() -> tuple[EarlierCell, ...]:
    """Protect and audit the national block, with and without the earlier release; the cells of that."""
    table, tree = national()
    late = sorted(set(table.column("gemeente").to_pylist()))[-1]
    spec, above = layouts(tree), {TOTAL, tree.parents[late]}
    first = protect([table.filter(pc.not_equal(table.column("gemeente"), late))], spec, Rules())
    history = History(tuple(_beside(cell, above) for cell in cells_of(first, spec, "first")))
    _, (_, plain) = timed(lambda: protect([table], spec, Rules()))
    found, (_, beside) = timed(lambda: protect([table], spec, Rules(), history))
    told = found.certificate.intervals
    print(f"{len(history.cells)} earlier cells: protect + audit {beside:.2f} s cpu, without them {plain:.2f} s cpu "
          f"({beside / plain:.2f} x); below k {told['below_k']}")  # fmt: skip
    return history.cells


def reading(cells: Sequence[EarlierCell]) -> None:
    """Read releases of so many questions, these cells in each; beside it bare Arrow."""
    with TemporaryDirectory() as folder:
        for release in range(RELEASES):
            pq.write_table(_file(cells, f"r{release}"), Path(folder) / f"r{release}.parquet")
        start_peak()
        before = peak()
        read, (_, spent) = timed(lambda: read_history(Path(folder)))
        more = peak() - before
        _, (_, bare) = timed(lambda: [pq.read_table(path) for path in sorted(Path(folder).iterdir())])
    print(f"{len(read.cells)} earlier cells of {RELEASES} releases read in {spent:.2f} s cpu, bare Arrow {bare:.2f} s; "
          f"{more:.0f} MB more at most")  # fmt: skip


def _file(cells: Sequence[EarlierCell], release: str) -> pa.Table:
    """What a release of QUESTIONS questions leaves in the history."""
    size, every = len(cells), len(cells) * QUESTIONS
    made: dict[str, Any] = {
        "cell": [json.dumps(cell.key) for cell in cells] * QUESTIONS,
        "scope": [f"meting=2026|question=q{at:02}|release={release}" for at in range(QUESTIONS) for _ in range(size)],
        "n": [cell.n for cell in cells] * QUESTIONS,
        "status": [cell.status.value for cell in cells] * QUESTIONS,
        "primary": [cell.primary for cell in cells] * QUESTIONS,
    }
    same = {"release": release, "table": "t", "minimum": 10, "policy": "p" * 64, "certificate": "c" * 64,
            "published_at": release, "audience": "deelnemers"}  # fmt: skip
    return (
        pa.table({**made, **{name: [value] * every for name, value in same.items()}}).select(SCHEMA.names).cast(SCHEMA)
    )


def _beside(cell: EarlierCell, above: set[str]) -> EarlierCell:
    """Other gemeenten add up to the lines above the late one."""
    return replace(cell, people="first") if dict(cell.key).get("gemeente", TOTAL) in above else cell


def answers(gemeenten: int) -> dict[str, float]:
    """Processor seconds of one question in two releases."""
    was, now = _lines(gemeenten, late=True), _lines(gemeenten)
    good = [0, 1]
    _, (_, printed) = timed(lambda: tells_together([was], now, positive=good, single=True))
    _, (_, attacked) = timed(lambda: list(releases_tell([_question(was, now)], _question(now, now), 10)))
    return {"one question of both releases, printing": printed, "one question of both releases, audit": attacked}


def _lines(gemeenten: int, *, late: bool = False) -> list[PrintedLine]:
    """Made-up lines of gemeenten, twelve provincies and the country; `late`: without the last gemeente."""
    dice, said = random.Random(gemeenten), {}
    for number in range(gemeenten):
        weights = [dice.random() for _ in range(ANSWERS)]
        given = dice.choices(range(ANSWERS), weights, k=dice.randint(60, 300))
        said[f"GM{number:04}"] = [given.count(answer) for answer in range(ANSWERS)]
    names = list(said)[: gemeenten - late]
    provincies = {f"PV{number:02}": names[number::12] for number in range(12)}
    pooled = [("provincie", *one) for one in provincies.items()] + [("land", "NL", names)]
    every = [("gemeente", name, [name]) for name in names] + pooled
    return [_line(kind, area, [sum(said[one][at] for one in own) for at in range(ANSWERS)], own)
            for kind, area, own in every]  # fmt: skip


def _line(kind: str, area: str, counts: list[int], own: list[str]) -> PrintedLine:
    n = sum(counts)
    figures = tuple(_figure(count, n) for count in (*counts, counts[0] + counts[1]))
    return PrintedLine(area, kind, frozenset(own), n, n, False, (), figures)


def _figure(count: int, n: int) -> PrintedFigure:
    edge = max(1, (n - 1) // 10)
    if edge < count < n - edge:
        return PrintedFigure(n, STEP * ((200 * count + STEP * n) // (2 * STEP * n)), STEP, None)
    return PrintedFigure(n, None, None, BELOW if count <= edge else ABOVE)


def _question(lines: list[PrintedLine], every: list[PrintedLine]) -> Question:
    """The same lines as the audit reads them from a file."""
    names = [*(f"a{at}" for at in range(ANSWERS)), ""]
    areas = {
        line.area: Area(line.n, len(line.leaves) if len(line.leaves) > 1 else None,
                        {name: (one.value, one.bound, one.step)
                         for name, one in zip(names, line.figures, strict=True) if one})
        for line in lines
    }  # fmt: skip
    single = frozenset(line.area for line in every if line.kind == "gemeente")
    kinds = ({"NL": single}, {line.area: line.leaves for line in every if line.kind == "provincie"}, {})
    return Question(("ceo_wmo", "2026", "client", "q"), areas, kinds, (), good=frozenset(("a0", "a1")))


if __name__ == "__main__":
    main()
