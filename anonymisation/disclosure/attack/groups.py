"""The attack over a breakdown: its groups beside everybody in their area, and beside the same group elsewhere (T6).

Of their people only a band is printed; the step of a share, the other groups and the exact number of everybody narrow
it. What is left of it is one more unknown beside the people behind the figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack.answers import ABOVE, possible_counts, possible_points
from anonymisation.disclosure.attack.figures import MASKS, Bands
from anonymisation.disclosure.attack.sums import MOST, narrow
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import TOTAL
from storage.duck import query

SHARE, MEAN = "share_positive", "mean"
Kinds = Sequence[Mapping[str, frozenset[str]]]
Code = tuple[str, str, str]
"""Area, breakdown and value."""

# Grain: one row per area, question, statistic and group of a breakdown; the ends of the scale are those of a mean.
GROUPS = """
select
    r.instrument, r.meting, r.doelgroep, r.question, r.statistic, r.area, r.breakdown, r.breakdown_value, b.parent,
    r.value, r.label, r.step, r.base, r.base_band, r.n_gemeenten
from fact_result r left join dim_breakdown b using (breakdown, breakdown_value)
where r.breakdown <> 'TOTAAL' and r.statistic in ('share_positive', 'mean') and r.status <> 'not_comparable'
order by all
"""


class Scale(NamedTuple):
    """The least and the most that one person adds to a sum, and what its figures are called."""

    bottom: float
    top: float
    name: str

    @property
    def each(self) -> float:
        """The most that one person adds, counted from the least."""
        return self.top - self.bottom


class Total(NamedTuple):
    """Everybody in an area: how many (None where closed), and the unknown that stands for what they answered."""

    n: int | None
    said: int


class Behind(NamedTuple):
    """The unknowns behind a group: how many people, and what they answered."""

    number: int
    said: int


@dataclass
class Group:
    """What is printed of one group. parent: the coarser group, if any. low, high: its people."""

    code: Code
    parent: str | None
    value: Any
    label: str | None
    step: float | None
    low: float
    high: float
    rests_on: int | None

    @property
    def shown(self) -> bool:
        """Something is printed of it."""
        return self.value is not None or self.label is not None

    def span(self, scale: Scale) -> tuple[float, float]:
        """Lowest and highest sum behind its figure when its people are known."""
        n = int(self.low)
        if scale.name != "aandelen":
            return possible_points(self.value, self.label, self.step, n, scale.bottom, scale.top)
        return possible_counts(
            self.value, MASKS.get(self.label or ""), None if self.step is None else int(self.step), n
        )

    def slopes(self, scale: Scale) -> tuple[float, float, float]:
        """The same per person, when only a band is known: at least, at most, and how far a single sum may be off.

        A value at the edge of what is masked may stand one step nearer to the middle for one sum.
        """
        if self.value is None:
            masked = MASKS.get(self.label or "") or self.label or ""
            high = masked == ABOVE or "hoogste" in masked
            most = 0.1 if self.label else scale.each
            slack = 2.0 if self.label and scale.name != "aandelen" else 0.0
            return (scale.each - most, scale.each, slack) if high else (0.0, most, slack)
        unit = 1.0 if scale.name != "aandelen" else 0.01
        middle, half = float(self.value) * unit - scale.bottom, float(self.step or 1) * unit / 2
        return middle - half, middle + half, 1.0


Groups = Mapping[tuple[str, ...], Sequence[Group]]
"""Per question and statistic."""


def groups_of(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Groups:
    """Per question (and statistic) the groups with a line."""
    found: dict[tuple[str, ...], list[Group]] = {}
    for *key, area, breakdown, value, parent, figure, label, step, base, band, rests_on in query(connection, GROUPS):
        low, high = (base, base) if base is not None else bands.get(band, (0.0, MOST))
        if step and key[4] == SHARE:
            low = max(low, 200 / step)
        up = None if parent == TOTAL else parent
        code = (area, breakdown, value)
        found.setdefault(tuple(key), []).append(Group(code, up, figure, label, step, low, min(high, MOST), rests_on))
    return found


def add_groups(
    unknowns: Unknowns, groups: Sequence[Group], totals: Mapping[str, Total], kinds: Kinds, scale: Scale
) -> tuple[dict[Code, Behind], dict[int, Code]]:
    """Put the groups of one question in the programme; what stands behind each, and per unknown that may not follow the
    group it stands for.
    """
    everybody = {area: total.n for area, total in totals.items() if total.n is not None}
    people, sums = narrowed(groups, everybody, kinds)
    number = [unknowns.add(*ends) for ends in people]
    said = [unknowns.add() for _ in groups] + [totals[area].said for area in everybody]
    printed = len(said)
    said += [unknowns.add() for _ in people[printed:]]
    for at in (*range(len(groups)), *range(printed, len(people))):
        unknowns.between([(said[at], -1.0), (number[at], scale.each)], 0.0, np.inf)
    for entry in sums:
        unknowns.whole(number[entry[0]], [number[at] for at in entry[1:]])
        unknowns.whole(said[entry[0]], [said[at] for at in entry[1:]])
    wanted = {}
    for at, group in enumerate(groups):
        if group.shown and _limited(unknowns, group, said[at], number[at], scale):
            wanted[said[at]] = group.code
    return {group.code: Behind(number[at], said[at]) for at, group in enumerate(groups)}, wanted


def narrowed(
    groups: Sequence[Group], everybody: Mapping[str, int], kinds: Kinds
) -> tuple[list[tuple[float, float]], list[list[int]]]:
    """Narrow how many people groups have by all that adds up. Least and most people of the groups, of everybody in each
    area and of the rests of sums; and the sums over these (whole first).
    """
    place = {group.code: at for at, group in enumerate(groups)}
    place |= {(area, "", ""): len(groups) + at for at, area in enumerate(everybody)}
    people = [(one.low, one.high) for one in groups] + [(float(n), float(n)) for n in everybody.values()]
    sums = []
    for whole, parts, complete in _sums(groups, everybody, kinds):
        entry = [place[whole], *(place[part] for part in parts)]
        if not complete:
            entry.append(len(people))
            people.append((0.0, MOST))
        sums.append(entry)
    low, high = (np.array([ends[at] for ends in people])[:, None] for at in (0, 1))
    narrow(low, high, np.full(len(people), np.nan), sums)
    ends = list(zip(np.ceil(low[:, 0]).tolist(), np.floor(high[:, 0]).tolist(), strict=True))
    for group, found in zip(groups, ends, strict=False):
        group.low, group.high = found
    return ends, sums


def _limited(unknowns: Unknowns, group: Group, said: int, number: int, scale: Scale) -> bool:
    """Whether its own figure leaves more than one sum; what it leaves goes into the programme."""
    if group.low < group.high:
        least, most, slack = group.slopes(scale)
        unknowns.between([(said, 1.0), (number, -least)], -slack, np.inf)
        unknowns.between([(said, 1.0), (number, -most)], -np.inf, slack)
        return True
    low, high = group.span(scale)
    if low > high:
        return False
    unknowns.low[said], unknowns.high[said] = low, high
    return low < high


def _sums(groups: Sequence[Group], everybody: Collection[str], kinds: Kinds) -> Iterator[tuple[Code, list[Code], bool]]:
    """Wholes, their parts that have a line, and whether these are all: over the groups of an area, and over areas."""
    below: dict[tuple[str, str], dict[str, set[str]]] = {}
    by_area: dict[Code, list[Code]] = {}
    by_group: dict[tuple[str, str], dict[str, Group]] = {}
    for one in groups:
        area, breakdown, value = one.code
        below.setdefault((breakdown, one.parent or ""), {}).setdefault(area, set()).add(value)
        by_area.setdefault((area, breakdown, one.parent or ""), []).append(one.code)
        by_group.setdefault((breakdown, value), {})[area] = one
    lines = {one.code for one in groups}
    for (area, breakdown, parent), parts in by_area.items():
        whole = (area, breakdown, parent) if parent else (area, "", "")
        if whole in lines or (not parent and area in everybody):
            all_values = set().union(*below[breakdown, parent].values())
            yield whole, parts, {value for *_, value in parts} == all_values
    for (breakdown, value), areas in by_group.items():
        for pooled, own in ((up, own) for kind in kinds for up, own in kind.items() if up in areas):
            parts = [(area, breakdown, value) for area in sorted(own & areas.keys())]
            if areas[pooled].high < MOST:
                yield (pooled, breakdown, value), parts, areas[pooled].rests_on == len(parts)
