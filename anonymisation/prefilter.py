"""Which words can begin a find at all: most answers hold none, and then no recogniser has to look.

Sound by construction: a word is safe only when every recogniser would pass it by in lower case without a title,
an initial or a capital near it; `tests/detection/test_prefilter.py` checks that against the full pass.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import filterfalse, pairwise

import re2

from anonymisation.cues import ASKING, KIN, NAMING, STOP, TITLES
from anonymisation.gates import Gate
from anonymisation.names import Lists, own, split_phrases
from anonymisation.reading import words_of
from anonymisation.recognisers import noted
from anonymisation.recognisers.age.numbers import AGED_WORDS
from anonymisation.recognisers.counted import around_counts
from anonymisation.recognisers.health import ENDING_WORDS, SENTENCES, STEM_HEADS, known_by_stem
from anonymisation.recognisers.named import WIL
from anonymisation.recognisers.numerals import CARDINALS, HALVES, ORDINALS
from anonymisation.recognisers.organisation_words import EVERYDAY, TYPES, WEAK_TYPES
from anonymisation.recognisers.surname import GATE, WORDS
from anonymisation.spans import SHORT_TITLES, Safe
from anonymisation.view import fold
from anonymisation.wordset import words

MONTHS = words(
    "januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr "
    "jun jul aug "
    "sep sept okt nov dec"
)
_MORE = words("punt dot at apenstaartje apestaartje suker bijgenaamd bijnaam alias").union(
    *(needed for *_, needed in SENTENCES)
)
_OPENS = ".!?…:;•»\"“”„>*|(-–'‘"
"""What may stand before a capital that only opens a sentence, a line or a quotation."""
_UNEXPLAINED = re.compile(rf"[^{re.escape(_OPENS)}\s]\s*(?:[^\W\d_a-zà-öø-ÿ]|×)|@|_|//|www|[a-z]\.[a-z]")
"""A capital that no start of a sentence explains, an address of a site or of mail, a handle."""
_ASCII_UNEXPLAINED = Gate([re.compile(rf"[^{re.escape(_OPENS)}\s]\s*[A-Z]|@|_|//|www|[a-z]\.[a-z]"), WIL])

_FIGURES = frozenset(map(str, range(1000)))
_NUMBERS = frozenset(CARDINALS) | _FIGURES
_LETTERS = frozenset(map(chr, range(0x400)))
_CALLS = TITLES | KIN | NAMING | ASKING


@dataclass(frozen=True)
class Prefilter:
    """What a word may do: `safe` words begin no find; `passing` ones call for no look; the others need company.

    `soft` (surnames that are words) need a title, `mild` (first names that are words) a title, a role or a naming
    word; both also a capital: one of those and the text is looked at.
    """

    safe: Safe = field(repr=False)
    soft: frozenset[str] = field(repr=False)
    mild: frozenset[str] = field(repr=False)
    passing: frozenset[str] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, lists: Lists) -> "Prefilter":
        """From the word lists."""
        lexicon = lists.lexicon
        single, phrases = split_phrases(lists.health)
        endings = _conditions(lexicon)
        cared, _ = split_phrases(fold(name) for name in own("organisations"))
        alone = (
            set(single)
            | endings
            | (set(CARDINALS) | set(ORDINALS)) - {"een"}
            | AGED_WORDS
            | HALVES.keys()
            | MONTHS
            | _MORE
            | (TYPES - WEAK_TYPES)
            | (set(cared) & lexicon) - EVERYDAY
            | lists.lower_ok
            | (_LETTERS & lexicon)
            | (lists.streets & lexicon)
        )
        cased = {w.lower() for w in lists.health_cased}
        hard = alone | set(phrases) | set(lists.place_phrases) | cased
        never = {"de", "het", "den", "u", "t", "n", "s", "m", "d", "in"}
        hard -= never
        first = (lists.first & lexicon) - lists.lower_ok
        last = (lists.last & lexicon) - hard - first
        unsafe = (hard | first | last) & lexicon
        blocking = _blocking(lists.place_phrases, lexicon, _longest) | _blocking(phrases, lexicon, _head)
        freed = ((set(phrases) | set(lists.place_phrases) | cased) & lexicon) - (alone - never)
        mild, soft = first - alone - blocking, (last | (lists.last & freed)) - first - blocking
        stopping, kept = unsafe - (freed - mild - soft), blocking | SHORT_TITLES
        grammar = ((WORDS | lists.last) & lexicon) - stopping
        return cls(
            safe=Safe(lexicon, frozenset(unsafe)),
            soft=frozenset(soft | (grammar - kept)),
            mild=frozenset(mild),
            passing=lexicon - (stopping | grammar | kept),
            numbers=_NUMBERS - ((_NUMBERS & lexicon) - stopping - kept),
        )

    def for_model(self, lists: Lists) -> "Prefilter":
        """The same for who also asks a name finder: it may tell by the sentence that `kuiper` is somebody."""
        return replace(self, soft=self.soft - lists.last, mild=frozenset())

    def _rest(self, read: Sequence[str]) -> list[str]:
        return [*filterfalse(self.passing.__contains__, read)]

    def nothing_here(self, text: str, folded: str) -> bool:
        """True when no recogniser can find anything in this text; figures are words that never pass."""
        if _shows(text):
            return False
        read = words_of(folded)
        if self.passing.issuperset(read):
            return True
        rest = self._rest(read)
        if numbers := self.numbers.intersection(rest):
            kept = around_counts(folded, numbers)
            for (_, start), (end, _) in pairwise(kept):
                for counted in self._rest(words_of(folded[start:end])):
                    rest.remove(counted)
            if not rest:
                return True
            folded, text = (" ".join(whole[a:b] for a, b in kept) for whole in (folded, text))
        calls = TITLES if self.mild.isdisjoint(rest) else _CALLS
        if any(not (word in self.soft or word in self.mild) or _with_capital(word, text) for word in rest):
            return False
        return calls.isdisjoint(read) and not (GATE.may_match(folded) or noted.GATE.may_match(folded))


def _conditions(lexicon: frozenset[str]) -> set[str]:
    """Its words that name a condition by how they end or begin; RE2 reads all of them in one go."""
    written = "\n".join(lexicon)
    ends, heads = ("|".join(map(re.escape, parts)) for parts in (ENDING_WORDS, STEM_HEADS))
    ending = re2.findall(rf"(?m)^[^\n]*(?:{ends})$", written)
    return {*ending, *filter(known_by_stem, re2.findall(rf"(?m)^(?:{heads})[^\n]*$", written))}


def _shows(text: str) -> bool:
    """Does its writing show that somebody or something may be named?"""
    last = text[-6:].rstrip().rstrip(".")[-2:]
    if len(last) == 2 and last[0].isspace() and last[1].isalpha():  # a letter that signs it
        return True
    if not text.isascii():
        return _UNEXPLAINED.search(text) is not None or WIL.search(text) is not None
    opened = _ASCII_UNEXPLAINED.open(text)
    return bool(opened) and (0 in opened or WIL.search(text) is not None)


def _with_capital(word: str, text: str) -> bool:
    """Does the word open a sentence? Then it may be somebody's name; so it may in a text with accents."""
    return word.capitalize() in text or not text.isascii()


def _blocking(
    phrases: dict[str, tuple[tuple[str, ...], ...]], lexicon: frozenset[str], telling: Callable[[Sequence[str]], str]
) -> frozenset[str]:
    """Of every phrase the word that gives it away: one outside the lexicon, else the most telling one."""
    found = set()
    for entries in phrases.values():
        for phrase in entries:
            strange = [word for word in phrase if word not in lexicon]
            found.add(strange[0] if strange else telling([w for w in phrase if w not in STOP] or phrase))
    return frozenset(found)


def _longest(words: Sequence[str]) -> str:
    """Of the words of a place."""
    return max(words, key=len)


def _head(words: Sequence[str]) -> str:
    """Of the words of a condition the last (`moeilijk lerend`, `gebroken arm`), unless that is a small one."""
    return words[-1] if len(words[-1]) > 2 and words[-1] != "meer" else _longest(words)
