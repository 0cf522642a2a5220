"""Whose rows are read: values of the columns `gemeente` and `doelgroep` in words of a bureau, and rows that stay out.

One file of a bureau often holds several groups or gemeenten. `codes` in delivery.yaml says what each value of such a
column means; rows that mean `niet lezen` belong to another delivery and go no further than the delivered file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import Manifest
from domain.errors import InputRejected
from domain.instruments import Codebook
from ingest.codes import GROUPS, Codes
from ingest.words import fold

NOT_READ = "niet lezen"


def check_groups(manifest: Manifest, codebook: Codebook) -> None:
    """Raises InputRejected when `codes` says of a group column what this delivery is not about."""
    allowed = {"gemeente": manifest.gemeenten, "doelgroep": list(manifest.doelgroepen)}
    for file in manifest.files:
        for column in set(GROUPS) & set(file.codes):
            if column not in codebook.tables.get(file.table, {}):
                raise InputRejected(
                    f"delivery.yaml: {codebook.reference} heeft geen kolom '{column}'; haal die bij "
                    f"'codes' weg, en lever elke groep apart aan"
                )
            if set(file.codes[column].values()) - {*allowed[column], NOT_READ}:
                raise InputRejected(
                    f"delivery.yaml: bij 'codes' voor '{column}' staat een groep die niet in deze "
                    f"aanlevering zit; kies uit {', '.join(allowed[column])} of '{NOT_READ}'"
                )


@dataclass(frozen=True)
class Left:
    """What stayed out of a delivery. persons: whose rows in the main table all did."""

    rows: int = 0
    persons: pa.Array = field(default_factory=lambda: pa.array([], pa.string()), repr=False)

    def __add__(self, other: "Left") -> "Left":
        """Of two files together."""
        return Left(self.rows + other.rows, pa.concat_arrays([self.persons, other.persons]))

    def without(self, table: pa.Table, person: str | None) -> pa.Table:
        """A table that goes with the main one, without the rows of these people."""
        if person is None or person not in table.column_names or not len(self.persons):
            return table
        return table.filter(pc.invert(pc.is_in(_texts(table.column(person)), self.persons)))


def read_rows(table: pa.Table, codes: Codes, person: str | None) -> tuple[pa.Table, Left]:
    """The rows that belong to this delivery, with the groups in our words; and what stays out.

    table: under the codebook's names, answers as delivered.
    """
    kept = table
    for column in GROUPS:
        if column in codes and column in table.column_names:
            meant = _meant(kept.column(column), codes[column])
            named = kept.set_column(kept.column_names.index(column), column, meant)
            kept = named.filter(pc.fill_null(pc.not_equal(meant, NOT_READ), True))
    return kept, Left(table.num_rows - kept.num_rows, _gone(table, kept, person))


def _gone(table: pa.Table, kept: pa.Table, person: str | None) -> pa.Array:
    if person is None or person not in table.column_names or table.num_rows == kept.num_rows:
        return pa.array([], pa.string())
    before = pc.unique(_texts(table.column(person)))
    return before.filter(pc.invert(pc.is_in(before, _texts(kept.column(person))))).drop_null()


def _texts(column: pa.ChunkedArray) -> pa.Array:
    return _one(pc.utf8_trim_whitespace(column.cast(pa.string())))


def _one(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def _meant(column: pa.ChunkedArray, codes: Mapping[str, str]) -> pa.Array:
    """Each value as what it means; one that nobody explained stays what it is."""
    known = {fold(value): group for value, group in codes.items()}
    distinct = _one(column.cast(pa.string()).dictionary_encode())
    read = pa.array([known.get(fold(value), value) for value in distinct.dictionary.to_pylist()], pa.string())
    meant = read.take(distinct.indices)
    return pc.fill_null(meant, known[""]) if "" in known else meant
