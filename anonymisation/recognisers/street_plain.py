"""Streets with a number in a text of one case, where no capital tells a name: `wij zitten op de lange akkers 55`."""

import re
from collections.abc import Iterable

from anonymisation.names import Lists
from anonymisation.recognisers.house import THEN, numbers_no_house
from anonymisation.recognisers.house_number import NUMBER, STOPNUM
from anonymisation.recognisers.street import END
from anonymisation.spans import Document, Found

_HEAD = r"(?:oude|nieuwe|lange|korte|hoge|lage|grote|kleine|kromme|brede|smalle|achterste|voorste)"
_SIDE = r"(?: (?:noord|oost|zuid|west))?"
_HOUSE = rf"{_SIDE} {NUMBER}{STOPNUM}(?!\w|[/-]\d)"
ASIDE = re.compile(
    rf"(?:(?<=, )|(?<=: ))((?:(?:in|aan|op) )?(?:(?:de|het|'t) )?([a-z'\-]{{4,28}}){_HOUSE})"
    r"(?=, ?[a-z]|[.]?\s*(?:$|\n))"
)
"""`onze portiek, balatonmeer 44, vindt`."""
OLD_OR_NEW = re.compile(rf"(?<![\w-])((?:(?:de|het) )?{_HEAD} (?:[a-z'\-]{{2,24}})?{END}{_HOUSE}){THEN}")
"""`van de lange akkers 55`: what may be the end of a street, behind how such names begin."""


def streets_of_one_case(doc: Document, lists: Lists) -> Iterable[Found]:
    """Names that a house number and their place in the sentence make a street; masked and reviewed."""
    if not (doc.reading.shouting or doc.text.islower()):
        return
    for match in ASIDE.finditer(doc.folded):
        if _may_be_street(match.group(2), lists):
            yield Found(*match.span(1), "ADDRESS", 0.58, "naam + nummer")
    for match in OLD_OR_NEW.finditer(doc.folded):
        yield Found(*match.span(1), "ADDRESS", 0.58, "naam + nummer")


def _may_be_street(word: str, lists: Lists) -> bool:
    """No Dutch word, nothing that is counted or numbered, and nobody."""
    if numbers_no_house(word, lists):
        return False
    return not (lists.is_word(word) or word in lists.places or word in lists.first or word in lists.last)
