"""What detection says about a stretch of text, and what recognisers work on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from anonymisation.view import View, fold, look

if TYPE_CHECKING:
    from anonymisation.reading import Reading

RULE_VERSION = "2026.11"


class Label(StrEnum):
    """The labels of the annotation guidelines."""

    PERSON = "PERSON"
    ADDRESS = "ADDRESS"
    POSTCODE = "POSTCODE"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    USERNAME_URL = "USERNAME_URL"
    BSN = "BSN"
    IBAN = "IBAN"
    DATE = "DATE"
    AGE = "AGE"
    LICENSE_PLATE = "LICENSE_PLATE"
    CASE_NUMBER = "CASE_NUMBER"
    HEALTH = "HEALTH"


@dataclass(frozen=True, slots=True)
class Span:
    """A found stretch: offsets in the text as given, end exclusive; the text itself is never carried."""

    start: int
    end: int
    label: str
    score: float
    recogniser: str
    cue: str
    rule_version: str = RULE_VERSION


FIGURE = re.compile(r"\d")
_PLAIN_FIGURE = re.compile(r"[0-9]")
TOKEN = re.compile(r"[^\W\d_]+|\d+")
_APART = {code: " " for code in range(128) if not chr(code).isalpha()}


def words_of(folded: str) -> list[str]:
    """Words and runs of digits of a folded text, as TOKEN finds them; most texts have no figures and are ASCII."""
    if folded.isascii() and not _PLAIN_FIGURE.search(folded):
        return folded.translate(_APART).split()
    return TOKEN.findall(folded)


@dataclass
class Document:
    """One text as recognisers see it: the view, its folded form, and its words with their places in the view."""

    view: View = field(repr=False)
    safe: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, text: str, safe: frozenset[str] = frozenset()) -> "Document":
        """Look at a text; `safe` words can begin no find."""
        return cls(look(text), safe)

    @property
    def text(self) -> str:
        """The text as it reads."""
        return self.view.text

    @cached_property
    def folded(self) -> str:
        """Lower case, no accents, same length as `text`."""
        return fold(self.view.text)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Start and end of every word or run of digits, in the view."""
        return [m.span() for m in TOKEN.finditer(self.view.text)]

    @cached_property
    def figures(self) -> int:
        """How many digits occur."""
        text = self.view.text
        return len((_PLAIN_FIGURE if text.isascii() else FIGURE).findall(text))

    @cached_property
    def seeds(self) -> list[int]:
        """Indices of the words at which a find can begin."""
        reading, safe = self.reading, self.safe
        return [
            index
            for index, word in enumerate(reading.words)
            if word not in safe
            or (reading.capital[index] and not reading.first[index])
            or (index and reading.words[index - 1] in ("dhr", "mw", "mevr", "mvr", "hr"))
        ]

    @cached_property
    def reading(self) -> "Reading":
        """How each word is written."""
        from anonymisation.reading import read

        return read(self)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The folded words as a set."""
        return frozenset(self.words)

    @cached_property
    def words(self) -> list[str]:
        """The folded words, one for each of `places`."""
        folded = self.folded
        return [folded[start:end] for start, end in self.places]


@dataclass(frozen=True, slots=True)
class Found:
    """A find in view offsets, before it is mapped back and weighed against others."""

    start: int
    end: int
    label: str
    score: float
    cue: str
    recogniser: str = ""


class Recogniser:
    """One kind of personal detail. `find` yields finds in view offsets; it raises rather than skips.

    least_figures: with fewer digits in a document none of its patterns can match, and it is not asked.
    """

    name: str = ""
    labels: tuple[str, ...] = ()
    least_figures: int = 0

    def find(self, doc: Document) -> Iterable[Found]:
        """All finds in a document."""
        raise NotImplementedError
