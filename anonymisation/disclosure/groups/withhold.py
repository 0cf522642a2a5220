"""When the tables of a scope cannot be made safe together: merge further, then leave out what blocks, keep the rest.

First a table loses its breakdown (its totals per area stay), finest and last ones first; then whole tables go. What
turns out not to be needed comes back. Every step is made and shown safe like any other pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from anonymisation.disclosure.groups.cells import Block
from anonymisation.disclosure.groups.incidence import NoSafePattern

T = TypeVar("T")

TOTALS, NOTHING = 1, 2
"""How much of a table is left out: its breakdown, or all of it."""

Cuts = Mapping[int, int]


@dataclass(frozen=True)
class Less(Generic[T]):
    """The most that could be kept: the blocks that went in, by their place, and what came out."""

    blocks: Mapping[int, Block]
    outcome: T


def most_that_is_safe(
    blocks: Sequence[Block], solve: Callable[[Sequence[Block]], T], withheld: Collection[int] = ()
) -> Less[T] | None:
    """The outcome for as many tables as can be kept together; None when not even one can.

    solve: raises NoSafePattern where it finds no pattern. withheld: places of tables that lose their breakdown anyway
    (all of it where they have none).
    """
    broken_down = [at for at in _finest_first(blocks) if len(blocks[at].axes) > 1]
    fixed = {at: TOTALS if at in broken_down else NOTHING for at in withheld}
    steps = [(at, TOTALS) for at in broken_down if at not in fixed]
    steps += [(at, NOTHING) for at in reversed(range(len(blocks))) if fixed.get(at) != NOTHING]
    cuts = dict(fixed)
    found = _try(blocks, cuts, solve) if fixed else None
    taken: list[tuple[int, int]] = []
    for at, cut in steps if found is None else ():
        cuts[at] = cut
        taken.append((at, cut))
        if (found := _try(blocks, cuts, solve)) is not None:
            break
    for at, cut in reversed(taken[:-1] if found else ()):
        if cuts[at] != cut:
            continue
        back = {**cuts, at: cut - 1}
        if (better := _try(blocks, back, solve)) is not None:
            cuts, found = back, better
    return found


def _try(blocks: Sequence[Block], cuts: Cuts, solve: Callable[[Sequence[Block]], T]) -> Less[T] | None:
    kept = {at: _kept(block, cuts.get(at, 0)) for at, block in enumerate(blocks) if cuts.get(at, 0) != NOTHING}
    if not kept:
        return None
    try:
        return Less(kept, solve(list(kept.values())))
    except NoSafePattern:
        return None


def _finest_first(blocks: Sequence[Block]) -> list[int]:
    return sorted(range(len(blocks)), key=lambda at: (-len(blocks[at].axes), -at))


def _kept(block: Block, cut: int) -> Block:
    """A block, or only its totals per area."""
    if cut == 0 or len(block.axes) == 1:
        return block
    at = [axis.name for axis in block.axes].index(block.layout.area_dimension)
    others = [i for i in range(len(block.axes)) if i != at]
    rows = np.flatnonzero((block.codes[:, others] == 0).all(axis=1))
    return replace(
        block,
        axes=(block.axes[at],),
        codes=block.codes[rows][:, [at]],
        n=block.n[rows],
        measures={name: values[rows] for name, values in block.measures.items()},
        answers=None if block.answers is None else {i: block.answers[row] for i, row in enumerate(rows.tolist())},
    )
