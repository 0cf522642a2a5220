"""Whether a text tells of somebody else: who is named is seldom the only one, a doubt by itself is mostly nobody."""

from collections.abc import Sequence
from functools import cached_property

from anonymisation.spans import Document, Found

TELLING = 0.8
"""From this score a find of the rules says that the text tells of somebody."""
_MASKED = 0.5
_NAMES = ("PERSON", "PLACE", "ORGANISATION", "ADDRESS")


class Company:
    """The sure finds of one text: of the rules, and names that the model was believed in."""

    def __init__(self, doc: Document, by_rule: Sequence[Found], by_model: Sequence[Found]) -> None:
        self._doc, self._by_rule, self._by_model = doc, by_rule, by_model

    @cached_property
    def _one_of_each(self) -> dict[str, Found]:
        """By its words; most texts hold no doubt, and are never asked."""
        sure = [found for found in self._by_rule if found.score >= TELLING]
        sure += [found for found in self._by_model if found.score >= _MASKED and found.label in _NAMES]
        return {_words(self._doc, found): found for found in sure}

    def of(self, found: Found) -> bool:
        """Is another find beside this one, of other words?"""
        words = _words(self._doc, found)
        return any(
            (other.end <= found.start or other.start >= found.end) and words != said
            for said, other in self._one_of_each.items()
        )


def _words(doc: Document, found: Found) -> str:
    return doc.folded[found.start : found.end]
