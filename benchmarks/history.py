"""A release beside an earlier one, where a gemeente of 342 was late: what a history costs.

Counts: one block of the national table protected with the first release as history, beside the same block without.
Answers: one question of five answers over all areas of both releases, as it is printed and as the audit attacks it;
a quarter of the gemeenten stands beside it to show how it grows.

    python -m benchmarks.history
"""

from __future__ import annotations

import random
from dataclasses import replace

import pyarrow.compute as pc

from anonymisation.disclosure import protect
from anonymisation.disclosure.attack_areas import Area, Question
from anonymisation.disclosure.attack_between import releases_tell
from anonymisation.disclosure.between import tells_together
from anonymisation.disclosure.history import cells_of
from anonymisation.disclosure.shares import ABOVE, BELOW
from benchmarks.disclosure import layouts, national, timed
from domain.printed import PrintedFigure, PrintedLine
from domain.release import TOTAL, EarlierCell, History, Rules

GEMEENTEN, ANSWERS, STEP = 342, 5, 5


def main() -> None:
    counts()
    small = answers(GEMEENTEN // 4)
    large = answers(GEMEENTEN)
    for name, seconds in large.items():
        grows = seconds / small[name] / 4
        print(f"{name:52} {small[name]:6.2f} s {seconds:6.2f} s cpu, per gemeente {grows:.2f} x a quarter of them")


def counts() -> None:
    """Protect and audit the national block, with and without the earlier release."""
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
