"""Which words can begin a find at all: most answers hold none, and then no recogniser has to look.

Sound by construction: a word is safe only when every recogniser would pass it by in lower case without a title,
an initial or a capital near it; `tests/detection/test_prefilter.py` checks that against the full pass.
"""

import re
from dataclasses import dataclass, field

from anonymisation.cues import KIN, NAMING, STOP, TITLES
from anonymisation.names import Lists, split_phrases
from anonymisation.recognisers.age_patterns import COUNTED
from anonymisation.recognisers.health import ENDING_WORDS
from anonymisation.recognisers.numerals import CARDINALS, ORDINALS
from anonymisation.recognisers.organisation import TYPES, WEAK_TYPES
from anonymisation.spans import TOKEN
from anonymisation.wordset import words

MONTHS = words(
    "januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr "
    "jun jul aug "
    "sep sept okt nov dec"
)
_MORE = words(
    "punt dot at apenstaartje apestaartje suiker suker blind doof verlamd lam siikte siekte ziekte syndroom "
    "gebroken brak breekt"
)
_INSIDE = re.compile(r"[^\s.!?…:;•»\"“”„>*|(\-–'‘][\s,/&+=]*[^\W\d_a-zà-öø-ÿ]|\w[A-ZÀ-Þ]|[\d@]|//|www|[a-z]\.[a-z]|_")


_NUMBERS = frozenset(CARDINALS) | frozenset(map(str, range(1000)))
_LETTERS = frozenset(map(chr, range(0x400)))
_CALLS = TITLES | KIN | NAMING


@dataclass(frozen=True)
class Prefilter:
    """What a word may do: `safe` words begin no find; `passing` ones call for no look; the others need company.

    `soft` (surnames that are words) need a title, `mild` (first names that are words) a title, a role or a naming
    word; both also a capital: one of those and the text is looked at.
    """

    safe: frozenset[str] = field(repr=False)
    soft: frozenset[str] = field(repr=False)
    mild: frozenset[str] = field(repr=False)
    passing: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, lists: Lists) -> "Prefilter":
        """From the word lists."""
        single, phrases = split_phrases(lists.health)
        endings = {w for w in lists.lexicon if w.endswith(ENDING_WORDS)}
        alone = (
            set(single)
            | endings
            | (set(CARDINALS) | set(ORDINALS)) - {"een"}
            | MONTHS
            | _MORE
            | (TYPES - WEAK_TYPES)
            | lists.lower_ok
            | (_LETTERS & lists.lexicon)
            | (lists.streets & lists.lexicon)
        )
        cased = {w.lower() for w in lists.health_cased}
        hard = alone | set(phrases) | set(lists.place_phrases) | cased
        never = {"de", "het", "den", "u", "t", "n", "s", "m", "d", "in"}
        hard -= never
        first = (lists.first & lists.lexicon) - lists.lower_ok
        last = (lists.last & lists.lexicon) - hard - first
        begin = lists.lexicon - (hard | first | last)
        blocking = _blocking({**lists.place_phrases, **phrases}, lists.lexicon)
        freed = (set(phrases) | set(lists.place_phrases) | cased) & lists.lexicon - (alone - never)
        mild, soft = first - alone - blocking, (last | (lists.last & freed)) - first - blocking
        return cls(begin, frozenset(soft), frozenset(mild), (begin - blocking) | (freed - blocking - mild - soft))

    def nothing_here(self, text: str, folded: str) -> bool:
        """True when no recogniser can find anything in this text."""
        words = TOKEN.findall(folded)
        if not _NUMBERS.isdisjoint(words):
            text, folded = _without_counts(text, folded)
            words = TOKEN.findall(folded)
        rest = set(words) - self.passing
        if _INSIDE.search(text):
            return False
        if not rest:
            return TITLES.isdisjoint(words) or SHORT_TITLES.isdisjoint(words)
        soft, mild = rest & self.soft, rest & self.mild
        if len(soft) + len(mild) < len(rest) or any(_with_capital(word, text) for word in rest):
            return False
        return TITLES.isdisjoint(words) if not mild else _CALLS.isdisjoint(words)


SHORT_TITLES = frozenset(("dhr", "mw", "mevr", "mvr", "hr"))


def _without_counts(text: str, folded: str) -> tuple[str, str]:
    """Without `drie keer` and `6 weken`: a number of things is no age, no date and no part of an address."""
    kept, last = [], 0
    for match in COUNTED.finditer(folded):
        kept.append((last, match.start()))
        last = match.end()
    if not kept:
        return text, folded
    kept.append((last, len(text)))
    return " x ".join(text[a:b] for a, b in kept), " ".join(folded[a:b] for a, b in kept)


def _with_capital(word: str, text: str) -> bool:
    """Does the word open a sentence? Then it may be somebody's name; so it may in a text with accents."""
    return word.capitalize() in text or not text.isascii()


def _blocking(phrases: dict[str, tuple[tuple[str, ...], ...]], lexicon: frozenset[str]) -> frozenset[str]:
    """Of every phrase the word that gives it away: one outside the lexicon, else the longest."""
    found = set()
    for entries in phrases.values():
        for phrase in entries:
            strange = [word for word in phrase if word not in lexicon]
            found.add(strange[0] if strange else max((w for w in phrase if w not in STOP), key=len, default=phrase[0]))
    return frozenset(found)
