"""Phone numbers and BSN's that are written in words, or half in words: "nul zes twaalf 34 zesenvijftig 78"."""

from collections.abc import Iterable, Iterator

from anonymisation.recognisers.bsn import passes_elfproef
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.spans import Awaited, Document, Found, Recogniser
from anonymisation.wordset import words

SPOKEN = {word: str(value) for word, value in CARDINALS.items() if value < 100}
_WORDS = Awaited(SPOKEN)
LEAST_WORDS, LEAST_DIGITS, MOST_DIGITS = 3, 8, 13
_WIDEST_GAP = 4
_SHORT, _WORD_DIGITS = 4, 2
"""Figures of a group at most, and of a number in words."""
_COUNTING = "12345678910111213"
_BETWEEN = frozenset(" .,-–…/\n\t")
_SAID_BETWEEN = words("en dan dubbel keer streepje komma eh uh ehm")
"""What is said between the figures of a number that begins with nul: `nul zes en dan twaalf, dubbel drie`."""
_MOST_BETWEEN = 2
_WHOLE = 10
"""Figures of a whole number: behind it the sentence goes on."""


class SpokenNumberRecogniser(Recogniser):
    """Eight figures or more in one breath are nobody's count of things: a number of a person, not a quantity."""

    name = "spoken_number"
    labels = ("PHONE", "BSN")

    def find(self, doc: Document) -> Iterable[Found]:
        """Runs of number words and short figures; three words or more among them, or one when the run starts with 0."""
        if not _WORDS.of(doc):
            return
        spoken = sum(map(SPOKEN.__contains__, doc.words))
        if _WORD_DIGITS * spoken + doc.figures < LEAST_DIGITS:
            return
        for first, last, digits, in_words in _runs(doc):
            least = 1 if digits.startswith("0") else LEAST_WORDS
            if in_words >= least and LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
                start, end = doc.places[first][0], doc.places[last][1]
                if passes_elfproef(digits):
                    yield Found(start, end, "BSN", 0.85, "spoken, elfproef")
                elif digits not in _COUNTING:
                    yield Found(start, end, "PHONE", 0.9 if digits[0] == "0" else 0.7, "spoken")


def _said_as_figures(word: str) -> bool:
    return word in SPOKEN or (len(word) <= _SHORT and word.isdecimal())


def _runs(doc: Document) -> Iterator[tuple[int, int, str, int]]:
    """(first word, last word, digits, number words) of every stretch of nothing but numbers."""
    first, last, digits, spoken = 0, -1, "", 0
    for index, word in enumerate(doc.words):
        said = SPOKEN.get(word) or (word if _said_as_figures(word) else "")
        said = "" if word == "een" and digits and index - last > 1 else said
        if digits and not (_near(doc, index) and (said or _said_between(digits, word, index - last))):
            yield first, last, digits, spoken
            digits, spoken = "", 0
        if said:
            first, last = index if not digits else first, index
            digits, spoken = digits + said, spoken + (word in SPOKEN)
    if digits:
        yield first, last, digits, spoken


def _said_between(digits: str, word: str, away: int) -> bool:
    return digits[0] == "0" and len(digits) < _WHOLE and away <= _MOST_BETWEEN and word in _SAID_BETWEEN


def _near(doc: Document, index: int) -> bool:
    gap = doc.text[doc.places[index - 1][1] : doc.places[index][0]]
    return len(gap) <= _WIDEST_GAP and _BETWEEN.issuperset(gap)
