"""The attack on two releases: what both print about the same line, laid side by side (T5, T10).

With as many people as before they are taken to be the same people; with more or fewer, those who came or left are a
group of their own. Only one line at a time is compared, and none where gemeenten left and others joined: what these
differ by is the people of neither. Where both show by themselves that enough came and enough left, they may differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import duckdb

from anonymisation.disclosure.attack.answers import ABOVE, possible_counts, possible_points
from anonymisation.disclosure.attack.areas import MEANS, SHARES, kinds_of
from anonymisation.disclosure.attack.figures import MASKS
from domain.release import Finding
from storage.duck import query

Span = tuple[float, float]
Line = tuple[Any, ...]

# Grain: one row per area and share that somebody else counted; columns as in SHARES.
COUNTED = """
select instrument, meting, doelgroep, question, area, '', value, label, step, base, n_gemeenten
from fact_result
where statistic = 'known'
order by all
"""


def attack_steps(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, minimum: int) -> Iterator[Finding]:
    """Lines of two published files of which the difference says too much."""
    shares = (_pairs(now, before, asked, line=6, people=9) for asked in (SHARES, COUNTED))
    for pair in chain.from_iterable(shares):
        spans = [possible_counts(one[6], MASKS.get(one[7]), _whole(one[8]), one[9]) for one in pair]
        many = [one[9] for one in pair]
        table = "fact_distribution" if pair[0][5] else "fact_result"
        yield from _told(table, pair[0][:6], learned(spans, many, many, minimum))
    for pair in _pairs(now, before, MEANS, line=5, people=8):
        low, high = float(pair[1][10]), float(pair[1][11])
        sums = [possible_points(one[5], one[6], one[7], one[8], low, high) for one in pair]
        many = [one[8] for one in pair]
        yield from _told("fact_result", pair[0][:5], learned(sums, many, [(high - low) * n for n in many], minimum))


def _pairs(
    now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, asked: str, *, line: int, people: int
) -> Iterator[tuple[Line, Line]]:
    """The same line in both files, earlier and later, where both print how many people. line: columns that name it."""
    earlier, later = query(before, asked), query(now, asked)
    traded = _traded(_members(before, earlier), _members(now, later))
    known = {row[:line]: row for row in earlier}
    for row in later:
        was = known.get(row[:line])
        if was is not None and was[people] and row[people] and row[:5] not in traded:
            yield was, row


def _members(connection: duckdb.DuckDBPyConnection, rows: Sequence[Any]) -> dict[Line, frozenset[str]]:
    """Per question and pooled area the gemeenten in it that have a row, open or closed."""
    up = {area: members for kind in kinds_of(connection) for area, members in kind.items()}
    asked: dict[Line, set[str]] = {}
    for row in rows:
        asked.setdefault(row[:4], set()).add(row[4])
    return {row[:5]: up[row[4]] & asked[row[:4]] for row in rows if row[4] in up}


def _traded(then: Mapping[Line, frozenset[str]], now: Mapping[Line, frozenset[str]]) -> set[Line]:
    """Lines that lost a gemeente and got another."""
    return {line for line in then.keys() & now.keys() if then[line] - now[line] and now[line] - then[line]}


def _whole(step: float | None) -> int | None:
    return None if step is None else int(step)


def _told(table: str, line: Sequence[Any], what: tuple[str, str] | None) -> Iterator[Finding]:
    if what:
        yield Finding(what[0], table, ", ".join(str(name) for name in line if name), what[1])


def learned(
    spans: Sequence[Span], people: Sequence[int], every: Sequence[float], minimum: int
) -> tuple[str, str] | None:
    """(threat, what) of an earlier and a later print of a line.

    spans: counts, or sums of answers, that they leave. every: people, or points of a mean, that there can be at most.
    """
    if _many_swapped(spans, people, every, minimum):
        return None
    (low, high), (now_low, now_high) = spans
    gap, most = abs(people[1] - people[0]), abs(every[1] - every[0])
    if 0 < gap < minimum:
        return "T10", f"het verschil met een eerdere uitgave is een groep kleiner dan {minimum}"
    if gap == 0:
        both = max(low, now_low), min(high, now_high)
        if both[0] > both[1]:
            return "T10", "evenveel mensen als in een eerdere uitgave, en zij antwoordden anders: iemand is vervangen"
        known = both[0] == both[1] and low < high and now_low < now_high
        return ("T10", "twee uitgaven samen geven een exact aantal") if known else None
    larger, smaller = (
        ((now_low, now_high), (low, high)) if people[1] > people[0] else ((low, high), (now_low, now_high))
    )
    least, top = max(0.0, larger[0] - smaller[1]), min(most, larger[1] - smaller[0])
    if least == top:
        return "T10", "wat wie kwam of ging antwoordde, is precies uit te rekenen"
    masked = possible_counts(None, ABOVE, None, gap)[0] if most == gap else 0
    return ("T5", "wie kwam of ging gaf (bijna) allemaal hetzelfde antwoord") if least > max(most - 2, masked) else None


def _many_swapped(spans: Sequence[Span], people: Sequence[int], every: Sequence[float], minimum: int) -> bool:
    """Whether the minimum came and the minimum left, however few of them changed what they say and how many did not.

    Who came brought a yes or a no, and who left took one along.
    """
    (low, high), (now_low, now_high) = spans
    more, each = every[1] - every[0], every[1] / people[1]
    changes = (min(max(change, now_low - high), now_high - low) for change in (-math.inf, 0.0, more, math.inf))
    came = min(max(yes, 0.0) + max(more - yes, 0.0) for yes in changes)
    return min(came, came - more) >= minimum * each
