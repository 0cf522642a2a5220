"""The attack on how many people took part: who answered a question took part, and a question closes other areas.

Everybody of all questions is one programme, and so is each question with the groups of its breakdowns. Of releases with
the same gemeenten in which no number of who took part changed, the same people took part: they lie side by side. Where
a gemeente came or went, people may have come to a closed one too, and no number would show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from anonymisation.disclosure.attack.areas import kinds_of
from anonymisation.disclosure.attack.figures import IMPROVEMENT, Bands
from anonymisation.disclosure.attack.worlds import PLENTY, Unknowns
from domain.release import TOTAL, Finding
from storage.duck import query

RESPONSE = ""
EVERYBODY = ("", "")

# Grain: one row per area, question (nothing: who took part) and group, with the areas a line rests on.
PRINTED = f"""
with printed as (
    select instrument, meting, doelgroep, '' as question, area, '' as breakdown, '' as breakdown_value,
        responded as n, responded_band as band, n_gemeenten, status
    from fact_response
    union all
    select instrument, meting, doelgroep, question, area, if(breakdown = 'TOTAAL', '', breakdown),
        if(breakdown = 'TOTAAL', '', breakdown_value), base, base_band, n_gemeenten, status
    from fact_result
    union all
    select instrument, meting, doelgroep, question, area, '', '', base, base_band, n_gemeenten, status
    from fact_distribution
    union all
    select instrument, meting, doelgroep, '{IMPROVEMENT}', area, '', '', base, base_band, n_gemeenten, status
    from fact_improvement
)
select instrument, meting, doelgroep, question, area, breakdown, breakdown_value, any_value(parent), max(n), max(band),
    max(n_gemeenten)
from printed left join dim_breakdown using (breakdown, breakdown_value)
where status <> 'not_comparable'
group by all
order by all
"""  # noqa: S608 - a name of our own
Group = tuple[str, str]
"""A breakdown and a value; of everybody nothing."""
Place = tuple[str, str, Group]
"""A question, an area and a group."""


@dataclass
class Line:
    """How many people a line prints: at least and at most; on how many areas it rests."""

    low: float = 0.0
    high: float = PLENTY
    rests_on: int | None = None

    @property
    def closed(self) -> bool:
        """Nothing is printed of it."""
        return self.high >= PLENTY and self.low <= 0


@dataclass
class Study:
    """What one file prints of who took part in a meting, and of who answered each question of it."""

    members: Mapping[str, frozenset[str]]
    lines: dict[str, dict[tuple[str, Group], Line]] = field(default_factory=dict)
    parents: dict[Group, Group] = field(default_factory=dict)

    def of(self, question: str, *, groups: bool) -> dict[tuple[str, Group], Line]:
        """Its lines of a question (of who took part), those of groups too."""
        lines = self.lines.get(question, {})
        return {place: line for place, line in lines.items() if groups or place[1] == EVERYBODY}

    def closed(self, question: str) -> set[str]:
        """The areas with people of their own of which everybody is closed."""
        lines = self.of(question, groups=False).items()
        return {area for (area, _), line in lines if line.closed and area not in self.members}

    def shows(self, question: str, areas: set[str], *, groups: bool) -> bool:
        """Whether it prints a number of somebody in these areas."""
        return any(area in areas and not line.closed for (area, _), line in self.of(question, groups=groups).items())

    def same_people(self, other: Study) -> bool:
        """Whether the same gemeenten took part, and no number of who did that both print is another one."""
        mine, others = self._took_part(), other._took_part()
        both = mine.keys() & others.keys()
        return bool(both) and self._areas() == other._areas() and all(mine[line] == others[line] for line in both)

    def _areas(self) -> set[str]:
        """The areas with people of their own."""
        return {area for area, _ in self.of(RESPONSE, groups=False) if area not in self.members}

    def _took_part(self) -> dict[tuple[str, frozenset[str]], float]:
        """Per area, and the areas with a line in it, the number that is printed."""
        lines = {area: line for (area, _), line in self.of(RESPONSE, groups=False).items()}
        return {
            (area, self.members.get(area, frozenset()).intersection(lines)): line.low
            for area, line in lines.items()
            if line.low == line.high
        }


def attack_took_part(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], bands: Bands, minimum: int
) -> Iterator[Finding]:
    """Areas and groups without a number of which certainly fewer than the minimum took part, or answered.

    before: earlier files to lay beside it; what these tell without it is no finding. Of numbers that contradict each
    other nothing follows: other people are behind them.
    """
    files = [_studies(one, bands) for one in (*before, now)]
    for named, study in files[-1].items():
        earlier = [file[named] for file in files[:-1] if named in file and file[named].same_people(study)]
        if RESPONSE in study.lines and bool(earlier) == bool(before):
            for question, area, group in sorted(_told(earlier, study, minimum)):
                where = ", ".join(part for part in (area, *named, question, *group) if part)
                what = f"beantwoordden zeker minder dan {minimum} mensen dit" if question else (
                    f"deden zeker minder dan {minimum} mensen mee")  # fmt: skip
                yield Finding("T2", "fact_result" if question else "fact_response", where, f"hier {what}")


def _studies(connection: duckdb.DuckDBPyConnection, bands: Bands) -> dict[tuple[str, ...], Study]:
    pooled = {area for (area,) in query(connection, "select area from dim_area where pooled")}
    members = {up: own for kind in kinds_of(connection) for up, own in kind.items() if up in pooled}
    found: dict[tuple[str, ...], Study] = {}
    for *named, question, area, breakdown, value, parent, n, band, rests_on in query(connection, PRINTED):
        study = found.setdefault(tuple(named), Study(members))
        low, high = (n, n) if n is not None else bands.get(band, (0.0, PLENTY))
        study.lines.setdefault(question, {})[area, (breakdown, value)] = Line(low, min(high, PLENTY), rests_on)
        if breakdown:
            study.parents[breakdown, value] = EVERYBODY if parent in (None, TOTAL) else (breakdown, parent)
    return found


def _told(earlier: Sequence[Study], now: Study, minimum: int) -> set[Place]:
    """What follows of everybody, and of the groups of one question after the other.

    A question adds something where it prints a number of a closed area, or groups of an area of which it closes
    everybody.
    """
    every = (*earlier, now)
    questions = sorted({question for one in every for question in one.lines} - {RESPONSE})
    closed = set[str]().union(*(one.closed(RESPONSE) for one in every))
    more = [question for question in questions if any(one.shows(question, closed, groups=False) for one in every)]
    views = [(more, False)] if more else []
    for question in questions:
        closed = set[str]().union(*(one.closed(question) for one in every))
        if any(one.shows(question, closed, groups=True) for one in every):
            views.append(([question], True))
    found: set[Place] = set()
    for some, groups in views:
        if told := _below(every, some, minimum, groups=groups):
            found |= told - _below(earlier, some, minimum, groups=groups)
    return found


def _below(studies: Sequence[Study], questions: Sequence[str], minimum: int, *, groups: bool) -> set[Place]:
    """Places with people of their own of which nothing is printed, and that cannot have the minimum."""
    unknowns, at = Unknowns(), dict[Place, int]()
    for study in studies:
        for question in (RESPONSE, *questions):
            lines = study.of(question, groups=groups)
            for (area, group), line in lines.items():
                if area not in study.members:
                    spot = at.setdefault((question, area, group), len(at))
                    if spot == len(unknowns.low):
                        unknowns.add()
                    unknowns.low[spot] = max(unknowns.low[spot], line.low)
                    unknowns.high[spot] = min(unknowns.high[spot], line.high)
            own = {(area, group): at[question, area, group] for area, group in lines if area not in study.members}
            _add_up(unknowns, study, lines, own)
    for (question, area, group), spot in at.items():
        if question and group == EVERYBODY and (RESPONSE, area, group) in at:
            unknowns.between([(at[RESPONSE, area, group], 1.0), (spot, -1.0)], 0.0, np.inf)
    wanted = {spot: place for place, spot in at.items() if unknowns.low[spot] <= 0 and unknowns.high[spot] >= PLENTY}
    most = unknowns.most(list(wanted), minimum) if wanted else None
    return set() if most is None else {wanted[spot] for spot, high in zip(wanted, most, strict=True) if high < minimum}


def _add_up(
    unknowns: Unknowns,
    study: Study,
    lines: Mapping[tuple[str, Group], Line],
    own: Mapping[tuple[str, Group], int],
) -> None:
    """Areas to what is printed of those over them, groups to the group above them; others may be in these too."""
    for (area, group), line in lines.items():
        if area in study.members and not line.closed:
            inside = [own[one, group] for one in sorted(study.members[area]) if (one, group) in own]
            others = [unknowns.add()] if len(inside) < (line.rests_on or 0) else []
            unknowns.between([(spot, 1.0) for spot in (*inside, *others)], line.low, _end(line.high))
    values: dict[tuple[str, Group], set[Group]] = {}
    parts: dict[tuple[str, str, Group], dict[Group, int]] = {}
    for (area, group), spot in own.items():
        if group != EVERYBODY:
            breakdown, above = group[0], study.parents[group]
            values.setdefault((breakdown, above), set()).add(group)
            parts.setdefault((area, breakdown, above), {})[group] = spot
    for (area, breakdown, above), found in parts.items():
        if (area, above) in own:
            others = [unknowns.add()] if found.keys() < values[breakdown, above] else []
            unknowns.whole(own[area, above], [*found.values(), *others])


def _end(high: float) -> float:
    return np.inf if high >= PLENTY else high
