"""The attack on numbers of people of releases: closed cells of both together, and who came or left (T2, T10).

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
from itertools import chain
from typing import NamedTuple

import numpy as np

from anonymisation.disclosure.attack.cells import View, add_table
from anonymisation.disclosure.attack.intervals import NEAR, Known, attack, puzzle_of
from anonymisation.disclosure.auditor import findings_of
from anonymisation.disclosure.naming import group_words
from domain.errors import Contradiction
from domain.release import TOTAL, Finding, Hierarchy, Key, Rules

REST, MORE = ", wat daarvan niet is getoond", ", met andere groepen die niet zijn getoond"
Views = Mapping[Key, View]
Trees = Sequence[Hierarchy]
Members = Mapping[str, frozenset[str]]
"""Per code of a dimension the contributors below it that have a row."""


class Earlier(NamedTuple):
    """An earlier release: its name, what it prints per scope, and its hierarchies."""

    name: str
    views: Views
    trees: Trees


def numbers_of_people(now: Views, earlier: Sequence[Earlier], trees: Trees, rules: Rules) -> list[Finding]:
    """What the printed and closed numbers of people of releases tell: each earlier one with the last, and all together.

    earlier: in order of time. Releases that print the same are one: twice the same tells no more.
    Raises CannotCheck at a solver limit.
    """
    findings: list[Finding] = []
    for scope, view in sorted(now.items()):
        different, seen = list[Earlier](), [_prints(view)]
        for one in (one for one in earlier if scope in one.views):
            if (prints := _prints(one.views[scope])) not in seen:
                different.append(one)
                seen.append(prints)
        found = [_Scope(scope, view, [one], trees, rules) for one in different]
        findings += [finding for pair in found for finding in (*pair.who_came(), *pair.closed())]
        if len(different) > 1:
            findings += _Scope(scope, view, different, trees, rules).new()
    return list(dict.fromkeys(findings))


@dataclass(frozen=True)
class _Scope:
    """One scope of a release and of earlier ones that print something else about it."""

    scope: Key
    now: View
    earlier: Sequence[Earlier]
    trees: Trees
    rules: Rules

    @cached_property
    def pairs(self) -> list[Both]:
        """Each earlier release beside the last one."""
        last = Earlier("", {self.scope: self.now}, self.trees)
        return [self._both(last, one) for one in self.earlier]

    def who_came(self) -> list[Finding]:
        """What the releases tell of who came or left, two by two."""
        both = ([*pair.few(self.rules.minimum)] or [*pair.who_came(self.rules)] for pair in self.pairs)
        return [*chain.from_iterable(both)]

    def closed(self) -> list[Finding]:
        """What all numbers tell of closed groups."""
        return self._of(self._laid())

    def new(self) -> list[Finding]:
        """The same without what the earlier releases told among themselves."""
        laid = self._laid()
        before = laid.before()
        found = self._of(laid)
        told = {(one.threat, one.where) for one in self._of(before)} if found else set()
        return [one for one in found if (one.threat, one.where) not in told]

    def _of(self, view: View) -> list[Finding]:
        try:
            return findings_of(self.scope, view, self._every_tree(), self.rules)
        except Contradiction:  # other people after all: nothing follows
            return []

    def _every_tree(self) -> list[Hierarchy]:
        found = [*self.trees]
        for one in self.earlier:
            found += [tree for tree in one.trees if tree not in found]
        return found

    def _both(self, now: Earlier, then: Earlier) -> Both:
        dimension, here, there = self.rules.insider_dimension, now.views[self.scope], then.views[self.scope]
        if not dimension:
            return Both(self.scope, here, there)
        members = _members(here, now.trees, dimension), _members(there, then.trees, dimension)
        return Both(self.scope, here, there, dimension, *members)

    def _laid(self) -> View:
        """All of them in one view: the same people are one unknown, others are another."""
        view = self.now.copy()
        apart: dict[int, dict[Key, str]] = {}
        for at, one in reversed([*enumerate(self.earlier)]):
            same = self.pairs[at].same_people()
            own = {key: one.name for key in one.views[self.scope].index if key not in same}
            for place, later in enumerate(self.earlier[at + 1 :], start=at + 1):
                for key in self._both(later, one).same_people() & own.keys() & later.views[self.scope].index.keys():
                    own[key] = apart[place].get(key, "")
            apart[at] = {key: name for key, name in own.items() if name}
            self.pairs[at].lay_together(view, one, same, apart[at])
        return view


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
        where = group_words((*self.scope, *key))
        learned = f"het verschil met een eerdere uitgave is een groep kleiner dan {minimum}"
        return Finding("T10", self.now.table[self.now.index[key]], f"{where}{rest}", learned)

    def lay_together(self, view: View, then: Earlier, same: Collection[Key], apart: Mapping[Key, str]) -> None:
        """Put the earlier release in a view that starts with that of now.

        same: groups of the same people as now. apart: those of others, with the release of which these are the people.
        """
        low, high = self._others(view, same)
        keys = list(self.then.index)
        for title, (dims, _), (_, cells) in zip(self.then.titles, self.then.leaves, self.then.printed, strict=True):
            seen = {codes: (low[at], high[at]) for codes, at in cells.items()}
            others = {codes: apart[keys[at]] for codes, at in cells.items() if keys[at] in apart}
            add_table(view, f"{then.name} {title}", dims, seen, then.trees, release=then.name, apart=others)

    def _others(self, view: View, same: Collection[Key]) -> tuple[list[float], list[float]]:
        """Bounds of the groups of then. Of no other group more left than came, or the other way round.

        So bounds of groups of now are narrowed too, in the view.
        """
        (one, other), now = self.known, self.now
        low, high = list(self.then.low), list(self.then.high)
        for key, was in self.then.index.items() if len(self.ways) == 1 else ():
            at = now.index.get(key)
            if at is None or key in same or not self.may_be_same(key):
                continue
            if self.ways == {1.0}:
                view.low[at], high[was] = max(view.low[at], other.low[was]), min(high[was], one.high[at])
            else:
                view.high[at], low[was] = min(view.high[at], other.high[was]), max(low[was], one.low[at])
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
