"""Primary suppression: which cells are too small, too alike or too much one contributor, each with its reason.

Whole columns of a block at once; the first reason that holds is kept as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from anonymisation.disclosure.groups.cells import Block
from domain.release import Reason, Rules

Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]


def primary_reasons(block: Block, rules: Rules, minimum: int) -> npt.NDArray[np.object_]:
    """Reason per cell of a block, None where it may stay open.

    minimum: the minimum group size in force (history can make it stricter than the rules).
    """
    found: npt.NDArray[np.object_] = np.full(block.size, None, dtype=object)
    unexplained = np.ones(block.size, dtype=np.bool_)
    with np.errstate(invalid="ignore"):  # a measure that does not apply is NaN, and NaN fits no reason
        for reason, flags in _reasons(block, rules, minimum):
            found[flags & unexplained] = reason
            unexplained &= ~flags
    return found


def _reasons(block: Block, rules: Rules, minimum: int) -> Iterator[tuple[Reason, Flags]]:
    """Every reason with the cells it holds for, the weightiest first."""
    n = block.n.astype(np.float64)
    filled = n > 0
    # T1, T16: people who answered this question, never weighted
    yield Reason.SMALL, filled & (n < minimum)
    if block.layout.sensitive:
        asked, most = _measure(block, "n_asked"), _most_alike(block)
        # T16: people who did not answer a sensitive question are a group too
        yield Reason.NON_RESPONSE, (asked > n) & (asked - n < minimum)
        # T5: (nearly) all gave the same sensitive answer
        yield Reason.UNANIMOUS, filled & ((most > rules.unanimous_share * n) | (n - most < 2))
    contributors, top = _measure(block, "n_contributors"), _measure(block, "top_share")
    # T8: a benchmark rests on enough gemeenten
    yield Reason.BENCHMARK, filled & (contributors < rules.min_contributors)
    # T7: one contributor is more than half of it
    yield Reason.DOMINANCE, filled & (top > rules.dominance_share * n)
    # T8: and it stays large enough without any one of them
    yield Reason.BENCHMARK, filled & (contributors >= 1) & (n - top < minimum)


def _most_alike(block: Block) -> Reals:
    """How many gave the most given answer."""
    if block.answers is None:
        return _measure(block, "n_max_answer")
    return np.array([max(block.answers.get(row, {"": 0}).values()) for row in range(block.size)], dtype=np.float64)


def _measure(block: Block, name: str) -> Reals:
    """A measure per cell; NaN where it does not apply."""
    values = block.measures.get(name)
    return np.full(block.size, np.nan) if values is None else np.asarray(values, dtype=np.float64)
