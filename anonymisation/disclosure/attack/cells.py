"""The auditor's view: published tables and hierarchies only, nothing of the protector.

Every group of people that is printed, or could be derived, is one unknown with a lowest and a highest value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from domain.errors import CannotCheck, InputRejected
from domain.release import TOTAL, Hierarchy, Key

FIGURES = frozenset({"n", "status", "share", "bound", "step"})
APART = "vrijgave"
"""Stands in the key of a group of an earlier release that holds other people by now."""
Array = np.ndarray[Any, Any]


@dataclass
class View:
    """One scope of a release as an outsider sees it.

    low, high: what is printed about each group; equal for an exact base, 0 and infinite when suppressed.
    ring: its tables share dimensions in a ring.
    table: the first table a group was seen in. sums: rows of (parent, children) positions.
    leaves: per table its dimensions and finest groups. printed: per table its release (empty: this one) and groups.
    titles: per table its name. told: what earlier releases printed about their groups, and what is printed again.
    """

    index: dict[Key, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    table: list[str] = field(default_factory=list)
    sums: dict[tuple[int, ...], None] = field(default_factory=dict)
    ring: bool = False
    leaves: list[tuple[tuple[str, ...], dict[tuple[str, ...], int]]] = field(default_factory=list)
    printed: list[tuple[str, dict[tuple[str, ...], int]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    told: dict[int, tuple[float, float]] = field(default_factory=dict)

    def group(self, key: Key, low: float, high: float, table: str) -> int:
        """Position of a group; what two tables say about it is combined."""
        place = self.index.setdefault(key, len(self.low))
        if place == len(self.low):
            self.low.append(low)
            self.high.append(high)
            self.table.append(table)
        else:
            self.low[place], self.high[place] = max(self.low[place], low), min(self.high[place], high)
        return place

    def before(self) -> View:
        """The same groups and sums with nothing but what earlier releases printed."""
        low, high = [0.0] * self.size, [np.inf] * self.size
        for place, (least, most) in self.told.items():
            low[place], high[place] = least, most
        return replace(self, low=low, high=high)

    def copy(self) -> View:
        """One that can be added to; what is in it stays as it is."""
        return View(
            dict(self.index), [*self.low], [*self.high], [*self.table], dict(self.sums), self.ring,
            [*self.leaves], [*self.printed], [*self.titles], dict(self.told),
        )  # fmt: skip

    @property
    def size(self) -> int:
        """Number of groups."""
        return len(self.low)

    def entries(self) -> tuple[Array, Array, Array]:
        """Sums entry by entry, in the order of the sums: sum, group, and -1 for the parent or +1 for a part."""
        lengths = np.fromiter(map(len, self.sums), dtype=np.int64, count=len(self.sums))
        column = np.fromiter(chain.from_iterable(self.sums), dtype=np.int64, count=int(lengths.sum()))
        sign = np.ones(len(column))
        sign[np.cumsum(lengths) - lengths] = -1.0
        return np.repeat(np.arange(len(lengths)), lengths), column, sign


def dimensions(
    table: pa.Table, answers: Sequence[str], hierarchies: Sequence[Hierarchy]
) -> tuple[list[str], list[str]]:
    """Group dimensions of a published table, and those that are never totalled (question, meting)."""
    dims = [name for name in table.column_names if name not in FIGURES and name not in answers]
    if "n" not in table.column_names or not dims:
        raise InputRejected("een gepubliceerde tabel heeft kolommen met groepen, een kolom n en een kolom status")
    summed = [dim for dim in dims if _is_summed(dim, set(table.column(dim).unique().to_pylist()), hierarchies)]
    return summed, [dim for dim in dims if dim not in summed]


def _is_summed(dimension: str, codes: set[str], hierarchies: Sequence[Hierarchy]) -> bool:
    """Whether a column holds a total, or a code above another of its codes."""
    above = {up for h in hierarchies if h.dimension == dimension for code, up in h.parents.items() if code in codes}
    return TOTAL in codes or bool(above & codes)


def bases(table: pa.Table, answers: Sequence[str]) -> pa.Table:
    """Only the rows that count people: answer dimensions at their total."""
    import pyarrow.compute as pc

    for dim in answers:
        if dim in table.column_names:
            table = table.filter(pc.equal(table.column(dim).cast(pa.string()), TOTAL))
    return table


def views(
    tables: Mapping[str, pa.Table],
    hierarchies: Sequence[Hierarchy],
    answers: Sequence[str],
    bands: Mapping[str, tuple[float, float]] | None = None,
) -> dict[tuple[tuple[str, str], ...], View]:
    """What is published, per scope (one value of every dimension that is never totalled).

    bands: printed band -> lowest and highest base, for tables that print bands instead of numbers.
    """
    found: dict[tuple[tuple[str, str], ...], View] = {}
    for name, table in tables.items():
        groups, by = dimensions(table, answers, hierarchies)
        rows = bases(table, answers)
        seen = _printed(rows, bands or {})
        columns = {dim: rows.column(dim).cast(pa.string()).to_pylist() for dim in (*groups, *by)}
        scopes = list(zip(*([(dim, code) for code in columns[dim]] for dim in by), strict=True)) or [()] * rows.num_rows
        codes = list(zip(*(columns[dim] for dim in groups), strict=True)) or [()] * rows.num_rows
        of_scope: dict[Key, list[int]] = {}
        for at, scope in enumerate(scopes):
            of_scope.setdefault(scope, []).append(at)
        for scope, mine in of_scope.items():
            cells = {codes[i]: seen[i] for i in mine}
            add_table(found.setdefault(tuple(sorted(scope)), View()), name, groups, cells, hierarchies)
    return found


def _printed(rows: pa.Table, bands: Mapping[str, tuple[float, float]]) -> list[tuple[float, float]]:
    """Lowest and highest count behind what each row prints."""
    values = rows.column("n").to_pylist()
    closed = rows.column("status").to_pylist() if "status" in rows.column_names else [None] * len(values)
    seen: list[tuple[float, float]] = []
    for value, status in zip(values, closed, strict=True):
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, str):
            band = bands.get(value)
            if band is None:
                raise CannotCheck(
                    "een aantal staat er op een manier die de controle niet kent; zo valt er niets te zeggen"
                )
            seen.append(band)
        elif value is None or status == "suppressed":
            seen.append((0.0, np.inf))
        else:
            seen.append((float(value), float(value)))
    return seen


def add_table(
    view: View,
    name: str,
    groups: Sequence[str],
    cells: Mapping[tuple[str, ...], tuple[float, float]],
    hierarchies: Sequence[Hierarchy],
    *,
    release: str = "",
    apart: Mapping[tuple[str, ...], str] | None = None,
) -> None:
    """Put the groups of one table in the view, with the sums along each of its dimensions.

    release: the earlier release that printed it. apart: groups that hold other people by now, each with the release of
    which these are the people.
    """
    others = apart or {}
    order = sorted((dim, at) for at, dim in enumerate(groups))
    place: dict[tuple[str, ...], int] = {}
    for codes, seen in cells.items():
        key = tuple([(dim, codes[at]) for dim, at in order if codes[at] != TOTAL])
        place[codes] = view.group((*key, (APART, others[codes])) if codes in others else key, *seen, name)
    view.printed.append((release, place))
    view.titles.append(name)
    if release:
        view.told |= {place[codes]: seen for codes, seen in cells.items() if seen[0] == seen[1]}
    inner = set(place)
    for at, dim in enumerate(groups):
        parent = _parents(dim, {codes[at] for codes in cells}, hierarchies)
        children: dict[tuple[str, ...], list[int]] = {}
        for codes, spot in place.items():
            up = parent.get(codes[at])
            if up is not None:
                children.setdefault((*codes[:at], up, *codes[at + 1 :]), []).append(spot)
        inner -= set(children)
        for head, below in children.items():
            if head in place:
                view.sums[(place[head], *sorted(below))] = None
    view.leaves.append((tuple(groups), {codes: place[codes] for codes in place if codes in inner}))


def _parents(dimension: str, codes: set[str], hierarchies: Sequence[Hierarchy]) -> dict[str, str]:
    """The nearest code above each code that this table shows."""
    hierarchy = hierarchy_for(dimension, codes, hierarchies)
    above = {code: next((up for up in ancestors(code, hierarchy) if up in codes), None) for code in codes}
    return {code: up for code, up in above.items() if up is not None and code != TOTAL}
