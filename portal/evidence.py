"""The evidence behind a contribution: what would be shown, what is closed and why, and what an attacker learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

from domain.contribution import ContributionContent
from domain.errors import ToegangspeilError, unforeseen
from portal.before_after import Study
from portal.desk import Desk
from portal.house import House
from portal.speech import _
from portal.station import Station
from storage.canonical import fingerprint

_PATIENCE = 6.0


@dataclass(frozen=True)
class Evidence:
    """What was measured of one contribution.

    people: different people in the deliveries, counted per delivery. elsewhere: how many are at least behind the
    figures that somebody else counted. refusal: why there is no preview; then the rest is empty. same: the preview is
    the one that the contribution was made with. studies: tables before and after; summary: the certificate in words;
    advice: which merges bring cells back. texts: cleaned open texts in the deliveries.
    """

    people: int = 0
    elsewhere: int = 0
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
        make = partial(evidence_of, self._house, self._station, content)
        return self._desk.of(fingerprint(content.canonical()), make, patience=patience)


def evidence_of(house: House, station: Station | None, content: ContributionContent) -> Evidence:
    """The evidence behind a contribution; what cannot be measured is a refusal in it, never an exception."""
    if station is None:
        return Evidence(refusal=_("dit portaal kan de gecontroleerde aanleveringen niet openen"))
    try:
        from portal.measuring import make_evidence
        from warehouse.sources import AreaBook

        return make_evidence(content, station, AreaBook(house.gemeenten), house.codebooks)
    except ToegangspeilError as refusal:
        return Evidence(refusal=refusal.on_screen)
    except Exception as error:  # a value could be in the message of a library
        return Evidence(refusal=unforeseen(error))
