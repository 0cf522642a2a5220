"""Measuring one contribution: its tables as the outside would get them, and what an attacker learns from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.leaves import ToProtect
    from warehouse.sources import AreaBook, MartSource

from domain.contribution import ContributionContent
from domain.release import History, Protected
from domain.vocabulary import ColumnClass
from portal.before_after import before_and_after
from portal.evidence import Evidence
from portal.station import Station
from storage.codebooks import Codebooks
from storage.duck import memory

_NAME = "voorbeeld"


def make_evidence(
    content: ContributionContent, station: Station, areas: AreaBook, codebooks: Codebooks | None = None
) -> Evidence:
    """Build, protect and attack the stand-alone tables of one contribution, beside what was shown of its area before.

    Imports here: the solver costs a second, and most visits need no evidence.
    """
    from anonymisation import disclosure
    from anonymisation.disclosure.advice import advise, in_words
    from anonymisation.disclosure.answers import rules as answers
    from warehouse.counted import people_elsewhere
    from warehouse.counted_words import counted_in_words
    from warehouse.marts import build_marts, people_counted
    from warehouse.onbekend import stays_as_printed
    from warehouse.statistics import published_tables, to_advise, to_protect

    tally = _Tally()
    earlier, figures = station.shown(content)
    with memory() as connection:
        build_marts(connection, _NAME, tally.over(station.sources(content)), areas, codebooks, history=earlier)
        people = people_counted(connection, _NAME)
        earlier = stays_as_printed(connection, _NAME, earlier)
        asked = to_protect(connection, _NAME)
        found = disclosure.protect(asked.tables, asked.spec, asked.rules, earlier)
        tables = published_tables(connection, asked, found, answers, areas, earlier=figures, history=earlier)
        counted = counted_in_words(connection, _NAME, tables, answers, asked.rules.minimum)
        merged, spec, along = to_advise(connection, asked)
    report = _attack(asked, found, earlier)
    statuses = Counter(tables["fact_result"].column("status").to_pylist())
    return Evidence(
        people=people,
        elsewhere=people_elsewhere(tables),
        tables=tables,
        cells=statuses.total(),
        hidden=statuses["suppressed"],
        minimum=found.certificate.minimum,
        reasons=Counter(str(reason) for reason in found.evidence.column("reason").to_pylist()),
        attacks=report.attacks,
        learned=len(report.findings),
        same=station.preview_hash(content) == content.preview_hash,
        talks=tables["fact_klantreis_phase"].num_rows + tables["fact_theme"].num_rows > 0,
        studies=before_and_after(asked, found, tables, codebooks or Codebooks()),
        summary=(*(line for line in found.certificate.summary.split("\n") if line.strip()), *counted),
        advice=tuple(in_words(advise(merged, spec, asked.rules, earlier, along=along))),
        texts=tally.texts,
    )


class _Tally:
    """Open texts, counted on the way to the marts."""

    def __init__(self) -> None:
        self.texts = 0

    def over(self, sources: Iterable[MartSource]) -> Iterator[MartSource]:
        """The same deliveries, counted."""
        for source in sources:
            for name, table in source.records.tables.items():
                self._count(source, name, table)
            yield source

    def _count(self, source: MartSource, name: str, table: pa.Table) -> None:
        for column in source.codebook.columns_of(ColumnClass.TEXT, table=name):
            if column in table.column_names:
                self.texts += sum(bool(text) for text in table.column(column).to_pylist())


def _attack(asked: ToProtect, found: Protected, history: History) -> Any:
    from anonymisation import disclosure

    names = [layout.name for layout in asked.spec.tables]
    dims = sorted({dim for layout in asked.spec.tables for dim in layout.answers})
    attack: Callable[..., Any] = disclosure.audit
    return attack(found.tables, asked.spec.hierarchies, asked.rules, history, names=names, answers=dims)
