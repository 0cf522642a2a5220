"""The attack over areas: gemeenten beside their provincie, verband, benchmark and the country pin a count (T5, T6).

Who is in a provincie, verband or benchmark stands in the file. A line that rests on more areas than can be seen has a
part that nobody knows anything about but how many people it has: they may not turn out to have answered alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import duckdb
import numpy as np

from anonymisation.disclosure.attack_answers import ABOVE, possible_counts, possible_points
from anonymisation.disclosure.attack_cells import Array
from anonymisation.disclosure.attack_figures import MASKS, positive_answers
from anonymisation.disclosure.attack_together import MOST, narrow
from domain.release import Finding
from storage.duck import query

LAND, VERBAND = "NL", 2
SMALLEST = 10
Kinds = Sequence[Mapping[str, frozenset[str]]]
TOGETHER = ""
"""Stands for all positive answers together."""

# Grain: one row per area, question and answer; empty answer: the share of positive answers.
SHARES = """
select instrument, meting, doelgroep, question, area, answer, value, label, step, base, n_gemeenten
from fact_distribution
union all
select instrument, meting, doelgroep, '(verbetering)', area, uitgangspunt, value, label, step, base, n_gemeenten
from fact_improvement
union all
select instrument, meting, doelgroep, question, area, '', value, label, step, base, n_gemeenten
from fact_result
where breakdown = 'TOTAAL' and statistic = 'share_positive' and status <> 'not_comparable'
order by all
"""


# Grain: one row per area and question with a mean; the ends of the scale are those of the question.
MEANS = """
select
    r.instrument, r.meting, r.doelgroep, r.question, r.area, r.value, r.label, r.step, r.base, r.n_gemeenten,
    q.low, q.high
from fact_result r join dim_question q using (instrument, question)
where r.breakdown = 'TOTAAL' and r.statistic = 'mean' and r.status <> 'not_comparable'
order by all
"""


@dataclass
class _Area:
    """What is printed of one area: people, the areas it rests on, and (value, label, step) per answer."""

    n: int | None = None
    rests_on: int | None = None
    shares: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def span(self, answer: str) -> tuple[int, int]:
        """Lowest and highest count by itself."""
        value, label, step = self.shares.get(answer, (None, None, None))
        return possible_counts(value, MASKS.get(label), None if step is None else int(step), self.n or 0)


def attack_areas(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Printed shares of which one count is left once all areas of a question are laid side by side."""
    kinds = _kinds(connection)
    good = positive_answers(connection)
    for key, rows in groupby(query(connection, SHARES), key=lambda row: row[:4]):
        areas: dict[str, _Area] = {}
        for _, _, _, _, area, answer, value, label, step, base, rests_on in rows:
            one = areas.setdefault(area, _Area())
            one.n, one.rests_on = one.n or base, one.rests_on or rests_on
            one.shares[answer] = (value, label, step)
        yield from _of_question(key, areas, kinds, good.get((key[0], key[3]), frozenset()))


def _kinds(connection: duckdb.DuckDBPyConnection) -> Kinds:
    """Per kind of pooled area (country, provincies, verbanden) the delivering areas of each, as the file tells."""
    pairs = query(connection, "select gemeente, province, verband from dim_gemeente order by all")
    alone = {area for (area,) in query(connection, "select area from dim_area where not pooled")}
    found = [{LAND: frozenset(alone | {own for own, *_ in pairs})}]
    for at in (1, 2):
        above = sorted({row[at] for row in pairs if row[at]} - alone)
        found.append({up: frozenset(row[0] for row in pairs if row[at] == up) for up in above})
    groups = query(connection, "select benchmark, list(area) from dim_benchmark group by all order by all")
    return [*found, *({up: frozenset(members)} for up, members in groups)]


def _of_question(
    key: Sequence[str], areas: Mapping[str, _Area], kinds: Kinds, good: frozenset[str]
) -> Iterator[Finding]:
    answers = sorted({answer for one in areas.values() for answer in one.shares} - {TOGETHER})
    mine = [at for at, answer in enumerate(answers) if answer in good]
    columns = [*answers, TOGETHER] if mine else answers or [TOGETHER]
    sums, n = _sums(areas, kinds)
    if not sums:
        return
    base = np.array(n, dtype=np.float64)
    low, high = np.zeros((len(n), len(columns))), np.full((len(n), len(columns)), MOST)
    high[~np.isnan(base)] = base[~np.isnan(base), None]
    for at, one in enumerate(areas.values()):
        if one.n is not None:
            spans = np.array([one.span(answer) for answer in columns])
            low[at], high[at] = spans[:, 0], spans[:, 1]
    open_ = low < high
    single = bool(answers) and _one_each(list(areas.values()), answers)
    narrow(low, high, base if single else np.full(len(n), np.nan), sums, mine if single else ())
    yield from _pinned(key, areas, columns, open_ & (low >= high))
    yield from _alike(key, "fact_distribution", areas, low, high, base, base)


def attack_means(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Printed means of which one sum is left once all areas of a question are laid side by side."""
    kinds = _kinds(connection)
    for key, rows in groupby(query(connection, MEANS), key=lambda row: row[:4]):
        lines = list(rows)
        areas = {row[4]: _Area(row[8], row[9]) for row in lines}
        sums, n = _sums(areas, kinds)
        if sums:
            yield from _means_of(key, lines, areas, sums, np.array(n, dtype=np.float64))


def _means_of(
    key: Sequence[str], lines: Sequence[Sequence[Any]], areas: Mapping[str, _Area], sums: list[list[int]], n: Array
) -> Iterator[Finding]:
    bottom, top = float(lines[0][10]), float(lines[0][11])
    points = (top - bottom) * n
    low, high = np.zeros((len(n), 1)), np.nan_to_num(points, nan=MOST)[:, None]
    for at, (_, _, _, _, _, value, label, step, base, *_) in enumerate(lines):
        if base is not None:
            low[at], high[at] = possible_points(value, label, step, base, bottom, top)
    open_ = low < high
    narrow(low, high, np.full(len(n), np.nan), sums)
    for at in np.flatnonzero((open_ & (low >= high))[: len(lines)]).tolist():
        yield Finding(
            "T6",
            "fact_result",
            ", ".join((lines[at][4], *key)),
            "de gemiddelden van gebieden samen geven een exacte som",
        )
    yield from _alike(key, "fact_result", areas, low, high, n, points)


def _alike(
    key: Sequence[str], table: str, areas: Mapping[str, _Area], low: Array, high: Array, n: Array, total: Array
) -> Iterator[Finding]:
    """Closed rests of which the answer is known exactly, or more surely alike than a printed group may be."""
    for at in range(len(areas), len(n)):
        if n[at] >= SMALLEST and _too_sure(low[at], high[at], n[at], total[at]):
            yield Finding(
                "T5", table, ", ".join(key), "een weggelaten rest van gebieden gaf (bijna) allemaal hetzelfde antwoord"
            )


def _too_sure(low: Array, high: Array, n: float, total: float) -> bool:
    masked = possible_counts(None, ABOVE, None, int(n))[0] if total == n else 0
    return bool((low >= high).any() or (low > max(total - 2, masked)).any())


def _pinned(key: Sequence[str], areas: Mapping[str, _Area], columns: Sequence[str], pinned: Array) -> Iterator[Finding]:
    for at, (area, one) in enumerate(areas.items()):
        for answer, closed in zip(columns, pinned[at], strict=True):
            if closed and one.n and (one.shares.get(answer) or (None, None))[:2] != (None, None):
                table = "fact_distribution" if answer else "fact_result"
                where = ", ".join((area, *key, *([answer] if answer else [])))
                yield Finding("T6", table, where, "de aandelen van gebieden samen geven een exact aantal")


def _one_each(areas: Sequence[_Area], answers: Sequence[str]) -> bool:
    """Whether the shares everywhere can be one answer per person."""
    whole = [one for one in areas if one.n and all(_shown(one, answer) for answer in answers)]
    sums = [np.array([one.span(answer) for answer in answers]).sum(axis=0) for one in whole]
    return bool(whole) and all(least <= (one.n or 0) <= most for one, (least, most) in zip(whole, sums, strict=True))


def _shown(one: _Area, answer: str) -> bool:
    return (one.shares.get(answer) or (None, None))[:2] != (None, None)


def _sums(areas: Mapping[str, _Area], kinds: Kinds) -> tuple[list[list[int]], list[float]]:
    """Sums (whole first), and people per area; what is closed or cannot be seen under a whole is one more area."""
    place = {area: at for at, area in enumerate(areas)}
    n = [float("nan") if one.n is None else float(one.n) for one in areas.values()]
    sums = []
    for whole in (up for members in kinds for up in members if up in areas and areas[up].n is not None):
        for parts, complete in _ways(whole, areas, kinds):
            rest = n[place[whole]] - sum(n[place[part]] for part in parts)
            entry = [place[whole], *(place[part] for part in parts)]
            if not complete and rest >= 0:
                n.append(rest)
                sums.append([*entry, len(n) - 1])
            elif complete and rest == 0:
                sums.append(entry)
    return sums, n


def _ways(whole: str, areas: Mapping[str, _Area], kinds: Kinds) -> Iterator[tuple[list[str], bool]]:
    """Parts with a printed number of people that a whole adds up, and whether these are all: by gemeente, by kind."""
    members = {up: own for kind in kinds for up, own in kind.items()}
    below = members[whole] & areas.keys()
    seen = areas[whole].rests_on == len(below)

    def inside(up: str) -> bool:
        own = members[up] & areas.keys()
        certain = own and len(own) == areas[up].rests_on and own <= below
        return bool(certain or whole == LAND or (up in kinds[VERBAND] and members[up] <= members[whole]))

    for kind in ({}, *kinds):
        groups = [up for up in kind if up != whole and up in areas and areas[up].n is not None and inside(up)]
        if kind and not groups:
            continue
        others = below.difference(*(members[up] for up in groups))
        shown = [area for area in sorted(others) if areas[area].n is not None]
        yield [*groups, *shown], seen and len(shown) == len(others)
