"""Small helpers to write regular expressions as lists of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


def any_of(words: str) -> str:
    """A group that matches any of the words; `_` stands for a space inside a word, longer words first."""
    parts = sorted({word.replace("_", " ") for word in words.split()}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(parts) + ")"


def compiled(*parts: str) -> re.Pattern[str]:
    """One pattern from parts, so that each part stays readable."""
    return re.compile("".join(parts))


@dataclass(frozen=True)
class Later:
    """A pattern that is compiled when it is first needed: of a long table most never are."""

    pattern: str
    flags: int = 0

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Its matches."""
        return self.compiled.finditer(text)


Pattern = re.Pattern[str] | Later
