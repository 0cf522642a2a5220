"""Who answered a question took part: numbers of both lie side by side, and each closes areas and groups of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from anonymisation.disclosure.answers.people import EVERYBODY, TOOK_PART, Holds, Place, Problem, at_least
from domain.printed import People, PrintedPeople
from domain.release import MINIMUM

Prints = Sequence[PrintedPeople]
Gone = Mapping[str, Collection[str]]
"""Per question the areas of which nothing new may be printed."""
Told = Callable[[Prints], set[People] | None]
"""What prints side by side tell beyond what was known; None where no numbers fit."""


def beside_who_took_part(prints: Prints, holds: Holds, *, minimum: int = MINIMUM) -> list[PrintedPeople]:
    """The same prints, with numbers closed that would tell too much side by side.

    Else a closed area or group would be known as too small, or a small one as not empty. What an earlier release
    printed stays: first lines of a question go where they tell too much beside it, then lines of who took part, and no
    more than is needed. What earlier releases tell by themselves closes nothing.

    prints: of one instrument, meting and doelgroep. holds: per sum the areas in it. Raises CannotCheck at a limit of
    the solver.
    """
    gone: dict[str, list[str]] = {}
    for view in _views(prints, holds):
        seen = {one.question for one in view}
        others = [one for one in _without(prints, gone) if one.question not in seen]
        told = _told(view, others, holds, minimum)
        for question, areas in _settled(_without(view, gone), holds, told).items():
            gone.setdefault(question, []).extend(areas)
    return _without(prints, gone)


def _views(prints: Prints, holds: Holds) -> Iterator[list[PrintedPeople]]:
    """Laid side by side: everybody of all questions, then the groups of each that closes everybody somewhere."""
    took_part = [one for one in prints if one.question == TOOK_PART]
    yield [_everybody(one) for one in prints]
    for question in sorted({one.question for one in prints} - {TOOK_PART}):
        mine = [one for one in prints if one.question == question]
        closed = {area for one in mine for (area, group), n in one.n.items() if n is None and group == EVERYBODY}
        borders = any(
            n is not None and closed & ({area, *holds.get(area, ())} - holds.keys())
            for one in took_part
            for (area, _), n in one.n.items()
        )
        if borders and any(group != EVERYBODY for one in mine for _, group in one.n):
            yield [*took_part, *mine]


def _everybody(one: PrintedPeople) -> PrintedPeople:
    n = {place: n for place, n in one.n.items() if place[1] == EVERYBODY}
    return replace(one, n=n, small=one.small & n.keys())


def _told(view: Prints, others: Prints, holds: Holds, minimum: int) -> Told:
    """others: questions that tell only how many took part at least.

    A number that was closed here may not be worked out by a gemeente with its own either.
    """
    earlier, new = ([one for one in view if one.earlier is then] for then in (True, False))
    worked_out = {one.question: _worked_out(one, holds, minimum) for one in new}
    least = at_least(others, holds)
    then = Problem(earlier, holds, at_least((one for one in others if one.earlier), holds)).told(minimum)

    def told(some: Prints) -> set[People] | None:
        if then is None:  # of numbers that were counted otherwise nothing follows
            return Problem([one for one in some if not one.earlier], holds, least).told(minimum)
        found = Problem(some, holds, least).told(minimum)
        return None if found is None else found - then

    def told_to_anybody(some: Prints) -> set[People] | None:
        found = told(some)
        less = [one for one in some if found == set() and not one.earlier and one not in new]
        return set().union(*(_worked_out(one, holds, minimum) - worked_out[one.question] for one in less)) or found

    return told_to_anybody


def _worked_out(one: PrintedPeople, holds: Holds, minimum: int) -> set[People]:
    return Problem([_everybody(one)], holds, {}).worked_out(holds, minimum)


def _settled(prints: Prints, holds: Holds, told: Told) -> Gone:
    """Per question the lines that go: of one after the other beside what was printed before, last of who took part."""
    beside = [one for one in prints if one.earlier]
    new = sorted((one for one in prints if not one.earlier), key=lambda one: (one.question == TOOK_PART, one.question))
    if told(prints) == set():
        return {}
    gone = {}
    for one in new:
        if beside or one.question == TOOK_PART:
            gone[one.question] = _lines(one, beside, holds, told)
        beside += _without([*prints, one], gone)[-1:]
    return gone


def _lines(one: PrintedPeople, beside: Prints, holds: Holds, told: Told) -> list[str]:
    """The lines of a print that go: the smallest around what is told first, then what others close, then all of them.

    Then as many come back as can, the last that went first.
    """

    def tells(gone: Collection[str]) -> set[People] | None:
        return told([*beside, *_without([*beside, one], {one.question: gone})[-1:]])

    def size(area: str) -> int:
        return len(holds.get(area, ()))

    left = sorted({area for (area, _), n in one.n.items() if n is not None}, key=lambda area: (size(area), area))
    closed = {area for other in beside for (area, group), n in other.n.items() if n is None and group == EVERYBODY}
    gone: list[str] = []
    while left and (found := tells(gone)) != set():
        areas = holds.keys() if found is None else {who.area for who in found}  # of what contradicts, the sums
        around = [line for line in left if areas & {line, *holds.get(line, ())}]
        around = around or [line for line in left if line in closed] or left
        smallest = min(map(size, around))
        gone += [line for line in left if line in around and size(line) == smallest]
        left = [line for line in left if line not in gone]

    def come_back(lines: Sequence[str]) -> None:
        nonlocal gone
        fewer = [line for line in gone if line not in lines]
        if tells(fewer) == set():
            gone = fewer
        elif len(lines) > 1:
            come_back(lines[len(lines) // 2 :])
            come_back(lines[: len(lines) // 2])

    if gone:
        come_back(gone)
    return gone


def _without(prints: Prints, gone: Gone) -> list[PrintedPeople]:
    """What is left of the prints: numbers that an earlier one has stay."""
    then: dict[str, set[tuple[Place, int]]] = {}
    for one in prints:
        if one.earlier and gone.get(one.question):
            then.setdefault(one.question, set()).update((place, n) for place, n in one.n.items() if n is not None)

    def left(one: PrintedPeople) -> PrintedPeople:
        areas, kept = gone.get(one.question, ()), then.get(one.question, set())
        n = {place: None if place[0] in areas and (place, n) not in kept else n for place, n in one.n.items()}
        return replace(one, n=n)

    return [one if one.earlier or not gone.get(one.question) else left(one) for one in prints]
