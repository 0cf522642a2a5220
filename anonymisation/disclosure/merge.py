"""Merge before suppressing: siblings that are mostly too small are shown as their parent only."""

from __future__ import annotations

import numpy as np

from anonymisation.disclosure.cells import Block, Flags, Ints
from anonymisation.disclosure.incidence import strides
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
    axis, weight = block.axes[at], strides(block.axes)[at]
    code = block.codes[:, at]
    parent = axis.parent[code]
    family = block.codes @ strides(block.axes) + (np.maximum(parent, 0) - code) * weight
    gone = np.zeros(block.size, dtype=bool)
    for level in sorted(set(_depth(axis.parent)), reverse=True):
        here = (parent >= 0) & (np.array(_depth(axis.parent))[code] == level) & (block.n > 0)
        small = here & (block.n < minimum)
        names, of = np.unique(family[here], return_inverse=True)
        share = np.bincount(of, weights=small[here], minlength=len(names)) / np.bincount(of, minlength=len(names))
        merge = (share >= rules.merge_from) & (np.bincount(of, minlength=len(names)) > 1)
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
