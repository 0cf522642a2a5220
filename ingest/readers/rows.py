"""What readers of rows share: finding the header, leaving out a row of labels, naming columns."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.words import MISSING, fold, rows_word

LOOK = 20
"""In how many of the first rows the headers are looked for: above them stands a title, a date, who made it."""
LABEL_ROWS = 2


def header_row(first: Sequence[Sequence[str]], expected: Expected) -> tuple[int, list[str]]:
    """Which of the first rows holds the headers, the one with most names that the codebook knows; and the headers.

    A name that reaches over two rows of headers stands in the upper one: it is taken along.
    """
    known = [known_headers(row, expected) for row in first]
    at = known.index(max(known)) if known else 0
    above = first[at - 1] if at and known[at - 1] else ()
    taken = [
        upper if not cell and expected.column(upper) else cell
        for cell, upper in zip_longest(first[at], above, fillvalue="")
    ]
    return at, taken[: len(first[at])]


def known_headers(row: Iterable[str | None], expected: Expected) -> int:
    """In how many cells of a row stands a name that the codebook knows."""
    return sum(expected.column(cell) is not None for cell in row if cell)


def label_rows(headers: Sequence[str], first: Sequence[Sequence[str | None]], expected: Expected) -> int:
    """How many of the first rows under the header hold labels (survey tools write one or two)."""
    return next((at for at, cells in enumerate(first) if not is_label_row(headers, cells, expected)), len(first))


def is_label_row(headers: Sequence[str], cells: Sequence[str | None], expected: Expected) -> bool:
    """Whether the row under the header repeats the questions instead of giving answers.

    Only when two or more closed columns are filled and not one of them holds anything that could be an answer, nor
    does a number tell whose row it is: such a row could not have been taken as data.
    """
    names = [expected.column(header) for header in headers]
    if any(
        name in expected.identifiers and cell and any(map(str.isdigit, cell))
        for name, cell in zip(names, cells, strict=False)
    ):
        return False
    filled = [
        fold(cell)
        for name, cell in zip(names, cells, strict=False)
        if name in expected.closed and cell and fold(cell) not in MISSING
    ]
    return len(filled) >= 2 and not any(cell in expected.labels or _could_be_answer(cell) for cell in filled)


def _could_be_answer(cell: str) -> bool:
    """A number, a date, ja or nee; or codes with a mark between."""
    return cell[0].isdigit() or cell[0] in "+-" or len(cell) <= 3 or any(mark in cell for mark in ";|")


def without_empty_columns(headers: list[str], table: pa.Table, where: str) -> pa.Table:
    """The table under its headers; a column without a header must be empty and is left out."""
    named: list[int] = []
    for at, header in enumerate(headers):
        if header.strip():
            named.append(at)
            continue
        column = table.column(at)
        text = pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))  # a space far away shows nowhere
        used = pc.sum(pc.not_equal(text, "")).as_py() or 0
        if used:
            raise InputRejected(
                f"{where}: de {at + 1}e kolom heeft geen kop maar wel {rows_word(used)} met een waarde; "
                f"zet er een kop boven of haal de kolom weg"
            )
    return pa.table([table.column(at) for at in named], names=[headers[at].strip() for at in named])


def table_of(headers: Sequence[str], rows: Sequence[Sequence[str | None]], where: str) -> pa.Table:
    """A table of text from rows of cells; rows without any cell are left out."""
    filled = [row for row in rows if any(cell not in (None, "") for cell in row)]
    width = len(headers)
    columns = [pa.array([row[at] if at < len(row) else None for row in filled], pa.string()) for at in range(width)]
    table = pa.table(columns, names=[str(at) for at in range(width)])
    return without_empty_columns(list(headers), table, where)
