"""An OpenDocument workbook looked through before its cells are read: size, merged cells, what stands beside them.

Equal cells and rows are written once with a number, so a file of a few kB can stand for a sheet of any size.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.readers import cells

_NAME = re.compile(rb'table:name="([^"]*)"')
_CELL = re.compile(rb"<table:(?:covered-)?table-cell[^>]*>")
_TIMES = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
_SPAN = re.compile(rb'number-(columns|rows)-spanned="(\d+)"')
_UNCALCULATED = re.compile(rb"<table:table-cell(?![^>]*value-type)[^>]*table:formula[^>]*>")
_PERCENTAGE = b'office:value-type="percentage"'
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
    if _UNCALCULATED.search(content):
        raise cells.refusal(cells.Lost.UNCALCULATED, where)
    if _FAILED.search(content):
        raise cells.refusal(cells.Lost.FAILED, where)
    if counted and _PERCENTAGE in content:
        raise cells.refusal(cells.Lost.PERCENTAGES, where)
    return {sheet.name: sheet.merged for sheet in sheets}


@dataclass(frozen=True)
class _Sheet:
    """Columns and rows up to the last filled cell; and how many rows from the top hold the last merged cell."""

    name: str
    columns: int
    rows: int
    merged: int


def _sheets_of(content: bytes) -> list[_Sheet]:
    return [_sheet(table) for table in content.split(b"<table:table ")[1:]]


def _sheet(table: bytes) -> _Sheet:
    columns = rows = seen = merged = 0
    for row in table.split(b"<table:table-row")[1:]:
        if spanned := _SPAN.findall(row):
            merged = max([merged, *(seen + _deep(*span) for span in spanned)])
        seen += _times(row[: row.find(b">")])
        if b"value-type" in row:
            columns, rows = max(columns, _width(row)), seen
    found = _NAME.search(table[: table.find(b">")])
    return _Sheet(html.unescape(found[1].decode("utf-8", "replace")) if found else "", columns, rows, merged)


def _deep(direction: bytes, cells: bytes) -> int:
    """How many rows down a cell reaches that spans others; 0 when it spans only itself."""
    return 0 if int(cells) < 2 else int(cells) if direction == b"rows" else 1


def _width(row: bytes) -> int:
    width = seen = 0
    for cell in _CELL.findall(row):
        seen += _times(cell)
        if b"value-type" in cell:
            width = seen
    return width


def _times(tag: bytes) -> int:
    found = _TIMES.search(tag)
    return int(found[1]) if found else 1
