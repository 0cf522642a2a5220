"""The hierarchy reader: the one thing that protector and auditor share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from domain.errors import InputRejected
from domain.release import TOTAL, Hierarchy

_RANGE = re.compile(r"^\s*(\d+)\s*[-\u2013]\s*(\d+)\s*$")
_OPEN = re.compile(r"^\s*(\d+)\s*\+\s*$|^\s*(\d+)\s+(?:jaar\s+)?(?:en|of)\s+ouder\s*$")
_END = 1_000


def hierarchies_from_rows(rows: Iterable[tuple[str, str, str]]) -> tuple[Hierarchy, ...]:
    """Hierarchies from (dimension, code, parent) rows, one per dimension; `TOTAAL` as parent is the top."""
    parents: dict[str, dict[str, str]] = {}
    for dimension, code, parent in rows:
        known = parents.setdefault(dimension, {})
        if known.setdefault(code, parent) != parent:
            raise InputRejected(
                f"indeling van {dimension!r}: een code valt onder twee groepen; zet een tweede indeling "
                "in een eigen bestand"
            )
    return tuple(Hierarchy(dimension, known) for dimension, known in sorted(parents.items()))


def ancestors(code: str, hierarchy: Hierarchy | None) -> list[str]:
    """The codes above a code, nearest first; `TOTAAL` is always the last."""
    chain: list[str] = []
    while hierarchy is not None and code in hierarchy.parents and hierarchy.parents[code] != TOTAL:
        code = hierarchy.parents[code]
        chain.append(code)
    return [*chain, TOTAL]


def hierarchy_for(dimension: str, codes: Iterable[str], hierarchies: Sequence[Hierarchy]) -> Hierarchy | None:
    """The hierarchy of this dimension that fits these codes best; None without one.

    First the one with most codes under another of these codes, then the one that knows most of them as children.
    """
    present = set(codes)
    fitting = [
        (
            sum(bool(present & set(ancestors(code, hierarchy)[:-1])) for code in present),
            sum(code in hierarchy.parents for code in present),
            -place,
            hierarchy,
        )
        for place, hierarchy in enumerate(hierarchies)
        if hierarchy.dimension == dimension
    ]
    best = max(fitting, key=lambda entry: entry[:3], default=None)
    return best[3] if best and best[1] else None


def code_atoms(dimension: str, codes: Iterable[str], hierarchies: Sequence[Hierarchy]) -> dict[str, frozenset[str]]:
    """The atoms under each code: from the hierarchies, and numbers (18-34, 85+) from their edges."""
    below: dict[str, set[str]] = {}
    for hierarchy in hierarchies:
        if hierarchy.dimension == dimension:
            for child, parent in hierarchy.parents.items():
                below.setdefault(parent, set()).add(child)
    atoms = {code: _atoms(code, below) for code in codes}
    ranges = {atom: _range(atom) for found in atoms.values() for atom in found}
    if any(span is None for span in ranges.values()):
        return atoms
    edges = sorted({edge for span in ranges.values() if span for edge in span})
    return {
        code: frozenset(
            f"{low}..{high}"
            for atom in found
            for low, high in pairwise(edges)
            if (span := ranges[atom]) and span[0] <= low and high <= span[1]
        )
        for code, found in atoms.items()
    }


def _atoms(code: str, below: Mapping[str, set[str]]) -> frozenset[str]:
    """The finest codes under a code; a code without children is its own atom."""
    if code not in below:
        return frozenset((code,))
    return frozenset().union(*(_atoms(child, below) for child in below[code]))


def _range(code: str) -> tuple[int, int] | None:
    if match := _RANGE.match(code):
        return int(match[1]), int(match[2]) + 1
    if match := _OPEN.match(code):
        return int(match[1] or match[2]), _END
    return None
