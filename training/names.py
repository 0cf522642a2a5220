"""Make names of persons, in the shape of the name they replace."""

from __future__ import annotations

import random
import re

from training.lists import Community, by_kind, communities, first_names, last_names, words

INITIALS = re.compile(r"^(?:[A-Za-z]{1,2}\.?){1,4}\.?$")
BUILT = 0.3
FREQUENT_LETTERS = "abcdefghijklmnprstwyz"


class NameMaker:
    """Draws names; one per text, so that a text keeps its persons apart and each person her own name."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._weights = [community.weight for community in communities()]
        self._given: dict[str, str] = {}

    def replace(self, name: str, before: str) -> str:
        """Another name of the same shape; the same name, or a part of it, becomes the same again."""
        key = name.lower()
        if key not in self._given:
            self._remember(name, self._of_shape(name, before))
        return cased_like(self._given[key], name)

    def _remember(self, old: str, new: str) -> None:
        self._given[old.lower()] = new
        old_words, new_words = old.lower().split(), new.split()
        if len(old_words) > 1 and len(new_words) > 1:
            self._given.setdefault(old_words[0], new_words[0])
            self._given.setdefault(" ".join(old_words[1:]), " ".join(new_words[1:]))
            self._given.setdefault(old_words[-1], new_words[-1])

    def _of_shape(self, name: str, before: str) -> str:
        shape = shape_of(name, before)
        people = self._rng.choices(communities(), self._weights)[0]
        first, last = self._rng.choice(people.first), self._last(people)
        if shape == "letters":
            return self._letters(name)
        if shape == "first":
            return first
        if shape == "last":
            return last
        return f"{self._initials(name)} {last}" if shape == "initials" else self._full(first, last)

    def _full(self, first: str, last: str) -> str:
        if self._rng.random() < 0.05:
            return f"{first} {self._rng.choice(FREQUENT_LETTERS).upper()}. {last}"
        return f"{first} {last}"

    def _last(self, people: Community) -> str:
        pool = people.last or communities()[0].last
        last = self._built(people) if self._rng.random() < BUILT else self._rng.choice(pool)
        if self._rng.random() < 0.08:
            last = f"{last}-{self._rng.choice(communities()[0].last)}"
        return last

    def _built(self, people: Community) -> str:
        """A surname that nobody bears perhaps, of Dutch parts; for people of elsewhere one of their own list."""
        if people.last and people.name not in {"nederlands", "nl_NL", "friesland"}:
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


def shape_of(name: str, before: str) -> str:
    """first, last, full, initials or letters (`BvD`)."""
    parts = name.split()
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
