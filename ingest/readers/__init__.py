"""One reader per kind of file: a file becomes tables of text, nothing is interpreted yet.

Every reader refuses what it cannot read whole, in one line that never repeats a value.
"""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import Expected
from ingest.readers import delimited, documents, jsonlines, spss, workbook

LARGEST = 2_000_000_000
Reader = Callable[[Path, Expected, str, str | None], list[pa.Table]]
_READERS: dict[str, Reader] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".txt": delimited.read,
    ".xlsx": workbook.read,
    ".ods": workbook.read,
    ".sav": spss.read,
    ".zsav": spss.read,
    ".jsonl": jsonlines.read,
    ".docx": documents.read,
    ".vtt": documents.read,
    ".srt": documents.read,
}
TABULAR = frozenset(ending for ending, reader in _READERS.items() if reader is not documents.read)
"""Endings of files that are read as a table; `.txt` holds talks as well, when the codebook is about talks."""
_ADVICE = {
    ".xls": "dit is een oude Excel-indeling; sla het bestand op als .xlsx",
    ".xlsm": "een werkmap met macro's lezen wij niet; sla het bestand op als .xlsx",
    ".xlsb": "deze Excel-indeling lezen wij niet; sla het bestand op als .xlsx",
    ".xltx": "dit is een sjabloon; sla het bestand op als .xlsx",
    ".doc": "dit is een oude Word-indeling; sla het bestand op als .docx",
    ".docm": "een document met macro's lezen wij niet; sla het bestand op als .docx",
    ".odt": "deze indeling lezen wij niet; sla het bestand op als .docx of .txt",
    ".rtf": "deze indeling lezen wij niet; sla het bestand op als .docx of .txt",
    ".por": "deze SPSS-indeling lezen wij niet; sla het bestand op als .sav",
    ".json": "sla het bestand op als .jsonl: een object per regel",
    ".pdf": "uit een pdf kunnen wij niets lezen; lever het bronbestand aan (csv, xlsx, ods, sav, jsonl, docx of txt)",
    **dict.fromkeys(
        (".duckdb", ".db", ".sqlite", ".sqlite3", ".mdb", ".accdb"),
        "uit een database lezen wij niet; sla de tabel met de antwoorden op als csv of xlsx",
    ),
    ".parquet": "Parquet lezen wij niet; sla de tabel met de antwoorden op als csv of xlsx",
    **dict.fromkeys((".dta", ".rds", ".rdata"), "sla de tabel vanuit uw programma op als csv of sav"),
    **dict.fromkeys((".numbers", ".gsheet"), "sla het bestand op als .xlsx of .csv"),
    **dict.fromkeys((".7z", ".rar", ".gz"), "pak het bestand uit en lever de losse bestanden aan"),
    ".zip": "pak het zip-bestand uit en lever de losse bestanden aan",
}
KINDS = frozenset({*_READERS, *_ADVICE})
"""Endings of files that we know, read or not."""


def read_file(
    path: Path, expected: Expected, where: str, sheet: str | None = None, *, may_be_empty: bool = False
) -> list[pa.Table]:
    """Tables of text in a delivered file: the main one, then sheets to be joined to it (open answers).

    where: how a message may name the file. may_be_empty: headers without rows are fine.
    Raises InputRejected when the file cannot be read whole.
    """
    reader = _reader_for(path, expected, where)
    size = path.stat().st_size
    if size == 0:
        raise InputRejected(f"{where}: het bestand is leeg; lever het bestand met de antwoorden aan")
    if size > LARGEST:
        raise InputRejected(
            f"{where}: het bestand is groter dan 2 GB; splits het in meer bestanden van dezelfde aanlevering"
        )
    tables = reader(path, expected, where, sheet)
    if tables[0].num_rows == 0 and not may_be_empty:
        raise InputRejected(f"{where}: er staan geen rijen met antwoorden in; lever het gevulde bestand aan")
    return tables


def _reader_for(path: Path, expected: Expected, where: str) -> Reader:
    suffix = path.suffix.casefold()
    if suffix == ".txt" and expected.kind is Kind.TRANSCRIPTS:
        return documents.read
    if suffix in _READERS:
        return _READERS[suffix]
    raise InputRejected(f"{where}: {advice_on(suffix)}")


def advice_on(suffix: str) -> str:
    """What to do with a file that ends like this and that we do not read."""
    return _ADVICE.get(
        suffix.casefold(), "dit soort bestand lezen wij niet; kies csv, xlsx, ods, sav, jsonl, docx of txt"
    )
