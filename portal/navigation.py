"""The menu: only pages that are for this person. The server checks again on every page."""

from dataclasses import dataclass

from portal.speech import _
from register.actors import Actor
from register.permissions import Act, seen_areas


@dataclass(frozen=True)
class Item:
    """One entry of the menu; for who may do `act`, or else `or_act`."""

    path: str
    words: str
    act: Act | None
    below: tuple[str, ...] = ()
    or_act: Act | None = None

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this entry: below its address, or at one of the addresses it gathers."""
        return path == self.path or (self.path != "/" and path.startswith((self.path + "/", *self.below)))


ITEMS = (
    Item("/", _("Vandaag"), None),
    Item("/bijdragen", _("Vrijgeven"), Act.SEE_PREVIEW, or_act=Act.CONTRIBUTION_PREPARE),
    Item("/uitgaven", _("Uitgaven"), Act.SEE_RELEASE, ("/uitgave-klaarzetten",)),
    Item("/aanleveringen", _("Aanleveren"), Act.SEE_DELIVERIES),
    Item("/regels", _("Regels"), Act.SEE_POLICY),
    Item("/nakijken", _("Nakijken"), Act.SEE_FINDINGS, ("/bevindingen",)),
    Item("/vergelijken", _("Vergelijken"), Act.SEE_RELEASE),
    Item("/perspectieven", _("Perspectieven"), Act.SEE_RELEASE),
    Item("/klantreis", _("Klantreis"), Act.SEE_RELEASE),
    Item("/gegevens", _("Gegevens"), Act.SEE_RELEASE, ("/rapporten", "/microdata")),
    Item("/verzoeken", _("Verzoeken"), Act.REQUEST_RECEIVE),
    Item(
        "/verantwoording",
        _("Verantwoording"),
        Act.SEE_LEDGER,
        ("/stukken", "/bewaren", "/advies", "/teksten", "/datalek"),
        or_act=Act.SEE_DELIVERIES,
    ),
    Item("/gebruikers", _("Gebruikers"), Act.USER_MANAGE),
)


def sees(person: Actor, act: Act) -> bool:
    """Whether this person may do `act` anywhere."""
    areas = seen_areas(person, act)
    return areas is None or bool(areas)


def navigation(person: Actor | None) -> list[Item]:
    """The entries for this person; nothing before sign-in."""
    if person is None:
        return []
    return [
        item for item in ITEMS if item.act is None or any(sees(person, act) for act in (item.act, item.or_act) if act)
    ]
