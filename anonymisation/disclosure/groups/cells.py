"""From leaf rows to cells: totals by SQL, and one number per cell to find its parents with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from domain.errors import InputRejected, PolicyRefused
from domain.release import TOTAL, Hierarchy, TableLayout

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MOST_PEOPLE = 1e10
"""More than this is no count of people, and would be rounded in a programme."""

MEASURES = ("n_max_answer", "top_share", "n_contributors", "n_asked")
"""Optional columns of a leaf row: largest single answer, share of the largest contributor, contributors, asked."""


@dataclass(frozen=True)
class Axis:
    """One group dimension of one table: its codes in a fixed order, `TOTAAL` first, and the parent of each."""

    name: str
    codes: tuple[str, ...]
    parent: Ints = field(repr=False)
    leaf: Flags = field(repr=False)


@dataclass(frozen=True)
class Block:
    """The group cells of one table that stand on the same respondents (one value of its `by` dimensions).

    frame: by…, groups…, n and the measures, sorted by code; codes: position per axis (cells x axes).
    answers: leaf rows of the answer dimension with their counts, or None.
    """

    layout: TableLayout
    by: tuple[str, ...]
    axes: tuple[Axis, ...]
    codes: Ints = field(repr=False)
    n: Ints = field(repr=False)
    measures: dict[str, npt.NDArray[np.float64]] = field(repr=False)
    answers: dict[int, dict[str, int]] | None = field(repr=False, default=None)

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.n)

    @property
    def inner(self) -> Flags:
        """Cells that are leaves on every axis."""
        return np.asarray(np.logical_and.reduce([a.leaf[self.codes[:, i]] for i, a in enumerate(self.axes)]))

    def label(self, row: int) -> tuple[str, ...]:
        """Codes of a cell, one per axis."""
        return tuple(axis.codes[self.codes[row, i]] for i, axis in enumerate(self.axes))


def check_leaf_rows(table: pa.Table, layout: TableLayout) -> pa.Table:
    """The columns we read, as text and whole numbers; refuses what is missing, empty, negative or a total."""
    dims = (*layout.by, *layout.groups, *layout.answers)
    for column in (*dims, "n"):
        if column not in table.column_names:
            raise InputRejected(
                f"tabel {layout.name!r}: kolom {column!r} ontbreekt; voeg haar toe of pas de indeling aan"
            )
    if len(layout.answers) > 1:
        raise PolicyRefused(
            f"tabel {layout.name!r}: geef één kolom met antwoorden per tabel, en maak van de andere een eigen tabel"
        )
    try:
        columns: dict[str, Any] = {dim: table.column(dim).cast(pa.string()) for dim in dims}
        columns["n"] = table.column("n").cast(pa.int64())
        columns |= {m: table.column(m).cast(pa.float64()) for m in MEASURES if m in table.column_names}
    except pa.ArrowInvalid:
        raise InputRejected(f"tabel {layout.name!r}: n moet een heel getal zijn, en de maten getallen") from None
    for name in (*dims, "n"):
        if columns[name].null_count:
            raise InputRejected(
                f"tabel {layout.name!r}: kolom {name!r} heeft lege velden; elke regel heeft er een nodig"
            )
    if np.any(np.asarray(columns["n"]) < 0):
        raise InputRejected(f"tabel {layout.name!r}: n heeft negatieve getallen; mensen tellen we vanaf 0")
    if float(np.asarray(columns["n"], dtype=np.float64).sum()) > MOST_PEOPLE:
        raise InputRejected(f"tabel {layout.name!r}: n is samen groter dan het aantal mensen dat er kan zijn")
    return pa.table(columns)


def _mixed(table: pa.Table, dimension: str, chains: Mapping[str, Sequence[str]], by: Sequence[str]) -> bool:
    """Whether a code and a code above it both stand as leaf rows among the same people (one scope)."""
    both = {up for chain in chains.values() for up in chain} & set(chains)
    if not both:
        return False
    seen: dict[tuple[str, ...], set[str]] = {}
    for row in table.select([*by, dimension]).to_pylist():
        seen.setdefault(tuple(row[column] for column in by), set()).add(row[dimension])
    return any(set(chains[code]) & codes for codes in seen.values() for code in codes)


def axis_of(
    table: pa.Table, dimension: str, hierarchies: Sequence[Hierarchy], name: str, by: Sequence[str] = ()
) -> Axis:
    """The codes of a dimension in this table with all codes above them; refuses totals among the leaf rows."""
    present = sorted(set(table.column(dimension).unique().to_pylist()))
    hierarchy = hierarchy_for(dimension, present, hierarchies)
    chains = {code: ancestors(code, hierarchy) for code in present}
    above = sorted({code for chain in chains.values() for code in chain} - {TOTAL, *present})
    if TOTAL in present or _mixed(table, dimension, chains, by):
        raise InputRejected(f"tabel {name!r}: kolom {dimension!r} bevat totalen; geef alleen de kleinste groepen")
    codes = (TOTAL, *above, *present)
    place = {code: i for i, code in enumerate(codes)}
    parent = np.full(len(codes), -1, dtype=np.int64)
    for code, chain in chains.items():
        for child, up in zip((code, *chain), chain, strict=False):
            parent[place[child]] = place[up]
    leaf = np.arange(len(codes)) > len(above)
    return Axis(dimension, codes, parent, leaf)


def blocks(
    table: pa.Table, layout: TableLayout, hierarchies: Sequence[Hierarchy], connection: duckdb.DuckDBPyConnection
) -> list[Block]:
    """All cells of a table with their totals, split by its `by` dimensions, in a fixed order."""
    rows = check_leaf_rows(table, layout)
    axes = tuple(axis_of(rows, dim, hierarchies, layout.name, layout.by) for dim in layout.groups)
    totals = _totals(rows, layout, axes, connection)
    answers = _answers(rows, layout, axes, connection) if layout.answers else None
    said = dict(_split(answers, layout.by)) if answers is not None else {}
    within = [_within(axis) for axis in axes]
    found: list[Block] = []
    for by, part in _split(totals, layout.by):
        places = (np.asarray(part.column(f"c{i}")) for i in range(len(axes)))
        own = tuple(_in_scope(*one) for one in zip(axes, within, places, strict=True))
        found.append(_block(part, by, layout, own, said.get(by)))
    return found


def _within(axis: Axis) -> list[tuple[int, int]]:
    """(part, whole) where both are leaves of a table: in one scope the whole stands for its parts, in another not."""
    found: list[tuple[int, int]] = []
    for part in np.flatnonzero(axis.leaf).tolist():
        up = int(axis.parent[part])
        while up >= 0:
            found += [(part, up)] if axis.leaf[up] else []
            up = int(axis.parent[up])
    return found


def _in_scope(axis: Axis, within: Sequence[tuple[int, int]], places: Ints) -> Axis:
    """The axis with the leaves of one scope, which has cells at these places: somebody counted once is in one leaf."""
    if not within:
        return axis
    here = set(places.tolist())
    wholes = {whole for part, whole in within if part in here}
    leaf = axis.leaf.copy()
    leaf[[*wholes, *(part for part, whole in within if whole in here - wholes)]] = False
    return replace(axis, leaf=leaf)


def _steps(axis: Axis) -> pa.Table:
    """Every leaf code with the place of itself and of everything above it."""
    pairs = []
    for place in np.flatnonzero(axis.leaf):
        up = int(place)
        while up >= 0:
            pairs.append((axis.codes[place], up))
            up = int(axis.parent[up])
    return pa.table({"code": [code for code, _ in pairs], "place": pa.array([p for _, p in pairs], pa.int64())})


def _sql(layout: TableLayout, axes: Sequence[Axis], measures: Sequence[str], extra: Sequence[str]) -> str:
    """Totals over every combination of codes. Names come from the layout, quoted; values never enter the text."""
    keys = [f"r.{quoted(dim)}" for dim in (*layout.by, *extra)] + [f"s{i}.place" for i in range(len(axes))]
    names = [f"by{i}" for i in range(len(layout.by))] + [f"answer{i}" for i in range(len(extra))]
    names += [f"c{i}" for i in range(len(axes))]
    picked = ", ".join(f"{key} as {name}" for key, name in zip(keys, names, strict=True))
    joins = " ".join(f"join s{i} on s{i}.code = r.{quoted(axis.name)}" for i, axis in enumerate(axes))
    sums = ["sum(r.n)::bigint as n"] + [_measure(m) for m in measures]
    grouped = ", ".join(keys)
    return f"select {picked}, {', '.join(sums)} from leaf_rows r {joins} group by {grouped} order by {grouped}"  # noqa: S608


def _measure(name: str) -> str:
    """Bounds that stay on the safe side: largest parts add up at most, contributors number at least the largest."""
    if name == "top_share":
        return "sum(r.top_share * r.n) as top_share"
    return "max(r.n_contributors) as n_contributors" if name == "n_contributors" else f"sum(r.{name}) as {name}"


def quoted(name: str) -> str:
    """A column name as SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _totals(
    rows: pa.Table, layout: TableLayout, axes: Sequence[Axis], connection: duckdb.DuckDBPyConnection
) -> pa.Table:
    measures = [m for m in MEASURES if m in rows.column_names]
    return _run(rows, axes, _sql(layout, axes, measures, ()), connection)


def _answers(
    rows: pa.Table, layout: TableLayout, axes: Sequence[Axis], connection: duckdb.DuckDBPyConnection
) -> pa.Table:
    return _run(rows, axes, _sql(layout, axes, (), layout.answers), connection)


def _run(rows: pa.Table, axes: Sequence[Axis], sql: str, connection: duckdb.DuckDBPyConnection) -> pa.Table:
    shown = {"leaf_rows": rows} | {f"s{i}": _steps(axis) for i, axis in enumerate(axes)}
    for name, table in shown.items():
        connection.register(name, table)
    try:
        return connection.sql(sql).to_arrow_table()
    finally:
        for name in shown:
            connection.unregister(name)


def _split(totals: pa.Table, by: Sequence[str]) -> list[tuple[tuple[str, ...], pa.Table]]:
    """Contiguous parts with equal `by` values; the table is sorted by them."""
    if not by:
        return [((), totals)]
    if not totals.num_rows:
        return []
    keys = list(zip(*(totals.column(f"by{i}").to_pylist() for i in range(len(by))), strict=True))
    starts = [0, *(i for i in range(1, len(keys)) if keys[i] != keys[i - 1]), len(keys)]
    return [(keys[a], totals.slice(a, b - a)) for a, b in pairwise(starts)]


def _block(
    part: pa.Table, by: tuple[str, ...], layout: TableLayout, axes: tuple[Axis, ...], answers: pa.Table | None
) -> Block:
    codes = np.stack([np.asarray(part.column(f"c{i}")) for i in range(len(axes))], axis=1)
    measures = {
        m: np.asarray(part.column(m).to_numpy(zero_copy_only=False), dtype=np.float64)
        for m in MEASURES
        if m in part.column_names
    }
    block = Block(layout, by, axes, codes, np.asarray(part.column("n")), measures)
    if answers is None:
        return block
    return Block(layout, by, axes, codes, block.n, measures, _answers_of(block, answers))


def _answers_of(block: Block, answers: pa.Table) -> dict[int, dict[str, int]]:
    """Per cell the counts of its answers, in the order of the answers; an answer that nobody gave counts 0.

    Without that 0 a missing line would say what "minder dan 10 %" hides.
    """
    kinds = sorted(set(answers.column("answer0").to_pylist()))
    place = {tuple(codes): row for row, codes in enumerate(block.codes.tolist())}
    found: dict[int, dict[str, int]] = {}
    for entry in answers.to_pylist():
        row = place[tuple(entry[f"c{i}"] for i in range(len(block.axes)))]
        found.setdefault(row, dict.fromkeys(kinds, 0))[entry["answer0"]] = entry["n"]
    return found
