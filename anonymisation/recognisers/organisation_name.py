"""How far the name of an organisation goes, and which words are no name."""

from anonymisation.cues import STOP
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_words import JOIN, REGIONS, WINDS

Stretch = tuple[int, int, float, str]
"""First and last word of an organisation, its score and its cue."""

_WITHIN = frozenset((" ", "-", " & ", " '", "'"))
_ABBREVIATED = frozenset(("gebr", "st", "mr", "dr"))
_IN_NAMES = frozenset(("zonder", "samen", "goed", "thuis"))
"""Words of grammar that do stand in names: `Huis Zonder Drempels`."""


def onward(reading: Reading, last: int, lists: Lists) -> int:
    """The last word of a name: capitalised words that follow are taken along, with small words between them."""
    while (after := _next_capital(reading, last)) is not None and _may_follow(reading, last, after, lists):
        last = after
    return last


def _next_capital(reading: Reading, last: int) -> int | None:
    """The next capitalised word, past at most two words that join (`van de`)."""
    after = last + 1
    while (
        after < len(reading.words)
        and after - last < 4
        and reading.words[after] in JOIN
        and reading.gaps[after] in (" ", " '", " & ")
    ):
        after += 1
    if after >= len(reading.words) or not reading.known_capital[after]:
        return None
    dotted = reading.gaps[after] == ". " and reading.words[last] in _ABBREVIATED
    return after if dotted or reading.gaps[after] in _WITHIN else None


def _may_follow(reading: Reading, last: int, after: int, lists: Lists) -> bool:
    word = reading.words[after]
    if word[0].isdigit() or (word in STOP and after == last + 1 and word not in _IN_NAMES):
        return False
    return word not in lists.public or word in lists.lexicon or word in WINDS or word in REGIONS


def public_head(word: str, lists: Lists) -> bool:
    """`Facebookgroep`, `Wmoloket`: a public name and a Dutch word."""
    return any(word[:cut] in lists.public and word[cut:] in lists.lexicon for cut in range(3, len(word) - 2))
