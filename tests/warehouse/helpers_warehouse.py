"""Small made-up deliveries for the tests of the warehouse; nobody in them exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count, product
from typing import Any

import pyarrow as pa

from anonymisation.disclosure import protect
from anonymisation.disclosure.answers import rules as disclosure_answers
from domain.certificate import Certificate
from domain.delivery import DeliveryKey, DoelgroepFigures, Meting
from domain.instruments import Codebook, read_codebook
from domain.policy import Policy, default_policy
from domain.records import CheckedRecords
from domain.release import AuditReport, Hierarchy, History, Protected, TableLayout
from domain.vocabulary import Audience
from storage.codebooks import Codebooks
from storage.duck import memory
from storage.gemeenten import Gemeente
from warehouse.leaves import ToProtect
from warehouse.marts import build_marts
from warehouse.published import ReleaseMeta
from warehouse.sources import AreaBook, MartSource
from warehouse.statistics import published_tables, to_protect

BOOKS = Codebooks()
_PERSON = count()
META = ReleaseMeta("r1", "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0.1.0")

AREAS = AreaBook(
    {f"GM900{i}": Gemeente(f"GM900{i}", f"Verzonnen {i}", "Oostland" if i < 5 else "Westland") for i in range(1, 10)}
    | {"SV9001": Gemeente("SV9001", "Verband Verzonnen", "", members=("GM9001", "GM9002", "GM9003"))}
)


def scan(scale: dict[str, str] | None = None, **changes: Any) -> Codebook:
    """A tiny Toegangsscan: one experience, one wished improvement, one grade, one breakdown."""
    values = scale or {"1": "eens", "2": "neutraal", "3": "oneens", "9": "weet niet"}
    codes = list(values)
    experience = {
        "class": "measure", "type": "scale", "scale": "eens", "statistic": "share",
        "uitgangspunt": "regie_zeggenschap", "text": "Regie en zeggenschap",
    }  # fmt: skip
    content = {
        "id": "scan", "version": "1", "instrument": "toegangsscan", "title": "Kleine scan", "kind": "survey",
        "method": "peilend", "person": "respondent",
        "doelgroepen": ["inwoner", "vertegenwoordiger", "professional"],
        "scales": {"eens": {
            "values": values, "direction": "low_is_good",
            "positive": [code for code in codes if values[code] == "eens"],
            "negative": [code for code in codes if values[code] == "oneens"],
            "no_answer": [code for code in codes if values[code] == "weet niet"],
        }},
        "tables": {"rows": {
            "respondent": {"class": "direct", "type": "identifier"},
            "ervaring": experience,
            "verbetering": {"class": "measure", "type": "tags", "statistic": "improvement", "text": "Verbetering",
                            "values": {"regie_zeggenschap": "regie", "transparant_eenvoudig": "eenvoud"}},
            "cijfer": {"class": "measure", "type": "decimal", "minimum": 1, "maximum": 10, "statistic": "mean",
                       "text": "Cijfer"},
            "leeftijd": {"class": "quasi", "type": "integer", "bands": "leeftijd_5", "breakdown": True},
            "voorziening": {"class": "sensitive", "type": "category", "sensitive": True, "breakdown": True,
                            "values": {code: code for code in ("hulp", "vervoer", "dagbesteding")}},
            "gewicht": {"class": "weight", "type": "decimal"},
        }},
    }  # fmt: skip
    return read_codebook({**content, **changes}, "test")


def source(
    area: str,
    columns: dict[str, Sequence[Any]],
    *,
    book: Codebook | None = None,
    doelgroep: str = "inwoner",
    meting: str = "2026",
    invited: int | None = None,
    steekproef: str = "allen",
    policy: Policy | None = None,
    tables: dict[str, dict[str, Sequence[Any]]] | None = None,
) -> MartSource:
    """One delivery from visible columns; a pseudonym per row unless the columns bring one."""
    book = book or scan()
    size = len(next(iter(columns.values())))
    rows = {"pseudonym": [f"p{next(_PERSON)}" for _ in range(size)], **columns}
    every = {"rows": pa.table(rows), **{name: pa.table(dict(t)) for name, t in (tables or {}).items()}}
    key = DeliveryKey(area, book.instrument, meting, doelgroep)
    records = CheckedRecords(key, book.reference, every, policy_fingerprint="f" * 64, file_hash="0" * 64)
    year = int(meting[:4])
    return MartSource(
        records,
        book,
        policy or default_policy(book, "f" * 64),
        DoelgroepFigures(invited=invited, steekproef=steekproef),  # type: ignore[arg-type]
        Meting(name=meting, start=date(year, 1, 1), end=date(year, 6, 30)),
    )


def answers(eens: int = 0, neutraal: int = 0, oneens: int = 0, weet_niet: int = 0) -> list[str]:
    """Codes of the tiny scan."""
    return ["1"] * eens + ["2"] * neutraal + ["3"] * oneens + ["9"] * weet_niet


def protect_primary_only(leaf: ToProtect) -> Protected:
    """A stand-in for protect that only closes groups below the minimum: for tests of what comes after."""
    tables = tuple(
        _with_totals(table, layout, leaf.spec.hierarchies, leaf.rules.minimum)
        for table, layout in zip(leaf.tables, leaf.spec.tables, strict=True)
    )
    certificate = Certificate(leaf.rules.minimum, "p", "i", (), {}, "none", {}, "s")
    report = AuditReport(leaf.rules.minimum, 0, 0, {}, (), ())
    return Protected(tables, certificate, report, pa.table({}), "")


def _with_totals(table: pa.Table, layout: TableLayout, hierarchies: Sequence[Hierarchy], minimum: int) -> pa.Table:
    sums: dict[tuple[str, ...], int] = {}
    codes = {dim: set(table.column(dim).to_pylist()) for dim in layout.groups}
    fitting = {
        dim: next((h.parents for h in hierarchies if h.dimension == dim and codes[dim] & set(h.parents)), {})
        for dim in layout.groups
    }
    for row in table.to_pylist():
        ups = [_chain(row[dim], fitting[dim]) for dim in layout.groups]
        for cell in product(*ups):
            key = (*(row[dim] for dim in layout.by), *cell)
            sums[key] = sums.get(key, 0) + row["n"]
    rows = [
        {
            **dict(zip((*layout.by, *layout.groups), key, strict=True)),
            "n": n if n >= minimum else None,
            "status": "suppressed" if n < minimum else "indicative" if n < 30 else "published",
        }
        for key, n in sums.items()
    ]
    return pa.Table.from_pylist(rows)


def _chain(code: str, parents: Mapping[str, str]) -> list[str]:
    chain = [code]
    while chain[-1] in parents and parents[chain[-1]] != "TOTAAL":
        chain.append(parents[chain[-1]])
    return [*chain, "TOTAAL"]


def publish(sources: Sequence[MartSource], *, areas: AreaBook = AREAS, release: str = "r1") -> dict[str, pa.Table]:
    """All published tables of a release of these deliveries."""
    with memory() as connection:
        build_marts(connection, release, sources, areas)
        asked = to_protect(connection, release)
        protected = protect_primary_only(asked)
        return published_tables(connection, asked, protected, disclosure_answers, areas)


def released(sources: Iterable[MartSource], areas: AreaBook = AREAS) -> dict[str, pa.Table]:
    """All published tables of a release of these deliveries, protected as the product does."""
    with memory() as connection:
        build_marts(connection, "r1", sources, areas)
        asked = to_protect(connection, "r1")
        found = protect(asked.tables, asked.spec, asked.rules, History.none())
        return published_tables(connection, asked, found, disclosure_answers, areas)


def rows_of(tables: Mapping[str, pa.Table], name: str, **where: Any) -> list[dict[str, Any]]:
    """Rows of a published table with these values."""
    return [row for row in tables[name].to_pylist() if all(row[key] == value for key, value in where.items())]
