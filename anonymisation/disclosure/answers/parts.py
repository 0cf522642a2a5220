"""Figures that somebody else counted of a verband beside those of its gemeenten: what is left of the verband without
them is nobody or a group of its own (T2, T8), of which no count follows, nor that (nearly) all answered alike (T5, T6).

Nobody but who counted them knows whether they add up. Where gemeenten have more people together than their verband, no
sum is taken; where their answers fit no world, somebody may see why, so that counts as told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil, floor
from typing import Any, NamedTuple

from anonymisation.disclosure.answers.beside import Scale, Span, each_of, span_of, spans_apart, spans_swapped
from anonymisation.disclosure.answers.shares import most_alike
from domain.printed import PrintedFigure
from domain.release import MINIMUM

Prints = Mapping[str, PrintedFigure]
"""Per area what one release printed of a question."""
Told = tuple[Any, ...]


def told_by_parts(
    whole: str,
    releases: Sequence[Prints],
    closed: Collection[int] = (),
    scale: Scale = None,
    *,
    minimum: int = MINIMUM,
) -> set[Told]:
    """What the parts of a whole tell of it, of each other and of who is in none of them, in any of these releases.

    A name per thing that is told, of no meaning but that the same has the same name; none where nothing is.
    releases: in order of time, each with the whole and its parts as far as printed. closed: how many people are in
    parts that are not printed now, and who know that.
    """
    told: set[Told] = set()
    rests: dict[int, _Rest] = {}
    for at, printed in enumerate(releases):
        parts = _nearest(releases, at)
        own, beside = parts.pop(whole, None), list(parts)
        if whole not in printed or own is None or not parts:
            continue
        people = own.n - sum(part.n for part in parts.values())
        if people < 0:
            continue
        if any(0 < left < minimum for left in (people, *(people - known for known in closed))):
            told.add((at, "people", people))
        spans = [span_of(own, scale), *(span_of(part, scale) for part in parts.values())]
        rests[at] = _Rest(people, _left(spans, people * each_of(scale)))
        told |= {(at, what) for what in _of_answers([whole, *beside], spans, rests[at], scale)}
    for was, now in combinations(rests, 2):
        if _changed(rests[was], rests[now], scale, minimum):
            told.add((was, now, rests[was].people, rests[now].people))
    return told


class _Rest(NamedTuple):
    """Who is in none of the printed parts: how many, and the least and the most they can have answered."""

    people: int
    span: Span


def _nearest(releases: Sequence[Prints], at: int) -> dict[str, PrintedFigure]:
    """Every area as the release printed it, or the one nearest to it that did: its people may be the same."""
    areas = sorted({area for printed in releases for area in printed})
    order = sorted(range(len(releases)), key=lambda other: (abs(other - at), other))
    return {area: next(releases[one][area] for one in order if area in releases[one]) for area in areas}


def _left(spans: Sequence[Span], most: int) -> Span:
    """What the whole, the first of these, leaves when its parts are taken off."""
    (low, high), *parts = spans
    return max(0, low - sum(high for _, high in parts)), min(most, high - sum(low for low, _ in parts))


def _of_answers(areas: Sequence[str], spans: Sequence[Span], rest: _Rest, scale: Scale) -> Iterator[str]:
    """What is told of answers: the areas of which one count is left; '' for the rest, or where none fits.

    areas, spans: the whole first.
    """
    low, high = rest.span
    if low > high:
        yield ""
        return
    every = rest.people * each_of(scale)
    edge = most_alike(rest.people, sensitive=False) if scale is None else every - 2
    if rest.people and (low > edge or high < every - edge or ceil(low) >= floor(high)):
        yield ""
    lows, highs = sum(low for low, _ in spans[1:]) + low, sum(high for _, high in spans[1:]) + high
    (first, last), *_ = spans
    ends = [(max(first, lows), min(last, highs))]
    ends += [(max(low, first - highs + high), min(high, last - lows + low)) for low, high in spans[1:]]
    yield from (area for area, (low, high) in zip(areas, ends, strict=True) if ceil(low) >= floor(high))


def _changed(was: _Rest, now: _Rest, scale: Scale, minimum: int) -> bool:
    """Whether who came to a rest, or left it, is a small group or (nearly) all answered alike."""
    gap = now.people - was.people
    if not was.people or not now.people or spans_swapped(was.span, now.span, gap, scale, minimum):
        return False
    others = gap == 0 and (was.span[1] < now.span[0] or now.span[1] < was.span[0])
    return others or 0 < abs(gap) < minimum or spans_apart(was.span, now.span, gap, scale)
