"""One line in two releases: both together may not tell a count, nor what those between them answered (T10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from anonymisation.disclosure.means import PublishedMean, possible_points
from anonymisation.disclosure.shares import possible_counts
from domain.printed import PrintedFigure
from domain.release import Status


def tells_apart(was: PrintedFigure, now: PrintedFigure, scale: tuple[int, int] | None = None) -> bool:
    """Whether two prints leave one count, or show that those who came or left (nearly) all answered alike.

    As many people as before are the same people, as far as a reader knows. scale: the ends, for a mean.
    """
    (low, high), (now_low, now_high) = span_of(was, scale), span_of(now, scale)
    gap = now.n - was.n
    if gap == 0:
        both = max(low, now_low), min(high, now_high)
        return both[0] == both[1]
    least, most = (now_low - high, now_high - low) if gap > 0 else (low - now_high, high - now_low)
    every = abs(gap) * (1 if scale is None else scale[1] - scale[0])
    least, most = max(0.0, least), min(float(every), most)
    masked = possible_counts(None, None, ">90", abs(gap))[0] if scale is None else 0
    return least == most or least > max(every - 2, masked)


def span_of(figure: PrintedFigure, scale: tuple[int, int] | None) -> tuple[float, float]:
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
