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


def tracker(house: House) -> list[Progress]:
    """Every gemeente that delivered something or gave a contribution, in the order of the alphabet."""
    here = deliveries.delivered_areas(house.register)
    given = contributions.states_by_area(house.register)
    areas = sorted(here | given.keys(), key=lambda area: (house.name_of(area).casefold(), area))
    return [_progress(house, area, area in here, given.get(area, set())) for area in areas]


def so_far(rows: Sequence[Progress]) -> str:
    """How far all of them are, in one sentence."""
    return _(
        "Van {all} gemeenten en verbanden leverden {delivered} aan, gaven {signed} cijfers vrij en zijn van "
        "{published} de cijfers gepubliceerd.",
        all=number(len(rows)),
        delivered=number(sum(one.delivered for one in rows)),
        signed=number(sum(one.signed for one in rows)),
        published=number(sum(one.published for one in rows)),
    )


def _progress(house: House, area: str, delivered: bool, states: set[ContributionState]) -> Progress:
    published = ContributionState.PUBLISHED in states
    return Progress(area, house.name_of(area), delivered, published or ContributionState.SIGNED in states, published)
