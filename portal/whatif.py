"""What rules would do to the last delivery of a gemeente: bands, and groups lost at 5, 10 and 15 people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.release import Protected
    from warehouse.leaves import ToProtect
    from warehouse.sources import AreaBook, MartSource

from domain.contribution import ContributionContent, Part
from domain.errors import CannotCheck, DisclosureRefused, ToegangspeilError, unforeseen
from domain.policy import Policy
from domain.release import History
from domain.vocabulary import TOTAAL, Audience
from portal.desk import Desk
from portal.house import House
from portal.speech import _
from portal.station import Station
from register import deliveries, verdicts
from storage.duck import memory

SIZES = (5, 10, 15)
_NAME = "proef"
_PATIENCE = 6.0
_SMALL = 10


@dataclass(frozen=True)
class Band:
    """A group and how many people are really in it."""

    breakdown: str
    label: str
    people: int
    small: bool


@dataclass(frozen=True)
class Cost:
    """What a smallest group of `size` people costs. refusal: why it cannot be done at all."""

    size: int
    groups: int = 0
    lost: int = 0
    seen: float = 0.0
    refusal: str = ""


@dataclass(frozen=True)
class WhatIf:
    """The effect of rules on what one gemeente delivered last."""

    deliveries: tuple[str, ...] = ()
    people: int = 0
    bands: tuple[Band, ...] = ()
    costs: tuple[Cost, ...] = ()
    refusal: str = field(default="")


@dataclass(frozen=True)
class Compared:
    """New rules beside those that hold now; `now` is None where nothing held before, or where these hold already."""

    then: WhatIf
    now: WhatIf | None = None

    @property
    def refusal(self) -> str:
        """Why nothing can be said of the new rules."""
        return self.then.refusal

    @property
    def costs(self) -> list[tuple[Cost, Cost | None]]:
        """Per size what it costs with the new rules, and now."""
        before = {cost.size: cost for cost in self.now.costs} if self.now else {}
        return [(cost, before.get(cost.size)) for cost in self.then.costs]

    @property
    def bands(self) -> list[tuple[Band, bool, bool]]:
        """Every group with whether it is split off now, and with the new rules; as the new rules count it, if so."""
        now, then = (
            {(band.breakdown, band.label): band for band in one.bands} for one in (self.now or self.then, self.then)
        )
        return [(then.get(key) or now[key], key in now, key in then) for key in sorted({*now, *then})]


class RulesDesk:
    """Works out effects in the background."""

    def __init__(self, house: House, station: Station | None) -> None:
        self._house, self._station = house, station
        self._desk: Desk[WhatIf] = Desk("regels", kept=20)

    def of(self, policy: Policy, mark: str, area: str, *, patience: float = _PATIENCE) -> WhatIf | None:
        """The effect in an area; None while it is being worked out."""
        content = last_delivery(self._house, policy.codebook, area)
        if content is None:
            return WhatIf(refusal=_("van dit onderzoek is hier nog niets door de controle"))
        key = "|".join((mark, *(f"{part.key}.{part.version}" for part in content.parts)))
        return self._desk.of(key, lambda: self._make(policy, content), patience=patience)

    def _make(self, policy: Policy, content: ContributionContent) -> WhatIf:
        if self._station is None:
            return WhatIf(refusal=_("dit portaal kan de gecontroleerde aanleveringen niet openen"))
        try:
            from warehouse.sources import AreaBook

            return effect_of(policy, self._station.sources(content), AreaBook(self._house.gemeenten))
        except ToegangspeilError as refusal:
            return WhatIf(refusal=refusal.on_screen)
        except Exception as error:  # a value could be in the message of a library
            return WhatIf(refusal=unforeseen(error))


def last_delivery(house: House, codebook: str, area: str) -> ContributionContent | None:
    """The newest meting of an area with this codebook, as far as it passed the check."""
    judged, standing = verdicts.latest_many(house.register), deliveries.current_many(house.register, area=area)
    parts = [
        Part(key, row.version, judged[key].file_hash, judged[key].policy_fingerprint)
        for key, row in standing.items()
        if row.manifest.get("codebook") == codebook
        and key in judged and judged[key].passed and judged[key].version == row.version
    ]  # fmt: skip
    if not parts:
        return None
    newest = max(parts, key=lambda part: str(standing[part.key].manifest["meting"]["start"])).key.meting
    chosen = tuple(part for part in parts if part.key.meting == newest)
    return ContributionContent(area, chosen, (), Audience.EIGEN, "")


def effect_of(policy: Policy, sources: Iterable[MartSource], areas: AreaBook) -> WhatIf:
    """Count with these rules, and protect at every size."""
    from warehouse.longform import people_in
    from warehouse.marts import build_marts
    from warehouse.statistics import to_protect

    taken = [replace(source, policy=policy) for source in sources]
    with memory() as connection:
        build_marts(connection, _NAME, iter(taken), areas)
        asked = to_protect(connection, _NAME)
    return WhatIf(
        deliveries=tuple(str(source.records.key) for source in taken),
        people=sum(map(people_in, taken)),
        bands=tuple(bands(taken, policy.breakdowns, policy.min_group)),
        costs=tuple(_cost(asked, size) for size in SIZES),
    )


def bands(sources: Sequence[MartSource], breakdowns: Sequence[str], smallest: int) -> list[Band]:
    """How many people are in every group of the approved breakdowns; real counts, for who may see them."""
    found: Counter[tuple[str, str]] = Counter()
    for source in sources:
        rows = source.records.tables["rows"]
        for breakdown in (name for name in breakdowns if name in rows.column_names):
            found.update((breakdown, str(value or "onbekend")) for value in rows.column(breakdown).to_pylist())
    return [Band(name, label, n, n < smallest) for (name, label), n in sorted(found.items())]


def _cost(asked: ToProtect, size: int) -> Cost:
    from anonymisation import disclosure

    rules = replace(asked.rules, minimum=size, internal=size < _SMALL)
    try:
        found = disclosure.protect(asked.tables, asked.spec, rules, History.none())
    except (DisclosureRefused, CannotCheck) as refusal:
        return Cost(size, refusal=refusal.on_screen)
    groups = sum(cost.cells for cost in found.certificate.tables)
    return Cost(size, groups, sum(cost.suppressed for cost in found.certificate.tables), _seen(asked, found))


def _seen(asked: ToProtect, found: Protected) -> float:
    """Share of the people who stand in a group that is shown, over all questions and breakdowns."""
    whole = shown = 0
    for leaves, printed, layout in zip(asked.tables, found.tables, asked.spec.tables, strict=True):
        keys = [*layout.by, *layout.groups]
        open_ = {_key(row, keys) for row in printed.to_pylist() if row["n"] is not None}
        for row in leaves.to_pylist():
            whole += row["n"]
            shown += row["n"] if _key(row, keys) in open_ else 0
    return shown / whole if whole else 0.0


def _key(row: dict[str, object], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(row.get(name, TOTAAL)) for name in names)
