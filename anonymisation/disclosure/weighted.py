"""A weighted figure beside the plain one: who knows the weights lays the two together (T5, T6, T7).

Readers are taken to know how many people have which weight. Beside the plain figure a weighted one may then leave no
single count, nor tell that those of one weight (nearly) all answered alike. Which weighted figures are withheld follows
from the plain figure and the weights, never from the figure itself: those that tell, and as many beside them as hide
which it is.

A gemeente stands beside other areas too. Its weighted figure (or its absence) must then fit every count that its plain
figure leaves, so that all areas together tell no more than their plain figures do. Of pooled lines none is printed:
weighted sums over areas would tell again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from anonymisation.disclosure.cells import Flags, Ints
from anonymisation.disclosure.incidence import Reals
from anonymisation.disclosure.means import PublishedMean, possible_points, publish_mean
from anonymisation.disclosure.shares import PublishedShare, most_alike, possible_counts, publish_share
from domain.protocols import MeanLike, ShareLike
from domain.release import MINIMUM, Status

Weights = Sequence[tuple[Decimal, int]]
"""A weight, and how many people have it."""
MOST_WEIGHTS, MOST_COUNTS = 100, 60
"""With more of them some stand for the others."""
NEAR = 1e-6
_NO_SHARE = PublishedShare(None, None, None, Status.SUPPRESSED)
_NO_MEAN = PublishedMean(None, None, None, Status.SUPPRESSED)


def publish_weighted_share(
    positive: Fraction,
    plain: ShareLike,
    n: int,
    weights: Weights,
    sensitive: bool,
    *,
    minimum: int = MINIMUM,
    finest: int = 1,
    among: bool = True,
) -> PublishedShare:
    """The weighted share beside the plain one of the same n people. positive: their weights, of n in all.

    among: it must fit every count that the plain share leaves, because other areas stand beside it.
    """
    found = publish_share(positive, n, sensitive, minimum=minimum, finest=finest)
    if Status.SUPPRESSED in (found.status, plain.status) or found.step is None:
        return _NO_SHARE
    edge = max(1.0, n / 10)
    prints = _prints(found.step * n / 100, 0.0, n, edge)
    alike = lambda people: max(0.0, most_alike(people, sensitive))  # noqa: E731
    known = possible_counts(plain.value, plain.step, plain.bound, n)
    at = prints.of(float(positive), found.bound)
    mine = _Both(known, prints, _classes(weights, n), 1, alike, among).withheld(plain.bound, sensitive=sensitive)
    moved = found.value is not None and abs(prints.middle[at] - found.value * n / 100) > NEAR
    return _NO_SHARE if moved or mine[at] else found


def publish_weighted_mean(
    total: Fraction,
    plain: MeanLike,
    n: int,
    lo: int,
    hi: int,
    weights: Weights,
    *,
    sensitive: bool = False,
    minimum: int = MINIMUM,
    finest: int = 1,
    among: bool = True,
) -> PublishedMean:
    """The weighted mean beside the plain one of the same n people. total: of their answers, by weights of n in all.

    among: as for a share.
    """
    found = publish_mean(total, n, lo, hi, sensitive=sensitive, minimum=minimum, finest=finest)
    if Status.SUPPRESSED in (found.status, plain.status) or found.step is None:
        return _NO_MEAN
    step, every = float(found.step), (hi - lo) * n
    prints = _prints(step * n, (-lo / step) % 1 * step * n, every, max(2.0, n / 10))
    alike = lambda people: max(0.0, (hi - lo) * people - 2.0)  # noqa: E731
    low, high = possible_points(plain, n, lo, hi)
    at = prints.of(float(total - lo * n), found.bound)
    both = _Both((int(low), int(high)), prints, _classes(weights, n), hi - lo, alike, among)
    moved = found.value is not None and abs(prints.middle[at] - (float(found.value) - lo) * n) > NEAR
    return _NO_MEAN if moved or both.withheld(plain.bound, sensitive=sensitive)[at] else found


@dataclass(frozen=True)
class _Prints:
    """What can be printed of a weighted sum, in order: the masked low end, every step, and the masked high end."""

    low: Reals
    high: Reals
    middle: Reals

    def of(self, value: float, bound: str | None) -> int:
        """Which print a sum gets; `bound` as it is printed."""
        if bound is not None:
            return self.masked(bound)
        return int(np.clip(np.searchsorted(self.low, value + NEAR, side="right") - 1, 1, len(self.low) - 2))

    def masked(self, bound: str) -> int:
        """Which of the two masks this is."""
        return len(self.low) - 1 if bound in (">90", "near_max") else 0


def _prints(step: float, first: float, every: int, edge: float) -> _Prints:
    """step: how far two prints are apart; first: a sum in the middle of a print."""
    middle = first + step * np.arange(-1, np.ceil(every / step) + 1)
    ends = np.clip(np.append(middle - step / 2, middle[-1] + step / 2), edge, every - edge)
    seen = ends[1:] - ends[:-1] > NEAR
    low = np.concatenate([[0.0], ends[:-1][seen], [every - edge]])
    high = np.concatenate([[edge], ends[1:][seen], [every + 1.0]])
    return _Prints(low, high, np.concatenate([[np.nan], middle[seen], [np.nan]]))


def _classes(weights: Weights, n: int) -> tuple[Reals, Ints]:
    """Weights with a mean of 1, and how many people have each; neighbours as one where there are very many."""
    found = {Decimal(1): n - sum(people for _, people in weights)}
    for weight, people in weights:
        found[weight] = found.get(weight, 0) + people
    own = sorted(weight for weight, people in found.items() if people > 0)
    many = np.array([found[weight] for weight in own], dtype=np.int64)
    heavy = np.array([float(weight) for weight in own]) * many
    if len(own) > MOST_WEIGHTS:
        _, first = np.unique((np.cumsum(many) - 1) * MOST_WEIGHTS // n, return_index=True)
        heavy, many = np.add.reduceat(heavy, first), np.add.reduceat(many, first)
    return heavy / many * n / float(heavy.sum()), many


@dataclass(frozen=True)
class _Both:
    """A plain figure, and what can be printed beside it.

    plain: the least and the most that it leaves. classes: weights and people. each: the most that one person adds.
    alike: how surely so many people may be known to have answered the same. among: whether every count must fit.
    """

    plain: tuple[int, int]
    prints: _Prints
    classes: tuple[Reals, Ints]
    each: int
    alike: Callable[[int], float]
    among: bool

    def withheld(self, bound: str | None, *, sensitive: bool) -> Flags:
        """Per print whether it is withheld. bound: of the plain figure; no other one stands beside a masked one."""
        first, last = self._reached()
        prints = np.arange(len(self.prints.low))
        fits: Flags = np.asarray((first[..., None] <= prints) & (prints < last[..., None]))
        counts, worlds = fits[0], np.asarray(fits.any(axis=1))
        possible: Flags = np.asarray(counts.any(axis=0))
        always: Flags = np.ones_like(possible)
        if self.among:
            always = np.asarray((fits | (first >= last)[..., None]).all(axis=(0, 1)))

        def tells(of: Flags) -> bool:
            few = int(counts[:, of].any(axis=1).sum()) < 2
            return few or not worlds[:, of].any(axis=1).all() or not always[of].any()

        hidden: Flags = possible & ((counts.sum(axis=0) < 2) | ~worlds.all(axis=0) | ~always)
        hidden[[0, -1]] |= sensitive
        if bound is not None:
            hidden |= np.arange(len(possible)) != self.prints.masked(bound)
        left = np.flatnonzero(possible & ~hidden).tolist()
        away = np.abs(self.prints.low + self.prints.high - sum(self.plain))
        while left and (hidden & possible).any() and tells(hidden & possible):
            hidden[left.pop(0 if away[left[0]] > away[left[-1]] else -1)] = True
        return hidden | ~possible

    def _reached(self) -> tuple[Ints, Ints]:
        """Per world and per count that the plain figure leaves the first print that weights can come to, and the last
        (not included).

        First the world without conditions. Then per weight those in which not (nearly) all of them count, and those in
        which not nearly nobody does.
        """
        low, high = self.plain
        count = np.unique(np.linspace(low, high, min(high - low + 1, MOST_COUNTS)).round())
        most: Reals = (self.classes[1] * self.each).astype(np.float64)
        apart = most - np.minimum(most, [self.alike(people) for people in self.classes[1].tolist()])
        none, every = np.zeros_like(apart), np.full_like(apart, most.sum())
        least = np.concatenate([[0.0], none, apart])[:, None]
        until = np.concatenate([every[:1], every - apart, every])[:, None]
        never = (count < least - NEAR) | (count > until + NEAR)
        lowest = np.where(never, np.inf, self._sums(count, most, apart, slice(None)))
        highest = np.where(never, -np.inf, self._sums(count, most, apart, slice(None, None, -1)))
        first = np.searchsorted(self.prints.high - NEAR, lowest, side="right")
        return first, np.searchsorted(self.prints.low - NEAR, highest, side="left")

    def _sums(self, count: Reals, most: Reals, apart: Reals, order: slice) -> Reals:
        """Per world and count the weighted sum when the weights count in this order.

        apart: per weight what may not count with the rest of it, or what must count. Either moves the line of sums up
        or down from where that weight comes.
        """
        heavy = self.classes[0]
        steps = np.concatenate([[0.0], np.cumsum(most[order])])
        sums = np.concatenate([[0.0], np.cumsum((heavy * most)[order])])
        end, aside = steps[1:][order][:, None], apart[:, None]
        plain, extra = np.interp(count, steps, sums), (apart * heavy)[:, None]
        fewer = np.where(count <= end - aside, plain, np.interp(count + aside, steps, sums) - extra)
        more = np.where(count <= end, np.interp(count - aside, steps, sums) + extra, plain)
        return np.vstack([plain[None], fewer, more])
