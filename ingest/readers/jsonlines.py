"""JSONL: one object a line, as story tools export."""

import io
import json
import re
from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.cells import MOST_CELLS, MOST_COLUMNS, too_much
from ingest.readers.decoding import to_utf8
from ingest.words import rows_word

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # control marks and half characters


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """One row per line; a list becomes its parts with `;` between.

    Objects inside objects, lists inside lists and a field that comes twice are refused.
    """
    columns: dict[str, list[str | None]] = {}
    rows = wrong = 0
    for line in io.BytesIO(to_utf8(path.read_bytes(), where)):
        if not line.strip():
            continue
        row = _object(line)
        if row is None:
            wrong += 1
            continue
        columns |= {name: [None] * rows for name in row if name not in columns}
        _check_extent(len(columns), rows + 1, where)
        for name, cells in columns.items():
            cells.append(row.get(name))
        rows += 1
    if wrong:
        raise InputRejected(
            f"{where}: {rows_word(wrong)} zonder plat JSON-object (misschien is het bestand afgebroken, of staat een "
            f"veld er dubbel in); "
            f"maak de export opnieuw, met een object per regel"
        )
    if not columns:
        raise InputRejected(f"{where}: er staan geen velden in; maak de export opnieuw")
    return [pa.table([pa.array(cells, pa.string()) for cells in columns.values()], names=list(columns))]


def _check_extent(columns: int, rows: int, where: str) -> None:
    """Every row has a cell for every field of the file: a new field on each line would ask for their square."""
    if columns > MOST_COLUMNS:
        raise InputRejected(f"{where}: er zijn meer dan {MOST_COLUMNS} velden; lever alleen de antwoorden aan")
    if columns * rows > MOST_CELLS:
        raise too_much(where)


def _object(line: bytes) -> dict[str, str | None] | None:
    try:
        content = json.loads(line, object_pairs_hook=_flat)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _flat(pairs: list[tuple[str, object]]) -> dict[str, str | None]:
    """An object as cells; raises ValueError when a field comes twice, holds more than values, or is no text."""
    cells = {name: _cell(value) for name, value in pairs}
    if len(cells) < len(pairs) or any(map(_NO_TEXT.search, cells)):
        raise ValueError
    return cells


def _cell(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "ja" if value else "nee"
        case dict():
            raise ValueError
        case list():
            if any(isinstance(part, list) for part in value):
                raise ValueError
            return ";".join(cell for part in value if (cell := _cell(part)) is not None)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            text = str(value)
            if _NO_TEXT.search(text):
                raise ValueError
            return text
