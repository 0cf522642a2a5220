"""The language `nl_toegang`: Dutch tokens described without minding case and accents, and by the lists they are in.

Importing this module registers the language with spaCy; a model trained with it cannot be loaded before that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import spacy
from spacy.attrs import ID, IS_SPACE, LANG, NORM, PREFIX, SHAPE, SUFFIX
from spacy.lang.nl import Dutch

from anonymisation.names import Lists, load

LANGUAGE = "nl_toegang"
_ASKED = (LANG, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE, ID)
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "´": "'"})


def folded(word: str) -> str:
    """Lower case without accents: `Yılmaz`, `YILMAZ` and `yilmaz` are one word to the model."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).lower().translate(_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def first_letters(word: str) -> str:
    """The first three letters, folded."""
    return folded(word)[:3]


def last_letters(word: str) -> str:
    """The last three letters, folded."""
    return folded(word)[-3:]


def listed(word: str) -> str:
    """Which lists know the word: a letter each, `-` for none. What is a name to the lists, is so to the model untaught.

    First name, Last name, Place, Word (or Compound of two words); an empty string for what holds no letter.
    """
    plain = folded(word)
    return _listed(plain, load()) if any(map(str.isalpha, plain)) else ""


def _listed(word: str, lists: Lists) -> str:
    known = word in lists.lexicon
    letters = (
        ("F", word in lists.first), ("L", word in lists.last), ("P", word in lists.places),
        ("W", known), ("C", not known and lists.is_word(word)),
    )  # fmt: skip
    return "".join(letter for letter, found in letters if found) or "-"


class _ToegangDefaults(Dutch.Defaults):
    # "Jan/Piet", "voor:mevrouw" and "(Nel)dat" occur in typed answers: these signs always part two words.
    infixes = [*Dutch.Defaults.infixes, r"[/|;:+&=()\[\]<>\"“”…_*]", r"(?<=[^\W\d])[,!?](?=[^\W\d])"]
    # ID is spaCy's row in a table of word vectors: there is none here, so the place is free.
    lex_attr_getters = {
        **Dutch.Defaults.lex_attr_getters,
        NORM: folded, PREFIX: first_letters, SUFFIX: last_letters, ID: listed,
    }  # fmt: skip


class NlToegang(Dutch):
    """Dutch as residents type it."""

    lang = LANGUAGE
    Defaults = _ToegangDefaults

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Words are described by what the model and our parse ask about: the rest is most of what a new word costs."""
        super().__init__(*args, **kwargs)
        described = self.vocab.lex_attr_getters
        self.vocab.lex_attr_getters = {kind: described[kind] for kind in _ASKED}


@contextmanager
def quick_start() -> Iterator[None]:
    """Within it a saved pipeline loads in a third of the time; what comes out is the same.

    The abbreviations of Dutch are in the saved tokenizer: making them first for the language is double work. And
    spaCy imports every installed package that offers a component (Presidio among them), although ours names its own.
    """
    exceptions, offered = _ToegangDefaults.tokenizer_exceptions, spacy.registry._entry_point_factories
    asks = offered.entry_points
    _ToegangDefaults.tokenizer_exceptions, offered.entry_points = {}, False
    try:
        yield
    finally:
        _ToegangDefaults.tokenizer_exceptions, offered.entry_points = exceptions, asks


@cache
def register_language() -> Any:
    """Make `nl_toegang` known to spaCy, once."""
    return spacy.registry.languages(LANGUAGE, func=NlToegang)
