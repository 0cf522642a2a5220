"""Vary marked-up texts: other names in the slots, other titles and kin, other ways of typing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from anonymisation.names import load
from anonymisation.recognisers.health import ENDING_WORDS
from training.ages import other_age, other_numbers
from training.fillers import health_pieces, other_health, other_organisation, other_place, other_street
from training.lists import swaps
from training.markup import NO_PLACE, Piece
from training.names import BYNAME, PERSONS, SURNAME, NameMaker

Pieces = tuple[Piece, ...]
_PLAIN = re.compile(r"(?<![\w-])[a-z]{5,}(?![\w-])")
RARER = 0.06
_WORD = re.compile(r"[\w'.]+")


def substituted(parts: Pieces, rng: random.Random, share: float = 0.8) -> Pieces:
    """Fill the slots anew; each with the given chance, names of one text always together."""
    names, people = NameMaker(rng), rng.random() < share
    result: list[Piece] = []
    for part in parts:
        before = result[-1].text if result else ""
        result += _filled(part, before, names if people else None, rng, share)
    return tuple(result)


def _filled(part: Piece, before: str, names: NameMaker | None, rng: random.Random, share: float) -> list[Piece]:
    if part.label is None:
        return [Piece(_swapped(other_numbers(part.text, rng), rng))]
    if part.label in PERSONS:
        return [Piece(_person(part, before, names), "PERSON")]
    new = _filler(part.label, part.text, rng) if rng.random() < share else part.text
    return health_pieces(new, before) if part.label == "HEALTH" else [Piece(new, part.label)]


def _person(part: Piece, before: str, names: NameMaker | None) -> str:
    if names is None or part.label == BYNAME:
        return part.text
    return names.replace(part.text, before, SURNAME if part.label == SURNAME else "")


def _filler(label: str, text: str, rng: random.Random) -> str:
    if label in {"PLACE", NO_PLACE}:
        return other_place(rng, text)
    if label == "ADDRESS":
        return other_street(rng, text)
    if label == "HEALTH":
        return other_health(rng, text)
    if label == "AGE":
        return other_age(rng, text)
    return other_organisation(rng, text) if label == "ORGANISATION" else text


def _swapped(text: str, rng: random.Random) -> str:
    """Titles, kin and roles take each other's place; grammar may suffer, the pattern does not."""
    return _WORD.sub(lambda found: _swap(found[0], rng), text)


def _swap(word: str, rng: random.Random) -> str:
    for words in swaps():
        if word.lower() in words and rng.random() < 0.5:
            new = rng.choice(words)
            return new.capitalize() if word[:1].isupper() and not word.isupper() else new
    return word


def reworded(parts: Pieces, rng: random.Random) -> Pieces:
    """Some plain words become rarer ones with the same ending: a word the model never met is no name for that."""
    return tuple(
        part if part.label else Piece(_PLAIN.sub(lambda found: _rarer(found[0], rng), part.text)) for part in parts
    )


def _rarer(word: str, rng: random.Random) -> str:
    if rng.random() > RARER:
        return word
    return rng.choice(_by_ending().get(word[-3:], (word,)))


@cache
def _by_ending() -> dict[str, tuple[str, ...]]:
    """The words of the lexicon that are nothing else, by their last three letters."""
    lists, found = load(), dict[str, list[str]]()
    for word in sorted(lists.lexicon - lists.first - lists.last - lists.places - set(lists.health)):
        if 5 <= len(word) <= 14 and word.isalpha() and not word.endswith(ENDING_WORDS):
            found.setdefault(word[-3:], []).append(word)
    return {ending: tuple(words) for ending, words in found.items()}


def retyped(parts: Pieces, rng: random.Random) -> Pieces:
    """One way of typing for the whole text; about half stay as they are."""
    return rng.choices([way for way, _ in WAYS], [weight for _, weight in WAYS])[0](parts, rng)


def _each(change: Callable[[str], str]) -> Callable[[Pieces, random.Random], Pieces]:
    def changed(parts: Pieces, rng: random.Random) -> Pieces:
        return tuple(Piece(change(part.text) or part.text, part.label) for part in parts)

    return changed


def _as_is(parts: Pieces, rng: random.Random) -> Pieces:
    return parts


def _only_names_lower(parts: Pieces, rng: random.Random) -> Pieces:
    return tuple(Piece(part.text.lower() if part.label else part.text, part.label) for part in parts)


def _typos(parts: Pieces, rng: random.Random) -> Pieces:
    """Now and then two letters change places, one is doubled or one is lost."""
    return tuple(Piece(_WORD.sub(lambda found: _typo(found[0], rng), part.text), part.label) for part in parts)


def _typo(word: str, rng: random.Random) -> str:
    if len(word) < 4 or rng.random() > 0.12:
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:] if kind == 1 else word[:at] + word[at + 1 :]


def _lower_typos(parts: Pieces, rng: random.Random) -> Pieces:
    return tuple(Piece(part.text.lower(), part.label) for part in _typos(parts, rng))


def _without_marks(text: str) -> str:
    return re.sub(r"(?<!\b\w)[.,!?;:](?=\s|$)", "", text).lower()


WAYS: tuple[tuple[Callable[[Pieces, random.Random], Pieces], float], ...] = (
    (_as_is, 0.43),
    (_each(str.lower), 0.17),
    (_each(str.upper), 0.1),
    (_each(_without_marks), 0.1),
    (_only_names_lower, 0.07),
    (_typos, 0.07),
    (_lower_typos, 0.06),
)
