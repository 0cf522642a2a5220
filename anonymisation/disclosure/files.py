"""Disclosure control on files: CSVs in, protected CSVs and a certificate out; and the audit of such a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.certificate import csv_bytes, table_hash
from anonymisation.disclosure.hierarchy import hierarchies_from_rows
from anonymisation.disclosure.protector import protect
from anonymisation.disclosure.published import audit_published
from domain.errors import CannotCheck, InputRejected, WrongUsage
from domain.release import AuditReport, Finding, Hierarchy, Protected, Rules, TableLayout, TableSpec
from storage.atomic import write_atomic
from storage.canonical import canonical_bytes

CERTIFICATE, PACKAGE = "certificate.json", "datapackage.json"
MEASURES = frozenset({"n_max_answer", "top_share", "n_contributors", "n_asked"})


def protect_files(
    paths: Sequence[Path],
    *,
    count: str,
    answers: Sequence[str] = (),
    hierarchies: Sequence[Path] = (),
    minimum: int = 10,
    out: Path,
    merges: Sequence[str] = (),
) -> Protected:
    """Protect long CSVs as one release; writes one CSV per table, the certificate and datapackage.json.

    count: name of the count column; every other column is a dimension, `answers` are what people said.
    Raises (and writes nothing) when the input is not leaf rows, or safety cannot be reached or shown.
    """
    if len({path.name for path in paths}) != len(paths) or not paths:
        raise WrongUsage("geef ten minste één tabel, en tabellen met verschillende namen")
    tables = [_leaf_rows(path, count) for path in paths]
    layouts = tuple(_layout(path, table, answers) for path, table in zip(paths, tables, strict=True))
    spec = TableSpec(layouts, read_hierarchies(hierarchies))
    result = protect(tables, spec, Rules(minimum=minimum, internal=minimum < 10, merges=tuple(merges)))
    _write(out, result, layouts, spec.hierarchies, answers)
    return result


def audit_path(path: Path, minimum: int = 10) -> AuditReport:
    """Attack a folder in the layout of `protect`, or a published DuckDB file, as an outsider."""
    if not path.exists():
        raise WrongUsage(f"{path.name}: deze map of dit bestand is er niet")
    return audit_folder(path, minimum) if path.is_dir() else audit_published(path, minimum)


def audit_folder(folder: Path, minimum: int = 10) -> AuditReport:
    """Attack every CSV in a folder together; with a certificate, also check that it belongs to these tables."""
    if databases := sorted(folder.glob("*.duckdb")):
        return audit_published(databases[-1], minimum)
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise CannotCheck(f"{folder.name}: hier staan geen CSV-tabellen om na te kijken")
    package = _json(folder / PACKAGE)
    rows = [(row["dimension"], row["code"], row["parent"]) for row in package.get("hierarchies", [])]
    bands: dict[int, list[tuple[str, str, str]]] = {}
    for row, entry in zip(rows, package.get("hierarchies", []), strict=True):
        bands.setdefault(int(entry.get("banding", 0)), []).append(row)
    hierarchies = [found for _, part in sorted(bands.items()) for found in hierarchies_from_rows(part)]
    names = [path.name for path in files]
    tables = [read_table(path) for path in files]
    rules = Rules(minimum=minimum, internal=minimum < 10)
    report = audit(tables, hierarchies, rules, names=names, answers=package.get("answers", []))
    doubts = _doubts(_json(folder / CERTIFICATE), dict(zip(names, tables, strict=True)), report)
    return AuditReport(
        report.minimum, report.cells, report.suppressed, report.intervals, (*report.findings, *doubts), report.attacks,
        report.incidence,
    )  # fmt: skip


def read_hierarchies(paths: Sequence[Path]) -> tuple[Hierarchy, ...]:
    """Hierarchies from CSV files with the columns dimension, code, parent; a file is a banding of its own."""
    found: list[Hierarchy] = []
    for path in paths:
        table = _csv(path)
        if not {"dimension", "code", "parent"} <= set(table.column_names):
            raise InputRejected(
                f"{path.name}: een bestand met een indeling heeft de kolommen dimension, code en parent"
            )
        rows = zip(*(table.column(name).to_pylist() for name in ("dimension", "code", "parent")), strict=True)
        found += hierarchies_from_rows((d, c, p) for d, c, p in rows if p)
    return tuple(found)


def read_table(path: Path) -> pa.Table:
    """A table in the layout of `protect`: dimensions as text, n and share as numbers, empty as NULL."""
    table = _csv(path)
    for name in table.column_names:
        if name in ("n", "share", "step"):
            at = table.column_names.index(name)
            table = table.set_column(at, name, _numbers(path, table.column(name), name))
    return table


def _csv(path: Path) -> pa.Table:
    """All columns as text; comma or semicolon; an empty field is NULL."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = file.readline()
        parse = csv.ParseOptions(delimiter=";" if first.count(";") > first.count(",") else ",")
        names = csv.open_csv(path, parse_options=parse).schema.names
        convert = csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        return csv.read_csv(path, parse_options=parse, convert_options=convert)
    except (OSError, UnicodeDecodeError, pa.ArrowInvalid):
        raise InputRejected(f"{path.name}: dit is geen leesbare CSV-tabel in UTF-8 met een kopregel") from None


def _numbers(path: Path, column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    for kind in (pa.int64(), pa.float64()):
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            continue
    if name == "n":
        return column
    raise InputRejected(f"{path.name}: kolom {name!r} bevat iets dat geen getal is")


def _leaf_rows(path: Path, count: str) -> pa.Table:
    table = _csv(path)
    if count not in table.column_names:
        raise InputRejected(f"{path.name}: er is geen kolom {count!r} met aantallen; geef haar naam met --count")
    names = ["n" if name == count else name for name in table.column_names]
    return table.rename_columns(names)


def _layout(path: Path, table: pa.Table, answers: Sequence[str]) -> TableLayout:
    dims = [name for name in table.column_names if name != "n" and name not in MEASURES]
    return TableLayout(
        path.name,
        groups=tuple(dim for dim in dims if dim not in answers),
        answers=tuple(dim for dim in dims if dim in answers),
    )


def _write(
    out: Path,
    result: Protected,
    layouts: Sequence[TableLayout],
    hierarchies: Sequence[Hierarchy],
    answers: Sequence[str],
) -> None:
    """Everything or nothing: files are written only now that all of it is safe."""
    out.mkdir(parents=True, exist_ok=True)
    for layout, table in zip(layouts, result.tables, strict=True):
        write_atomic(out / layout.name, csv_bytes(table), mode=0o644)
    write_atomic(out / PACKAGE, canonical_bytes(_package(layouts, hierarchies, answers)) + b"\n", mode=0o644)
    write_atomic(out / CERTIFICATE, canonical_bytes(result.certificate.as_dict()) + b"\n", mode=0o644)


def _package(
    layouts: Sequence[TableLayout], hierarchies: Sequence[Hierarchy], answers: Sequence[str]
) -> dict[str, Any]:
    """What a reader, and the auditor, must know about the tables."""
    return {
        "name": "toegangspeil",
        "resources": [{"name": Path(layout.name).stem, "path": layout.name} for layout in layouts],
        "answers": sorted(answers),
        "hierarchies": [
            {"banding": i, "dimension": h.dimension, "code": code, "parent": parent}
            for i, h in enumerate(hierarchies)
            for code, parent in sorted(h.parents.items())
        ],
    }


def _json(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CannotCheck(f"{path.name}: dit is geen leesbare JSON; vraag de uitgave opnieuw op") from None
    return found if isinstance(found, dict) else {}


def _doubts(certificate: Mapping[str, Any], tables: Mapping[str, pa.Table], report: AuditReport) -> list[Finding]:
    """Where a certificate says something else than the tables beside it."""
    found: list[Finding] = []
    for entry in certificate.get("tables", []):
        table = tables.get(entry["table"])
        if table is None or table_hash(table, ordered=True) != entry["sha256"]:
            found.append(
                Finding("certificaat", entry["table"], CERTIFICATE, "de tabel is niet die van het certificaat")
            )
    if certificate and certificate["incidence_sha256"] != report.incidence:
        found.append(Finding("certificaat", "", CERTIFICATE, "de optelsommen zijn niet die van het certificaat"))
    if certificate and certificate["minimum"] == report.minimum and certificate["intervals"] != dict(report.intervals):
        found.append(
            Finding("certificaat", "", CERTIFICATE, "de uitkomst van de toets is niet die van het certificaat")
        )
    return found
