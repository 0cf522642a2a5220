"""Publication: one immutable DuckDB file per release with CSV, Parquet and descriptions beside it.

Nothing appears half: everything is made in a hidden folder and put in place at the end; `current.json` comes last.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import ReleaseRefused
from domain.vocabulary import Audience
from storage.atomic import sync_folder, write_atomic
from storage.duck import memory, registered
from warehouse import schema
from warehouse.exports import csv_bytes, datapackage, parquet_bytes, tabellenboek
from warehouse.statements import sql
from warehouse.views import VIEWS

POINTER = "current.json"
STORAGE_VERSION = "v1.0.0"
"""Readable by DuckDB 1.1 and newer, R, DBeaver and Power BI."""


@dataclass(frozen=True)
class ReleaseMeta:
    """What a reader must know of a release. certificate: SHA-256 of the certificate's canonical form."""

    release: str
    title: str
    published_on: str
    audience: Audience
    minimum: int
    certificate: str
    product: str
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.audience not in (Audience.DEELNEMERS, Audience.OPENBAAR):
            raise ReleaseRefused(f"uitgave {self.release}: publiek is deelnemers of openbaar")


@dataclass(frozen=True)
class ReleaseFiles:
    """Where a release was put."""

    duckdb: Path
    folder: Path

    @property
    def reports(self) -> Path:
        """Folder for the reports."""
        return self.folder / "rapporten"


def for_audience(tables: Mapping[str, pa.Table], audience: Audience) -> dict[str, pa.Table]:
    """The tables as this audience may have them: `openbaar` holds pooled lines only, no gemeente by itself.

    Who is in a benchmark is said to everybody: without it nobody could see what its line adds up.
    """
    if audience is not Audience.OPENBAAR:
        return dict(tables)
    pooled = pa.array([row["area"] for row in tables["dim_area"].to_pylist() if row["pooled"]], pa.string())
    kept = {}
    for name, table in tables.items():
        if "area" in table.column_names and name != schema.DIM_BENCHMARK.name:
            table = table.filter(pc.is_in(table.column("area"), pooled))
        kept[name] = table
    return kept


def write_release(tables: Mapping[str, pa.Table], meta: ReleaseMeta, out_dir: Path) -> ReleaseFiles:
    """Publish a release; running it again with the same tables gives the same bytes (CSV, Parquet) and rows.

    tables: from published_tables. Raises ReleaseRefused when a table is missing or a key occurs twice.
    """
    whole = {**for_audience(tables, meta.audience), "release_info": _release_info(tables, meta)}
    if missing := [table.name for table in schema.TABLES if table.name not in whole]:
        raise ReleaseRefused(f"uitgave {meta.release}: tabel {missing[0]} ontbreekt; bereken de uitgave opnieuw")
    out_dir.mkdir(parents=True, exist_ok=True)
    staging = out_dir / f".{meta.release}.part"
    shutil.rmtree(staging, ignore_errors=True)
    _write_files(whole, meta, staging / "files")
    _write_duckdb(whole, staging / "release.duckdb")
    files = ReleaseFiles(out_dir / f"{meta.release}.duckdb", out_dir / meta.release)
    _replace_folder(staging / "files", files.folder)
    os.replace(staging / "release.duckdb", files.duckdb)
    shutil.rmtree(staging, ignore_errors=True)
    sync_folder(out_dir)
    _point(out_dir, add=meta.release)
    return files


def withdraw_release(out_dir: Path, release: str, *, on: str) -> list[str]:
    """End the availability of a release at once; returns the names of what was removed.

    The record stays in the register; a small file says when. The pointer goes back to the release before it.
    """
    _point(out_dir, remove=release)
    gone = [path for path in (out_dir / f"{release}.duckdb", out_dir / release) if path.exists()]
    (out_dir / f"{release}.duckdb").unlink(missing_ok=True)
    if (old := _put_away(out_dir / release)).exists():
        shutil.rmtree(old)
    for rest in out_dir.glob(f"{release}.*"):
        if rest.suffix in (".zip", ".duckdb"):
            rest.unlink()
    notice = {"release": release, "state": "withdrawn", "withdrawn_on": on}
    write_atomic(out_dir / f"{release}.withdrawn.json", _json(notice), mode=0o644)
    return [path.name for path in gone]


def _release_info(tables: Mapping[str, pa.Table], meta: ReleaseMeta) -> pa.Table:
    facts = tables["fact_response"].to_pylist()
    leaves = {row["area"] for row in tables["dim_area"].to_pylist() if not row["pooled"]}
    row = {
        "release": meta.release,
        "title": meta.title,
        "published_on": meta.published_on,
        "audience": meta.audience.value,
        "recipients": " | ".join(meta.recipients) or None,
        "minimum": meta.minimum,
        "gemeenten": len(leaves),
        "certificate": meta.certificate,
        "rule_version": facts[0]["rule_version"] if facts else None,
        "product": meta.product,
    }
    return schema.RELEASE_INFO.table([row])


def _write_files(tables: Mapping[str, pa.Table], meta: ReleaseMeta, folder: Path) -> None:
    for kind in ("csv", "parquet"):
        (folder / kind).mkdir(parents=True)
    for table in schema.TABLES:
        rows = tables[table.name]
        (folder / "csv" / f"{table.name}.csv").write_bytes(csv_bytes(rows))
        (folder / "parquet" / f"{table.name}.parquet").write_bytes(parquet_bytes(rows))
    (folder / "datapackage.json").write_bytes(datapackage(meta.release, meta.title, tables))
    (folder / "tabellenboek.xlsx").write_bytes(tabellenboek(tables))


def _write_duckdb(tables: Mapping[str, pa.Table], path: Path) -> None:
    place = str(path).replace("'", "''")
    with memory(threads=1) as connection:
        connection.execute(f"attach '{place}' as published (storage_version '{STORAGE_VERSION}')")
        connection.execute("use published")
        for table in schema.TABLES:
            connection.execute(ddl(table))
            with registered(connection, rows=tables[table.name]):
                connection.execute(f"insert into {table.name} select * from rows")  # noqa: S608 - name from the schema
            _comment(connection, table)
        for view in VIEWS:
            connection.execute(f"create view {view.name} as {sql(f'views/{view.name}')}")
            _comment(connection, view, "view")
        connection.execute("checkpoint")
        connection.execute("use memory")
        connection.execute("detach published")


def ddl(table: schema.Table) -> str:
    """CREATE TABLE with its primary key; names come from the schema in code, never from data."""
    columns = [f'"{c.name}" {c.type}{" not null" if c.key else ""}' for c in table.columns]
    keys = ", ".join(f'"{name}"' for name in table.keys)
    return f"create table {table.name} ({', '.join(columns)}, primary key ({keys}))"


def _comment(connection: duckdb.DuckDBPyConnection, table: schema.Table, kind: str = "table") -> None:
    connection.execute(f"comment on {kind} {table.name} is {_quoted(table.comment)}")
    for column in table.columns:
        connection.execute(f'comment on column {table.name}."{column.name}" is {_quoted(column.comment)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _replace_folder(new: Path, place: Path) -> None:
    old = _put_away(place)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


def _put_away(place: Path) -> Path:
    """The folder under a hidden name, from where it can be removed: who writes in it meanwhile keeps nothing alive."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    return old


def _pointer(out_dir: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((out_dir / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"current": None, "available": []}
    return content


def _point(out_dir: Path, *, add: str | None = None, remove: str | None = None) -> None:
    available = [name for name in _pointer(out_dir)["available"] if name not in (add, remove)]
    available += [add] if add else []
    pointer = {"current": available[-1] if available else None, "available": available}
    write_atomic(out_dir / POINTER, _json(pointer), mode=0o644)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
