"""What the delivery itself says people are called and live at: evidence for the detector, and a search afterwards.

Lives in memory for one delivery and is forgotten with it; only counts leave.
"""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from anonymisation.columns import RECEIPT
from anonymisation.view import fold
from domain.instruments import Codebook
from domain.vocabulary import ColumnClass

_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z-]+ (?:\d{1,4}|[0-9a-f]{8})\]")  # what the cleaning writes, and only that
_DIGITS_APART = re.compile(r"(?<=\d)[\s./()-]+(?=\d)")
_BEFORE_IN_SENTENCE = re.compile(r"[\w,;:]\s+$")
_LONGEST = 6
# Parts of names that say nothing by themselves.
_PARTICLES = frozenset(
    "van de der den het ten ter te la le el al ben bin von da dos mevrouw meneer dhr mevr heer".split()  # noqa: SIM905
)
_SHORTEST = 3
_PHONE = 9


def words_of(text: str) -> list[str]:
    """Folded words of a text, with placeholders of the cleaning left out."""
    return _WORD.findall(fold(_PLACEHOLDER.sub(" ", text)))


@dataclass(frozen=True)
class Evidence:
    """Names per person, and everything of the delivery that is long enough to be recognised anywhere."""

    names: Mapping[str, frozenset[str]] = field(repr=False)
    phrases: Mapping[str, str] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    everyday: Container[str] = field(default=frozenset(), repr=False)
    """Words of the language (folded): in lower case or at the start of a sentence they are not taken for a name."""

    def names_for(self, pseudonym: str, text: str) -> frozenset[str]:
        """Names that the detector should know for this text: the person's own, and others that stand in it in full."""
        others = (phrase for kind, phrase in self._phrases_in(text) if kind == "naam")
        return self.names.get(pseudonym, frozenset()) | frozenset(others)

    def left_in(self, text: str, pseudonym: str | None = None) -> Counter[str]:
        """How many names, addresses and numbers of the delivery stand in a cleaned text, per kind of column."""
        if not text:
            return Counter()
        found = Counter(kind for kind, _ in self._phrases_in(text))
        digits = _DIGITS_APART.sub("", _PLACEHOLDER.sub(" ", text))
        found["telefoon"] += sum(run[-_PHONE:] in self.numbers for run in re.findall(r"\d{9,13}", digits))
        if pseudonym is not None:
            found["naam"] += sum(self._stands_in(part, text) for part in self._parts(pseudonym))
        return +found

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(phrase.split(" ", 1)[0] for phrase in self.phrases)

    def _phrases_in(self, text: str) -> Iterator[tuple[str, str]]:
        if not self.phrases:
            return
        words = words_of(text)
        for start in [place for place, word in enumerate(words) if word in self._first_words]:
            for end in range(start + 2, min(start + _LONGEST, len(words)) + 1):
                phrase = " ".join(words[start:end])
                if phrase in self.phrases:
                    yield self.phrases[phrase], phrase

    def _parts(self, pseudonym: str) -> set[str]:
        words = {word for name in self.names.get(pseudonym, ()) for word in words_of(name)}
        return {word for word in words if len(word) >= _SHORTEST and word not in _PARTICLES and not word.isdigit()}

    def _stands_in(self, part: str, text: str) -> bool:
        """True when a part of her own name stands in her text; an everyday word only with a capital mid-sentence."""
        readable = _PLACEHOLDER.sub(" ", text)
        if part not in (folded := fold(readable)):
            return False
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", folded):
            mid_sentence = _BEFORE_IN_SENTENCE.search(readable[: match.start()]) is not None
            if part not in self.everyday or (readable[match.start()].isupper() and mid_sentence):
                return True
        return False


def evidence_of(
    tables: Mapping[str, pa.Table],
    pseudonyms: Mapping[str, pa.ChunkedArray],
    codebook: Codebook,
    everyday: Container[str] = frozenset(),
) -> Evidence:
    """Collect what the identifying columns say."""
    names: dict[str, set[str]] = {}
    phrases: dict[str, str] = {}
    numbers: set[str] = set()
    for table, name, kind in _identifying(tables, codebook):
        values = tables[table][name].cast(pa.string()).to_pylist()
        for who, value in zip(pseudonyms[table].to_pylist(), values, strict=True):
            if not value or not value.strip():
                continue
            if kind == "naam":
                names.setdefault(who, set()).add(value)
            if kind == "telefoon":
                numbers.update(_tail(value))
            else:
                phrases.update(dict.fromkeys(_phrases(value, kind), kind))
    return Evidence({who: frozenset(own) for who, own in names.items()}, phrases, frozenset(numbers), everyday)


def _identifying(tables: Mapping[str, pa.Table], codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """Table, column and kind of every column that names somebody."""
    skipped: Collection[str | None] = (codebook.person, RECEIPT, "clientnummer", "geboortedatum", "postcode")
    for table, delivered in tables.items():
        for name in codebook.columns_of(ColumnClass.DIRECT, table=table):
            if name in delivered.column_names and name not in skipped:
                yield table, name, name if name in ("adres", "email", "telefoon") else "naam"


def _phrases(value: str, kind: str) -> Iterable[str]:
    """Word groups that point at this person wherever they stand: two words or more, not only particles."""
    words = words_of(value)
    if kind == "adres":
        house = next((at for at, word in enumerate(words) if at and word[0].isdigit()), None)
        words = words[: house + 1] if house is not None else []
    if kind == "naam" and sum(len(word) >= _SHORTEST and word not in _PARTICLES for word in words) < 2:
        return ()
    return (" ".join(words),) if 2 <= len(words) <= _LONGEST else ()


def _tail(value: str) -> Sequence[str]:
    digits = re.sub(r"\D", "", value)
    return (digits[-_PHONE:],) if len(digits) >= _PHONE else ()
