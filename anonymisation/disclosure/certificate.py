"""The certificate of a release: what went in, which rules, what an outsider can and cannot work out."""

from __future__ import annotations

import hashlib
import io
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

import highspy
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from domain.certificate import Certificate, TableCost
from domain.dutch import grouped
from domain.errors import CannotCheck
from domain.release import AuditReport, Reason, Rules, Status, TableSpec
from storage.canonical import fingerprint

LIBRARIES = ("duckdb", "highspy", "numpy", "pyarrow", "scipy")
REASONS = {
    "T1": "de groep zelf is te klein",
    "T5": "(bijna) iedereen gaf hetzelfde gevoelige antwoord",
    "T7": "een gemeente is meer dan de helft van de vergelijkingsgroep",
    "T8": "de vergelijkingsgroep heeft te weinig gemeenten, of blijft zonder een van hen te klein",
    "T10": "sinds de vorige vrijgave kwamen of gingen te weinig mensen, of werd de kleinste groep hoger: wat er stond "
    "blijft staan",
    "T15": "eerder gesloten onder een strengere regel",
    "T16": "de groep die een gevoelige vraag oversloeg is te klein",
    "merged": "samengevoegd tot de groep erboven",
    "withheld": "deze tabel was naast de andere niet veilig te maken, en is daarom weggelaten",
    "secondary": "anders is een kleine groep uit te rekenen",
}


def certify(
    printed: Sequence[pa.Table], spec: TableSpec, rules: Rules, report: AuditReport, evidence: pa.Table
) -> Certificate:
    """The certificate of tables that were audited; equal input gives equal bytes.

    Its minimum is that of the audit: lower than the rules say where an earlier release is printed again. No fingerprint
    of anything that is not printed: who knows all but one small count would try every number.
    """
    costs = tuple(cost_of(layout.name, table) for layout, table in zip(spec.tables, printed, strict=True))
    return Certificate(
        minimum=report.minimum,
        policy=policy_hash(spec, rules),
        incidence=report.incidence,
        tables=costs,
        intervals=report.intervals,
        solver=f"HiGHS {highspy.Highs().version()}",
        versions=dict(_versions()),
        summary=public_summary(costs, report.minimum, rules.minimum, withheld=_withheld(evidence)),
        closed=report.closed,
        raised=rules.minimum if rules.minimum > report.minimum else 0,
    )


@cache
def _versions() -> Mapping[str, str]:
    """What computed it; looked up once, because each name is read from a file."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def table_hash(table: pa.Table, *, ordered: bool) -> str:
    """SHA-256 of a table as CSV text; without order for tables whose row order says nothing."""
    if not ordered and table.num_rows:
        table = table.sort_by([(name, "ascending") for name in table.column_names])
    return hashlib.sha256(csv_bytes(table)).hexdigest()


def published_hashes(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Fingerprint per published table, whatever the order of its rows: the same from tables and from the file."""
    return {name: table_hash(table, ordered=False) for name, table in sorted(tables.items())}


def csv_bytes(table: pa.Table) -> bytes:
    """A table as we write it: UTF-8, comma, quotes where a code needs them, LF, empty for NULL."""
    for style in ("none", "needed"):
        text = io.BytesIO()
        try:
            csv.write_csv(table, text, csv.WriteOptions(include_header=True, quoting_style=style))
            return text.getvalue()
        except pa.ArrowInvalid:
            continue
    raise CannotCheck("een tabel is niet als CSV te schrijven")


def cost_of(name: str, table: pa.Table) -> TableCost:
    """How much of a printed table is closed; empty groups are not counted."""
    status = table.column("status")
    closed = pc.sum(pc.equal(status, Status.SUPPRESSED.value)).as_py() or 0
    empty = pc.sum(pc.equal(table.column("n"), 0)).as_py() or 0
    cells = table.num_rows - empty
    return TableCost(name, cells, cells - closed, closed, table_hash(table, ordered=True))


def policy_hash(spec: TableSpec, rules: Rules) -> str:
    """Fingerprint of the rules that decided the outcome; earlier releases are data, and not in it."""
    return fingerprint(
        {
            "rules": {name: _plain(value) for name, value in vars(rules).items()},
            "tables": [{name: _plain(value) for name, value in vars(layout).items()} for layout in spec.tables],
            "hierarchies": [[h.dimension, sorted(h.parents.items())] for h in spec.hierarchies],
        }
    )


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _withheld(evidence: pa.Table) -> Mapping[str, int]:
    """Per table for how many scopes it was left out; whoever looks sees the empty lines anyway."""
    rows = evidence.filter(pc.equal(evidence.column("reason"), Reason.WITHHELD.value)).select(["table", "scope"])
    scopes = rows.group_by(["table", "scope"]).aggregate([]).column("table").to_pylist()
    return {name: scopes.count(name) for name in sorted(set(scopes))}


def public_summary(
    costs: Sequence[TableCost], minimum: int, now: int, *, withheld: Mapping[str, int] = MappingProxyType({})
) -> str:
    """The certificate in Dutch, with nothing in it that the tables do not show.

    now: the minimum of what no earlier release printed.
    """
    lines = [
        f"Geen groep kleiner dan {minimum} mensen is te zien of uit te rekenen, ook niet door tabellen te combineren.",
        *([f"Cijfers die nog niet in een eerdere uitgave stonden, gaan over minstens {now} mensen."] * (now > minimum)),
        "Een groep die wij niet tonen, is niet altijd zelf te klein: soms zou zij een andere kleine groep verraden.",
    ]
    lines += [
        f"Tabel {cost.table}: {grouped(cost.published)} van de {grouped(cost.cells)} groepen getoond, "
        f"{100 * cost.share_suppressed:.0f} % niet."
        for cost in costs
        if cost.cells
    ]
    if not any(cost.cells for cost in costs):
        lines.append("Wij telden zelf niets: een ander telde deze cijfers. Elk cijfer staat op zichzelf.")
    lines += [
        f"Tabel {table}: {grouped(count)} keer weggelaten, omdat zij naast de andere tabellen niet veilig te maken was."
        for table, count in withheld.items()
    ]
    return "\n".join(lines)


def officer_summary(certificate: Certificate, evidence: pa.Table) -> str:
    """For the officer only: which cells, why, and what it costs."""
    lines = [certificate.summary]
    counted = evidence.group_by(["table", "reason"]).aggregate([("cell", "count")]).to_pylist()
    if counted:
        lines += ["", "Waarom wij groepen niet tonen (alleen voor u, niet voor publicatie):"]
    for row in sorted(counted, key=lambda row: (row["table"], row["reason"])):
        lines.append(f"- {row['table']}: {grouped(row['cell_count'])} keer: {REASONS[row['reason']]}")
    return "\n".join(lines)
