"""Make longer texts of short ones: answers of several sentences, talks in turns, notes in telegram style.

Sentence-initial capitals, one-word answers and headings are what a name finder most often takes for names;
here they come by the thousands, made of the ordinary words of the treebanks.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.lists import by_kind, first_names, last_names, questions, towns
from training.markup import Piece
from training.names import NameMaker
from training.treebank import Sentence

Pieces = tuple[Piece, ...]
ORDINARY = frozenset({"ADJ", "ADV", "NOUN", "VERB", "INTJ", "NUM", "PRON", "SCONJ"})
FRAGMENTS = 0.4
NAMES = 0.45
ENDS = (".", ".", ".", "!", "?", ":", ",", "...")
TURNS = (
    ("I: ", "R: "), ("Interviewer: ", "Bewoner: "), ("INT: ", "RESP: "), ("Int.: ", "Resp.: "), ("V: ", "A: "),
    ("Interviewer: ", "Inwoner: "), ("I:", "B:"), ("Vraag: ", "Antwoord: "), ("Gespreksleider: ", "Deelnemer: "),
    ("interviewer: ", "cliënt: "), ("Interviewer: ", "Moeder: "), ("- ", "- "), ("* ", "* "), ("1. ", "2. "),
)  # fmt: skip


def ordinary_words(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Words of the treebanks that are no name, no place and no part of one, alphabetically."""
    names = first_names() | last_names() | {town.lower() for town in towns()}
    names |= {word for terms in by_kind("health.txt").values() for term in terms for word in term.split()}
    found = {
        word.form.lower()
        for sentence in sentences
        for word in sentence.words
        if word.upos in ORDINARY and len(word.form) > 2 and word.form.isalpha()
    }
    return tuple(sorted(found - names))


def fragment(words: Sequence[str], rng: random.Random) -> Pieces:
    """One or two ordinary words as a sentence, `Rommelig.`, `Alleen daarna?`; as often as not a name, `Nellie?`."""
    end = Piece(rng.choice(ENDS))
    if rng.random() < NAMES:
        name = NameMaker(rng).replace(rng.choice(("Truus", "Truus", "Truus", "Van Dijk", "Truus Bos", "T. Bos")), "")
        return (Piece(name, "PERSON"), end)
    chosen = rng.sample(words, rng.choice((1, 1, 1, 2)))
    return (Piece(" ".join(chosen).capitalize() + end.text),)


def composed(texts: Sequence[Pieces], words: Sequence[str], rng: random.Random) -> Pieces:
    """The texts as one document, with fragments in between; as running text, as turns or as a list."""
    parts: list[Piece] = []
    turns = rng.choice(TURNS) if rng.random() < 0.35 else None
    for number, text in enumerate(texts):
        parts += _opening(turns, number, rng)
        if rng.random() < FRAGMENTS:
            parts += [*fragment(words, rng), Piece(" ")]
        parts += _closed(text)
    if rng.random() < 0.2:
        parts += [Piece(" "), *fragment(words, rng)]
    return _merged(parts)


def _opening(turns: tuple[str, str] | None, number: int, rng: random.Random) -> list[Piece]:
    if turns is None:
        return [Piece(" " if rng.random() < 0.85 else "\n")] if number else []
    asks, answers = turns
    start = "\n" if number else ""
    if asks == answers or rng.random() < 0.2:
        return [Piece(start + answers)]
    return [Piece(f"{start}{asks}{rng.choice(questions())}\n{answers}")]


def _closed(text: Pieces) -> list[Piece]:
    """The text with a full stop when it has no end."""
    needs_stop = not re.search(r"[.!?:)\"']\s*$", text[-1].text)
    return [*text, Piece(".")] if needs_stop else list(text)


def _merged(parts: Sequence[Piece]) -> Pieces:
    merged: list[Piece] = []
    for part in parts:
        if merged and merged[-1].label is None and part.label is None:
            merged[-1] = Piece(merged[-1].text + part.text)
        else:
            merged.append(part)
    return tuple(merged)
