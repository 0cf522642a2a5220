"""Names by a spaCy pipeline, each with the probability that the model itself gives it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.pipeline.ner import EntityRecognizer
from thinc.api import Model, NumpyOps

from anonymisation import ONE_THREAD
from anonymisation.models.labels import our_label, trimmed
from anonymisation.models.language import quick_start, register_language
from domain.errors import CannotCheck

if TYPE_CHECKING:
    from anonymisation.models import Found

FIXED_SCORE = 0.6
PIECE = 20_000
TEXTS_AT_ONCE = 256
WORDS_KEPT = 50_000
"""So many words spaCy may keep: describing a word anew costs more than reading it."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\s(?=\S*$)")
Scores = np.ndarray[Any, np.dtype[np.float32]]


def load_spacy(folder: Path, backend: str, lean: float = 0.0) -> SpacyNer:
    """The pipeline in a folder; raises CannotCheck when it is absent, broken or finds no names."""
    if not (folder / "config.cfg").is_file():
        raise CannotCheck(f"name finder {backend}: no spaCy model in that folder; set the right one or use builtin")
    register_language()
    try:
        with quick_start() if backend == "builtin" else nullcontext():
            nlp = spacy.load(folder)
    except Exception:  # whatever spaCy or numpy made of a damaged folder: nothing may pass
        raise CannotCheck(f"name finder {backend}: the model cannot be loaded; put back the original files") from None
    if not any(hasattr(component, "moves") or name == "ner" for name, component in nlp.pipeline):
        raise CannotCheck(f"name finder {backend}: the pipeline has no component `ner`; choose one that finds names")
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
    own belief, not calibrated against our texts. A last component that is not spaCy's EntityRecognizer gives no
    such numbers; its spans all carry FIXED_SCORE.
    """

    def __init__(self, nlp: Any, lean: float = 0.0) -> None:
        self._nlp = nlp
        self._ner = next((pipe for _, pipe in nlp.pipeline if isinstance(pipe, EntityRecognizer)), None)
        self._lean = lean

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Per text: (start, end, label, score). Beyond WORDS_KEPT, memory is given back every few hundred texts."""
        found: list[list[Found]] = []
        for at in range(0, len(texts), TEXTS_AT_ONCE):
            found += self._find_some(texts[at : at + TEXTS_AT_ONCE])
        return found

    def _find_some(self, texts: Sequence[str]) -> list[list[Found]]:
        parts = [(index, offset, part) for index, text in enumerate(texts) for offset, part in pieces(text)]
        found: list[list[Found]] = [[] for _ in texts]
        with self._nlp.memory_zone() if len(self._nlp.vocab) > WORDS_KEPT else nullcontext():
            docs = [self._nlp.make_doc(part) for _, _, part in parts]
            for (index, offset, part), spans in zip(parts, self._spans(docs), strict=True):
                found[index] += [_placed(part, span, offset) for span in spans]
        return [[span for span in spans if span[0] < span[1]] for spans in found]

    def _spans(self, docs: list[Any]) -> list[list[Found]]:
        if self._ner is None:
            return [_of_doc(doc) for doc in self._nlp.pipe(docs)]
        for _, component in self._nlp.pipeline:
            if component is self._ner and not any(doc.ents for doc in docs):
                return _with_probabilities(self._ner, docs, self._lean)
            docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        return [_of_doc(doc) for doc in docs]


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


def _with_probabilities(ner: Any, docs: list[Any], lean: float) -> list[list[Found]]:
    """spaCy's greedy parse, one transition of all texts at a time, keeping the probability of each transition."""
    filled = [doc for doc in docs if len(doc)]
    if not filled:
        return [[] for _ in docs]
    chances: list[list[float]] = [[] for _ in filled]
    layouts = [_layout(doc) for doc in filled]
    actions = Actions([ner.moves.get_class_name(move) for move in range(ner.moves.n_moves)], lean)
    states, model = ner.moves.init_batch(filled), ner.model.predict(filled)
    going, inside = list(range(len(filled))), np.zeros(len(filled), dtype=int)
    for step in range(max(len(doc) for doc in filled)):
        scores = np.ascontiguousarray(model.predict([states[index] for index in going]), dtype=np.float32)
        here = np.array([layouts[index][step] for index in going])
        chosen, chance = actions.choose(scores, inside[going], here)
        ner.transition_states([states[index] for index in going], scores)
        inside[going] = actions.label_after[chosen]
        for index, probability in zip(going, chance, strict=True):
            chances[index].append(float(probability))
        going = [index for index in going if step + 1 < len(filled[index])]
    ner.set_annotations(filled, states)
    model.clear_memory()
    scored = {id(doc): _scored(doc, chance) for doc, chance in zip(filled, chances, strict=True)}
    return [scored.get(id(doc), []) for doc in docs]


def _layout(doc: Any) -> list[tuple[bool, bool]]:
    """Per token: is it white space (no name starts there); does a sentence end after it (every name ends there)."""
    last = len(doc) - 1
    return [(token.is_space, token.i == last or doc[token.i + 1].is_sent_start is True) for token in doc]


def _scored(doc: Any, chances: list[float]) -> list[Found]:
    found: list[Found] = []
    for span in doc.ents:
        label = our_label(span.label_)
        if label:
            score = float(np.prod(chances[span.start : span.end]))
            found.append((span.start_char, span.end_char, label, round(score, 4)))
    return found


class Actions:
    """The transitions of a parser: `B-`, `I-`, `L-`, `U-` with a label, and `O`; one for each token."""

    def __init__(self, names: Sequence[str], lean: float) -> None:
        labels = sorted({name[2:] for name in names if name[1:2] == "-" and name[2:]})
        kinds = [name[0] if name[1:2] != "-" or name[2:] else "" for name in names]
        self.lean = lean
        self.label = np.array([labels.index(name[2:]) + 1 if name[2:] in labels else 0 for name in names])
        self.starts = np.array([kind in {"B", "U"} for kind in kinds])
        self.goes_on = np.array([kind in {"I", "L"} for kind in kinds])
        self.leaves_open = np.array([kind in {"B", "I"} for kind in kinds])
        self.out = np.array([kind == "O" for kind in kinds])
        self.label_after = np.where(self.leaves_open, self.label, 0)

    def choose(self, scores: Scores, inside: Any, here: Any) -> tuple[Any, Any]:
        """The likeliest transition of each state that may follow, with its probability.

        scores: rows are states; what may not follow is masked in place, and starts are raised by `lean`.
        inside: the open label per state, 0 for none. here: white space and sentence end per state.
        """
        outside, space, final = (inside == 0)[:, None], here[:, :1], here[:, 1:]
        may_start = self.out | (self.starts & ~space)
        allowed = np.where(outside, may_start, self.goes_on & (self.label == inside[:, None]))
        masked = np.where(allowed & ~(self.leaves_open & final), scores, np.float32(-1e9))
        weights = np.exp(masked - masked.max(axis=1, keepdims=True))
        shares = weights / weights.sum(axis=1, keepdims=True)
        scores[:] = masked + np.float32(self.lean) * (self.starts & outside)
        chosen = scores.argmax(axis=1)
        return chosen, shares[np.arange(len(chosen)), chosen]
