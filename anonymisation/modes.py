"""What comes in the place of a found detail: a label, a mask, something coarser, or a keyed pseudonym."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.spans import Span
from anonymisation.view import fold
from domain.errors import CannotCheck, PolicyRefused


class Mode(StrEnum):
    """How a found detail is replaced."""

    LABEL = "label"
    MASK = "mask"
    GENERALISE = "generalise"
    PSEUDONYM = "pseudonym"


WORDS = {
    "PERSON": "PERSOON",
    "ADDRESS": "ADRES",
    "POSTCODE": "POSTCODE",
    "PLACE": "PLAATS",
    "ORGANISATION": "ORGANISATIE",
    "PHONE": "TELEFOON",
    "EMAIL": "E-MAIL",
    "USERNAME_URL": "ACCOUNT",
    "BSN": "BSN",
    "IBAN": "REKENING",
    "DATE": "DATUM",
    "AGE": "LEEFTIJD",
    "LICENSE_PLATE": "KENTEKEN",
    "CASE_NUMBER": "NUMMER",
    "HEALTH": "GEZONDHEID",
}
HEALTH_WORDS = (
    (re.compile(r"verslav|alcohol|drugs|methadon|gokk|drank|cocai|heroi|ghb|cannabis|blow"), "een verslaving"),
    (
        re.compile(r"blind|doof|slechtziend|slechthorend|macula|staar|glaucoom|gehoor|zicht"),
        "een zintuiglijke beperking",
    ),
    (re.compile(r"lvb|verstandelijk|syndroom van down|down|zwakbegaafd"), "een verstandelijke beperking"),
    (
        re.compile(
            r"autis|adhd|add\b|pdd|asperger|ass\b|depress|psycho|schizo|borderline|bipol|ptss|angst|burn|trauma|"
            r"eetstoornis|"
            r"anorexia|dwang|ocd|persoonlijkheid|clozapine|lithium|overspannen|mani"
        ),
        "een psychische aandoening",
    ),
    (re.compile(r"dement|alzheimer|geheugen|lewy|vergeet"), "een geheugenziekte"),
    (re.compile(r"gebroken|breuk|heup|letsel|amputat|dwarslaesie"), "een lichamelijk letsel"),
)
_MONTHS = ("jan", "feb", "maa|mrt|mar", "apr", "mei|maa", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")


@dataclass
class Writer:
    """Replaces spans of one document; numbers run per document, so that a story stays readable."""

    mode: Mode
    treatments: Mapping[str, str] = field(default_factory=dict)
    key: bytes | None = field(default=None, repr=False)
    scope: str = ""
    gemeente_of: Callable[[str], str | None] | None = None

    def __post_init__(self) -> None:
        modes = {self.mode, *map(Mode, self.treatments.values())}
        if Mode.PSEUDONYM in modes and (self.key is None or len(self.key) < 32):
            raise CannotCheck("pseudoniem: er is geen sleutel van 32 bytes; open eerst de sleutelbos van dit onderzoek")
        if Mode.PSEUDONYM in modes and not self.scope:
            raise PolicyRefused("pseudoniem: het onderzoek ontbreekt; noem gemeente, instrument en meting")

    def write(self, text: str, spans: Sequence[Span]) -> str:
        """The text with every span replaced. Spans must be in order and may not overlap."""
        out, last = [], 0
        numbers = Numbers()
        for span in spans:
            out += [text[last : span.start], self._instead(text[span.start : span.end], span.label, numbers)]
            last = span.end
        return "".join([*out, text[last:]])

    def _instead(self, found: str, label: str, numbers: "Numbers") -> str:
        mode = Mode(self.treatments.get(label, self.mode))
        if mode is Mode.MASK:
            return "█" * 5
        if mode is Mode.PSEUDONYM:
            return f"[{WORDS[label]} {self._pseudonym(found)}]"
        if mode is Mode.GENERALISE and (coarser := self._coarser(found, label)):
            return coarser
        return f"[{WORDS[label]} {numbers.of(label, found)}]"

    def _pseudonym(self, found: str) -> str:
        """Eight hex characters, the same for the same words in the same scope."""
        words = " ".join(re.findall(r"\w+", fold(found)))
        return hmac.new(
            self.key or b"", f"{self.scope}\x00{words}".encode("utf-8", "replace"), hashlib.sha256
        ).hexdigest()[:8]

    def _coarser(self, found: str, label: str) -> str | None:
        if label == "AGE":
            return age_band(found)
        if label == "DATE":
            return quarter(found)
        if label == "HEALTH":
            return health_group(found)
        if label == "PLACE" and self.gemeente_of is not None:
            gemeente = self.gemeente_of(found)
            return f"[gemeente {gemeente}]" if gemeente else None
        return None


@dataclass
class Numbers:
    """Hands out a number per label; a part of a name gets the number of the whole name."""

    seen: dict[str, list[frozenset[str]]] = field(default_factory=dict)

    def of(self, label: str, found: str) -> int:
        """The number of this detail in this document, from 1."""
        words = frozenset(re.findall(r"\w+", fold(found)))
        known = self.seen.setdefault(label, [])
        for index, other in enumerate(known):
            if words == other or (label == "PERSON" and (words <= other or other <= words)):
                known[index] = words | other
                return index + 1
        known.append(words)
        return len(known)


def age_band(found: str) -> str | None:
    """`[leeftijd 80-89]`: bands of ten years, under 18 and from 90 as one band."""
    digits = re.search(r"\d+", found)
    word = fold(re.sub(r"[^\w]|jaar.*", "", found)) if not digits else ""
    age = int(digits.group()) if digits else CARDINALS.get(word, ORDINALS.get(word))
    if age is None:
        return None
    if age < 18:
        return "[leeftijd onder 18]"
    return "[leeftijd 90 of ouder]" if age >= 90 else f"[leeftijd {max(18, age // 10 * 10)}-{age // 10 * 10 + 9}]"


def quarter(found: str) -> str | None:
    """`[1e kwartaal 2023]`; without a year `[1e kwartaal]`; a birth year becomes a decade."""
    low = fold(found)
    year = re.search(r"(?:19|20)\d\d", low)
    if year and low.strip() == year.group():
        return f"[jaren {year.group()[:3]}0]"
    month = next((i + 1 for i, names in enumerate(_MONTHS) if re.search(rf"(?<![a-z])(?:{names})", low)), None)
    if month is None:
        numbers = re.findall(r"\d+", low)
        position = 1
        if len(numbers) < 2 or not 1 <= int(numbers[position]) <= 12:
            return None
        month = int(numbers[position])
    return f"[{(month + 2) // 3}e kwartaal{' ' + year.group() if year else ''}]"


def health_group(found: str) -> str:
    """What kind of condition it is, in words that fit in the sentence."""
    low = fold(found)
    return next((words for pattern, words in HEALTH_WORDS if pattern.search(low)), "een chronische ziekte")
