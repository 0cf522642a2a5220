"""The attack on comparisons: a gemeente subtracts itself from a line over several gemeenten (T7, T8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import duckdb

from domain.release import Finding, Rules
from storage.duck import query

# Grain: one row per pooled line, in whatever table it is printed. seen: members that have a line of their own; of
# `counted` of these the number of people is printed, `largest` at most and `together` in all.
_LINES = """
with members as (
    select area as member, 'NL' as area from dim_area where not pooled
    union
    select gemeente, province from dim_gemeente where province is not null
    union
    select gemeente, verband from dim_gemeente where verband is not null
    union
    select area, benchmark from dim_benchmark
),

rows as (
    select instrument, meting, doelgroep, question, breakdown, breakdown_value, area, base, n_gemeenten, status
    from fact_result
    where
        status <> 'not_comparable'
        and instrument not in (select instrument from dim_instrument where kind = 'aggregate')
    union all
    select instrument, meting, doelgroep, question, 'TOTAAL', 'TOTAAL', area, base, n_gemeenten, status
    from fact_distribution
    union all
    select instrument, meting, doelgroep, '(verbetering)', 'TOTAAL', 'TOTAAL', area, base, n_gemeenten, status
    from fact_improvement
    union all
    select instrument, meting, doelgroep, '(respons)', 'TOTAAL', 'TOTAAL', area, responded, n_gemeenten, status
    from fact_response
),

lines as (
    select
        instrument, meting, doelgroep, question, breakdown, breakdown_value, area, max(base) as base,
        min(coalesce(n_gemeenten, 0)) filter (status in ('published', 'indicative')) as n_gemeenten
    from rows
    group by all
)

select
    t.instrument, t.meting, t.doelgroep, t.question, t.breakdown, t.breakdown_value, t.area,
    t.base, t.n_gemeenten, count(own.area) as seen, count(own.base) as counted, max(own.base) as largest,
    coalesce(sum(own.base), 0)::bigint as together
from lines t
join dim_area a on a.area = t.area and a.pooled
left join members m on m.area = t.area
left join lines own
    on own.area = m.member and own.instrument = t.instrument and own.meting = t.meting
    and own.doelgroep = t.doelgroep and own.question = t.question
    and own.breakdown = t.breakdown and own.breakdown_value = t.breakdown_value
where t.n_gemeenten is not null
group by all
order by all
"""


class _Pooled(NamedTuple):
    """What is printed of one line over gemeenten, and of its members."""

    base: int | None
    contributors: int
    seen: int
    counted: int
    largest: int | None
    together: int

    @property
    def most(self) -> int | None:
        """The largest member that anybody can know: with one closed member, what the others leave is its own."""
        if self.base is None:
            return None
        alone = self.counted == self.contributors - 1 and self.seen == self.contributors
        return max((self.largest or 0), self.base - self.together if alone else 0) or None


def attack_benchmarks(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[Finding]:
    """Pooled lines that rest on too few gemeenten, or on one of them too much."""
    for *line, base, contributors, seen, counted, largest, together in query(connection, _LINES):
        pooled = _Pooled(base, contributors, seen, counted, largest, together)
        for threat, learned in _learned(pooled, _whole(line), rules):
            yield Finding(threat, _table(line), ", ".join(map(str, line)), learned)


def _whole(line: list[Any]) -> bool:
    return bool(line[4] == "TOTAAL")


def _table(line: list[Any]) -> str:
    return {"(respons)": "fact_response", "(verbetering)": "fact_improvement"}.get(line[3], "fact_result")


def _learned(pooled: _Pooled, whole: bool, rules: Rules) -> Iterator[tuple[str, str]]:
    """whole: the line is about everybody; then every member has a line of its own, or (in public) none has."""
    if pooled.contributors < rules.min_contributors or (whole and 0 < pooled.seen < rules.min_contributors):
        yield "T8", f"de vergelijking rust op minder dan {rules.min_contributors} gemeenten"
    if pooled.base is None or pooled.most is None:
        return
    if pooled.base - pooled.most < rules.minimum:
        yield "T8", "een gemeente die zichzelf aftrekt houdt een kleine groep over"
    elif pooled.most > rules.dominance_share * pooled.base:
        yield "T7", "een gemeente is meer dan de helft van de vergelijking"
