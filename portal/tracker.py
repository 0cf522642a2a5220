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
    """How far everybody is with one meting, who ever delivered something, in the order of the alphabet.

    metingen: those that can be chosen, the one that began last first.
    """

    meting: str
    metingen: Sequence[str]
    areas: Sequence[str]
    delivered: set[str]
    signed: set[str]
    published: set[str]

    def of(self, area: str, name: str) -> Progress:
        """How far one of them is."""
        return Progress(area, name, area in self.delivered, area in self.signed, area in self.published)


def tracker(house: House, asked: str = "") -> Tracker:
    """How far everybody is now with the meting that was asked for, or with the one that began last."""
    known = deliveries.metingen(house.register)
    meting = asked if asked in known else next(iter(known), "")
    here = deliveries.delivered_areas(house.register, meting)
    given = contributions.areas_by_state(house.register, meting)
    ever = deliveries.delivered_areas(house.register).union(*contributions.areas_by_state(house.register).values())
    gone = {area for area, one in house.gemeenten.items() if one.successor} - here
    published = given.get(ContributionState.PUBLISHED, set())
    signed = published | given.get(ContributionState.SIGNED, set())
    every = sorted(ever - gone, key=lambda area: (house.name_of(area).casefold(), area))
    return Tracker(meting, known, every, here, signed, published)


def so_far(found: Tracker) -> str:
    """How far all of them are, in one sentence."""
    return _(
        "Meting {meting}, gemeenten en verbanden: {all}. Aangeleverd: {delivered}. Getekend: {signed}. "
        "Gepubliceerd: {published}.",
        meting=found.meting,
        all=number(len(found.areas)),
        delivered=number(len(found.delivered)),
        signed=number(len(found.signed)),
        published=number(len(found.published)),
    )
