"""One scope of a release (the tables that count the same people), from leaf rows to a safe pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np

from anonymisation.disclosure.atoms import add_atoms
from anonymisation.disclosure.cells import Block, Flags
from anonymisation.disclosure.examples import Examples
from anonymisation.disclosure.incidence import Draft, Problem, Reals, add_block, finish
from anonymisation.disclosure.known import Earlier, add_known, judge
from anonymisation.disclosure.merge import merged_cells
from anonymisation.disclosure.pattern import find_pattern
from anonymisation.disclosure.primary import primary_reasons
from domain.errors import InputRejected
from domain.release import EarlierCell, Hierarchy, Reason, Rules

Reasons = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True)
class Scope:
    """What became of one scope: per block which cells are closed, why, and what stays as printed before.

    reprinted: per block the earlier print of each cell that stays as it was, by row.
    """

    name: str
    blocks: tuple[Block, ...]
    reasons: tuple[Reasons, ...] = field(repr=False)
    reprinted: tuple[Mapping[int, int | None], ...] = ()

    def only(self, at: int) -> Scope:
        """The same for one of its blocks."""
        prints = self.reprinted[at : at + 1]
        return Scope(self.name, self.blocks[at : at + 1], self.reasons[at : at + 1], prints)

    def printed_counts(self) -> list[int | None]:
        """What is printed per cell of the first block; None where it is closed."""
        if self.reprinted:
            return [self.reprinted[0][row] for row in range(self.blocks[0].size)]
        pairs = zip(self.blocks[0].n.tolist(), self.reasons[0], strict=True)
        return [None if reason is not None else n for n, reason in pairs]


def scope_name(block: Block, *, but_last: bool = False) -> str:
    """How the release history names a scope; `but_last`: without the last dimension (all questions together)."""
    pairs = list(zip(block.layout.by, block.by, strict=True))
    return "|".join(f"{dim}={code}" for dim, code in sorted(pairs[:-1] if but_last else pairs))


def solve_scope(
    blocks: Sequence[Block],
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    history: Sequence[EarlierCell],
    connection: duckdb.DuckDBPyConnection,
    examples: Examples | None = None,
) -> Scope:
    """Find the cells to close in one scope.

    history: the earlier cells of this scope. examples: what was found before in this release, added to here.
    Raises DisclosureRefused or CannotCheck; never an unsafe pattern.
    """
    k = max(rules.minimum, max((cell.minimum for cell in history), default=0))
    draft = Draft()
    for block in blocks:
        add_block(draft, block)
    _same_people(draft, blocks)
    earlier = judge(history, k)
    if earlier.stays:
        return _as_before(blocks, draft, earlier)
    known = add_known(draft, earlier, hierarchies)
    add_atoms(draft, hierarchies)
    problem = finish(draft, blocks, known)
    reasons = _primary(problem, blocks, rules, k, connection)
    merged = _flagged(problem, reasons, merged=True)
    primary = _flagged(problem, reasons, merged=False)
    levels = _levels(problem, k, history)
    groups = {up for hierarchy in hierarchies for up in hierarchy.parents.values()}
    family = scope_name(blocks[0], but_last=True)
    examples = Examples() if examples is None else examples
    closed = examples.same(family, problem, primary, merged, levels)
    if closed is None:
        example = examples.of(family)
        closed = find_pattern(problem, primary, levels, rules, start=merged, groups=groups, example=example)
        examples.add(family, problem, primary, merged, levels, closed)
    return Scope(scope_name(blocks[0]), tuple(blocks), _with_secondary(problem, blocks, reasons, closed))


def _levels(problem: Problem, k: int, history: Sequence[EarlierCell]) -> Reals:
    """What must stay possible per cell: k, and for what only an earlier release held closed its own minimum."""
    levels = np.full(problem.size, float(k))
    if history:
        levels[problem.watched & ~problem.atoms] = min(cell.minimum for cell in history)
    return levels


def _same_people(draft: Draft, blocks: Sequence[Block]) -> None:
    for block, grid in zip(blocks, draft.grids, strict=True):
        if np.any(np.array(draft.n)[grid.place] != block.n):
            raise InputRejected(
                f"table {block.layout.name!r}: a group has another number of people than in another table of this "
                "release; give tables of other respondents a dimension of their own, or add the category 'onbekend'"
            )


def _primary(
    problem: Problem, blocks: Sequence[Block], rules: Rules, k: int, connection: duckdb.DuckDBPyConnection
) -> list[Reasons]:
    found = []
    for block, grid in zip(blocks, problem.grids, strict=False):
        reasons = primary_reasons(block, rules, k, connection)
        if k > rules.minimum:
            looser = (block.n > 0) & (block.n < k) & (block.n >= rules.minimum)
            reasons[looser & (reasons == Reason.SMALL)] = Reason.RELAXED
        merged = merged_cells(block, rules, k) & np.array([reason is None for reason in reasons])
        reasons[merged & ~problem.forced[grid.place] & ~problem.known[grid.place]] = Reason.MERGED
        reasons[problem.known[grid.place]] = None
        found.append(reasons)
    return found


def _flagged(problem: Problem, reasons: Sequence[Reasons], *, merged: bool) -> Flags:
    """Cells that must keep [0, k]; or those that only disappear in their parent."""
    flags = np.zeros(problem.size, dtype=bool)
    for grid, why in zip(problem.grids, reasons, strict=False):
        mine = [reason is not None and (reason is Reason.MERGED) == merged for reason in why]
        flags[grid.place[np.array(mine, dtype=bool)]] = True
    return flags


def _with_secondary(
    problem: Problem, blocks: Sequence[Block], reasons: Sequence[Reasons], closed: Flags
) -> tuple[Reasons, ...]:
    shared = np.full(problem.size, None, dtype=object)
    for grid, why in zip(problem.grids, reasons, strict=False):
        set_ = np.array([reason is not None for reason in why], dtype=bool)
        shared[grid.place[set_]] = why[set_]
    shared[closed & np.array([reason is None for reason in shared])] = Reason.SECONDARY
    return tuple(shared[grid.place] for grid, _ in zip(problem.grids, blocks, strict=False))


def _as_before(blocks: Sequence[Block], draft: Draft, earlier: Earlier) -> Scope:
    """Too few changes to hide in: what was printed stays, and what is new waits for the next meting."""
    reasons, reprinted = [], []
    keys = list(draft.index)
    for grid in draft.grids:
        prints = {row: earlier.printed.get(keys[place], None) for row, place in enumerate(grid.place.tolist())}
        reasons.append(np.array([None if n is not None else Reason.HISTORY for n in prints.values()], dtype=object))
        reprinted.append(prints)
    return Scope(scope_name(blocks[0]), tuple(blocks), tuple(reasons), tuple(reprinted))
