"""Make names of persons, in the shape of the name they replace."""

from __future__ import annotations

import random
import re
from functools import cache

from anonymisation.names import load
from training.lists import Community, by_kind, communities, first_names, last_names, words

BYNAME = "BYNAME"
SURNAME = "SURNAME"
PERSONS = frozenset({"PERSON", SURNAME, BYNAME})
"""Marks of persons: any name, a surname though nothing shows it, a name that keeps its words."""
INITIALS = re.compile(r"^(?:[A-Za-z]{1,2}\.?){1,4}\.?$")
SHORT = re.compile(r"^[^\W\d_]{2,} [A-Za-z]\.?$")
BUILT = 0.3
EVERYDAY = 0.25
STRANGE = 0.2
SOUNDS = (
    ("ie", "y"), ("y", "i"), ("i", "y"), ("c", "k"), ("k", "c"), ("s", "z"), ("z", "s"), ("f", "ph"), ("ph", "f"),
    ("v", "f"), ("ij", "y"), ("ij", "ei"), ("ei", "ij"), ("oe", "u"), ("u", "oe"), ("ch", "sj"), ("sj", "sh"),
    ("j", "y"), ("t", "th"), ("th", "t"), ("d", "t"), ("o", "a"), ("a", "e"), ("e", "i"), ("au", "ou"), ("x", "ks"),
    ("aa", "a"), ("ee", "e"), ("oo", "o"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("l", "ll"), ("n", "nn"),
)  # fmt: skip
FREQUENT_LETTERS = "abcdefghijklmnprstwyz"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DUTCH = frozenset({"nederlands", "nl_NL", "friesland"})


class NameMaker:
    """Draws names; one per text, so that a text keeps its persons apart and each person her own name."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._weights = [community.weight for community in communities()]
        self._given: dict[str, str] = {}

    def replace(self, name: str, before: str, shape: str = "") -> str:
        """Another name of the same shape; the same name, or a part of it, becomes the same again."""
        key = name.lower()
        if key not in self._given:
            self._remember(name, self._of_shape(name, shape or shape_of(name, before)))
        return cased_like(self._given[key], name)

    def _remember(self, old: str, new: str) -> None:
        self._given[old.lower()] = new
        old_words, new_words = old.lower().split(), new.split()
        if len(old_words) > 1 and len(new_words) > 1:
            self._given.setdefault(old_words[0], new_words[0])
            self._given.setdefault(" ".join(old_words[1:]), " ".join(new_words[1:]))
            self._given.setdefault(old_words[-1], new_words[-1])

    def _of_shape(self, name: str, shape: str) -> str:
        people = self._rng.choices(communities(), self._weights)[0]
        first, last = self._first(people), self._strange(self._last(people))
        if shape == "letters":
            return self._letters(name)
        if shape == "first":
            return first
        if shape in {"last", SURNAME}:
            return self._rng.choice(everyday_last()) if shape == SURNAME and self._rng.random() < 0.4 else last
        if shape == "short":
            return first + " " + self._rng.choice(FREQUENT_LETTERS).upper() + name[-1:].strip(LETTERS)
        return f"{self._initials(name)} {last}" if shape == "initials" else self._full(first, last)

    def _full(self, first: str, last: str) -> str:
        if self._rng.random() < 0.05:
            return f"{first} {self._rng.choice(FREQUENT_LETTERS).upper()}. {last}"
        return f"{first} {last}"

    def _first(self, people: Community) -> str:
        """A first name; now and then one that is a word, or a short one."""
        chance = self._rng.random()
        if chance < 0.04:
            return self._rng.choice(everyday_first())
        if chance < 0.08:
            return self._rng.choice(short_first())
        return self._strange(self._rng.choice(people.first))

    def _strange(self, name: str) -> str:
        """Now and then a spelling that no list holds: names are unknown and misspelt more often than lists tell."""
        if self._rng.random() > STRANGE:
            return name
        front, _, last = name.rpartition(" ")
        old, new = self._rng.choice([pair for pair in SOUNDS if pair[0] in last[1:]] or [("", "")])
        other = last[:1] + last[1:].replace(old, new, 1) if old else last + self._rng.choice(("a", "o", "ke", "ie"))
        return f"{front} {other}".strip()

    def _last(self, people: Community) -> str:
        if people.name in DUTCH and self._rng.random() < EVERYDAY:
            return self._rng.choice(everyday_last())
        pool = people.last or communities()[0].last
        last = self._built(people) if self._rng.random() < BUILT else self._rng.choice(pool)
        if self._rng.random() < 0.08:
            last = f"{last}-{self._rng.choice(communities()[0].last)}"
        return last

    def _built(self, people: Community) -> str:
        """A surname that nobody bears perhaps, of Dutch parts; for people of elsewhere one of their own list."""
        if people.last and people.name not in DUTCH:
            return self._rng.choice(people.last)
        parts = {kind: self._rng.choice(names) for kind, names in by_kind("name_parts.txt").items()}
        tussenvoegsel = self._rng.choice(("", "", "", "van ", "van de ", "van der ", "ter ", "ten ", "de "))
        return tussenvoegsel + parts["stem"] + parts["ending"]

    def _initials(self, like: str) -> str:
        """One to three initials, with dots when the old ones had them."""
        letters = self._rng.sample(FREQUENT_LETTERS.upper(), self._rng.choice((1, 1, 2, 2, 3)))
        return "".join(f"{letter}." for letter in letters) if "." in like else "".join(letters)

    def _letters(self, like: str) -> str:
        middle = self._rng.choice(("v", "vd", "d", "")) if any(letter.islower() for letter in like) else ""
        first, last = self._rng.sample(FREQUENT_LETTERS.upper(), 2)
        return f"{first}{middle}{last}"


@cache
def everyday_last() -> tuple[str, ...]:
    """Dutch surnames that are also words, as they are written: `Bakker`, `de Wit`."""
    dutch = {name for people in communities() if people.name in DUTCH for name in people.last}
    return tuple(sorted(name for name in dutch if name.split()[-1].lower() in load().lexicon))


@cache
def everyday_first() -> tuple[str, ...]:
    """First names that are also words: `Roos`, `Storm`."""
    every = {name for people in communities() for name in people.first}
    return tuple(sorted(name for name in every if name.lower() in load().lexicon))


@cache
def short_first() -> tuple[str, ...]:
    """First names of two or three letters."""
    return tuple(sorted({name for people in communities() for name in people.first if len(name) <= 3}))


def shape_of(name: str, before: str) -> str:
    """first, last, full, short (`Rita B`), initials or letters (`BvD`)."""
    parts = name.split()
    if SHORT.match(name):
        return "short"
    if (
        len(parts) == 1
        and len(name) <= 4
        and sum(letter.isupper() for letter in name) >= 2
        and name.lower() not in first_names()
    ):
        return "letters"
    if len(parts) > 1 and INITIALS.match(parts[0]) and ("." in parts[0] or len(parts[0]) == 1 or parts[0].isupper()):
        return "initials"
    title = before.rstrip().rsplit(maxsplit=1)[-1].lower() if before.strip() else ""
    if title in words("title") and (len(parts) == 1 or parts[0].lower() in words("tussenvoegsel")):
        return "last"
    if len(parts) == 1:
        known_last = name.lower() in last_names() and name.lower() not in first_names()
        return "last" if known_last and name[:1].isupper() else "first"
    return "last" if parts[0].lower() in words("tussenvoegsel") else "full"


def cased_like(new: str, old: str) -> str:
    """`new` in capitals or lower case when `old` is."""
    if len(old) > 1 and old.isupper():
        return new.upper()
    return new.lower() if old.islower() else new
