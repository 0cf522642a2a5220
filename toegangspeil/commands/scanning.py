"""What `scan` reads: any delivered kind of file as rows of text, and what may be shown of it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from anonymisation.streams import scan
from anonymisation.text import Detector
from ingest.expected import Expected
from ingest.readers import read_file
from ingest.readers.decoding import to_utf8
from ingest.readers.word import all_words

_ANYTHING = Expected()


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and every file below a folder, in a fixed order."""
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def scan_file(path: Path, where: str, detector: Detector) -> list[tuple[str, str, int]]:
    """(column, label, count) of every find, sorted. Raises InputRejected when the file cannot be read."""
    found: dict[tuple[str, str], int] = {}
    for table in _tables(path, where):
        shown = shown_columns(table.column_names, detector)
        for (column, label), n in scan(_rows(table), detector).finds.items():
            place = (shown[column], label)
            found[place] = found.get(place, 0) + n
    return [(*place, n) for place, n in sorted(found.items())]


def shown_columns(names: list[str], detector: Detector) -> dict[str, str]:
    """Headers as they may be shown: a file without headers has a person's answers there."""
    finds = detector.detect_many(names)
    return {
        name: f"kolom {at}" if spans else name
        for at, (name, spans) in enumerate(zip(names, finds, strict=True), start=1)
    }


def _rows(table: pa.Table) -> Iterator[Mapping[str, Any]]:
    """The headers first, because somebody may have forgotten them; then the rows."""
    yield {name: name for name in table.column_names}
    for batch in table.to_batches(max_chunksize=500):
        yield from batch.cast(pa.schema([(name, pa.string()) for name in table.column_names])).to_pylist()


def _tables(path: Path, where: str) -> list[pa.Table]:
    suffix = path.suffix.casefold()
    if suffix in (".txt", ".md"):
        return [_paragraphs(to_utf8(path.read_bytes(), where).decode().splitlines())]
    if suffix == ".docx":
        return [_paragraphs(all_words(path.read_bytes(), where))]
    return read_file(path, _ANYTHING, where)


def _paragraphs(lines: Iterable[str]) -> pa.Table:
    return pa.table({"tekst": pa.array([line for line in lines if line.strip()], pa.string())})
