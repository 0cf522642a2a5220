"""Means as they may be printed, rounded as shares are, and which sums a printed mean leaves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from anonymisation.disclosure.answers.shares import status_of
from domain.protocols import MeanLike
from domain.release import MINIMUM, Status

MEAN_STEPS = (1, 5, 10)
"""Steps of a mean, in tenths."""
RAPPORTCIJFER = (1, 10)


@dataclass(frozen=True)
class PublishedMean:
    """A mean as it may be printed; `bound` says that nearly everybody is at one end of the scale."""

    value: Decimal | None
    step: Decimal | None
    bound: Literal["near_max", "near_min"] | None
    status: Status


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


def possible_points(mean: MeanLike, n: int, lo: int, hi: int) -> tuple[float, float]:
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
