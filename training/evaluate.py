"""Count per label what a pipeline finds: a span counts when start, end and label are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language

from training.network import examples
from training.prepare import Sample

Row = dict[str, float]


def table(nlp: Language, samples: Sequence[Sample]) -> dict[str, Row]:
    """Per label: gold, found, right, precision, recall. Names of unknown type neither help nor harm."""
    gold: dict[str, int] = {}
    found: dict[str, int] = {}
    right: dict[str, int] = {}
    for example, doc in _pairs(nlp, samples):
        wanted = {(span.start, span.end, span.label_) for span in example.reference.ents}
        unknown = {token.i for token in example.reference if token.ent_iob == 0}
        got = {
            (span.start, span.end, span.label_)
            for span in doc.ents
            if not unknown & set(range(span.start, span.end))
        }  # fmt: skip
        for counts, spans in ((gold, wanted), (found, got), (right, wanted & got)):
            for span in spans:
                counts[span[2]] = counts.get(span[2], 0) + 1
    return {label: _row(gold.get(label, 0), found.get(label, 0), right.get(label, 0)) for label in sorted(gold | found)}


def _pairs(nlp: Language, samples: Sequence[Sample]) -> list[tuple[Any, Any]]:
    cases = examples(nlp, samples)
    return list(zip(cases, nlp.pipe([case.reference.text for case in cases]), strict=True))


def _row(gold: int, found: int, right: int) -> Row:
    return {
        "gold": gold, "found": found, "right": right,
        "precision": round(right / found, 4) if found else 0.0,
        "recall": round(right / gold, 4) if gold else 0.0,
    }  # fmt: skip


def f_score(row: Row) -> str:
    """`P 0.91 R 0.88 F 0.89` for a person to read."""
    precision, recall = row["precision"], row["recall"]
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.2f} R {recall:.2f} F {both:.2f} (n={row['gold']:.0f})"
