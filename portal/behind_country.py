"""Who stands behind the country in each meting: a line through the years of other gemeenten says little of change."""

from portal.grids import Grid
from portal.speech import _
from portal.words import listed, number
from warehouse.sources import LAND

Members = frozenset[str]


def members(grid: Grid) -> dict[str, Members]:
    """Meting -> the gemeenten and verbanden that were asked the same, where the country has a figure."""
    country = next((line for line in grid.lines if line.area == LAND), None)
    leaves = [line for line in grid.lines if line.area != LAND]
    return {
        column: frozenset(line.area for line in leaves if line.values[at].status not in ("absent", "not_comparable"))
        for at, column in enumerate(grid.columns)
        if country is not None and not country.values[at].closed and country.values[at].status != "absent"
    }


def behind_country(grid: Grid) -> str:
    """Whether the years of the country may be compared, and why not; '' with fewer than two of them."""
    found = members(grid)
    different = set(found.values())
    if len(found) < 2:
        return ""
    if len(different) == 1:
        (same,) = different
        return _(
            "Landelijk gaat in elke meting over dezelfde {n} gemeenten en verbanden. Die jaren kunt u vergelijken.",
            n=number(len(same)),
        )
    counts = listed([f"{meting.lower()} ({number(len(one))})" for meting, one in found.items()])
    alike = [
        listed([meting.lower() for meting, one in found.items() if one == group])
        for group in dict.fromkeys(found.values())
        if sum(one == group for one in found.values()) > 1
    ]
    said = _(
        "Let op: achter Landelijk staan niet elk jaar dezelfde gemeenten en verbanden: {counts}. Een verschil tussen "
        "jaren kan ook daardoor komen.",
        counts=counts,
    )
    if not alike:
        return said
    return _(
        "{said} Deze jaren gaan wel over dezelfde gemeenten en kunt u vergelijken: {alike}.",
        said=said, alike="; ".join(alike),
    )  # fmt: skip
