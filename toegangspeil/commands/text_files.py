"""What `detect`, `anonymise` and `scan` read: texts of files and folders, and what may be shown of their names."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from anonymisation.streams import scan
from anonymisation.text import Detector
from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers import KINDS, read_file
from ingest.readers.decoding import to_utf8
from ingest.readers.word import all_words

_ANYTHING = Expected()
PLAIN = (".txt", ".md")


def named_files(paths: Iterable[Path], detector: Detector) -> Iterator[tuple[str, Path]]:
    """(name as it may be shown, file) of the files and of every file below a folder, in a fixed order."""
    found = (one for path in paths for one in (sorted(path.rglob("*")) if path.is_dir() else [path]) if one.is_file())
    for number, path in enumerate(found, start=1):
        looked_at = path.stem if path.suffix.casefold() in KINDS else path.name  # `.csv` reads like a name
        yield f"bestand {number}" if detector.detect(looked_at) else path.name, path


def texts_of(paths: Iterable[Path], detector: Detector) -> Iterator[dict[str, Any]]:
    """{id, text} of every line of JSONL, and of every TXT or DOCX as a whole.

    Raises InputRejected for another kind of file: of a table somebody has to say which column is text.
    """
    for where, path in named_files(paths, detector):
        suffix = path.suffix.casefold()
        if suffix == ".jsonl":
            with path.open("rb") as lines:
                yield from checked_rows(lines, f"{where}, ")
        elif suffix in PLAIN or suffix == ".docx":
            yield {"id": where, "text": "\n".join(_written(path, where))}
        else:
            raise InputRejected(f"{where}: geen tekstbestand; geef JSONL, TXT of DOCX (een tabel telt u met scan)")


def checked_rows(lines: Iterable[bytes], where: str = "") -> Iterator[dict[str, Any]]:
    """{id, text} per line and no other field; raises InputRejected with the number of the line, never its content."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = None
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str | None):
            raise InputRejected(f"{where}regel {number}: geen JSON-object met id en text; geef per regel één object")
        yield {"id": row["id"], "text": row.get("text")}


def scan_file(path: Path, where: str, detector: Detector) -> list[tuple[str, str, int]]:
    """(column, label, count) of every find, sorted. Raises InputRejected when the file cannot be read."""
    found: dict[tuple[str, str], int] = {}
    for table in _tables(path, where):
        shown = shown_columns(table.column_names, detector)
        for (column, label), n in scan(_rows(table), detector).finds.items():
            place = (shown[int(column)], label)
            found[place] = found.get(place, 0) + n
    return [(*place, n) for place, n in sorted(found.items())]


def shown_columns(names: Sequence[str], detector: Detector) -> list[str]:
    """Headers as they may be shown, by place: a file without headers has a person's answers there."""
    finds = detector.detect_many(names)
    return [f"kolom {at}" if spans else name for at, (name, spans) in enumerate(zip(names, finds, strict=True), 1)]


def _rows(table: pa.Table) -> Iterator[Mapping[str, Any]]:
    """The headers first, because somebody may have forgotten them; then the rows.

    By the place of a column: of two with one header, a row by header would hold the last only.
    """
    places = [str(at) for at in range(table.num_columns)]
    yield dict(zip(places, table.column_names, strict=True))
    for batch in table.rename_columns(places).to_batches(max_chunksize=500):
        yield from batch.cast(pa.schema([(place, pa.string()) for place in places])).to_pylist()


def _tables(path: Path, where: str) -> list[pa.Table]:
    if path.suffix.casefold() in (*PLAIN, ".docx"):
        return [pa.table({"tekst": pa.array([one for one in _written(path, where) if one.strip()], pa.string())})]
    return read_file(path, _ANYTHING, where)


def _written(path: Path, where: str) -> list[str]:
    """The lines of a text, the paragraphs of a Word document."""
    if path.suffix.casefold() == ".docx":
        return list(all_words(path.read_bytes(), where))
    return to_utf8(path.read_bytes(), where).decode().splitlines()
