"""Shares of all talks in a pool, beside the labels of gemeenten: together they may not give a count away (T5, T6).

Readers are taken to know how many talks every gemeente held. Whether the share of a theme is withheld follows from
labels and numbers of talks alone, never from the share: that it is missing tells nothing either. Beside everything a
gemeente with a label keeps at least two counts; one without keeps 0 and 2: nobody knows whether somebody said it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.answers.shares import BELOW, PublishedShare, share_in_steps
from anonymisation.disclosure.answers.talks import OFTEN, POOL_FROM, SEVERAL, curve_counts, curve_label, theme_counts
from anonymisation.disclosure.answers.together import Span, Web, settled, spans
from anonymisation.disclosure.groups.incidence import sums_over
from domain.release import MINIMUM, Status

STEP = 10
POOL_STEPS = (STEP, 20)
Moods = tuple[int, ...]
"""Positive, neutral and negative journeys."""
_WITHHELD = PublishedShare(None, None, None, Status.SUPPRESSED)


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


def pool_share(
    people: Mapping[str, int],
    journeys: Mapping[str, int],
    labels: Mapping[str, str],
    *,
    minimum: int = MINIMUM,
    min_support: int = 3,
    rare: bool = True,
) -> PublishedShare | None:
    """Share of all journeys in the pool, in steps of 10 %; None when the pool breaks a rule, suppressed when it tells.

    people: per gemeente how many journeys hold the theme; a gemeente that is not in it holds none.
    labels: what gemeenten show; a gemeente that is not in it shows nothing.
    rare: whether "minder dan 10 %" may be printed; else it looks like a share that is withheld.
    """
    if pool_problem(journeys, minimum=minimum):
        return None
    pool = Counter(_member(labels.get(area), n, min_support) for area, n in journeys.items())
    count, n = sum(people.get(area, 0) for area in journeys), sum(journeys.values())
    withheld = _withheld(pool, _cells(n, minimum), rare)
    fits = _least(pool) <= count <= _most(pool)
    if not fits or any(cell.low <= count <= cell.high for cell in withheld):
        return _WITHHELD
    return share_in_steps(count, n, STEP, minimum)


class _Member(NamedTuple):
    """A gemeente in the pool as readers see it: fewest and most people, and whether a label says they are some."""

    low: int
    high: int
    some: bool


class _Cell(NamedTuple):
    """Counts of the pool that are printed alike."""

    low: int
    high: int
    rare: bool


def _member(label: str | None, n: int, min_support: int) -> _Member:
    return _Member(*theme_counts(label, n, min_support=min_support), label in (SEVERAL, OFTEN))


@lru_cache(maxsize=256)
def _cells(n: int, minimum: int) -> tuple[_Cell, ...]:
    prints = ((count, share_in_steps(count, n, STEP, minimum)) for count in range(n + 1))
    found = [(share.bound == BELOW, [count for count, _ in run]) for share, run in groupby(prints, key=itemgetter(1))]
    return tuple(_Cell(counts[0], counts[-1], rare) for rare, counts in found)


def _withheld(pool: Counter[_Member], cells: Sequence[_Cell], rare: bool) -> list[_Cell]:
    """Cells that look like nothing: those that tell by themselves, and as many beside them as hide which it is."""
    least, most = _least(pool), _most(pool)
    possible = [cell for cell in cells if cell.high >= least and cell.low <= most]
    found = [cell for cell in possible if _tells(pool, [cell]) or (cell.rare and not rare)]
    left = [cell for cell in possible if cell not in found]
    while found and left and _tells(pool, found):
        found.append(left.pop(0 if possible[0] in found else -1))
    return found


def _tells(pool: Counter[_Member], cells: Sequence[_Cell]) -> bool:
    """Whether of some gemeente too few counts are left when the count of the pool is in one of these cells."""
    least, most = _least(pool), _most(pool)
    ends = [(max(cell.low, least), min(cell.high, most)) for cell in cells]
    return any(_too_few(one, [(low - most + one.high, high - least + one.low) for low, high in ends]) for one in pool)


def _too_few(one: _Member, ways: Sequence[tuple[int, int]]) -> bool:
    if one.low == one.high:  # the label itself says it, with or without a share
        return False
    spans = [(max(one.low, low), min(one.high, high)) for low, high in ways]
    if one.some:
        return max(high for _, high in spans) <= min(low for low, _ in spans)
    return not all(any(low <= count <= high for low, high in spans) for count in (0, min(2, one.high)))


def _least(pool: Counter[_Member]) -> int:
    return sum(one.low * times for one, times in pool.items())


def _most(pool: Counter[_Member]) -> int:
    return sum(one.high * times for one, times in pool.items())


def pool_curve(
    moods: Mapping[str, Moods], labels: Mapping[str, str], *, minimum: int = MINIMUM
) -> tuple[PublishedShare, ...] | None:
    """Shares of positive, neutral and negative journeys in the pool; None when it breaks a rule or tells in any step.

    moods: per gemeente how many of the journeys that say something about a phase were so; at least five together.
    labels: what gemeenten show of this phase; of one that shows nothing no label may follow either.
    """
    journeys = {area: sum(said) for area, said in moods.items()}
    if pool_problem(journeys, minimum=minimum):
        return None
    whole, n, counts = len(journeys), sum(journeys.values()), tuple(map(sum, zip(*moods.values(), strict=True)))
    words = {at: _word(labels[area], n) for at, (area, n) in enumerate(journeys.items()) if area in labels}
    shares = {step: tuple(share_in_steps(count, n, step, minimum) for count in counts) for step in POOL_STEPS}
    web = Web(
        total=np.array([*journeys.values(), n], dtype=np.float64),
        single=np.ones(whole + 1, dtype=bool),
        sums=[sums_over(np.arange(whole), np.full(whole, whole))],
        show={**words, whole: lambda step: _whole(shares[step], counts) if step in shares else [None] * len(counts)},
        first=lambda row, _: (int(row != whole),),
        steps=POOL_STEPS,
        rests={at: (float(2 * n // 3), 0.0) for at, n in enumerate(journeys.values()) if at not in words},
        exact=True,
    )
    return shares.get(settled(web)[whole])


def _word(label: str, n: int) -> Callable[[int], list[Span | None]]:
    """What a label of a gemeente says of its journeys; it stays as it is."""
    return lambda _: [Span(low, high, POOL_STEPS[-1]) for low, high in curve_counts(label, n)]


def _whole(shares: Sequence[PublishedShare], counts: Moods) -> list[Span | None]:
    """What shares and label of the pool say together."""
    n = sum(counts)
    both = zip(spans(shares, n), curve_counts(curve_label(*counts), n), strict=True)
    return [one and Span(max(one.low, low), min(one.high, high), one.step) for one, (low, high) in both]
