"""Kentekens by sidecode, with dashes, spaces or nothing between the groups."""

import re
from collections.abc import Iterable

from anonymisation.cues import STOP
from anonymisation.spans import Document, Found, Recogniser

# L = letters, D = digits. Source: RDW, sidecodes 1 to 14 and the series for commercial and two-wheeled vehicles.
SIDECODES = frozenset(
    [
        "LL-DD-DD",
        "DD-DD-LL",
        "DD-LL-DD",
        "LL-DD-LL",
        "LL-LL-DD",
        "DD-LL-LL",
        "DD-LLL-D",
        "D-LLL-DD",
        "LL-DDD-L",
        "L-DDD-LL",
        "LLL-DD-L",
        "L-DD-LLL",
        "D-LL-DDD",
        "DDD-LL-D",
    ]
)
GROUPED = re.compile(
    r"(?<![a-z0-9\-])(?=([a-z]{1,3}|\d{1,3})([ \-.]{1,3})([a-z]{1,3}|\d{1,3})(\2)([a-z]{1,3}|"
    r"\d{1,3})(?![a-z0-9]|-\d))"
)
COMPACT = re.compile(
    r"(?<![a-z0-9\-])(?=[a-z0-9]{6}(?![a-z0-9\-]))([a-z]{1,3}|\d{1,3})([a-z]{1,4}|\d{1,4})([a-z]{0,3}|\d{0,3})"
)
CUE = re.compile(r"\b(?:kenteken|kentek|nummerplaat|kent\b|auto|bus(?:je)?|brommer|scooter|taxi|wagen|plaat)")
_CONSONANTS = frozenset("bdfghjklmnprstvwxz")


def sidecode(groups: Iterable[str]) -> str:
    """The shape of a number plate, e.g. `DD-LLL-D`."""
    return "-".join(("D" if g.isdigit() else "L") * len(g) for g in groups)


class LicensePlateRecogniser(Recogniser):
    """Dashes and a sidecode are enough; spaces or nothing between the groups want consonants or a cue."""

    name = "license_plate"
    least_figures = 2
    labels = ("LICENSE_PLATE",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Number plates in any notation."""
        text = doc.folded
        for match in GROUPED.finditer(text):
            groups = match.group(1, 3, 5)
            if sidecode(groups) in SIDECODES and not (match.group(2) == " " and _small_words(groups)):
                dashed = match.group(2) == "-"
                cue = bool(CUE.search(text, max(0, match.start() - 60), match.start()))
                if cue or (dashed and _plate_letters("".join(groups))):
                    yield Found(
                        match.start(1),
                        match.end(5),
                        "LICENSE_PLATE",
                        0.95 if cue else 0.88,
                        "kenteken" if cue else "sidecode",
                    )
        for match in COMPACT.finditer(text):
            groups = tuple(re.findall(r"[a-z]+|\d+", match.group()))
            cue = bool(CUE.search(text, max(0, match.start() - 60), match.start()))
            if len(match.group()) == 6 and _compact_shape(groups, cue):
                yield Found(*match.span(), "LICENSE_PLATE", 0.9 if cue else 0.7, "kenteken" if cue else "sidecode")


def _small_words(groups: Iterable[str]) -> bool:
    """`is 88 en` reads as a sentence, whatever stands before it."""
    return all(group.isdigit() or group in STOP for group in groups)


def _plate_letters(letters: str) -> bool:
    """Modern plates use consonants only; older ones all letters, so one vowel is let through."""
    return sum(c.isalpha() and c not in _CONSONANTS for c in letters) <= 1


def _compact_shape(groups: tuple[str, ...], cue: bool) -> bool:
    """`rs781k` is a plate; `1234ab` is a postcode unless a cue says kenteken."""
    if len(groups) == 3 and sidecode(groups) in SIDECODES:
        return cue or _plate_letters("".join(groups))
    if len(groups) == 2 and cue:
        return {len(g) for g in groups} == {2, 4}
    return False
