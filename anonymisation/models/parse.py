"""spaCy's greedy parse of names, all texts of a batch together, keeping how sure the model was of each step.

Every transition of this parser takes one token, so a state is no more than the token it is at and where the open name
began: three rows of a table that is made once per batch. spaCy itself keeps an object per text and calls its layers
for each step anew, which costs ten times as much for the few texts of one request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START

from anonymisation.models.labels import our_label

if TYPE_CHECKING:
    from anonymisation.models import Found

Numbers = np.ndarray[Any, np.dtype[Any]]


def usual(ner: Any) -> bool:
    """Is this a parser of three features with a layer above them, as spaCy makes it unless told otherwise?"""
    model = ner.model
    lower = model.get_ref("lower")
    return bool(
        model.attrs.get("has_upper")
        and not model.attrs.get("unseen_classes")
        and lower.get_dim("nF") == 3
        and lower.get_dim("nP") > 1
    )


class Parse:
    """Reads documents with the layers of a usual EntityRecognizer."""

    def __init__(self, ner: Any, lean: float) -> None:
        self.actions = Actions([ner.moves.get_class_name(move) for move in range(ner.moves.n_moves)], lean)
        self._tok2vec, self._lower, self._upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))

    def read(self, docs: Sequence[Any]) -> list[list[Found]]:
        """Per document: start, end, label and score of every name."""
        found: list[list[Found]] = [[] for _ in docs]
        filled = sorted((number for number, doc in enumerate(docs) if len(doc)), key=lambda n: -len(docs[n]))
        if filled:
            some = [docs[number] for number in filled]
            first = np.concatenate([[0], np.cumsum([len(doc) for doc in some])])
            chosen, chance = self._steps(some, first)
            for number, doc, begin in zip(filled, some, first, strict=False):
                end = begin + len(doc)
                found[number] = [*self._names(doc, chosen[begin:end], chance[begin:end])]
        return found

    def _steps(self, docs: Sequence[Any], first: Numbers) -> tuple[Numbers, Numbers]:
        """Transition and its probability for every token of the documents, longest document first."""
        table = self._lower.predict(self._tok2vec.predict(docs))  # row 0 stands for no token
        layout = np.concatenate([_layout(doc) for doc in docs])
        lengths = np.diff(first)
        chosen, chance = np.zeros(len(layout), dtype=int), np.zeros(len(layout), dtype=np.float32)
        opened = np.zeros(len(docs), dtype=int)
        for step in range(lengths[0]):
            going = int(np.searchsorted(-lengths, -step))
            at, began = first[:going] + step, opened[:going]
            state = table[at + 1, 0] + table[began, 1] + table[np.where(began > 0, at, 0), 2]
            scores = self._scores(state)
            inside = np.where(began > 0, self.actions.label[chosen[began - 1]], 0)
            chosen[at], chance[at] = self.actions.choose(scores, inside, layout[at])
            opens = self.actions.leaves_open[chosen[at]]
            opened[:going] = np.where(opens, np.where(began > 0, began, at + 1), 0)
        return chosen, chance

    def _scores(self, state: Numbers) -> Numbers:
        hidden = (state + self._lower.get_param("b")).max(axis=-1)
        scores: Numbers = hidden @ self._upper.get_param("W").T + self._upper.get_param("b")
        return scores

    def _names(self, doc: Any, chosen: Numbers, chance: Numbers) -> Iterator[Found]:
        for start in np.flatnonzero(self.actions.starts[chosen]):
            last = start
            while self.actions.leaves_open[chosen[last]]:
                last += 1
            label = our_label(self.actions.names[chosen[start]][2:])
            if label:
                score = float(np.prod(chance[start : last + 1].astype(float)))
                end = doc[int(last)]
                yield doc[int(start)].idx, end.idx + len(end), label, round(score, 4)


def _layout(doc: Any) -> Numbers:
    """Per token: is it white space (no name starts there); does a sentence end after it (every name ends there)."""
    given = doc.to_array([IS_SPACE, SENT_START])
    final = np.append(given[1:, 1] == 1, True)
    layout: Numbers = np.column_stack([given[:, 0] == 1, final])
    return layout


class Actions:
    """The transitions of a parser: `B-`, `I-`, `L-`, `U-` with a label, and `O`; one for each token."""

    def __init__(self, names: Sequence[str], lean: float) -> None:
        labels = sorted({name[2:] for name in names if name[1:2] == "-" and name[2:]})
        kinds = [name[0] if name[1:2] != "-" or name[2:] else "" for name in names]
        self.names, self.lean = names, lean
        self.label = np.array([labels.index(name[2:]) + 1 if name[2:] in labels else 0 for name in names])
        self.starts = np.array([kind in {"B", "U"} for kind in kinds])
        self.goes_on = np.array([kind in {"I", "L"} for kind in kinds])
        self.leaves_open = np.array([kind in {"B", "I"} for kind in kinds])
        self.out = np.array([kind == "O" for kind in kinds])
        self.label_after = np.where(self.leaves_open, self.label, 0)

    def choose(self, scores: Numbers, inside: Any, here: Any) -> tuple[Any, Any]:
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
