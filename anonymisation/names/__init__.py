"""Word lists: names, places, streets, conditions and the Dutch lexicon that tells a name from a word."""

import gzip
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from anonymisation.view import fold
from domain.errors import CannotCheck

SHORTEST_NUMBERED = 8
"""From here on the *s* that joins a word to its number goes too: `meldingsnr`."""
LONGEST = 40
"""No name or word is longer; what is longer is noise, and must not cost time."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Lists:
    """Folded words. `phrases` map the first word of a longer entry to the rest of it."""

    first: frozenset[str] = field(repr=False)
    last: frozenset[str] = field(repr=False)
    lower_ok: frozenset[str] = field(repr=False)
    places: frozenset[str] = field(repr=False)
    place_phrases: dict[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    streets: frozenset[str] = field(repr=False)
    proper: frozenset[str] = field(repr=False)
    public: frozenset[str] = field(repr=False)
    lexicon: frozenset[str] = field(repr=False)
    in_order: tuple[str, ...] = field(repr=False)
    health: tuple[str, ...] = field(repr=False)
    health_cased: frozenset[str] = field(repr=False)

    def is_word(self, word: str) -> bool:
        """True for a Dutch word, a compound of two, or the number of something (`ticketnr`, `meldingsnr`)."""
        if word.endswith("nr"):
            word = word[:-2].removesuffix("s") if len(word) > SHORTEST_NUMBERED else word[:-2]
        return word in self.lexicon or (len(word) <= LONGEST and _compound(word, self.lexicon))

    def begins_word(self, part: str) -> bool:
        """True for the beginning of a longer word, or of the second half of a compound (`beschikk`, `hulpvr`)."""
        return self._begins(part) or any(
            part[:cut].removesuffix("s") in self.lexicon and self._begins(part[cut:]) for cut in range(4, len(part))
        )

    def _begins(self, part: str) -> bool:
        at = bisect_right(self.in_order, part)
        return at < len(self.in_order) and self.in_order[at].startswith(part)


def _compound(word: str, lexicon: frozenset[str]) -> bool:
    """Two known words of four letters or more, joined as Dutch joins them (nothing, s, en, e)."""
    for cut in range(4, len(word) - 3):
        if word[cut:] in lexicon:
            head = word[:cut]
            if (
                head in lexicon
                or (head[-1] == "s" and head[:-1] in lexicon)
                or (head[-2:] == "en" and head[:-2] in lexicon)
            ):
                return True
    return False


def _packed(name: str) -> list[str]:
    try:
        return gzip.decompress((HERE / "data" / f"{name}.txt.gz").read_bytes()).decode().split("\n")
    except (OSError, EOFError):
        raise CannotCheck(
            f"word list {name!r} is missing or damaged; nothing passes; install the package again"
        ) from None


def own(name: str) -> set[str]:
    """A hand-written list as it stands: words by white space or, when a line holds a comma, phrases by comma."""
    words: set[str] = set()
    try:
        lines = (HERE / "own" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    except OSError:
        raise CannotCheck(f"word list {name!r} is missing; nothing passes; install the package again") from None
    for line in lines:
        line = line.split("#")[0].strip()
        words |= {p.strip() for p in line.split(",")} if "," in line else set(line.split())
    return words - {""}


def _extra_names() -> tuple[set[str], set[str]]:
    """Names of the optional extra `[names]`, when it is installed."""
    from anonymisation.names.extra import first_and_last

    return first_and_last()


def split_phrases(entries: Iterable[str]) -> tuple[frozenset[str], dict[str, tuple[tuple[str, ...], ...]]]:
    """Single words, and longer entries by their first word, longest first."""
    import re

    single, longer = set[str](), dict[str, list[tuple[str, ...]]]()
    for entry in entries:
        words = tuple(re.findall(r"[^\W\d_]+", fold(entry)))
        if len(words) == 1:
            single.add(words[0])
        elif words:
            longer.setdefault(words[0], []).append(words)
    return frozenset(single), {k: tuple(sorted(v, key=len, reverse=True)) for k, v in longer.items()}


def _of_places(places: Iterable[str]) -> set[str]:
    """`goudse`, `tilburgse`, `zwolse`: of which town something is."""
    stems = {
        stem for place in places if len(place) > 3 for stem in (place, place.rstrip("ae"), place.removesuffix("en"))
    }
    stems |= {stem[:-1] for stem in stems if len(stem) > 4 and stem[-1] == stem[-2]}
    return {stem + "se" for stem in stems if len(stem) > 3}


@lru_cache(maxsize=2)
def load(*, extra: bool = True) -> Lists:
    """Every list, read once per process. Raises CannotCheck when one is missing."""
    first, last = set(_packed("first")), set(_packed("last"))
    common = {fold(w) for w in own("common")}
    junk = {fold(w) for w in own("not_names")}
    in_order = _packed("lexicon")
    lexicon = frozenset().union(in_order, common, junk)
    if extra:
        more_first, more_last = _extra_names()
        first |= {w for w in more_first if w not in lexicon}
        last |= {w for w in more_last if w not in lexicon}
    places, phrases = split_phrases(
        p for p in (*_packed("places"), *sorted(own("places"))) if p not in junk and p not in common
    )
    return Lists(
        first=frozenset(first - junk),
        last=frozenset(last - junk),
        lower_ok=frozenset(own("lower_ok")),
        places=places,
        place_phrases=phrases,
        streets=frozenset(_packed("streets")) | own("streets"),
        proper=frozenset(_packed("proper")),
        public=frozenset(fold(w) for w in own("public")) | (_of_places(places) - first - last - places),
        lexicon=lexicon,
        in_order=tuple(in_order),
        health=tuple(sorted({fold(w) for w in own("health")}, key=len, reverse=True)),
        health_cased=frozenset(own("health_cased")),
    )
