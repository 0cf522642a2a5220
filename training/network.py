"""The shape of the model: a small convolutional network over folded words, and nothing but names out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

from anonymisation.models.language import LANGUAGE, register_language
from training.prepare import Sample

WIDTH = 128
ROWS = {"NORM": 8000, "PREFIX": 2500, "SUFFIX": 3000, "SHAPE": 1000, "ID": 200}


def blank(width: int = WIDTH, rows: dict[str, int] = ROWS) -> Language:
    """An untrained pipeline with one component, `ner`; numpy multiplies in it, faster than thinc's own BLIS."""
    set_current_ops(NumpyOps(use_blis=False))
    register_language()
    nlp = spacy.blank(LANGUAGE)
    nlp.add_pipe("ner", config={"model": _parser(width, rows), "update_with_oracle_cut_size": 100})
    return nlp


def _parser(width: int, rows: dict[str, int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": width,
                "attrs": list(rows),
                "rows": list(rows.values()),
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": width,
                "window_size": 1,
                "maxout_pieces": 3,
                "depth": 4,
            },
        },
    }


def examples(nlp: Language, samples: Iterable[Sample]) -> list[Example]:
    """spaCy's examples; a span that cuts through a token takes the whole token."""
    return [_example(nlp, sample) for sample in samples if sample.text.strip()]


def _example(nlp: Language, sample: Sample) -> Example:
    doc = nlp.make_doc(sample.text)
    known = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in sample.spans]
    unknown = [doc.char_span(start, end, alignment_mode="expand") for start, end in sample.missing]
    taken: set[int] = set()
    doc.set_ents(_apart(known, taken), missing=_apart(unknown, taken), default="outside")
    return Example(nlp.make_doc(sample.text), doc)


def _apart(spans: list[Any], taken: set[int]) -> list[Any]:
    """Spans that share no token with an earlier one."""
    kept = []
    for span in spans:
        tokens = set(range(span.start, span.end)) if span else set()
        if tokens and not tokens & taken:
            taken |= tokens
            kept.append(span)
    return kept
