"""JSONL: one object a line, as story tools export."""

import json
import re
from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.decoding import to_utf8
from ingest.words import rows_word

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # control marks and half characters


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """One row per line; a list becomes its parts with `;` between.

    Objects inside objects, lists inside lists and a field that comes twice are refused.
    """
    lines = [line for line in to_utf8(path.read_bytes(), where).splitlines() if line.strip()]
    rows = [_object(line) for line in lines]
    if wrong := sum(row is None for row in rows):
        raise InputRejected(
            f"{where}: {rows_word(wrong)} zonder plat JSON-object (misschien is het bestand afgebroken, of staat een "
            f"veld er dubbel in); "
            f"maak de export opnieuw, met een object per regel"
        )
    headers = list(dict.fromkeys(name for row in rows if row for name in row))
    columns = [pa.array([row.get(name) if row else None for row in rows], pa.string()) for name in headers]
    if not headers:
        raise InputRejected(f"{where}: er staan geen velden in; maak de export opnieuw")
    return [pa.table(columns, names=headers)]


def _object(line: bytes) -> dict[str, str | None] | None:
    try:
        content = json.loads(line, object_pairs_hook=_flat)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _flat(pairs: list[tuple[str, object]]) -> dict[str, str | None]:
    """An object as cells; raises ValueError when a field comes twice or holds more than values."""
    cells = {name: _cell(value) for name, value in pairs}
    if len(cells) < len(pairs):
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
