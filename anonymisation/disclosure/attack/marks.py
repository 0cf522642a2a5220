"""The attack on form: marks that say why, values behind a closed cell, columns and words that nobody agreed on."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from domain.release import Finding, Status
from storage.duck import query

OUTSIDE = {status.value for status in Status}
NUMBERS = ("DOUBLE", "FLOAT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "SMALLINT", "TINYINT", "UINTEGER", "UBIGINT")
KNOWN_NUMBERS = frozenset(
    ("value", "step", "base", "ci_low", "ci_high", "n_gemeenten", "place", "invited", "responded", "rate", "share",
     "share_positive", "share_neutral", "share_negative", "gemeenten_met", "gemeenten_totaal")
)  # fmt: skip
"""Every number that the attacks look at; any other (a standard deviation, a count) is found by being there."""
STATISTICS = ("share_positive", "mean", "majority", "known", "share_positive_weighted", "mean_weighted")
LABELS = (
    "meer dan 90 %", "minder dan 10 %", "meerderheid voor", "meerderheid tegen", "verdeeld", "niet getoond",
    "bijna iedereen gaf de hoogste score", "bijna iedereen gaf de laagste score",
)  # fmt: skip


def attack_marks(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Findings in every fact table."""
    rows = query(
        connection,
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_name like 'fact_%' order by all",
    )
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        columns.setdefault(table, {})[column] = kind
    for table, kinds in columns.items():
        yield from _unknown_columns(table, kinds)
        if "status" in kinds:
            yield from _behind_marks(connection, table, set(kinds))
        if table in ("fact_result", "fact_distribution", "fact_improvement"):
            yield from _words(connection, table, "label", LABELS)
    yield from _words(connection, "fact_result", "statistic", STATISTICS)


def _unknown_columns(table: str, kinds: dict[str, str]) -> Iterator[Finding]:
    for column, kind in kinds.items():
        if kind.startswith(NUMBERS) and column not in KNOWN_NUMBERS:
            yield Finding("T13", table, f"kolom {column}", "een getal dat niet uit de beveiligde tabellen volgt")


def _words(connection: duckdb.DuckDBPyConnection, table: str, column: str, known: tuple[str, ...]) -> Iterator[Finding]:
    found = query(connection, f"select distinct {column} from {table} where {column} is not null")  # noqa: S608
    if not {word for (word,) in found} <= set(known):
        yield Finding(
            "T6", table, f"kolom {column}", "een maat of label dat er niet hoort: het kan een aantal verraden"
        )


def _behind_marks(connection: duckdb.DuckDBPyConnection, table: str, columns: set[str]) -> Iterator[Finding]:
    """T14: known marks only, nothing behind a suppressed one (a closed distribution keeps the base of its total)."""
    seen = {status for (status,) in query(connection, f"select distinct status from {table}")}  # noqa: S608
    if not seen <= OUTSIDE:
        yield Finding("T14", table, "kolom status", "de tabel zegt waarom iets is weggelaten")
    bases = {"base", "base_band"} if table == "fact_result" else {"invited", "responded", "responded_band"}
    figures = {"value", "ci_low", "ci_high", "share", "rate"} | bases
    for figure in sorted(figures & columns):
        leak = f"select count(*) from {table} where status = 'suppressed' and {figure} is not null"  # noqa: S608
        if query(connection, leak)[0][0]:
            yield Finding("T14", table, f"kolom {figure}", "bij een weggelaten cel staat toch een waarde")
