"""What a release proves of itself: what each table costs, and what can be reckoned of its closed cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class TableCost:
    """What protection costs in one table, as the outside may know it.

    sha256: of the table as printed; empty for a published file, of which the tables have a fingerprint themselves.
    """

    table: str
    cells: int
    published: int
    suppressed: int
    sha256: str = ""

    @property
    def share_suppressed(self) -> float:
        """Share of the non-empty cells that is closed."""
        return self.suppressed / self.cells if self.cells else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for canonical JSON."""
        return {
            "table": self.table,
            "cells": self.cells,
            "published": self.published,
            "suppressed": self.suppressed,
            "share_suppressed": round(self.share_suppressed, 4),
            **({"sha256": self.sha256} if self.sha256 else {}),
        }


@dataclass(frozen=True)
class ClosedCells:
    """What an outsider can reckon about every closed cell of one table: how many people at least and at most.

    count: number of closed cells. Of each that is not in `other`, all that follows is that it may hold nobody and may
    hold the minimum or more. other: codes in the order of `dimensions`, then the least and the most people; the most is
    None where the minimum or more is possible.
    """

    table: str
    dimensions: tuple[str, ...]
    count: int
    other: tuple[tuple[str | int | None, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for canonical JSON."""
        return {
            "table": self.table,
            "dimensions": list(self.dimensions),
            "closed": self.count,
            "usual": [0, None],
            "other": [list(row) for row in self.other],
        }


@dataclass(frozen=True)
class Certificate:
    """Proof that a release was protected; holds nothing that the published tables do not already tell.

    closed: per table what can be reckoned about each closed cell.
    minimum: holds for every group in it. raised: holds for what stands in it for the first time, where that is more
        than an earlier release had; else 0.
    published: fingerprint per table of the published file, when these are made of the protected ones; all other figures
        are then of that file too.
    """

    minimum: int
    policy: str
    incidence: str
    tables: tuple[TableCost, ...]
    intervals: Mapping[str, int]
    solver: str
    versions: Mapping[str, str]
    summary: str
    closed: tuple[ClosedCells, ...] = ()
    published: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    raised: int = 0

    @property
    def minimum_now(self) -> int:
        """The minimum of what stands in it for the first time."""
        return max(self.minimum, self.raised)

    def as_dict(self) -> dict[str, Any]:
        """Plain values in a fixed order, for canonical JSON."""
        return {
            "certificate": 1,
            "minimum": self.minimum,
            **({"minimum_now": self.raised} if self.raised else {}),
            "policy_sha256": self.policy,
            "incidence_sha256": self.incidence,
            "tables": [cost.as_dict() for cost in self.tables],
            "intervals": dict(self.intervals),
            "closed_cells": [table.as_dict() for table in self.closed],
            "solver": self.solver,
            "versions": dict(self.versions),
            "summary": self.summary,
            **({"published_sha256": dict(self.published)} if self.published else {}),
        }
