"""The certificate of a published file: made of its tables, and found again in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from anonymisation.disclosure.attack.closed import OTHER_CLOSED, changed_closed
from anonymisation.disclosure.attack.copies import attack_copies
from anonymisation.disclosure.auditor import what_sums_tell
from anonymisation.disclosure.bases import BANDS, added_up, hierarchies
from anonymisation.disclosure.certificate import public_summary, published_hashes
from domain.certificate import Certificate, TableCost
from domain.release import MINIMUM, AuditReport, Finding, Rules
from storage.canonical import fingerprint
from storage.duck import memory, query, registered

CERTIFICATE = "certificate.json"
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


def certified(certificate: Certificate, tables: Mapping[str, pa.Table]) -> Certificate:
    """The certificate of a published file: all that it says follows from these tables, as their audience gets them.

    Of what was protected it says nothing: a file prints bands where that has numbers, and for everybody pooled lines
    only. `audit` finds the same in the file. Raises CannotCheck when the printed numbers contradict each other.
    """
    rules = Rules(minimum=certificate.minimum, internal=certificate.minimum < MINIMUM)
    with memory(threads=1) as connection, registered(connection, **tables):
        costs = _costs(connection)
        sums = what_sums_tell(added_up(connection)[1], hierarchies(connection), rules, bands=BANDS)
    return replace(
        certificate,
        tables=costs,
        summary=public_summary(costs, certificate.minimum, certificate.minimum_now),
        published=published_hashes(tables),
        **sums._asdict(),
    )


def _costs(connection: duckdb.DuckDBPyConnection) -> tuple[TableCost, ...]:
    """Per breakdown how many groups have a line, and of how many of these nothing is printed."""
    rows = query(connection, COSTS)
    return tuple(TableCost(name, cells, cells - closed, closed) for name, cells, closed in rows)


def places(path: Path) -> tuple[Path, Path]:
    """Where the certificate of a file lies: beside it, or in the folder of its name."""
    return path.with_name(CERTIFICATE), path.with_suffix("") / CERTIFICATE


def swapped(connection: duckdb.DuckDBPyConnection, place: Path, folder: Path, report: AuditReport) -> Iterator[Finding]:
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
        for name, here in _reckoned(connection, report, certificate.get("minimum_now", 0)).items():
            if certificate.get(name, here) != here:
                yield Finding("certificaat", name, CERTIFICATE, "dit is niet wat uit de tabellen volgt")


def _reckoned(connection: duckdb.DuckDBPyConnection, report: AuditReport, now: int) -> dict[str, Any]:
    """What a certificate says of the whole file, found again; now: the minimum that it says new figures have."""
    costs = _costs(connection)
    return {
        "tables": [cost.as_dict() for cost in costs],
        "summary": public_summary(costs, report.minimum, now),
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
