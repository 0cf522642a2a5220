"""XLSX and ODS: the data sheet, and sheets of open answers that belong to it; a codebook sheet is stepped over."""

import datetime as dt
import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.bsn import check_columns, check_words
from ingest.expected import Expected
from ingest.readers import opendocument, openxml
from ingest.readers.rows import LABEL_ROWS, LOOK, header_row, known_headers, label_rows, table_of
from ingest.readers.zipped import parts_of
from ingest.words import header_key, shown_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_Cells = tuple[list[list[str | None]], int, int]
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
    shown = {name: f"{where}, {_shown(workbook, name, at)}" if len(names) > 1 else where for name, at in places.items()}
    found = {name: _cells(workbook, name, shown[name]) for name in names}
    tables = []
    for name in _data_first(found, expected, shown):
        cells, first, spanned = found[name]
        table = _table(cells, max(spanned, merged.get(name, 0)) - first, expected, shown[name])
        if table is not None:
            tables.append(table)
    if not tables:
        raise InputRejected(f"{where}: er is geen blad met gegevens; zet de antwoorden op een blad met koppen")
    for name in set(places) - set(names):
        aside = f"{where}, {_shown(workbook, name, places[name])}"
        check_columns(_as_it_is(_cells(workbook, name, aside)[0]), aside)
    return tables


def shown_headers(path: Path, expected: Expected) -> list[str]:
    """The headers of the sheets that somebody sees who opens the workbook; raises InputRejected as `read` does for what
    lies in the file, not for sheets: what has to be told of these is told where they are read."""
    data, where = path.read_bytes(), "deze werkmap"
    _checked(data, expected, where)
    workbook = _opened(data, where)
    seen = [name for at, name in enumerate(workbook.sheet_names) if _visible(workbook, at)]
    found = [_cells(workbook, name, where)[0] for name in _sheets_of_data(seen)]
    rows = [[[cell or "" for cell in row] for row in cells[:LOOK]] for cells in found]
    return list(dict.fromkeys(cell for first in rows for cell in header_row(first, expected)[1] if cell))


def names_of(path: Path) -> list[str]:
    """The sheets of a workbook by name, without reading their cells; raises InputRejected as `read` does."""
    data, where = path.read_bytes(), "deze werkmap"
    _checked(data, Expected(), where)
    return list(_opened(data, where).sheet_names)


def _shown(workbook: "CalamineWorkbook", name: str, number: int) -> str:
    """A sheet as a message may name it; who cannot see it has to know that it is there."""
    return shown_sheet(name, number) + ("" if _visible(workbook, number - 1) else " (verborgen)")


def _visible(workbook: "CalamineWorkbook", at: int) -> bool:
    return str(workbook.sheets_metadata[at].visible).endswith(".Visible")


def _data_first(found: Mapping[str, _Cells], expected: Expected, shown: Mapping[str, str]) -> list[str]:
    """The sheets in the order to read them: the one with most names that the codebook knows in front.

    Raises InputRejected for a sheet beside it in which it knows none: nobody said what that is.
    """
    known = {
        name: max((known_headers(row, expected) for row in cells[:LOOK]), default=0)
        for name, (cells, _, _) in found.items()
    }
    most = max(known, key=known.__getitem__)
    strange = [name for name in found if not known[name] and any(map(any, found[name][0]))]
    if known[most] and strange:
        raise InputRejected(
            f"{shown[strange[0]]}: op dit blad staat geen enkele kolom die wij kennen; haal het blad uit de werkmap, "
            f"of lever alleen het blad met de antwoorden aan"
        )
    return sorted(found, key=lambda name: name != most)


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


def _cells(workbook: "CalamineWorkbook", name: str, where: str) -> _Cells:
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
    at, headers = header_row([[cell or "" for cell in row] for row in cells[:LOOK]], expected)
    start = at + 1 + label_rows(headers, cells[at + 1 : at + 1 + LABEL_ROWS], expected)
    if merged > start:
        raise InputRejected(
            f"{where}: tussen de antwoorden staan samengevoegde cellen; splits ze, vul elke cel in en lever opnieuw aan"
        )
    return table_of(headers, cells[start:], where)
