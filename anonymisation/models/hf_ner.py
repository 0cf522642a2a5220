"""Names by a local token-classification model (transformers); an option for who has one, never a download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonymisation.models.labels import our_label, trimmed
from anonymisation.models.refusal import no_finder

if TYPE_CHECKING:
    from anonymisation.models import Found


def load_hf(folder: Path) -> HfNer:
    """The model in a folder; raises CannotCheck when the folder or the package is missing."""
    if not (folder / "config.json").is_file():
        raise no_finder("naamzoeker hf: in die map staat geen model; zet de bestanden er zelf, wij halen niets op")
    try:
        from transformers import pipeline  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise no_finder("naamzoeker hf: het pakket transformers ontbreekt; voeg het toe of kies builtin") from None
    options = {"aggregation_strategy": "simple", "model_kwargs": {"local_files_only": True}}
    try:
        return HfNer(pipeline("token-classification", model=str(folder), tokenizer=str(folder), **options))
    except Exception:  # whatever transformers made of a damaged folder: nothing may pass
        raise no_finder("naamzoeker hf: het model laadt niet; zet de oorspronkelijke bestanden terug") from None


class HfNer:
    """Finds names with a transformers pipeline; the score is the mean softmax probability it reports.

    A text longer than the model's window is cut by transformers: give it paragraphs, not books.
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Per text: (start, end, label, score)."""
        answers = self._pipeline(list(texts)) if texts else []
        return [_found(text, answer) for text, answer in zip(texts, answers, strict=True)]


def _found(text: str, answer: list[dict[str, Any]]) -> list[Found]:
    spans: list[Found] = []
    for entity in answer:
        label = our_label(str(entity["entity_group"]))
        start, end = trimmed(text, int(entity["start"]), int(entity["end"]))
        if label and start < end:
            spans.append((start, end, label, round(float(entity["score"]), 4)))
    return spans
