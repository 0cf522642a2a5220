"""The words of a text and how each is written: case, start of a sentence, and what stands between them.

Most texts are ASCII, or fold to it. Those are read as bytes or by a plainer pattern: quicker, with equal outcome.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter

from anonymisation.wordset import words

Places = list[tuple[int, int]]
TOKEN = re.compile(r"[^\W\d_]+|\d+")
_ANY = re.compile(f"({TOKEN.pattern})")
_ASCII = re.compile(r"([A-Za-z]+|[0-9]+)")
_LATIN = re.compile(r"([A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+|[0-9]+)")
_LETTER_FOLDED_AWAY = "ʼ"
"""The only letter that folds to what is none."""
_LETTER = itemgetter(0)
_FIGURE = re.compile(r"\d")
_FIGURES = b"0123456789"
_APART = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)

_SENTENCE_END = re.compile(r"[.!?…:;\n\r•»\"“”„>*|]|(?:^|\s)['‘(\-–—](?=\S)?$|[(]")
_WITHIN = frozenset((" ", "", "-", "'", ", ", "/", " & "))
_SHORT = words(
    "bewindv cons consul begel wijkvpk vpk verpl coll cm mantelz hulpv teaml behand psych gebr dhr mevr mw mr dr drs "
    "ir prof hr fam st v d vd gr mvg ca nr tel str burg mgr past kon pr jhr geb resp int "
    "bijv o a b c e f g h i j k l m n p q r s t u w x y z"
)


@dataclass
class Reading:
    """Per word of a text: folded word, place, capital, start of sentence, gap to the previous word.

    known_capital: a capital that says something; in a shouted text none does.
    """

    text: str = field(repr=False)
    words: list[str] = field(repr=False)
    places: Places = field(repr=False)
    capital: list[bool] = field(repr=False)
    upper: list[bool] = field(repr=False)
    first: list[bool] = field(repr=False)
    gaps: list[str] = field(repr=False)
    shouting: bool = False

    def __post_init__(self) -> None:
        self.known_capital = [False] * len(self.words) if self.shouting else self.capital

    def behind(self, index: int, count: int) -> str:
        """The characters right behind a word, so many at most."""
        end = self.places[index][1]
        return self.text[end : end + count]

    def joined(self, index: int) -> bool:
        """True when the word hangs on the previous one by a hyphen or apostrophe only."""
        return index > 0 and self.gaps[index] in ("-", "'")


def words_of(folded: str) -> list[str]:
    """Words and runs of digits of a folded text, as TOKEN finds them."""
    if not folded.isascii():
        return TOKEN.findall(folded)
    given = folded.encode()
    found = given.translate(_APART).decode().split()
    if len(given.translate(None, _FIGURES)) == len(given):
        return found
    return [part for one in found for part in ((one,) if one.isalpha() or one.isdigit() else TOKEN.findall(one))]


def figures_in(text: str) -> int:
    """How many digits occur."""
    if not text.isascii():
        return len(_FIGURE.findall(text))
    return len(text) - len(text.encode().translate(None, _FIGURES))


def read(text: str, folded: str) -> Reading:
    """Read a text, given its folded form; linear in its length."""
    latin = _LATIN if folded.isascii() and _LETTER_FOLDED_AWAY not in text else _ANY
    pieces = (_ASCII if text.isascii() else latin).split(text)
    ends = list(accumulate(map(len, pieces)))
    places = list(zip(ends[::2], ends[1::2], strict=False))
    gaps, written = pieces[:-1:2], pieces[1::2]
    words = [*map(str.lower, written)] if text.isascii() else [folded[start:end] for start, end in places]
    capital = [*map(str.isupper, map(_LETTER, written))]
    upper = [*map(str.isupper, written)]
    if any(upper):
        upper = [big and len(word) > 1 and loud for big, word, loud in zip(capital, written, upper, strict=True)]
    first = [not at or (gap not in _WITHIN and _starts(gap, words[at - 1])) for at, gap in enumerate(gaps)]
    return Reading(text, words, places, capital, upper, first, gaps, shouting=any(upper) and _shouts(words, upper))


def _shouts(words: Sequence[str], upper: Sequence[bool]) -> bool:
    """Do most letters stand in words of capitals? A single letter says nothing."""
    sizes = [len(word) for word in words]
    loud = sum(size for size, big in zip(sizes, upper, strict=True) if big)
    return loud / sum(size for size in sizes if size > 1) > 0.6


def _starts(gap: str, before: str) -> bool:
    """Does a sentence, line, quotation or speaker's turn begin after this gap?"""
    plain = gap.strip(" ")
    if not plain or plain in ("-", "'", ",", "/", "&", "+", "="):
        return False
    if plain == ".":
        return before not in _SHORT
    return bool(_SENTENCE_END.search(gap))
