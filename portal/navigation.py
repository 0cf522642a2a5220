"""The menu: only pages that are for this person. The server checks again on every page."""

from dataclasses import dataclass

from register.actors import Actor
from register.permissions import Act, seen_areas


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    path: str
    words: str
    act: Act | None


ITEMS = (
    Item("/", "Vandaag", None),
    Item("/bijdragen", "Vrijgeven", Act.SEE_PREVIEW),
    Item("/uitgaven", "Uitgaven", Act.SEE_RELEASE),
    Item("/aanleveringen", "Aanleveren", Act.SEE_DELIVERIES),
    Item("/regels", "Regels", Act.SEE_POLICY),
    Item("/nakijken", "Nakijken", Act.SEE_FINDINGS),
    Item("/vergelijken", "Vergelijken", Act.SEE_RELEASE),
    Item("/perspectieven", "Perspectieven", Act.SEE_RELEASE),
    Item("/klantreis", "Klantreis", Act.SEE_RELEASE),
    Item("/gegevens", "Gegevens", Act.SEE_RELEASE),
    Item("/verzoeken", "Verzoeken", Act.REQUEST_RECEIVE),
    Item("/verantwoording", "Verantwoording", Act.SEE_LEDGER),
    Item("/gebruikers", "Gebruikers", Act.USER_MANAGE),
)


def sees(person: Actor, act: Act) -> bool:
    """Whether this person may do `act` anywhere."""
    areas = seen_areas(person, act)
    return areas is None or bool(areas)


def navigation(person: Actor | None) -> list[Item]:
    """The entries for this person; nothing before sign-in."""
    if person is None:
        return []
    return [item for item in ITEMS if item.act is None or sees(person, item.act)]
