"""The evidence read back: which groups are closed, and why. For officers before publication, never for a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from anonymisation.disclosure.naming import scope_parts


@dataclass(frozen=True)
class ClosedCell:
    """A group that is not shown. scope: what it is about (study, question); codes: its place in every grouping."""

    table: str
    scope: Mapping[str, str]
    codes: Mapping[str, str]
    reason: str


def closed_cells(evidence: pa.Table) -> Iterator[ClosedCell]:
    """Every closed cell of `prints.evidence_table`, in its order; of a table that was left out, no codes."""
    for row in evidence.to_pylist():
        scope = scope_parts(row["scope"])
        codes = dict(pair.split(" ", 1) for pair in row["cell"].split(", ") if " " in pair)
        yield ClosedCell(row["table"], scope, codes, row["reason"])
