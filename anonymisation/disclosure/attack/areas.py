"""The attack over areas: gemeenten beside their provincie, verband, benchmark and the country pin a count (T5, T6).

Who is in a provincie, verband or benchmark stands in the file. A line that rests on more areas than can be seen has a
part that nobody knows anything about but how many people it has: they may not turn out to have answered alike. The
groups of a breakdown stand beside everybody in their area (`attack/groups.py`). All that is printed about a question
is one programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack.answers import ABOVE, possible_counts, possible_points
from anonymisation.disclosure.attack.figures import IMPROVEMENT, MASKS, Bands, positive_answers, several_answers
from anonymisation.disclosure.attack.groups import (
    MEAN,
    SHARE,
    Behind,
    Code,
    Group,
    Groups,
    Kinds,
    Scale,
    Total,
    add_groups,
    groups_of,
)
from anonymisation.disclosure.attack.worlds import Unknowns, told
from domain.release import Finding
from storage.duck import query

LAND, VERBAND = "NL", 2
SMALLEST = 10
ONE = Scale(0.0, 1.0, "aandelen")
TOGETHER = ""
"""Stands for all positive answers together."""

# Grain: one row per area, question and answer; empty answer: the share of positive answers.
SHARES = f"""
select instrument, meting, doelgroep, question, area, answer, value, label, step, base, n_gemeenten
from fact_distribution
union all
select instrument, meting, doelgroep, '{IMPROVEMENT}', area, uitgangspunt, value, label, step, base, n_gemeenten
from fact_improvement
union all
select instrument, meting, doelgroep, question, area, '', value, label, step, base, n_gemeenten
from fact_result
where breakdown = 'TOTAAL' and statistic = 'share_positive' and status <> 'not_comparable'
order by all
"""  # noqa: S608


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
class Area:
    """What is printed of one area: people, the areas it rests on, and (value, label, step) per answer."""

    n: int | None = None
    rests_on: int | None = None
    shares: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def span(self, answer: str, scale: Scale = ONE) -> tuple[float, float]:
        """Lowest and highest count (or sum of answers) by itself."""
        value, label, step = self.shares.get(answer, (None, None, None))
        if scale != ONE:
            return possible_points(value, label, step, self.n or 0, scale.bottom, scale.top)
        return possible_counts(value, MASKS.get(label), None if step is None else int(step), self.n or 0)


def attack_areas(questions: Iterable[Question]) -> Iterator[Finding]:
    """Printed shares (means) of which one count (sum) is left once all areas and groups of a question are laid side by
    side.
    """
    for asked in questions:
        yield from _of_question(asked)


def questions_of(connection: duckdb.DuckDBPyConnection, bands: Bands) -> list[Question]:
    """Every question with printed shares, and every one with printed means."""
    kinds, groups = kinds_of(connection), groups_of(connection, bands)
    return [*_with_shares(connection, kinds, groups), *_with_means(connection, kinds, groups)]


def _with_shares(connection: duckdb.DuckDBPyConnection, kinds: Kinds, groups: Groups) -> Iterator[Question]:
    good, several = positive_answers(connection), several_answers(connection)
    for key, rows in groupby(query(connection, SHARES), key=lambda row: row[:4]):
        areas: dict[str, Area] = {}
        for _, _, _, _, area, answer, value, label, step, base, rests_on in rows:
            one = areas.setdefault(area, Area())
            one.n, one.rests_on = one.n or base, one.rests_on or rests_on
            one.shares[answer] = (value, label, step)
        mine, said = groups.get((*key, SHARE), []), (key[0], key[3])
        yield Question(key, areas, kinds, mine, several=said in several, good=good.get(said, frozenset()))


def _with_means(connection: duckdb.DuckDBPyConnection, kinds: Kinds, groups: Groups) -> Iterator[Question]:
    for key, rows in groupby(query(connection, MEANS), key=lambda row: row[:4]):
        lines = list(rows)
        scale = Scale(float(lines[0][10]), float(lines[0][11]), "gemiddelden")
        areas = {row[4]: Area(row[8], row[9], {TOGETHER: row[5:8]}) for row in lines}
        yield Question(key, areas, kinds, groups.get((*key, MEAN), []), scale)


@dataclass(frozen=True)
class Question:
    """All that is printed about one question.

    several: people could give more than one answer. good: the positive answers.
    """

    key: tuple[str, ...]
    areas: Mapping[str, Area]
    kinds: Kinds
    groups: Sequence[Group]
    scale: Scale = ONE
    several: bool = False
    good: frozenset[str] = frozenset()

    @property
    def named(self) -> tuple[str, ...]:
        """Its key, with the statistic of its figures: a question can have shares and means."""
        return (*self.key, SHARE if self.scale == ONE else MEAN)

    @property
    def answers(self) -> list[str]:
        """Every answer with a printed share; none for means."""
        return sorted({answer for one in self.areas.values() for answer in one.shares} - {TOGETHER})

    @property
    def people(self) -> dict[str, int]:
        """How many people there are in each area that tells."""
        return {area: one.n for area, one in self.areas.items() if one.n is not None}

    @property
    def adds_up(self) -> bool:
        """Whether some lines are sums of others."""
        return bool(_sums(self.areas, self.kinds)[0] or self.groups)

    def finding(self, threat: str, what: str, line: Sequence[str] = (), table: str = "fact_result") -> Finding:
        """What follows of a line (area and so on) of this question."""
        return Finding(threat, table, ", ".join((*line[:1], *self.key, *line[1:])), what)


Wanted = dict[int, tuple[float, Finding]]
"""Per unknown that may not follow how low it must be able to be, with the finding."""


class Laid(NamedTuple):
    """A question in a programme: per area its unknowns, answer by answer, what stands behind each group, and what may
    not follow.
    """

    asked: Question
    rows: Mapping[str, list[int]]
    groups: Mapping[Code, Behind]
    wanted: Wanted


def _of_question(asked: Question) -> Iterator[Finding]:
    """With as many answers as everybody gave, if the shares can be so."""
    if not asked.adds_up:
        return
    for counted in [True, False] if asked.answers else [False]:
        unknowns = Unknowns()
        wanted = lay_out(asked, unknowns, asked.answers, counted=counted).wanted
        if (found := what_follows(unknowns, wanted)) is not None:
            yield from found
            return
    yield asked.finding("T13", f"de {asked.scale.name} van gebieden spreken elkaar tegen")


def what_follows(unknowns: Unknowns, wanted: Wanted) -> list[Finding] | None:
    """Findings of everything that the worlds that fit give away; None when no world fits."""
    gone = following(unknowns, wanted)
    return None if gone is None else list(dict.fromkeys(wanted[at][1] for at in gone))


def following(unknowns: Unknowns, wanted: Wanted) -> list[int] | None:
    """The wanted unknowns that the worlds that fit give away; None when no world fits."""
    least = np.array([least for least, _ in wanted.values()])
    ends = unknowns.ends(list(wanted), least)
    if ends is None:
        return None
    return [at for at, gone in zip(wanted, told(*ends, least), strict=True) if gone]


def lay_out(asked: Question, unknowns: Unknowns, answers: Sequence[str], *, counted: bool) -> Laid:
    """Put all sums of a question in the programme; an area has an unknown per answer and one for the positive ones.

    counted: everybody gave one answer, or at least one where more were possible.
    """
    sums, n = _sums(asked.areas, asked.kinds)
    mine = [at for at, answer in enumerate(answers) if answer in asked.good]
    columns = [*answers, TOGETHER] if mine else answers or [TOGETHER]
    wanted: Wanted = {}
    every = asked.scale.each * np.array(n)
    at = [[unknowns.add(0.0, np.inf if np.isnan(most) else most) for _ in columns] for most in every]
    for (area, one), row in zip(asked.areas.items(), at, strict=False):
        for answer, spot in zip(columns, row, strict=True):
            low, high = one.span(answer, asked.scale)
            if one.n is not None:
                unknowns.low[spot], unknowns.high[spot] = low, high
            if one.n is not None and low < high and _shown(one, answer):
                wanted[spot] = (np.inf, _pinned(asked, (area, answer)))
    for row, people in zip(at[len(asked.areas) :], n[len(asked.areas) :], strict=True):
        if people >= SMALLEST:
            wanted |= {spot: (most_alike(people, asked.scale), _alike(asked, bool(answers))) for spot in row}
    for entry in sums:
        for column in range(len(columns)):
            unknowns.whole(at[entry[0]][column], [at[part][column] for part in entry[1:]])
    for row, people in zip(at, n, strict=True):
        if counted and not np.isnan(people):
            most = np.inf if asked.several else people
            unknowns.between([(spot, 1.0) for spot in row[: len(answers)]], people, most)
        if counted and mine and not asked.several:
            unknowns.whole(row[-1], [row[answer] for answer in mine])
    totals = {area: Total(one.n, row[-1]) for (area, one), row in zip(asked.areas.items(), at, strict=False)}
    behind: dict[Code, Behind] = {}
    if TOGETHER in columns:
        behind, pinned = add_groups(unknowns, asked.groups, totals, asked.kinds, asked.scale)
        wanted |= {spot: (np.inf, _pinned(asked, (code[0], "", *code[1:]))) for spot, code in pinned.items()}
    return Laid(asked, dict(zip(asked.areas, at, strict=False)), behind, wanted)


def _pinned(asked: Question, line: Sequence[str]) -> Finding:
    """line: area, answer (empty for all positive ones, and for means), and the group of a breakdown."""
    what = "een exact aantal" if asked.scale == ONE else "een exacte som"
    table = "fact_distribution" if line[1] else "fact_result"
    beside = "groepen" if len(line) > 2 else "gebieden"
    where = [part for part in line if part]
    return asked.finding("T6", f"de {asked.scale.name} van {beside} samen geven {what}", where, table)


def _alike(asked: Question, answers: bool) -> Finding:
    what = "een weggelaten rest van gebieden gaf (bijna) allemaal hetzelfde antwoord"
    return asked.finding("T5", what, table="fact_distribution" if answers else "fact_result")


def most_alike(people: float, scale: Scale) -> float:
    """How surely alike a closed rest may be known to be: as a printed group may."""
    masked = possible_counts(None, ABOVE, None, int(people))[0] if scale == ONE else 0
    return max(scale.each * people - 2, masked)


def kinds_of(connection: duckdb.DuckDBPyConnection) -> Kinds:
    """Per kind of pooled area (country, provincies, verbanden) the delivering areas of each, as the file tells."""
    pairs = query(connection, "select gemeente, province, verband from dim_gemeente order by all")
    alone = {area for (area,) in query(connection, "select area from dim_area where not pooled")}
    found = [{LAND: frozenset(alone | {own for own, *_ in pairs})}]
    for at in (1, 2):
        above = sorted({row[at] for row in pairs if row[at]} - alone)
        found.append({up: frozenset(row[0] for row in pairs if row[at] == up) for up in above})
    groups = query(connection, "select benchmark, list(area) from dim_benchmark group by all order by all")
    return [*found, *({up: frozenset(members)} for up, members in groups)]


def _shown(one: Area, answer: str) -> bool:
    return (one.shares.get(answer) or (None, None))[:2] != (None, None)


def _sums(areas: Mapping[str, Area], kinds: Kinds) -> tuple[list[list[int]], list[float]]:
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


def _ways(whole: str, areas: Mapping[str, Area], kinds: Kinds) -> Iterator[tuple[list[str], bool]]:
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
