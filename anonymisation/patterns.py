"""Small helpers to write regular expressions as lists of words."""

import re


def any_of(words: str) -> str:
    """A group that matches any of the words; `_` stands for a space inside a word, longer words first."""
    parts = sorted({word.replace("_", " ") for word in words.split()}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(parts) + ")"


def compiled(*parts: str) -> re.Pattern[str]:
    """One pattern from parts, so that each part stays readable."""
    return re.compile("".join(parts))
