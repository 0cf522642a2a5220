"""The words beside the counts: items, possible answers, labels of phases and themes, merge hierarchies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from domain.errors import PolicyRefused
from domain.vocabulary import TOTAAL
from storage.duck import query, registered
from warehouse.definitions import Item
from warehouse.sources import MartSource


def write_items(connection: duckdb.DuckDBPyConnection, release: str, items: Sequence[Item]) -> None:
    """Items and their possible answers; `question` is settled when the whole release is known."""
    if not items:
        return
    rows = [
        (
            release, i.instrument, i.codebook, i.item, i.item, True, i.text, i.theme, i.uitgangspunt,
            i.uitgangspunt_status, i.statistic, i.scale, i.direction, i.base_rule, i.sensitive, i.several,
            i.has_good_end, i.low, i.high, i.definition,
        )
        for i in items
    ]  # fmt: skip
    insert(connection, "items", rows)
    answers = [
        (release, i.codebook, i.item, answer.code, answer.label, answer.meaning, answer.place)
        for i in items
        for answer in i.answers
    ]
    insert(connection, "possible_answers", answers)


def write_words(connection: duckdb.DuckDBPyConnection, release: str, source: MartSource) -> None:
    """Labels of a codebook's coded columns (once per instrument) and the merge hierarchy of its breakdowns."""
    instrument = source.codebook.instrument
    known = query(
        connection,
        "select 1 from marts.labels where release = $release and instrument = $instrument and what = $what limit 1",
        release=release,
        instrument=instrument,
        what=f"codebook:{source.codebook.reference}",
    )
    if not known:
        insert(connection, "labels", _labels(release, source))
        book = source.codebook
        special = [name for name, column in book.rows.items() if column.breakdown and column.sensitive]
        insert(connection, "sensitive_breakdowns", [(release, book.reference, name) for name in special])
    for name in source.policy.breakdowns:
        _write_hierarchy(connection, release, name, source.policy.hierarchies.get(name, {}))


def _labels(release: str, source: MartSource) -> list[tuple[str, str, str, str, str, int]]:
    book = source.codebook
    rows = [(release, book.instrument, f"codebook:{book.reference}", book.reference, book.title, 0)]
    rows.append((release, book.instrument, "method", book.method.value, book.kind.value, 0))
    for columns in book.tables.values():
        for name, column in columns.items():
            rows += [
                (release, book.instrument, name, code, label or code, place)
                for place, (code, label) in enumerate(column.values.items())
            ]
    return rows


def _write_hierarchy(
    connection: duckdb.DuckDBPyConnection, release: str, name: str, parents: Mapping[str, str]
) -> None:
    stored = query(
        connection,
        "select code, parent from marts.breakdown_values where release = $release and breakdown = $name",
        release=release,
        name=name,
    )
    known = {str(code): str(parent) for code, parent in stored}
    for code, parent in parents.items():
        if known.get(code, parent) != parent:
            raise PolicyRefused(f"uitsplitsing {name!r}: twee regels voegen een groep anders samen; maak ze gelijk")
    fresh = [(release, name, code, parent or TOTAAL) for code, parent in parents.items() if code not in known]
    insert(connection, "breakdown_values", fresh)


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Add rows, in the order of the columns, to a table of the marts at once: row by row costs a plan each."""
    if rows:
        columns = {f"c{place}": list(values) for place, values in enumerate(zip(*rows, strict=True))}
        with registered(connection, fresh=pa.table(columns)):
            connection.execute(f"insert into marts.{table} select * from fresh")  # noqa: S608 (a name of ours)
