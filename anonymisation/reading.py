"""How each word of a document is written: case, start of a sentence, and what stands between the words."""

import re
from dataclasses import dataclass, field

from anonymisation.spans import Document
from anonymisation.wordset import words

_SENTENCE_END = re.compile(r"[.!?…:;\n\r•»\"“”„>*|]|(?:^|\s)['‘(\-–—](?=\S)?$|[(]")
_WITHIN = frozenset((" ", "", "-", "'", ", ", "/", " & "))
_SHORT = words(
    "bewindv cons consul begel wijkvpk vpk verpl coll cm mantelz hulpv teaml behand psych gebr dhr mevr mw mr dr drs "
    "ir prof hr fam st v d vd gr mvg ca nr tel str burg mgr past kon pr jhr geb resp int "
    "bijv o a b c e f g h i j k l m n p q r s t u w x y z"
)


@dataclass
class Reading:
    """Per word of `doc`: folded word, capital, start of sentence, gap to the previous word."""

    doc: Document = field(repr=False)
    words: list[str] = field(repr=False)
    capital: list[bool] = field(repr=False)
    upper: list[bool] = field(repr=False)
    first: list[bool] = field(repr=False)
    gaps: list[str] = field(repr=False)
    shouting: bool = False

    def known_capital(self, index: int) -> bool:
        """A capital that says something: not in a shouted text."""
        return self.capital[index] and not self.shouting

    def joined(self, index: int) -> bool:
        """True when the word hangs on the previous one by a hyphen or apostrophe only."""
        return index > 0 and self.gaps[index] in ("-", "'")


def read(doc: Document) -> Reading:
    """Read a document; linear in its length."""
    text = doc.text
    words: list[str] = []
    gaps: list[str] = []
    capital: list[bool] = []
    upper: list[bool] = []
    first: list[bool] = []
    last, ups, letters = 0, 0, 0
    for word, (start, end) in zip(doc.words, doc.places, strict=True):
        gap = text[last:start]
        is_capital = text[start].isupper()
        is_upper = False
        if end - start > 1:
            letters += end - start
            if is_capital and text[start:end].isupper():
                is_upper = True
                ups += end - start
        first.append(not words or (gap not in _WITHIN and _starts(gap, words)))
        words.append(word)
        capital.append(is_capital)
        upper.append(is_upper)
        gaps.append(gap)
        last = end
    return Reading(doc, words, capital, upper, first, gaps, shouting=letters > 0 and ups / letters > 0.6)


def _starts(gap: str, before: list[str]) -> bool:
    """Does a sentence, line, quotation or speaker's turn begin after this gap?"""
    if not before:
        return True
    plain = gap.strip(" ")
    if not plain or plain in ("-", "'", ",", "/", "&", "+", "="):
        return False
    if plain == ".":
        return before[-1] not in _SHORT
    return bool(_SENTENCE_END.search(gap))
