"""The attack on the shares of two outcomes together: those of the same people, and of who came or left (T5, T6, T10).

Both outcomes and who came are one programme: what a group answered is what it answered before, and what those who came
did. Groups that did not change, and all that is in these, are the same people. Where a group grew, people came to it
and to all that is in it, and none left. Of a group in which some grew and others shrank nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from anonymisation.disclosure.attack.areas import ONE, Wanted, following, most_alike, what_follows
from anonymisation.disclosure.attack.sheets import Rows, Sheet, lay_out, lay_people
from anonymisation.disclosure.attack.twice import Both
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding, Key

Moved = Mapping[Key, float]
"""Per group that both have by how many people it grew; of a closed one only which way: endless, or -endless."""


def sheets_tell(now: Sequence[Sheet], then: Sequence[Sheet], minimum: int) -> Iterator[Finding]:
    """What two outcomes print of the same answers tells, question by question; `then` was first."""
    for sheet in now:
        for was in then:
            same = (was.scope, was.column) == (sheet.scope, sheet.column) and {*was.said} & {*sheet.said}
            if same and _prints(sheet) != _prints(was):
                yield from _tell(sheet, was, minimum)


def _prints(sheet: Sheet) -> dict[Key, tuple[object, ...]]:
    """What is printed per group: how many people, and the counts behind each answer."""
    answers = range(len(sheet.said))
    return {
        key: (str(sheet.people[at]), sheet.said, *(sheet.spans.get((at, answer)) for answer in answers))
        for key, at in sheet.view.index.items()
    }


@dataclass(frozen=True)
class _Laid:
    """One outcome in the programme."""

    sheet: Sheet
    rows: Rows
    wanted: Wanted

    def of(self, key: Key) -> Sequence[int]:
        """The unknowns of a group, answer by answer."""
        return self.rows[self.sheet.view.index[key]]


def _tell(now: Sheet, then: Sheet, minimum: int) -> Iterator[Finding]:
    """Of the first way to read the shares that some world fits: everybody gave one answer, or not.

    What the earlier outcome told by itself is nothing new.
    """
    both = Both(now.scope, now.view, then.view)
    moved, said = who_moved(both), sorted({*now.said, *then.said})
    for counted in (True, False):
        unknowns = Unknowns()
        was = _Laid(then, *lay_out(then, unknowns, said, counted=counted))
        known = set(following(unknowns, was.wanted) or ())
        own = _Laid(now, *lay_out(now, unknowns, said, counted=counted))
        for key in (key for key, gap in moved.items() if not gap):
            unknowns.same(own.of(key), was.of(key))
            known.update([one for one, before in zip(own.of(key), was.of(key), strict=True) if before in known])
        wanted = was.wanted | own.wanted | _came(unknowns, own, was, both, moved, minimum, counted=counted)
        found = what_follows(unknowns, {at: one for at, one in wanted.items() if at not in known})
        if found is not None:
            yield from (replace(one, learned=f"uitgaven samen: {one.learned}") for one in found)
            return


def who_moved(both: Both) -> Moved:
    """By how many people groups grew; none of a group in which people came and others left."""
    ways: dict[Key, set[float]] = {key: {float(np.sign(much))} for key, much in both.change.items() if much}
    before = -1
    while sum(map(len, ways.values())) > before:
        before = sum(map(len, ways.values()))
        for whole, *parts in both.sums:
            if found := set().union(*(ways.get(part, ()) for part in parts)):
                ways.setdefault(whole, set()).update(found)
    moved = {key: 0.0 for key in both.same_people() if key in both.now.index and key in both.then.index}
    moved = {key: 0.0 for key in moved if not ways.get(key)}
    moved |= {key: much for key, much in both.change.items() if much and len(ways[key]) == 1}
    before = -1
    while len(moved) > before:
        before = len(moved)
        for whole, *parts in both.sums:
            for part in parts if moved.get(whole) else ():
                if part not in moved and ways.get(part, set()) <= {float(np.sign(moved[whole]))}:
                    moved[part] = float(np.copysign(np.inf, moved[whole]))
    return moved


def _came(
    unknowns: Unknowns, now: _Laid, then: _Laid, both: Both, moved: Moved, minimum: int, *, counted: bool
) -> Wanted:
    """Lay who came to each group between what it answered in both; they may not be known to have answered alike."""
    keys = [key for key, gap in moved.items() if gap]
    place = {key: at for at, key in enumerate(keys)}
    people = np.array([np.nan if np.isinf(moved[key]) else abs(moved[key]) for key in keys])
    sums = [[place[key] for key in row if moved[key]] for row in both.sums if moved.keys() >= {*row} and moved[row[0]]]

    def told(at: int, what: str) -> Finding:
        return Finding("T10", next(iter(now.sheet.tables)), now.sheet.where(at), what)

    rests = told(now.sheet.view.size, "wat antwoordde wie kwam of ging bij weggelaten groepen")
    rows, wanted = lay_people(unknowns, people, sums, len(now.rows[0]), rests, counted=counted)
    for key, between in zip(keys, rows, strict=False):
        less, more = (then, now) if moved[key] > 0 else (now, then)
        for whole, part, rest in zip(more.of(key), less.of(key), between, strict=True):
            unknowns.whole(whole, (part, rest))
        if minimum <= abs(moved[key]) < np.inf:
            found = told(now.sheet.view.index[key], "wat wie kwam of ging antwoordde")
            wanted |= dict.fromkeys(between, (most_alike(abs(moved[key]), ONE), found))
    return wanted
