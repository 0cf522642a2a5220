"""Which gemeenten take part in a release, and what that means for what earlier ones printed: late ones join the next.

A gemeente that joins or goes as a whole needs no counter: its own cells are protected in the release that has them, and
the protector lays both releases together. Another delivery of a gemeente that was published already is something else:
who is in both is not known, so what was printed stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from anonymisation.disclosure.attack_history import scope_parts
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
    return History(tuple(_beside(cell, then[cell.release], now, above) for cell in history.cells))


def _beside(cell: EarlierCell, then: Delivered, now: Delivered, above: Mapping[str, set[str]]) -> EarlierCell:
    was, here = _in_cell(cell, then, above), _in_cell(cell, now, above)
    if _again(was, here, above):
        return replace(cell, delta_in=1, delta_out=1)  # too few to hide in, whatever their number
    return cell if was == here else replace(cell, people=" ".join(f"{area}.{was[area]}" for area in sorted(was)))


def _again(was: Mapping[str, str], here: Mapping[str, str], above: Mapping[str, set[str]]) -> bool:
    """Whether people who were counted may be counted from another delivery: a newer one, or one of their verband."""
    went, came = was.keys() - here.keys(), here.keys() - was.keys()
    other = any(here.get(area, mark) != mark for area, mark in was.items())
    return other or any(one in above.get(two, ()) or two in above.get(one, ()) for one in went for two in came)


def _in_cell(cell: EarlierCell, found: Delivered, above: Mapping[str, set[str]]) -> dict[str, str]:
    """The delivering areas that a cell adds up, and what each delivered."""
    scope, area = scope_parts(cell.scope), dict(cell.key).get("area", TOTAL)
    every: dict[str, dict[str, int]] = {}
    for key, version in found.items():
        if (key.instrument, key.meting) == (scope["instrument"], scope["meting"]):
            every.setdefault(key.area, {})[key.doelgroep] = version
    mine = {own: _mark(versions, scope["doelgroep"]) for own, versions in every.items()}
    return {
        own: mark
        for own, mark in mine.items()
        if mark and (own == area or (area not in mine and (area == TOTAL or area in above.get(own, ()))))
    }


def _mark(versions: Mapping[str, int], doelgroep: str) -> str:
    """What an area delivered about a doelgroep; a few vertegenwoordigers may be counted with any other (finish.sql)."""
    if doelgroep not in versions:
        return ""
    counted = versions if "vertegenwoordiger" in versions else {doelgroep: versions[doelgroep]}
    return ",".join(f"{name}:{version}" for name, version in sorted(counted.items()))
