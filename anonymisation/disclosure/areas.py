"""Answers over areas: gemeenten beside their provincie, verband, benchmark and the country (T6).

Everybody may know which gemeenten a pooled line adds up. Gemeenten whose number of people is closed are one rest
group; how many people are in it follows from the others. The engine is that of tables (`together.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from anonymisation.disclosure.answers import PublishedShare, publish_distribution, publish_share, share_step
from anonymisation.disclosure.incidence import sums_over
from anonymisation.disclosure.together import Web, settled
from domain.release import AnswerLine


def finest_steps(lines: Sequence[AnswerLine], minimum: int) -> list[int]:
    """Per line the finest step with which no count follows; what is finest now becomes coarser first, pooled first."""
    show = {at: _printer(line, minimum) for at, line in enumerate(lines) if line.n is not None}
    if not show:
        return [1] * len(lines)
    total = [float("nan") if line.n is None else float(line.n) for line in lines]
    single = [line.single for line in lines]
    pairs: list[tuple[list[int], int]] = []
    for whole, parts, rest in _sums(lines):
        if rest is not None:
            total.append(float(rest))
            single.append(all(line.single for line in lines))
            parts = [*parts, len(total) - 1]
        pairs.append((parts, whole))
    sums = [sums_over(np.array(parts), np.full(len(parts), whole)) for parts, whole in pairs]

    def first(row: int, finest: int) -> tuple[int, ...]:
        n = lines[row].n or 0
        return max(finest, share_step(n) or 0), len(lines[row].leaves) < 2, -n, row

    good = tuple(at for at, counted in enumerate(lines[0].positive) if counted)
    found, _ = settled(Web(np.array(total), np.array(single, dtype=bool), sums, show, first, good, exact=True))
    return [found.get(at, 1) for at in range(len(lines))]


def _printer(line: AnswerLine, minimum: int) -> Callable[[int], list[PublishedShare]]:
    """As the warehouse prints it: the answers, and the share of the positive ones beside them."""
    n, good = line.n or 0, sum(count for count, counted in zip(line.counts, line.positive, strict=False) if counted)

    def share(count: int, finest: int) -> PublishedShare:
        return publish_share(count, n, line.sensitive, minimum=minimum, finest=finest)

    def show(finest: int) -> list[PublishedShare]:
        beside = [share(good, finest)] if any(line.positive) else []
        if not line.single:
            return [share(count, finest) for count in line.counts] + beside
        shares = publish_distribution(
            line.counts, line.sensitive, minimum=minimum, finest=finest, positive=line.positive
        )
        return shares + beside

    return show


def _sums(lines: Sequence[AnswerLine]) -> Iterator[tuple[int, list[int], int | None]]:
    """(whole, parts that are printed, people in the other parts): over gemeenten, and over each kind of area."""
    at = {line.area: place for place, line in enumerate(lines)}
    shown = sorted((line for line in lines if line.n is not None), key=lambda line: (line.kind, line.area))
    kinds = [[], *(list(group) for _, group in groupby((one for one in shown if len(one.leaves) > 1), _kind))]
    for whole in (line for line in shown if len(line.leaves) > 1):
        for kind in kinds:
            parts = [one for one in kind if one is not whole and one.leaves <= whole.leaves]
            if kind and not parts:
                continue
            other = whole.leaves.difference(*(one.leaves for one in parts))
            parts += [one for one in shown if one.area in other]
            people = sum(one.n or 0 for one in parts)
            closed = len(other) > sum(one.area in other for one in parts)
            yield at[whole.area], [at[one.area] for one in parts], (whole.n or 0) - people if closed else None


def _kind(line: AnswerLine) -> str:
    return line.kind
