"""Which words can begin a find at all: most answers hold none, and then no recogniser has to look.

Sound by construction: a word is safe only when every recogniser would pass it by in lower case without a title,
an initial or a capital near it; `tests/detection/test_prefilter.py` checks that against the full pass.
"""

import re
from dataclasses import dataclass, field

from anonymisation.cues import STOP, TITLES
from anonymisation.names import Lists, split_phrases
from anonymisation.recognisers.health import ENDINGS
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


@dataclass(frozen=True)
class Prefilter:
    """`safe` words begin no find, `soft` ones only beside a title or a capital; `passing` ones call for no look."""

    safe: frozenset[str] = field(repr=False)
    soft: frozenset[str] = field(repr=False)
    passing: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, lists: Lists) -> "Prefilter":
        """From the word lists."""
        single, phrases = split_phrases(lists.health)
        endings = {w for w in lists.lexicon if len(w) > 7 and ENDINGS.fullmatch(w)}
        hard = (
            set(single)
            | set(phrases)
            | endings
            | (set(CARDINALS) | set(ORDINALS)) - {"een"}
            | MONTHS
            | _MORE
            | (TYPES - WEAK_TYPES)
            | set(lists.place_phrases)
            | lists.lower_ok
            | {w for w in lists.lexicon if len(w) == 1}
            | (lists.streets & lists.lexicon)
            | {w.lower() for w in lists.health_cased}
        )
        hard -= {"de", "het", "den", "u", "t", "n", "s", "m", "d", "in"}
        soft_first = (lists.first & lists.lexicon) - lists.lower_ok
        soft = (lists.last & lists.lexicon) - hard - soft_first
        begin = lists.lexicon - hard - soft_first - soft
        heads, others = _stop_heads({**lists.place_phrases, **phrases})
        return cls(begin, soft, (begin | (heads - single)) - others)

    def nothing_here(self, text: str, folded: str) -> bool:
        """True when no recogniser can find anything in this text."""
        words = TOKEN.findall(folded)
        rest = set(words) - self.passing
        if not self.soft.issuperset(rest) or _INSIDE.search(text):
            return False
        return TITLES.isdisjoint(words) or (not rest and SHORT_TITLES.isdisjoint(words))


SHORT_TITLES = frozenset(("dhr", "mw", "mevr", "mvr", "hr"))


def _stop_heads(phrases: dict[str, tuple[tuple[str, ...], ...]]) -> tuple[frozenset[str], frozenset[str]]:
    """Small words that only begin a find together with a telling word (`aan de drank`), and those telling words."""
    heads = frozenset(head for head in phrases if head in STOP)
    others = frozenset(word for head in heads for phrase in phrases[head] for word in phrase if word not in STOP)
    return heads, others
