"""Microdata that stay inside a gemeente: the risk card, k and l by merging and closing, and files for the researcher.

Generalisation is fixed and approved (age band, wijk, voorziening group); the data never choose their own cuts.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymisation.disclosure.cells import quoted
from anonymisation.disclosure.certificate import csv_bytes
from anonymisation.disclosure.hierarchy import ancestors, hierarchy_for
from anonymisation.disclosure.receiver import seal
from domain.errors import DisclosureRefused, PolicyRefused
from domain.release import TOTAL, Hierarchy
from storage.atomic import write_atomic
from storage.canonical import canonical_bytes, fingerprint
from storage.duck import memory, query, registered

UNKNOWN = "weggelaten"
FORMATS = ("sav", "csv", "parquet")


@dataclass(frozen=True)
class MicrodataRules:
    """Thresholds of a microdata approval; floors are here.

    quasi: columns that together may single someone out. sensitive: answers that may not be the same in a class.
    """

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    k: int = 10
    l: int = 2  # noqa: E741
    max_share: float = 0.95

    def __post_init__(self) -> None:
        if not self.quasi or self.k < 5 or self.l < 2 or not 0.5 <= self.max_share <= 0.95:
            raise PolicyRefused(
                "voor regels per persoon zijn nodig: kolommen die iemand herkenbaar maken, k ten minste "
                "5, l ten minste 2, en ten "
                "hoogste 95 % gelijk"
            )


@dataclass(frozen=True)
class RiskCard:
    """What the officer reads: singling out, linkability, inference; all shares of people."""

    people: int
    classes: int
    smallest: int
    share_unique: float
    share_below_k: float
    share_same_sensitive: float
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class SafeMicrodata:
    """Rows that may go to the gemeente's own researcher, with the card before and after."""

    table: pa.Table = field(repr=False)
    before: RiskCard
    after: RiskCard
    dropped: int

    def certificate(self, rules: MicrodataRules, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Proof that goes with the files: thresholds, card and fingerprints."""
        return {
            "microdata": 1,
            "k": rules.k, "l": rules.l, "max_share": rules.max_share, "quasi": list(rules.quasi),
            "sensitive": list(rules.sensitive), "people": self.after.people, "dropped": self.dropped,
            "smallest_class": self.after.smallest, "share_below_k": self.after.share_below_k,
            "share_same_sensitive": self.after.share_same_sensitive,
            "columns_sha256": fingerprint(self.table.column_names),
            "files_sha256": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        }  # fmt: skip


def risk_card(table: pa.Table, rules: MicrodataRules) -> RiskCard:
    """Singling out, linkability and inference by one grouping in SQL."""
    with memory(threads=1) as connection, registered(connection, people=table):
        sizes, alike = query(connection, _card_sql(rules), k=rules.k)[0], 0.0
        people, classes, smallest, unique, below = (value or 0 for value in sizes)
        for column in rules.sensitive:
            same = query(connection, _alike_sql(rules, column), share=rules.max_share, l=rules.l)[0][0] or 0
            alike = max(alike, same / people if people else 0.0)
    card = RiskCard(
        people, classes, smallest, unique / people if people else 0.0, below / people if people else 0.0, alike
    )
    return RiskCard(**{**vars(card), "words": MappingProxyType(_words(card, rules))})


def enforce(table: pa.Table, rules: MicrodataRules, hierarchies: Sequence[Hierarchy] = ()) -> SafeMicrodata:
    """Merge classes that are too small or too alike one approved step up, then close what is left of them.

    Closing blanks the quasi columns; people whose blanked class is still too small or too alike are left out.
    Raises DisclosureRefused when nobody would be left.
    """
    before = risk_card(table, rules)
    for column in rules.quasi:
        table = table.set_column(table.column_names.index(column), column, _as_text(table.column(column)))
    safe = table
    for column in sorted(rules.quasi, key=lambda name: -len(set(table.column(name).to_pylist()))):
        safe = _merge_up(safe, column, rules, hierarchies)
    safe = _blank(safe, rules)
    kept = safe.filter(pc.invert(_weak(safe, rules)))
    if not kept.num_rows:
        raise DisclosureRefused(
            "geen groep mensen is groot en verschillend genoeg; laat grovere groepen of minder kolommen goedkeuren"
        )
    kept = kept.take(pc.sort_indices(kept, [(name, "ascending") for name in (*rules.quasi, *rules.sensitive)]))
    return SafeMicrodata(kept, before, risk_card(kept, rules), table.num_rows - kept.num_rows)


def write_formats(
    table: pa.Table, *, labels: Mapping[str, str] | None = None, values: Mapping[str, Mapping[Any, str]] | None = None
) -> dict[str, bytes]:
    """The rows as .sav (with labels of columns and values), CSV and Parquet."""
    parquet = io.BytesIO()
    pq.write_table(table, parquet)
    return {"sav": _sav(table, labels or {}, values or {}), "csv": csv_bytes(table), "parquet": parquet.getvalue()}


def write_sealed(
    folder: Path, name: str, safe: SafeMicrodata, rules: MicrodataRules, public_key: str, **labels: Any
) -> Path:
    """Write every format sealed for the holder of `public_key`, and the certificate beside them in the clear."""
    files = write_formats(safe.table, **labels)
    for kind, data in files.items():
        write_atomic(folder / f"{name}.{kind}.sealed", seal(data, public_key))
    certificate = folder / f"{name}.certificate.json"
    write_atomic(certificate, canonical_bytes(safe.certificate(rules, files)) + b"\n")
    return certificate


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column.cast(pa.string()), "onbekend")


def _quasi(rules: MicrodataRules) -> str:
    return ", ".join(quoted(column) for column in rules.quasi)


def _card_sql(rules: MicrodataRules) -> str:
    """Grain: one row. Classes of people who are alike on the quasi columns."""
    return f"""
        with classes as (select count(*) as n from people group by {_quasi(rules)})
        select
            sum(n)::bigint, count(*), min(n),
            sum(n) filter (n = 1)::bigint, sum(n) filter (n < $k)::bigint
        from classes
    """  # noqa: S608


def _alike_sql(rules: MicrodataRules, column: str) -> str:
    """Grain: one row: people in classes where (nearly) everybody has one value of a sensitive column."""
    return f"""
        with answers as (select {_quasi(rules)}, {quoted(column)} as said, count(*) as n from people group by all),
        classes as (select sum(n) as n, max(n) as most, count(*) as kinds from answers group by {_quasi(rules)})
        select sum(n) filter (most > $share * n or kinds < $l)::bigint from classes
    """  # noqa: S608


def _weak(table: pa.Table, rules: MicrodataRules) -> pa.Array:
    """Rows in a class that is too small or too alike."""
    keys = list(zip(*(table.column(column).to_pylist() for column in rules.quasi), strict=True))
    sizes: dict[tuple[Any, ...], int] = {}
    said: dict[tuple[Any, ...], dict[str, dict[Any, int]]] = {}
    answers = {column: table.column(column).to_pylist() for column in rules.sensitive}
    for at, key in enumerate(keys):
        sizes[key] = sizes.get(key, 0) + 1
        for column, values in answers.items():
            counts = said.setdefault(key, {}).setdefault(column, {})
            counts[values[at]] = counts.get(values[at], 0) + 1
    weak = {
        key
        for key, n in sizes.items()
        if n < rules.k
        or any(len(c) < rules.l or max(c.values()) > rules.max_share * n for c in said.get(key, {}).values())
    }
    return pa.array([key in weak for key in keys], pa.bool_())


def _merge_up(table: pa.Table, column: str, rules: MicrodataRules, hierarchies: Sequence[Hierarchy]) -> pa.Table:
    """Replace codes in weak classes by their approved parents, step by step, for all siblings together."""
    hierarchy = hierarchy_for(column, table.column(column).to_pylist(), hierarchies)
    if hierarchy is None:
        return table
    for _ in range(len(hierarchy.parents)):
        codes = table.column(column).to_pylist()
        weak = {code for code, bad in zip(codes, _weak(table, rules).to_pylist(), strict=True) if bad}
        up = {ancestors(code, hierarchy)[0] for code in weak if code != TOTAL} - {TOTAL}
        merged = [p if (p := ancestors(code, hierarchy)[0]) in up else code for code in codes]
        if merged == codes:
            break
        table = table.set_column(table.column_names.index(column), column, pa.array(merged, pa.string()))
    return table


def _blank(table: pa.Table, rules: MicrodataRules) -> pa.Table:
    weak = _weak(table, rules)
    for column in rules.quasi:
        blanked = pc.if_else(weak, UNKNOWN, table.column(column))
        table = table.set_column(table.column_names.index(column), column, blanked)
    return table


def _words(card: RiskCard, rules: MicrodataRules) -> dict[str, str]:
    """The card in the officer's words."""
    return {
        "herleiden tot één persoon": f"{_percent(card.share_unique)} van de mensen is uniek; "
        f"de kleinste groep telt {card.smallest} mensen.",
        "koppelen aan andere gegevens": f"{_percent(card.share_below_k)} zit in een groep van minder dan {rules.k} "
        "mensen die op deze kenmerken gelijk zijn.",
        "een gevoelig antwoord afleiden": f"{_percent(card.share_same_sensitive)} zit in een groep waarin (bijna) "
        "iedereen hetzelfde gevoelige antwoord gaf.",
    }


def _percent(share: float) -> str:
    """0.125 -> '12,5 %'; 0 -> '0 %'."""
    return f"{100 * share:.1f} %".replace(".0 ", " ").replace(".", ",")


def _sav(table: pa.Table, labels: Mapping[str, str], values: Mapping[str, Mapping[Any, str]]) -> bytes:
    """SPSS files want a path: one in memory, so that no row of a person touches the disk."""
    import pyreadstat

    handle = os.memfd_create("microdata")
    name = f"/proc/self/fd/{handle}"
    try:
        pyreadstat.write_sav(
            table.to_pandas(),
            name,
            column_labels={column: labels.get(column, column) for column in table.column_names},
            variable_value_labels={column: dict(found) for column, found in values.items()},
        )
        return Path(name).read_bytes()
    finally:
        os.close(handle)
