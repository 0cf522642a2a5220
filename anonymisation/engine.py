"""The detector: every recogniser over one document, one place for conflicts, names carried through the document."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from anonymisation.conflicts import REST, resolve
from anonymisation.cues import STOP, TUSSEN
from anonymisation.names import Lists
from anonymisation.propagation import propagate
from anonymisation.review import Form, OfficerRule, _compile
from anonymisation.spans import Document, Found, Recogniser, Span
from anonymisation.view import fold
from domain.errors import GateClosed, PolicyRefused

MASK_FROM = 0.5
"""From this score a span is masked."""
CERTAIN_FROM = 0.8
"""From this score a span needs no second look."""
_CACHE_TEXTS = 50_000
_CACHE_LENGTH = 400


class Detector:
    """Finds personal details. Not safe to share between threads; processes make their own."""

    def __init__(self, recognisers: Sequence[Recogniser], lists: Lists, *, rules: Sequence[OfficerRule] = ()) -> None:
        if any(not rule.approved for rule in rules):
            raise PolicyRefused("detection: a rule without a second signature was given; let a second officer approve it")
        self.recognisers = tuple(recognisers)
        self.lists = lists
        self._allow, self._deny = _split(rules)
        self._cache: dict[str, list[Span]] = {}

    def detect(self, text: str, *, known_names: Collection[str] = ()) -> list[Span]:
        """Spans to mask: in order, not overlapping, in offsets of the given text.

        known_names: names from the delivery's own columns; used for this text only and not kept.
        Raises GateClosed when a recogniser fails: such a text never passes.
        """
        return [span for span in self.weigh(text, known_names=known_names) if span.score >= MASK_FROM]

    def weigh(self, text: str, *, known_names: Collection[str] = ()) -> list[Span]:
        """As `detect`, with the low scores too: those stay visible and go to the review list."""
        if not text or text.isspace():
            return []
        doc = Document.of(text)
        finds = [found for recogniser in self.recognisers for found in _run(recogniser, doc)]
        finds += self._denied(doc)
        finds = resolve(finds)
        finds = resolve([*finds, *propagate(doc, finds, self.lists, known_names)])
        finds = [found for found in finds if not found.cue.startswith(REST) or self._worth(doc, found)]
        return [span for span in (_span(doc, f) for f in finds) if span and not self._allowed(text, span)]

    def detect_many(self, texts: Iterable[str | None], *, known_names: Collection[str] = ()) -> Iterator[list[Span]]:
        """`detect` for each text in turn; equal short answers are looked at once."""
        for text in texts:
            if not text:
                yield []
            elif known_names or len(text) > _CACHE_LENGTH:
                yield self.detect(text, known_names=known_names)
            else:
                found = self._cache.get(text)
                if found is None:
                    if len(self._cache) >= _CACHE_TEXTS:
                        self._cache.clear()
                    found = self._cache[text] = self.detect(text)
                yield found

    def _worth(self, doc: Document, found: Found) -> bool:
        """Does what was left of a find hold more than everyday words? (`Maandag` of `Maandag Tineke`)"""
        reading = doc.reading
        for index in range(bisect_left(doc.places, (found.start, 0)), len(doc.places)):
            word = doc.words[index]
            if doc.places[index][1] > found.end:
                return False
            if word in self.lists.public or word in STOP or word in TUSSEN or len(word) < 2:
                continue
            if word not in self.lists.lexicon or (reading.known_capital(index) and not reading.first[index]):
                return True
        return False

    def _denied(self, doc: Document) -> Iterator[Found]:
        for pattern, label in self._deny:
            for match in pattern.finditer(doc.folded):
                if match.end() > match.start():
                    yield Found(*match.span(), label, 1.0, "regel", "officer")

    def _allowed(self, text: str, span: Span) -> bool:
        return any(pattern.fullmatch(fold(text[span.start:span.end])) for pattern in self._allow)


def _split(rules: Sequence[OfficerRule]) -> tuple[list[re.Pattern[str]], list[tuple[re.Pattern[str], str]]]:
    allow, deny = [], []
    for rule in rules:
        pattern = _compile(rule.value if rule.form is Form.RE2 else rf"\b{re.escape(fold(rule.value))}\b")
        if rule.allow:
            allow.append(pattern)
        else:
            deny.append((pattern, rule.label))
    return allow, deny


def _run(recogniser: Recogniser, doc: Document) -> list[Found]:
    """All finds of one recogniser, signed with its name. Raises GateClosed, without the cause: it may hold the text."""
    try:
        return [found if found.recogniser else replace(found, recogniser=recogniser.name) for found in recogniser.find(doc)]
    except Exception as error:
        raise GateClosed(
            f"detection: recogniser {recogniser.name!r} failed ({type(error).__name__}); "
            "nothing of this text passes; report the fault and run again after it is mended"
        ) from None


def _span(doc: Document, found: Found) -> Span | None:
    """The find in offsets of the given text, without white space at its ends; None when nothing is left."""
    text, start, end = doc.text, found.start, found.end
    while start < end and not text[start].isalnum() and text[start] not in "@([+":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".)]":
        end -= 1
    if start >= end or not any(c.isalnum() for c in text[start:end]):
        return None
    return Span(*doc.view.to_given(start, end), found.label, found.score, found.recogniser, found.cue)
