"""English in Dutch texts: in such a sentence everyday words are words, whatever Dutch lists and the model say."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from anonymisation.conflicts import ANNOUNCED
from anonymisation.names import own
from anonymisation.reading import Reading
from anonymisation.spans import Awaited, Document, Found
from anonymisation.view import fold
from anonymisation.wordset import words

ENGLISH = frozenset(fold(word) for word in own("english"))
_TELLING = words(
    "the you your please she they this that these those our have has does don't cannot but with from would should "
    "could very when what who how why there their because always never nobody again and my not are were been than "
    "then which while since before every everything everybody nothing something any still much many thank thanks "
    "after through too for few little only until"
)
"""Small words of English that are none of Dutch or its dialects."""
_ANY_TELLING = Awaited(_TELLING)
_BIG = words("i english dutch monday tuesday wednesday thursday friday saturday sunday")
"""English writes these with a capital."""
_ALSO_NAMES = words("bill may young summer patience winter job love")
"""With a capital these may be somebody, also where a sentence begins: `May helped us`."""
_MOST = 0.7
REVIEWED = 0.45
NAMES = ("PERSON", "PLACE", "ORGANISATION")
CALLED = ("titel", *ANNOUNCED)
"""Cues of a word that is said to be somebody: `mr young`."""


def without_english(doc: Document, finds: Sequence[Found]) -> Iterable[Found]:
    """The finds, of which those of nothing but everyday English, in a sentence of English, go to the review list.

    Who has a capital in mid-sentence, a capital on a word that is a name too, or a title, is somebody and stays.
    """
    return _weighed(doc, finds) if _ANY_TELLING.of(doc) else finds


def _weighed(doc: Document, finds: Sequence[Found]) -> Iterator[Found]:
    for found in finds:
        named = found.label in NAMES and found.score > REVIEWED and found.cue not in CALLED
        yield found._replace(score=REVIEWED) if named and _everyday(doc, found) else found


def _everyday(doc: Document, found: Found) -> bool:
    reading, first = doc.reading, bisect_left(doc.places, (found.start, 0))
    inside = range(first, bisect_left(doc.places, (found.end, 0)))
    if any(doc.words[at] not in ENGLISH or shows_somebody(reading, at) for at in inside):
        return False
    return _in_english(sentence(reading, first))


def shows_somebody(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    return reading.known_capital[index] and word not in _BIG and (word in _ALSO_NAMES or not reading.first[index])


def _in_english(sentence: Sequence[str]) -> bool:
    """Two small words that only English has; one is enough where nearly every word is English."""
    telling = len(_TELLING.intersection(sentence))
    return telling > 1 or (telling == 1 and sum(word in ENGLISH for word in sentence) >= _MOST * len(sentence))


def sentence(reading: Reading, index: int) -> list[str]:
    """The words of the sentence of this word."""
    begin, end = index, index + 1
    while begin and not reading.first[begin]:
        begin -= 1
    while end < len(reading.words) and not reading.first[end]:
        end += 1
    return reading.words[begin:end]
