"""From treebanks and own texts to training samples: the same seed gives the same samples."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.ages import with_ages
from training.annotated import UNTYPED, read_annotated
from training.augment import retyped, reworded, substituted
from training.compose import composed, ordinary_words
from training.markup import NO_PLACE, Piece, plain, read_texts
from training.treebank import Sentence, read
from training.typing_rules import NO_NAME, types_of, words_of

TEXTS = Path(__file__).parent / "texts"
TREEBANK_SHARE = 0.28
VARIANTS = 2
DEV_IN_HUNDRED = 8

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Sample:
    """A text with its spans; `missing` are names whose type nobody knows."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    missing: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Corpus:
    """What to learn from (pieces, varied each epoch) and what to measure on (fixed samples)."""

    treebank: tuple[Pieces, ...]
    own: tuple[Pieces, ...]
    annotated: tuple[Pieces, ...]
    words: tuple[str, ...] = field(repr=False)
    treebank_dev: tuple[Sample, ...] = field(repr=False)
    treebank_test: tuple[Sample, ...] = field(repr=False)
    own_dev: tuple[Sample, ...] = field(repr=False)


def load(paths: dict[str, Path], texts: Path = TEXTS, annotated: Iterable[Path] = ()) -> Corpus:
    """Read, type, remove doubles and split. The test parts of the treebanks are never learned from."""
    order = sorted(paths, key=lambda name: ("test" not in name, name))
    sentences = _without_doubles((sentence, name) for name in order for sentence in read(paths[name]))
    typed = list(zip(sentences, types_of([sentence for sentence, _ in sentences]), strict=True))
    parts: dict[str, list[Pieces]] = {"train": [], "dev": [], "test": []}
    for (sentence, name), types in typed:
        parts[_part(sentence, name)].append(with_ages(_pieces(sentence, types), UNTYPED))
    learned, held_out = _own(texts)
    return Corpus(
        tuple(parts["train"]),
        learned,
        tuple(parts for path in annotated for parts in read_annotated(path)),
        ordinary_words([sentence for sentence, name in sentences if "test" not in name]),
        treebank_dev=_fixed(parts["dev"]),
        treebank_test=_fixed(parts["test"]),
        own_dev=_fixed(_varied(held_out, random.Random(7))),
    )


def epoch(corpus: Corpus, seed: int, number: int) -> list[Sample]:
    """The samples of one round: a part of the treebank, and each own and annotated text in several guises."""
    rng = random.Random(f"{seed}/{number}")
    chosen = rng.sample(corpus.treebank, round(len(corpus.treebank) * TREEBANK_SHARE))
    news = [substituted(parts, rng, share=0.3) for parts in chosen]
    own = [substituted(parts, rng) for _ in range(VARIANTS) for parts in corpus.own]
    rng.shuffle(own)
    kept = [substituted(parts, rng, share=0.5) for _ in range(VARIANTS) for parts in corpus.annotated]
    samples = kept + _grouped(own, corpus.words, rng) + _grouped(news, corpus.words, rng)
    typed = [sample_of(retyped(reworded(parts, rng), rng)) for parts in samples]
    rng.shuffle(typed)
    return typed


def _grouped(texts: Sequence[Pieces], words: Sequence[str], rng: random.Random) -> list[Pieces]:
    """Half of the texts alone, the others two to six together."""
    found, at = [], 0
    while at < len(texts):
        size = rng.choice((1, 1, 1, 1, 2, 3, 4, 6))
        group = texts[at : at + size]
        found.append(group[0] if len(group) == 1 and rng.random() < 0.8 else composed(group, words, rng))
        at += size
    return found


def fingerprint(samples: Iterable[Sample]) -> str:
    """SHA-256 over the samples: equal preparation, equal fingerprint."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(repr((sample.text, sample.spans, sample.missing)).encode())
    return digest.hexdigest()


def sample_of(parts: Pieces) -> Sample:
    """The sample of a list of pieces."""
    text, spans = plain(parts)
    known = tuple(span for span in spans if span[2] not in {UNTYPED, NO_PLACE})
    return Sample(text, known, tuple((start, end) for start, end, label in spans if label == UNTYPED))


def _varied(texts: Sequence[Pieces], rng: random.Random) -> list[Pieces]:
    return [retyped(substituted(parts, rng), rng) for parts in texts]


def _fixed(texts: Sequence[Pieces]) -> tuple[Sample, ...]:
    return tuple(sample_of(parts) for parts in texts)


def _own(texts: Path) -> tuple[tuple[Pieces, ...], tuple[Pieces, ...]]:
    learned: list[Pieces] = []
    held_out: list[Pieces] = []
    seen: set[str] = set()
    for parts in map(with_ages, read_texts(texts)):
        text = plain(parts)[0]
        if text not in seen:
            seen.add(text)
            (held_out if _bucket(text) < DEV_IN_HUNDRED else learned).append(parts)
    return tuple(learned), tuple(held_out)


def _without_doubles(sentences: Iterable[tuple[Sentence, str]]) -> list[tuple[Sentence, str]]:
    seen: set[str] = set()
    return [pair for pair in sentences if pair[0].fingerprint not in seen and not seen.add(pair[0].fingerprint)]  # type: ignore[func-returns-value]


def _part(sentence: Sentence, name: str) -> str:
    if "test" in name:
        return "test"
    return "dev" if _bucket(sentence.fingerprint) < DEV_IN_HUNDRED else "train"


def _bucket(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100


def _pieces(sentence: Sentence, types: Sequence[str | None]) -> Pieces:
    """The sentence cut at its names; a nested name is left to the one around it."""
    found: list[Piece] = []
    at = 0
    for span, label in sorted(zip(sentence.names, types, strict=True), key=lambda pair: pair[0]):
        start, end = sentence.words[span[0]].start, sentence.words[span[1]].end
        if start < at or label == NO_NAME or not words_of(sentence, span):
            continue
        found += [Piece(sentence.text[at:start]), Piece(sentence.text[start:end], label or UNTYPED)]
        at = end
    found.append(Piece(sentence.text[at:]))
    return tuple(piece for piece in found if piece.text)
