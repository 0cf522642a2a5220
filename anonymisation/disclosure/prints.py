"""What is printed: counts of groups, shares of answers, one mark for everything that is closed. And the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.answers.shares import PublishedShare
from anonymisation.disclosure.scopes import Scope
from domain.release import INDICATIVE_BELOW, TOTAL, Status, TableLayout


def printed_table(layout: TableLayout, scopes: Sequence[Scope]) -> pa.Table:
    """by…, groups…, n, status; with answers: answer, share, bound, step, and n only behind the total."""
    parts = [_with_answers(scope) if layout.answers else _counts(scope) for scope in scopes]
    return pa.concat_tables(parts).combine_chunks() if parts else _shape(layout).empty_table()


def _shape(layout: TableLayout) -> pa.Schema:
    """The columns of a printed table."""
    names = [*layout.by, *layout.groups, *layout.answers]
    share = [("share", pa.int64()), ("bound", pa.string()), ("step", pa.int64())] if layout.answers else []
    return pa.schema([*((name, pa.string()) for name in names), ("n", pa.int64()), *share, ("status", pa.string())])


def _counts(scope: Scope) -> pa.Table:
    block = scope.blocks[0]
    n = np.array(scope.printed_counts(), dtype=object)
    empty = np.array([value is None for value in n], dtype=bool)
    counts = np.where(empty, 0, n).astype(np.int64)
    status = np.where(empty, Status.SUPPRESSED.value, _status(counts))
    columns: dict[str, Any] = _dimensions(scope)
    columns["n"] = pa.array(counts, pa.int64(), mask=empty)
    columns["status"] = pa.array(status.tolist(), pa.string())
    return pa.table(columns).select([*block.layout.by, *block.layout.groups, "n", "status"])


def _status(counts: Any) -> Any:
    few = (counts > 0) & (counts < INDICATIVE_BELOW)
    return np.where(few, Status.INDICATIVE.value, Status.PUBLISHED.value)


def _dimensions(scope: Scope) -> dict[str, Any]:
    block = scope.blocks[0]
    columns: dict[str, Any] = {
        dim: pa.array([value] * block.size, pa.string()) for dim, value in zip(block.layout.by, block.by, strict=True)
    }
    for i, axis in enumerate(block.axes):
        columns[axis.name] = pa.array(np.array(axis.codes, dtype=object)[block.codes[:, i]], pa.string())
    return columns


def _with_answers(scope: Scope) -> pa.Table:
    """One row per group and answer, after a row for the group itself."""
    layout = scope.blocks[0].layout
    counts = _counts(scope).to_pylist()
    shares = scope.shares[0] if scope.shares else {}
    rows = [row for at, base in enumerate(counts) for row in _answer_rows(scope, at, base, shares.get(at))]
    return pa.Table.from_pylist(rows, schema=_shape(layout))


def _answer_rows(
    scope: Scope, at: int, base: dict[str, Any], shares: Sequence[PublishedShare] | None
) -> Iterator[dict[str, Any]]:
    """shares: None where nothing is printed behind the group."""
    block = scope.blocks[0]
    dimension = block.layout.answers[0]
    yield {**base, dimension: TOTAL}
    said = (block.answers or {}).get(at, {})
    for answer, share in zip(said, shares or repeat(None), strict=shares is not None):
        row = {**base, dimension: answer, "n": None}
        if share is None or share.status is Status.SUPPRESSED:
            yield {**row, "status": Status.SUPPRESSED.value}
        else:
            yield {**row, "share": share.value, "bound": share.bound, "step": share.step}


def evidence_table(scopes: Sequence[Sequence[Scope | None]]) -> pa.Table:
    """Every closed cell with its reason: table, scope, cell, reason. For the officer, never for a release."""
    rows: dict[str, list[str]] = {"table": [], "scope": [], "cell": [], "reason": []}
    for scope in (scope for row in scopes for scope in row if scope is not None):
        block = scope.blocks[0]
        for at in np.flatnonzero(np.array([reason is not None for reason in scope.reasons[0]])).tolist():
            pairs = zip((axis.name for axis in block.axes), block.label(at), strict=True)
            rows["table"].append(block.layout.name)
            rows["scope"].append(scope.name)
            rows["cell"].append(cell_name(pairs))
            rows["reason"].append(str(scope.reasons[0][at].value))
    return pa.table({name: pa.array(values, pa.string()) for name, values in rows.items()})


def cell_name(codes: Iterable[tuple[str, str]]) -> str:
    """How the evidence names a cell: every dimension of its table with its code, totals too."""
    return ", ".join(f"{dim} {code}" for dim, code in codes)
