"""Comparisons as pictures: SVG by a template, PNG from the same SVG; made once per release and view."""

from collections.abc import Callable
from threading import Lock

import jinja2

from portal.comparing import Compared
from portal.grids import Grid, shade

_LINE = 30
_COLUMN = 110
_NAMES = 240
SHADES = ("#f7fbff", "#e3eef9", "#cfe1f2", "#b5d4e9", "#93c3df", "#6daed5", "#6daed5", "#1f6fb0", "#155a96", "#0a4a80")
_MOST = 400


def as_svg(templates: jinja2.Environment, compared: Compared) -> str:
    """The whole chart with title, axis, names and values, readable on its own."""
    height = 120 + _LINE * len(compared.table.lines)
    return templates.get_template("chart.svg").render(one=compared, height=height, step=_LINE)


def grid_svg(templates: jinja2.Environment, grid: Grid) -> str:
    """A grid with its colours, names and values."""
    width = _NAMES + _COLUMN * max(1, len(grid.columns)) + 40
    height = 200 + _LINE * len(grid.lines)
    return templates.get_template("grid.svg").render(
        one=grid, width=max(width, 640), height=height, step=_LINE, column=_COLUMN, names=_NAMES, shade=shade,
        colours={f"h{n}": colour for n, colour in enumerate(SHADES)},
    )  # fmt: skip


def as_png(svg: str) -> bytes:
    """The same picture for documents and slides."""
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=2)
    return picture


class Pictures:
    """Pictures that were drawn before; the oldest goes when there are many."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], bytes] = {}
        self._lock = Lock()

    def of(self, key: tuple[object, ...], draw: Callable[[], bytes]) -> bytes:
        """The picture for a release, view and reader; drawn when it is not there."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        made = draw()
        with self._lock:
            if len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = made
        return made
