"""How far every gemeente is: delivered, signed, published. States only: no counts and no reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.house import House
from portal.speech import _
from portal.words import number
from register import contributions, deliveries
from register.contributions import ContributionState


@dataclass(frozen=True)
class Progress:
    """One gemeente or verband."""

    area: str
    name: str
    delivered: bool
    signed: bool
    published: bool


@dataclass(frozen=True)
class Tracker:
    """Every gemeente that delivered something or gave a contribution, in the order of the alphabet."""

    areas: Sequence[str]
    delivered: set[str]
    signed: set[str]
    published: set[str]

    def of(self, area: str, name: str) -> Progress:
        """How far one of them is."""
        return Progress(area, name, area in self.delivered, area in self.signed, area in self.published)


def tracker(house: House) -> Tracker:
    """How far everybody is now."""
    here = deliveries.delivered_areas(house.register)
    given = contributions.areas_by_state(house.register)
    every = here.union(*given.values())
    published = given.get(ContributionState.PUBLISHED, set())
    signed = published | given.get(ContributionState.SIGNED, set())
    return Tracker(sorted(every, key=lambda area: (house.name_of(area).casefold(), area)), here, signed, published)


def so_far(found: Tracker) -> str:
    """How far all of them are, in one sentence."""
    return _(
        "Van {all} gemeenten en verbanden leverden {delivered} aan, gaven {signed} cijfers vrij en zijn van "
        "{published} de cijfers gepubliceerd.",
        all=number(len(found.areas)),
        delivered=number(len(found.delivered)),
        signed=number(len(found.signed)),
        published=number(len(found.published)),
    )
