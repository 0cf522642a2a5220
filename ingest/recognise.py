"""For the portal's wizard: which codebook do these headers look like, and which columns are still a question?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from domain.instruments import Codebook
from domain.vocabulary import ColumnClass, Kind
from ingest.columns import HIDDEN
from ingest.expected import Expected, expected_of
from ingest.readers import read_file
from ingest.words import header_key, shown_file

_NOTHING = Expected()


@dataclass(frozen=True)
class Guess:
    """How well headers fit a codebook.

    score: 0 to 1; the mean of how many headers are known and how many of the codebook's questions are there.
    columns: header -> column of the codebook. unknown: headers without a place. missing: required, not found.
    hidden: what a survey tool added and has to go.
    """

    codebook: str
    instrument: str
    score: float
    columns: dict[str, str]
    unknown: list[str]
    missing: list[str]
    hidden: list[str]


def headers_of(path: Path, expected: Expected = _NOTHING, sheet: str | None = None) -> list[str]:
    """The headers of a delivered table, each once; raises InputRejected when the file cannot be read."""
    return list(
        dict.fromkeys(
            str(one) for table in tables_of(path, expected, sheet, may_be_empty=True) for one in table.column_names
        )
    )


def tables_of(
    path: Path, expected: Expected, sheet: str | None = None, *, may_be_empty: bool = False
) -> list[pa.Table]:
    """The tables of a file as the intake will read them: the main one, then those that are joined to it."""
    return read_file(path, expected, shown_file(path.name, 1), sheet, may_be_empty=may_be_empty)


def recognise(headers: list[str], books: Iterable[Codebook]) -> list[Guess]:
    """Guesses for every codebook that knows at least one header, best first."""
    guesses = [_guess(headers, book) for book in books if book.kind is not Kind.TRANSCRIPTS]
    return sorted((guess for guess in guesses if guess.columns), key=lambda guess: (-guess.score, guess.codebook))


def _guess(headers: list[str], book: Codebook) -> Guess:
    expected = expected_of(book, "rows", {})
    columns = {header: name for header in headers if (name := expected.column(header)) is not None}
    unknown = [header for header in headers if header not in columns]
    found = set(columns.values())
    questions = set(book.columns_of(ColumnClass.MEASURE)) or set(book.rows)
    known, asked = len(columns) / max(1, len(headers)), len(found & questions) / len(questions)
    return Guess(
        codebook=book.reference,
        instrument=book.instrument,
        score=round((known + asked) / 2, 3),
        columns=columns,
        unknown=unknown,
        missing=[name for name, column in book.rows.items() if column.required and name not in found],
        hidden=sorted({HIDDEN[header_key(header)] for header in unknown if header_key(header) in HIDDEN}),
    )
