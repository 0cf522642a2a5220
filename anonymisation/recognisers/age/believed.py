"""What speaks against a number that the name finder takes for an age."""

import re

from anonymisation.names import Lists
from anonymisation.reading import words_of
from anonymisation.recognisers.age.doubts import LEGAL_BEFORE, no_age, numbers_thing, said_of_thing
from anonymisation.recognisers.age.numbers import NUMBER_WORDS

_COUNTS = re.compile(
    r"\d[:./-]\d|\d,\d\d|\d ?(?:[%€]| van de\b|(?:u|uur|h|x|k|km|kg|cm|min|keer|euro|pers|personen)\b)"
)
_COUNTED = re.compile(r"\d[:.,/-]$|€ ?$")
"""Times, dates, amounts and what is counted."""
_BAND = re.compile(r"\b(?:tussen(?: de)? \d{1,3} en|(?:van|vanaf|voor) \d{1,3} (?:tot|t/m|tot en met)) $")
_TO, _AND = re.compile(r"\btussen(?: de)? $"), re.compile(r" en \d")
"""`tussen 12 en 18`, `van 4 tot 12`: everybody of such an age."""
_POINT = re.compile(r"\d{1,2}\)")
"""`2) Nawal levert`: the point of a list, when no bracket was opened or `(1)` is a point too."""
_WHO_IS = re.compile(r"\b(?:wie|iedereen die) $")
"""`Wie 18 is mag tekenen` is said of everybody."""


def may_be_age(text: str, start: int, end: int, lists: Lists) -> bool:
    """Figures of three at most or a number in words; no number of a thing, part of a time or amount, or legal age."""
    before = text[max(0, start - 40) : start]
    if no_age(text, start, end, lists) or _COUNTS.search(text[start : end + 9]) or _COUNTED.search(before[-2:]):
        return False
    if numbers_thing(text, start) or LEGAL_BEFORE.search(before) or _WHO_IS.search(before):
        return False
    if _POINT.match(text, start) and (before.rfind("(") <= before.rfind(")") or ("(1)" in text and "(2)" in text)):
        return False
    if text.startswith((" oud", " jong"), end) and said_of_thing(text, start):
        return False
    if _BAND.search(before) or (_TO.search(before) and _AND.match(text, end)):
        return False
    if text[start:end].endswith(("plus", "+")):
        return False
    return any(word in NUMBER_WORDS or (word.isdigit() and len(word) < 4) for word in words_of(text[start:end]))
