"""XLSX and ODS: the data sheet, and sheets of open answers that belong to it; a codebook sheet is stepped over."""

import datetime as dt
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.rows import LABEL_ROWS, header_row, label_rows, table_of
from ingest.readers.zipped import check_workbook
from ingest.words import header_key, shown_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ASIDE = ("codeboek", "codebook", "legenda", "uitleg", "keuzes", "leeswijzer", "variabelen", "labels", "lijsten")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """The data sheet first, then sheets of open answers (to be joined by respondent)."""
    data = path.read_bytes()
    check_workbook(data, where, ods=path.suffix.casefold() == ".ods")
    workbook = _opened(data, where)
    names = [sheet] if sheet is not None else _sheets_of_data(workbook.sheet_names)
    if any(name not in workbook.sheet_names for name in names):
        raise InputRejected(
            f"{where}: het blad uit delivery.yaml staat niet in de werkmap; verbeter de naam van het blad"
        )
    places = {name: at for at, name in enumerate(workbook.sheet_names, start=1)}
    tables = []
    for name in names:
        shown = f"{where}, {shown_sheet(name, places[name])}" if len(names) > 1 else where
        cells, merged = _cells(workbook, name, shown)
        table = _table(cells, merged, expected, shown)
        if table is not None:
            tables.append(table)
    if not tables:
        raise InputRejected(f"{where}: er is geen blad met gegevens; zet de antwoorden op een blad met koppen")
    return tables


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


def _cells(workbook: "CalamineWorkbook", name: str, where: str) -> tuple[list[list[str | None]], int]:
    """The cells of a sheet, and how many rows from the top hold its last merged cell."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=True)
        first = (sheet.start or (0, 0))[0]
        merged = max((end[0] - first + 1 for _, end in sheet.merged_cell_ranges or []), default=0)
    except Exception:  # as above
        raise InputRejected(f"{where}: het blad is niet te lezen; sla de werkmap opnieuw op") from None
    return [[_text(cell) for cell in row] for row in rows], merged


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
    at = header_row([[cell or "" for cell in row] for row in cells[:3]], expected)
    headers = [cell or "" for cell in cells[at]]
    start = at + 1 + label_rows(headers, cells[at + 1 : at + 1 + LABEL_ROWS], expected)
    if merged > start:
        raise InputRejected(
            f"{where}: tussen de antwoorden staan samengevoegde cellen; splits ze, vul elke cel in en lever opnieuw aan"
        )
    return table_of(headers, cells[start:], where)
