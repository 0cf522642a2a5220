"""Groups of a breakdown in two releases: the same people, or these and who came (T5, T10).

Only a band of their people is printed, so who came to a group is one more unknown. Together they are no more than those
who came to the area (or left it: then the earlier release is the one with more).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from anonymisation.disclosure.attack.areas import SMALLEST, Laid, Question, Wanted, most_alike
from anonymisation.disclosure.attack.groups import Behind, Code, Group, Scale
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding


class Change(NamedTuple):
    """An area in two releases: by how many people it grew (or shrank), and the gemeenten that these were, if it were.

    grew: the later release has more people, or as many.
    """

    area: str
    people: int
    grew: bool
    gemeenten: Sequence[str]


Shared = Mapping[str, Sequence[tuple[Group, Group]]]
"""Per area the groups with a line in both releases, of the later one first."""


def shared_groups(was: Question, now: Question) -> Shared:
    """The groups of a breakdown that both have."""
    found: dict[str, list[tuple[Group, Group]]] = {}
    there = {group.code: group for group in was.groups}
    for group in now.groups:
        if group.code in there:
            found.setdefault(group.code[0], []).append((group, there[group.code]))
    return found


def agree(shared: Shared, changes: Iterable[Change]) -> None:
    """Narrow how many people groups have: as many in both releases, or more by as many as came at most."""
    for change in changes:
        pairs = list(_pairs(shared, change))
        ends = [_ends(more, less, change.people) for more, less in pairs]
        if all(one[0] <= one[1] and one[2] <= one[3] for one in ends):
            for (more, less), found in zip(pairs, ends, strict=True):
                less.low, less.high, more.low, more.high = found


def _ends(more: Group, less: Group, people: int) -> tuple[float, float, float, float]:
    return (max(less.low, more.low - people), min(less.high, more.high),
            max(more.low, less.low), min(more.high, less.high + people))  # fmt: skip


def same_groups(unknowns: Unknowns, was: Laid, now: Laid, shared: Shared, change: Change) -> None:
    """Groups of an area with as many people as before: the same people, unless a group cannot have the same."""
    pairs = [group for group, _ in _pairs(shared, change)]
    if not any(_other_people(unknowns, was.groups[one.code], now.groups[one.code], 0) for one in pairs):
        for group in pairs:
            unknowns.same(now.groups[group.code], was.groups[group.code])


def link_groups(
    unknowns: Unknowns, less: Laid, more: Laid, shared: Shared, change: Change, said: int, finding: Finding
) -> Wanted:
    """Link the groups of an area to which people came; what who came to a group answered may not follow.

    said: the unknown for what all who came answered. Not where a group cannot have the same people: as many others came
    and went then.
    """
    scale = more.asked.scale
    pairs = [group for group, _ in _pairs(shared, change)]
    if any(_other_people(unknowns, less.groups[one.code], more.groups[one.code], change.people) for one in pairs):
        return {}
    came = {one.code: _came(unknowns, less, more, one.code, change, scale) for one in pairs}
    for parts, whole in _wholes(pairs, came):
        _inside(unknowns, parts, whole, (change.people, said), scale)
    wanted: Wanted = {}
    for code, own in came.items():
        least = unknowns.low[own.number]
        if least >= SMALLEST:
            other = unknowns.add(-scale.each * change.people, 0.0)
            unknowns.between([(other, -1.0), (own.said, 1.0), (own.number, -scale.each)])
            told = replace(finding, where=f"{finding.where}, {', '.join(code[1:])}")
            wanted |= {own.said: (float("inf"), told), other: (most_alike(least, scale) - scale.each * least, told)}
    return wanted


def _pairs(shared: Shared, change: Change) -> Iterator[tuple[Group, Group]]:
    """Groups of the area in the release with more people and in the other, on as many gemeenten or more."""
    for now, was in shared.get(change.area, ()):
        more, less = (now, was) if change.grew else (was, now)
        one, other = more.rests_on, less.rests_on
        if one is None or other is None or one == other or (one > other and change.people):
            yield more, less


def _other_people(unknowns: Unknowns, then: Behind, now: Behind, gap: int) -> bool:
    low, high = unknowns.low, unknowns.high
    return high[now.number] < low[then.number] or low[now.number] > high[then.number] + gap


def _came(unknowns: Unknowns, less: Laid, more: Laid, code: Code, change: Change, scale: Scale) -> Behind:
    then, now = less.groups[code], more.groups[code]
    least = max(0.0, unknowns.low[now.number] - unknowns.high[then.number])
    own = Behind(unknowns.add(least, change.people), unknowns.add(0.0, scale.each * change.people))
    for whole, *parts in zip(now, then, own, strict=True):
        unknowns.whole(whole, parts)
    unknowns.between([(own.said, -1.0), (own.number, scale.each)], 0.0, float("inf"))
    gemeenten = [more.groups.get((area, *code[1:])) for area in change.gemeenten]
    theirs = [one for one in gemeenten if one is not None]
    if theirs and len(theirs) == len(gemeenten):
        unknowns.whole(own.number, [one.number for one in theirs])
        unknowns.whole(own.said, [one.said for one in theirs])
    return own


def _wholes(pairs: list[Group], came: Mapping[Code, Behind]) -> Iterator[tuple[list[Behind], Behind | None]]:
    """Who came to the groups of one breakdown under the same parent, and who came to that (None: to the area)."""
    below: dict[tuple[str, str | None], list[Code]] = {}
    for one in pairs:
        below.setdefault((one.code[1], one.parent), []).append(one.code)
    for (breakdown, parent), codes in below.items():
        whole = None if parent is None else came.get((codes[0][0], breakdown, parent))
        if parent is None or whole is not None:
            yield [came[code] for code in codes], whole


def _inside(
    unknowns: Unknowns, parts: Sequence[Behind], whole: Behind | None, everybody: tuple[int, int], scale: Scale
) -> None:
    """No more came to the parts than to the whole, of those who said something and of those who did not.

    everybody: how many came to the area, and the unknown for what they said.
    """
    people = 0.0 if whole else float(everybody[0])
    number = [(one.number, -1.0) for one in parts] + ([(whole.number, 1.0)] if whole else [])
    said = [(one.said, -1.0) for one in parts] + [(whole.said if whole else everybody[1], 1.0)]
    silent = [(at, scale.each * sign) for at, sign in number] + [(at, -sign) for at, sign in said]
    for terms, least in ((number, -people), (said, 0.0), (silent, -scale.each * people)):
        unknowns.between(terms, least, float("inf"))
