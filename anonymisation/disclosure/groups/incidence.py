"""All tables of a release as one problem: cells, the sums that bind them, and the atoms under them.

A cell is a group of people; the same group in two tables, or in two releases, is one cell. Sums are rows of
`matrix` with -1 for the parent and +1 for its children: a world `w` fits when `matrix @ w = 0` and `w >= 0`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from anonymisation.disclosure.groups.cells import Axis, Block, Flags, Ints
from domain.errors import DisclosureRefused
from domain.release import TOTAL, Key

ATOM = "\x00atom"
RELEASE = "vrijgave"
"""Stands in the key of a group of an earlier release that holds other people by now."""
RING = "ring"
"""Stands as dimension in the key of an atom; no column can be named like it."""

Reals = npt.NDArray[np.float64]


class NoSafePattern(DisclosureRefused):
    """These tables together cannot be made safe, whatever is closed; fewer tables perhaps can (`withhold.py`)."""


@dataclass(frozen=True)
class Grid:
    """The bare structure of one table, ours or an earlier one: axes, codes per cell, and where each cell is.

    release: the earlier release that printed it, empty for ours.
    """

    axes: tuple[Axis, ...]
    codes: Ints = field(repr=False)
    place: Ints = field(repr=False)
    release: str = ""

    @property
    def ids(self) -> Ints:
        """One number per cell, from its codes."""
        return np.asarray(self.codes @ strides(self.axes), dtype=np.int64)

    @property
    def inner(self) -> Flags:
        """Cells that are leaves on every axis."""
        return np.asarray(np.logical_and.reduce([a.leaf[self.codes[:, i]] for i, a in enumerate(self.axes)]))


@dataclass
class Problem:
    """One scope: everything that is published about them, now and before.

    n: true counts, NaN where they exist in no table of ours (atoms, cells that an earlier release held closed).
    cost: what closing a cell loses. forced: may not be closed. known: printed before, so open whatever we decide.
    hidden: never printed by us and not known.
    """

    keys: list[Key]
    n: Reals
    cost: Reals
    matrix: Any
    forced: Flags
    known: Flags
    hidden: Flags
    grids: list[Grid]

    @property
    def size(self) -> int:
        """Number of cells, atoms included."""
        return len(self.n)

    @cached_property
    def atoms(self) -> Flags:
        """Groups that stand in no table but lie under several."""
        return np.array([bool(key) and key[0][0] == ATOM for key in self.keys], dtype=bool)

    @cached_property
    def rings(self) -> Flags:
        """Atoms of tables that meet in a ring: small crossings of which only the certain ones count."""
        return np.array([bool(key) and key[0] == (ATOM, RING) for key in self.keys], dtype=bool)

    @cached_property
    def earlier(self) -> Flags:
        """Groups that only an earlier release held closed."""
        return np.asarray(self.hidden & ~self.atoms)

    @property
    def watched(self) -> Flags:
        """Cells that only an earlier release held closed, and atoms: they must not turn out small."""
        return np.asarray(self.hidden)

    @cached_property
    def entries(self) -> tuple[Ints, Ints, Reals]:
        """The sums entry by entry, in the order of the rows: row, cell, sign."""
        found = self.matrix.tocoo(copy=True)  # scipy may sort the matrix in place later
        return found.row.astype(np.int64), found.col.astype(np.int64), found.data

    @cached_property
    def same_people(self) -> Ints:
        """A number per cell, equal for cells that hold the same people because all their siblings are empty."""
        row, cell, _ = self.entries
        filled = np.nan_to_num(self.n, nan=1.0) > 0
        row, cell = row[filled[cell]], cell[filled[cell]]
        pair = np.bincount(row, minlength=self.matrix.shape[0])[row] == 2
        ends = cell[pair].reshape(-1, 2)
        return joined(ends[:, 0], ends[:, 1], self.size)


def joined(one: Ints, other: Ints, size: int) -> Ints:
    """A number per node, equal for nodes that links join; for a handful of links ten times as quick as scipy's."""
    label = np.arange(size)
    while True:
        least, found = np.minimum(label[one], label[other]), label.copy()
        np.minimum.at(found, one, least)
        np.minimum.at(found, other, least)
        found = found[found]
        if np.array_equal(found, label):
            return label
        label = found


@dataclass(frozen=True)
class Sums:
    """Sums entry by entry: which sum, which cell, -1 for the parent and +1 for a child."""

    row: Ints = field(repr=False)
    column: Ints = field(repr=False)
    sign: Reals = field(repr=False)
    height: int


def sums_over(children: Ints, parents: Ints) -> Sums:
    """One sum per parent, from pairs of a child and its parent."""
    heads, row = np.unique(parents, return_inverse=True)
    count = len(heads)
    sign = np.repeat([1.0, -1.0], [len(children), count])
    return Sums(np.concatenate([row, np.arange(count)]), np.concatenate([children, heads]), sign, count)


def sums_of(entries: Sequence[Sequence[int]]) -> Sums:
    """One sum per entry, each with the whole first."""
    lengths = np.array([len(entry) for entry in entries], dtype=np.int64)
    sign = np.ones(int(lengths.sum()))
    sign[np.cumsum(lengths) - lengths] = -1.0
    column = np.array([at for entry in entries for at in entry], dtype=np.int64)
    return Sums(np.repeat(np.arange(len(entries)), lengths), column, sign, len(entries))


@dataclass
class Draft:
    """A problem while it is being put together."""

    index: dict[Key, int] = field(default_factory=dict)
    n: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    sums: list[Sums] = field(default_factory=list)

    def cell(self, key: Key, n: float, cost: float = 0.0) -> int:
        """Position of a cell; one that is already there keeps its count and gets the higher cost."""
        place = self.index.setdefault(key, len(self.n))
        if place == len(self.n):
            self.n.append(n)
            self.cost.append(cost)
        self.cost[place] = max(self.cost[place], cost)
        return place

    def matrix(self) -> Any:
        """All sums, as wide as the problem has become."""
        heights = np.cumsum([0, *(part.height for part in self.sums)])
        row = _joined([part.row + first for part, first in zip(self.sums, heights, strict=False)])
        column, sign = _joined([part.column for part in self.sums]), _joined([part.sign for part in self.sums])
        return sp.csr_matrix((sign, (row, column)), shape=(int(heights[-1]), len(self.n)))


def _joined(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def strides(axes: Sequence[Axis]) -> Ints:
    """Mixed-radix weights that make one number of the codes of a cell."""
    sizes = [len(axis.codes) for axis in axes]
    return np.array([int(np.prod(sizes[i + 1 :], dtype=np.int64)) for i in range(len(sizes))], dtype=np.int64)


def keys_of(axes: Sequence[Axis], codes: Ints) -> list[Key]:
    """The group of people that each cell counts, whatever table it stands in: (dimension, code) but for totals."""
    columns: list[list[Key]] = []
    for at, axis in sorted(enumerate(axes), key=lambda pair: pair[1].name):
        pairs: list[Key] = [() if code == TOTAL else ((axis.name, code),) for code in axis.codes]
        columns.append([pairs[code] for code in codes[:, at].tolist()])
    return [tuple(chain.from_iterable(parts)) for parts in zip(*columns, strict=True)]


def add_block(draft: Draft, block: Block) -> Grid:
    """Put the cells and sums of one of our own tables in the problem."""
    levels = np.zeros(block.size)
    for i, axis in enumerate(block.axes):
        levels += ~axis.leaf[block.codes[:, i]]
    costs = np.log1p(block.n) * 1.5**levels
    place = [
        draft.cell(key, float(n), cost)
        for key, n, cost in zip(keys_of(block.axes, block.codes), block.n.tolist(), costs.tolist(), strict=True)
    ]
    return add_grid(draft, Grid(block.axes, block.codes, np.array(place, dtype=np.int64)))


def add_grid(draft: Draft, grid: Grid) -> Grid:
    """Put the sums of a table in the problem: along every axis, a parent is the sum of its children."""
    draft.grids.append(grid)
    draft.sums.extend(_sums_along(grid, i) for i in range(len(grid.axes)))
    return grid


def _sums_along(grid: Grid, axis: int) -> Sums:
    weight = strides(grid.axes)[axis]
    ids, up = grid.ids, grid.axes[axis].parent[grid.codes[:, axis]]
    children = np.flatnonzero(up >= 0)
    order = np.argsort(ids, kind="stable")
    wanted = ids[children] + (up[children] - grid.codes[children, axis]) * weight
    spot = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    parents = order[spot]
    shown = ids[parents] == wanted
    children, parents = children[shown], parents[shown]
    return sums_over(grid.place[children], grid.place[parents])


def area_totals(block: Block) -> Flags:
    """Totals per code of the area (and above): every other axis at its total."""
    others = [i for i, axis in enumerate(block.axes) if axis.name != block.layout.area_dimension]
    return np.asarray((block.codes[:, others] == 0).all(axis=1))


def finish(draft: Draft, blocks: Sequence[Block], known: Iterable[int] = ()) -> Problem:
    """The problem as the solvers want it; `blocks` are our own tables, first in the draft."""
    n, size = np.array(draft.n), len(draft.n)
    own, forced, flags = (np.zeros(size, dtype=bool) for _ in range(3))
    flags[list(known)] = True
    for block, grid in zip(blocks, draft.grids, strict=False):
        own[grid.place] = True
        forced[grid.place[area_totals(block)]] = True
    return Problem(
        list(draft.index), n, np.array(draft.cost), draft.matrix(), forced, flags, ~own & ~flags, draft.grids
    )
