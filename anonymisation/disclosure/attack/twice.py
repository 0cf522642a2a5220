"""The attack on numbers of people of two releases: closed cells of both together, and who came or left (T2, T10).

Groups that both print alike, and all that is in these, are the same people: of these both releases tell. Where nothing
that both print changed and no gemeente came or went, so are all others. Where all that changed went one way, people
came (or left): no other group can have fewer (or more) than then. Where it went both ways nothing follows of the
others. A line to which other gemeenten add up is another group.

Who came, or who left, is a table of its own: numbers that both print are subtracted, and so are sums. No group in it
may be known to be smaller than the minimum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from anonymisation.disclosure.attack.cells import View, add_table
from anonymisation.disclosure.attack.intervals import NEAR, Known, attack, puzzle_of
from anonymisation.disclosure.auditor import findings_of
from domain.errors import Contradiction
from domain.release import TOTAL, Finding, Hierarchy, Key, Rules

REST, MORE = ", wat daarvan niet is getoond", ", met andere groepen die niet zijn getoond"
Views = Mapping[Key, View]
Trees = Sequence[Hierarchy]
Members = Mapping[str, frozenset[str]]
"""Per code of a dimension the contributors below it that have a row."""


def numbers_of_people(
    now: Views, then: Views, trees: Trees, rules: Rules, name: str, *, trees_then: Trees | None = None
) -> list[Finding]:
    """What the printed and closed numbers of people of two releases tell together, scope by scope.

    now: changed by this. name: of the earlier release. trees_then: its hierarchies, where these may be others.
    Raises CannotCheck at a solver limit.
    """
    before = trees if trees_then is None else trees_then
    every = [*trees, *(tree for tree in before if tree not in trees)]
    findings: list[Finding] = []
    for scope, view in sorted(now.items()):
        if scope in then and not _as_printed(view, then[scope]):
            dimension, was = rules.insider_dimension, then[scope]
            here, there = (
                (_members(view, trees, dimension), _members(was, before, dimension)) if dimension else ({}, {})
            )
            both = Both(scope, view, was, dimension, here, there)
            findings += [*both.few(rules.minimum)] or [*both.who_came(rules)]
            both.lay_together(name, before)
            try:
                findings += findings_of(scope, view, every, rules)
            except Contradiction:  # other people after all: nothing follows
                continue
    return findings


def _as_printed(now: View, then: View) -> bool:
    """Whether the earlier release prints nothing else about these groups."""
    return _prints(now) == _prints(then)


def _prints(view: View) -> dict[Key, tuple[float, float]]:
    return {key: (view.low[at], view.high[at]) for key, at in view.index.items()}


def _members(view: View, trees: Trees, dimension: str) -> Members:
    """Per code the contributors below it that have a row."""
    codes = {code for key in view.index for dim, code in key if dim == dimension}
    pools: dict[str, set[str]] = {}
    for tree in trees:
        for own, up in tree.parents.items() if tree.dimension == dimension else ():
            if own in codes and up in codes:
                pools.setdefault(up, set()).add(own)
    alone = {code: {code} for code in codes - pools.keys()}
    return {code: frozenset(own) for code, own in {**alone, **pools, TOTAL: {*alone}}.items()}


@dataclass(frozen=True)
class Both:
    """One scope of two releases.

    here, there: per code of `dimension` the contributors below it, now and then; of no dimension where none come and
    go.
    """

    scope: Key
    now: View
    then: View
    dimension: str | None = None
    here: Members = field(default_factory=dict)
    there: Members = field(default_factory=dict)

    def may_be_same(self, key: Key) -> bool:
        """Whether the same contributors add up to a group in both."""
        code = dict(key).get(self.dimension, TOTAL) if self.dimension else TOTAL
        return self.here.get(code) == self.there.get(code)

    @cached_property
    def known(self) -> tuple[Known, Known]:
        """What both tell, printed or as the only unknown of a sum: now and then."""
        return puzzle_of(self.now).known, puzzle_of(self.then).known

    @cached_property
    def ways(self) -> set[float]:
        """Which ways people went, as far as both tell: 1 for who came, -1 for who left."""
        every, before = (members.get(TOTAL, frozenset()) for members in (self.here, self.there))
        moved = {1.0: every - before, -1.0: before - every}
        return {float(np.sign(much)) for much in self.change.values() if much} | {way for way in moved if moved[way]}

    @cached_property
    def change(self) -> dict[Key, float]:
        """Per group that both tell, printed or as the only unknown of a sum, how many more it has become."""
        one, other = self.known
        both = ((key, at, self.then.index[key]) for key, at in self.now.index.items() if key in self.then.index)
        return {
            key: float(one.low[at] - other.low[was])
            for key, at, was in both
            if one.low[at] == one.high[at] and other.low[was] == other.high[was] and self.may_be_same(key)
        }

    @cached_property
    def sums(self) -> list[list[Key]]:
        """The sums that are made of the same groups in both, the whole first."""
        there = {(whole, frozenset(parts)) for whole, *parts in _sums(self.then)}
        return [
            row for row in _sums(self.now) if (row[0], frozenset(row[1:])) in there and all(map(self.may_be_same, row))
        ]

    def few(self, minimum: int) -> Iterator[Finding]:
        """Groups, and closed rests of sums, that changed by somebody, but by fewer people than the minimum."""
        told = [(key, much, "") for key, much in self.change.items()]
        for whole, *parts in self.sums:
            if whole in self.change and not self.change.keys() >= {*parts}:
                rest = self.change[whole] - sum(self.change.get(part, 0.0) for part in parts)
                told.append((whole, rest, REST))
        for key, much, where in told:
            if NEAR < abs(much) < minimum - NEAR:
                yield self._finding(key, minimum, where)

    def who_came(self, rules: Rules) -> Iterator[Finding]:
        """Closed groups of which all sums at once say that somebody came, and too few: to one of them, or to some.

        Only where all numbers that changed went the same way: then people came (or left), and none did the other. Who
        certainly came with fewer than the minimum would have kept the earlier numbers, so there nobody came.
        """
        ways = {much > 0 for much in self.change.values() if much}
        if len(ways) != 1 or not self.sums:
            return
        came = self._came(1.0 if ways == {True} else -1.0)
        closed = np.array([key not in self.change for key in came.index])
        few: list[Key] = []
        try:
            while True:
                known = attack(came, rules.minimum, seconds=rules.solver_seconds)
                some = closed & (known.high < rules.minimum - NEAR) & (np.array(came.high) > 0)
                if not some.any():
                    return
                few += [key for key, small in zip(came.index, some, strict=True) if small]
                came.high = np.where(some, 0.0, came.high).tolist()
        except Contradiction:
            yield from (self._finding(few[0], rules.minimum, MORE) for _ in few[:1])

    def _came(self, sign: float) -> View:
        """Who came (or with -1 left), as a table of its own."""
        view = View()
        for key in dict.fromkeys(key for row in self.sums for key in row):
            much = sign * self.change[key] if key in self.change else None
            view.group(key, *((0.0, np.inf) if much is None else (much, much)), "")
        view.sums = {tuple(view.index[key] for key in row): None for row in self.sums}
        return view

    def _finding(self, key: Key, minimum: int, rest: str = "") -> Finding:
        where = ", ".join(f"{dim} {code}" for dim, code in (*self.scope, *key)) or "totaal"
        learned = f"het verschil met een eerdere uitgave is een groep kleiner dan {minimum}"
        return Finding("T10", self.now.table[self.now.index[key]], f"{where}{rest}", learned)

    def lay_together(self, name: str, trees: Trees) -> None:
        """Put the earlier release in the view of now: the same people are one unknown, others are another."""
        same, then = self.same_people(), self.then
        low, high = self._others(same)
        for title, (dims, _), (_, cells) in zip(then.titles, then.leaves, then.printed, strict=True):
            seen = {codes: (low[at], high[at]) for codes, at in cells.items()}
            keys = list(then.index)
            apart = {codes for codes, at in cells.items() if keys[at] not in same}
            add_table(self.now, f"{name} {title}", dims, seen, trees, release=name, apart=apart)

    def _others(self, same: Collection[Key]) -> tuple[list[float], list[float]]:
        """Bounds of the groups of then. Of no other group more left than came, or the other way round.

        So bounds of groups of now are narrowed too.
        """
        (one, other), now = self.known, self.now
        low, high = list(self.then.low), list(self.then.high)
        for key, was in self.then.index.items() if len(self.ways) == 1 else ():
            at = now.index.get(key)
            if at is None or key in same or not self.may_be_same(key):
                continue
            if self.ways == {1.0}:
                now.low[at], high[was] = max(now.low[at], other.low[was]), min(high[was], one.high[at])
            else:
                now.high[at], low[was] = min(now.high[at], other.high[was]), max(low[was], one.low[at])
        return low, high

    def same_people(self) -> set[Key]:
        """Groups of which nothing says that others are in them by now."""
        found = {key for key, much in self.change.items() if not much}
        if not self.ways:
            found = {key for key in self.then.index if self.may_be_same(key)}
        rows, before = [*_sums(self.now), *_sums(self.then)], 0
        while len(found) > before:
            before = len(found)
            found |= {part for whole, *parts in rows if whole in found for part in parts if self.may_be_same(part)}
        return {key for key in found if key not in self.now.index or self._meet(key)}

    def _meet(self, key: Key) -> bool:
        """Whether what both print of a group can be the same number."""
        here, there = self.now.index[key], self.then.index.get(key)
        ends = (self.now.low[here], self.now.high[here])
        return there is None or (self.then.low[there] <= ends[1] and ends[0] <= self.then.high[there])


def _sums(view: View) -> list[list[Key]]:
    keys = list(view.index)
    return [[keys[at] for at in row] for row in view.sums]
