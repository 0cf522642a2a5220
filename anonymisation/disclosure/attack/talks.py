"""The attack on words beside shares: bands, labels of gemeenten and the share of all talks, laid side by side (T6).

Per gemeente an integer programme over how many people it can hold: the talks and the people of the whole pool keep
within what is printed of it. The others are taken at their loosest for each end by itself, so nothing is claimed too
much. A gemeente whose number of talks is closed can hold anything: beside one of these nothing follows. Nor does it of
the curve, because nobody outside knows how many talks say something about a phase. A share that an earlier release
printed first is of the talks of then: nothing follows beside the labels of now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import duckdb
import numpy as np

from anonymisation.disclosure.attack.cells import Array
from anonymisation.disclosure.attack.figures import MASKS
from domain.release import Finding
from storage.duck import query

MANY = 200
"""So far beyond the start of a band without an end: what is loosest there has no end either."""
HIDDEN, SEVERAL, OFTEN = "niet getoond", "meerdere keren", "vaak"
Bands = Mapping[str, tuple[float, float]]
Line = tuple[Any, ...]


class _Edge(NamedTuple):
    """people x count + talks x number of talks is at least `least`, over the whole pool."""

    people: int
    talks: int
    least: int


class _Kind(NamedTuple):
    """What is printed of a gemeente: fewest and most talks, and its label (none below ten talks)."""

    low: float
    high: float
    label: str


def attack_talks(connection: duckdb.DuckDBPyConnection, bands: Bands) -> Iterator[Finding]:
    """Counts of people that follow from labels, bands and the pooled share of one theme."""
    talks = _talks(connection, bands)
    for line, labels, (share, mask) in _themes(connection):
        sizes = talks.get(line[:3], {})
        pool = Counter(_Kind(*size, labels.get(area, HIDDEN if size[0] >= 10 else "")) for area, size in sizes.items())
        yield from _found(line, pool, _edges(share, MASKS.get(mask)))


def _talks(connection: duckdb.DuckDBPyConnection, bands: Bands) -> dict[Line, dict[str, tuple[float, float]]]:
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


def _themes(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Line, Mapping[str, str], tuple[Any, Any]]]:
    """(line, labels of gemeenten, what is printed of all) of every theme with a share."""
    rows = query(
        connection,
        "select t.instrument, t.meting, t.doelgroep, t.kind, t.phase, t.theme, any_value(t.share), any_value(t.label), "
        "list(own.area order by own.area), list(own.label order by own.area) "
        "from fact_theme t left join fact_theme own on own.area <> 'NL' and own.label is not null "
        "and (own.instrument, own.meting, own.doelgroep, own.kind, own.phase, own.theme) "
        "= (t.instrument, t.meting, t.doelgroep, t.kind, t.phase, t.theme) "
        "where t.area = 'NL' and t.share_since is null and (t.share is not null or t.label is not null) "
        "group by all order by all",
    )
    for *line, share, mask, areas, labels in rows:
        yield tuple(line), dict(zip(areas, labels, strict=True)), (share, mask)


def _edges(share: float | None, bound: str | None) -> list[_Edge]:
    """What a printed share says; next to the masked ends a count may have been moved one step inwards."""
    if bound is not None:
        return [_Edge(-10, 1, 1) if bound == "<10" else _Edge(10, -9, 1)]
    if share is None:
        return []
    low, high = int(share) - 5, int(share) + 5
    return [
        _Edge(10, -1, 0) if share <= 20 else _Edge(100, -low, 0),
        _Edge(-10, 9, 0) if share >= 80 else _Edge(-100, high, 1),
    ]


def _found(line: Line, pool: Counter[_Kind], edges: Sequence[_Edge]) -> Iterator[Finding]:
    where = ", ".join(map(str, line))
    for kind, counts in _possible(pool, edges).items():
        if len(counts) == 1:
            yield Finding(
                "T6", "fact_theme", where, "labels en het aandeel van alle gesprekken geven samen een exact aantal"
            )
        elif kind.label not in (SEVERAL, OFTEN) and counts and not {0, 2} <= counts:
            yield Finding(
                "T6", "fact_theme", where, "wat een gemeente niet toont, volgt uit labels en het aandeel van allen"
            )


def _possible(pool: Counter[_Kind], edges: Sequence[_Edge]) -> dict[_Kind, set[int]]:
    """Per kind of gemeente every count that still fits; nothing where nothing is bounded, or the file contradicts."""
    loosest = {kind: np.array([_loosest(kind, edge) for edge in edges]) for kind in pool}
    found = {}
    for kind in pool if edges else ():
        others = pool - Counter([kind])
        rest = sum((loosest[other] * times for other, times in others.items()), np.zeros(len(edges)))
        if np.isfinite(rest).any():
            talks, people = _worlds(kind)
            fits = [e.people * people + e.talks * talks + room >= e.least for e, room in zip(edges, rest, strict=True)]
            found[kind] = set(people[np.logical_and.reduce(fits)].tolist())
    return found


def _loosest(kind: _Kind, edge: _Edge) -> float:
    """The most that one gemeente can add to an edge; without end where it keeps growing with its talks."""
    talks, people = _worlds(kind)
    adds = edge.people * people + edge.talks * talks
    if np.isinf(kind.high) and adds[talks == talks.max()].max() == adds.max():
        return float("inf")
    return float(adds.max())


@lru_cache(maxsize=512)
def _worlds(kind: _Kind) -> tuple[Array, Array]:
    """Every number of talks with every count of people that are printed like this."""
    low, high = int(kind.low), int(min(kind.high, kind.low + MANY))
    talks, people = (grid.ravel() for grid in np.mgrid[low : high + 1, 0 : high + 1])
    take = (people <= talks) & _theme(kind.label, talks, people)
    return talks[take], people[take]


def _theme(label: str, talks: Array, people: Array) -> Array:
    often = (people >= 5) & (2 * people >= talks)
    several = (people >= 3) & ~often
    return {OFTEN: often, SEVERAL: several, HIDDEN: people < 3}.get(label, people >= 0)
