"""The attack on releases together: what people answered in all areas of all of them, in one programme (T5, T10).

As in `attack/steps.py`: as many people as before are taken to be the same people, and with more or fewer some came, or
some left, but not both. Where gemeenten joined or went with as many people, it was they. Where no world fits the same
number were other people after all, and nothing follows. What earlier releases tell without the last one is no finding
of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from anonymisation.disclosure.attack.areas import (
    Question,
    Wanted,
    following,
    lay_out,
    mean_questions,
    most_alike,
    share_questions,
    what_follows,
)
from anonymisation.disclosure.attack.figures import Bands
from anonymisation.disclosure.attack.worlds import Unknowns
from domain.release import Finding

Rows = Mapping[str, list[int]]
"""Per area its unknowns, answer by answer."""


def attack_between(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], bands: Bands, minimum: int
) -> Iterator[Finding]:
    """What the shares and means of published files, and all their areas, tell together; `before` in order of time."""
    for questions in (share_questions, mean_questions):
        earlier = [{asked.key: asked for asked in questions(one, bands)} for one in before]
        for asked in questions(now, bands):
            was = [release[asked.key] for release in earlier if asked.key in release]
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
    answers = sorted(set(now.answers).union(*(was.answers for was in earlier)))
    good = now.good.union(*(was.good for was in earlier))
    releases = [replace(one, good=good) for one in (*earlier, now)]
    for counted in [True, False] if answers else [False]:
        unknowns, wanted, laid = Unknowns(), dict[int, tuple[float, Finding]](), list[tuple[Question, Rows]]()
        known: set[int] = set()
        for asked in releases:
            if len(laid) > 1 and asked is releases[-1]:
                known = set(following(unknowns, wanted) or ())
            rows, own = lay_out(asked, unknowns, answers, counted=counted)
            wanted |= own
            for was in laid:
                wanted |= _link(unknowns, was, (asked, rows), minimum)
                known.update([*_the_same(known, was, (asked, rows))])
            laid.append((asked, rows))
        found = what_follows(unknowns, {at: one for at, one in wanted.items() if at not in known})
        if found is not None:
            yield from (replace(one, learned=f"uitgaven samen: {one.learned}") for one in found)
            return


def _the_same(known: set[int], was: tuple[Question, Rows], now: tuple[Question, Rows]) -> Iterator[int]:
    """Unknowns of the same people as known ones of an earlier release."""
    for area in was[0].areas.keys() & now[0].areas.keys():
        if was[0].areas[area].n == now[0].areas[area].n is not None:
            yield from (one for one, then in zip(now[1][area], was[1][area], strict=True) if then in known)


def _link(unknowns: Unknowns, was: tuple[Question, Rows], now: tuple[Question, Rows], minimum: int) -> Wanted:
    """The same people are the same unknowns; those who came or left are new ones, and may not be known."""
    wanted: Wanted = {}
    for area in was[0].areas.keys() & now[0].areas.keys():
        n = was[0].areas[area].n, now[0].areas[area].n
        gone, joined = (_apart(area, *pair) for pair in ((was[0], now[0]), (now[0], was[0])))
        if n[0] is None or n[1] is None or (gone and joined):
            continue
        less, more = (was, now) if n[0] <= n[1] else (now, was)
        gap = abs(n[1] - n[0])
        between = [unknowns.add(0.0, gap * now[0].scale.each) for _ in less[1][area]]
        for whole, part, rest in zip(more[1][area], less[1][area], between, strict=True):
            unknowns.whole(whole, (part, rest))
        _as_gemeenten(unknowns, between, gap, more, sorted(joined if more is now else gone))
        if gap >= minimum:
            found = Finding("T10", "fact_result", ", ".join((area, *now[0].key)), "wat wie kwam of ging antwoordde")
            wanted |= dict.fromkeys(between, (most_alike(gap, now[0].scale), found))
    return wanted


def _apart(area: str, one: Question, other: Question) -> set[str]:
    """Gemeenten of a pooled area that have a line in one release only."""
    members = next((kind[area] for kind in one.kinds if area in kind), frozenset())
    return (set(members) & one.areas.keys()) - other.areas.keys()


def _as_gemeenten(
    unknowns: Unknowns, between: Sequence[int], gap: int, more: tuple[Question, Rows], own: Sequence[str]
) -> None:
    """Who came are the people of the gemeenten that joined, where these are as many (or left, where they went)."""
    people = [more[0].areas[area].n for area in own]
    if own and None not in people and sum(n or 0 for n in people) == gap:
        for at, rest in enumerate(between):
            unknowns.whole(rest, [more[1][area][at] for area in own])
