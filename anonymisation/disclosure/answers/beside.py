"""One line in two releases: both together may not tell a count, nor what those between them answered (T10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from anonymisation.disclosure.answers.means import PublishedMean, possible_points
from anonymisation.disclosure.answers.shares import possible_counts
from domain.printed import PrintedFigure
from domain.release import MINIMUM, Status

Scale = tuple[int, int] | None
Span = tuple[float, float]


def tells_apart(was: PrintedFigure, now: PrintedFigure, scale: Scale = None) -> bool:
    """Whether two prints leave one count, or show that those who came or left (nearly) all answered alike.

    As many people as before are the same people, as far as a reader knows. scale: the ends, for a mean.
    """
    return spans_apart(span_of(was, scale), span_of(now, scale), now.n - was.n, scale)


def spans_apart(was: Span, now: Span, gap: int, scale: Scale = None) -> bool:
    """The same of the counts (or sums of answers) that two prints leave; gap: how many more people there are now."""
    (low, high), (now_low, now_high) = was, now
    if gap == 0:
        both = max(low, now_low), min(high, now_high)
        return both[0] == both[1]
    least, most = (now_low - high, now_high - low) if gap > 0 else (low - now_high, high - now_low)
    every = abs(gap) * each_of(scale)
    least, most = max(0.0, least), min(float(every), most)
    masked = possible_counts(None, None, ">90", abs(gap))[0] if scale is None else 0
    return least == most or least > max(every - 2, masked)


def many_swapped(was: PrintedFigure, now: PrintedFigure, scale: Scale = None, *, minimum: int = MINIMUM) -> bool:
    """Whether two prints show by themselves that at least the minimum came and at least the minimum left."""
    return spans_swapped(span_of(was, scale), span_of(now, scale), now.n - was.n, scale, minimum)


def spans_swapped(was: Span, now: Span, gap: int, scale: Scale, minimum: int) -> bool:
    """The same of what they leave: a count that changes by more than the people do cannot be of those who only came, or
    only left; at least as many as it changes by more did the other.
    """
    each = each_of(scale)
    more, least, most = gap * each, now[0] - was[1], now[1] - was[0]
    return max(least - max(0, more), min(0, more) - most) >= minimum * each


def each_of(scale: Scale) -> int:
    """How much one person adds at most: one to a count, the length of its scale to a mean."""
    return 1 if scale is None else scale[1] - scale[0]


def span_of(figure: PrintedFigure, scale: Scale) -> Span:
    """Lowest and highest count, or sum of answers above the low end of a scale, behind a figure."""
    value, step = figure.value, figure.step
    if scale is None:
        whole = None if value is None or step is None else (int(value), int(step))
        return possible_counts(*(whole or (None, None)), figure.bound, figure.n)
    bound: Literal["near_max", "near_min"] = "near_max" if figure.bound == "near_max" else "near_min"
    if value is None or step is None:
        return possible_points(PublishedMean(None, None, bound, Status.PUBLISHED), figure.n, *scale)
    mean = PublishedMean(Decimal(str(value)), Decimal(str(step)), None, Status.PUBLISHED)
    return possible_points(mean, figure.n, *scale)
