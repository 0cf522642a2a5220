"""Who stands behind the country in each meting, for the lines of the years."""

from portal.grids import Grid
from portal.speech import _
from warehouse.reports import behind
from warehouse.sources import LAND


def members(grid: Grid) -> dict[str, behind.Members]:
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
    counted = dict(zip(grid.columns, grid.counted, strict=False))
    asked = members(grid)
    found = {year: behind.standing(those, counted.get(year), year) for year, those in asked.items()}
    said = behind.behind_country(found, _)
    if not said or found == asked:
        return said
    return _("{said} Wie later aanleverde, telt niet mee in een landelijk cijfer dat er al stond.", said=said)
