"""SPSS .sav: value labels say what a code means, so a labelled answer is handed on as its label."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pyarrow as pa

from domain.errors import InputRejected
from ingest.expected import Expected
from ingest.readers.rows import without_empty_columns
from ingest.words import fold

_MAGIC = (b"$FL2", b"$FL3")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """The cases of a .sav file as text.

    A value label that the codebook knows replaces its code, because codes differ between bureaus. A user-missing
    value becomes empty, unless its label is an answer of the codebook ('geen mening').
    """
    with path.open("rb") as file:
        if file.read(4) not in _MAGIC:
            raise InputRejected(f"{where}: dit is geen SPSS-bestand; sla het op als .sav zonder wachtwoord")
    import pyreadstat  # loaded only where such a file is read

    try:
        columns, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    except Exception:  # the library puts content in its messages
        raise InputRejected(f"{where}: het SPSS-bestand is afgebroken of beschadigd; sla het opnieuw op") from None
    arrays = [
        _column(columns[name], meta.variable_value_labels.get(name, {}), meta.missing_ranges.get(name, []), expected)
        for name in meta.column_names
    ]
    headers = [_header(name, meta.column_names_to_labels.get(name), expected) for name in meta.column_names]
    table = pa.table(arrays, names=[str(at) for at in range(len(arrays))])
    return [without_empty_columns(headers, table, where)]


def _header(name: str, label: str | None, expected: Expected) -> str:
    """The variable name, or its label when only that is known."""
    return label if label and expected.column(name) is None and expected.column(label) else str(name)


def _column(values: Any, labels: dict[Any, str], missing: list[dict[str, Any]], expected: Expected) -> pa.Array:
    seen: dict[Any, str | None] = {}
    out: list[str | None] = []
    for value in values:
        key = None if isinstance(value, float) and math.isnan(value) else value
        if key not in seen:
            seen[key] = _cell(key, labels.get(key), missing, expected)
        out.append(seen[key])
    return pa.array(out, pa.string())


def _cell(value: Any, label: str | None, missing: list[dict[str, Any]], expected: Expected) -> str | None:
    if value is None:
        return None
    known = label is not None and fold(label) in expected.labels
    if _is_user_missing(value, missing) and not known:
        return None
    return label if known else _text(value)


def _is_user_missing(value: Any, missing: list[dict[str, Any]]) -> bool:
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
