"""Write a trained pipeline as package data: weights, meta.json, licence notice and attribution."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from anonymisation.names import HERE as WORDS
from training.prepare import TEXTS, Corpus
from training.sources import TREEBANKS, sha256

VERSION = "0.4.0"
NOTICES = Path(__file__).parent / "notices"
DESCRIPTION = "Names in Dutch answers: persons, places, organisations, streets, health words and ages"


def save(
    nlp: Language, out: Path, *, scores: dict[str, Any], seed: int, epochs: int, corpus: Corpus, inputs: dict[str, str]
) -> None:
    """Replace `out` by the model. The vocabulary stays out: it would hold the words of the training texts."""
    shutil.rmtree(out, ignore_errors=True)
    nlp.meta.update(_meta(scores, seed, epochs, corpus, inputs))
    nlp.to_disk(out, exclude=["vocab"])
    _tidy(out / "meta.json")
    for notice in sorted(NOTICES.iterdir()):
        shutil.copyfile(notice, out / notice.name)


def _meta(scores: dict[str, Any], seed: int, epochs: int, corpus: Corpus, inputs: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "toegang", "version": VERSION, "description": DESCRIPTION, "license": "CC-BY-SA-4.0",
        "author": "Toegangspeil",
        "training": {
            "seed": seed, "epochs": epochs, "spacy": spacy.__version__,
            "treebank_sentences": len(corpus.treebank), "own_texts": len(corpus.own),
            "annotated_texts": len(corpus.annotated),
            "inputs_sha256": {**TREEBANKS, **inputs},
        },
        "scores": scores,
    }  # fmt: skip


def own_inputs(annotated: Iterable[Path] = ()) -> dict[str, str]:
    """SHA-256 of the texts and lists of the project that teach the model; to be taken before training starts."""
    root = TEXTS.parents[1]
    folders = {TEXTS: "*.txt", TEXTS.parent / "lists": "*.txt", WORDS / "own": "*.txt", WORDS / "data": "*.gz"}
    paths = sorted([*annotated, *(path for folder, names in folders.items() for path in folder.glob(names))])
    return {path.relative_to(root).as_posix(): sha256(path) for path in paths}


def _tidy(path: Path) -> None:
    """spaCy's own empty fields say nothing; readable JSON does."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    kept = {key: value for key, value in meta.items() if value not in ("", {}, [])}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
