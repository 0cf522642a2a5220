"""Answers to one question over all its groups at once: parts and wholes together may not give a count away (T5, T6).

A share of its own leaves at least two counts. But the people behind an answer add up too: with the whole at the low end
of what its share allows, and every part as well, each of them is known; and a closed rest may have to have answered
alike. Then a group around it is printed more coarsely, until nothing follows. Groups are cells of a table
(`shares_of`) or areas (`areas.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.answers.bounds import tighten
from anonymisation.disclosure.answers.owners import Owners
from anonymisation.disclosure.answers.respondents import they_learn
from anonymisation.disclosure.answers.shares import (
    STEPS,
    PublishedShare,
    most_alike,
    possible_counts,
    publish_distribution,
)
from anonymisation.disclosure.answers.worlds import Bound, Wanted, pinned
from anonymisation.disclosure.groups.cells import Block, Flags
from anonymisation.disclosure.groups.incidence import Draft, Reals, Sums, add_block, sums_of
from anonymisation.disclosure.groups.rests import entries_of, rests_of
from domain.errors import CannotCheck, InputRejected
from domain.release import Status

_OTHERS = (
    "tabel {!r}: een groep gaf hier andere antwoorden dan in een andere tabel van deze uitgave. Geef antwoorden op een "
    "andere vraag een kolom met een eigen naam"
)


class Span(NamedTuple):
    """What a print says: at least so many people (or points of a mean), at most so many, in steps of this."""

    low: float
    high: float
    step: int


@dataclass(frozen=True)
class Web:
    """The answers of one question over groups that add up.

    total: people (points of a mean: above the low end of its scale) per group, NaN where readers do not know it.
    single: groups in which everybody gave one answer. several: those in which everybody gave one or more.
    show: what is printed of a group in steps no finer than this, None where nothing is; a share of some answers
        together (`good`) is last, and of a narrow group the only one.
    first: which group is printed more coarsely first, from a group and its finest step. steps: from fine to coarse.
    rests: per closed group of which the people can be counted the least and the most that must stay possible: less
        than nearly everybody, more than nearly nobody.
    narrow: groups of which only the last figure is of interest; a sum with such a group in it is of that figure only.
    near: sums along which a group is looked for that gives another away; all of them without it.
    exact: look for what several sums tell together as well (wholes that overlap), not only for one after the other.
    owners: who knows what some groups answered; only with `exact`.
    said: what each group really answered, for who knows her own answer; only with `exact`.
    """

    total: Reals
    single: Flags
    sums: Sequence[Sums]
    show: Mapping[int, Callable[[int], Sequence[Span | None]]]
    first: Callable[[int, int], tuple[int, ...]]
    good: tuple[int, ...] = ()
    steps: tuple[int, ...] = STEPS
    rests: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    narrow: Flags | None = None
    several: Flags | None = None
    near: Sequence[Sums] | None = None
    exact: bool = False
    owners: Owners | None = None
    said: Reals | None = field(default=None, repr=False)

    def beside(self, row: int) -> set[int]:
        """The group itself and the groups in one sum with it; of a rest those in every sum."""
        return _beside(row, self.sums if self.near is None or row in self.rests else self.near)

    @property
    def closed(self) -> int:
        """The step in which nothing is printed."""
        return self.steps[-1] + 1


def shares_of(blocks: Sequence[Block], shown: Sequence[Flags]) -> list[dict[int, list[PublishedShare]]]:
    """What is printed per group of each block; the blocks are tables of the same answers of the same people.

    A group that stands in several has one print. shown: groups of which the base is printed. What the closed groups of
    a sum answered together may not follow, nor that (nearly) all of them answered alike.
    Raises InputRejected when a group answered otherwise in another table.
    """
    draft = Draft()
    places = [add_block(draft, block).place.tolist() for block in blocks]
    size, sensitive = len(draft.n), any(block.layout.sensitive for block in blocks)
    n, open_, said = np.array(draft.n, dtype=np.int64), np.zeros(size, dtype=bool), dict[int, list[int]]()
    for block, place, mine in zip(blocks, places, shown, strict=True):
        open_[place] = mine
        for row, counts in (block.answers or {}).items():
            own = list(counts.values())
            if mine[row] and said.setdefault(place[row], own) != own:
                raise InputRejected(_OTHERS.format(block.layout.name))
    rests = rests_of(draft.sums, open_, n)
    total = np.full(size + len(rests), np.nan)
    total[list(said)] = n[list(said)]
    total[size:] = [rest.people for rest in rests]
    sums = [*draft.sums, *([sums_of(list(entries_of(rests, size)))] if rests else [])]
    ends = {size + at: (most_alike(rest.people, sensitive), 0.0) for at, rest in enumerate(rests)}

    def shares(row: int, finest: int) -> list[PublishedShare]:
        return publish_distribution(said[row], sensitive, finest=finest)

    def printer(row: int) -> Callable[[int], list[Span | None]]:
        return lambda finest: spans(shares(row, finest), int(total[row]))

    show = {row: printer(row) for row in said}
    smallest = lambda row, finest: (finest, int(n[row]), row)  # noqa: E731
    web = Web(total, ~np.isnan(total), sums, show, smallest, rests=ends, near=draft.sums)
    finest = settled(web)
    if len(blocks) > 1:  # wholes of several tables overlap
        finest = settled(replace(web, exact=True), finest)
    found = {row: shares(row, finest[row]) for row in said}
    return [{at: found[row] for at, row in enumerate(place) if row in found} for place in places]


def spans(shares: Iterable[PublishedShare], n: int) -> list[Span | None]:
    """How many of n people can be behind each share."""
    return [
        None
        if share.status is Status.SUPPRESSED
        else Span(*possible_counts(share.value, share.step, share.bound, n), share.step or STEPS[0])
        for share in shares
    ]


def settled(web: Web, start: Mapping[int, int] | None = None) -> dict[int, int]:
    """Per group the finest step with which nothing follows from all groups together; no finer than in `start`.

    Raises CannotCheck when something follows even with as little as may be printed.
    """
    finest = {row: (start or {}).get(row, web.steps[0]) for row in web.show}
    if not finest or not web.sums:
        return finest
    printed = {row: show(finest[row]) for row, show in web.show.items()}
    while given := _given_away(web, printed):
        for row in _coarser(web, given, finest):
            finest[row] = next((step for step in web.steps if step > _step(printed[row], finest[row])), web.closed)
            printed[row] = web.show[row](finest[row])
    return finest


def _step(shown: Sequence[Span | None], finest: int) -> int:
    return max(finest, min((span.step for span in shown if span), default=finest))


def _given_away(web: Web, printed: Mapping[int, Sequence[Span | None]]) -> dict[int, set[int]]:
    """Groups of which something printed leaves a single count, and closed groups that must have answered alike.

    With each, the groups that could be printed more coarsely against it.
    """
    size, width = len(web.total), max((len(shown) for shown in printed.values()), default=0)
    low, high = np.zeros((size, width)), np.full((size, width), np.inf)
    high[~np.isnan(web.total)] = web.total[~np.isnan(web.total), None]
    wanted = Wanted.none(low.shape)
    for row, shown in printed.items():
        for at, span in enumerate(shown, start=width - len(shown)):
            if span is not None:
                low[row, at], high[row, at] = span.low, span.high
                wanted.cells[row, at] = True
    none = np.zeros(size, dtype=bool)
    narrow, several = (none if some is None else some for some in (web.narrow, web.several))
    for row, (least, most) in web.rests.items():
        of = slice(width - 1 if narrow[row] else 0, width)
        wanted.cells[row, of], wanted.least[row, of], wanted.most[row, of] = True, least, most
    if web.exact:
        bound = Bound(web.total, web.single, several, web.sums, web.good, narrow)
        given = pinned(low, high, wanted, bound)
        if not given and web.said is not None:
            given = they_learn(web.said, low, high, wanted, bound)
        if not given and web.owners is not None:
            given = web.owners.learn(low, high, wanted, bound)
        return {row: blamed or web.beside(row) for row, blamed in given.items()}
    tighten(low, high, web.total, web.single, web.sums, web.good)
    missed = np.flatnonzero(wanted.missed(low, high).any(axis=1))
    return {row: web.beside(row) for row in missed.tolist()}


def _coarser(web: Web, given: Mapping[int, set[int]], finest: Mapping[int, int]) -> set[int]:
    """For groups that are given away the first of those around them that can be printed more coarsely.

    A group around which one already is waits for the next round: often that is enough.
    """
    found: set[int] = set()
    for around in given.values():
        if around & found:
            continue
        room = _room(web, around, finest)
        found.update([min(room, key=lambda other: web.first(other, finest[other]))] if room else [])
    if not found:
        raise CannotCheck("de antwoorden van groepen naast elkaar verraden een aantal, ook als er niets meer bij staat")
    return found


def _room(web: Web, around: set[int], finest: Mapping[int, int]) -> list[int]:
    """Those that can be printed more coarsely; where none can, those in one sum with them, and so on.

    A closed group with nothing shown under it is its own rest: what gives that rest away stands one sum further.
    """
    while not (room := [row for row in around if finest.get(row, web.closed) < web.closed]):
        wider = around.union(*(_beside(row, web.sums) for row in around))
        if wider == around:
            break
        around = wider
    return room


def _beside(row: int, sums: Sequence[Sums]) -> set[int]:
    """The group itself and all that are in one sum with it."""
    near = {row}
    for part in sums:
        near.update(part.column[np.isin(part.row, part.row[part.column == row])].tolist())
    return near
