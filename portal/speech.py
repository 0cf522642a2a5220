"""Sentences that Python makes: Dutch text that remembers how it was made, so that it can be said in another language.

`_("{n} mensen", n=7)` is the plain string "7 mensen" for every file, log and test; where a template shows it, the voice
of the portal says the same sentence from its catalogue. Slicing or joining gives plain Dutch again.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from domain.dutch import grouped

K = TypeVar("K")


class Said(str):
    """A Dutch sentence with its message (the id in a catalogue) and the values in it, which may be said themselves."""

    __slots__ = ("many", "message", "number", "values")
    message: str
    many: str
    number: int
    values: Mapping[str, Any]

    def __new__(
        cls, message: str, values: Mapping[str, Any] = MappingProxyType({}), many: str = "", number: int = 1
    ) -> "Said":
        """Filled in at once; a message without values is taken as it is, braces and all."""
        chosen = many if many and number != 1 else message
        made = super().__new__(cls, chosen.format(**values) if values else chosen)
        made.message, made.values, made.many, made.number = message, values, many, number
        return made


def _(message: str, /, **values: Any) -> Said:
    """A sentence; `{name}` in it is a value."""
    return Said(message, values)


def _n(one: str, many: str, number: int, /, **values: Any) -> Said:
    """A sentence that depends on a number; `{n}` is that number, with dots, unless another value has the name."""
    return Said(one, {"n": grouped(number), **values}, many, number)


def spoken(words: Mapping[K, str]) -> dict[K, Said]:
    """A list of words that other packages use too, each a sentence of the portal; `portal.words.SHARED` names them."""
    return {key: Said(text) for key, text in words.items()}
