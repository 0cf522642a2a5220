"""CSV as gemeenten send it: `;`, `,`, tab or `|`, UTF-8, UTF-16 or cp1252, with or without BOM."""

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc_csv

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.decoding import to_utf8
from ingest.readers.quotes import pair_up
from ingest.readers.rows import LABEL_ROWS, LOOK, header_row, label_rows, without_empty_columns
from ingest.words import rows_word

_DELIMITERS = ";,\t|"
_BLOCK = 1 << 22
_MOST_COLUMNS, _WIDEST = 2_000, 20_000  # with a name, and with the empty ones that Excel writes beside them
_SMALL = pa.dictionary(pa.int32(), pa.string())


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """The rows of a delimited file, every column as text (columns with few answers dictionary encoded)."""
    data = to_utf8(path.read_bytes(), where)
    delimiter, headers, start = _known_header(data, expected, where)
    _check_headers(headers, expected, where)
    names = [str(at) for at in range(len(headers))]
    types = {
        name: _SMALL if expected.column(header) in expected.few else pa.string()
        for name, header in zip(names, headers, strict=True)
    }
    table = _parse(data, start, delimiter, names, types, where)
    top = table.slice(0, LABEL_ROWS).to_pydict().values()
    labels = label_rows(headers, list(zip(*top, strict=True)), expected)
    return [without_empty_columns(headers, table.slice(labels), where)]


def _known_header(data: bytes, expected: Expected, where: str) -> tuple[str, list[str], int]:
    """Of the first lines the one in which the codebook knows most names; when it knows none, the very first."""
    lines = [header_of(data, where)]
    for _ in range(LOOK):
        try:
            lines.append(header_of(data, where, lines[-1][2]))
        except InputRejected:  # no more lines, or none that could be headers
            break
    at, headers = header_row([found for _, found, _ in lines], expected)
    return lines[at][0], headers, lines[at][2]


def _check_headers(headers: list[str], expected: Expected, where: str) -> None:
    if sum(bool(header.strip()) for header in headers) > _MOST_COLUMNS:
        raise _too_wide(where)
    if len(headers) == 1 and expected.column(headers[0]) is None:
        raise InputRejected(f"{where}: wij zien maar een kolom; zet ; of , of een tab tussen de kolommen")


def header_of(data: bytes, where: str, start: int = 0) -> tuple[str, list[str], int]:
    """Delimiter, headers and where the rows begin; a `sep=;` line of Excel and empty lines are stepped over."""
    if start == 0 and data[:4].lower() == b"sep=":
        start = data.find(b"\n") + 1
    line, end = _first_record(data, start)
    while not line.strip() and end < len(data):
        line, end = _first_record(data, end)
    if line.count(b'"') % 2:
        raise _open_quote(where)
    text = line.decode()
    if not text.strip():
        raise InputRejected(f"{where}: de eerste regel is leeg; zet daar de koppen van de kolommen")
    delimiter = max(_DELIMITERS, key=lambda mark: _outside_quotes(text, mark))
    try:
        headers = next(csv.reader([text.replace("\r", " ").replace("\n", " ")], delimiter=delimiter))
    except csv.Error:  # a cell of more than 128 kB
        raise InputRejected(f"{where}: de eerste regel is geen regel met koppen; maak de export opnieuw") from None
    if len(headers) > _WIDEST:  # before anybody looks up what each of a million names could mean
        raise _too_wide(where)
    return delimiter, headers, end


def _too_wide(where: str) -> InputRejected:
    return InputRejected(f"{where}: er zijn meer dan {_MOST_COLUMNS} kolommen; lever alleen de tabel aan")


def _open_quote(where: str) -> InputRejected:
    return InputRejected(
        f"{where}: een tekst tussen aanhalingstekens is niet goed afgesloten (misschien is het bestand afgebroken); "
        f"maak de export opnieuw"
    )


def _first_record(data: bytes, start: int) -> tuple[bytes, int]:
    """The first record (a quoted header may hold line ends) and the place after it."""
    seen, quotes = start, 0
    while (end := data.find(b"\n", seen)) >= 0:
        quotes += data.count(b'"', seen, end)
        if quotes % 2 == 0:
            return data[start:end].rstrip(b"\r"), end + 1
        seen = end + 1
    return data[start:].rstrip(b"\r"), len(data)


def _outside_quotes(text: str, mark: str) -> int:
    return sum(part.count(mark) for part in text.split('"')[::2])


def _parse(
    data: bytes, start: int, delimiter: str, names: list[str], types: dict[str, pa.DataType], where: str
) -> pa.Table:
    wrong: list[int] = []

    def skip(row: Any) -> str:
        wrong.append(row.actual_columns)
        return "skip"

    if not pair_up(data, start, delimiter):
        raise _open_quote(where)
    body = pa.py_buffer(data).slice(start)
    if not bytes(memoryview(body)[:65536]).strip():
        return pa.table({name: pa.array([], pa.string()) for name in names})
    try:
        table = pc_csv.read_csv(
            pa.BufferReader(body),
            read_options=pc_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pc_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=_quoted_line_ends(data, start), invalid_row_handler=skip
            ),
            convert_options=pc_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    except pa.ArrowException:
        raise InputRejected(
            f"{where}: het bestand is niet als tabel te lezen (misschien afgebroken, of een aanhalingsteken te veel); "
            f"maak de export opnieuw"
        ) from None
    if wrong:
        advice = (
            "zijn het geen antwoorden (een noot onderaan), haal ze weg"
            if all(cells < len(names) for cells in wrong)
            else "maak de export opnieuw met aanhalingstekens om de teksten"
        )
        raise InputRejected(
            f"{where}: {rows_word(len(wrong))} met een ander aantal kolommen dan de {len(names)} koppen; {advice}"
        )
    return table


def _quoted_line_ends(data: bytes, start: int) -> bool:
    """Whether a cell may hold a line end: only then the slower, careful parsing is needed."""
    return data.find(b'"', start) >= 0
