"""An organisation by a word of its name: `Zorgplus Twente`, `Ouderenvereniging Ananda`, `KBO Horst`."""

from anonymisation.cues import KIN, STOP
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_name import Stretch, onward, public_head
from anonymisation.recognisers.organisation_words import (
    AFTER,
    GENERIC_CAP,
    GENERIC_PAIR,
    INSIDE,
    KINDS,
    PAIRED_WITH,
    SCHOOLS,
    TYPES,
    WINDS,
)

_SAINT = frozenset(("sint", "st", "sinte"))
_FEASTS = frozenset(("maarten", "nicolaas", "juttemis", "pieter"))


def headed(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """A name that begins with this capitalised word, in mid-sentence or followed by another capital."""
    word = reading.words[index]
    if not reading.known_capital[index] or word in STOP or len(word) < 2:
        return None
    return (
        _pair(reading, index, lists)
        or _kind_in_front(reading, index, lists)
        or _saint(reading, index, lists)
        or _kind_behind(reading, index, lists)
        or _telling_word(reading, index, lists)
    )


def _pair(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """`Medisch Centrum De Linie`, `Stedelijk Gymnasium`: two words that together head a name."""
    after = index + 1
    if reading.words[index] not in GENERIC_PAIR or not _capital_after(reading, index):
        return None
    if reading.words[after] not in PAIRED_WITH:
        return None
    last = onward(reading, after, lists)
    return (index, last, 0.8, "soortnaam") if last > after or reading.words[after] in SCHOOLS else None


def _kind_in_front(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    word = reading.words[index]
    if (word in GENERIC_CAP or word.endswith(KINDS)) and _followed(reading, index, lists):
        return _with_people(reading, index), onward(reading, index, lists), 0.88, "soortnaam"
    if word in TYPES and not reading.first[index] and (last := onward(reading, index, lists)) > index + 1:
        return index, last, 0.75, "soort van"
    return None


def _saint(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """`Sint Jozef`: a capitalised saint that is no feast."""
    after = index + 1
    if reading.words[index] not in _SAINT or after >= len(reading.words) or not reading.known_capital[after]:
        return None
    if reading.gaps[after] not in (" ", "-", ". ") or reading.words[after] in _FEASTS:
        return None
    return index, onward(reading, after, lists), 0.7, "sint"


def _kind_behind(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """`Lekoever Thuiszorg`; at the start of a sentence only after a word that is none of Dutch."""
    word, after = reading.words[index], index + 1
    if word in lists.public or not _followed(reading, index, lists) or reading.words[after] not in AFTER:
        return None
    if not reading.first[index]:
        return index, onward(reading, after, lists), 0.65, "soortnaam erachter"
    if word in KIN or not _own_word(word, lists):
        return None
    return index, onward(reading, after, lists), 0.72, "soortnaam erachter"


def _telling_word(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """`Zorgplus Twente`, `KBO Horst`: what it does in the word, or an abbreviation before a place."""
    word, after = reading.words[index], index + 1
    if not _own_word(word, lists) or not _followed(reading, index, lists):
        return None
    if INSIDE.search(word) and len(word) > 5 and word not in lists.last:
        return index, onward(reading, index, lists), 0.7, "woord in naam"
    placed = reading.words[after] in WINDS or reading.words[after] in lists.places
    if reading.upper[index] and 2 < len(word) < 6 and placed and reading.words[after] not in lists.first:
        return index, onward(reading, index, lists), 0.7, "afkorting + plaats"
    return None


def _own_word(word: str, lists: Lists) -> bool:
    """Neither a public name, a word of Dutch nor a first name."""
    return not (word in lists.public or word in lists.lexicon or word in lists.first or public_head(word, lists))


def _capital_after(reading: Reading, index: int) -> bool:
    after = index + 1
    return after < len(reading.words) and reading.gaps[after] == " " and reading.known_capital[after]


def _followed(reading: Reading, index: int, lists: Lists) -> bool:
    """Does a capitalised word follow that may belong to a name?"""
    if not _capital_after(reading, index):
        return False
    after = reading.words[index + 1]
    return reading.words[index] in GENERIC_CAP or (after not in STOP and after not in lists.public)


def _with_people(reading: Reading, index: int) -> int:
    """`Hindoestaanse Ouderenvereniging Ananda`: a capitalised adjective of a people or faith belongs to it."""
    before = index - 1
    adjective = index and reading.known_capital[before] and reading.words[before].endswith(("se", "ke", "de"))
    return before if adjective and len(reading.words[before]) > 4 and reading.gaps[index] == " " else index
