"""Labels of qualitative methods: talks of ten people publish words, never counts; and pooled shares of many."""

from __future__ import annotations

from collections.abc import Mapping

from anonymisation.disclosure.shares import PublishedShare, share_in_steps
from domain.release import MINIMUM, Status

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
    return share_in_steps(count, n, 10, minimum)


def gemeenten_met(labels: Mapping[str, str]) -> tuple[int, int] | None:
    """Headline "knelpunt in 9 van 14 gemeenten": (with, total); None below three with it."""
    with_theme = sum(label in (SEVERAL, OFTEN) for label in labels.values())
    return (with_theme, len(labels)) if with_theme >= 3 else None
