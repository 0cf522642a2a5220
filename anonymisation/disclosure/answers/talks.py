"""Labels of qualitative methods: talks of ten people publish words, never counts."""

from __future__ import annotations

from collections.abc import Mapping

NOT_SHOWN, SEVERAL, OFTEN = "niet getoond", "meerdere keren", "vaak"
POSITIVE, MIXED, NEGATIVE = "vooral positief", "wisselend", "vooral negatief"
FOR, DIVIDED, AGAINST = "meerderheid voor", "verdeeld", "meerderheid tegen"
LABELS_FROM, POOL_FROM = 10, 5
POOL_BAND = "30 of meer"


def journeys_band(n_journeys: int, *, pooled: bool = False) -> str | None:
    """Band in which the number of journeys is printed; None below 5.

    pooled: of several gemeenten. A pool has 30 or more, so "16-30" would say of a pool that there are exactly 30.
    """
    if pooled and n_journeys >= 30:
        return POOL_BAND
    for lowest, band in ((31, "> 30"), (16, "16-30"), (10, "10-15"), (5, "5-9")):
        if n_journeys >= lowest:
            return band
    return None


def theme_label(n_people: int, n_journeys: int, *, min_support: int = 3) -> str:
    """Label of a theme in one gemeente; one mark for 0, 1 and 2 people, and below ten journeys always that mark."""
    if n_journeys < LABELS_FROM or n_people < max(3, min_support):
        return NOT_SHOWN
    return OFTEN if 2 * n_people >= n_journeys and n_people >= 5 else SEVERAL


def theme_counts(label: str | None, n_journeys: int, *, min_support: int = 3) -> tuple[int, int]:
    """Fewest and most people that `theme_label` gives this label; anything where a gemeente shows none."""
    support = max(3, min_support)
    if label == OFTEN:
        return max(5, support, -(-n_journeys // 2)), n_journeys
    if label == SEVERAL:
        return support, max(4, -(-n_journeys // 2) - 1)
    return (0, n_journeys) if label is None else (0, min(support - 1, n_journeys))


def curve_counts(label: str | None, n: int) -> tuple[tuple[int, int], ...]:
    """Fewest and most positive, neutral and negative journeys of n that `curve_label` gives this label."""
    third, most = 2 * n // 3, (2 * n // 3 + 1, n)
    if label == MIXED:
        return (0, third), (0, n), (0, third)
    if label not in (POSITIVE, NEGATIVE):
        return ((0, n),) * 3
    rest = (0, n - most[0])
    return (most, rest, rest) if label == POSITIVE else (rest, rest, most)


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


def gemeenten_met(labels: Mapping[str, str]) -> tuple[int, int] | None:
    """Headline "knelpunt in 9 van 14 gemeenten": (with, total); None below three with it."""
    with_theme = sum(label in (SEVERAL, OFTEN) for label in labels.values())
    return (with_theme, len(labels)) if with_theme >= 3 else None
