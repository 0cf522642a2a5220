"""What detection says about a stretch of text, and what recognisers work on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import ClassVar, NamedTuple

from anonymisation.reading import figures_in, read
from anonymisation.view import View, fold, look

RULE_VERSION = "2026.11"
NOBODY = "merk"
"""Cue of a find that only keeps others away: a brand or programme with a name in it; it is never masked itself."""
SHORT_TITLES = frozenset(("dhr", "mw", "mevr", "mvr", "hr"))
"""Abbreviated titles: nothing but a name follows."""
_LEADS = frozenset(("van", "v", "d", "vd", "vdr", "der", "den", "ter", "ten", "t"))


class Safe(NamedTuple):
    """Words that can begin no find: those `known`, without the few in `but`; apart, so that the many are kept once."""

    known: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()


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


class Awaited:
    """Words of which a recogniser asks whether a text holds any; a document looks its words up once for all of them."""

    every: ClassVar[set[str]] = set()

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.every.update(self.words)

    def of(self, doc: "Document") -> frozenset[str]:
        """Those that the document holds."""
        return self.words & doc.awaited


@dataclass
class Document:
    """One text as recognisers see it: the view, its folded form, and its words with their places in the view.

    folded: lower case, no accents, same length as the view; `safe` words can begin no find.
    """

    view: View = field(repr=False)
    folded: str = field(repr=False)
    safe: Safe = field(default=Safe(), repr=False)

    def __post_init__(self) -> None:
        self.text = self.view.text
        self.reading = read(self.text, self.folded)
        self.words, self.places = self.reading.words, self.reading.places
        self.figures = figures_in(self.text)
        self.vocabulary = frozenset(self.words)
        self.awaited = self.vocabulary & Awaited.every
        self.seeds = self._seeds()
        self.opened: dict[object, Sequence[int]] = {}

    @classmethod
    def of(cls, text: str) -> "Document":
        """Look at a text."""
        view = look(text)
        return cls(view, fold(view.text))

    def _seeds(self) -> list[int]:
        """Indices of the words at which a find can begin."""
        capital, first, (known, but) = self.reading.capital, self.reading.first, self.safe
        telling = (self.vocabulary - known) | (self.vocabulary & but)
        marked = zip(count(), self.words, capital, first)
        begin = [at for at, word, big, opens in marked if word in telling or (big and not opens)]
        if SHORT_TITLES.isdisjoint(self.vocabulary):
            return begin
        behind = (self._behind(at) for at, word in enumerate(self.words[:-1], start=1) if word in SHORT_TITLES)
        return sorted({*begin, *behind})

    def _behind(self, at: int) -> int:
        """`dhr van der kaart`: behind small words that lead to nothing but a surname, the surname."""
        last = len(self.words) - 1
        while at < last and self.words[at] in _LEADS:
            at += 1
        return at


class Found(NamedTuple):
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

    def find_each(self, documents: Sequence[Document]) -> Iterable[Iterable[Found]]:
        """`find` for each document; who asks gates of its own reads the documents together first."""
        return (self.find(doc) if doc.figures >= self.least_figures else () for doc in documents)
