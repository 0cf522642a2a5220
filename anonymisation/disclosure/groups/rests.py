"""Closed groups of one table that can be counted together: who of a printed whole is in none of its printed parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from anonymisation.disclosure.groups.cells import Flags, Ints
from anonymisation.disclosure.groups.incidence import Sums
from domain.release import MINIMUM

Below = Mapping[int, Sequence[Sequence[int]]]


class Rest(NamedTuple):
    """The closed groups of a whole, how many people are in them, and what is printed beside them."""

    whole: int
    shown: tuple[int, ...]
    closed: tuple[int, ...]
    people: int


def rests_of(sums: Sequence[Sums], shown: Flags, n: Ints) -> list[Rest]:
    """Every rest that is large enough to say something about, once.

    A closed part is also seen as its own parts, where some of these are printed.
    """
    below = _below(sums)
    found: dict[tuple[int, ...], Rest] = {}
    for whole in (whole for whole in below if shown[whole]):
        for parts in _ways(whole, below, shown):
            seen = tuple(part for part in parts if shown[part])
            closed = tuple(sorted(part for part in parts if not shown[part]))
            people = int(n[whole] - n[list(seen)].sum()) if seen else 0
            if closed and people >= MINIMUM:
                found.setdefault(closed, Rest(whole, seen, closed, people))
    return list(found.values())


def entries_of(rests: Sequence[Rest], first: int) -> Iterator[list[int]]:
    """Sums, whole first: a whole is what is printed and the rest, a rest its closed groups; numbered from `first`."""
    for at, rest in enumerate(rests, start=first):
        yield [rest.whole, *rest.shown, at]
        yield [at, *rest.closed]


def _below(sums: Sequence[Sums]) -> dict[int, list[list[int]]]:
    """Per whole its parts, once along every dimension."""
    found: dict[int, list[list[int]]] = {}
    for part in sums:
        whole: dict[int, int] = {}
        parts: dict[int, list[int]] = {}
        for row, at, sign in zip(part.row.tolist(), part.column.tolist(), part.sign.tolist(), strict=True):
            if sign < 0:
                whole[row] = at
            else:
                parts.setdefault(row, []).append(at)
        for row, own in parts.items():
            found.setdefault(whole[row], []).append(own)
    return found


def _ways(whole: int, below: Below, shown: Flags) -> Iterator[Sequence[int]]:
    for parts in below[whole]:
        yield parts
        opened = [finer for part in parts for finer in _opened(part, below, shown)]
        if opened != list(parts):
            yield opened


def _opened(part: int, below: Below, shown: Flags) -> list[int]:
    """A printed group itself; a closed one as its parts, in the way that prints most of them, if any does."""
    best, most = [part], 0
    for own in () if shown[part] else below.get(part, ()):
        finer = [one for child in own for one in _opened(child, below, shown)]
        seen = sum(bool(shown[one]) for one in finer)
        if seen > most:
            best, most = finer, seen
    return best
