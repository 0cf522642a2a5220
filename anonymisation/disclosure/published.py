"""The attack on a published DuckDB file: bases, bands, shares, means, intervals, labels, benchmarks, marks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from anonymisation.disclosure.attack.areas import attack_areas, questions_of
from anonymisation.disclosure.attack.bands import Crossing, attack_bands
from anonymisation.disclosure.attack.benchmarks import attack_benchmarks
from anonymisation.disclosure.attack.between import attack_between
from anonymisation.disclosure.attack.cells import views
from anonymisation.disclosure.attack.closed import OTHER_CLOSED, changed_closed
from anonymisation.disclosure.attack.copies import attack_copies
from anonymisation.disclosure.attack.counted import attack_counted
from anonymisation.disclosure.attack.everybody import attack_everybody
from anonymisation.disclosure.attack.figures import attack_figures
from anonymisation.disclosure.attack.heavy import attack_weighted_groups
from anonymisation.disclosure.attack.labels import attack_labels
from anonymisation.disclosure.attack.marks import attack_marks
from anonymisation.disclosure.attack.pooled import OTHERS, Unseen, unseen
from anonymisation.disclosure.attack.steps import attack_steps
from anonymisation.disclosure.attack.talks import attack_talks
from anonymisation.disclosure.attack.took_part import attack_took_part
from anonymisation.disclosure.attack.twice import Earlier, numbers_of_people
from anonymisation.disclosure.attack.weighted import (
    Weights,
    attack_weighted,
    changed_weights,
    groups_beside_weights,
    misplaced_weights,
)
from anonymisation.disclosure.attack.words import attack_words
from anonymisation.disclosure.auditor import audit, what_sums_tell
from anonymisation.disclosure.certificate import public_summary, published_hashes
from domain.errors import CannotCheck
from domain.release import MINIMUM, TOTAL, AuditReport, Certificate, Finding, Hierarchy, Rules, TableCost
from storage.canonical import fingerprint
from storage.duck import analyst, memory, query, registered

BANDS = {"10-29": (10.0, 29.0), "30-99": (30.0, 99.0), "100+": (100.0, float("inf")), "5-9": (5.0, 9.0),
         "10-15": (10.0, 15.0), "16-30": (16.0, 30.0), "> 30": (31.0, float("inf")),
         "30 of meer": (30.0, float("inf"))}  # fmt: skip
CERTIFICATE = "certificate.json"
Pairs = list[tuple[str, str]]
PROVINCIES = "select gemeente, province from dim_gemeente where province is not null order by all"
VERBANDEN = "select gemeente, verband from dim_gemeente where verband is not null order by all"
BENCHMARKS = (
    "select b.area, b.benchmark from dim_benchmark b join dim_area a using (area) where not a.pooled order by all"
)
PARENTS = "select breakdown_value, parent from dim_breakdown where breakdown = $breakdown and parent is not null"
# Grain: one row per breakdown, in lower case: its groups of all questions, and how many of these are closed.
COSTS = """
with bases as (
    select instrument, meting, doelgroep, question, area, breakdown, breakdown_value, base, base_band
    from fact_result
    where
        status <> 'not_comparable'
        and instrument not in (select instrument from dim_instrument where kind = 'aggregate')
    union all
    select instrument, meting, doelgroep, question, area, 'TOTAAL', 'TOTAAL', base, base_band from fact_distribution
    union all
    select instrument, meting, doelgroep, '(verbetering)', area, 'TOTAAL', 'TOTAAL', base, base_band
    from fact_improvement
    union all
    select instrument, meting, doelgroep, '(respons)', area, 'TOTAAL', 'TOTAAL', responded, responded_band
    from fact_response
),

groups as (
    select breakdown, count(base) + count(base_band) > 0 as shown
    from bases
    group by instrument, meting, doelgroep, question, area, breakdown, breakdown_value
)

select lower(breakdown), count(*), count(*) filter (not shown)
from groups
group by breakdown
order by breakdown <> 'TOTAAL', breakdown
"""
BY = ("instrument", "meting", "doelgroep", "question")
ATTACKS = (
    "gemiddelden, aandelen en intervallen terugrekenen",
    "aandelen en gemiddelden van gemeenten naast die van hun provincie, verband, benchmark en het land",
    "hoeveel mensen meededen naast hoeveel een vraag beantwoordden",
    "een verband min zijn gemeenten, waar een ander de cijfers telde, ook in twee uitgaven",
    "dezelfde regel in twee uitgaven, en alle gebieden van alle uitgaven samen: wie kwam of ging en wat die zei",
    "aantallen van twee uitgaven samen, ook de weggelaten aantallen: wie er zat, kwam of ging",
    "een gemeente die zichzelf van een vergelijking aftrekt",
    "gebieden waarvan (bijna) iedereen in één groep van een gevoelige uitsplitsing zit",
    "labels van gesprekken terugrekenen tot aantallen, ook naast het aandeel van alle gesprekken en in twee uitgaven",
    "gewogen cijfers waar ze niet mogen staan, of die sinds een eerdere uitgave anders zijn",
    "kolommen, maten en woorden die er niet horen",
)
WEIGHTED = ("gewogen cijfers naast gewone, voor wie weet hoe zwaar iemand telt",)


def audit_published(path: Path, minimum: int = 10, *, weights: Weights | None = None) -> AuditReport:
    """Attack one published file as an outsider, and see that the certificate beside it is its own.

    weights: the lowest and the highest weight, on a mean of 1, for an outsider who knows these too.
    Raises CannotCheck when it is not a published file.
    """
    rules = Rules(minimum=minimum, internal=minimum < 10, insider_dimension="area")
    try:
        with analyst(path) as connection:
            report = attack_database(connection, rules, weights=weights)
            steps = _beside_earlier(connection, path, rules)
            beside = [place for place in _places(path) if place.exists()]
            swapped = [one for place in beside for one in _swapped(connection, place, path.with_suffix(""), report)]
            findings = (*dict.fromkeys((*report.findings, *steps)), *swapped)
            return replace(report, findings=findings, certified=bool(beside))
    except duckdb.Error:
        raise CannotCheck(
            f"{path.name}: dit is geen gepubliceerd bestand van Toegangspeil, of het is in gebruik"
        ) from None


def _beside_earlier(connection: duckdb.DuckDBPyConnection, path: Path, rules: Rules) -> Iterator[Finding]:
    """Against the other releases in the same folder that were published before, or on the same day."""
    day = _day(connection)
    with ExitStack() as stack:
        others = [
            stack.enter_context(analyst(one)) for one in sorted(path.parent.glob("*.duckdb")) if one.name != path.name
        ]
        before = sorted((one for one in others if _day(one) <= day), key=_day)
        for one in before:
            yield from attack_steps(connection, one, rules.minimum)
            yield from attack_words(connection, one)
            yield from changed_weights(connection, one, same_day=_day(one) == day)
            yield from groups_beside_weights(connection, one, same_day=_day(one) == day)
        yield from attack_between(connection, before, BANDS, rules.minimum)
        yield from attack_counted(connection, before, rules.minimum)
        yield from _people_of_all(connection, before, rules)


def _people_of_all(
    now: duckdb.DuckDBPyConnection, before: Sequence[duckdb.DuckDBPyConnection], rules: Rules
) -> Iterator[Finding]:
    """What the numbers of people of earlier files tell beside those of now, closed ones too.

    Of a file for everybody not what a gemeente knows of another: these have no line, whatever their size.
    """
    if unseen(now).gemeenten:
        rules = replace(rules, insider_dimension=None)
    last, *earlier = (_people(one) for one in (now, *before))
    yield from numbers_of_people(last.views, earlier, last.trees, rules)


def _people(connection: duckdb.DuckDBPyConnection) -> Earlier:
    """The numbers of people that a file prints."""
    trees = _hierarchies(connection)
    return Earlier(_name(connection), views(_added_up(connection)[1], trees, (), BANDS), trees)


def _name(connection: duckdb.DuckDBPyConnection) -> str:
    ((name,),) = query(connection, "select max(release) from release_info")
    return str(name)


def _day(connection: duckdb.DuckDBPyConnection) -> str:
    ((day,),) = query(connection, "select max(published_on) from release_info")
    return str(day)


def _places(path: Path) -> tuple[Path, Path]:
    """Where the certificate of a file lies: beside it, or in the folder of its name."""
    return path.with_name(CERTIFICATE), path.with_suffix("") / CERTIFICATE


def _swapped(
    connection: duckdb.DuckDBPyConnection, place: Path, folder: Path, report: AuditReport
) -> Iterator[Finding]:
    """Whether a certificate is the one of this file and its tables, and of the CSV and Parquet in its folder."""
    marks = {mark for (mark,) in query(connection, "select certificate from release_info")}
    certificate = _read(place)
    if fingerprint(certificate) not in marks:
        yield Finding("certificaat", "release_info", CERTIFICATE, "het certificaat hoort niet bij dit bestand")
        return
    told, there = certificate.get("published_sha256", {}), _tables(connection)
    found = published_hashes(there)
    for name in sorted(name for name in told if found.get(name) != told[name]):
        yield Finding("certificaat", name, CERTIFICATE, "de tabel is niet die van het certificaat")
    yield from attack_copies(folder, {**found, **told}, {name: table.schema for name, table in there.items()})
    if "closed_cells" in certificate and certificate.get("minimum") == report.minimum:
        for name in changed_closed(certificate["closed_cells"], report.closed):
            yield Finding("certificaat", name, CERTIFICATE, OTHER_CLOSED)
        for name, here in _reckoned(connection, report).items():
            if certificate.get(name, here) != here:
                yield Finding("certificaat", name, CERTIFICATE, "dit is niet wat uit de tabellen volgt")


def _reckoned(connection: duckdb.DuckDBPyConnection, report: AuditReport) -> dict[str, Any]:
    """What a certificate says of the whole file, found again."""
    costs = _costs(connection)
    return {
        "tables": [cost.as_dict() for cost in costs],
        "summary": public_summary(costs, report.minimum),
        "intervals": dict(report.intervals),
        "incidence_sha256": report.incidence,
    }


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    names = query(connection, "select table_name from duckdb_tables() where not internal")
    return {name: connection.table(name).to_arrow_table() for (name,) in names}


def _read(certificate: Path) -> dict[str, Any]:
    """The certificate; empty, and so of no file, when it cannot be read."""
    try:
        found = json.loads(certificate.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def attack_database(
    connection: duckdb.DuckDBPyConnection, rules: Rules, *, weights: Weights | None = None
) -> AuditReport:
    """All attacks on the published tables behind a connection; weights: as in `audit_published`."""
    crossing, tables = _added_up(connection)
    report = audit(
        list(tables.values()), _hierarchies(connection), rules, names=list(tables), bands=BANDS,
        unseen=(*unseen(connection).gemeenten, OTHERS),
    )  # fmt: skip
    more = [*(finding for _, finding in crossing), *attack_marks(connection), *attack_figures(connection, BANDS),
            *attack_areas(questions_of(connection, BANDS)), *attack_benchmarks(connection, rules),
            *attack_labels(connection), *attack_talks(connection, BANDS),
            *attack_everybody(connection, BANDS), *attack_took_part(connection, rules.minimum),
            *misplaced_weights(connection),
            *(attack_weighted(connection, weights) if weights else ()),
            *(attack_weighted_groups(connection, BANDS, weights) if weights else ())]  # fmt: skip
    return AuditReport(
        rules.minimum, report.cells, report.suppressed, report.intervals, (*report.findings, *more),
        (*report.attacks, *ATTACKS, *(WEIGHTED if weights else ())), report.incidence, report.closed,
    )  # fmt: skip


def certified(certificate: Certificate, tables: Mapping[str, pa.Table]) -> Certificate:
    """The certificate of a published file: all that it says follows from these tables, as their audience gets them.

    Of what was protected it says nothing: a file prints bands where that has numbers, and for everybody pooled lines
    only. `audit` finds the same in the file. Raises CannotCheck when the printed numbers contradict each other.
    """
    rules = Rules(minimum=certificate.minimum, internal=certificate.minimum < MINIMUM)
    with memory(threads=1) as connection, registered(connection, **tables):
        costs = _costs(connection)
        sums = what_sums_tell(_added_up(connection)[1], _hierarchies(connection), rules, bands=BANDS)
    return replace(
        certificate,
        tables=costs,
        summary=public_summary(costs, certificate.minimum),
        published=published_hashes(tables),
        **sums._asdict(),
    )


def _costs(connection: duckdb.DuckDBPyConnection) -> tuple[TableCost, ...]:
    """Per breakdown how many groups have a line, and of how many of these nothing is printed."""
    rows = query(connection, COSTS)
    return tuple(TableCost(name, cells, cells - closed, closed) for name, cells, closed in rows)


def _added_up(connection: duckdb.DuckDBPyConnection) -> tuple[list[tuple[Crossing, Finding]], dict[str, pa.Table]]:
    """Breakdowns of which the groups overlap, and the numbers of people of all others."""
    crossing = sorted(attack_bands(connection), key=str)
    return crossing, _base_tables(connection, {where.breakdown for where, _ in crossing})


def _base_tables(connection: duckdb.DuckDBPyConnection, crossing: Collection[str]) -> dict[str, pa.Table]:
    """One table of group sizes per breakdown, as printed: a number, a band, or nothing; and one of who took part.

    crossing: breakdowns of which the groups overlap; they do not add up, and were found already.
    """
    names = [name for (name,) in query(connection, "select distinct breakdown from fact_result order by all")]
    behind = unseen(connection)
    found = {f"fact_result {name}": _bases(connection, name, behind) for name in names if name not in crossing}
    found |= {"fact_response": _participants(connection, behind)}
    apart = {"verbanden": _pairs(connection, VERBANDEN)} | _benchmarks(connection)
    tables = {title: table for title, table in found.items() if table.num_rows}
    return {name: part for title, table in tables.items() for name, part in _bandings(title, table, apart).items()}


def _pairs(connection: duckdb.DuckDBPyConnection, text: str, **values: str) -> Pairs:
    return [(own, up) for own, up in query(connection, text, **values)]


def _benchmarks(connection: duckdb.DuckDBPyConnection) -> dict[str, Pairs]:
    """Per benchmark its members with itself: everybody can read who is in it."""
    found: dict[str, Pairs] = {}
    for own, up in _pairs(connection, BENCHMARKS):
        found.setdefault(up, []).append((own, up))
    return found


def _participants(connection: duckdb.DuckDBPyConnection, behind: Unseen) -> pa.Table:
    rows = query(
        connection,
        """
        select
            instrument, meting, doelgroep, '(respons)' as question,
            case when area = 'NL' then 'TOTAAL' else area end as area,
            coalesce(max(responded)::varchar, max(responded_band)) as n
        from fact_response
        group by all
        order by all
        """,
    )
    rows += [(*scope, area, None) for scope, area in behind.scopes(rows)]
    return _printed_bases(rows, [*BY, "area", "n"])


def _bandings(title: str, table: pa.Table, apart: Mapping[str, Pairs]) -> dict[str, pa.Table]:
    """Verbanden, and every benchmark, with their gemeenten as a table of their own: these count in a provincie too."""
    areas = table.column("area").to_pylist()
    above = {name: {up for _, up in pairs} for name, pairs in apart.items()}
    found = {title: _only(table, [not any(area in ups for ups in above.values()) for area in areas])}
    for name, pairs in apart.items():
        if above[name] & set(areas):
            own = above[name] | {gemeente for gemeente, _ in pairs}
            found[f"{title} {name}"] = _only(table, [area in own for area in areas])
    return found


def _only(table: pa.Table, take: Sequence[bool]) -> pa.Table:
    return table.filter(pa.array(take, pa.bool_()))


def _bases(connection: duckdb.DuckDBPyConnection, breakdown: str, behind: Unseen) -> pa.Table:
    """Every base of a question that any table prints; a value that is shown stands on a base that can be seen.

    Figures that somebody else counted are attacked by themselves (`attack/counted.py`): they need not add up.
    """
    rows = query(
        connection,
        """
        with bases as (
            select instrument, meting, doelgroep, question, area, breakdown_value, base, base_band
            from fact_result
            where
                breakdown in ('TOTAAL', $breakdown) and status <> 'not_comparable'
                and instrument not in (select instrument from dim_instrument where kind = 'aggregate')
            union all
            select instrument, meting, doelgroep, question, area, 'TOTAAL', base, base_band from fact_distribution
            union all
            select instrument, meting, doelgroep, '(verbetering)', area, 'TOTAAL', base, base_band
            from fact_improvement
        )

        select
            instrument, meting, doelgroep, question,
            case when area = 'NL' then 'TOTAAL' else area end as area, breakdown_value,
            coalesce(max(base)::varchar, max(base_band)) as n
        from bases
        group by all
        order by all
        """,
        breakdown=breakdown,
    )
    rows += [(*scope, area, TOTAL, None) for scope, area in behind.scopes(rows)]
    if breakdown == TOTAL:
        return _printed_bases([(*row[:5], row[6]) for row in rows], [*BY, "area", "n"])
    return _printed_bases(
        _with_all_areas(rows, dict(_pairs(connection, PARENTS, breakdown=breakdown))), [*BY, "area", breakdown, "n"]
    )


def _printed_bases(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    table = pa.table({name: pa.array(list(column), pa.string()) for name, column in zip(names, columns, strict=True)})
    status = ["suppressed" if value is None else "published" for value in table.column("n").to_pylist()]
    return table.append_column("status", pa.array(status, pa.string()))


def _with_all_areas(rows: Sequence[tuple[Any, ...]], parents: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Add what is not printed: an area whose breakdown is missing may hide anything in it.

    Closed groups have a row: one without, where groups beside it (under the same parent) have theirs, is empty.
    """
    values: dict[tuple[Any, ...], set[str]] = {}
    areas: dict[tuple[Any, ...], set[str]] = {}
    seen = {row[:6] for row in rows}
    beside = {(*row[:5], parents[row[5]]) for row in rows if row[4] != TOTAL and row[5] in parents}
    for row in rows:
        areas.setdefault(row[:4], set()).add(row[4])
        values.setdefault(row[:4], set()).add(row[5])
    missing = [
        (*question, area, value, "0" if (*question, area, parents.get(value)) in beside else None)
        for question, found in sorted(areas.items())
        for area in sorted(found)
        for value in sorted(values[question])
        if (*question, area, value) not in seen
    ]
    return [*rows, *missing]


def _hierarchies(connection: duckdb.DuckDBPyConnection) -> list[Hierarchy]:
    """Provincies, verbanden and the coarser groups of every breakdown, as the file itself tells."""
    found = [Hierarchy("area", dict(_pairs(connection, text))) for text in (PROVINCIES, VERBANDEN)]
    found += [Hierarchy("area", dict(pairs)) for pairs in _benchmarks(connection).values()]
    rows = query(
        connection,
        "select breakdown, breakdown_value, parent from dim_breakdown "
        "where parent is not null and parent <> 'TOTAAL' order by all",
    )
    for name in sorted({row[0] for row in rows}):
        found.append(Hierarchy(name, {code: parent for own, code, parent in rows if own == name}))
    return found
