"""SPSS .sav: value labels say what a code means, so a labelled answer is handed on as its label."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from domain.errors import InputRejected
from ingest.bsn import check_words
from ingest.expected import Expected
from ingest.readers.cells import MOST_CELLS, MOST_TEXT, too_much
from ingest.readers.rows import without_empty_columns
from ingest.words import SAME, fold, rows_word, shown_columns

_MAGIC = (b"$FL2", b"$FL3")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """The cases of a .sav file as text.

    Where a code stands for words its value label replaces it, because codes differ between bureaus: a label that the
    codebook does not know is then refused as an answer. A user-missing value becomes empty, unless its label is an
    answer of the codebook ('geen mening').
    """
    with path.open("rb") as file:
        if file.read(4) not in _MAGIC:
            raise InputRejected(f"{where}: dit is geen SPSS-bestand; sla het op als .sav zonder wachtwoord")
    import pyreadstat  # loaded only where such a file is read

    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True)
        most = _most_rows(about.variable_storage_width)
        columns, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict", row_limit=most + 1)
    except Exception:  # the library puts content in its messages
        raise InputRejected(f"{where}: het SPSS-bestand is afgebroken of beschadigd; sla het opnieuw op") from None
    if any(len(values) > most for values in columns.values()):
        raise too_much(where)
    check_words(_words_beside(meta), where, "een label of notitie van het SPSS-bestand")
    headers = [_header(name, meta.column_names_to_labels.get(name), expected) for name in meta.column_names]
    arrays = []
    for at, (name, header) in enumerate(zip(meta.column_names, headers, strict=True)):
        labels, missing = meta.variable_value_labels.get(name, {}), meta.missing_ranges.get(name, [])
        codes = _Codes(expected.column(header), labels, missing, expected)
        if without_label := codes.bare(columns[name]):
            raise InputRejected(
                f"{where}: {shown_columns([at])}: {rows_word(without_label)} met een code zonder waardelabel, terwijl "
                f"de labels een andere volgorde hebben dan het codeboek; geef elke code een waardelabel"
            )
        arrays.append(codes.column_of(columns[name]))
    table = pa.table(arrays, names=[str(at) for at in range(len(arrays))])
    return [without_empty_columns(headers, table, where)]


def _most_rows(widths: Mapping[str, int]) -> int:
    """How many rows of variables of these widths are read: a packed file of a few MB can hold any number."""
    return min(MOST_CELLS // max(1, len(widths)), MOST_TEXT // max(1, sum(widths.values())))


def _words_beside(meta: Any) -> Iterator[str | None]:
    """What people typed beside the answers: labels of file, variables and values, and notes."""
    yield meta.file_label
    yield from meta.notes or ()
    yield from meta.column_names_to_labels.values()
    for labels in meta.variable_value_labels.values():
        yield from map(str, labels.values())


def _header(name: str, label: str | None, expected: Expected) -> str:
    """The variable name, or its label when only that is known."""
    return label if label and expected.column(name) is None and expected.column(label) else str(name)


@dataclass(frozen=True)
class _Codes:
    """What the codes of one variable mean.

    name: the codebook's column, or None when it has no such column (then a label is shown for who looks for names).
    """

    name: str | None
    labels: Mapping[Any, str]
    missing: Sequence[Mapping[str, Any]]
    expected: Expected

    @property
    def _agreed(self) -> Mapping[str, str]:
        """Label -> code as the codebook has them."""
        return self.expected.codes.get(self.name or "", {})

    def bare(self, values: Iterable[Any]) -> int:
        """How many answers have a code without a label, where the labels say that codes mean something else."""
        words = {_text(code): fold(label) for code, label in self.labels.items()}
        known = {code: self._agreed.get(word) or self._agreed.get(SAME.get(word, "")) for code, word in words.items()}
        if all(own is None or own == code for code, own in known.items()):
            return 0
        return sum(self.labels.get(value) is None and self._cell(value) is not None for value in values)

    def column_of(self, values: Iterable[Any]) -> pa.Array:
        """Every answer as text, each distinct one looked at once."""
        seen: dict[Any, str | None] = {}
        out: list[str | None] = []
        for value in values:
            if value not in seen:
                seen[value] = self._cell(value)
            out.append(seen[value])
        return pa.array(out, pa.string())

    def _cell(self, value: Any) -> str | None:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        label = self.labels.get(value)
        if _is_user_missing(value, self.missing) and (label is None or fold(label) not in self._agreed):
            return None
        worded = self.name is None or self.name in self.expected.worded
        return label if label and worded else _text(value)


def _is_user_missing(value: Any, missing: Sequence[Mapping[str, Any]]) -> bool:
    try:
        return any(span["lo"] <= value <= span["hi"] for span in missing)
    except TypeError:
        return False


def _text(value: Any) -> str:
    match value:
        case float():
            return str(int(value)) if float(value).is_integer() else repr(float(value))
        case dt.datetime():
            return value.date().isoformat()
        case _:
            return str(value)
