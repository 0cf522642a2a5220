"""What sums over groups leave: the closed rest of every printed whole, and bounds that all sums together tighten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from anonymisation.disclosure.attack.cells import Array

MOST = 1e9
"""More people than any group holds."""
ROUNDS = 50
SMALLEST = 10


def with_rests(sums: Sequence[Sequence[int]], base: Array) -> tuple[list[Sequence[int]], Array]:
    """The sums, and those over the closed rest of every printed whole; base: people per group, NaN where closed.

    What is printed inside a closed group may stand beside what is printed outside it.
    """
    inside: dict[int, list[Sequence[int]]] = {}
    for whole, *parts in sums:
        inside.setdefault(whole, []).append(parts)
    more: list[Sequence[int]] = []
    people = base.tolist()
    for whole, *parts in sums:
        for own in dict.fromkeys((tuple(parts), *_laid_open(parts, inside, base))) if base[whole] >= SMALLEST else ():
            closed = [part for part in own if np.isnan(base[part])]
            open_ = [part for part in own if not np.isnan(base[part])]
            if closed and open_:
                more += [(whole, *open_, len(people)), (len(people), *closed)]
                people.append(base[whole] - sum(base[part] for part in open_))
    return [*sums, *more], np.array(people)


def _laid_open(
    parts: Sequence[int], inside: Mapping[int, Sequence[Sequence[int]]], base: Array
) -> list[tuple[int, ...]]:
    """The same people with closed groups written as what is in them: all of them along one dimension after another."""
    shut = [part for part in parts if np.isnan(base[part]) and part in inside]
    ways = max((len(inside[part]) for part in shut), default=0)
    found: list[tuple[int, ...]] = []
    for way in range(ways):
        finer = [inside[part][min(way, len(inside[part]) - 1)] if part in shut else [part] for part in parts]
        own = tuple(one for some in finer for one in some)
        found += [own, *_laid_open(own, inside, base)]
    return found


def narrow(low: Array, high: Array, base: Array, sums: Sequence[Sequence[int]], good: Sequence[int] = ()) -> None:
    """Tighten what is possible by all sums at once, until it rests.

    base: people per group of which all answers are known to be one each, else NaN. sums: whole first, then its parts.
    good: answers of which the last column is the count together.
    """
    lengths = [len(entry) - 1 for entry in sums]
    part = np.array([at for entry in sums for at in entry[1:]], dtype=np.int64)
    of, whole = np.repeat(np.arange(len(sums)), lengths), np.array([entry[0] for entry in sums], dtype=np.int64)
    adds = sp.csr_matrix((np.ones(len(part)), (of, part)), shape=(len(sums), len(base)))
    known = ~np.isnan(base)
    for _ in range(ROUNDS):
        was = float(high.sum() - low.sum())
        least, most = low[known].copy(), high[known].copy()
        _within(least, most, base[known], list(good))
        low[known], high[known] = least, most
        under, over = adds @ low, adds @ high
        np.minimum.at(high, part, (high[whole] - under)[of] + low[part])
        np.maximum.at(low, part, (low[whole] - over)[of] + high[part])
        np.maximum.at(low, whole, under)
        np.minimum.at(high, whole, over)
        if float(high.sum() - low.sum()) == was:
            return


def _within(low: Array, high: Array, n: Array, good: list[int]) -> None:
    """One answer each: all answers are everybody; the good ones are the last column, the others all but these."""
    answers = list(range(low.shape[1] - (1 if good else 0)))
    spans = [(answers, n, n)]
    if good:
        bad = [at for at in answers if at not in good]
        low[:, -1] = np.maximum(low[:, -1], np.maximum(low[:, good].sum(axis=1), n - high[:, bad].sum(axis=1)))
        high[:, -1] = np.minimum(high[:, -1], np.minimum(high[:, good].sum(axis=1), n - low[:, bad].sum(axis=1)))
        spans += [(good, low[:, -1].copy(), high[:, -1].copy()), (bad, n - high[:, -1], n - low[:, -1])]
    for which, least, most in spans:
        mine, top = low[:, which], high[:, which]
        low[:, which] = np.maximum(mine, (least - top.sum(axis=1))[:, None] + top)
        high[:, which] = np.minimum(top, (most - mine.sum(axis=1))[:, None] + mine)
