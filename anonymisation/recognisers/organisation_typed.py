"""An organisation by the word before its name: `basisschool De Regenboog`, `stichting de brug`."""

from anonymisation.cues import PERSON_VERBS, STOP
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_name import Stretch, onward
from anonymisation.recognisers.organisation_words import ARTICLES, FIRMS, GENERIC_CAP, TYPES, WEAK_TYPES

_APART = frozenset((". ", ", "))
_RUNNING = frozenset((" ", ": ", " = "))
_NOT_IN_SMALL = frozenset((". ", ", ", ": ", " = ", "-"))
_BEFORE_ARTICLE = frozenset((": ", " (", " = ", ", "))
_BEFORE_NAME = frozenset((" ", " '", ' "', " “", " ‘", "-", ": ", ". ", " = ", ", ", " (", ": (", ": '", ": \"'"))
_REACH = 3
"""A name stands at most so many words after its type: two articles may stand between."""


def typed(reading: Reading, index: int, lists: Lists) -> Stretch | None:
    """A name that holds this word, after a type word here or up to three words before."""
    if TYPES.isdisjoint(reading.words[max(0, index - _REACH) : index + 1]):
        return None
    for kind in range(index, max(-1, index - _REACH - 1), -1):
        if reading.words[kind] in TYPES:
            stretch = _after(reading, kind, lists)
            if stretch and stretch[1] >= index:
                return stretch
    return None


def _after(reading: Reading, kind: int, lists: Lists) -> Stretch | None:
    """The name after a type word."""
    word = reading.words[kind]
    if _belongs_to_name(reading, kind):
        last = onward(reading, kind, lists)
        return (kind, last, 0.88, "soortnaam") if last > kind else None
    name = _past_articles(reading, kind + 1)
    if name >= len(reading.words) or reading.gaps[name] not in _BEFORE_NAME:
        return None
    start = _start(reading, kind + 1, name)
    if not _may_be_name(reading, kind, start, name, lists):
        return None
    gap = reading.gaps[name]
    if gap == ", " and reading.upper[kind] and reading.upper[name]:
        return None  # `ROC, AMV, AZC`: a row of abbreviations
    if reading.known_capital[name] or (start < name and gap in _RUNNING):
        plain = gap in _APART and reading.words[name] in lists.lexicon
        return None if plain else (start, onward(reading, name, lists), 0.86, word)
    return None if gap in _NOT_IN_SMALL else _in_small_letters(reading, kind, start, name, lists)


def _belongs_to_name(reading: Reading, kind: int) -> bool:
    """`Thuiszorg Lekoever`: a type with a capital that is no more than the start of a sentence."""
    if reading.words[kind] not in GENERIC_CAP or not reading.known_capital[kind]:
        return False
    return not reading.first[kind] or reading.gaps[kind].endswith("(") or reading.words[kind] in FIRMS


def _past_articles(reading: Reading, article: int) -> int:
    """Where the name begins when up to two articles stand before it."""
    name = article
    while name < len(reading.words) and name - article < 2 and reading.words[name] in ARTICLES:
        if reading.gaps[name] not in (" ", " '") and not (name == article and reading.gaps[name] in _BEFORE_ARTICLE):
            break
        name += 1
    return name


def _start(reading: Reading, article: int, name: int) -> int:
    """An article with a capital belongs to the name: `basisschool De Regenboog`."""
    written = name > article and not reading.shouting
    return article if written and (reading.capital[article] or reading.words[article] == "t") else name


def _may_be_name(reading: Reading, kind: int, start: int, name: int, lists: Lists) -> bool:
    """Is it no grammar, verb, public body, other type or number?"""
    token = reading.words[name]
    if len(token) < 2 or token[0].isdigit() or token in PERSON_VERBS or token in lists.public:
        return False
    if token not in STOP and token not in TYPES:
        return True
    close = reading.words[kind] not in WEAK_TYPES and reading.gaps[name] == " " and len(token) > 3
    return reading.known_capital[name] and (start < name or close)


def _in_small_letters(reading: Reading, kind: int, start: int, name: int, lists: Lists) -> Stretch | None:
    word, token = reading.words[kind], reading.words[name]
    article, weak = kind + 1, reading.words[kind] in WEAK_TYPES
    if name > article and (not weak or (token not in lists.lexicon and _set_apart(reading, article, name))):
        return start, name, 0.72, word
    if token in lists.lexicon if name > article else lists.is_word(token):
        return None
    return None if weak and token in lists.places else (start, name, 0.62, word)


def _set_apart(reading: Reading, article: int, name: int) -> bool:
    """`school (de klimop)`, `mijn school, de wegwijzer, belt`: what stands between marks is its name."""
    after = reading.gaps[name + 1] if name + 1 < len(reading.words) else "."
    return (reading.gaps[article] == " (" and after.startswith(")")) or (
        reading.gaps[article] == ", " and after.startswith(",")
    )
