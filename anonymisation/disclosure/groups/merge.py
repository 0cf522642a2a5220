"""Merge before suppressing: siblings that are mostly too small are shown as their parent only."""

from __future__ import annotations

import numpy as np

from anonymisation.disclosure.groups.cells import Block, Flags, Ints
from anonymisation.disclosure.groups.incidence import strides
from domain.release import Rules


def merged_cells(block: Block, rules: Rules, minimum: int) -> Flags:
    """Cells that disappear in their parent, level by level from the finest, along the approved dimensions.

    Siblings are merged when at least `merge_from` of the non-empty ones is smaller than the minimum.
    """
    gone = np.zeros(block.size, dtype=bool)
    for at, axis in enumerate(block.axes):
        if axis.name in rules.merges:
            gone |= _along(block, at, rules, minimum)
    return gone & (block.n > 0)


def _along(block: Block, at: int, rules: Rules, minimum: int) -> Flags:
    axis, weights = block.axes[at], strides(block.axes)
    code = block.codes[:, at]
    parent, depth = axis.parent[code], np.array(_depth(axis.parent))[code]
    family = block.codes @ weights + (np.maximum(parent, 0) - code) * weights[at]
    below = (parent >= 0) & (block.n > 0)
    gone = np.zeros(block.size, dtype=bool)
    for level in np.unique(depth[below])[::-1]:
        here = below & (depth == level)
        small = here & (block.n < minimum)
        _, of, members = np.unique(family[here], return_inverse=True, return_counts=True)
        share = np.bincount(of, weights=small[here]) / members
        merge = (share >= rules.merge_from) & (members > 1)
        gone[np.flatnonzero(here)[merge[of]]] = True
    return gone


def _depth(parent: Ints) -> list[int]:
    depth = []
    for code in range(len(parent)):
        steps, up = 0, int(parent[code])
        while up >= 0:
            steps, up = steps + 1, int(parent[up])
        depth.append(steps)
    return depth
