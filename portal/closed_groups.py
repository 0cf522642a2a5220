"""Which groups of a release are not shown and why, per gemeente: what the second person looks at before publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.instruments import Column
from domain.vocabulary import ONBEKEND, TOTAAL
from portal.house import House
from portal.policy_words import uncapital
from portal.speech import _
from portal.words import REASONS, doelgroep
from storage.codebooks import Codebooks

if TYPE_CHECKING:
    from anonymisation.disclosure.closed import ClosedCell

_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")
Columns = Mapping[tuple[str, str], Column]


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
    columns = breakdowns_of(house.codebooks)
    found = Counter((_study(house, one), _group(one, columns), one.reason) for one in cells if _area(one) == area)
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


def breakdowns_of(codebooks: Codebooks) -> Columns:
    """What a breakdown is, per instrument and code; where codebooks of one instrument differ, the newest."""
    return {
        (book.instrument, name): column
        for book in codebooks.readable()
        for columns in book.tables.values()
        for name, column in columns.items()
        if column.breakdown
    }


def _group(one: ClosedCell, columns: Columns) -> str:
    instrument = one.scope.get("instrument", "")
    parts = [
        group_words(columns.get((instrument, dim)), dim, code)
        for dim, code in one.codes.items()
        if dim != "area" and code != TOTAAL
    ]
    return ", ".join(parts) or _("iedereen")


def group_words(column: Column | None, name: str, code: str) -> str:
    """A group as a reader says it: 'leeftijd in jaren: 85 of meer'; what no codebook knows, as it is."""
    called = uncapital(column.text) if column and column.text else name.replace("_", " ")
    return f"{called}: {_value(column, code)}"


def _value(column: Column | None, code: str) -> str:
    if column and code in column.values:
        return column.values[code]
    if code == ONBEKEND:
        return _("niet bekend")
    if column and column.bands and (band := _BAND.fullmatch(code)):
        first, last = band.groups()
        return _("{first} tot en met {last}", first=first, last=last) if last else _("{first} of meer", first=first)
    return code
