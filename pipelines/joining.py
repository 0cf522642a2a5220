"""Which gemeenten take part in a release, and what that means for what earlier ones printed: late ones join the next.

A gemeente that joins or goes as a whole needs no counter: its own cells are protected in the release that has them, and
the protector lays both releases together. Another delivery of a gemeente that was published already is something else:
who is in both is not known, so what was printed stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from anonymisation.disclosure.naming import scope_parts
from domain.delivery import DeliveryKey
from domain.release import TOTAL, EarlierCell, History
from pipelines.house import House
from register import contributions, releases

Delivered = Mapping[DeliveryKey, int]
"""The deliveries of a release with their versions."""


def delivered(house: House, release: str) -> dict[DeliveryKey, int]:
    """What a release was made of; a removal since makes no other version."""
    numbers = [number for number, _ in releases.get(house.register, release).contributions]
    found = [contributions.get(house.register, number) for number in numbers]
    return {part.key: part.version for one in found for part in one.content.parts}


def compared(
    history: History, then: Mapping[str, Delivered], now: Delivered, parents: Iterable[tuple[str, str]]
) -> History:
    """The history beside the deliveries of now. then: those of every earlier release; parents: (area, area above)."""
    above: dict[str, set[str]] = {}
    for area, up in parents:
        above.setdefault(area, set()).add(up)
    here, before = _TookPart(now, above), {release: _TookPart(found, above) for release, found in then.items()}

    @cache  # the groups of one area share what happened to it
    def change(release: str, scope: str, area: str) -> _Change:
        return _change(before[release].in_area(scope, area), here.in_area(scope, area), above)

    areas = ((cell, dict(cell.key).get("area", TOTAL)) for cell in history.cells)
    return History(tuple(change(cell.release, cell.scope, area).to(cell) for cell, area in areas))


@dataclass(frozen=True)
class _Change:
    """What happened to all groups of an area since an earlier release. people: as in `EarlierCell`.

    again: somebody may be counted from another delivery; a line that also lost a gemeente is other people besides.
    """

    again: bool
    people: str = ""

    def to(self, cell: EarlierCell) -> EarlierCell:
        """The cell as it stands now."""
        if self.again:
            cell = cell.standing()  # too few to hide in, whatever their number
        return replace(cell, people=self.people) if self.people else cell


def _change(was: Mapping[str, str], here: Mapping[str, str], above: Mapping[str, set[str]]) -> _Change:
    again = _again(was, here, above)
    other = bool(_went(was, here, above)) if again else was != here
    return _Change(again, " ".join(f"{area}.{was[area]}" for area in sorted(was)) if other else "")


class _TookPart:
    """Who delivered for one release, per scope and area of its cells."""

    def __init__(self, found: Delivered, above: Mapping[str, set[str]]) -> None:
        self._above = above
        self._versions: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
        for key, version in found.items():
            study = self._versions.setdefault((key.instrument, key.meting), {})
            study.setdefault(key.area, {})[key.doelgroep] = version
        self._marks: dict[str, dict[str, str]] = {}

    def in_area(self, scope: str, area: str) -> Mapping[str, str]:
        """The delivering areas that a cell of this area adds up, and what each delivered."""
        mine = self._of(scope)
        if area in mine:
            return {area: mine[area]} if mine[area] else {}
        under = (own for own in mine if area == TOTAL or area in self._above.get(own, ()))
        return {own: mine[own] for own in under if mine[own]}

    def _of(self, scope: str) -> dict[str, str]:
        if scope not in self._marks:
            parts = scope_parts(scope)
            study = self._versions.get((parts["instrument"], parts["meting"]), {})
            self._marks[scope] = {own: _mark(versions, parts["doelgroep"]) for own, versions in study.items()}
        return self._marks[scope]


def _again(was: Mapping[str, str], here: Mapping[str, str], above: Mapping[str, set[str]]) -> bool:
    """Whether people who were counted may be counted from another delivery: a newer one, or one of their verband."""
    other = any(here.get(area, mark) != mark for area, mark in was.items())
    return other or len(_went(was, here, above)) < len(was.keys() - here.keys())


def _went(was: Mapping[str, str], here: Mapping[str, str], above: Mapping[str, set[str]]) -> set[str]:
    """Who takes no part any more, also not in a verband or by its members."""
    came = here.keys() - was.keys()
    return {
        one
        for one in was.keys() - here.keys()
        if not any(one in above.get(two, ()) or two in above.get(one, ()) for two in came)
    }


def _mark(versions: Mapping[str, int], doelgroep: str) -> str:
    """What an area delivered about a doelgroep; a few vertegenwoordigers may be counted with any other (finish.sql)."""
    if doelgroep not in versions:
        return ""
    counted = versions if "vertegenwoordiger" in versions else {doelgroep: versions[doelgroep]}
    return ",".join(f"{name}:{version}" for name, version in sorted(counted.items()))
