"""The attack on groups that overlap: two bands of one breakdown that are each large can differ by a few people (T9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import duckdb

from anonymisation.disclosure.hierarchy import ancestors, code_atoms
from domain.release import TOTAL, Finding, Hierarchy
from storage.duck import query


@dataclass(frozen=True)
class Crossing:
    """Where two groups of one breakdown share people, and neither is part of the other."""

    breakdown: str
    line: tuple[str, ...]
    codes: tuple[str, str]


def attack_bands(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Crossing, Finding]]:
    """Overlapping groups of one breakdown that are shown for the same question."""
    rows = query(
        connection,
        "select distinct instrument, meting, doelgroep, question, breakdown, breakdown_value from fact_result "
        "where breakdown <> 'TOTAAL' and breakdown_value <> 'TOTAAL' "
        "and (base is not null or base_band is not null or value is not null or label is not null) order by all",
    )
    shown: dict[tuple[str, ...], list[str]] = {}
    for *key, value in rows:
        shown.setdefault(tuple(key), []).append(value)
    trees = _trees(connection)
    for line, codes in shown.items():
        for pair in _crossing(line[-1], codes, [tree for tree in trees if tree.dimension == line[-1]]):
            where = ", ".join((*line, *pair))
            yield (
                Crossing(line[-1], line[:-1], pair),
                Finding("T9", "fact_result", where, "twee groepen overlappen: het verschil kan een kleine groep zijn"),
            )


def _crossing(breakdown: str, codes: list[str], trees: list[Hierarchy]) -> Iterator[tuple[str, str]]:
    atoms = code_atoms(breakdown, codes, trees)
    for one, two in combinations(sorted(codes), 2):
        nested = any(one in ancestors(two, tree) or two in ancestors(one, tree) for tree in trees)
        if atoms[one] & atoms[two] and not nested:
            yield one, two


def _trees(connection: duckdb.DuckDBPyConnection) -> list[Hierarchy]:
    rows = query(connection, "select breakdown, breakdown_value, parent from dim_breakdown where parent is not null")
    names = sorted({name for name, _, _ in rows})
    parents = {name: {code: up for own, code, up in rows if own == name and up != TOTAL} for name in names}
    return [Hierarchy(name, found) for name, found in parents.items()]
