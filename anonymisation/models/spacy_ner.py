"""Names by a spaCy pipeline, each with the probability that the model itself gives it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.pipeline.ner import EntityRecognizer
from thinc.api import Model, NumpyOps

from anonymisation import ONE_THREAD
from anonymisation.models.labels import our_label, trimmed
from anonymisation.models.language import quick_start, register_language
from anonymisation.models.parse import Parse, usual
from anonymisation.models.refusal import no_finder

if TYPE_CHECKING:
    from anonymisation.models import Found

FIXED_SCORE = 0.8
PIECE = 20_000
PIECES_AT_ONCE = 256
LETTERS_AT_ONCE = 40_000
"""More in one go takes memory (8 kB a letter where every word is one) and wins no time."""
WORDS_KEPT = 50_000
"""So many words spaCy may keep: describing a word anew costs more than reading it."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\s(?=\S*$)")
Piece = tuple[int, int, str]
"""Of which text, where in it, and the words."""


def load_spacy(folder: Path, backend: str, lean: float = 0.0) -> SpacyNer:
    """The pipeline in a folder; raises CannotCheck when it is absent, broken or finds no names."""
    if not (folder / "config.cfg").is_file():
        raise no_finder(
            f"naamzoeker {backend}: in die map staat geen model van spaCy; wijs de goede aan of kies builtin"
        )
    register_language()
    try:
        with quick_start() if backend == "builtin" else nullcontext():
            nlp = spacy.load(folder)
    except Exception:  # whatever spaCy or numpy made of a damaged folder: nothing may pass
        raise no_finder(f"naamzoeker {backend}: het model laadt niet; zet de oorspronkelijke bestanden terug") from None
    if not any(hasattr(component, "moves") or name == "ner" for name, component in nlp.pipeline):
        raise no_finder(f"naamzoeker {backend}: in dit model zoekt niets naar namen (`ner`); kies een ander")
    _multiply_with_numpy(nlp)
    return SpacyNer(nlp, lean)


def _multiply_with_numpy(nlp: Any) -> None:
    """Let numpy multiply instead of the BLIS that comes with thinc: three times as fast, and the same to a rounding.

    Multiplying is most of what the model costs. Only with numpy on one thread: several waste more than they gain.
    """
    if os.environ.get(ONE_THREAD) != "1":
        return
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if isinstance(getattr(component, "model", None), Model) else ():
            if isinstance(layer.ops, NumpyOps):
                layer.ops = ops


class SpacyNer:
    """Finds names with a spaCy pipeline.

    The score of a span is the product of the softmax probabilities of the transitions that made it: the model's
    own belief, not calibrated against our texts. A last component that is not spaCy's EntityRecognizer of the usual
    shape gives no such numbers; its spans all carry FIXED_SCORE.
    """

    def __init__(self, nlp: Any, lean: float = 0.0) -> None:
        self._nlp = nlp
        self._ner = next((pipe for _, pipe in nlp.pipeline if isinstance(pipe, EntityRecognizer) and usual(pipe)), None)
        self._parse = Parse(self._ner, lean) if self._ner else None

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Per text: (start, end, label, score). Beyond WORDS_KEPT, memory is given back every few hundred pieces."""
        parts = ((index, offset, part) for index, text in enumerate(texts) for offset, part in pieces(text))
        found: list[list[Found]] = [[] for _ in texts]
        for some in _in_turns(parts):
            for (index, offset, part), spans in zip(some, self._found([part for _, _, part in some]), strict=True):
                found[index] += [_placed(part, span, offset) for span in spans]
        return [[span for span in spans if span[0] < span[1]] for spans in found]

    def _found(self, parts: list[str]) -> list[list[Found]]:
        with self._nlp.memory_zone() if len(self._nlp.vocab) > WORDS_KEPT else nullcontext():
            return self._spans([self._nlp.make_doc(part) for part in parts])

    def _spans(self, docs: list[Any]) -> list[list[Found]]:
        if self._parse is None:
            return [_of_doc(doc) for doc in self._nlp.pipe(docs)]
        for _, component in self._nlp.pipeline:
            if component is self._ner and not any(doc.ents for doc in docs):
                return self._parse.read(docs)
            docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        return [_of_doc(doc) for doc in docs]


def _in_turns(parts: Iterable[Piece]) -> Iterator[list[Piece]]:
    some: list[Piece] = []
    letters = 0
    for one in parts:
        if some and (len(some) == PIECES_AT_ONCE or letters + len(one[2]) > LETTERS_AT_ONCE):
            yield some
            some, letters = [], 0
        some.append(one)
        letters += len(one[2])
    if some:
        yield some


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces that spaCy takes, cut at white space, with their offsets; lone surrogates replaced."""
    text, at = _LONE_SURROGATE.sub("\ufffd", text), 0
    while at < len(text):
        part = text[at : at + PIECE]
        gap = _BREAK.search(part[-200:]) if at + PIECE < len(text) else None
        part = part[: len(part) - 200 + gap.end()] if gap else part
        yield at, part
        at += len(part)


def _of_doc(doc: Any) -> list[Found]:
    labelled = [(span.start_char, span.end_char, our_label(span.label_)) for span in doc.ents]
    return [(start, end, label, FIXED_SCORE) for start, end, label in labelled if label]


def _placed(part: str, span: Found, offset: int) -> Found:
    start, end = trimmed(part, span[0], span[1])
    return start + offset, end + offset, span[2], span[3]
