"""Checked records of several deliveries as a few wide Arrow tables that SQL can turn on their side.

Only the columns that are counted leave a delivery's table: no text, no consent, no identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from domain.instruments import Codebook, Column
from domain.vocabulary import ONBEKEND, TOTAAL, ColumnClass, Kind
from warehouse.definitions import PANEL_ITEM, TOPIC
from warehouse.sources import MartSource

PROFESSIONAL = "professional"
_BY_KIND = {Kind.CONTRIBUTIONS: "soort"}


@dataclass(frozen=True)
class Numbered:
    """A source with its number in the release."""

    number: int
    source: MartSource


def text_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as the codes of a codebook: '7', not '7.0'; empty is NULL."""
    if pa.types.is_boolean(column.type):
        column = pc.if_else(column, "ja", "nee")
    elif pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column, ";")
    elif pa.types.is_floating(column.type) and pc.all(pc.equal(column, pc.floor(column))).as_py() is not False:
        column = column.cast(pa.int64())
    column = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(column, ""), None, column)


def column_or_nulls(table: pa.Table, name: str) -> pa.ChunkedArray:
    """A column as text; NULLs where the delivery has none."""
    if name not in table.column_names:
        return pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    return text_of(table.column(name))


def persons(table: pa.Table, codebook: Codebook) -> pa.ChunkedArray:
    """Whose row it is, as text; a row of its own where the instrument has no persons."""
    for name in ("pseudonym", codebook.person):
        if name and name in table.column_names and table.column(name).null_count == 0:
            return table.column(name).cast(pa.string())
    return pa.chunked_array([pa.array([str(i) for i in range(table.num_rows)], pa.string())])


def people_in(source: MartSource) -> int:
    """How many different people a delivery is about; nobody where somebody else counted them."""
    if source.codebook.kind is Kind.AGGREGATE:
        return 0
    tables = [table for table in source.records.tables.values() if "pseudonym" in table.column_names]
    return len(set().union(*(pc.unique(table.column("pseudonym")).to_pylist() for table in tables)))


class PersonNumbers:
    """Whole numbers for people, the same in every table of one delivery; pseudonyms go no further than this."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], int] = {}

    def of(self, delivery: int, names: pa.ChunkedArray) -> pa.Array:
        """A number per row."""
        coded = pc.dictionary_encode(names.combine_chunks() if names.num_chunks != 1 else names.chunk(0))
        known = self._known
        numbers = [known.setdefault((delivery, name), len(known)) for name in coded.dictionary.to_pylist()]
        return pc.take(pa.array(numbers, pa.int32()), coded.indices)


def people_table(batch: Sequence[Numbered], numbers: PersonNumbers) -> pa.Table:
    """row_no, delivery_no, person, weight, three_classes, phase, kind, support of every row of the batch."""
    parts, start = [], 0
    for entry in batch:
        rows, codebook = entry.source.records.tables["rows"], entry.source.codebook
        size = rows.num_rows
        kind = _BY_KIND.get(codebook.kind)
        parts.append(
            pa.table(
                {
                    "row_no": pa.array(range(start, start + size), pa.int64()),
                    "delivery_no": pa.array([entry.number] * size, pa.int32()),
                    "person": numbers.of(entry.number, persons(rows, codebook)),
                    "weight": _weights(rows, codebook),
                    "three_classes": pa.array([entry.source.records.key.doelgroep == PROFESSIONAL] * size),
                    "phase": column_or_nulls(rows, "phase"),
                    "kind": column_or_nulls(rows, kind) if kind else pa.nulls(size, pa.string()),
                    "support": column_or_nulls(rows, "steun").cast(pa.int64()),
                }
            )
        )
        start += size
    return pa.concat_tables(parts)


def _weights(rows: pa.Table, codebook: Codebook) -> pa.ChunkedArray:
    names = [name for name in codebook.columns_of(ColumnClass.WEIGHT) if name in rows.column_names]
    if not names:
        return pa.array([1] * rows.num_rows, pa.decimal128(18, 6))
    raw = rows.column(names[0])
    if not pa.types.is_decimal(raw.type):
        raw = pc.round(raw.cast(pa.float64()), 6)
    return pc.fill_null(raw.cast(pa.decimal128(18, 6), safe=False), pa.scalar(1, pa.decimal128(18, 6)))


def has_weights(source: MartSource) -> bool:
    """The delivery brought weights of its own."""
    rows = source.records.tables["rows"]
    return any(name in rows.column_names for name in source.codebook.columns_of(ColumnClass.WEIGHT))


def wide(batch: Sequence[Numbered], names: Sequence[str]) -> pa.Table:
    """row_no and these columns as text, over all deliveries of the batch."""
    columns: dict[str, Any] = {}
    for name in names:
        parts = [column_or_nulls(entry.source.records.tables["rows"], name) for entry in batch]
        columns[name] = pa.chunked_array([chunk for part in parts for chunk in part.chunks], pa.string())
    size = sum(entry.source.records.rows for entry in batch)
    return pa.table({"row_no": pa.array(range(size), pa.int64()), **columns})


def groups_wide(batch: Sequence[Numbered], breakdowns: Sequence[str]) -> pa.Table:
    """row_no, TOTAAL and the approved breakdowns; who is in no band is 'onbekend', so that totals add up."""
    table = wide(batch, breakdowns)
    for place, name in enumerate(table.column_names):
        if name != "row_no":
            table = table.set_column(place, name, pc.fill_null(table.column(name), ONBEKEND))
    return table.append_column(TOTAAL, pa.array([TOTAAL] * table.num_rows))


def panel_topics(source: MartSource) -> list[str]:
    """Subjects that were put before a panel, sorted."""
    values = column_or_nulls(source.records.tables["rows"], TOPIC).unique().to_pylist()
    return sorted(value for value in values if value is not None)


def panel_wide(batch: Sequence[Numbered], topics: Iterable[str]) -> pa.Table:
    """row_no and one column per subject with the score of the row's own subject."""
    base = wide(batch, [TOPIC, PANEL_ITEM])
    columns = {
        topic: pc.if_else(pc.equal(base.column(TOPIC), topic), base.column(PANEL_ITEM), None) for topic in topics
    }
    return pa.table({"row_no": base.column("row_no"), **columns})


def theme_columns(codebook: Codebook) -> list[str]:
    """Columns with themes, in the codebook's order."""
    return [name for name, column in codebook.rows.items() if column.statistic == "theme"]


def steps_table(batch: Sequence[Numbered], numbers: PersonNumbers) -> pa.Table:
    """delivery_no, person, phase, aspect ('' for the curve), mood -1/0/1, of the steps and the rated aspects."""
    parts = [
        part
        for entry in batch
        for part in (
            _moods(entry, numbers, "rows", "emotion", None),
            _moods(entry, numbers, "aspects", "score", "aspect"),
        )
        if part is not None
    ]
    return pa.concat_tables(parts)


def _moods(entry: Numbered, numbers: PersonNumbers, name: str, score: str, aspect: str | None) -> pa.Table | None:
    table, codebook = entry.source.records.tables.get(name), entry.source.codebook
    column = codebook.tables.get(name, {}).get(score)
    if table is None or column is None:
        return None
    return pa.table(
        {
            "delivery_no": pa.array([entry.number] * table.num_rows, pa.int32()),
            "person": numbers.of(entry.number, persons(table, codebook)),
            "phase": column_or_nulls(table, "phase"),
            "aspect": column_or_nulls(table, aspect) if aspect else pa.array([""] * table.num_rows, pa.string()),
            "mood": _mood(column_or_nulls(table, score), codebook, column),
        }
    )


def _mood(values: pa.ChunkedArray, codebook: Codebook, column: Column) -> pa.Array:
    scale = codebook.scale_of(column)
    sign = dict.fromkeys(scale.values, 0) if scale else {}
    if scale:
        sign |= dict.fromkeys(scale.positive, 1) | dict.fromkeys(scale.negative, -1)
        sign = {code: mood for code, mood in sign.items() if code not in scale.no_answer}
    return pa.array([sign.get(value) for value in values.to_pylist()], pa.int32())
