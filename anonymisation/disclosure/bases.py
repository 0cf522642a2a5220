"""How many people a published file prints of every area and group, and of which sums these are part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from anonymisation.disclosure.attack.bands import Crossing, attack_bands
from anonymisation.disclosure.attack.pooled import Unseen, unseen
from domain.release import TOTAL, Finding, Hierarchy
from storage.duck import query

BANDS = {"10-29": (10.0, 29.0), "30-99": (30.0, 99.0), "100+": (100.0, float("inf")), "5-9": (5.0, 9.0),
         "10-15": (10.0, 15.0), "16-30": (16.0, 30.0), "> 30": (31.0, float("inf")),
         "30 of meer": (30.0, float("inf"))}  # fmt: skip
Pairs = list[tuple[str, str]]
PROVINCIES = "select gemeente, province from dim_gemeente where province is not null order by all"
VERBANDEN = "select gemeente, verband from dim_gemeente where verband is not null order by all"
# Grain: one row per benchmark and area in it that takes part, also where only pooled lines are printed.
BENCHMARKS = """
select area, benchmark
from dim_benchmark
where
    area in (select area from dim_area where not pooled)
    or area in (select gemeente from dim_gemeente)
order by all
"""
PARENTS = "select breakdown_value, parent from dim_breakdown where breakdown = $breakdown and parent is not null"
BY = ("instrument", "meting", "doelgroep", "question")


def added_up(connection: duckdb.DuckDBPyConnection) -> tuple[list[tuple[Crossing, Finding]], dict[str, pa.Table]]:
    """Breakdowns of which the groups overlap, and the numbers of people of all others."""
    crossing = sorted(attack_bands(connection), key=str)
    return crossing, _base_tables(connection, {where.breakdown for where, _ in crossing})


def hierarchies(connection: duckdb.DuckDBPyConnection) -> list[Hierarchy]:
    """Provincies, verbanden and the coarser groups of every breakdown, as the file itself tells."""
    found = [Hierarchy("area", dict(_pairs(connection, text))) for text in (PROVINCIES, VERBANDEN)]
    found += [Hierarchy("area", dict(pairs)) for pairs in _benchmarks(connection).values()]
    rows = query(
        connection,
        "select breakdown, breakdown_value, parent from dim_breakdown "
        "where parent is not null and parent <> 'TOTAAL' order by all",
    )
    for name in sorted({row[0] for row in rows}):
        found.append(Hierarchy(name, {code: parent for own, code, parent in rows if own == name}))
    return found


def _base_tables(connection: duckdb.DuckDBPyConnection, crossing: Collection[str]) -> dict[str, pa.Table]:
    """One table of group sizes per breakdown, as printed: a number, a band, or nothing; and one of who took part.

    crossing: breakdowns of which the groups overlap; they do not add up, and were found already.
    """
    names = [name for (name,) in query(connection, "select distinct breakdown from fact_result order by all")]
    behind = unseen(connection)
    found = {f"fact_result {name}": _bases(connection, name, behind) for name in names if name not in crossing}
    found |= {"fact_response": _participants(connection, behind)}
    apart = {"verbanden": _pairs(connection, VERBANDEN)} | _benchmarks(connection)
    tables = {title: table for title, table in found.items() if table.num_rows}
    return {name: part for title, table in tables.items() for name, part in _bandings(title, table, apart).items()}


def _pairs(connection: duckdb.DuckDBPyConnection, text: str, **values: str) -> Pairs:
    return [(own, up) for own, up in query(connection, text, **values)]


def _benchmarks(connection: duckdb.DuckDBPyConnection) -> dict[str, Pairs]:
    """Per benchmark its members with itself: everybody can read who is in it."""
    found: dict[str, Pairs] = {}
    for own, up in _pairs(connection, BENCHMARKS):
        found.setdefault(up, []).append((own, up))
    return found


def _participants(connection: duckdb.DuckDBPyConnection, behind: Unseen) -> pa.Table:
    rows = query(
        connection,
        """
        select
            instrument, meting, doelgroep, '(respons)' as question,
            case when area = 'NL' then 'TOTAAL' else area end as area,
            coalesce(max(responded)::varchar, max(responded_band)) as n
        from fact_response
        group by all
        order by all
        """,
    )
    rows += [(*scope, area, None) for scope, area in behind.scopes(rows)]
    return _printed_bases(rows, [*BY, "area", "n"])


def _bandings(title: str, table: pa.Table, apart: Mapping[str, Pairs]) -> dict[str, pa.Table]:
    """Verbanden, and every benchmark, with their gemeenten as a table of their own: these count in a provincie too."""
    areas = table.column("area").to_pylist()
    above = {name: {up for _, up in pairs} for name, pairs in apart.items()}
    found = {title: _only(table, [not any(area in ups for ups in above.values()) for area in areas])}
    for name, pairs in apart.items():
        if above[name] & set(areas):
            own = above[name] | {gemeente for gemeente, _ in pairs}
            found[f"{title} {name}"] = _only(table, [area in own for area in areas])
    return found


def _only(table: pa.Table, take: Sequence[bool]) -> pa.Table:
    return table.filter(pa.array(take, pa.bool_()))


def _bases(connection: duckdb.DuckDBPyConnection, breakdown: str, behind: Unseen) -> pa.Table:
    """Every base of a question that any table prints; a value that is shown stands on a base that can be seen.

    Figures that somebody else counted are attacked by themselves (`attack/counted.py`): they need not add up.
    """
    rows = query(
        connection,
        """
        with bases as (
            select instrument, meting, doelgroep, question, area, breakdown_value, base, base_band
            from fact_result
            where
                breakdown in ('TOTAAL', $breakdown) and status <> 'not_comparable'
                and instrument not in (select instrument from dim_instrument where kind = 'aggregate')
            union all
            select instrument, meting, doelgroep, question, area, 'TOTAAL', base, base_band from fact_distribution
            union all
            select instrument, meting, doelgroep, '(verbetering)', area, 'TOTAAL', base, base_band
            from fact_improvement
        )

        select
            instrument, meting, doelgroep, question,
            case when area = 'NL' then 'TOTAAL' else area end as area, breakdown_value,
            coalesce(max(base)::varchar, max(base_band)) as n
        from bases
        group by all
        order by all
        """,
        breakdown=breakdown,
    )
    rows += [(*scope, area, TOTAL, None) for scope, area in behind.scopes(rows)]
    if breakdown == TOTAL:
        return _printed_bases([(*row[:5], row[6]) for row in rows], [*BY, "area", "n"])
    return _printed_bases(
        _with_all_areas(rows, dict(_pairs(connection, PARENTS, breakdown=breakdown))), [*BY, "area", breakdown, "n"]
    )


def _printed_bases(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    table = pa.table({name: pa.array(list(column), pa.string()) for name, column in zip(names, columns, strict=True)})
    status = ["suppressed" if value is None else "published" for value in table.column("n").to_pylist()]
    return table.append_column("status", pa.array(status, pa.string()))


def _with_all_areas(rows: Sequence[tuple[Any, ...]], parents: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Add what is not printed: an area whose breakdown is missing may hide anything in it.

    Closed groups have a row: one without, where groups beside it (under the same parent) have theirs, is empty.
    """
    values: dict[tuple[Any, ...], set[str]] = {}
    areas: dict[tuple[Any, ...], set[str]] = {}
    seen = {row[:6] for row in rows}
    beside = {(*row[:5], parents[row[5]]) for row in rows if row[4] != TOTAL and row[5] in parents}
    for row in rows:
        areas.setdefault(row[:4], set()).add(row[4])
        values.setdefault(row[:4], set()).add(row[5])
    missing = [
        (*question, area, value, "0" if (*question, area, parents.get(value)) in beside else None)
        for question, found in sorted(areas.items())
        for area in sorted(found)
        for value in sorted(values[question])
        if (*question, area, value) not in seen
    ]
    return [*rows, *missing]
