"""Which groups of a release are not shown and why, per gemeente: what the second person looks at before publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.vocabulary import TOTAAL
from portal.house import House
from portal.speech import _
from portal.words import REASONS, doelgroep

if TYPE_CHECKING:
    from anonymisation.disclosure.closed import ClosedCell


@dataclass(frozen=True)
class ClosedGroup:
    """A group of one study that stays closed for one reason, at so many questions."""

    study: str
    group: str
    why: str
    questions: int


def areas_of(cells: Iterable[ClosedCell]) -> list[str]:
    """Codes of the areas with a closed group; the whole country first, as TOTAAL."""
    return sorted({_area(one) for one in cells}, key=lambda code: (code != TOTAAL, code))


def closed_in(house: House, cells: Iterable[ClosedCell], area: str) -> list[ClosedGroup]:
    """The closed groups of an area, in the order of study, group and reason."""
    found = Counter((_study(house, one), _group(one), one.reason) for one in cells if _area(one) == area)
    return [
        ClosedGroup(study, group, REASONS.get(reason, reason), many)
        for (study, group, reason), many in sorted(found.items())
    ]


def _area(one: ClosedCell) -> str:
    return one.codes.get("area", TOTAAL)


def _study(house: House, one: ClosedCell) -> str:
    return _(
        "{study}, meting {meting}, {who}",
        study=house.title_of(one.scope.get("instrument", "")),
        meting=one.scope.get("meting", ""),
        who=doelgroep(one.scope.get("doelgroep", "")),
    )


def _group(one: ClosedCell) -> str:
    parts = [f"{dim.replace('_', ' ')}: {code}" for dim, code in one.codes.items() if dim != "area" and code != TOTAAL]
    return ", ".join(parts) or _("iedereen")
