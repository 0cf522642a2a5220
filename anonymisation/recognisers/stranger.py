"""Somebody whom no list knows, in small letters: a strange word where the sentence leaves room for a person."""

from string import ascii_lowercase

from anonymisation.cues import ACTS, KIN, PERSON_VERBS, SPEAKERS, TITLES
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.person_cue import cue_before
from anonymisation.recognisers.person_words import aged, role_follows, takes_turn, unknown
from anonymisation.wordset import words

_SHORTEST, _ENDING = 4, 5
_VOWELS = frozenset("aeiouy")
_DOING = PERSON_VERBS | ACTS | {"van"}
_THINGS_TOO = words(
    "is was werd wordt heeft had kwam komt ging gaat gaf geeft deed doet hielp helpt zat zit werkt werkte bleef "
    "blijft kan kon moet moest mag wil wilde zou zal stond staat nam neemt bracht brengt krijgt kreeg liep loopt "
    "lag ligt viel valt hield houdt maakt maakte regelt regelde past van"
)
"""What a person does and a letter, a bus or a site does too."""
_PEOPLE_ONLY = _DOING - _THINGS_TOO
_TO_WHOM = words("door volgens namens dankzij met aan voor zonder over")
_ROLES = (KIN | TITLES) - SPEAKERS
_LINKS = words("en of toen dat want maar als omdat nu dan alleen eerst ook waar zoals wanneer tot sinds")
"""Behind these a new clause begins, of which the next word may be the subject."""


def is_stranger(word: str, lists: Lists) -> bool:
    """No word, compound, place or typing error, and no word of five letters or more at its end (`topservice`)."""
    return (
        len(word) >= _SHORTEST
        and word not in lists.public
        and not _VOWELS.isdisjoint(word)
        and unknown(word, lists)
        and not any(word[cut:] in lists.lexicon for cut in range(2, len(word) - _ENDING + 1))
        and not _lacks_a_letter(word, lists)
    )


def _lacks_a_letter(word: str, lists: Lists) -> bool:
    """`begeeiding`, `intervewer`: a word of which one letter, whichever, was not typed."""
    filled = (word[:cut] + letter + word[cut:] for cut in range(1, len(word)) for letter in ascii_lowercase)
    return len(word) > _SHORTEST and not lists.lexicon.isdisjoint(filled)


def in_plain_dutch(reading: Reading, lists: Lists) -> bool:
    """Is the text ordinary Dutch? In dialect or another language a strange word says nothing."""
    small = {word for word, capital in zip(reading.words, reading.capital, strict=True) if not capital}
    strange = sum(word.isalpha() for word in small - lists.lexicon - lists.first - lists.last)
    return strange <= 2 + len(reading.words) // 10


def announced(reading: Reading, first: int, last: int) -> bool:
    """Does what surrounds these words say that they are somebody's name?

    Before them stands who it is (`mijn zoon`, `ik ben`, `groetjes`, `de consulent,`), behind them how old they are,
    what they are or what they say; or they open a clause and do what people only do (`en ... vroeg`).
    """
    return _led(reading, first) or _followed(reading, first, last)


def likely_announced(reading: Reading, first: int, last: int) -> bool:
    """The same, or what says it less surely: whatever people do or are from, and small words before people."""
    after = last + 1
    acts = after < len(reading.words) and reading.gaps[after] == " " and reading.words[after] in _DOING
    to_whom = first > 0 and reading.words[first - 1] in _TO_WHOM and reading.gaps[first] == " "
    return acts or to_whom or announced(reading, first, last)


def _led(reading: Reading, first: int) -> bool:
    if not first:
        return False
    gap, before = reading.gaps[first], reading.words[first - 1]
    if before == "ben" and first > 1:
        return reading.words[first - 2] == "ik" and gap == " "
    return bool(cue_before(reading, first - 1, first)) or (before in _ROLES and gap in (", ", ": ", " ("))


def _followed(reading: Reading, first: int, last: int) -> bool:
    after = last + 1
    if role_follows(reading, last):
        return True
    if after >= len(reading.words):
        return False
    if aged(reading, last) and reading.gaps[after] != " ":
        return True
    if reading.gaps[after] == ": ":
        return first == last and takes_turn(reading, last)
    return reading.gaps[after] == " " and reading.words[after] in _PEOPLE_ONLY and _opens(reading, first)


def _opens(reading: Reading, first: int) -> bool:
    return first == 0 or reading.first[first] or reading.gaps[first] != " " or reading.words[first - 1] in _LINKS
