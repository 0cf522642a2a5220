"""Microdata as a researcher opens them: .sav with labels, CSV and Parquet with the same columns in the same order."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from anonymisation.disclosure.certificate import csv_bytes
from anonymisation.disclosure.microdata.classes import UNKNOWN, MicrodataRules, SafeMicrodata
from anonymisation.disclosure.microdata.receiver import seal
from storage.atomic import write_atomic
from storage.canonical import canonical_bytes

_LEFT_OUT = "weggelaten: de groep zou te klein zijn"


@dataclass(frozen=True)
class ColumnWords:
    """What a file says of a column.

    values: the label of each code; nothing in a column of numbers, None in any other without labels.
    missing: codes that count as no answer ("geen mening"): SPSS leaves them out of every mean.
    """

    label: str
    values: Mapping[str, str] | None = None
    missing: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether it holds numbers, or codes that are all whole numbers."""
        return self.values is not None and all(code.isdigit() for code in self.values)


def write_formats(table: pa.Table, words: Mapping[str, ColumnWords]) -> dict[str, bytes]:
    """The rows as .sav (with labels of columns and values), CSV and Parquet; codes such as "1" become numbers."""
    said = {name: words.get(name, ColumnWords(name)) for name in table.column_names}
    table = pa.table({name: _numbered(table.column(name), said[name]) for name in table.column_names})
    parquet = io.BytesIO()
    pq.write_table(table, parquet)
    return {"sav": _sav(table, said), "csv": csv_bytes(table), "parquet": parquet.getvalue()}


def write_sealed(
    folder: Path,
    name: str,
    safe: SafeMicrodata,
    rules: MicrodataRules,
    public_key: str,
    words: Mapping[str, ColumnWords],
) -> Path:
    """Write every format sealed for the holder of `public_key`, and the certificate beside them in the clear."""
    sealed = {kind: seal(data, public_key) for kind, data in write_formats(safe.table, words).items()}
    for kind, data in sealed.items():
        write_atomic(folder / f"{name}.{kind}.sealed", data)
    certificate = folder / f"{name}.certificate.json"
    write_atomic(certificate, canonical_bytes(safe.certificate(rules, sealed)) + b"\n")
    return certificate


def _numbered(column: pa.ChunkedArray, words: ColumnWords) -> pa.ChunkedArray:
    """Marks and codes of digits as numbers, which SPSS calculates with; any other column as it is."""
    if not words.counted:
        return column
    try:
        return column.cast(pa.int64() if words.values else pa.float64())
    except pa.ArrowInvalid:
        return column


def _sav(table: pa.Table, words: Mapping[str, ColumnWords]) -> bytes:
    """SPSS files want a path: one in memory, so that no row of a person touches the disk."""
    import pyreadstat

    whole = {field.name for field in table.schema if pa.types.is_integer(field.type)}
    texts = {field.name for field in table.schema if pa.types.is_string(field.type)}
    handle = os.memfd_create("microdata")
    name = f"/proc/self/fd/{handle}"
    try:
        pyreadstat.write_sav(
            table.to_pandas(),
            name,
            column_labels={column: said.label for column, said in words.items()},
            variable_value_labels={
                column: {**_codes(said, whole=column in whole), **({UNKNOWN: _LEFT_OUT} if column in texts else {})}
                for column, said in words.items()
                if said.values or column in texts
            },
            missing_ranges={name: [int(code) for code in words[name].missing] for name in whole if words[name].missing},
            variable_measure={column: _measure(column, whole, texts) for column in words},
            variable_format=dict.fromkeys(whole, "F2.0"),
        )
        return Path(name).read_bytes()
    finally:
        os.close(handle)


def _codes(words: ColumnWords, *, whole: bool) -> dict[Any, str]:
    """Labels by the codes as the file writes them."""
    labels = words.values or {}
    return {int(code): text for code, text in labels.items()} if whole else dict(labels)


def _measure(column: str, whole: set[str], texts: set[str]) -> str:
    return "nominal" if column in texts else "ordinal" if column in whole else "scale"
