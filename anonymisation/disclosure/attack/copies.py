"""Whether the CSV and Parquet files of a release show the tables of its certificate: most readers open only these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from anonymisation.disclosure.certificate import table_hash
from domain.release import Finding

CHANGED = "dit bestand toont iets anders dan de tabel van het certificaat"
_KINDS = ("csv", "parquet")
_HARMLESS = re.compile(r"^'(?=[=+\-@\t\r\n|])")
"""What our CSV puts before a text that a spreadsheet would take for a formula."""


def attack_copies(folder: Path, told: Mapping[str, str], schemas: Mapping[str, pa.Schema]) -> Iterator[Finding]:
    """Files of a release folder that are not the table of their name; a file that is not there is no finding.

    told: fingerprint per table, of the certificate or of the published file. schemas: as in the published file.
    """
    for kind in _KINDS:
        for path in sorted((folder / kind).glob(f"*.{kind}")):
            name = path.stem
            table = _read(path, schemas[name]) if name in schemas else None
            if name not in told or table is None or table_hash(table, ordered=False) != told[name]:
                yield Finding("certificaat", name, f"{kind}/{path.name}", CHANGED)


def _read(path: Path, schema: pa.Schema) -> pa.Table | None:
    """The rows as the published file holds them; None when they do not fit its columns."""
    try:
        if path.suffix == ".parquet":
            return pq.read_table(path).cast(schema)
        options = csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        )
        return _as_text(csv.read_csv(path, convert_options=options).cast(schema))
    except (OSError, ValueError, pa.ArrowException):
        return None


def _as_text(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            shown = [None if text is None else _HARMLESS.sub("", text) for text in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pa.array(shown, pa.string()))
    return table
