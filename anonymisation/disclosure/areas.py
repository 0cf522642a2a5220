"""Answers over areas: gemeenten beside their provincie, verband, benchmark and the country (T5, T6).

Everybody may know which gemeenten a pooled line adds up. Gemeenten whose number of people is closed are one rest
group; how many people are in it follows from the others, and what they answered may not. The engine is that of tables
(`together.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from anonymisation.disclosure.incidence import Sums, sums_over
from anonymisation.disclosure.means import MEAN_STEPS, possible_points, publish_mean
from anonymisation.disclosure.shares import (
    STEPS,
    PublishedShare,
    possible_counts,
    publish_distribution,
    publish_share,
    share_step,
)
from anonymisation.disclosure.together import Span, Web, settled, spans
from domain.release import MINIMUM, AnswerLine, AreaLine, MeanLine, Status


def finest_steps(lines: Sequence[AnswerLine], *, minimum: int = MINIMUM) -> list[int]:
    """Per area the finest step with which no count follows; what is finest now becomes coarser first, pooled first."""
    people, sums, rests = _over(lines)
    show = {at: _shares(line, minimum) for at, line in enumerate(lines) if line.n is not None}
    single = [line.single for line in lines] + [all(line.single for line in lines)] * (len(people) - len(lines))
    sensitive = any(line.sensitive for line in lines)

    def first(row: int, finest: int) -> tuple[int, ...]:
        return max(finest, share_step(lines[row].n or 0) or 0), *_pooled_and_large(lines[row]), row

    good = tuple(at for at, counted in enumerate(lines[0].positive) if counted)
    ends = {row: (_most_alike(int(people[row]), sensitive), 0.0) for row in rests}
    web = Web(np.array(people), np.array(single, dtype=bool), sums, show, first, good, rests=ends, exact=True)
    found = settled(web)
    return [found.get(at, STEPS[0]) for at in range(len(lines))]


def finest_mean_steps(lines: Sequence[MeanLine], *, minimum: int = MINIMUM) -> list[int]:
    """Per area the finest step of its mean, in tenths, with which no sum of answers follows."""
    people, sums, rests = _over(lines)
    scale = lines[0].high - lines[0].low
    show = {at: _mean(line, minimum) for at, line in enumerate(lines) if line.n is not None}
    first = lambda row, finest: (finest, *_pooled_and_large(lines[row]), row)  # noqa: E731
    points = scale * np.array(people)
    ends = {row: (points[row] - 2, 2.0) for row in rests}
    none = np.zeros(len(points), dtype=bool)
    found = settled(Web(points, none, sums, show, first, steps=MEAN_STEPS, rests=ends, exact=True))
    return [found.get(at, MEAN_STEPS[0]) for at in range(len(lines))]


def _pooled_and_large(line: AreaLine) -> tuple[int, int]:
    """Pooled lines become coarser before gemeenten, large ones before small ones."""
    return int(len(line.leaves) < 2), -(line.n or 0)


def _most_alike(n: int, sensitive: bool) -> float:
    """How many of a closed rest may at most be known to have given one answer: what "meer dan 90 %" would say."""
    masked = possible_counts(None, None, ">90", n)[0]
    return masked - 1.0 if sensitive else max(n - 2.0, masked)


def _shares(line: AnswerLine, minimum: int) -> Callable[[int], list[Span | None]]:
    """As the warehouse prints it: the answers, and the share of the positive ones beside them."""
    n, good = line.n or 0, sum(count for count, counted in zip(line.counts, line.positive, strict=False) if counted)

    def share(count: int, finest: int) -> PublishedShare:
        return publish_share(count, n, line.sensitive, minimum=minimum, finest=finest)

    def show(finest: int) -> list[Span | None]:
        beside = [share(good, finest)] if any(line.positive) else []
        if not line.single:
            return spans([*(share(count, finest) for count in line.counts), *beside], n)
        shares = publish_distribution(
            line.counts, line.sensitive, minimum=minimum, finest=finest, positive=line.positive
        )
        return spans([*shares, *beside], n)

    return show


def _mean(line: MeanLine, minimum: int) -> Callable[[int], list[Span | None]]:
    n = line.n or 0

    def show(finest: int) -> list[Span | None]:
        mean = publish_mean(
            line.total, n, line.low, line.high, sensitive=line.sensitive, minimum=minimum, finest=finest
        )
        if mean.status is Status.SUPPRESSED or mean.step is None:
            return [None]
        return [Span(*possible_points(mean, n, line.low, line.high), int(mean.step * 10))]

    return show


def _over(lines: Sequence[AreaLine]) -> tuple[list[float], list[Sums], list[int]]:
    """People per area (NaN where closed) with the rest groups behind them, all sums, and where the rest groups are."""
    people = [float("nan") if line.n is None else float(line.n) for line in lines]
    found, rests = [], []
    for whole, parts, rest in _sums(lines):
        if rest is not None:
            parts = [*parts, len(people)]
            rests += [len(people)] if rest >= MINIMUM else []
            people.append(float(rest))
        found.append(sums_over(np.array(parts), np.full(len(parts), whole)))
    return people, found, rests


def _sums(lines: Sequence[AreaLine]) -> Iterator[tuple[int, list[int], int | None]]:
    """(whole, parts that are printed, people in the other parts): over gemeenten, and over each kind of area."""
    at = {line.area: place for place, line in enumerate(lines)}
    shown = sorted((line for line in lines if line.n is not None), key=lambda line: (line.kind, line.area))
    kinds = [[], *(list(group) for _, group in groupby((one for one in shown if len(one.leaves) > 1), _kind))]
    for whole in (line for line in shown if len(line.leaves) > 1):
        for kind in kinds:
            parts = [one for one in kind if one is not whole and one.leaves <= whole.leaves]
            if kind and not parts:
                continue
            other = whole.leaves.difference(*(one.leaves for one in parts))
            parts += [one for one in shown if one.area in other]
            people = sum(one.n or 0 for one in parts)
            closed = len(other) > sum(one.area in other for one in parts)
            yield at[whole.area], [at[one.area] for one in parts], (whole.n or 0) - people if closed else None


def _kind(line: AreaLine) -> str:
    return line.kind
