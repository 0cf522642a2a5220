"""95 % intervals around printed values: from what is printed only, so they tell nothing more."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

_Z = 1.959963984540054


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


def _wilson(share: float, n: int) -> tuple[float, float]:
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * (share * (1 - share) / n + _Z**2 / (4 * n * n)) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)


def _outward(low: float, high: float, step: Decimal) -> tuple[Decimal, Decimal]:
    return (
        Decimal(repr(low)).quantize(step, ROUND_FLOOR),
        Decimal(repr(high)).quantize(step, ROUND_CEILING),
    )
