"""The language `nl_toegang`: Dutch tokens described without minding case and accents.

Importing this module registers the language with spaCy; a model trained with it cannot be loaded before that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import spacy
from spacy.attrs import IS_SPACE, LANG, NORM, PREFIX, SHAPE, SUFFIX
from spacy.lang.nl import Dutch

LANGUAGE = "nl_toegang"
_ASKED = (LANG, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE)
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


class _ToegangDefaults(Dutch.Defaults):
    # "Jan/Piet", "voor:mevrouw" and "(Nel)dat" occur in typed answers: these signs always part two words.
    infixes = [*Dutch.Defaults.infixes, r"[/|;:+&=()\[\]<>\"“”…_*]", r"(?<=[^\W\d])[,!?](?=[^\W\d])"]
    lex_attr_getters = {**Dutch.Defaults.lex_attr_getters, NORM: folded, PREFIX: first_letters, SUFFIX: last_letters}


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
