"""Ages in the texts that teach: marked by the rules where nobody marked them by hand, and filled with other numbers."""

from __future__ import annotations

import random
import re

from anonymisation.names import load
from anonymisation.recognisers.age import AgeRecogniser
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.spans import Document
from training.markup import Piece, plain
from training.names import cased_like

MASKED = 0.5
_NUMBER = re.compile(r"(?<![\w.,;:/-])\d{1,2}(?![\d.,;:/-]*\d)")
_BANDS = (range(2, 13), range(13, 18), range(18, 60), range(60, 101))
"""Somebody of another number in the same band: a child stays a child, and school and pension stay true."""


def with_ages(parts: tuple[Piece, ...], label: str = "AGE") -> tuple[Piece, ...]:
    """The text with what the rules call an age marked by a label; a name that is marked already stays."""
    text, spans = plain(parts)
    if not (_NUMBER.search(text) or "jaar" in text or "jarig" in text):
        return parts
    found = AgeRecogniser(load()).find(Document.of(text))
    ages = sorted({(one.start, one.end) for one in found if one.score >= MASKED}, key=lambda age: (age[0], -age[1]))
    free = [age for age in ages if not any(age[0] < end and start < age[1] for start, end, _ in spans)]
    marked, at = list[Piece](), 0
    for start, end, mark in sorted([*spans, *((*age, label) for age in free)]):
        if start >= at:
            marked += [Piece(text[at:start]), Piece(text[start:end], mark)]
            at = end
    marked.append(Piece(text[at:]))
    return tuple(piece for piece in marked if piece.text)


def other_age(rng: random.Random, age: str) -> str:
    """Another age, written in the same way: figures for figures, a word for a word."""
    for table in (CARDINALS, ORDINALS):
        if age.lower() in table:
            new = _other(rng, table[age.lower()])
            word = rng.choice([word for word, value in table.items() if value == new])
            return word.capitalize() if age.istitle() else cased_like(word, age)
    return _NUMBER.sub(lambda found: str(_other(rng, int(found[0]))), age)


def other_numbers(text: str, rng: random.Random) -> str:
    """Plain text with other small numbers in it: what a number counts is no matter of which number it is."""
    return _NUMBER.sub(lambda found: str(_other(rng, int(found[0]))) if rng.random() < 0.5 else found[0], text)


def _other(rng: random.Random, number: int) -> int:
    band = next((band for band in _BANDS if number in band), None)
    return rng.choice(band) if band else number
