"""The attack on words of talks in two releases: labels that changed, and pools that grew (T5, T10).

A label of the same gemeente and meting that is another one now tells what those who came or left had said. Of a pool
that grew both shares are laid side by side: their difference is who came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import duckdb

from anonymisation.disclosure.attack_figures import MASKS
from anonymisation.disclosure.attack_talks import Bands, Edge, Kind, edges_of, follows, kinds_of, loosest, talks_of
from anonymisation.disclosure.attack_talks import themes_of as shares_of
from domain.release import Finding
from storage.duck import query

CHANGED = "een woord over gesprekken is sinds een eerdere uitgave een ander: dat zegt wat wie kwam of ging vertelde"
ALIKE = "wie bij de gesprekken kwam, noemde een thema (bijna) allemaal of (bijna) niemand"
Line = tuple[Any, ...]

# Grain: one row per word about talks of one gemeente or verband; a theme of a phase without a row has the word of none.
WORDS = """
select 'fact_theme' as name, t.instrument, t.meting, t.doelgroep, t.area, t.kind || ' ' || t.theme as what,
    t.phase, t.label
from fact_theme t join dim_area a using (area) where not a.pooled and t.label is not null
union all
select 'fact_klantreis_phase', t.instrument, t.meting, t.doelgroep, t.area, '', t.phase, t.label
from fact_klantreis_phase t join dim_area a using (area) where not a.pooled and t.label is not null
union all
select 'fact_klantreis_aspect', t.instrument, t.meting, t.doelgroep, t.area, t.aspect, t.phase, t.label
from fact_klantreis_aspect t join dim_area a using (area) where not a.pooled and t.label is not null
union all
select 'fact_result', t.instrument, t.meting, t.doelgroep, t.area, t.question, '', t.label
from fact_result t join dim_area a using (area)
where not a.pooled and t.statistic = 'majority' and t.label is not null
order by all
"""


def attack_words(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    """What the words of two published files tell together."""
    words, earlier = _words(now), _words(before)
    for name, line in sorted(words.keys() & earlier.keys()):
        was, here = earlier[name, line], words[name, line]
        if any(was.get(what, "") != here.get(what, "") for what in was.keys() | here.keys()):
            yield Finding("T10", name, ", ".join(line), CHANGED)
    yield from _pools(now, before, bands)


def _words(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, Line], dict[Line, str]]:
    """Per table and line of a gemeente its words, by what they are about."""
    found: dict[tuple[str, Line], dict[Line, str]] = {}
    for name, *line, what, phase, label in query(connection, WORDS):
        found.setdefault((name, tuple(line)), {})[what, phase] = label
    return found


def _pools(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    talks, then = talks_of(now, bands), talks_of(before, bands)
    earlier = {line: printed for line, _, printed in shares_of(before)}
    for line, labels, (share, mask) in shares_of(now):
        sizes, were = talks.get(line[:3], {}), then.get(line[:3], {})
        grew = were.keys() < sizes.keys() and all(sizes[area] == size for area, size in were.items())
        if grew and line in earlier:
            pool = Counter(kinds_of(sizes, labels, were))
            edges = [*_together(edges_of(share, MASKS.get(mask)), *_of(earlier[line]))]
            yield from follows(line, pool, edges)
            if _alike(pool, edges):
                yield Finding("T5", "fact_theme", ", ".join(map(str, line)), ALIKE)


def _of(printed: tuple[Any, Any]) -> list[Edge]:
    """What an earlier share says; it holds for the gemeenten of then only."""
    return [Edge(0, 0, edge.least, (edge.people, edge.talks)) for edge in edges_of(printed[0], MASKS.get(printed[1]))]


def _together(now: Sequence[Edge], *then: Edge) -> Iterator[Edge]:
    """Both shares, and what the one leaves of the other: in these the people of then count no more."""
    yield from (*now, *then)
    for one, other in product(now, then):
        people, talks = other.then or (0, 0)
        if one.people == -people:
            yield Edge(one.people, one.talks, one.least + other.least, (0, one.talks + talks))


def _alike(pool: Mapping[Kind, int], edges: Sequence[Edge]) -> bool:
    """Whether (nearly) all of those who came named it, or (nearly) nobody of them."""
    came = {kind: times for kind, times in pool.items() if not kind.then}
    people = sum(kind.high * times for kind, times in came.items())
    for edge in edges:
        if edge.then is not None and edge.then[0] == 0 and edge.people:
            room = sum(loosest(kind, edge) * times for kind, times in pool.items() if kind.then)
            room += sum(max(edge.talks * kind.low, edge.talks * kind.high) * times for kind, times in came.items())
            end = (edge.least - room) / edge.people
            if (end > people - 2) if edge.people > 0 else (end < 2):
                return True
    return False
