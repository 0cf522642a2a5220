"""Which of many patterns can match a text at all: RE2 reads it once for some forty of them, no further than its end.

A gate is made from Python's own patterns by taking away what narrows them (looks ahead and back within them, upper
bounds of repeats), so it lets every match of theirs through and needs no list of words to be kept beside them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

import re2

from anonymisation.patterns import Later, Pattern
from anonymisation.re2_patterns import wider
from anonymisation.spans import Document

_MEMORY = 16 << 20
"""Bytes for the tables of one look. Half of it was too little for thirty that read figures: RE2 then makes
them again and again, and is twenty times as slow."""
_TOGETHER = 45
"""RE2 makes its tables while it reads: of so many patterns they are soon made, of all together after thousands.
What every folded text is asked (FOLDED) fits in one look, and so do the numbers of people (DIGITS)."""
_SOUGHT_IN = 2000
"""Characters of a text in which RE2 says where a match may begin."""
_STAND_INS = bytes(
    one if one < 128 else ord("_" if bytes([one]).decode("cp1252", "replace").isalnum() else "\x7f")
    for one in range(256)
)
"""A letter with an accent reads as a low line, which is a letter to RE2; a curly quotation mark or € as no letter."""


class Gate:
    """Some patterns, and which of them a text may match; made at the first text that is asked about."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)

    def open(self, text: str) -> Sequence[int]:
        """Numbers of the patterns that may match, in order; all of them in a script that is not Latin."""
        read = _read(text)
        if read is None:
            return self._all
        opened: list[int] = []
        for part in self._parts:
            if (found := part.match(read)) != part.nothing:
                opened += part.numbers(found)
        return opened

    def open_each(self, texts: Sequence[str]) -> list[Sequence[int]]:
        """`open` for each text; a part reads them all before the next, so that its tables stay in the cache."""
        reads = [*map(_read, texts)]
        opened: list[list[int]] = [[] for _ in texts]
        latin = [(read, numbers) for read, numbers in zip(reads, opened, strict=True) if read is not None]
        for part in self._parts:
            match, nothing = part.match, part.nothing
            for read, numbers in latin:
                if (found := match(read)) != nothing:
                    numbers += part.numbers(found)
        return [self._all if read is None else numbers for read, numbers in zip(reads, opened, strict=True)]

    def matching(self, text: str) -> Sequence[Pattern]:
        """The patterns that may match."""
        return [self.patterns[number] for number in self.open(text)]

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Every match of every pattern, pattern by pattern."""
        numbers = self.open(text)
        return (match for number in numbers for match in self.patterns[number].finditer(text)) if numbers else ()

    @cached_property
    def _all(self) -> range:
        return range(len(self.patterns))

    @cached_property
    def _parts(self) -> list["_Looks"]:
        every = range(0, len(self.patterns), _TOGETHER)
        return [_Looks.of(self.patterns[first : first + _TOGETHER], first) for first in every]


@dataclass(frozen=True, slots=True)
class _Looks:
    """What asks RE2 for patterns from number `first` on, and its answer when none may match."""

    first: int
    nothing: list[int]
    match: Callable[[bytes], list[int]]

    @classmethod
    def of(cls, patterns: Sequence[Pattern], first: int) -> "_Looks":
        return cls(first, [len(patterns)], _set(patterns).Match)

    def numbers(self, found: list[int]) -> Sequence[int]:
        """Numbers of the patterns that may match, from what RE2 said.

        The empty pattern at the end matches every text: without it RE2 ran out of memory and knows nothing.
        """
        (last,) = self.nothing
        if last not in found:
            return range(self.first, self.first + last)
        return [self.first + number for number in sorted(found)[:-1]]


def _read(text: str) -> bytes | None:
    """A text as RE2 reads it; None in a script that is not Latin."""
    if text.isascii():
        return text.encode()
    try:
        return text.encode("cp1252").translate(_STAND_INS)
    except UnicodeEncodeError:
        return None


class Sought(Later):
    """A pattern that is slow to try at every letter: RE2 says where a match may begin, and it is tried there only."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Its matches. A text of any length takes time in proportion: RE2 may read on to its end from every letter."""
        read = _read(text) if len(text) <= _SOUGHT_IN else None
        return self.compiled.finditer(text) if read is None else self._found(text, read)

    def _found(self, text: str, read: bytes) -> Iterator[re.Match[str]]:
        at = 0
        while begun := self._beginnings.search(read, at):
            match = self.compiled.match(text, begun.start())
            at = match.end() if match else begun.start() + 1
            if match:
                yield match

    @cached_property
    def _beginnings(self) -> Any:
        options = _options()
        options.never_capture = True
        return re2.compile(wider(self, beside=False), options)


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    return options


def _set(patterns: Iterable[Pattern]) -> Any:
    made = re2.Set.SearchSet(_options())
    for pattern in patterns:
        made.Add(wider(pattern))
    made.Add("")
    made.Compile()
    return made


class Joint:
    """Gates of several recognisers that read the same form of a document: RE2 reads it once for all of them."""

    def __init__(self, form: str) -> None:
        self.form = attrgetter(form)
        self._patterns: list[Pattern] = []
        self._whose: list[tuple[Part, int]] = []

    def gate(self, patterns: Iterable[Pattern]) -> "Part":
        """A gate for some patterns more."""
        vars(self).pop("every", None)
        part = Part(self, tuple(patterns))
        self._patterns += part.patterns
        self._whose += ((part, number) for number in range(len(part.patterns)))
        return part

    def read(self, documents: Sequence[Document]) -> None:
        """Read some documents together, before anything is asked of them; what opened is remembered with each."""
        for doc, opened in zip(documents, self.every.open_each([*map(self.form, documents)]), strict=True):
            doc.opened[self] = opened
            if opened:
                doc.opened.update(self.by_part(opened).items())

    def by_part(self, opened: Iterable[int]) -> "dict[Part, list[int]]":
        """Of each gate that opened the numbers of its own patterns."""
        parts: dict[Part, list[int]] = {}
        for number in opened:
            part, own = self._whose[number]
            parts.setdefault(part, []).append(own)
        return parts

    @cached_property
    def every(self) -> Gate:
        """All patterns together."""
        return Gate(self._patterns)


@dataclass(frozen=True, eq=False)
class Part:
    """The patterns of one recogniser in a joint gate."""

    joint: Joint
    patterns: tuple[Pattern, ...]

    def open(self, doc: Document) -> Sequence[int]:
        """As `Gate.open`, for a document."""
        opened = doc.opened
        if self.joint not in opened:
            self.joint.read([doc])
        return opened.get(self, ())

    def may_match(self, text: str) -> bool:
        """May one of them match this text?"""
        opened = self.joint.every.open(text)
        return bool(opened) and self in self.joint.by_part(opened)

    def matching(self, doc: Document) -> Sequence[Pattern]:
        """The patterns that may match a document."""
        return [self.patterns[number] for number in self.open(doc)]

    def finditer(self, doc: Document) -> Iterable[re.Match[str]]:
        """Every match of every pattern, pattern by pattern."""
        numbers = self.open(doc)
        return self._matches(numbers, self.joint.form(doc)) if numbers else ()

    def _matches(self, numbers: Iterable[int], text: str) -> Iterator[re.Match[str]]:
        for number in numbers:
            yield from self.patterns[number].finditer(text)


DIGITS, HOUSES, AGES, SPOKEN_AGES = Joint("folded"), Joint("folded"), Joint("folded"), Joint("folded")
"""Numbers of people, of houses (whose streets would make many more tables of the others), ages in figures and in words.
"""
FOLDED, WRITTEN, NOTES = Joint("folded"), Joint("text"), Joint("folded")
"""What needs no figures, what only a text with its capitals shows, and what notes show of who wrote them: beside the
first these would fill the tables of RE2."""


def read_together(documents: Sequence[Document]) -> None:
    """What nearly every document is asked, for all of them at once; the rest is read when it is asked."""
    for joint in (FOLDED, WRITTEN, NOTES):
        joint.read(documents)
    with_figures = [doc for doc in documents if doc.figures]
    for joint in (DIGITS, HOUSES):
        joint.read(with_figures)
