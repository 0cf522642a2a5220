"""What goes to protect: leaf tables of group sizes, with the hierarchies they add up along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from domain.release import MINIMUM, Hierarchy, Rules, TableLayout, TableSpec
from domain.vocabulary import TOTAAL
from storage.duck import query, registered
from warehouse.statements import sql
from warehouse.trees import Tree, with_earlier

AREA = "area"
BY = ("instrument", "meting", "doelgroep", "question")
MERGED, ANSWER = "meting", "antwoord"
"""What advice adds up two by two, and how it names what people said."""


@dataclass(frozen=True)
class Leaf:
    """Which cells a table holds: everybody, one breakdown, or verbanden and benchmarks (`groups`)."""

    breakdown: str = TOTAAL
    groups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the table in the release; unique."""
        return "_".join(("groepen", *self.groups)) if self.groups else self.breakdown.lower()

    @property
    def layout(self) -> TableLayout:
        """Areas and at most one breakdown; what is in BY is never added up: each stands on its own respondents."""
        extra = () if self.breakdown == TOTAAL else (self.breakdown,)
        return TableLayout(self.name, groups=(AREA, *extra), by=BY, area=AREA)


@dataclass(frozen=True)
class ToProtect:
    """Everything `protect` is called with: `protect(x.tables, x.spec, x.rules, history)`.

    tree: what every delivering area counts in, also those of earlier releases.
    """

    release: str
    tables: tuple[pa.Table, ...] = field(repr=False)
    spec: TableSpec
    rules: Rules
    leaves: tuple[Leaf, ...]
    tree: Tree = field(repr=False)


def to_protect(connection: duckdb.DuckDBPyConnection, release: str, before: Tree = ()) -> ToProtect:
    """Leaf tables of a release: all people, each breakdown, each verband or benchmark.

    The total of the areas is the country. Provincies, verbanden and benchmarks are tables of totals only: crossed
    with a breakdown they would close more cells of gemeenten than they tell.
    before: who took part in earlier releases: their lines are in no table of this one, but in the history of `protect`.
    """
    own = _tree(connection, release)
    tree = with_earlier(own, before)
    leaves = _leaves(connection, release, _bandings(own))
    rules = _rules(connection, release)
    tables = tuple(_table(connection, release, leaf, rules) for leaf in leaves)
    spec = TableSpec(tuple(leaf.layout for leaf in leaves), _hierarchies(connection, release, tree))
    return ToProtect(release, tables, spec, rules, leaves, tuple(tree))


def to_advise(
    connection: duckdb.DuckDBPyConnection, asked: ToProtect
) -> tuple[Sequence[pa.Table], TableSpec, list[str]]:
    """(tables, their layouts, what may merge): what was asked to be protected, and what people answered.

    Of ages and the like their bands, of answers whether they are positive, and metingen two by two. Not of answers
    without a good end, nor of sensitive questions: coarser answers close these sooner.
    """
    answers = _arrow(connection, "leaf_answers", {"release": asked.release})
    codes = answers.column(ANSWER).unique().to_pylist()
    tree = Hierarchy(ANSWER, {code: code.split(":")[0] for code in codes})
    layout = TableLayout("antwoorden", (AREA,), (ANSWER,), BY, AREA)
    spec = TableSpec((*asked.spec.tables, layout), (*asked.spec.hierarchies, tree))
    return (*asked.tables, answers), spec, [*asked.rules.merges, ANSWER, MERGED]


def _rules(connection: duckdb.DuckDBPyConnection, release: str) -> Rules:
    """The strictest thresholds of all policies in the release; never below those for outside."""
    rows = query(
        connection,
        "select max(min_group), max(min_support) from marts.deliveries where release = $release",
        release=release,
    )
    merges = query(
        connection,
        "select distinct breakdown from marts.breakdown_values where release = $release order by all",
        release=release,
    )
    group, support = rows[0]
    return Rules(
        minimum=max(MINIMUM, group or 0),
        min_support=max(3, support or 0),
        merges=tuple(name for (name,) in merges),
        insider_dimension=AREA,
    )


def _tree(connection: duckdb.DuckDBPyConnection, release: str) -> Tree:
    return query(
        connection,
        "select kind, leaf, area from marts.area_tree where release = $release order by all",
        release=release,
    )


def _hierarchies(connection: duckdb.DuckDBPyConnection, release: str, tree: Tree) -> tuple[Hierarchy, ...]:
    """The flat list of areas, every banding of them (provincies, verbanden, benchmarks), merges of breakdowns.

    Every banding names all its codes, so that no table is read by the list of another.
    """
    leaves = sorted({leaf for _, leaf, _ in tree})
    found = [Hierarchy(AREA, dict.fromkeys(leaves, TOTAAL))]
    for groups in _bandings(tree):
        above = {leaf: area for _, leaf, area in tree if leaf != area and area in groups}
        found.append(Hierarchy(AREA, {**dict.fromkeys((*leaves, *groups), TOTAAL), **above}))
    values = query(
        connection,
        "select breakdown, code, parent from marts.breakdown_values where release = $release order by all",
        release=release,
    )
    for name in sorted({name for name, _, _ in values}):
        found.append(Hierarchy(name, {code: parent for own, code, parent in values if own == name}))
    return tuple(found)


def _leaves(
    connection: duckdb.DuckDBPyConnection, release: str, bandings: Sequence[tuple[str, ...]]
) -> tuple[Leaf, ...]:
    """The tables of a release, in a fixed order."""
    names = query(
        connection,
        "select distinct breakdown from marts.bases where release = $release and breakdown <> 'TOTAAL' order by all",
        release=release,
    )
    return (Leaf(), *(Leaf(name) for (name,) in names), *(Leaf(groups=groups) for groups in bandings))


def _bandings(tree: Tree) -> list[tuple[str, ...]]:
    """Provincies together and verbanden together (nobody is in two of a kind); every benchmark by itself."""
    rows = sorted({(kind, area) for kind, leaf, area in tree if leaf != area and kind != "land"})
    kinds = [tuple(area for kind, area in rows if kind == wanted) for wanted in ("provincie", "verband")]
    return [groups for groups in kinds if groups] + [(area,) for kind, area in rows if kind == "benchmark"]


def _table(connection: duckdb.DuckDBPyConnection, release: str, leaf: Leaf, rules: Rules) -> pa.Table:
    if leaf.breakdown != TOTAAL:
        cells = _arrow(connection, "leaf_breakdown", {"release": release, "breakdown": leaf.breakdown})
        names = [leaf.breakdown if name == "breakdown_value" else name for name in cells.column_names]
        return cells.rename_columns(names)
    totals = _arrow(connection, "leaf_totals", {"release": release})
    if not leaf.groups:
        return totals
    with registered(connection, leaf_totals=totals):
        broad = {"contributors": rules.min_contributors, "minimum": rules.minimum}
        return _arrow(connection, "leaf_banding", {"release": release, "groups": list(leaf.groups), **broad})


def _arrow(connection: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, object]) -> pa.Table:
    return connection.sql(sql(name), params=values).to_arrow_table()
