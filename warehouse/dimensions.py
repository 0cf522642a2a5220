"""The dimension tables: areas, instruments, metingen, questions, breakdowns, uitgangspunten."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from domain.bands import BANDS
from domain.vocabulary import ONBEKEND, TOTAAL
from storage.duck import query
from warehouse import schema
from warehouse.definitions import shipped_items
from warehouse.results import Row
from warehouse.sources import AreaBook
from warehouse.statements import sql


def dimensions(
    connection: duckdb.DuckDBPyConnection, release: str, areas: AreaBook, lines: pa.Table, used: set[str]
) -> dict[str, pa.Table]:
    """All dim tables of a release; only breakdown values in `lines`, and lines over areas (`used`) that were made."""
    return {
        "dim_gemeente": schema.DIM_GEMEENTE.table(_gemeenten(connection, release, areas)),
        "dim_area": schema.DIM_AREA.table(_areas(connection, release, used)),
        "dim_benchmark": schema.DIM_BENCHMARK.table(_members(areas, used)),
        "dim_instrument": schema.DIM_INSTRUMENT.table(_instruments(connection, release)),
        "dim_meting": schema.DIM_METING.table(_metingen(connection, release)),
        "dim_question": schema.DIM_QUESTION.table(_questions(connection, release)),
        "dim_uitgangspunt": schema.DIM_UITGANGSPUNT.table(_uitgangspunten(connection, release)),
        "dim_breakdown": schema.DIM_BREAKDOWN.table(_breakdowns(connection, release, lines)),
    }


def _gemeenten(connection: duckdb.DuckDBPyConnection, release: str, areas: AreaBook) -> list[Row]:
    leaves = query(
        connection,
        "select distinct leaf from marts.area_tree where release = $release and leaf like 'GM%' order by all",
        release=release,
    )
    return [_gemeente(code, areas) for (code,) in leaves]


def _gemeente(code: str, areas: AreaBook) -> Row:
    one = areas.gemeenten[code]
    return {
        "gemeente": code,
        "name": one.name,
        "province": areas.provinces.get(one.province),
        "verband": areas.verband_of.get(code),
        "valid_from": one.valid_from or None,
        "valid_to": one.valid_to or None,
        "successor": one.successor or None,
    }


def _areas(connection: duckdb.DuckDBPyConnection, release: str, used: set[str]) -> list[Row]:
    rows = query(
        connection,
        "select a.area, a.name, a.kind, bool_and(t.leaf <> a.area) from marts.areas a "
        "join marts.area_tree t using (release, area) where release = $release group by all order by all",
        release=release,
    )
    found = [dict(zip(("area", "name", "kind", "pooled"), row, strict=True)) for row in rows]
    return [row for row in found if not row["pooled"] or row["area"] in used]


def _members(areas: AreaBook, used: set[str]) -> list[Row]:
    return [
        {"benchmark": benchmark.code, "area": area}
        for benchmark in areas.benchmarks
        if benchmark.code in used
        for area in benchmark.members
    ]


def _instruments(connection: duckdb.DuckDBPyConnection, release: str) -> list[Row]:
    """One title per instrument; where codebooks differ (ouders, jongeren) only what they share before the comma."""
    rows = query(
        connection,
        "select instrument, case when count(distinct label) filter (what like 'codebook:%') > 1 "
        "then min(split_part(label, ',', 1)) filter (what like 'codebook:%') "
        "else min(label) filter (what like 'codebook:%') end, min(label) filter (what = 'method'), "
        "min(code) filter (what = 'method') from marts.labels where release = $release group by all order by all",
        release=release,
    )
    return [dict(zip(("instrument", "title", "kind", "method"), row, strict=True)) for row in rows]


def _metingen(connection: duckdb.DuckDBPyConnection, release: str) -> list[Row]:
    rows = query(
        connection,
        "select instrument, meting, min(meting_start), max(meting_end) from marts.deliveries "
        "where release = $release group by all union all "
        "select distinct d.instrument, k.period, null::date, null::date from marts.known k "
        "join marts.deliveries d using (release, delivery_no) where release = $release and not exists "
        "(from marts.deliveries o where o.release = d.release and o.instrument = d.instrument and o.meting = k.period) "
        "order by all",
        release=release,
    )
    return [dict(zip(("instrument", "meting", "start", "end"), row, strict=True)) for row in rows]


def _questions(connection: duckdb.DuckDBPyConnection, release: str) -> list[Row]:
    rows: list[Row] = connection.sql(sql("dimensions"), params={"release": release}).to_arrow_table().to_pylist()
    known = query(
        connection,
        "select distinct d.instrument, k.indicator, d.codebook from marts.known k "
        "join marts.deliveries d using (release, delivery_no) where release = $release order by all",
        release=release,
    )
    return rows + [_known_question(*one) for one in known]


def _known_question(instrument: str, name: str, codebook: str) -> Row:
    """An indicator that somebody else counted, in the words of the item of that name if there is one."""
    row: Row = {"instrument": instrument, "question": name, "item": name, "codebook": codebook, "several": False}
    item = shipped_items().get(name)
    if item is None:
        return {**row, "text": name, "statistic": "known"}
    mean = item.statistic == "mean"
    scale = {"low": item.low or 0, "high": item.high or 10} if mean else {}
    return {**row, **scale, "text": item.text, "theme": item.theme, "statistic": "mean" if mean else "known"}


def _uitgangspunten(connection: duckdb.DuckDBPyConnection, release: str) -> list[Row]:
    """Every uitgangspunt a question or wish names; one without wording keeps its id as label."""
    rows = query(
        connection,
        """
        select u.uitgangspunt, coalesce(max(l.label) filter (l.label <> l.code), u.uitgangspunt)
        from (
            select uitgangspunt from marts.items where release = $release and uitgangspunt is not null
            union
            select a.code from marts.possible_answers a join marts.items i using (release, codebook, item)
            where release = $release and i.statistic = 'improvement'
        ) u
        left join marts.labels l
            on l.release = $release and l.code = u.uitgangspunt and l.what in ('verbetering', 'uitgangspunt')
        group by u.uitgangspunt order by u.uitgangspunt
        """,
        release=release,
    )
    return [{"uitgangspunt": code, "label": label} for code, label in rows]


def _breakdowns(connection: duckdb.DuckDBPyConnection, release: str, lines: pa.Table) -> list[Row]:
    used = sorted({*zip(*(column.to_pylist() for column in lines.columns), strict=True), (TOTAAL, TOTAAL)})
    parents = {
        (name, code): parent
        for name, code, parent in query(
            connection,
            "select breakdown, code, parent from marts.breakdown_values where release = $release",
            release=release,
        )
    }
    labels = {
        (what, code): (label, place)
        for what, code, label, place in query(
            connection,
            "select what, code, min(label), min(place) from marts.labels where release = $release group by all",
            release=release,
        )
    }
    order = {label: place for bands in BANDS.values() for place, label in enumerate(bands.labels)}
    special = query(
        connection,
        "select distinct breakdown from marts.sensitive_breakdowns where release = $release",
        release=release,
    )
    return [{**_breakdown(name, code, parents, labels, order), "sensitive": (name,) in special} for name, code in used]


def _breakdown(
    name: str,
    code: str,
    parents: dict[tuple[str, str], str],
    labels: dict[tuple[str, str], tuple[str, int]],
    order: dict[str, int],
) -> Row:
    label, place = labels.get((name, code), ("niet bekend" if code == ONBEKEND else code, order.get(code, 50)))
    if code == ONBEKEND:
        place = 99
    parent = None if name == TOTAAL else parents.get((name, code), TOTAAL)
    return {"breakdown": name, "breakdown_value": code, "label": label, "parent": parent, "place": place}
