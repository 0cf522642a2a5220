"""JSONL: one object a line, as story tools export."""

import json
from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.decoding import to_utf8
from ingest.words import rows_word


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """One row per line; a list becomes its parts with `;` between; objects inside objects are refused."""
    lines = [line for line in to_utf8(path.read_bytes(), where).splitlines() if line.strip()]
    rows = [_object(line) for line in lines]
    if wrong := sum(row is None for row in rows):
        raise InputRejected(
            f"{where}: {rows_word(wrong)} zonder plat JSON-object (misschien is het bestand afgebroken); "
            f"maak de export opnieuw, met een object per regel"
        )
    headers = list(dict.fromkeys(name for row in rows if row for name in row))
    columns = [pa.array([row.get(name) if row else None for row in rows], pa.string()) for name in headers]
    if len(set(headers)) != len(headers) or not headers:
        raise InputRejected(f"{where}: er staan geen velden in; maak de export opnieuw")
    return [pa.table(columns, names=headers)]


def _object(line: bytes) -> dict[str, str | None] | None:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    cells = {str(name): _cell(value) for name, value in content.items()}
    return None if any(isinstance(value, dict) for value in content.values()) else cells


def _cell(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "ja" if value else "nee"
        case list():
            return ";".join(str(part) for part in value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
