"""The attack on how many people took part: who answered a question took part, and a question closes other areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding
from storage.duck import query

LAND, RESPONSE = "NL", ""

# Grain: one row per area and question that people answered (nothing: who took part), with the areas a line rests on.
PRINTED = """
select instrument, meting, doelgroep, '' as question, area, responded as n, n_gemeenten from fact_response
union all
select instrument, meting, doelgroep, question, area, max(base), max(n_gemeenten) from fact_result
where breakdown = 'TOTAAL' and status <> 'not_comparable'
group by all
union all
select instrument, meting, doelgroep, question, area, max(base), max(n_gemeenten) from fact_distribution
group by all
order by all
"""
MEMBERS = """
select province, gemeente from dim_gemeente where province is not null
union all
select verband, gemeente from dim_gemeente where verband is not null
union all
select benchmark, area from dim_benchmark
"""
POOLED = "select area from dim_area where pooled"


class Line(NamedTuple):
    """How many people a line prints, and on how many areas it rests."""

    n: int | None
    rests_on: int | None


Lines = Mapping[str, Line]


def attack_took_part(connection: duckdb.DuckDBPyConnection, minimum: int) -> Iterator[Finding]:
    """Areas without a number of which certainly fewer than the minimum took part.

    Of a file whose numbers contradict each other nothing follows: releases of other days printed these.
    """
    pooled = {area for (area,) in query(connection, POOLED)}
    members: dict[str, set[str]] = {}
    for whole, area in query(connection, MEMBERS):
        members.setdefault(whole, set()).add(area)
    studies: dict[tuple[str, ...], dict[str, dict[str, Line]]] = {}
    for *study, question, area, n, rests_on in query(connection, PRINTED):
        lines = studies.setdefault(tuple(study), {}).setdefault(question, {})
        if lines.get(area, Line(None, None)).n is None:
            lines[area] = Line(n, rests_on)
    for named, printed in studies.items():
        for area in _too_small(printed, pooled, members, minimum):
            where = ", ".join((area, *named))
            yield Finding("T2", "fact_response", where, f"hier deden zeker minder dan {minimum} mensen mee")


def _too_small(
    printed: Mapping[str, Lines], pooled: set[str], members: Mapping[str, set[str]], minimum: int
) -> Iterator[str]:
    response = printed.get(RESPONSE, {})
    closed = [area for area, line in response.items() if line.n is None]
    more = [
        lines for question, lines in printed.items() if question and any(lines.get(a, Line(None, 0)).n for a in closed)
    ]  # of other questions nothing is added to what the response tells by itself
    if not more:
        return
    unknowns = Unknowns()
    people = _lay(unknowns, response, pooled, members)
    for lines in more:
        said = _lay(unknowns, lines, pooled, members)
        for area in said.keys() & people.keys():
            unknowns.between([(people[area], 1.0), (said[area], -1.0)], 0.0, np.inf)
    for area in (area for area in closed if area not in pooled) if _fits(unknowns) else ():
        least, unknowns.low[people[area]] = unknowns.low[people[area]], float(minimum)
        if not _fits(unknowns):
            yield area
        unknowns.low[people[area]] = least


def _lay(unknowns: Unknowns, lines: Lines, pooled: set[str], members: Mapping[str, set[str]]) -> dict[str, int]:
    """Every area with its unknown, and what is printed of those over them; others may be in these too."""
    found = {
        area: unknowns.add() if line.n is None else unknowns.add(line.n, line.n)
        for area, line in lines.items()
        if area not in pooled
    }
    for area, line in lines.items():
        if area in pooled and line.n is not None:
            inside = [at for one, at in found.items() if area == LAND or one in members.get(area, ())]
            others = [unknowns.add()] if len(inside) < (line.rests_on or 0) else []
            unknowns.between([(at, 1.0) for at in (*inside, *others)], line.n, line.n)
    return found


def _fits(unknowns: Unknowns) -> bool:
    return unknowns.ends([0], np.zeros(1)) is not None
