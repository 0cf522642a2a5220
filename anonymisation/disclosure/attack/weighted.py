"""The attack on weighted figures: where none may stand, and one beside the plain one by who roughly knows the weights
(T5, T6, T7, T10).

Each person weighs something between two ends, 1 on average. With k people behind the plain figure only some weighted
sums are possible; the printed one may then leave one k, or show what the heaviest person answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from anonymisation.disclosure.attack.answers import ABOVE, possible_counts, possible_points
from anonymisation.disclosure.attack.figures import MASKS
from domain.release import TOTAL, Finding
from storage.duck import query

Weights = tuple[float, float]
"""The lowest and the highest weight."""
Span = tuple[float, float]
NEAR = 1e-6

# Grain: one row per line that prints a figure both ways; the ends of the scale are those of the question.
PAIRS = """
select
    w.instrument, w.meting, w.doelgroep, w.question, w.area, w.statistic, p.value, p.label, p.step, p.base,
    w.value, w.label, w.step, coalesce(q.low, 1), coalesce(q.high, 10)
from fact_result w
join fact_result p using (release, instrument, meting, doelgroep, question, area, breakdown, breakdown_value)
join dim_question q using (instrument, question)
where w.statistic = p.statistic || '_weighted' and p.base is not null
    and (p.value is not null or p.label is not null) and (w.value is not null or w.label is not null)
order by all
"""

# Grain: one row per weighted figure where none may stand: of gemeenten together (their own add up to it), and in an
# area with groups of two breakdowns (who is in both is another group).
MISPLACED = r"""
with shown as (
    select * from fact_result where breakdown <> 'TOTAAL' and (value is not null or label is not null)
),

crossed as (
    select instrument, meting, doelgroep, question, area
    from shown
    group by all
    having count(distinct breakdown) > 1
)

select w.instrument, w.meting, w.doelgroep, w.question, w.area, w.breakdown_value
from fact_result w left join crossed c using (instrument, meting, doelgroep, question, area)
where w.statistic like '%\_weighted' escape '\' and (w.value is not null or w.label is not null)
    and (w.n_gemeenten > 1 or c.area is not null)
order by all
"""

# Grain: one row per weighted figure, what it says and of whom; null where nothing is printed.
SAID = r"""
select
    instrument, meting, doelgroep, question, area, breakdown, breakdown_value, statistic,
    case when value is not null or label is not null then concat_ws(' ', value, label, step, base, base_band) end
from fact_result
where statistic like '%\_weighted' escape '\'
order by all
"""

# Grain: one row per group with a plain figure of an area and question.
GROUPS = r"""
select distinct instrument, meting, doelgroep, question, area, breakdown, breakdown_value
from fact_result
where breakdown <> 'TOTAAL' and (value is not null or label is not null)
    and statistic not like '%\_weighted' escape '\'
order by all
"""
PARENTS = "select breakdown, breakdown_value, parent from dim_breakdown where parent is not null"
LINES = "select distinct instrument, meting, doelgroep, question, area from fact_result where statistic <> 'known'"


def misplaced_weights(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Weighted figures where none may stand."""
    for line in query(connection, MISPLACED):
        yield Finding(
            "T6", "fact_result", ", ".join(line), "een gewogen cijfer naast cijfers waarmee het aantallen zegt"
        )


def changed_weights(
    now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, *, same_day: bool = False
) -> Iterator[Finding]:
    """Weighted figures of lines in two published files that are not as they were: both tell of those between them.

    same_day: nobody knows which was first, so a figure that stands in one of them only may be the one that was withheld
    later.
    """
    lines = {tuple(line) for line in query(before, LINES)}
    was = {tuple(cell): said for *cell, said in query(before, SAID)}
    for *cell, said in query(now, SAID):
        then = was.get(tuple(cell))
        if said is not None and tuple(cell[:5]) in lines and then != said and not (same_day and then is None):
            where = ", ".join((*cell[:5], cell[6]))
            yield Finding("T10", "fact_result", where, "een gewogen cijfer is sinds een eerdere uitgave een ander")


def groups_beside_weights(
    now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, *, same_day: bool = False
) -> Iterator[Finding]:
    """Groups of a breakdown that are shown now beside weighted figures of an earlier file that did not know of them.

    Such a figure was looked at beside the groups that its own file shows: those that others come beside are no news.

    same_day: nobody knows which was first, so weighted figures beside these groups may have been said first.
    """
    then: dict[tuple[str, ...], set[tuple[str, str]]] = {
        tuple(cell[:5]): set() for *cell, said in query(before, SAID) if said is not None
    }
    for *cell, said in query(now, SAID) if same_day else ():
        if said is not None:
            then.pop(tuple(cell[:5]), None)
    for *line, breakdown, value in query(before, GROUPS):
        then.get(tuple(line), set()).add((breakdown, value))
    up = {(breakdown, value): (breakdown, parent) for breakdown, value, parent in query(now, PARENTS)}
    for *line, breakdown, value in query(now, GROUPS):
        seen = then.get(tuple(line))
        if seen is not None and (breakdown, value) not in seen:
            known = {over for one in seen for over in _over(one, up)}
            if not set(_over((breakdown, value), up)) <= known:
                where = ", ".join((*line, value))
                yield Finding("T10", "fact_result", where, "een groep naast een gewogen cijfer van een eerdere uitgave")


def _over(group: tuple[str, str], up: Mapping[tuple[str, str], tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """All that a group is in; everybody is a breakdown without a group."""
    while (group := up.get(group, (group[0], TOTAL)))[1] != TOTAL:
        yield group
    yield group


def attack_weighted(connection: duckdb.DuckDBPyConnection, weights: Weights) -> Iterator[Finding]:
    """What both figures of a line tell who knows the lowest and the highest weight, on a mean of 1."""
    for *line, statistic, value, label, step, n, heavy, mask, unit, low, high in query(connection, PAIRS):
        where = ", ".join(map(str, line))
        scale = (float(low), float(high)) if statistic.startswith("mean") else None
        plain = _plain(value, label, step, n, scale)
        weighed = _weighed(heavy, mask, unit, n, scale)
        each = 1.0 if scale is None else scale[1] - scale[0]
        fits = [k for k in range(int(plain[0]), int(plain[1]) + 1) if _fits(k, n * each, weighed, weights)]
        if len(fits) == 1 and plain[0] < plain[1]:
            yield Finding("T6", "fact_result", where, "het gewogen cijfer naast het gewone geeft een exact aantal")
        if scale is None and len(set(_heaviest(fits, n, weighed, weights))) == 1:
            yield Finding(
                "T7", "fact_result", where, "het gewogen cijfer zegt wat de zwaarst wegende persoon antwoordde"
            )


def _plain(value: Any, label: str | None, step: Any, n: int, scale: Span | None) -> Span:
    if scale is None:
        return possible_counts(value, MASKS.get(label or ""), None if step is None else int(step), n)
    return possible_points(value, label, step, n, *scale)


def _weighed(value: Any, label: str | None, step: Any, n: int, scale: Span | None) -> Span:
    """Lowest and highest weighted sum behind a print; beside a masked end a value may have come from one step off."""
    every, unit, bottom = (n, n / 100, 0.0) if scale is None else ((scale[1] - scale[0]) * n, float(n), scale[0])
    edge = max(1.0 if scale is None else 2.0, n / 10)
    if value is None:
        high = MASKS.get(label or "") == ABOVE or "hoogste" in (label or "")
        return (every - edge, every) if high else (0.0, edge)
    middle, half = (float(value) - bottom) * unit, float(step or 1) * unit / 2
    low, top = middle - half, middle + half
    near = low - 2 * half <= edge, top + 2 * half >= every - edge
    return max(edge, low - 2 * half * near[0]), min(every - edge, top + 2 * half * near[1])


def _fits(k: float, every: float, weighed: Span, weights: Weights) -> bool:
    """Whether k of `every` can weigh what is printed, when all of them weigh as much as they are many."""
    return _meets(_ends(k, every, every, weights), weighed)


def _ends(k: float, people: float, total: float, weights: Weights) -> Span:
    """Least and most that k of these people weigh, who weigh `total` together."""
    low, high = weights
    return max(k * low, total - (people - k) * high), min(k * high, total - (people - k) * low)


def _meets(one: Span, other: Span) -> bool:
    return one[0] <= one[1] + NEAR and one[0] < other[1] + NEAR and one[1] > other[0] - NEAR


def _heaviest(fits: list[int], n: int, weighed: Span, weights: Weights) -> Iterator[bool]:
    """The answers, yes or no, that the person with the highest weight can have given."""
    heavy = weights[1]
    for said in (True, False):
        for k in fits:
            low, high = _ends(k - said, n - 1, n - heavy, weights)
            if _meets((low + said * heavy, high + said * heavy), weighed):
                yield said
                break
