"""An OpenDocument workbook looked through before its cells are read: size, merged cells, what stands beside them.

Equal cells and rows are written once with a number, so a file of a few kB can stand for a sheet of any size. XML
may be written in other ways than office programs do (quotes, spaces, line ends): all of them are read here.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from ingest.readers import cells

_SHEET = re.compile(rb"<table:table(?=[\s/>])")
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^<>]*)>")
_NAME = re.compile(rb"""table:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TIMES = re.compile(rb"""number-(?:columns|rows)-repeated\s*=\s*["']([^"']*)""")
_SPAN = re.compile(rb"""number-(columns|rows)-spanned\s*=\s*["']([^"']*)""")
_UNCALCULATED = re.compile(rb"<table:table-cell(?![^<>]*value-type)[^<>]*table:formula[^<>]*>")
_PERCENTAGE = re.compile(rb"""office:value-type\s*=\s*["']percentage["']""")
_FILLED = b"value"  # of value-type, date-value and the like
_BEYOND = 1 << 40  # a number that is none: more than anybody reads
_FAILED = re.compile(rb">#(?:REF!|NAME\?)</text:p>")


def check(parts: Mapping[str, bytes], where: str, *, counted: bool) -> dict[str, int]:
    """Per sheet, how many rows from the top hold its last merged cell (0: none).

    Raises InputRejected unless all is in the cells, and every cell says what it shows; `counted` as in openxml.
    """
    content = parts.get("content.xml", b"")
    if b"<office:annotation" in content:
        raise cells.refusal(cells.Lost.COMMENTS, where)
    sheets = _sheets_of(content)
    for sheet in sheets:
        cells.check_extent(sheet.columns, sheet.rows, where)
    cells.check_text(sum(sheet.text for sheet in sheets), where)
    if _UNCALCULATED.search(content):
        raise cells.refusal(cells.Lost.UNCALCULATED, where)
    if _FAILED.search(content):
        raise cells.refusal(cells.Lost.FAILED, where)
    if counted and _PERCENTAGE.search(content):
        raise cells.refusal(cells.Lost.PERCENTAGES, where)
    return {sheet.name: sheet.merged for sheet in sheets}


@dataclass(frozen=True)
class _Sheet:
    """Columns and rows up to the last filled cell; how many rows from the top hold the last merged cell; and bytes of
    text in all its cells."""

    name: str
    columns: int
    rows: int
    merged: int
    text: int


def _sheets_of(content: bytes) -> list[_Sheet]:
    return [_sheet(table) for table in _SHEET.split(content)[1:]]


def _sheet(table: bytes) -> _Sheet:
    columns = rows = seen = merged = text = 0
    for row in _ROW.split(table)[1:]:
        if spanned := _SPAN.findall(row):
            merged = max([merged, *(seen + _deep(*span) for span in spanned)])
        times = _times(row[: row.find(b">")])
        seen += times
        if _FILLED in row:
            width, size = _extent(row)
            columns, rows, text = max(columns, width), seen if width else rows, text + size * times
    found = _NAME.search(table[: table.find(b">")])
    name = (found[1] or found[2] or b"").decode("utf-8", "replace") if found else ""
    return _Sheet(html.unescape(name), columns, rows, merged, text)


def _deep(direction: bytes, cells: bytes) -> int:
    """How many rows down a cell reaches that spans others; 0 when it spans only itself."""
    reach = _number(cells)
    return 0 if reach < 2 else reach if direction == b"rows" else 1


def _extent(row: bytes) -> tuple[int, int]:
    """Columns up to the last filled cell of a row, and bytes of text in its cells."""
    width = seen = text = 0
    found = list(_CELL.finditer(row))
    for cell, after in zip_longest(found, found[1:]):
        times = _times(cell[1])
        seen += times
        if _FILLED in cell[1]:
            width = seen
            text += times * ((after.start() if after else len(row)) - cell.start())
    return width, text


def _times(tag: bytes) -> int:
    found = _TIMES.search(tag)
    return _number(found[1]) if found else 1


def _number(written: bytes) -> int:
    return int(written) if written.isdigit() and len(written) < 10 else _BEYOND
