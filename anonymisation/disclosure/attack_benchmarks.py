"""The attack on comparisons: a gemeente subtracts itself from a line over several gemeenten (T7, T8)."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from domain.release import Finding, Rules
from storage.duck import query

# Grain: one row per pooled line; largest is the largest member of which the base is printed.
_LINES = """
with members as (
    select gemeente as member, 'NL' as area from dim_gemeente
    union all
    select gemeente, province from dim_gemeente where province is not null
    union all
    select gemeente, verband from dim_gemeente where verband is not null
    union all
    select area, benchmark from dim_benchmark
),

totals as (
    select distinct instrument, meting, doelgroep, question, area, base, n_gemeenten
    from fact_result
    where breakdown = 'TOTAAL' and statistic <> 'known' and status in ('published', 'indicative')
)

select
    t.instrument, t.meting, t.doelgroep, t.question, t.area,
    any_value(t.base) as base, any_value(t.n_gemeenten) as n_gemeenten, max(own.base) as largest
from totals t
join dim_area a on a.area = t.area and a.pooled
left join members m on m.area = t.area
left join totals own
    on own.area = m.member and own.instrument = t.instrument and own.meting = t.meting
    and own.doelgroep = t.doelgroep and own.question = t.question
group by all
order by all
"""


def attack_benchmarks(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[Finding]:
    """Pooled lines that rest on too few gemeenten, or on one of them too much."""
    for *line, base, contributors, largest in query(connection, _LINES):
        where = ", ".join(map(str, line))
        if contributors is None or contributors < rules.min_contributors:
            yield Finding("T8", "fact_result", where, "de vergelijking rust op minder dan 3 gemeenten")
        if base is None or largest is None:
            continue
        if base - largest < rules.minimum:
            yield Finding("T8", "fact_result", where, "een gemeente die zichzelf aftrekt houdt een kleine groep over")
        elif largest > rules.dominance_share * base:
            yield Finding("T7", "fact_result", where, "een gemeente is meer dan de helft van de vergelijking")
