"""One scope of a release (the tables that count the same people), from leaf rows to a safe pattern."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from anonymisation.disclosure.answers.shares import PublishedShare
from anonymisation.disclosure.answers.together import shares_of
from anonymisation.disclosure.groups.atoms import add_atoms
from anonymisation.disclosure.groups.cells import Block, Flags
from anonymisation.disclosure.groups.examples import Examples
from anonymisation.disclosure.groups.incidence import Draft, NoSafePattern, Problem, Reals, add_block, finish, keys_of
from anonymisation.disclosure.groups.known import Earlier, add_known, judge
from anonymisation.disclosure.groups.merge import merged_cells
from anonymisation.disclosure.groups.pattern import find_pattern
from anonymisation.disclosure.groups.primary import primary_reasons
from anonymisation.disclosure.groups.withhold import most_that_is_safe
from anonymisation.disclosure.hierarchy import ancestors
from domain.errors import InputRejected
from domain.release import EarlierCell, Hierarchy, Key, Reason, Rules

Reasons = np.ndarray[Any, np.dtype[np.object_]]
ANY = 1e-9
"""Merge siblings as soon as one of them is small."""


@dataclass(frozen=True)
class Scope:
    """What became of one scope: per block which cells are closed, why, and what stays as printed before.

    reprinted: per block the earlier print of each cell that stays as it was, by row. shares: per block what is printed
    of the answers of each group, by row.
    """

    name: str
    blocks: tuple[Block, ...]
    reasons: tuple[Reasons, ...] = field(repr=False)
    reprinted: tuple[Mapping[int, int | None], ...] = ()
    shares: tuple[Mapping[int, Sequence[PublishedShare]], ...] = ()

    def only(self, at: int) -> Scope:
        """The same for one of its blocks."""
        parts = (own[at : at + 1] for own in (self.blocks, self.reasons, self.reprinted, self.shares))
        return Scope(self.name, *parts)  # type: ignore[arg-type]

    def printed_counts(self) -> list[int | None]:
        """What is printed per cell of the first block; None where it is closed."""
        if self.reprinted:
            return [self.reprinted[0][row] for row in range(self.blocks[0].size)]
        pairs = zip(self.blocks[0].n.tolist(), self.reasons[0], strict=True)
        return [None if reason is not None else n for n, reason in pairs]

    def with_shares(self) -> Scope:
        """The same with what is printed of answers: tables of the same answers are one problem."""
        if self.reprinted:
            return self
        alike: dict[tuple[str, ...], list[int]] = {}
        for at, block in enumerate(self.blocks):
            if block.answers:
                alike.setdefault((*block.layout.answers, *next(iter(block.answers.values()))), []).append(at)
        found: list[Mapping[int, Sequence[PublishedShare]]] = [{} for _ in self.blocks]
        for own in alike.values():
            shown = [np.array([reason is None for reason in self.reasons[at]], dtype=bool) for at in own]
            for at, shares in zip(own, shares_of([self.blocks[at] for at in own], shown), strict=True):
                found[at] = shares
        return replace(self, shares=tuple(found))


def scope_name(block: Block, *, but_last: bool = False) -> str:
    """How the release history names a scope; `but_last`: without the last dimension (all questions together)."""
    pairs = list(zip(block.layout.by, block.by, strict=True))
    return "|".join(f"{dim}={code}" for dim, code in sorted(pairs[:-1] if but_last else pairs))


@dataclass(frozen=True)
class _Ask:
    """What stays the same however many tables of a scope are protected together."""

    hierarchies: Sequence[Hierarchy]
    rules: Rules
    earlier: Earlier
    examples: Examples

    @property
    def k(self) -> int:
        """The strictest minimum of now and before."""
        return max(self.rules.minimum, max((cell.minimum for cell in self.earlier.cells), default=0))


def solve_scope(
    blocks: Sequence[Block],
    hierarchies: Sequence[Hierarchy],
    rules: Rules,
    history: Sequence[EarlierCell],
    examples: Examples | None = None,
    withheld: Collection[str] = (),
) -> Scope:
    """Find the cells to close in one scope; what cannot be made safe is merged further, and else left out.

    history: the earlier cells of this scope. examples: what was found before in this release, added to here.
    withheld: names of tables that are left out whatever comes.
    Raises DisclosureRefused when the history contradicts the tables, CannotCheck; never an unsafe pattern.
    """
    draft = _draft(blocks)
    _same_people(draft, blocks)
    earlier = judge(history, rules)
    if earlier.stays:
        return _as_before(blocks, draft, earlier, hierarchies)
    ask = _Ask(hierarchies, rules, earlier, Examples() if examples is None else examples)
    without = [at for at, block in enumerate(blocks) if block.layout.name in withheld]
    reasons = None if without else _together(blocks, ask, draft)
    if reasons is None and earlier.raised:
        return _as_before(blocks, _draft(blocks), earlier, hierarchies)
    return Scope(scope_name(blocks[0]), tuple(blocks), reasons or _with_less(blocks, ask, without))


def _draft(blocks: Sequence[Block]) -> Draft:
    """The problem with nothing in it but these tables."""
    draft = Draft()
    for block in blocks:
        add_block(draft, block)
    return draft


def _together(blocks: Sequence[Block], ask: _Ask, draft: Draft) -> tuple[Reasons, ...] | None:
    """Every table as it is, or with everything merged that has a small part; None when neither can be made safe."""
    try:
        return _solved(blocks, ask, draft)
    except NoSafePattern:
        pass
    try:
        return _solved(blocks, replace(ask, rules=replace(ask.rules, merge_from=ANY))) if ask.rules.merges else None
    except NoSafePattern:
        return None


def _with_less(blocks: Sequence[Block], ask: _Ask, without: Sequence[int]) -> tuple[Reasons, ...]:
    """As many tables as can be kept; all other cells are withheld."""
    found = most_that_is_safe(blocks, lambda kept: _solved(kept, ask), without)
    seen: dict[Key, Reason | None] = {}
    if found is not None:
        for block, reasons in zip(found.blocks.values(), found.outcome, strict=True):
            seen |= dict(zip(keys_of(block.axes, block.codes), reasons.tolist(), strict=True))
    return tuple(
        np.array([*(seen.get(key, Reason.WITHHELD) for key in keys_of(block.axes, block.codes)), None], dtype=object)[
            :-1
        ]
        for block in blocks
    )


def _solved(blocks: Sequence[Block], ask: _Ask, draft: Draft | None = None) -> tuple[Reasons, ...]:
    """Why each cell is closed, for these tables together; draft: the problem with their blocks in it already."""
    draft = _draft(blocks) if draft is None else draft
    known, small = add_known(draft, ask.earlier, ask.hierarchies)
    add_atoms(draft, ask.hierarchies)
    problem = finish(draft, blocks, known)
    reasons = _primary(problem, blocks, ask.rules, ask.k)
    merged = _flagged(problem, reasons, merged=True)
    primary = _flagged(problem, reasons, merged=False)
    primary[small] |= problem.hidden[small]
    levels = _levels(problem, ask.k, ask.earlier.cells)
    return _with_secondary(problem, blocks, reasons, _pattern(problem, primary, merged, levels, ask, blocks[0]))


def _pattern(problem: Problem, primary: Flags, merged: Flags, levels: Reals, ask: _Ask, first: Block) -> Flags:
    """Cells to close: the same as for an equal scope, or found anew with the example of its family."""
    family = scope_name(first, but_last=True)
    closed = ask.examples.same(family, problem, primary, merged, levels)
    if closed is None:
        groups = {up for hierarchy in ask.hierarchies for up in hierarchy.parents.values()}
        example = ask.examples.of(family)
        closed = find_pattern(problem, primary, levels, ask.rules, start=merged, groups=groups, example=example)
        ask.examples.add(family, problem, primary, merged, levels, closed)
    return closed


def _levels(problem: Problem, k: int, history: Sequence[EarlierCell]) -> Reals:
    """What must stay possible per cell: k, and for what only an earlier release held closed its own minimum."""
    levels = np.full(problem.size, float(k))
    if history:
        levels[problem.earlier] = min(cell.minimum for cell in history)
    return levels


def _same_people(draft: Draft, blocks: Sequence[Block]) -> None:
    for block, grid in zip(blocks, draft.grids, strict=True):
        if np.any(np.array(draft.n)[grid.place] != block.n):
            raise InputRejected(
                f"tabel {block.layout.name!r}: een groep heeft hier een ander aantal mensen dan in een "
                "andere tabel van deze "
                "uitgave. Geef tabellen over andere mensen een eigen kolom, of voeg de groep 'onbekend' toe"
            )


def _primary(problem: Problem, blocks: Sequence[Block], rules: Rules, k: int) -> list[Reasons]:
    found = []
    for block, grid in zip(blocks, problem.grids, strict=False):
        reasons = primary_reasons(block, rules, k)
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


def _as_before(blocks: Sequence[Block], draft: Draft, earlier: Earlier, hierarchies: Sequence[Hierarchy]) -> Scope:
    """What was printed stays, and what is new waits for the next meting: a new print beside it would tell too much.

    Where a group has no place any more (nobody of its gemeente answers), the figures around it would be of others than
    the rows: then nothing is printed again. A line over gemeenten that have their own rows may go: nothing else counts
    on it. A line to which other gemeenten add up by now is closed.
    """
    reasons, reprinted = [], []
    names = {block.layout.name for block in blocks}
    gone = {cell.key for cell in earlier.cells if cell.table in names and not cell.people} - set(draft.index)
    gone -= set(_wholes(draft.index, hierarchies)) if gone else set()
    keys, printed = list(draft.index), {} if gone else earlier.printed
    for grid in draft.grids:
        prints = {row: printed.get(keys[place]) for row, place in enumerate(grid.place.tolist())}
        reasons.append(np.array([None if n is not None else Reason.HISTORY for n in prints.values()], dtype=object))
        reprinted.append(prints)
    return Scope(scope_name(blocks[0]), tuple(blocks), tuple(reasons), tuple(reprinted))


def _wholes(keys: Iterable[Key], hierarchies: Sequence[Hierarchy]) -> Iterator[Key]:
    """Groups over these ones, along any hierarchy."""
    for key in keys:
        for at, (dim, code) in enumerate(key):
            for hierarchy in hierarchies:
                if hierarchy.dimension == dim:
                    yield from ((*key[:at], (dim, up), *key[at + 1 :]) for up in ancestors(code, hierarchy))
