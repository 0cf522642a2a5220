"""Answers of lines side by side: gemeenten beside their provincie, verband, benchmark and the country, and the groups
of a breakdown beside everybody (T5, T6).

Readers are taken to know how many people are in every group that is shown, also where only a band is printed. Which
lines add up stands in `lines.py`; the engine is that of tables (`together.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from anonymisation.disclosure.answers.lines import Lattice
from anonymisation.disclosure.answers.means import MEAN_STEPS, possible_points, publish_mean
from anonymisation.disclosure.answers.owners import Own, Owners
from anonymisation.disclosure.answers.shares import (
    STEPS,
    PublishedShare,
    most_alike,
    publish_distribution,
    publish_share,
    share_step,
)
from anonymisation.disclosure.answers.together import Span, Web, settled, spans
from anonymisation.disclosure.groups.incidence import Reals
from domain.printed import AnswerLine, AreaLine, MeanLine
from domain.release import MINIMUM, Status


def finest_steps(lines: Sequence[AnswerLine], *, minimum: int = MINIMUM) -> list[int]:
    """Per line the finest step with which no count follows; what is finest now becomes coarser first, pooled first.

    Of a line of a breakdown only the share of positive answers is printed.
    """
    over = Lattice.of(lines)
    single = [line.single and not line.group for line in lines]
    one_each = all(line.single for line in lines)
    single += [one_each and not narrow for narrow in over.narrow[len(lines) :]]
    several = ~over.is_narrow & all(sum(line.counts) >= line.people for line in lines)
    sensitive = any(line.sensitive for line in lines)

    def first(row: int, finest: int) -> tuple[int, ...]:
        return max(finest, share_step(lines[row].n or 0) or 0), *_pooled_and_large(lines[row]), row

    show = {at: _shares(line, minimum) for at, line in enumerate(lines) if line.n is not None}
    good = tuple(at for at, counted in enumerate(lines[0].positive) if counted)

    def ends(people: float) -> tuple[float, float]:
        return most_alike(int(people), sensitive), 0.0

    said = [_figures(line, len(lines[0].counts), good) for line in lines]
    is_single = np.array(single, dtype=bool)
    rests = {row: ends(over.people[row]) for row in over.rests}
    web = Web(over.total, is_single, over.sums, show, first, good, rests=rests, narrow=over.is_narrow,
              several=several, exact=True, owners=_owners(lines, said, over, ends),
              said=_with_rests(said, over))  # fmt: skip
    found = _settled(web, over)
    return [found.get(at, STEPS[0]) for at in range(len(lines))]


def finest_mean_steps(lines: Sequence[MeanLine], *, minimum: int = MINIMUM) -> list[int]:
    """Per line the finest step of its mean, in tenths, with which no sum of answers follows."""
    over = Lattice.of(lines)
    show = {at: _mean(line, minimum) for at, line in enumerate(lines) if line.n is not None}
    first = lambda row, finest: (finest, *_pooled_and_large(lines[row]), row)  # noqa: E731
    each = lines[0].high - lines[0].low

    def ends(people: float) -> tuple[float, float]:
        return each * people - 2.0, 2.0

    said = [np.array([float(line.total - line.low * line.people)]) for line in lines]
    rests = {row: ends(over.people[row]) for row in over.rests}
    none = np.zeros(len(over.people), dtype=bool)
    web = Web(each * over.total, none, over.sums, show, first, steps=MEAN_STEPS, rests=rests, exact=True,
              owners=_owners(lines, said, over, ends))  # fmt: skip
    found = _settled(web, over)
    return [found.get(at, MEAN_STEPS[0]) for at in range(len(lines))]


def _settled(web: Web, over: Lattice) -> dict[int, int]:
    """First what one area gives away by itself: quick to see, and no reason to print lines over areas more coarsely."""
    return settled(web, settled(replace(web, sums=over.within, exact=False)))


def _figures(line: AnswerLine, width: int, good: Sequence[int]) -> Reals:
    """What everybody in a line answered, as wide as what is printed of everybody; of a group the last figure only."""
    positive = [float(sum(line.counts[at] for at, counted in enumerate(line.positive) if counted))] if good else []
    return np.array([*([np.nan] * width if line.group else line.counts), *positive])


def _owners(
    lines: Sequence[AreaLine], said: Sequence[Reals], over: Lattice, ends: Callable[[float], tuple[float, float]]
) -> Owners | None:
    """Everybody who delivered; None where nobody else did.

    said: what a line answered. ends: how low and how high what closed people answered must be able to be.
    """
    every = _with_rests(said, over)
    real = {at: line.people for at, line in enumerate(lines)}
    own = Own([dict(enumerate(lines))], real, over.people, over.rests, over.left, ends)
    each = [own.owner(area, every) for area in own.areas]
    return Owners(each, every) if len(each) > 1 else None


def _with_rests(said: Sequence[Reals], over: Lattice) -> Reals:
    """What every line answered, and every rest."""
    every = [*said]
    for row in range(len(said), len(over.people)):
        whole, shown = over.left[row]
        every.append(every[whole] - sum(every[at] for at in shown))
    return np.array(every)


def _pooled_and_large(line: AreaLine) -> tuple[int, int, int]:
    """Pooled lines become coarser before gemeenten, groups before everybody, large ones before small ones."""
    return int(len(line.leaves) < 2), int(not line.group), -(line.n or 0)


def _shares(line: AnswerLine, minimum: int) -> Callable[[int], list[Span | None]]:
    """As the warehouse prints it: the answers of everybody, and the share of the positive ones beside them."""
    n, good = line.n or 0, sum(count for count, counted in zip(line.counts, line.positive, strict=False) if counted)

    def share(count: int, finest: int) -> PublishedShare:
        return publish_share(count, n, line.sensitive, minimum=minimum, finest=finest)

    def show(finest: int) -> list[Span | None]:
        beside = [share(good, finest)] if any(line.positive) else []
        if line.group:
            return spans(beside, n)
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
