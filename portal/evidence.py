"""The evidence behind a contribution: what would be shown, what is closed and why, and what an attacker learns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.leaves import ToProtect
    from warehouse.sources import AreaBook, MartSource

from domain.contribution import ContributionContent
from domain.errors import ToegangspeilError, unforeseen
from domain.release import History, Protected
from portal.house import House
from storage.canonical import fingerprint
from storage.duck import memory

_NAME = "voorbeeld"
_PATIENCE = 6.0
_KEPT = 50


class Station(Protocol):
    """What the portal asks of the road behind it; `serve` hands it over."""

    def sources(self, content: ContributionContent) -> Iterable[MartSource]:
        """The checked deliveries of a contribution; raises ReleaseRefused when one is not what was signed."""

    def digest(self, tables: Mapping[str, pa.Table]) -> object:
        """What the preview hash of a contribution is taken over."""

    def history(self) -> History:
        """Everything that was published before."""


@dataclass(frozen=True)
class Evidence:
    """What was measured of one contribution.

    people: different people in the deliveries, counted per delivery. refusal: why there is no preview; then the
    rest is empty. same: the preview is the one that the contribution was made with.
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

    @property
    def safe(self) -> bool:
        """Protected, attacked with earlier releases at hand, and nothing was learned."""
        return not self.refusal and self.same and self.learned == 0


class EvidenceDesk:
    """Makes evidence one contribution at a time, in the background, and keeps it while its content stays the same."""

    def __init__(self, house: House, station: Station | None) -> None:
        self._house, self._station = house, station
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="bewijs")
        self._made: dict[str, Future[Evidence]] = {}

    def of(self, content: ContributionContent, *, patience: float = _PATIENCE) -> Evidence | None:
        """The evidence; None while it is still being worked out."""
        mark = fingerprint(content.canonical())
        if mark not in self._made:
            if len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[mark] = self._worker.submit(self._make, content)
        try:
            return self._made[mark].result(patience)
        except TooSlow:
            return None

    def _make(self, content: ContributionContent) -> Evidence:
        if self._station is None:
            return Evidence(refusal="dit portaal kan de gecontroleerde aanleveringen niet openen")
        try:
            from warehouse.sources import AreaBook

            return make_evidence(content, self._station, AreaBook(self._house.gemeenten))
        except ToegangspeilError as refusal:
            return Evidence(refusal=str(refusal))
        except Exception as error:  # a value could be in the message of a library
            return Evidence(refusal=unforeseen(error))


def make_evidence(content: ContributionContent, station: Station, areas: AreaBook) -> Evidence:
    """Build, protect and attack the stand-alone tables of one contribution.

    Imports here: the solver costs a second, and most visits need no evidence.
    """
    from anonymisation import disclosure
    from anonymisation.disclosure import answers
    from warehouse.marts import build_marts
    from warehouse.statistics import published_tables, to_protect

    seen: set[tuple[str, str]] = set()
    with memory() as connection:
        build_marts(connection, _NAME, _counted(station.sources(content), seen), areas)
        asked = to_protect(connection, _NAME)
        found = disclosure.protect(asked.tables, asked.spec, asked.rules, History.none())
        tables = published_tables(connection, _NAME, found, answers, areas)
    report = _attack(asked, found, station.history())
    statuses = Counter(row for name in ("fact_result",) for row in tables[name].column("status").to_pylist())
    return Evidence(
        people=len(seen),
        tables=tables,
        cells=statuses.total(),
        hidden=statuses["suppressed"],
        minimum=found.certificate.minimum,
        reasons=Counter(str(reason) for reason in found.evidence.column("reason").to_pylist()),
        attacks=report.attacks,
        learned=len(report.findings),
        same=fingerprint(station.digest(tables)) == content.preview_hash,
        talks=tables["fact_klantreis_phase"].num_rows + tables["fact_theme"].num_rows > 0,
    )


def _counted(sources: Iterable[MartSource], seen: set[tuple[str, str]]) -> Iterator[MartSource]:
    for source in sources:
        scope = source.records.key.scope
        for table in source.records.tables.values():
            if "pseudonym" in table.column_names:
                seen.update((scope, str(one)) for one in table.column("pseudonym").unique().to_pylist())
        yield source


def _attack(asked: ToProtect, found: Protected, history: History) -> Any:
    from anonymisation import disclosure

    names = [layout.name for layout in asked.spec.tables]
    dims = sorted({dim for layout in asked.spec.tables for dim in layout.answers})
    attack: Callable[..., Any] = disclosure.audit
    return attack(found.tables, asked.spec.hierarchies, asked.rules, history, names=names, answers=dims)
