"""Wilson's interval: how far a share from a sample may be from the truth."""

import math

Z_95 = 1.96  # two-sided 95 %


def wilson(hits: int, trials: int, *, z: float = Z_95) -> tuple[float, float] | None:
    """Interval around hits / trials; None when nothing was tried.

    Unlike the normal approximation it stays inside 0..1 and is not empty at 0 % or 100 %.
    Source: E.B. Wilson, Probable inference, JASA 22 (1927), 209-212.
    """
    if trials == 0:
        return None
    share = hits / trials
    shrink = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / shrink
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / shrink
    return max(0.0, centre - half), min(1.0, centre + half)
