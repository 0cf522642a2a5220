"""What other models call our labels."""

from __future__ import annotations

OURS = {
    "PERSON": "PERSON", "PER": "PERSON",
    "PLACE": "PLACE", "LOC": "PLACE", "GPE": "PLACE", "LOCATION": "PLACE",
    "ORGANISATION": "ORGANISATION", "ORG": "ORGANISATION", "ORGANIZATION": "ORGANISATION",
    "ADDRESS": "ADDRESS", "HEALTH": "HEALTH", "AGE": "AGE",
}  # fmt: skip
_EDGE = " \t\r\n\u00a0.,;:!?\"'“”‘’«»()[]{}<>*/|-–—_"
_FINAL_DOT = " \t\r\n\u00a0,;:!?\"“”‘’«»()[]{}<>*/|-–—_'"


def our_label(label: str) -> str | None:
    """Our name for a label, or None when we have no use for it (MISC, dates, amounts)."""
    return OURS.get(label.upper().removeprefix("B-").removeprefix("I-"))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and punctuation at the edges; a dot stays after a single letter (`van der S.`)."""
    while start < end and text[start] in _EDGE and not text.startswith(("'t ", "'s-", "'s "), start):
        start += 1
    while end > start and text[end - 1] in _FINAL_DOT:
        end -= 1
    while end > start and text[end - 1] in _EDGE and not _is_initial(text, start, end):
        end -= 1
    return start, end


def _is_initial(text: str, start: int, end: int) -> bool:
    """The last character is the dot of a single letter."""
    letter = end - 2
    if text[end - 1] != "." or letter < start or not text[letter].isalpha():
        return False
    return letter == start or not text[letter - 1].isalnum()
