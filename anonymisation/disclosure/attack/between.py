"""The attack on releases together: what people answered in all areas of all of them, in one programme (T5, T10).

As in `attack/steps.py`: as many people as before are taken to be the same people, and with more or fewer some came, or
some left, but not both. Where gemeenten joined or went with as many people, it was they. Where no world fits the same
number were other people after all, and nothing follows. What earlier releases tell without the last one is no finding
of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

import duckdb

from anonymisation.disclosure.attack.areas import (
    Laid,
    Question,
    Wanted,
    following,
    lay_out,
    most_alike,
    questions_of,
    what_follows,
)
from anonymisation.disclosure.attack.arrivals import Change, agree, link_groups, same_groups, shared_groups
from anonymisation.disclosure.attack.figures import Bands
from anonymisation.disclosure.attack.groups import narrowed
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding


def attack_between(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], bands: Bands, minimum: int
) -> Iterator[Finding]:
    """What the shares and means of published files, and all their areas, tell together; `before` in order of time."""
    earlier = [{asked.named: asked for asked in questions_of(one, bands)} for one in before]
    for asked in questions_of(now, bands) if before else ():
        was = [release[asked.named] for release in earlier if asked.named in release]
        if any(one.adds_up for one in (*was, asked)):
            yield from releases_tell(was, asked, minimum)


def releases_tell(earlier: Sequence[Question], now: Question, minimum: int) -> Iterator[Finding]:
    """What one question of several releases tells: each earlier one with the last, and all of them together.

    Releases that print the same are one: twice the same tells no more.
    """
    different = [was for at, was in enumerate(earlier) if not any(_same(was, one) for one in (now, *earlier[:at]))]
    found = [one for was in different for one in _tell([was], now, minimum)]
    more = _tell(different, now, minimum) if len(different) > 1 else ()
    yield from dict.fromkeys((*found, *more))


def _same(one: Question, other: Question) -> bool:
    return (one.areas, one.groups) == (other.areas, other.groups)


def _tell(earlier: Sequence[Question], now: Question, minimum: int) -> Iterator[Finding]:
    """Of the first way to read the figures that some world fits: groups the same people as before, answers counted."""
    answers = sorted(set(now.answers).union(*(was.answers for was in earlier)))
    good = now.good.union(*(was.good for was in earlier))
    every = [replace(one, good=good) for one in (*earlier, now)]
    ways = product([True, False] if answers else [False], [True, False] if now.groups else [False])
    for counted, grouped in ways:
        releases = _agreed(every) if grouped else every
        unknowns, laid = Unknowns(), list[Laid]()
        wanted: Wanted = {}
        known: set[int] = set()
        for asked in releases:
            if len(laid) > 1 and asked is releases[-1]:
                known = set(following(unknowns, wanted) or ())
            own = lay_out(asked, unknowns, answers, counted=counted)
            wanted |= own.wanted
            for was in laid:
                wanted |= _link(unknowns, was, own, minimum, grouped=grouped)
                known.update([*_the_same(known, was, own)])
            laid.append(own)
        found = what_follows(unknowns, {at: one for at, one in wanted.items() if at not in known})
        if found is not None:
            yield from (replace(one, learned=f"uitgaven samen: {one.learned}") for one in found)
            return


def _the_same(known: set[int], was: Laid, now: Laid) -> Iterator[int]:
    """Unknowns of the same people as known ones of an earlier release."""
    same = {
        area
        for area in was.rows.keys() & now.rows.keys()
        if was.asked.areas[area].n == now.asked.areas[area].n is not None
    }
    for area in same:
        yield from (one for one, then in zip(now.rows[area], was.rows[area], strict=True) if then in known)
    for code in was.groups.keys() & now.groups.keys():
        if code[0] in same and was.groups[code].said in known:
            yield now.groups[code].said


def _agreed(releases: Sequence[Question]) -> list[Question]:
    """The same releases, with what they tell each other about how many people are in a group."""
    found = [replace(one, groups=[replace(group) for group in one.groups]) for one in releases]
    for one in found:
        narrowed(one.groups, one.people, one.kinds)
    for was, now in combinations(found, 2):
        agree(shared_groups(was, now), _changes(was, now))
    return found


def _link(unknowns: Unknowns, was: Laid, now: Laid, minimum: int, *, grouped: bool) -> Wanted:
    """The same people are the same unknowns; those who came or left are new ones, and may not be known.

    grouped: in the groups of a breakdown as well.
    """
    wanted: Wanted = {}
    scale, shared = now.asked.scale, shared_groups(was.asked, now.asked) if grouped else {}
    for change in _changes(was.asked, now.asked):
        area, gap = change.area, change.people
        less, more = (was, now) if change.grew else (now, was)
        if not gap:
            unknowns.same(more.rows[area], less.rows[area])
            same_groups(unknowns, less, more, shared, change)
            continue
        between = [unknowns.add(0.0, gap * scale.each) for _ in less.rows[area]]
        for whole, part, rest in zip(more.rows[area], less.rows[area], between, strict=True):
            unknowns.whole(whole, (part, rest))
        for at, rest in enumerate(between if change.gemeenten else ()):
            unknowns.whole(rest, [more.rows[own][at] for own in change.gemeenten])
        found = Finding("T10", "fact_result", ", ".join((area, *now.asked.key)), "wat wie kwam of ging antwoordde")
        if gap >= minimum:
            wanted |= dict.fromkeys(between, (most_alike(gap, scale), found))
        wanted |= link_groups(unknowns, less, more, shared, change, between[-1], found)
    return wanted


def _changes(was: Question, now: Question) -> Iterator[Change]:
    """Areas that both print the people of, where gemeenten only came, or only went."""
    for area in sorted(was.areas.keys() & now.areas.keys()):
        n = was.areas[area].n, now.areas[area].n
        gone, joined = _apart(area, was, now), _apart(area, now, was)
        if n[0] is not None and n[1] is not None and not (gone and joined):
            grew, gap = n[0] <= n[1], abs(n[1] - n[0])
            came = sorted(joined if grew else gone)
            yield Change(area, gap, grew, came if _as_many(now if grew else was, came, gap) else [])


def _apart(area: str, one: Question, other: Question) -> set[str]:
    """Gemeenten of a pooled area that have a line in one release only."""
    members = next((kind[area] for kind in one.kinds if area in kind), frozenset())
    return (set(members) & one.areas.keys()) - other.areas.keys()


def _as_many(asked: Question, own: Sequence[str], gap: int) -> bool:
    """Whether gemeenten that came (or left) are as many people as did."""
    people = [asked.areas[area].n for area in own]
    return bool(own) and None not in people and sum(n or 0 for n in people) == gap
