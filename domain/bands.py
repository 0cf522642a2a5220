"""Named bands for numbers and how they merge: fine band -> coarse band -> TOTAAL.

Fixed by name so that an officer approves 'leeftijd_5' once and it means the same everywhere.
"""

from dataclasses import dataclass
from itertools import pairwise

from domain.errors import PolicyRefused
from domain.vocabulary import TOTAAL


@dataclass(frozen=True)
class Bands:
    """Half-open bands [edge, next edge) with a Dutch label each; `parents` are the coarse bands."""

    name: str
    edges: tuple[int, ...]
    labels: tuple[str, ...]
    parents: dict[str, str]

    def label(self, value: int | float | None) -> str | None:
        """The band of a value; None for no value or below the first edge."""
        if value is None or value < self.edges[0]:
            return None
        for (low, high), label in zip(pairwise((*self.edges, 10**9)), self.labels, strict=True):
            if low <= value < high:
                return label
        return None

    def hierarchy(self) -> dict[str, str]:
        """Code -> parent, up to TOTAAL."""
        above = {parent: TOTAAL for parent in self.parents.values() if parent != TOTAAL}
        return {**self.parents, **above}


_LEEFTIJD = Bands(
    "leeftijd_5",
    (18, 45, 65, 75, 85),
    ("18-44", "45-64", "65-74", "75-84", "85+"),
    {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75-84": "65+", "85+": "65+"},
)
_JEUGD = Bands(
    "leeftijd_jeugd",
    (0, 12, 16, 18),
    ("0-11", "12-15", "16-17", "18-22"),
    {"0-11": "0-15", "12-15": "0-15", "16-17": "16+", "18-22": "16+"},
)
_SINDS = Bands(
    "client_sinds_3",
    (0, 1, 3),
    ("korter dan 1 jaar", "1 tot 3 jaar", "3 jaar of langer"),
    {"korter dan 1 jaar": "korter dan 3 jaar", "1 tot 3 jaar": "korter dan 3 jaar", "3 jaar of langer": TOTAAL},
)
_DAGEN = Bands(
    "wachtdagen_4",
    (0, 15, 43, 91),
    ("tot 2 weken", "2 tot 6 weken", "6 weken tot 3 maanden", "langer dan 3 maanden"),
    {},
)
BANDS: dict[str, Bands] = {bands.name: bands for bands in (_LEEFTIJD, _JEUGD, _SINDS, _DAGEN)}


def bands_named(name: str) -> Bands:
    """Look up bands; an unknown name is refused."""
    try:
        return BANDS[name]
    except KeyError:
        raise PolicyRefused(f"banden {name!r} bestaan niet; kies uit {', '.join(sorted(BANDS))}") from None
