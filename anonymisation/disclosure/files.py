"""Disclosure control on files: CSVs in, protected CSVs and a certificate out; and the audit of such a folder."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from anonymisation.disclosure.attack.closed import OTHER_CLOSED, changed_closed
from anonymisation.disclosure.attack.earlier import attack_earlier
from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.certificate import csv_bytes, table_hash
from anonymisation.disclosure.groups.bandings import with_second
from anonymisation.disclosure.hierarchy import hierarchies_from_rows
from anonymisation.disclosure.protector import protect
from anonymisation.disclosure.published import audit_published
from anonymisation.disclosure.tables import OUTCOME, bands_in, codes_of, leaf_rows, printed_table, read_hierarchies
from domain.errors import CannotCheck, InputRejected, WrongUsage
from domain.release import MINIMUM, AuditReport, Finding, Hierarchy, Protected, Rules, TableLayout, TableSpec
from storage.atomic import write_atomic
from storage.canonical import canonical_bytes

CERTIFICATE, PACKAGE, OURS = "certificate.json", "datapackage.json", "toegangspeil"
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

    A further hierarchy of a dimension gets a CSV of its own (`ceo.gemeente-2.csv`) with its groups in that column.

    count: name of the count column; every other column is a dimension, `answers` are what people said.
    Raises (and writes nothing) when the input is not leaf rows, or safety cannot be reached or shown.
    """
    _check_names(paths, out)
    tables = [leaf_rows(path, count, MEASURES) for path in paths]
    layouts = tuple(_layout(path, table, answers) for path, table in zip(paths, tables, strict=True))
    _check_options(layouts, answers, merges)
    tables, layouts, trees = with_second(tables, layouts, read_hierarchies(hierarchies, codes_of(tables)))
    _check_folder({layout.name.casefold() for layout in layouts}, out)
    spec = TableSpec(layouts, trees)
    result = protect(tables, spec, Rules(minimum=minimum, internal=minimum < 10, merges=tuple(merges)))
    _write(out, result, layouts, spec.hierarchies, answers)
    return result


def audit_path(
    path: Path,
    minimum: int | None = None,
    *,
    count: str = "n",
    answers: Sequence[str] = (),
    hierarchies: Sequence[Path] = (),
    earlier: Sequence[Path] = (),
    weights: tuple[float, float] | None = None,
) -> AuditReport:
    """Attack a folder in the layout of `protect`, or a published DuckDB file, as an outsider.

    minimum: without one 10, or what the certificate of the folder promises when that is more.
    count, answers, hierarchies: what the datapackage.json of another tool does not tell.
    earlier: folders with earlier outcomes about the same people, to lay beside this one.
    weights: for an outsider of a published file who knows the lowest and the highest weight, on a mean of 1.
    """
    if not path.exists():
        raise WrongUsage(f"{path.name}: deze map of dit bestand is er niet")
    if path.is_dir() and not list(path.glob("*.duckdb")) and _tables_in(path):
        if weights:
            raise WrongUsage("--weights is voor een gepubliceerd .duckdb-bestand: alleen daarin staan gewogen cijfers")
        return _audit_folder(path, minimum, _Told(count, answers, hierarchies), earlier)
    if earlier:
        raise WrongUsage("--earlier is voor mappen met CSV's; leg uitgaven als .duckdb bij elkaar in één map")
    return audit_published(_published_file(path), MINIMUM if minimum is None else minimum, weights=weights)


@dataclass(frozen=True)
class _Told:
    """What the caller says of tables of another tool, which bring no datapackage.json."""

    count: str
    answers: Sequence[str]
    hierarchies: Sequence[Path]


def _audit_folder(folder: Path, minimum: int | None, told: _Told, earlier: Sequence[Path]) -> AuditReport:
    """Attack every CSV in a folder together; with a certificate, also check that it belongs to these tables.

    Raises CannotCheck when a table cannot be read as its readers would.
    """
    package, certificate = _json(folder / PACKAGE), _json(folder / CERTIFICATE)
    files = _tables_in(folder)
    names = [path.name for path in files]
    try:
        known = sorted({*told.answers, *package.get("answers", [])})
        tables = [printed_table(path, told.count, known) for path in files]
        trees = (*_hierarchies_in(package), *read_hierarchies(told.hierarchies, codes_of(tables)))
        least = minimum if minimum is not None else max(MINIMUM, int(certificate.get("minimum", MINIMUM)))
        rules = Rules(minimum=least, internal=least < MINIMUM)
        report = audit(tables, trees, rules, names=names, answers=known, bands=bands_in(tables))
        now = dict(zip(names, tables, strict=True))
        more = _beside(now, earlier, trees, rules, known, told.count) if earlier else []
        doubts = _doubts(folder, certificate, now, report)
    except InputRejected as wrong:
        raise CannotCheck(str(wrong)) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise CannotCheck(
            f"{folder.name}: {PACKAGE} of {CERTIFICATE} is niet in onze vorm; vraag de uitgave opnieuw op"
        ) from None
    found = (*dict.fromkeys((*report.findings, *more)), *doubts)
    return replace(report, findings=found, certified=bool(certificate))


def _beside(
    now: Mapping[str, pa.Table],
    earlier: Sequence[Path],
    trees: Sequence[Hierarchy],
    rules: Rules,
    answers: Sequence[str],
    count: str,
) -> list[Finding]:
    """What earlier outcomes of the same tables tell beside this one."""
    if empty := [folder for folder in earlier if not _tables_in(folder)]:
        raise WrongUsage(f"{empty[0].name}: in deze map staan geen CSV-tabellen om ernaast te leggen")
    found = [
        (folder.resolve().name, {path.name: printed_table(path, count, answers) for path in _tables_in(folder)})
        for folder in earlier
    ]
    bands = bands_in([*now.values(), *(table for _, tables in found for table in tables.values())])
    return attack_earlier(now, found, trees, rules, answers, bands=bands)


def _tables_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")


def _published_file(path: Path) -> Path:
    """The DuckDB file itself, the newest in a folder, or the one that a release folder belongs to."""
    if path.suffix.lower() == ".csv":
        raise WrongUsage(f"{path.name}: geef de map waarin deze tabel staat; tabellen worden samen aangevallen")
    if not path.is_dir():
        return path
    inside = sorted(path.glob("*.duckdb"))
    beside = path.with_name(f"{path.resolve().name}.duckdb")
    if not inside and not beside.exists():
        raise CannotCheck(f"{path.name}: hier staan geen CSV-tabellen en geen gepubliceerd bestand om na te kijken")
    return inside[-1] if inside else beside


def _hierarchies_in(package: Mapping[str, Any]) -> list[Hierarchy]:
    """The hierarchies that datapackage.json tells, each banding by itself."""
    bands: dict[int, list[tuple[str, str, str]]] = {}
    for row in package.get("hierarchies", []):
        bands.setdefault(int(row.get("banding", 0)), []).append((row["dimension"], row["code"], row["parent"]))
    return [found for _, part in sorted(bands.items()) for found in hierarchies_from_rows(part)]


def _check_names(paths: Sequence[Path], out: Path) -> None:
    """Tables that can be told apart, and are not written over."""
    names = {path.name.casefold() for path in paths}
    if len(names) != len(paths) or not paths:
        raise WrongUsage("geef ten minste één tabel, en tabellen met verschillende namen")
    if any(path.suffix.lower() != ".csv" for path in paths):
        raise WrongUsage("geef tabellen als .csv-bestand; de uitkomst krijgt dezelfde naam")
    if any(path.resolve().parent == out.resolve() for path in paths):
        raise WrongUsage("kies met -o een andere map dan die van de tabellen; zij zouden worden overschreven")


def _check_folder(names: Collection[str], out: Path) -> None:
    """Nothing that exists is written over but an earlier outcome, and no other table lies beside the outcome."""
    if out.is_dir() and any(path.name.casefold() not in names for path in (*_tables_in(out), *out.glob("*.duckdb"))):
        raise WrongUsage(f"{out.name}: in deze map staan al andere tabellen; kies met -o een lege map")


def _check_options(layouts: Sequence[TableLayout], answers: Sequence[str], merges: Sequence[str]) -> None:
    """A mistake in the name of a column is no reason to treat answers as groups."""
    for option, named, known in (
        ("--answers", answers, {dim for layout in layouts for dim in layout.answers}),
        ("--merge", merges, {dim for layout in layouts for dim in layout.groups}),
    ):
        if unknown := sorted(set(named) - known):
            raise WrongUsage(f"{option} {unknown[0]}: geen enkele tabel heeft deze kolom als dimensie")
    for layout in layouts:
        if taken := sorted(OUTCOME & {*layout.groups, *layout.answers}):
            raise InputRejected(
                f"{layout.name}: kolom {taken[0]!r} heet als een kolom van de uitkomst; geef haar een andere naam"
            )


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
        "name": OURS,
        "resources": [{"name": Path(layout.name).stem, "path": layout.name} for layout in layouts],
        "answers": sorted(answers),
        "hierarchies": [
            {"banding": i, "dimension": h.dimension, "code": code, "parent": parent}
            for i, h in enumerate(hierarchies)
            for code, parent in sorted(h.parents.items())
        ],
    }


def _json(path: Path) -> Mapping[str, Any]:
    """A JSON object, empty when there is no such file."""
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not found:
        raise CannotCheck(f"{path.name}: dit is geen leesbare JSON; vraag de uitgave opnieuw op")
    return found


def _doubts(
    folder: Path, certificate: Mapping[str, Any], tables: Mapping[str, pa.Table], report: AuditReport
) -> list[Finding]:
    """Where a certificate says something else than the tables beside it, or is gone from an outcome of ours."""
    if not certificate:
        ours = _json(folder / PACKAGE).get("name") == OURS
        return [_doubt("", "bij deze tabellen hoort een certificaat, en dat is weg")] if ours else []
    told = {entry["table"]: entry["sha256"] for entry in certificate["tables"]}
    found = [_doubt(name, "deze tabel staat niet in het certificaat") for name in tables if name not in told]
    for name, mark in told.items():
        if name not in tables or table_hash(tables[name], ordered=True) != mark:
            found.append(_doubt(name, "de tabel is niet die van het certificaat"))
    if certificate["incidence_sha256"] != report.incidence:
        found.append(_doubt("", "de optelsommen zijn niet die van het certificaat"))
    if certificate["minimum"] == report.minimum and certificate["intervals"] != dict(report.intervals):
        found.append(_doubt("", "de uitkomst van de toets is niet die van het certificaat"))
    if certificate["minimum"] == report.minimum:
        found += [_doubt(name, OTHER_CLOSED) for name in changed_closed(certificate["closed_cells"], report.closed)]
    return found


def _doubt(table: str, learned: str) -> Finding:
    return Finding("certificaat", table, CERTIFICATE, learned)
