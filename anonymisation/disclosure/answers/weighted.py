"""A weighted figure beside the plain one: who knows the weights lays the two together (T5, T6, T7).

Readers are taken to know how many people have which weight, in every group of a breakdown too. A weighted figure (or
its absence) must then fit every count that the plain figures of a line and of the groups in it leave, also where those
of one weight did not (nearly) all answer alike. So all lines together, of all areas, tell no more than their plain
figures do. Which weighted figures are withheld follows from what is printed plainly and from the weights, never from
the figure itself: those that would not fit, and one beside them that hides which it was.

Groups come first: what is printed of these, also weighted, holds for who is over them. Of pooled lines none is printed:
weighted sums over areas would tell again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain

import numpy as np

from anonymisation.disclosure.answers.beside import span_of
from anonymisation.disclosure.answers.means import MEAN_STEPS, PublishedMean, publish_mean
from anonymisation.disclosure.answers.shares import STEPS, PublishedShare, most_alike, publish_share
from anonymisation.disclosure.answers.weights import NEAR, People, always_possible
from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Reals
from domain.errors import Contradiction
from domain.printed import PrintedFigure, WeightedLine
from domain.protocols import MeanLike, ShareLike
from domain.release import MINIMUM, Status

MOST_WEIGHTS = 100
"""With more of them neighbours count as one."""
SLACK = NEAR / 4
"""Half the doubt about a border: what is surely in a print, and what is perhaps, lie this far to either side of it."""
DIGITS = 6
"""Decimals of a weighted sum: so near to a border it lies on it, in what is printed and in what is reckoned with."""
_NO_SHARE = PublishedShare(None, None, None, Status.SUPPRESSED)
_NO_MEAN = PublishedMean(None, None, None, Status.SUPPRESSED)


def publish_weighted_share(
    positive: Fraction,
    line: WeightedLine,
    sensitive: bool,
    *,
    minimum: int = MINIMUM,
    finest: int = 1,
    parts: Sequence[WeightedLine] = (),
) -> PublishedShare:
    """The weighted share beside the plain one of a line. positive: their weights, of n in all.

    parts: the groups of a breakdown in this area, with what is printed of those inside this one.
    """
    judged = _judged_of(line, parts, _Kind(None, sensitive))
    if judged is None:
        return _NO_SHARE
    positive = round(positive, DIGITS)
    found = publish_share(positive, line.n, sensitive, minimum=minimum, finest=max(finest, round(judged.step)))
    return found if judged.stands(found, positive * 100 / line.n) else _NO_SHARE


def publish_weighted_mean(
    total: Fraction,
    line: WeightedLine,
    lo: int,
    hi: int,
    *,
    sensitive: bool = False,
    minimum: int = MINIMUM,
    finest: int = 1,
    parts: Sequence[WeightedLine] = (),
) -> PublishedMean:
    """The weighted mean beside the plain one of a line. total: of their answers, by weights of n in all.

    parts: as for a share.
    """
    judged = _judged_of(line, parts, _Kind((lo, hi), sensitive))
    if judged is None:
        return _NO_MEAN
    step = max(finest, round(10 * judged.step))
    total = round(total, DIGITS)
    found = publish_mean(total, line.n, lo, hi, sensitive=sensitive, minimum=minimum, finest=step)
    return found if judged.stands(found, total / line.n) else _NO_MEAN


def judged_with(group: tuple[str, ...], shown: Collection[tuple[str, ...]]) -> bool:
    """Whether weighted figures of an area were judged beside a group: others were shown in all that it is in.

    shown: the groups that were. Those beside them that were closed were taken to be able to have any count.
    """
    return all(any(len(one) > size and one[:size] == group[:size] for one in shown) for size in range(1, len(group)))


def _judged_of(line: WeightedLine, parts: Sequence[WeightedLine], kind: _Kind) -> _Judged | None:
    """What can be printed of a line with these groups beside it; None where nothing is.

    Never where groups of two breakdowns are shown: how many people of which weight are in both is not known here.
    """
    breakdowns = {part.group[0] for part in (*parts, line) if part.group and part.plain is not None}
    if line.plain is None or len(breakdowns) > 1:
        return None
    return _judged(line, _in(line, parts), kind)


@dataclass(frozen=True)
class _Kind:
    """What is added up: people who say yes, or (with the ends of a scale) points above its low end."""

    scale: tuple[int, int] | None
    sensitive: bool

    @property
    def each(self) -> int:
        """The most that one person adds."""
        return 1 if self.scale is None else self.scale[1] - self.scale[0]

    def span(self, part: WeightedLine) -> tuple[float, float]:
        """The least and the most that its plain figure leaves.

        Raises Contradiction for a figure that no answers of these people can give.
        """
        low, high = (0, part.n * self.each) if part.plain is None else span_of(part.plain, self.scale)
        if low > high:
            raise Contradiction(
                f"gewogen cijfer van {' '.join(part.group) or 'iedereen'}: het gewone cijfer ernaast past bij geen "
                "enkel antwoord van deze mensen. Er gaat niets naar buiten; beveilig opnieuw, en meld het als dit "
                "terugkomt"
            )
        return low, high

    def alike(self, people: int) -> float:
        """How surely so many people may be known to have answered the same."""
        return max(0.0, most_alike(people, self.sensitive) if self.scale is None else self.each * people - 2.0)

    def total(self, value: float, n: int) -> float:
        """What a figure would be of n people together."""
        return value * n / 100 if self.scale is None else (value - self.scale[0]) * n

    def steps(self, figure: PrintedFigure) -> list[float]:
        """From the step of a figure to the coarsest."""
        every = STEPS if self.scale is None else [tenths / 10 for tenths in MEAN_STEPS]
        return [float(step) for step in every if step >= (figure.step or 1) - NEAR]

    def moved(self, prints: _Prints) -> Flags:
        """The prints that some sum does not get: it is moved towards the middle, as a plain one."""
        if self.scale is None:
            return np.asarray(np.ceil(prints.high) - np.ceil(prints.low) < 2)
        return np.asarray(prints.high - prints.low < 2 - NEAR)

    def prints(self, n: int, step: float) -> _Prints:
        """All that can be printed of so many people in a step."""
        if self.scale is None:  # one person is masked at either end
            return _prints(step * n / 100, 0.0, n, max(1.0, n / 10), masked=n <= 10)
        return _prints(step * n, (-self.scale[0] / step) % 1 * step * n, n * self.each, max(2.0, n / 10))


@dataclass(frozen=True)
class _Prints:
    """What can be printed of a weighted sum, in order: the masked low end, every step, and the masked high end.

    Each print holds its lowest sum and not its highest.
    """

    low: Reals
    high: Reals
    middle: Reals

    def meet(self, low: float, high: float, slack: float) -> Flags:
        """Which prints hold a sum of these; surely, or (with slack) perhaps."""
        return np.asarray((self.high + slack > low) & (self.low - slack <= high))

    def masked(self, bound: str) -> int:
        """Which of the two masks this is."""
        return len(self.low) - 1 if bound in (">90", "near_max") else 0


def _prints(step: float, first: float, every: float, edge: float, *, masked: bool = False) -> _Prints:
    """step: how far two prints are apart; first: a sum in the middle of a print. masked: sums on the edge are too."""
    middle = first + step * np.arange(-1, np.ceil(every / step) + 1)
    inside = edge + NEAR * masked, every - edge + NEAR * (not masked)
    ends = np.clip(np.append(middle - step / 2, middle[-1] + step / 2), *inside)
    seen = ends[1:] - ends[:-1] > NEAR / 2
    low = np.concatenate([[0.0], ends[:-1][seen], inside[1:]])
    high = np.concatenate([inside[:1], ends[1:][seen], [every + 1.0]])
    return _Prints(low - NEAR / 2, high - NEAR / 2, np.concatenate([[np.nan], middle[seen], [np.nan]]))


@dataclass(frozen=True)
class _Judged:
    """All that can be printed of the weighted sum of a line in one step.

    withheld: what is not printed. fits: what fits every count that is left. unit: what one of its people weighs.
    """

    kind: _Kind
    n: int
    step: float
    prints: _Prints
    withheld: Flags
    fits: Flags
    unit: float

    def stands(self, found: ShareLike | MeanLike, exact: Fraction) -> bool:
        """Whether a figure of this exact value may be printed: not in another step, nor moved towards the middle."""
        if found.status is Status.SUPPRESSED or found.step is None or float(found.step) != self.step:
            return False
        if found.value is None:
            return found.bound is not None and not self.withheld[self.prints.masked(found.bound)]
        half = Fraction(found.step) / 2
        return -half <= exact - Fraction(found.value) < half and not self.withheld[self._at(float(found.value))]

    def left_by(self, figure: PrintedFigure | None) -> tuple[float, float]:
        """Weighted sums that a printed figure leaves, or (some of those) that it is missing; all, where none stands."""
        if self.withheld.all():
            return 0.0, np.inf
        if figure is None:
            hides = np.flatnonzero(self.withheld & self.fits)
            if not len(hides):  # it was not looked at here: nothing above it may be printed
                return np.inf, -np.inf
            at = int(hides[0])
        else:
            at = self.prints.masked(figure.bound or "") if figure.value is None else self._at(figure.value)
        return self.prints.low[at] * self.unit, self.prints.high[at] * self.unit

    def _at(self, value: float) -> int:
        return int(np.nanargmin(np.abs(self.prints.middle - self.kind.total(value, self.n))))


@lru_cache(maxsize=4096)
def _judged(line: WeightedLine, parts: tuple[WeightedLine, ...], kind: _Kind) -> _Judged:
    """What can be printed of a line with a plain figure, in the finest step in which anything can; of none in its own.

    parts: the groups in it.
    """
    assert line.plain is not None
    whole, smallest = _people(line, kind), _smallest(line, parts, kind)
    reach = whole.least[0, 2], whole.every - whole.turned.least[0, 2]
    always = [always_possible(whole, [whole], ())] if smallest else [(np.inf, -np.inf)]
    known, over = _known(smallest, parts, kind) if smallest not in ([], [line]) else ([], [])
    if known:
        always.append(always_possible(whole, known, over))
    middle = sum(kind.span(line)) / 2
    unit = whole.every / kind.each / line.n
    gap, bound = max(people.gap for people in (whole, *known)) / unit, line.plain.bound

    def judged(step: float) -> _Judged:
        prints = kind.prints(line.n, step)
        possible = prints.meet(reach[0] / unit, reach[1] / unit, SLACK)
        fits = np.logical_and.reduce([prints.meet(low / unit, high / unit, -SLACK) for low, high in always])
        fits[1:-1] &= (prints.high - prints.low)[1:-1] > gap - SLACK
        withheld = possible & (~fits | kind.moved(prints))
        withheld[[0, -1]] |= kind.sensitive
        if bound is not None:
            withheld[np.arange(len(withheld)) != prints.masked(bound)] = True
        left = np.flatnonzero(possible & ~withheld)
        if len(left) and (withheld & possible).any() and not (withheld & fits).any():
            away = np.abs(prints.low + prints.high - 2 * middle)[left]
            withheld[left[-1 if away[-1] >= away[0] else 0]] = True
        return _Judged(kind, line.n, step, prints, withheld | ~possible, fits, unit)

    finest, *coarser = kind.steps(line.plain)
    own = judged(finest)
    return next((one for one in chain([own], map(judged, coarser)) if not one.withheld.all()), own)


def _people(part: WeightedLine, kind: _Kind) -> People:
    low, high = kind.span(part)
    return replace(_weighing(part.n, part.weights, kind), low=low, high=high)


@lru_cache(maxsize=4096)
def _weighing(n: int, weights: tuple[tuple[Decimal, int], ...], kind: _Kind) -> People:
    """A group with any count: with neighbouring weights as one where there are very many."""
    found = {Decimal(1): n - sum(people for _, people in weights)}
    for weight, people in weights:
        found[weight] = found.get(weight, 0) + people
    own = sorted(weight for weight, people in found.items() if people > 0)
    many = np.array([found[weight] for weight in own], dtype=np.int64)
    heavy = np.array([float(weight) for weight in own]) * many
    if len(own) > MOST_WEIGHTS:
        _, first = np.unique((np.cumsum(many) - 1) * MOST_WEIGHTS // n, return_index=True)
        heavy, many = np.add.reduceat(heavy, first), np.add.reduceat(many, first)
    most = (many * kind.each).astype(np.float64)
    apart = most - np.minimum(most, [kind.alike(people) for people in many.tolist()])
    return People(0.0, float(most.sum()), heavy / many, most, apart, _gap(found, kind))


def _gap(people: Mapping[Decimal, int], kind: _Kind) -> float:
    """How far sums of one count may lie apart: one person less of a weight for one more of the next.

    Where nobody of a weight may be known to have answered otherwise, the next is the one after.
    """
    own = np.array(sorted(float(weight) for weight, many in people.items() if many > 0))
    alone = [kind.alike(many) == 0 for _, many in sorted(people.items()) if many > 0]
    return float(max(np.diff(own).max(initial=0), (own[2:] - own[:-2])[alone[1:-1]].max(initial=0)))


def _in(line: WeightedLine, parts: Sequence[WeightedLine]) -> tuple[WeightedLine, ...]:
    """The groups that are in a line or group."""
    size = len(line.group)
    return tuple(part for part in parts if len(part.group) > size and part.group[:size] == line.group)


def _smallest(line: WeightedLine, parts: Sequence[WeightedLine], kind: _Kind) -> list[WeightedLine]:
    """The smallest groups that a line is made of: itself where no group in it is shown; none where some are missing.

    One that is closed though it is large enough says, of a sensitive question, that its people answered alike.
    """
    shown = {part.group[0] for part in parts if part.plain is not None or (kind.sensitive and part.n >= MINIMUM)}
    if not shown:
        return [line]
    inner = {part for other in parts for part in _in(other, parts)}
    direct = [part for part in parts if part.group[0] in shown and part not in inner]
    found = [_smallest(part, _in(part, parts), kind) for part in direct]
    whole = sum(part.n for part in direct) == line.n and all(found)
    return [part for own in found for part in own] if whole else []


def _known(
    smallest: Sequence[WeightedLine], parts: Sequence[WeightedLine], kind: _Kind
) -> tuple[list[People], list[tuple[People, Flags]]]:
    """The smallest groups, and those over some of them, each with what its own figures leave."""

    def known(part: WeightedLine) -> People:
        people = _people(part, kind)
        if part.plain is None:
            return people
        alone = replace(part, weighted=None)
        floor, ceiling = _judged(alone, _in(part, parts), kind).left_by(part.weighted)
        gap = max(_people(one, kind).gap for one in smallest if one in (part, *_in(part, smallest)))
        return replace(
            people,
            floor=floor + gap if floor > 0 else floor,
            ceiling=ceiling - gap if ceiling < people.every else ceiling,
        )

    over = [(part, np.array([one in _in(part, smallest) for one in smallest])) for part in parts]
    return [known(part) for part in smallest], [(known(part), mine) for part, mine in over if mine.any()]
