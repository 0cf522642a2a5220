"""The evidence behind a contribution: what would be shown, what is closed and why, and what an attacker learns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.leaves import ToProtect
    from warehouse.sources import AreaBook, MartSource

from domain.contribution import ContributionContent
from domain.errors import ToegangspeilError, unforeseen
from domain.release import History, Protected
from domain.vocabulary import ColumnClass
from portal.before_after import Study, before_and_after
from portal.desk import Desk
from portal.house import House
from portal.speech import told
from portal.station import Station
from storage.canonical import fingerprint
from storage.duck import memory

_NAME = "voorbeeld"
_PATIENCE = 6.0


@dataclass(frozen=True)
class Evidence:
    """What was measured of one contribution.

    people: different people in the deliveries, counted per delivery. refusal: why there is no preview; then the
    rest is empty. same: the preview is the one that the contribution was made with. studies: tables before and
    after; summary: the certificate in words; advice: which merges bring cells back. texts: cleaned open texts in
    the deliveries.
    """

    people: int = 0
    tables: Mapping[str, pa.Table] = field(default_factory=dict, repr=False)
    cells: int = 0
    hidden: int = 0
    minimum: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    attacks: tuple[str, ...] = ()
    learned: int = 0
    same: bool = False
    talks: bool = False
    refusal: str = ""
    studies: tuple[Study, ...] = field(default=(), repr=False)
    summary: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    texts: int = 0

    @property
    def safe(self) -> bool:
        """Protected, attacked with earlier releases at hand, and nothing was learned."""
        return not self.refusal and self.same and self.learned == 0


class EvidenceDesk:
    """Makes evidence one contribution at a time, in the background, and keeps it while its content stays the same."""

    def __init__(self, house: House, station: Station | None) -> None:
        self._house, self._station = house, station
        self._desk: Desk[Evidence] = Desk("bewijs")

    def of(self, content: ContributionContent, *, patience: float = _PATIENCE) -> Evidence | None:
        """The evidence; None while it is still being worked out."""
        return self._desk.of(fingerprint(content.canonical()), partial(self._make, content), patience=patience)

    def _make(self, content: ContributionContent) -> Evidence:
        if self._station is None:
            return Evidence(refusal="dit portaal kan de gecontroleerde aanleveringen niet openen")
        try:
            from warehouse.sources import AreaBook

            return make_evidence(content, self._station, AreaBook(self._house.gemeenten))
        except ToegangspeilError as refusal:
            return Evidence(refusal=told(refusal))
        except Exception as error:  # a value could be in the message of a library
            return Evidence(refusal=unforeseen(error))


def make_evidence(content: ContributionContent, station: Station, areas: AreaBook) -> Evidence:
    """Build, protect and attack the stand-alone tables of one contribution.

    Imports here: the solver costs a second, and most visits need no evidence.
    """
    from anonymisation import disclosure
    from anonymisation.disclosure import answers
    from anonymisation.disclosure.advice import advise, in_words
    from warehouse.marts import build_marts
    from warehouse.statistics import published_tables, to_protect

    tally = _Tally()
    with memory() as connection:
        build_marts(connection, _NAME, tally.over(station.sources(content)), areas)
        asked = to_protect(connection, _NAME)
        found = disclosure.protect(asked.tables, asked.spec, asked.rules, History.none())
        tables = published_tables(connection, _NAME, found, answers, areas)
    report = _attack(asked, found, station.history())
    statuses = Counter(row for name in ("fact_result",) for row in tables[name].column("status").to_pylist())
    return Evidence(
        people=len(tally.people),
        tables=tables,
        cells=statuses.total(),
        hidden=statuses["suppressed"],
        minimum=found.certificate.minimum,
        reasons=Counter(str(reason) for reason in found.evidence.column("reason").to_pylist()),
        attacks=report.attacks,
        learned=len(report.findings),
        same=fingerprint(station.digest(tables)) == content.preview_hash,
        talks=tables["fact_klantreis_phase"].num_rows + tables["fact_theme"].num_rows > 0,
        studies=before_and_after(asked, found, tables),
        summary=tuple(line for line in found.certificate.summary.split("\n") if line.strip()),
        advice=tuple(in_words(advise(asked.tables, asked.spec, asked.rules, along=asked.rules.merges))),
        texts=tally.texts,
    )


class _Tally:
    """People and open texts, counted while deliveries pass by on their way to the marts."""

    def __init__(self) -> None:
        self.people: set[tuple[str, str]] = set()
        self.texts = 0

    def over(self, sources: Iterable[MartSource]) -> Iterator[MartSource]:
        """The same deliveries, counted."""
        for source in sources:
            for name, table in source.records.tables.items():
                self._count(source, name, table)
            yield source

    def _count(self, source: MartSource, name: str, table: pa.Table) -> None:
        if "pseudonym" in table.column_names:
            scope = source.records.key.scope
            self.people.update((scope, str(one)) for one in table.column("pseudonym").unique().to_pylist())
        for column in source.codebook.columns_of(ColumnClass.TEXT, table=name):
            if column in table.column_names:
                self.texts += sum(bool(text) for text in table.column(column).to_pylist())


def _attack(asked: ToProtect, found: Protected, history: History) -> Any:
    from anonymisation import disclosure

    names = [layout.name for layout in asked.spec.tables]
    dims = sorted({dim for layout in asked.spec.tables for dim in layout.answers})
    attack: Callable[..., Any] = disclosure.audit
    return attack(found.tables, asked.spec.hierarchies, asked.rules, history, names=names, answers=dims)
