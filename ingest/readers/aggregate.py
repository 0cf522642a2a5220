"""Already counted tables: symbols for 'too few' and 'not known' stand in the value column (as Swing writes them)."""

import pyarrow as pa
import pyarrow.compute as pc

from domain.vocabulary import TOTAAL
from ingest.words import fold

_TOO_FEW = frozenset({"x", "*", "geheim", "onderdrukt", "te weinig", "-99997", "< 5", "<5", "< 10", "<10"})
_UNKNOWN = frozenset({"?", "-", ".", "n.b.", "niet bekend", "ontbreekt", "-99995", "-99996"})


_TOTAL = ("uitsplitsing", "uitsplitsing_waarde")


def with_totals(table: pa.Table) -> pa.Table:
    """An empty breakdown is the total, and says so."""
    for name in _TOTAL:
        if name in table.column_names:
            at = table.column_names.index(name)
            table = table.set_column(at, name, pc.fill_null(table.column(name), TOTAAL))
    return table


def unfold_symbols(table: pa.Table) -> pa.Table:
    """The table with numbers in `waarde` and what a symbol meant in `symbool`."""
    if "waarde" not in table.column_names:
        return table
    values = table.column("waarde").cast(pa.string()).to_pylist()
    given = table.column("symbool").cast(pa.string()).to_pylist() if "symbool" in table.column_names else None
    meant = [_meaning(value) for value in values]
    symbols = [own or found for own, found in zip(given or [None] * len(meant), meant, strict=True)]
    numbers = [None if found else _bare(value) for value, found in zip(values, meant, strict=True)]
    others = table.drop_columns([name for name in ("waarde", "symbool") if name in table.column_names])
    return others.append_column("waarde", pa.array(numbers, pa.string())).append_column(
        "symbool", pa.array(symbols, pa.string())
    )


def _bare(value: str | None) -> str | None:
    """'81,5 %' is 81,5: what stands here is a share of a hundred or a mean."""
    return value and value.strip().removesuffix("%").rstrip()


def _meaning(value: str | None) -> str | None:
    folded = fold(value or "")
    return "onderdrukt" if folded in _TOO_FEW else "ontbreekt" if folded in _UNKNOWN else None
