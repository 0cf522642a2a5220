"""Comparisons as pictures: SVG by a template, PNG from the same SVG; made once per release and view."""

from collections.abc import Callable, Iterable
from textwrap import wrap
from threading import Lock
from typing import TypeVar, cast

import jinja2

from portal.comparing import Compared
from portal.grids import Grid, shade
from warehouse.reports.shown import Shown

T = TypeVar("T")
_LINE = 30
_COLUMN = 124
_LETTERS = 18
"""That fit in a column; a longer word makes every column wider, for a word is not cut."""
_NAMES = 240
PLACE = ("uitgave", "gebied", "naam", "samen")
"""Columns with which a table about one area begins; samen: who deliver in a verband, in words."""
NOTE_LINE = 16
"""Height of a line of small text under a picture."""
SHADES = ("#f7fbff", "#e3eef9", "#cfe1f2", "#b5d4e9", "#93c3df", "#6daed5", "#6daed5", "#1f6fb0", "#155a96", "#0a4a80")
_MOST = 400
_ON_SCREEN, _IN_PICTURES = (f'font-family="{name}"' for name in ("Source Sans 3, Arial, sans-serif", "sans-serif"))


def as_svg(templates: jinja2.Environment, compared: Compared) -> str:
    """The whole chart with title, axis, names and values, readable on its own."""
    values = [value for line in compared.table.lines for value in line.values]
    height = 130 + _LINE * len(compared.table.lines)
    return templates.get_template("chart.svg").render(
        one=compared, height=height, step=_LINE, source=source_line(compared.view.release, values)
    )


def grid_svg(templates: jinja2.Environment, grid: Grid, behind: str = "") -> str:
    """A grid with its colours, names and values: as wide and high as its words ask. behind: who stands behind the
    country in each year."""
    headings = [wrap(name, _LETTERS, break_long_words=False) for name in grid.columns]
    longest = max((len(part) for parts in headings for part in parts), default=0)
    values = [value for line in grid.lines for value in line.values]
    said = max((len(value.short) + 2 * value.indicative for value in values), default=0)
    column = max(_COLUMN, round(6.4 * longest) + 8, 7 * said + 16)
    names = max([_NAMES, *(round(8.2 * len(line.name)) + 20 for line in grid.lines)])
    top = 96 + 14 * max([1, *map(len, headings)])
    words = max(round(10.5 * len(grid.title)), round(7.4 * len(grid.subtitle)))
    width = max(names + column * len(grid.columns), words, 600) + 40
    notes = wrap(behind, round((width - 40) / 6.2))
    return templates.get_template("grid.svg").render(
        one=grid, headings=headings, names=names, top=top, column=column, step=_LINE, shade=shade, width=width,
        height=top + 20 + _LINE * len(grid.lines) + NOTE_LINE * len(notes), notes=notes, note=NOTE_LINE,
        colours={f"h{n}": colour for n, colour in enumerate(SHADES)}, source=source_line(grid.query["uitgave"], values),
    )  # fmt: skip


def source_line(release: str, values: Iterable[Shown] = ()) -> str:
    """What a picture must say when it stands in somebody's report: where it is from, and what the marks mean."""
    found = {value.status for value in values}
    return " ".join((
        f"Toegangspeil, uitgave {release}.",
        *(["* Minder dan 30 mensen."] if "indicative" in found else []),
        *(["Beschermd: anders is een kleine groep te zien; dat is niet nul."] if "suppressed" in found else []),
    ))  # fmt: skip


def as_png(svg: str) -> bytes:
    """The same picture for documents and slides, in the font that comes with the converter.

    It has no second choice of font: a text in one that it does not know is not drawn at all.
    """
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg.replace(_ON_SCREEN, _IN_PICTURES), scale=2)
    return picture


class Pictures:
    """Comparisons and pictures that were made before; the oldest goes when there are many."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], object] = {}
        self._lock = Lock()

    def of(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What belongs to a release, view and reader; made when it is not there. One key, one kind of thing."""
        with self._lock:
            if key in self._kept:
                return cast("T", self._kept[key])
        made = make()
        with self._lock:
            if len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = made
        return made
