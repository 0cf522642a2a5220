"""Patterns found earlier in the same release: questions to the same people mostly need the same cells closed.

One pattern for all questions is also safer: near-equal counts with other holes would be one more thing to compare.
An example is only a start; every scope is made and shown safe on its own counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from anonymisation.disclosure.groups.cells import Flags
from anonymisation.disclosure.groups.incidence import Problem, Reals
from anonymisation.disclosure.groups.pattern import Example


@dataclass
class Examples:
    """What was found so far in one release; lives as long as one call of `protect`.

    A family is a scope without its last dimension: all questions of one instrument, meting and doelgroep.
    """

    _found: dict[tuple[str, str], Flags] = field(default_factory=dict)
    _first: dict[str, Example] = field(default_factory=dict)

    def same(self, family: str, problem: Problem, primary: Flags, merged: Flags, levels: Reals) -> Flags | None:
        """The pattern of a scope that is equal in everything, None when there was none."""
        return self._found.get((family, _fingerprint(problem, primary, merged, levels)))

    def of(self, family: str) -> Example | None:
        """The first pattern that was found afresh in a family: always the same one, so that costs do not creep up."""
        return self._first.get(family)

    def add(self, family: str, problem: Problem, primary: Flags, merged: Flags, levels: Reals, closed: Flags) -> None:
        """Remember a pattern; the first of a family that closes anything is the example for the others."""
        self._found[family, _fingerprint(problem, primary, merged, levels)] = closed
        first = primary | merged
        if family not in self._first and closed.any():
            keys = frozenset(key for key, shut in zip(problem.keys, closed.tolist(), strict=True) if shut)
            self._first[family] = Example(keys, int((closed & ~first).sum()), int(first.sum()))


def _fingerprint(problem: Problem, primary: Flags, merged: Flags, levels: Reals) -> str:
    """SHA-256 over everything that a pattern depends on, besides the rules of the release."""
    digest = hashlib.sha256(repr(problem.keys).encode())
    parts = (problem.n, problem.cost, problem.forced, problem.known, problem.hidden, primary, merged, levels)
    for part in (*parts, problem.matrix.indptr, problem.matrix.indices, problem.matrix.data):
        digest.update(part.tobytes())
    return digest.hexdigest()
