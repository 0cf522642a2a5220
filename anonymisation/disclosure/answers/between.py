"""All areas, and the groups of a breakdown in them, in several releases: together they may tell no count, nor what
those who came or left answered (T5, T10); neither to readers, nor to who knows its own answers (T8).
"""

from __future__ import annotations

from collections.abc import Sequence

from anonymisation.disclosure.answers.beside import Scale
from anonymisation.disclosure.answers.joined import Joined, Release
from anonymisation.disclosure.answers.own_between import OwnBetween


def tells_together(
    earlier: Sequence[Release],
    now: Release,
    scale: Scale = None,
    *,
    positive: Sequence[int] = (),
    single: bool = False,
    said: Sequence[Sequence[float]] = (),
) -> set[int]:
    """Lines of now, by place, to print more coarsely because releases together tell too much; none where they do not.

    First with each earlier release by itself, then with all. What these tell without this one counts no more then.
    scale: its ends, for means. positive: which figures the last one holds together. single: everybody gave one answer.
    said: what the people of each line of now really answered, as wide as its figures; with it nobody who delivered
    learns too much beside its own answers.
    """
    shown = [at for at, line in enumerate(now) if any(line.figures)]
    for before in (*([was] for was in earlier), *([earlier] if len(earlier) > 1 else [])) if shown else ():
        both = Joined.of([*before, now])
        asked = both.question(scale, positive, single=single)
        if both.links and (len(before) == 1 or asked.fits()):
            given = asked.given_away()
            if given and len(before) > 1:
                known = Joined.of(before).question(scale, positive, single=single).given_away()
                given = both.new(given, known)
            if not given and said:
                given = OwnBetween(both, asked, scale, said).learn()
            if given:
                return {_coarser(now, shown, {at - both.last for at in proof | {row}}) for row, proof in given.items()}
    return set()


def _coarser(now: Release, shown: Sequence[int], proof: set[int]) -> int:
    """The line of a proof that becomes coarser first: pooled, a group, and large; any other where none is in it."""

    def first(at: int) -> tuple[bool, bool, int, int]:
        return len(now[at].leaves) < 2, not now[at].group, -(now[at].n or 0), at

    return min(proof & {*shown} or shown, key=first)
