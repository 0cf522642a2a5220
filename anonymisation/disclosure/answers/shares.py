"""Shares as they may be printed: in steps, as a bound, or not at all; and which counts a printed share leaves.

Every number here is rounded so that it cannot be turned back into a count (T5, T6); the steps are those of
the design ("Groups and answers"). Rounding is half-up on exact fractions: half-even would leave some printed
values with one possible count, and at the edge of the masked values (10 %) a value that only one count can
give moves one step towards the middle. Equal input gives equal output.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from domain.release import INDICATIVE_BELOW, MINIMUM, Status

STEPS = (1, 5, 10, 20)
ABOVE, BELOW = ">90", "<10"
"""Printed as "meer dan 90 %" and "minder dan 10 %"."""


@dataclass(frozen=True)
class PublishedShare:
    """A share as it may be printed: a value in steps, or a bound, or nothing.

    value: per cent, a multiple of step; None when masked or suppressed.
    """

    value: int | None
    step: int | None
    bound: Literal[">90", "<10"] | None
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
    count: int | Fraction, n: int, sensitive: bool, *, minimum: int = MINIMUM, finest: int = STEPS[0]
) -> PublishedShare:
    """One share of a base; nearly everybody or nearly nobody is masked, and suppressed when sensitive.

    count: people; a fraction where they are weighted, so that it is rounded once.
    finest: no finer step than this, because of what other groups show.
    """
    step = next((step for step in STEPS if step >= max(share_step(n) or STEPS[0], finest)), None)
    if n < max(minimum, 10) or step is None:
        return PublishedShare(None, None, None, Status.SUPPRESSED)
    if sensitive and _bound(count, n):
        return PublishedShare(None, None, None, Status.SUPPRESSED)
    return share_in_steps(count, n, step, minimum)


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
        shown = [share_in_steps(count, n, step, minimum) for count in counts]
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


def share_in_steps(count: int | Fraction, n: int, step: int, minimum: int) -> PublishedShare:
    """A share in this step, nearly everybody or nearly nobody as a bound; the base has been judged before."""
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


@lru_cache(maxsize=65_536)
def possible_counts(value: int | None, step: int | None, bound: str | None, n: int) -> tuple[int, int]:
    """Lowest and highest count that prints as this share; n at least 10."""
    most = max(1, (n - 1) // 10)
    if value is None or step is None:
        return (0, most) if bound == BELOW else (n - most, n)

    def nearest(to: int) -> tuple[int, int]:  # rounds to it, half up, and is not masked
        return max(most + 1, -(n * (step - 2 * to) // 200)), min(n - most - 1, -(-n * (2 * to + step) // 200) - 1)

    low, high = nearest(value)
    alone = [nearest(other) for other in (value - step, value + step)]
    if value - step < 50 and alone[0][0] == alone[0][1]:  # moved towards 50 (`_rounded`)
        low = alone[0][0]
    if value + step >= 50 and alone[1][0] == alone[1][1]:
        high = alone[1][0]
    return low, high


def is_unanimous(largest: int | Fraction, n: int) -> bool:
    """More than 90 % gave one answer, or all but at most one person did."""
    return n > 0 and (10 * largest > 9 * n or n - largest <= 1)


def most_alike(n: int, sensitive: bool) -> float:
    """How many of n closed people may at most be known to have given one answer: what "meer dan 90 %" would say."""
    masked = possible_counts(None, None, ABOVE, n)[0]
    return masked - 1.0 if sensitive else max(n - 2.0, masked)


def _bound(count: int | Fraction, n: int) -> Literal[">90", "<10"] | None:
    if is_unanimous(count, n):
        return ">90"
    return "<10" if is_unanimous(n - count, n) else None


def _nearest(count: int | Fraction, n: int, step: int) -> int | None:
    """Half-up to the step, in whole numbers; None where the share is masked."""
    return None if _bound(count, n) else step * ((200 * count + n * step) // (2 * n * step))


@lru_cache(maxsize=65_536)
def _rounded(count: int | Fraction, n: int, step: int) -> int:
    """Half-up to the step, and one step towards 50 where fewer than two whole counts print as this value."""
    value = _nearest(count, n, step)
    if value is None:
        raise ValueError("a masked share has no value")
    if sum(_nearest(people, n, step) == value for people in range(floor(count) - 1, ceil(count) + 2)) > 1:
        return value
    return value + step if value < 50 else value - step
