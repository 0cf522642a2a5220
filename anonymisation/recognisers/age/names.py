"""Ages beside a first name, by its capital or by the lists: `truida is 79 man`, `Sam was 6 en Noor 3`."""

import re
from collections.abc import Iterator

from anonymisation.gates import AGES, WRITTEN
from anonymisation.names import Lists
from anonymisation.recognisers.numerals import CARDINALS, spelled
from anonymisation.spans import Document, Found

_NUMBER = rf"(?:\d{{1,2}}|{spelled(CARDINALS, range(3, 100))})"
_SOME_NAME = r"(?<![\w.])([A-Z][a-zà-ÿ'\-]{2,15})"
_NAME_IS = re.compile(
    rf"{_SOME_NAME} (?:is|was|wordt|werd)"
    r"(?: nu| al| net| pas| toen| bijna| zelf| ook| inmiddels| in [a-z]{3,9}){0,3} "
    rf"({_NUMBER})(?=[.,;!?]|$| (?:en|nu|geworden|toen|maar))(?![.,]\d)"
)
_NAME_WITH = re.compile(
    rf"(?!Dik |Ruim |Krap ){_SOME_NAME},? "
    r"(\d{1,2} ?(?:mnd|maanden|maand|weken|wkn|jr|j)\b|\d{2}(?=, (?:ik|en|hij|zij|mijn)\b))"
)
_SECOND = re.compile(
    rf"{_SOME_NAME} (?:(?:is|was|wordt|werd|van) )?{_NUMBER}(?: (?:is|was|wordt|werd))?,? en "
    rf"[A-Z][a-zà-ÿ'\-]{{1,15}} (?:(?:is|was|wordt|werd|van) )?({_NUMBER})(?=[.,;!?)]|$| (?!\d))(?![.,]\d)"
)
"""`Toen Bram 4 was en Fien 2`: the age of the second of two."""
_PAIR = re.compile(
    rf"{_SOME_NAME} en [A-Z][a-zà-ÿ'\-]{{1,15}} (?:waren|zijn|worden|werden)"
    r"(?: nu| toen| pas| net)? (\d{1,2})(?=[.,;]| en\b)"
)
_IN_SMALL = re.compile(
    r"(?<![\w.])([a-z][a-z'\-]{1,15}),? (?:is|was|wordt|word|werd|van|fan)(?: nu| al| net| pas| toen| bijna|"
    r" in [a-z]{3,9}| dan)? (\d{1,2})(?=[.,;!?)]|$|\n| (?:en|nu|geworden|toen|maar|man|hoor|om|die|uit|gaat|zit|"
    r"heeft)\b)(?![.,]\d)"
)
_DETERMINERS = ("de ", "het ", "een ", "deze ", "die ")
_WRITTEN = WRITTEN.gate([_NAME_IS, _NAME_WITH, _PAIR, _SECOND])
_FOLDED = AGES.gate([_IN_SMALL])


def ages_of_named(doc: Document, lists: Lists) -> Iterator[Found]:
    """In view offsets; a name is one when the lists hold it."""
    for match in _FOLDED.finditer(doc):
        in_small = doc.text[match.start()].islower() and not doc.folded.endswith(_DETERMINERS, 0, match.start())
        if in_small and match.group(1) in lists.first:
            yield Found(*match.span(2), "AGE", 0.7, "naam is")
    for match in _WRITTEN.finditer(doc):
        if doc.folded[slice(*match.span(1))] in lists.first:
            yield Found(*match.span(2), "AGE", 0.8, "naam is")
