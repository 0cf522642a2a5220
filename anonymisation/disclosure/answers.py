"""How answers are printed: shares in steps, means, intervals, labels. Counts of answers never leave.

Every number here is rounded so that it cannot be turned back into a count (T5, T6); the steps are those of
the design ("Groups and answers"). Rounding is half-up on exact fractions: half-even would leave some printed
values with one possible count, and at the edge of the masked values (10 %) a value that only one count can
give moves one step towards the middle. Equal input gives equal output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from domain.release import INDICATIVE_BELOW, MINIMUM, AnswerLine, MeanLine, PrintedFigure, Status

STEPS = (1, 5, 10, 20)
MEAN_STEPS = (1, 5, 10)
"""Steps of a mean, in tenths."""
ABOVE, BELOW = ">90", "<10"
"""Printed as "meer dan 90 %" and "minder dan 10 %"."""

_Z = 1.959963984540054
RAPPORTCIJFER = (1, 10)


@dataclass(frozen=True)
class PublishedShare:
    """A share as it may be printed: a value in steps, or a bound, or nothing.

    value: per cent, a multiple of step; None when masked or suppressed.
    """

    value: int | None
    step: int | None
    bound: Literal[">90", "<10"] | None
    status: Status


@dataclass(frozen=True)
class PublishedMean:
    """A mean as it may be printed; `bound` says that nearly everybody is at one end of the scale."""

    value: Decimal | None
    step: Decimal | None
    bound: Literal["near_max", "near_min"] | None
    status: Status


def status_of(n: int, minimum: int = MINIMUM) -> Status:
    """Status that follows from a base alone."""
    if n < minimum:
        return Status.SUPPRESSED
    return Status.INDICATIVE if n < INDICATIVE_BELOW else Status.PUBLISHED


def share_step(n: int) -> int | None:
    """Smallest step of {1, 5, 10, 20} % that covers at least two people of n; None when n is below 10."""
    return next((step for step in STEPS if step * n >= 200), None)


def base_band(n: int) -> str | None:
    """Band in which the base of a breakdown is printed; None below 10."""
    if n < 10:
        return None
    return "10-29" if n < 30 else "30-99" if n < 100 else "100+"


def band_floor(band: str) -> int:
    """Lowest base in a band: the n to compute an interval from when only the band is printed."""
    return {"10-29": 10, "30-99": 30, "100+": 100}[band]


def publish_share(
    count: int, n: int, sensitive: bool, *, minimum: int = MINIMUM, finest: int = STEPS[0]
) -> PublishedShare:
    """One share of a base; nearly everybody or nearly nobody is masked, and suppressed when sensitive.

    finest: no finer step than this, because of what other groups show.
    """
    step = next((step for step in STEPS if step >= max(share_step(n) or STEPS[0], finest)), None)
    if n < max(minimum, 10) or step is None:
        return PublishedShare(None, None, None, Status.SUPPRESSED)
    if sensitive and _bound(count, n):
        return PublishedShare(None, None, None, Status.SUPPRESSED)
    return _share_in_steps(count, n, step, minimum)


def publish_distribution(
    counts: Sequence[int],
    sensitive: bool,
    *,
    minimum: int = MINIMUM,
    finest: int = STEPS[0],
    positive: Sequence[bool] = (),
) -> list[PublishedShare]:
    """The shares of one question with one answer per person, in the order of `counts`.

    A sensitive question is closed as a whole when nearly everybody gave the same answer; a single rare
    answer does not close it. When one answer is above 90 % the others are all "minder dan 10 %". Where the
    shares together would give a count away (they add up to n) the step grows, and else nothing is shown.
    finest: no finer step than this, because of what other groups show. positive: per answer whether it counts in
    the share of positive answers (`publish_share`) that is printed beside these; that share is one more sum.
    """
    n = sum(counts)
    closed = [PublishedShare(None, None, None, Status.SUPPRESSED)] * len(counts)
    first = share_step(n)
    if n < minimum or first is None or (sensitive and is_unanimous(max(counts), n)):
        return closed
    for step in (step for step in STEPS if step >= max(first, finest)):
        shown = [_share_in_steps(count, n, step, minimum) for count in counts]
        if not _gives_a_count(shown, n, _sums_beside(counts, n, sensitive, minimum, positive, finest)):
            return shown
    return closed


def _sums_beside(
    counts: Sequence[int], n: int, sensitive: bool, minimum: int, positive: Sequence[bool], finest: int
) -> list[tuple[list[int], int, int]]:
    """What readers know of answers together: (which, at least, at most)."""
    every = list(range(len(counts)))
    known = [(every, n, n)]
    mine = [at for at, counted in zip(every, positive, strict=False) if counted]
    share = publish_share(sum(counts[at] for at in mine), n, sensitive, minimum=minimum, finest=finest)
    if mine and share.status is not Status.SUPPRESSED:
        low, high = possible_counts(share.value, share.step, share.bound, n)
        known += [(mine, low, high), ([at for at in every if at not in mine], n - high, n - low)]
    return known


def finest_steps(lines: Sequence[AnswerLine], *, minimum: int = MINIMUM) -> list[int]:
    """Per area the finest step for its answers with which no count follows from all areas of a question together."""
    from anonymisation.disclosure.areas import finest_steps as of_areas  # it prints with the rules of this module

    return of_areas(lines, minimum)


def finest_mean_steps(lines: Sequence[MeanLine], *, minimum: int = MINIMUM) -> list[int]:
    """The same for means, in tenths."""
    from anonymisation.disclosure.areas import finest_mean_steps as of_areas

    return of_areas(lines, minimum)


def tells_apart(was: PrintedFigure, now: PrintedFigure, scale: tuple[int, int] | None = None) -> bool:
    """Whether one line in two releases tells a count, or that those who came or left answered alike."""
    from anonymisation.disclosure.beside import tells_apart as beside

    return beside(was, now, scale)


def _share_in_steps(count: int, n: int, step: int, minimum: int) -> PublishedShare:
    bound = _bound(count, n)
    return PublishedShare(None if bound else _rounded(count, n, step), step, bound, status_of(n, minimum))


def _gives_a_count(shown: Sequence[PublishedShare], n: int, known: Sequence[tuple[list[int], int, int]]) -> bool:
    """Whether what is printed of an answer, a share or a bound, leaves one possible count."""
    spans = [possible_counts(share.value, share.step, share.bound, n) for share in shown]
    while (tighter := _tightened(spans, known)) != spans:
        spans = tighter
    return any(low >= high for low, high in spans)


def _tightened(spans: Sequence[tuple[int, int]], known: Sequence[tuple[list[int], int, int]]) -> list[tuple[int, int]]:
    found = list(spans)
    for which, least, most in known:
        lows, highs = sum(found[at][0] for at in which), sum(found[at][1] for at in which)
        for at in which:
            low, high = found[at]
            found[at] = max(low, least - highs + high), min(high, most - lows + low)
            lows, highs = lows - low + found[at][0], highs - high + found[at][1]
    return found


_MOVED = 7
"""So far from the counts that round to a value can a count stand that is moved to it (`_rounded`): such a count is the
only one of its value, so either a step holds fewer than four counts, or it stands next to a masked one."""


@lru_cache(maxsize=65_536)
def possible_counts(value: int | None, step: int | None, bound: str | None, n: int) -> tuple[int, int]:
    """Lowest and highest count that prints as this share; n at least 10."""
    if value is None or step is None:
        most = max(1, (n - 1) // 10)
        return (0, most) if bound == BELOW else (n - most, n)

    def prints(count: int) -> bool:
        return not _bound(count, n) and _rounded(count, n, step) == value

    low, high = -(n * (step - 2 * value) // 200), -(-n * (2 * value + step) // 200) - 1  # rounds to it, half up
    near = range(max(0, low - _MOVED), min(n, high + _MOVED) + 1)
    return next(filter(prints, near)), next(filter(prints, reversed(near)))


def is_unanimous(largest: int, n: int) -> bool:
    """More than 90 % gave one answer, or all but at most one person did."""
    return n > 0 and (10 * largest > 9 * n or n - largest < 2)


def publish_mean(
    total: int | Fraction | Decimal,
    n: int,
    lo: int,
    hi: int,
    *,
    sensitive: bool = False,
    minimum: int = MINIMUM,
    finest: int = MEAN_STEPS[0],
) -> PublishedMean:
    """Mean of n answers that add up to `total` on the scale lo…hi: one decimal from n ≥ 20 (rapportcijfer 30).

    Near an end of the scale nearly everybody must have given that answer: masked, or suppressed when sensitive.
    finest: no finer step than so many tenths, because of what other groups show; past the last one nothing is shown.
    """
    usual = MEAN_STEPS[0] if n >= (30 if (lo, hi) == RAPPORTCIJFER else 20) else MEAN_STEPS[-1]
    if n < max(minimum, 10) or finest > MEAN_STEPS[-1]:
        return PublishedMean(None, None, None, Status.SUPPRESSED)
    exact = Fraction(total)
    step = Decimal(max(usual, finest)) / 10
    step = step.to_integral_value() if step == step.to_integral_value() else step
    bound = _mean_bound(exact, n, lo, hi)
    if bound and sensitive:
        return PublishedMean(None, None, None, Status.SUPPRESSED)
    if bound:
        return PublishedMean(None, step, bound, status_of(n, minimum))
    steps = _mean_steps(exact, n, lo, hi, Fraction(step))
    return PublishedMean(step * steps, step, None, status_of(n, minimum))


def interval(
    value: int | Decimal,
    n: int,
    design: Literal["allen", "aselect", "open_link", "gericht"],
    *,
    scale: tuple[int, int] | None = None,
) -> tuple[Decimal, Decimal] | None:
    """95 % interval around a *printed* value; None unless everyone was asked or a random sample was drawn.

    value: the rounded share in per cent, or with `scale` the rounded mean.
    n: the printed base; where only a band is printed, `band_floor` of that band (a bound may not tell more).
    Shares: Wilson, outwards to whole per cents. Means: widest variance on the scale, outwards to one decimal.
    """
    if design not in ("allen", "aselect") or n <= 0:
        return None
    if scale is None:
        low, high = _wilson(float(value) / 100, n)
        return _outward(100 * low, 100 * high, Decimal(1))
    lo, hi = scale
    mean = float(value)
    half = _Z * (max(0.0, (mean - lo) * (hi - mean)) / n) ** 0.5
    return _outward(max(float(lo), mean - half), min(float(hi), mean + half), Decimal("0.1"))


def _bound(count: int, n: int) -> Literal[">90", "<10"] | None:
    if is_unanimous(count, n):
        return ">90"
    return "<10" if is_unanimous(n - count, n) else None


def _nearest(count: int, n: int, step: int) -> int | None:
    """Half-up to the step, in whole numbers; None where the share is masked."""
    return None if _bound(count, n) else step * ((200 * count + n * step) // (2 * n * step))


@lru_cache(maxsize=65_536)
def _rounded(count: int, n: int, step: int) -> int:
    """Half-up to the step, and one step towards 50 when no other count prints as this value."""
    value = _nearest(count, n, step)
    if value is None:
        raise ValueError("a masked share has no value")
    if value in (_nearest(count - 1, n, step), _nearest(count + 1, n, step)):
        return value
    return value + step if value < 50 else value - step


def possible_points(mean: PublishedMean, n: int, lo: int, hi: int) -> tuple[float, float]:
    """Lowest and highest sum above n times the low end of the scale that prints as this mean; whole numbers."""
    every, edge = (hi - lo) * n, max(Fraction(2), Fraction(n, 10))
    masked = ceil(edge) - 1  # at most so far from an end is near it
    if mean.value is None or mean.step is None:
        return (every - masked, every) if mean.bound == "near_max" else (0, masked)
    step, middle = Fraction(mean.step), (Fraction(mean.value) - lo) * n
    low, high = max(masked + 1, ceil(middle - step * n / 2)), min(every - masked - 1, ceil(middle + step * n / 2) - 1)

    def moved(points: int) -> bool:  # the only sum of a value at the edge stands one step nearer to the middle
        inside = masked < points < every - masked
        return inside and _mean_steps(Fraction(points + lo * n), n, lo, hi, step) * step == Fraction(str(mean.value))

    return low - moved(low - 1), high + moved(high + 1)


def _mean_steps(total: Fraction, n: int, lo: int, hi: int, step: Fraction) -> int:
    """As `_rounded`, for sums: at least two neighbouring sums print as the same mean."""

    def nearest(other: Fraction) -> int | None:
        return None if _mean_bound(other, n, lo, hi) else floor(other / n / step + Fraction(1, 2))

    steps = floor(total / n / step + Fraction(1, 2))
    if steps in (nearest(total - 1), nearest(total + 1)):
        return steps
    return steps + 1 if steps * step * 2 < lo + hi else steps - 1


def _mean_bound(total: Fraction, n: int, lo: int, hi: int) -> Literal["near_max", "near_min"] | None:
    if hi * n - total < max(Fraction(2), Fraction(n, 10)):
        return "near_max"
    return "near_min" if total - lo * n < max(Fraction(2), Fraction(n, 10)) else None


def _wilson(share: float, n: int) -> tuple[float, float]:
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * (share * (1 - share) / n + _Z**2 / (4 * n * n)) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)


def _outward(low: float, high: float, step: Decimal) -> tuple[Decimal, Decimal]:
    return (
        Decimal(repr(low)).quantize(step, ROUND_FLOOR),
        Decimal(repr(high)).quantize(step, ROUND_CEILING),
    )


# ---------- labels of qualitative methods: talks of ten people publish words, never counts

NOT_SHOWN, SEVERAL, OFTEN = "niet getoond", "meerdere keren", "vaak"
POSITIVE, MIXED, NEGATIVE = "vooral positief", "wisselend", "vooral negatief"
FOR, DIVIDED, AGAINST = "meerderheid voor", "verdeeld", "meerderheid tegen"
LABELS_FROM, POOL_FROM = 10, 5


def journeys_band(n_journeys: int) -> str | None:
    """Band in which the number of journeys is printed; None below 5."""
    for lowest, band in ((31, "> 30"), (16, "16-30"), (10, "10-15"), (5, "5-9")):
        if n_journeys >= lowest:
            return band
    return None


def theme_label(n_people: int, n_journeys: int, *, min_support: int = 3) -> str:
    """Label of a theme in one gemeente; one mark for 0, 1 and 2 people, and below ten journeys always that mark."""
    if n_journeys < LABELS_FROM or n_people < max(3, min_support):
        return NOT_SHOWN
    return OFTEN if 2 * n_people >= n_journeys and n_people >= 5 else SEVERAL


def curve_label(pos: int, neu: int, neg: int) -> str:
    """How a phase was lived through, by the journeys that say something about it (at least five)."""
    n = pos + neu + neg
    if n < POOL_FROM:
        return NOT_SHOWN
    return POSITIVE if 3 * pos > 2 * n else NEGATIVE if 3 * neg > 2 * n else MIXED


def panel_label(for_: int, against: int) -> str:
    """Outcome of a vote in a panel of at least ten; a majority is more than two thirds."""
    n = for_ + against
    if n < LABELS_FROM:
        return NOT_SHOWN
    return FOR if 3 * for_ > 2 * n else AGAINST if 3 * against > 2 * n else DIVIDED


def pool_problem(journeys: Mapping[str, int], *, minimum: int = MINIMUM) -> str | None:
    """Why these gemeenten cannot be pooled, in Dutch, or None when they can.

    journeys: number of journeys per gemeente; gemeenten below five journeys must be left out before.
    """
    n, largest = sum(journeys.values()), max(journeys.values(), default=0)
    if any(count < POOL_FROM for count in journeys.values()):
        return "een gemeente met minder dan 5 klantreizen doet niet mee in de pool"
    if len(journeys) < 5:
        return "een pool heeft ten minste 5 gemeenten nodig"
    if n < 30:
        return "een pool heeft ten minste 30 klantreizen nodig"
    if 2 * largest > n:
        return "een gemeente is meer dan de helft van de pool"
    return None if n - largest >= minimum else "zonder de grootste gemeente blijft de pool te klein"


def pool_share(people: Mapping[str, int], journeys: Mapping[str, int], *, minimum: int = MINIMUM) -> PublishedShare:
    """Share of all journeys in the pool, in steps of 10 %; suppressed when the pool breaks a rule.

    people: per gemeente how many journeys hold the theme; a gemeente that is not in it holds none.
    """
    n = sum(journeys.values())
    count = sum(people.get(gemeente, 0) for gemeente in journeys)
    if pool_problem(journeys, minimum=minimum):
        return PublishedShare(None, None, None, Status.SUPPRESSED)
    bound = _bound(count, n)
    return PublishedShare(None if bound else _rounded(count, n, 10), 10, bound, status_of(n, minimum))


def gemeenten_met(labels: Mapping[str, str]) -> tuple[int, int] | None:
    """Headline "knelpunt in 9 van 14 gemeenten": (with, total); None below three with it."""
    with_theme = sum(label in (SEVERAL, OFTEN) for label in labels.values())
    return (with_theme, len(labels)) if with_theme >= 3 else None
