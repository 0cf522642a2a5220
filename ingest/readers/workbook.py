"""XLSX and ODS: the data sheet, and sheets of open answers that belong to it; a codebook sheet is stepped over."""

import datetime as dt
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.bsn import check_columns, check_words
from ingest.expected import Expected
from ingest.readers import opendocument, openxml
from ingest.readers.rows import LABEL_ROWS, LOOK, header_row, label_rows, table_of
from ingest.readers.zipped import parts_of
from ingest.words import header_key, shown_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ASIDE = ("codeboek", "codebook", "legenda", "uitleg", "keuzes", "leeswijzer", "variabelen", "labels", "lijsten")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """The data sheet first, then sheets of open answers (to be joined by respondent)."""
    data = path.read_bytes()
    merged = _checked(data, expected, where)
    workbook = _opened(data, where)
    check_words(workbook.sheet_names, where, "de naam van een blad")
    names = [sheet] if sheet is not None else _sheets_of_data(workbook.sheet_names)
    if any(name not in workbook.sheet_names for name in names):
        raise InputRejected(
            f"{where}: het blad uit delivery.yaml staat niet in de werkmap; verbeter de naam van het blad"
        )
    places = {name: at for at, name in enumerate(workbook.sheet_names, start=1)}
    tables = []
    for name in names:
        shown = f"{where}, {shown_sheet(name, places[name])}" if len(names) > 1 else where
        cells, first, spanned = _cells(workbook, name, shown)
        table = _table(cells, max(spanned, merged.get(name, 0)) - first, expected, shown)
        if table is not None:
            tables.append(table)
    if not tables:
        raise InputRejected(f"{where}: er is geen blad met gegevens; zet de antwoorden op een blad met koppen")
    for name in set(places) - set(names):
        shown = f"{where}, {shown_sheet(name, places[name])}"
        check_columns(_as_it_is(_cells(workbook, name, shown)[0]), shown)
    return tables


def _checked(data: bytes, expected: Expected, where: str) -> dict[str, int]:
    """Per sheet the last merged row, where the reader of cells does not tell it.

    Looks at what the file is and not at its name, as the library does.
    """
    parts, counted = parts_of(data, where), expected.kind is Kind.AGGREGATE
    if "xl/workbook.bin" in parts:
        raise InputRejected(f"{where}: deze Excel-indeling lezen wij niet; sla het bestand op als .xlsx")
    openxml.check(parts, where, counted=counted)
    return opendocument.check(parts, where, counted=counted)


def _sheets_of_data(names: list[str]) -> list[str]:
    """The data sheet, then the open answers; sheets that only explain are left out."""
    useful = [name for name in names if not header_key(name).startswith(_ASIDE)]
    return sorted(useful, key=lambda name: "open" in header_key(name))


def _opened(data: bytes, where: str) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook  # loaded only where a workbook is read

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception:  # whatever the library raises may hold content
        raise InputRejected(
            f"{where}: de werkmap is niet te openen; sla hem opnieuw op en probeer het nog eens"
        ) from None


def _cells(workbook: "CalamineWorkbook", name: str, where: str) -> tuple[list[list[str | None]], int, int]:
    """The cells of a sheet, how many empty rows stand above them, and the last row with a merged cell."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
        first = (sheet.start or (0, 0))[0]
        merged = max((end[0] + 1 for _, end in sheet.merged_cell_ranges or []), default=0)
    except Exception:  # as above
        raise InputRejected(f"{where}: het blad is niet te lezen; sla de werkmap opnieuw op") from None
    return [[_text(cell) for cell in row] for row in rows], first, merged


def _as_it_is(cells: list[list[str | None]]) -> pa.Table:
    """A sheet that nobody reads, as columns without names."""
    columns = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
    return pa.table(columns, names=[""] * len(columns))


def _text(cell: object) -> str | None:
    """A cell as it would stand in a CSV: whole numbers without point, dates as jjjj-mm-dd."""
    match cell:
        case None | "":
            return None
        case bool():
            return "ja" if cell else "nee"
        case float():
            return None if math.isnan(cell) else str(int(cell)) if cell.is_integer() else repr(cell)
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
        case _:
            return str(cell)


def _table(cells: list[list[str | None]], merged: int, expected: Expected, where: str) -> pa.Table | None:
    if not any(cell for row in cells for cell in row):
        return None
    at = header_row([[cell or "" for cell in row] for row in cells[:LOOK]], expected)
    headers = [cell or "" for cell in cells[at]]
    start = at + 1 + label_rows(headers, cells[at + 1 : at + 1 + LABEL_ROWS], expected)
    if merged > start:
        raise InputRejected(
            f"{where}: tussen de antwoorden staan samengevoegde cellen; splits ze, vul elke cel in en lever opnieuw aan"
        )
    return table_of(headers, cells[start:], where)
