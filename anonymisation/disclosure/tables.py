"""CSVs as people and other tools write them: trimmed text, and a refusal where a table would be read wrongly.

Leaf rows go into `protect`; published tables, also those of other tools, go to the audit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from anonymisation.disclosure.hierarchy import hierarchies_from_rows
from domain.errors import InputRejected
from domain.release import TOTAL, Hierarchy

OUTCOME = frozenset({"n", "status", "share", "bound", "step"})
"""Columns of a printed table; no dimension can have such a name."""

TOTAL_WORDS = frozenset({"totaal", "total", "eindtotaal", "grand total", "sum", "som", "all", "alle", "allen"})
CLOSED_MARKS = frozenset({".", "..", "...", "x", "*", ":", "c", "na", "n/a", "#"})
"""How other tools write a cell that they do not show."""

_BELOW = re.compile(r"<\s*(\d+)")
_BETWEEN = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
_FROM = re.compile(r"(\d+)\s*\+")


def read_csv(path: Path) -> pa.Table:
    """All columns as text without spaces around it; comma or semicolon; an empty field is NULL.

    Raises InputRejected when it is no table in UTF-8, without rows, or with columns that share a name or have none.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline()
        parse = csv.ParseOptions(delimiter=";" if first.count(";") > first.count(",") else ",", newlines_in_values=True)
        names = csv.open_csv(path, parse_options=parse).schema.names
        convert = csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        table = csv.read_csv(path, parse_options=parse, convert_options=convert)
    except (OSError, UnicodeDecodeError, pa.ArrowInvalid):
        raise InputRejected(f"{path.name}: dit is geen leesbare CSV-tabel in UTF-8 met een kopregel") from None
    names = [name.strip() for name in table.column_names]
    if "" in names or len(set(names)) != len(names):
        raise InputRejected(f"{path.name}: elke kolom heeft een eigen naam nodig in de kopregel")
    if not table.num_rows:
        raise InputRejected(f"{path.name}: onder de kopregel staan geen regels")
    trimmed = [pc.utf8_trim_whitespace(column) for column in table.columns]
    return pa.table({name: pc.if_else(pc.equal(c, ""), None, c) for name, c in zip(names, trimmed, strict=True)})


def leaf_rows(path: Path, count: str, measures: Collection[str]) -> pa.Table:
    """The leaf rows of a table with its counts as `n`; refuses totals, groups that stand twice and names we print."""
    table = _counted(path, count)
    dims = [name for name in table.column_names if name != "n" and name not in measures]
    for dim in dims:
        if any(is_total(code) for code in table.column(dim).unique().to_pylist()):
            raise InputRejected(f"{path.name}: kolom {dim!r} bevat totalen; geef alleen de kleinste groepen")
    if dims and _twice(table, dims):
        raise InputRejected(
            f"{path.name}: een groep staat er meer dan eens; tel haar regels eerst op, of haal de dubbele weg"
        )
    return table.set_column(table.column_names.index("n"), "n", _cast(table.column("n")))


def printed_table(path: Path, count: str, answers: Sequence[str]) -> pa.Table:
    """A published table, of ours or of another tool: totals as `TOTAAL`, whatever mark it uses for closed as NULL.

    Raises InputRejected where the attack would look at something else than readers see.
    """
    table = _counted(path, count)
    if "share" in table.column_names and not set(answers) & set(table.column_names):
        raise InputRejected(f"{path.name}: er staan aandelen in; zeg met --answers welke kolom antwoorden bevat")
    for at, name in enumerate(table.column_names):
        column = table.column(name)
        if name == "n":
            table = table.set_column(at, name, _counts(path, column))
        elif name in ("share", "step"):
            table = table.set_column(at, name, _numbers(path, column, name))
        elif name not in OUTCOME:
            table = table.set_column(at, name, _with_total(column))
    dims = [name for name in table.column_names if name not in OUTCOME]
    if dims and _twice(table, dims):
        raise InputRejected(f"{path.name}: een groep staat er meer dan eens in; zo is niet te zeggen wat er staat")
    return table


def bands_in(tables: Sequence[pa.Table]) -> dict[str, tuple[float, float]]:
    """What other tools print instead of a number: "< 10", "10-29" or "30+", with the lowest and highest count."""
    found: dict[str, tuple[float, float]] = {}
    for column in (table.column("n") for table in tables if pa.types.is_string(table.schema.field("n").type)):
        for text in column.drop_null().unique().to_pylist():
            if match := _BELOW.fullmatch(text):
                found[text] = (0.0, float(match[1]) - 1)
            elif match := _BETWEEN.fullmatch(text):
                found[text] = (float(match[1]), float(match[2]))
            elif match := _FROM.fullmatch(text):
                found[text] = (float(match[1]), np.inf)
    return found


def read_hierarchies(paths: Sequence[Path], used: Mapping[str, frozenset[str]]) -> tuple[Hierarchy, ...]:
    """Hierarchies from CSV files with the columns dimension, code, parent; a file is a banding of its own.

    used: the codes per dimension of the tables; a file that touches none of them is a mistake in a name.
    """
    files = {path.name: _hierarchy_rows(path) for path in paths}
    found: list[Hierarchy] = []
    for name, rows in files.items():
        others = {(d, up) for other, theirs in files.items() if other != name for d, _, up in theirs}
        if not any(code in used.get(dim, ()) or (dim, code) in others for dim, code, _ in rows):
            raise InputRejected(f"{name}: geen enkele code van deze indeling staat in een kolom van de tabellen")
        found += hierarchies_from_rows((d, c, TOTAL if is_total(p) else p) for d, c, p in rows if p)
    return tuple(found)


def _hierarchy_rows(path: Path) -> list[tuple[str, str, str | None]]:
    table = read_csv(path)
    if not {"dimension", "code", "parent"} <= set(table.column_names):
        raise InputRejected(f"{path.name}: een bestand met een indeling heeft de kolommen dimension, code en parent")
    rows = list(zip(*(table.column(name).to_pylist() for name in ("dimension", "code", "parent")), strict=True))
    if any(not dimension or not code or is_total(code) for dimension, code, _ in rows):
        raise InputRejected(
            f"{path.name}: elke regel heeft een dimension en een code; een totaal hoort er niet als code in"
        )
    return rows


def codes_of(tables: Sequence[pa.Table]) -> dict[str, frozenset[str]]:
    """The codes per column that may be a dimension."""
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        for name in table.column_names:
            if name not in OUTCOME:
                codes = frozenset(str(code) for code in table.column(name).unique().to_pylist())
                found[name] = found.get(name, frozenset()) | codes
    return found


def is_total(code: str | None) -> bool:
    """Whether a code is a word for everybody together."""
    return code is not None and code.casefold() in TOTAL_WORDS


def _counted(path: Path, count: str) -> pa.Table:
    """The table with its counts as `n`."""
    table = read_csv(path)
    if count not in table.column_names:
        raise InputRejected(f"{path.name}: er is geen kolom {count!r} met aantallen; geef haar naam met --count")
    if count != "n" and "n" in table.column_names:
        raise InputRejected(f"{path.name}: kolom 'n' is niet de kolom met aantallen; geef haar een andere naam")
    return table.rename_columns(["n" if name == count else name for name in table.column_names])


def _with_total(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any word for everybody becomes `TOTAAL`; where there is none, an empty code says it."""
    total = pc.is_in(pc.utf8_lower(column), pa.array(sorted(TOTAL_WORDS)))
    return pc.if_else(total, TOTAL, column if pc.any(total).as_py() else pc.fill_null(column, TOTAL))


def _twice(table: pa.Table, dims: Sequence[str]) -> bool:
    return bool(table.group_by(list(dims)).aggregate([]).num_rows != table.num_rows)


def _counts(path: Path, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers where all are; else text, for the bands."""
    marks = pc.is_in(pc.utf8_lower(column), pa.array(sorted(CLOSED_MARKS)))
    found = _cast(pc.if_else(marks, None, column))
    if not pa.types.is_string(found.type) and (pc.min(found).as_py() or 0) < 0:
        raise InputRejected(f"{path.name}: er staan aantallen onder 0 in; zo tellen mensen niet")
    return found


def _numbers(path: Path, column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    found = _cast(column)
    if pa.types.is_string(found.type):
        raise InputRejected(f"{path.name}: kolom {name!r} bevat iets dat geen getal is")
    return found


def _cast(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers, else numbers, else the text as it is."""
    for kind in (pa.int64(), pa.float64()):
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            continue
    return column
