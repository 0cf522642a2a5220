"""From real counts and protected patterns to the published tables.

Every number that is published is a function of a protected cell; all rounding is done by the answer rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pyarrow as pa

from domain.protocols import AnswerRules
from domain.release import History, Protected, Status
from domain.vocabulary import TOTAAL
from storage.canonical import fingerprint
from storage.duck import query, registered
from warehouse import schema
from warehouse.areas import mean_steps_together, steps_together, what_adds_up
from warehouse.before import Before
from warehouse.beside import Rows, settled_beside
from warehouse.between import Beside
from warehouse.cells import line_of, narrow_lines, protected_cells, standing
from warehouse.counted import counted_elsewhere
from warehouse.dimensions import dimensions
from warehouse.leaves import ToProtect, to_advise, to_protect
from warehouse.qualitative import Names, phase_rows, theme_rows
from warehouse.response import beside_questions
from warehouse.results import Printer, Row, distributions, fact_results
from warehouse.scopes import shown_groups
from warehouse.sources import AreaBook
from warehouse.spoken import Spoken
from warehouse.statements import run, sql

NOTHING_BEFORE = History.none()

__all__ = ["ApprovedFinding", "ApprovedQuote", "ToProtect", "published_tables", "to_advise", "to_protect"]


@dataclass(frozen=True)
class ApprovedFinding:
    """A finding that the privacy officer approved; comes from the register."""

    finding: str
    area: str
    instrument: str
    meting: str
    text: str
    phase: str | None = None
    uitgangspunt: str | None = None


@dataclass(frozen=True)
class ApprovedQuote:
    """A quote with its own consent for exactly this text, until `expires`; comes from the register."""

    quote: str
    area: str
    instrument: str
    meting: str
    text: str
    expires: date


def published_tables(
    connection: duckdb.DuckDBPyConnection,
    asked: ToProtect,
    protected: Protected,
    answers: AnswerRules,
    areas: AreaBook,
    *,
    findings: Sequence[ApprovedFinding] = (),
    quotes: Sequence[ApprovedQuote] = (),
    earlier: Sequence[Mapping[str, pa.Table]] = (),
    history: History = NOTHING_BEFORE,
) -> dict[str, pa.Table]:
    """All published tables of a release but `release_info`, which `write_release` adds.

    connection: where build_marts and to_protect ran. protected: what protect made of what was asked.
    earlier: the published tables of earlier releases, the last one last; what protect printed again stays as there.
    history: what protect got of these releases.
    """
    facts = published_facts(
        connection, asked, protected, answers, findings=findings, quotes=quotes, earlier=earlier, history=history,
        verband_of=areas.verband_of,
    )  # fmt: skip
    lines = facts["fact_result"].select(["breakdown", "breakdown_value"])
    return {**dimensions(connection, asked.release, areas, lines, _areas_in(facts)), **facts}


def published_facts(
    connection: duckdb.DuckDBPyConnection,
    asked: ToProtect,
    protected: Protected,
    answers: AnswerRules,
    *,
    findings: Sequence[ApprovedFinding] = (),
    quotes: Sequence[ApprovedQuote] = (),
    earlier: Sequence[Mapping[str, pa.Table]] = (),
    history: History = NOTHING_BEFORE,
    verband_of: Mapping[str, str] | None = None,
) -> dict[str, pa.Table]:
    """The fact tables among `published_tables`: everything that was counted or said.

    verband_of: per gemeente its verband; only needed where more than one area takes part.
    """
    release = asked.release
    printer = Printer(answers, release, asked.rules.minimum, rule_version(protected))
    cells = protected_cells(protected, asked.leaves)
    before = Before(earlier, protected.reprinted, release)
    run(connection, "rollup", release=release)
    (present,) = _rows(connection, "present", release)
    with registered(connection, protected=cells):
        answered = before.closed(_rows(connection, "distribution", release))
        measured = before.closed(_rows(connection, "results", release))
        people = before.closed(_rows(connection, "response", release))
        above = what_adds_up(connection, release, asked.tree)
        printer = replace(printer, groups=above.groups)
        beside = Beside.of(history, above, answered, measured)
        people, measured, answered = beside_questions(people, measured, answered, beside, before, history, printer)
        printer = replace(
            printer,
            finest=steps_together(answered, measured, above, printer),
            finest_means=mean_steps_together(measured, above, printer),
        )
        printer, rows = settled_beside(printer, _figures, measured, answered, beside, before)
    results = list(rows[schema.FACT_RESULT])
    if present["differing"]:
        results += _different(connection, release, results, printer)
    if present["known"]:
        results += counted_elsewhere(connection, printer, before, verband_of or {})
    rows = {**rows, schema.FACT_RESULT: results, schema.FACT_RESPONSE: _responses(people, printer)}
    shown = shown_groups(cells) if before.tables else frozenset()
    spoken = Spoken(before, history)
    talks = _words(connection, people, printer, asked.rules.min_support, present, spoken)
    return {
        **{table.name: table.table(before.as_printed(table, found, shown)) for table, found in rows.items()},
        **{table.name: table.table(list(spoken.words(table, found, shown))) for table, found in talks.items()},
        "fact_finding": schema.FACT_FINDING.table([{"release": release, **vars(one)} for one in findings]),
        "fact_quote": schema.FACT_QUOTE.table([{"release": release, **vars(one)} for one in quotes]),
    }


def _figures(measured: Sequence[Row], answered: Sequence[Row], printer: Printer) -> Rows:
    """The rows with what people answered, as they would be printed."""
    shares = list(distributions(answered, printer))
    wishes = [{**row, "uitgangspunt": row["answer"]} for kind, row in shares if kind == "improvement"]
    return {
        schema.FACT_RESULT: list(fact_results(measured, printer)),
        schema.FACT_DISTRIBUTION: [row for kind, row in shares if kind == "share"],
        schema.FACT_IMPROVEMENT: wishes,
    }


def _areas_in(facts: Mapping[str, pa.Table]) -> set[str]:
    return {area for table in facts.values() for area in table.column("area").unique().to_pylist()}


def rule_version(protected: Protected) -> str:
    """Short fingerprint of the policy and thresholds a release was protected with."""
    certificate = protected.certificate
    return fingerprint({"policy": certificate.policy, "minimum": certificate.minimum})[:12]


def _rows(connection: duckdb.DuckDBPyConnection, name: str, release: str) -> list[Row]:
    text = sql(name)
    values = {"release": release} if "$release" in text else None
    rows: list[Row] = connection.sql(text, params=values).to_arrow_table().to_pylist()
    return rows


def _responses(people: Sequence[Row], printer: Printer) -> list[Row]:
    narrow = narrow_lines(people)
    return [_response(cell, printer) for cell in people if line_of(cell) not in narrow]


def _response(cell: Row, printer: Printer) -> Row:
    own = standing(cell, printer.minimum)
    base = printer.base(cell, own)
    responded, invited = base["base"], cell["invited"] if own.shown else None
    asked_well = cell["random"] and not cell["interviews"] and invited and responded and responded <= invited
    return {
        **printer.key(cell),
        "invited": invited,
        "responded": responded,
        "responded_band": base["base_band"],
        "rate": float(round(100 * responded / invited)) if asked_well else None,
        "steekproef": cell["steekproef"],
        "includes": cell["includes"],
        "status": own.status.value,
        "n_gemeenten": base["n_gemeenten"],
    }


def _words(
    connection: duckdb.DuckDBPyConnection,
    people: Sequence[Row],
    printer: Printer,
    support: int,
    present: Row,
    spoken: Spoken,
) -> dict[schema.Table, list[Row]]:
    """fact_theme, fact_klantreis_phase and fact_klantreis_aspect."""
    themes: list[Row] = []
    phases: list[tuple[bool, Row]] = []
    if present["themes"] or present["phases"]:
        leaves = pa.Table.from_pylist([row for row in people if not row["pooled"]], schema=_PEOPLE)
        names = _names(connection, printer.release)
        with registered(connection, standing=leaves):
            themes += theme_rows(_rows(connection, "themes_labels", printer.release), printer, names, support, spoken)
            phases += phase_rows(_rows(connection, "phase_labels", printer.release), printer, names, spoken)
    return {
        schema.FACT_THEME: themes,
        schema.FACT_KLANTREIS_PHASE: [row for aspect, row in phases if not aspect],
        schema.FACT_KLANTREIS_ASPECT: [row for aspect, row in phases if aspect],
    }


_PEOPLE = pa.schema(
    [(name, pa.string()) for name in ("instrument", "meting", "doelgroep", "area", "status", "kind")]
    + [("n", pa.int64()), ("people", pa.int64())]
)


def _names(connection: duckdb.DuckDBPyConnection, release: str) -> Names:
    rows = query(
        connection,
        "select instrument, what, code, min(label), min(place) from marts.labels where release = $release group by all",
        release=release,
    )
    return {(instrument, what, code): (label, place) for instrument, what, code, label, place in rows}


def _different(
    connection: duckdb.DuckDBPyConnection, release: str, results: Sequence[Row], printer: Printer
) -> list[Row]:
    """A `not_comparable` row where a gemeente asked an item otherwise: seen, and not compared."""
    taken = {(row["instrument"], row["meting"], row["doelgroep"], row["question"], row["area"]) for row in results}
    rows = []
    for cell in _rows(connection, "not_comparable_cells", release):
        if line_of(cell) not in taken:
            statistic = "mean" if cell["statistic"] == "mean" else "share_positive"
            whole = {**cell, "breakdown": TOTAAL, "breakdown_value": TOTAAL}
            rows.append({**printer.key(whole), "statistic": statistic, "status": Status.NOT_COMPARABLE.value})
    return rows
