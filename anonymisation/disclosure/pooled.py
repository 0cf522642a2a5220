"""Shares of all talks in a pool, beside the labels of gemeenten: together they may not give a count away (T5, T6).

Readers are taken to know how many talks every gemeente held. Whether the share of a theme is withheld follows from
labels, numbers of talks and earlier pools alone, never from the share: that it is missing tells nothing either. Beside
everything a gemeente with a label keeps at least two counts; one without keeps 0 and 2: nobody knows whether somebody
said it. Of those who came since an earlier pool nothing follows, nor that (nearly) all or none of them said it (T10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from anonymisation.disclosure.shares import BELOW, PublishedShare, most_alike, share_in_steps
from anonymisation.disclosure.talks import OFTEN, POOL_FROM, SEVERAL, theme_counts
from domain.release import MINIMUM, Status

STEP = 10
Span = tuple[int, int]
Pools = Sequence[tuple[Collection[str], int | None]]
"""Of every earlier pool its gemeenten, with the talks of now, and the step of what was printed: None for nothing."""
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
    before: Pools | None = (),
) -> PublishedShare | None:
    """Share of all journeys in the pool, in steps of 10 %; None when the pool breaks a rule, suppressed when it tells.

    people: per gemeente how many journeys hold the theme; a gemeente that is not in it holds none.
    labels: what gemeenten show; a gemeente that is not in it shows nothing.
    rare: whether "minder dan 10 %" may be printed; else it looks like a share that is withheld.
    before: earlier pools of the same theme; None where people came to one, or left it.
    """
    if pool_problem(journeys, minimum=minimum):
        return None
    grown = None if before is None else pools_inside(before, journeys, minimum)
    if grown is None:
        return _WITHHELD
    layers, inside = [], set[str]()
    for areas in (*grown, journeys.keys()):
        fresh = [area for area in sorted(areas) if area not in inside]
        inside.update(fresh)
        layers.append(
            _Layer(
                Counter(_member(labels.get(area), journeys[area], min_support) for area in fresh),
                sum(journeys[area] for area in fresh),
                _cell_of(sum(people.get(area, 0) for area in areas), sum(journeys[area] for area in areas), minimum),
            )
        )
    possible = [cell for cell in _cells(sum(journeys.values()), minimum) if _ways(layers, cell)]
    if layers[-1].whole not in possible or layers[-1].whole in _withheld(layers, possible, rare):
        return _WITHHELD
    return share_in_steps(sum(people.get(area, 0) for area in journeys), sum(journeys.values()), STEP, minimum)


def pools_inside(before: Pools, journeys: Mapping[str, int], minimum: int) -> list[frozenset[str]] | None:
    """Smaller earlier pools, each inside the next; None where one was withheld, or holds others than the next one.

    What was once withheld stays so. Where gemeenten were too few for a pool none was printed, and nothing is known.
    """
    found: set[frozenset[str]] = set()
    for areas, step in before:
        mine = frozenset(areas).intersection(journeys)
        if step is not None:
            found.add(mine)
        elif pool_problem({area: journeys[area] for area in mine}, minimum=minimum) is None:
            return None
    chain = sorted(found - {frozenset(journeys)}, key=len)
    return chain if all(small <= large for small, large in pairwise(chain)) else None


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


class _Layer(NamedTuple):
    """The gemeenten that came to a pool, their talks, and in which cell the count of the pool with them is."""

    members: Counter[_Member]
    talks: int
    whole: _Cell

    @property
    def least(self) -> int:
        """The fewest people that their labels leave."""
        return sum(one.low * times for one, times in self.members.items())

    @property
    def most(self) -> int:
        """The most people that their labels leave."""
        return sum(one.high * times for one, times in self.members.items())


def _member(label: str | None, n: int, min_support: int) -> _Member:
    return _Member(*theme_counts(label, n, min_support=min_support), label in (SEVERAL, OFTEN))


def _cell_of(count: int, n: int, minimum: int) -> _Cell:
    return next(cell for cell in _cells(n, minimum) if cell.low <= count <= cell.high)


@lru_cache(maxsize=256)
def _cells(n: int, minimum: int) -> tuple[_Cell, ...]:
    prints = ((count, share_in_steps(count, n, STEP, minimum)) for count in range(n + 1))
    found = [(share.bound == BELOW, [count for count, _ in run]) for share, run in groupby(prints, key=itemgetter(1))]
    return tuple(_Cell(counts[0], counts[-1], rare) for rare, counts in found)


def _withheld(layers: Sequence[_Layer], possible: Sequence[_Cell], rare: bool) -> list[_Cell]:
    """Cells that look like nothing: those that tell by themselves, and as many beside them as hide which it is."""
    found = [cell for cell in possible if _tells(layers, [cell]) or (cell.rare and not rare)]
    left = [cell for cell in possible if cell not in found]
    while found and left and _tells(layers, found):
        found.append(left.pop(0 if possible[0] in found else -1))
    return found


def _tells(layers: Sequence[_Layer], cells: Sequence[_Cell]) -> bool:
    """Whether of some gemeente, or of who came, too much is known when the count of the pool is in one of these."""
    every = [ways for cell in cells if (ways := _ways(layers, cell))]
    for at, layer in enumerate(layers):
        mine = [ways[at] for ways in every]
        if at and _too_alike(layer, mine):
            return True
        for one in layer.members:
            if _too_few(one, [(low - layer.most + one.high, high - layer.least + one.low) for low, high in mine]):
                return True
    return False


def _ways(layers: Sequence[_Layer], cell: _Cell) -> list[Span]:
    """Per layer the fewest and the most people when the count of all is in this cell; nothing where it cannot be."""
    wholes = [(0, 0)]
    for layer, (low, high, _) in zip(layers, [*(layer.whole for layer in layers[:-1]), cell], strict=True):
        wholes.append((max(low, wholes[-1][0] + layer.least), min(high, wholes[-1][1] + layer.most)))
        if wholes[-1][0] > wholes[-1][1]:
            return []
    return [*_backwards(layers, wholes)][::-1]


def _backwards(layers: Sequence[_Layer], wholes: list[Span]) -> Iterator[Span]:
    """What the last count says of those before it, and both of who is between."""
    for at in range(len(layers) - 1, -1, -1):
        layer, (low, high), (least, most) = layers[at], wholes[at + 1], wholes[at]
        wholes[at] = least, most = max(least, low - layer.most), min(most, high - layer.least)
        yield max(layer.least, low - most), min(layer.most, high - least)


def _too_few(one: _Member, ways: Sequence[Span]) -> bool:
    if one.low == one.high:  # the label itself says it, with or without a share
        return False
    spans = [(max(one.low, low), min(one.high, high)) for low, high in ways]
    if one.some:
        return max(high for _, high in spans) <= min(low for low, _ in spans)
    return not all(any(low <= count <= high for low, high in spans) for count in (0, min(2, one.high)))


def _too_alike(layer: _Layer, ways: Sequence[Span]) -> bool:
    """Whether of those who came one count is left, or (nearly) all of them said it, or none."""
    low, high = min(low for low, _ in ways), max(high for _, high in ways)
    one = low == high and layer.least < layer.most
    return one or low > most_alike(layer.talks, sensitive=False) or high < min(2, layer.most)
