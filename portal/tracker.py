"""How far every gemeente is: delivered, signed, published. States only: no counts and no reasons."""

from dataclasses import dataclass

from domain.vocabulary import DeliveryState
from portal.house import House
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


def tracker(house: House) -> list[Progress]:
    """Every gemeente that delivered something or gave a contribution, in the order of the alphabet."""
    here = {row.area for row in deliveries.list_all(house.register) if row.state is DeliveryState.ACCEPTED}
    given = contributions.list_contributions(house.register)
    signed = {one.area for one in given if one.state in (ContributionState.SIGNED, ContributionState.PUBLISHED)}
    published = {one.area for one in given if one.state is ContributionState.PUBLISHED}
    areas = {area for area in here if area} | {one.area for one in given}
    rows = [Progress(area, house.name_of(area), area in here, area in signed, area in published) for area in areas]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.area))
