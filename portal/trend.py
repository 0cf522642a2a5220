"""One question through the years as lines: the own gemeente, one that was chosen beside it, and the country."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from textwrap import wrap

import jinja2

from portal.drawing import NOTE_LINE, source_line
from portal.grids import Grid, Line
from warehouse.reports.shown import Shown
from warehouse.sources import LAND

BESIDE = "naast"
"""The value in the link that names the gemeente to draw beside the own one."""
_FEW = 6
"""So many lines can be told apart; a release with more shows the own gemeente, the chosen one and the country."""
_LEFT, _WIDE = 280.0, 530.0
_TOP, _HIGH = 96.0, 240.0
_APART = 7.0
_ROW = 28
_NOTE = 130
"""Letters of a note that fit on one line of the picture."""


@dataclass(frozen=True)
class Point:
    """One meting of one gemeente: where it stands in the picture."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    value: Shown


@dataclass(frozen=True)
class Drawn:
    """One line. kind: which mark and colour; runs: the points that a line may join, without a gap between them."""

    name: str
    kind: str
    points: tuple[Point, ...]

    @property
    def runs(self) -> list[str]:
        """Neighbouring points with a value of their own; a closed or masked meting breaks the line."""
        found: list[list[str]] = [[]]
        for point in self.points:
            if point.y is None:
                found.append([])
            else:
                found[-1].append(f"{point.x:.1f},{point.y:.1f}")
        return [" ".join(run) for run in found if len(run) > 1]


@dataclass(frozen=True)
class Trend:
    """The picture: lines in the order of the page, years from left to right."""

    title: str
    subtitle: str
    years: tuple[tuple[str, float], ...]
    lines: tuple[Drawn, ...]
    mark: bool

    @property
    def ticks(self) -> list[tuple[str, float]]:
        """The scale: 0 to 10 for a mark, else 0 to 100 percent."""
        words = ("0", "2,5", "5", "7,5", "10") if self.mark else ("0 %", "25 %", "50 %", "75 %", "100 %")
        return [(word, height(25.0 * at)) for at, word in enumerate(words)]

    @property
    def tall(self) -> int:
        """Height of the picture: plot, and a row of values under it for every line."""
        return int(_TOP + _HIGH) + 50 + _ROW * len(self.lines)

    @property
    def closed(self) -> bool:
        """Whether a line has a gap because a value may not be shown."""
        return any(point.value.closed for line in self.lines for point in line.points)


def height(value: float) -> float:
    """Where 0 to 100 stands in the picture."""
    return _TOP + _HIGH * (1 - value / 100)


def trend(grid: Grid, own: frozenset[str], beside: str, *, mark: bool) -> Trend | None:
    """The years of a grid as lines; None with fewer than two metingen, or nothing that has a place on the scale."""
    lines = drawn_lines(grid.lines, own, beside)
    if len(grid.columns) < 2 or not any(value.x is not None for line in lines for value in line.values):
        return None
    step = _WIDE / (len(grid.columns) - 1)
    places = [_LEFT + step * at for at in range(len(grid.columns))]
    shift = [(at - (len(lines) - 1) / 2) * _APART for at in range(len(lines))]
    drawn = tuple(
        Drawn(line.name, kind, tuple(_point(value, x + aside) for value, x in zip(line.values, places, strict=True)))
        for line, kind, aside in zip(lines, _kinds(lines), shift, strict=True)
    )
    return Trend(grid.title, grid.subtitle, tuple(zip(grid.columns, places, strict=True)), drawn, mark)


def drawn_lines(lines: Iterable[Line], own: frozenset[str], beside: str) -> list[Line]:
    """Which gemeenten are drawn, in the order of the page: all when they are few, else own, chosen and country."""
    every = list(lines)
    chosen = [line for line in every if line.area in own or line.area in (beside, LAND)]
    return every if len(every) <= _FEW and not beside else chosen[:_FEW]


def svg(templates: jinja2.Environment, one: Trend, release: str = "", behind: str = "") -> str:
    """The picture with title, scale, lines, values and the release it is from, readable on its own; without a release
    for a page, which says title and release itself. behind: who stands behind the country in each year."""
    values = [point.value for line in one.lines for point in line.points]
    return templates.get_template("trend.svg").render(
        one=one, row=_ROW, bottom=_TOP + _HIGH, source=source_line(release, values) if release else "",
        notes=wrap(behind, _NOTE), note=NOTE_LINE,
    )  # fmt: skip


def _kinds(lines: list[Line]) -> list[str]:
    """A mark and colour per line; the country always looks the same."""
    others = iter(range(len(lines)))
    return ["country" if line.area == LAND else f"line{next(others)}" for line in lines]


def _point(value: Shown, x: float) -> Point:
    if value.x is None:
        return Point(x, None, None, None, value)
    if value.low is None or value.high is None:
        return Point(x, height(value.x), None, None, value)
    found = Point(x, height(value.x), height(value.low), height(value.high), value)
    return replace(found, y=None) if value.masked else found
