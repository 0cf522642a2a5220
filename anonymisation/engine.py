"""The detector: rules and lists first, then the name finder, conflicts in one place."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from anonymisation.conflicts import REST, relabelled, resolve
from anonymisation.cues import STOP, TUSSEN
from anonymisation.dialect import without_dialect
from anonymisation.english import without_english
from anonymisation.garbage import no_collecting
from anonymisation.gates import read_together
from anonymisation.names import Lists
from anonymisation.prefilter import Prefilter
from anonymisation.propagation import propagate
from anonymisation.recognisers.age.beside import ages_beside
from anonymisation.recognisers.ner import NerRecogniser
from anonymisation.review import MASK_FROM
from anonymisation.spans import NOBODY, Document, Found, Recogniser, Span
from anonymisation.view import fold, look
from anonymisation.widen import widen
from domain.errors import GateClosed, PolicyRefused
from domain.officer_rules import Form, OfficerRule, compile_re2

BY_OFFICERS = "officer"
"""The recogniser of a span that a rule of two officers found."""
_SEEN_TEXTS = 20_000
_SEEN_LENGTH = 400
_BATCH = 1024
_AT_ONCE = 128
"""So many texts, read and taken apart, stay in the processor's cache."""


class Detector:
    """Finds personal details. Not safe to share between threads; processes make their own."""

    def __init__(
        self,
        recognisers: Sequence[Recogniser],
        lists: Lists,
        *,
        ner: NerRecogniser | None = None,
        rules: Sequence[OfficerRule] = (),
    ) -> None:
        if any(not rule.approved for rule in rules):
            raise PolicyRefused("herkenningsregel: er is geen tweede handtekening; laat een tweede officer goedkeuren")
        self.recognisers = tuple(recognisers)
        self.ner = ner
        self.lists = lists
        plain = Prefilter.of(lists)
        self.prefilter = plain.for_model(lists) if ner else plain
        self._allow, self._deny = _split(rules)

    def with_rules(self, rules: Sequence[OfficerRule]) -> "Detector":
        """The same detector under the rules of an area; lists and model are shared."""
        return Detector(self.recognisers, self.lists, ner=self.ner, rules=rules) if rules else self

    def detect(self, text: str, *, known_names: Collection[str] = ()) -> list[Span]:
        """Spans to mask: in order, not overlapping, in offsets of the given text.

        known_names: names from the delivery's own columns; used for this text only and not kept.
        Raises GateClosed when a recogniser fails: such a text never passes.
        """
        return masked(self.weigh(text, known_names=known_names))

    def weigh(self, text: str, *, known_names: Collection[str] = ()) -> list[Span]:
        """As `detect`, with the low scores too: those stay visible and go to the review list."""
        return self._weigh_batch([text], known_names)[0]

    def detect_many(self, texts: Iterable[str | None], *, known_names: Collection[str] = ()) -> Iterator[list[Span]]:
        """`detect` for each text in turn, with flat memory."""
        return map(masked, self.weigh_many(texts, known_names=known_names))

    def weigh_many(self, texts: Iterable[str | None], *, known_names: Collection[str] = ()) -> Iterator[list[Span]]:
        """`weigh` for each text in turn; equal short answers are looked at once, a batch goes to the model together.

        What was read is remembered within this call only: no text stays behind in memory.
        """
        stream = iter(texts)
        seen: dict[str, list[Span]] = {}
        while batch := list(islice(stream, _BATCH)):
            if len(seen) > _SEEN_TEXTS:
                seen.clear()
            fresh = [text for text in dict.fromkeys(batch) if text and text not in seen]
            with no_collecting():
                seen |= zip(fresh, self._weigh_batch(fresh, known_names), strict=True)
            yield from [seen[text] if text else [] for text in batch]
            for text in fresh:
                if len(text) > _SEEN_LENGTH:
                    del seen[text]

    def _weigh_batch(self, texts: Sequence[str], known_names: Collection[str]) -> list[list[Span]]:
        """One step for all texts, then the next: a step that stays in the processor's cache takes half the time."""
        documents = [self._first_look(text, known_names) for text in texts]
        looked = [doc for doc in documents if doc]
        finds = self._by_rule(looked)
        if self.ner is not None and looked:
            self._ask_model(self.ner, looked, finds)
        whole = (self._whole(doc, found, known_names) for doc, found in zip(looked, finds, strict=True))
        return [self._spans(text, doc, next(whole)) if doc else [] for text, doc in zip(texts, documents, strict=True)]

    def _first_look(self, text: str, known_names: Collection[str]) -> Document | None:
        """The document, or None when nothing in it can be a personal detail."""
        if not text or text.isspace():
            return None
        view = look(text)
        folded = fold(view.text)
        if not known_names and not self._deny and self.prefilter.nothing_here(view.text, folded):
            return None
        return Document(view, folded, self.prefilter.safe)

    def _by_rule(self, documents: Sequence[Document]) -> list[list[Found]]:
        finds: list[list[Found]] = [[] for _ in documents]
        for first in range(0, len(documents), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            _open_gates(documents[some])
            for recogniser in self.recognisers:
                _run(recogniser, documents[some], finds[some])
        return [resolve([*found, *self._denied(doc)]) for doc, found in zip(documents, finds, strict=True)]

    def _ask_model(self, ner: NerRecogniser, documents: Sequence[Document], finds: list[list[Found]]) -> None:
        """Let the model read what the quick look did not pass, all at once."""
        try:
            answers = ner.ask(documents, finds, self.prefilter.nothing_here)
        except Exception as error:
            raise _closed(ner.name, error) from None
        for number, more in enumerate(answers):
            finds[number] = resolve([*relabelled(finds[number], more, documents[number]), *more])

    def _whole(self, doc: Document, finds: list[Found], known_names: Collection[str]) -> list[Found]:
        """The finds with what belongs to them, and their other mentions with what belongs to those."""
        if finds:
            finds = [*without_dialect(doc, [*without_english(doc, finds)], self.lists)]
            finds = [found for found in finds if found.cue != NOBODY]
        if not finds and not known_names:
            return []
        wide = [*widen(doc, finds, self.lists)]
        wide = finds if wide == finds else resolve(wide)
        more = [*propagate(doc, wide, self.lists, known_names)]
        whole = wide if wide == finds and not more else resolve(widen(doc, resolve([*wide, *more]), self.lists))
        ages = [*ages_beside(doc, whole)]
        return resolve([*whole, *ages]) if ages else whole

    def _spans(self, text: str, doc: Document, finds: list[Found]) -> list[Span]:
        kept = (found for found in finds if not found.cue.startswith(REST) or self._worth(doc, found))
        return [span for found in kept if (span := _span(doc, found)) and not self._allowed(text, span)]

    def _worth(self, doc: Document, found: Found) -> bool:
        """Does what was left of a find hold more than everyday words? (`Maandag` of `Maandag Tineke` does not.)"""
        reading = doc.reading
        for index in range(bisect_left(doc.places, (found.start, 0)), len(doc.places)):
            word = doc.words[index]
            if doc.places[index][1] > found.end:
                return False
            if found.recogniser == "ner" and found.label == "PERSON" and self._name_part(doc, index):
                return True
            if word in self.lists.public or word in STOP or word in TUSSEN or len(word) < 2:
                continue
            if word not in self.lists.lexicon or (reading.known_capital[index] and not reading.first[index]):
                return True
        return False

    def _name_part(self, doc: Document, index: int) -> bool:
        """An initial or a listed name: in a name that the model read as a whole, also when it is a word."""
        word, reading = doc.words[index], doc.reading
        if len(word) == 1:
            return not reading.joined(index)
        if word in self.lists.public or word in STOP:
            return reading.known_capital[index] and not reading.first[index]
        return word in self.lists.first or word in self.lists.last

    def _denied(self, doc: Document) -> Iterator[Found]:
        for pattern, label in self._deny:
            for match in pattern.finditer(doc.folded):
                if match.end() > match.start():
                    yield Found(*match.span(), label, 1.0, "regel", BY_OFFICERS)

    def _allowed(self, text: str, span: Span) -> bool:
        return any(pattern.fullmatch(fold(text[span.start : span.end])) for pattern in self._allow)


def masked(spans: list[Span]) -> list[Span]:
    """The spans that are sure enough to mask."""
    return [span for span in spans if span.score >= MASK_FROM]


def _split(rules: Sequence[OfficerRule]) -> tuple[list[re.Pattern[str]], list[tuple[re.Pattern[str], str]]]:
    allow, deny = [], []
    for rule in rules:
        pattern = compile_re2(rule.value if rule.form is Form.RE2 else rf"\b{re.escape(fold(rule.value))}\b")
        if rule.allow:
            allow.append(pattern)
        else:
            deny.append((pattern, rule.label))
    return allow, deny


def _open_gates(documents: Sequence[Document]) -> None:
    """Raises GateClosed as `_run` does."""
    try:
        read_together(documents)
    except Exception as error:
        raise _closed("gates", error) from None


def _run(recogniser: Recogniser, documents: Sequence[Document], finds: Sequence[list[Found]]) -> None:
    """Add all finds of one recogniser, signed with its name.

    Raises GateClosed, without the cause: it may hold the text.
    """
    name = recogniser.name
    try:
        for found, more in zip(finds, recogniser.find_each(documents), strict=True):
            for one in more:
                found.append(one if one.recogniser else Found(*one[:-1], name))
    except Exception as error:
        raise _closed(name, error) from None


def _closed(name: str, error: Exception) -> GateClosed:
    return GateClosed(
        f"detection: recogniser {name!r} failed ({type(error).__name__}); nothing of this text passes; "
        "report the fault and run again after it is mended"
    )


def _span(doc: Document, found: Found) -> Span | None:
    """The find in offsets of the given text, without white space at its ends; None when nothing is left."""
    text, start, end = doc.text, found.start, found.end
    while start < end and not text[start].isalnum() and text[start] not in "@([+":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".)]":
        end -= 1
    if start >= end or not (text[start].isalnum() or any(c.isalnum() for c in text[start:end])):
        return None
    return Span(*doc.view.to_given(start, end), found.label, found.score, found.recogniser, found.cue)
