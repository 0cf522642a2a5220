"""A file for everybody holds pooled lines only: the gemeenten behind these are there, each with an unknown number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb

from storage.duck import query

LAND = "NL"
OTHERS = "(andere)"
"""All who take part without a line of their own or a place in the list of gemeenten: a verband that delivers itself."""
Scope = tuple[Any, ...]

GEMEENTEN = "select gemeente, province from dim_gemeente where gemeente not in (select area from dim_area) order by all"

# Grain: one row per question (of the response: who took part) and area, with the gemeenten and verbanden it rests on.
RESTS_ON = """
select instrument, meting, doelgroep, question, area, max(n_gemeenten) from (
    select instrument, meting, doelgroep, question, area, n_gemeenten from fact_result where breakdown = 'TOTAAL'
    union all
    select instrument, meting, doelgroep, question, area, n_gemeenten from fact_distribution
    union all
    select instrument, meting, doelgroep, '(verbetering)', area, n_gemeenten from fact_improvement
    union all
    select instrument, meting, doelgroep, '(respons)', area, n_gemeenten from fact_response
)
where n_gemeenten is not null
group by all
"""


@dataclass(frozen=True)
class Unseen:
    """Who may stand behind the pooled lines of each question.

    gemeenten: those that the file names without a line of their own, with their provincie. rests_on: per question and
    area how many of them a line holds.
    """

    gemeenten: dict[str, str | None] = field(default_factory=dict)
    rests_on: dict[Scope, dict[str, int]] = field(default_factory=dict)

    def of(self, scope: Scope) -> list[str]:
        """Their codes; with one for all others where the country rests on more than the lines and gemeenten tell."""
        if not self.gemeenten:
            return []
        lines = self.rests_on.get(scope, {})
        apart = sum(province not in lines for province in self.gemeenten.values())
        pooled = sum(lines.get(province, 0) for province in {*self.gemeenten.values()} if province is not None)
        more = lines.get(LAND, 0) - pooled > apart
        return [*self.gemeenten, OTHERS] if more else list(self.gemeenten)

    def scopes(self, rows: Iterable[Scope]) -> list[tuple[Scope, str]]:
        """Every question in these rows with everybody who may stand behind its lines."""
        return [(scope, area) for scope in dict.fromkeys(row[:4] for row in rows) for area in self.of(scope)]


def unseen(connection: duckdb.DuckDBPyConnection) -> Unseen:
    """Nobody in a file where every gemeente has its line."""
    gemeenten = dict(query(connection, GEMEENTEN))
    found: dict[Scope, dict[str, int]] = {}
    for *scope, area, many in query(connection, RESTS_ON) if gemeenten else ():
        found.setdefault(tuple(scope), {})[area] = many
    return Unseen(gemeenten, found)
