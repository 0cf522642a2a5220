"""The attack on words beside shares: bands, labels of gemeenten and the share of all talks, laid side by side (T6).

Per gemeente an integer programme over how many people it can hold: the talks and the people of the whole pool keep
within what is printed of it. The others are taken at their loosest for each end by itself, so nothing is claimed too
much. A gemeente whose number of talks is closed can hold anything: beside one of these nothing follows. Nor does it of
the curve, because nobody outside knows how many talks say something about a phase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack_cells import Array
from anonymisation.disclosure.attack_figures import MASKS
from domain.release import Finding
from storage.duck import query

MANY = 200
"""So far beyond the start of a band without an end: what is loosest there has no end either."""
HIDDEN, SEVERAL, OFTEN = "niet getoond", "meerdere keren", "vaak"
Bands = Mapping[str, tuple[float, float]]
Line = tuple[Any, ...]


class Edge(NamedTuple):
    """people x count + talks x number of talks is at least `least`, over the whole pool.

    then: the two factors for gemeenten of an earlier pool, where these are others.
    """

    people: int
    talks: int
    least: int
    then: tuple[int, int] | None = None

    def of(self, kind: Kind) -> tuple[int, int]:
        """The factors for one gemeente."""
        return self.then if self.then is not None and kind.then else (self.people, self.talks)


class Kind(NamedTuple):
    """What is printed of a gemeente: fewest and most talks, its label (none below ten talks), and whether it was in an
    earlier pool."""

    low: float
    high: float
    label: str
    then: bool = False


def attack_talks(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    """Counts of people that follow from labels, bands and the pooled share of one theme."""
    talks = talks_of(connection, bands)
    for line, labels, (share, mask) in themes_of(connection):
        pool = Counter(kinds_of(talks.get(line[:3], {}), labels))
        yield from follows(line, pool, edges_of(share, MASKS.get(mask)))


def kinds_of(
    sizes: Mapping[str, tuple[float, float]], labels: Mapping[str, str], then: Container[str] = ()
) -> Iterator[Kind]:
    """What is printed of every gemeente with talks. then: those of an earlier pool."""
    for area, size in sizes.items():
        yield Kind(*size, labels.get(area, HIDDEN if size[0] >= 10 else ""), area in then)


def talks_of(connection: duckdb.DuckDBPyConnection, bands: Bands) -> dict[Line, dict[str, tuple[float, float]]]:
    """Per instrument, meting and doelgroep the fewest and most talks of every gemeente or verband that took part."""
    rows = query(
        connection,
        "select f.instrument, f.meting, f.doelgroep, f.area, f.responded, f.responded_band from fact_response f "
        "join dim_area a using (area) where not a.pooled order by all",
    )
    found: dict[Line, dict[str, tuple[float, float]]] = {}
    for *line, area, number, band in rows:
        size = (float(number),) * 2 if number is not None else bands.get(band, (0.0, np.inf))
        found.setdefault(tuple(line), {})[area] = (size[0], size[1])
    return found


def themes_of(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Line, Mapping[str, str], tuple[Any, Any]]]:
    """(line, labels of gemeenten, what is printed of all) of every theme with a share."""
    rows = query(
        connection,
        "select t.instrument, t.meting, t.doelgroep, t.kind, t.phase, t.theme, any_value(t.share), any_value(t.label), "
        "list(own.area order by own.area), list(own.label order by own.area) "
        "from fact_theme t left join fact_theme own on own.area <> 'NL' and own.label is not null "
        "and (own.instrument, own.meting, own.doelgroep, own.kind, own.phase, own.theme) "
        "= (t.instrument, t.meting, t.doelgroep, t.kind, t.phase, t.theme) "
        "where t.area = 'NL' and (t.share is not null or t.label is not null) group by all order by all",
    )
    for *line, share, mask, areas, labels in rows:
        yield tuple(line), dict(zip(areas, labels, strict=True)), (share, mask)


def edges_of(share: float | None, bound: str | None) -> list[Edge]:
    """What a printed share says; next to the masked ends a count may have been moved one step inwards."""
    if bound is not None:
        return [Edge(-100, 10, 1) if bound == "<10" else Edge(100, -90, 1)]
    if share is None:
        return []
    low, high = int(share) - 5, int(share) + 5
    return [
        Edge(100, -10, 0) if share <= 20 else Edge(100, -low, 0),
        Edge(-100, 90, 0) if share >= 80 else Edge(-100, high, 1),
    ]


def follows(line: Line, pool: Counter[Kind], edges: Sequence[Edge]) -> Iterator[Finding]:
    """Gemeenten of which one count of people is left, or of which it follows whether somebody said it."""
    where = ", ".join(map(str, line))
    for kind, counts in counts_left(pool, edges).items():
        if len(counts) == 1:
            yield Finding(
                "T6", "fact_theme", where, "labels en het aandeel van alle gesprekken geven samen een exact aantal"
            )
        elif kind.label not in (SEVERAL, OFTEN) and counts and not {0, 2} <= counts:
            yield Finding(
                "T6", "fact_theme", where, "wat een gemeente niet toont, volgt uit labels en het aandeel van allen"
            )


def counts_left(pool: Counter[Kind], edges: Sequence[Edge]) -> dict[Kind, set[int]]:
    """Per kind of gemeente every count that still fits; nothing where nothing is bounded, or the file contradicts."""
    most = {kind: np.array([loosest(kind, edge) for edge in edges]) for kind in pool}
    left = {}
    for kind in pool if edges else ():
        others = pool - Counter([kind])
        rest = sum((most[other] * times for other, times in others.items()), np.zeros(len(edges)))
        if np.isfinite(rest).any():
            people = _worlds(kind)[1]
            fits = [_adds(kind, edge) + room >= edge.least for edge, room in zip(edges, rest, strict=True)]
            left[kind] = set(people[np.logical_and.reduce(fits)].tolist())
    return left


def loosest(kind: Kind, edge: Edge) -> float:
    """The most that one gemeente can add to an edge; without end where it keeps growing with its talks."""
    talks, adds = _worlds(kind)[0], _adds(kind, edge)
    if np.isinf(kind.high) and adds[talks == talks.max()].max() == adds.max():
        return float("inf")
    return float(adds.max())


def _adds(kind: Kind, edge: Edge) -> Array:
    (talks, people), (each, per_talk) = _worlds(kind), edge.of(kind)
    return np.asarray(each * people + per_talk * talks)


@lru_cache(maxsize=512)
def _worlds(kind: Kind) -> tuple[Array, Array]:
    """Every number of talks with every count of people that are printed like this."""
    low, high = int(kind.low), int(min(kind.high, kind.low + MANY))
    talks, people = (grid.ravel() for grid in np.mgrid[low : high + 1, 0 : high + 1])
    take = (people <= talks) & _theme(kind.label, talks, people)
    return talks[take], people[take]


def _theme(label: str, talks: Array, people: Array) -> Array:
    often = (people >= 5) & (2 * people >= talks)
    several = (people >= 3) & ~often
    return {OFTEN: often, SEVERAL: several, HIDDEN: people < 3}.get(label, people >= 0)
