"""Numbers of things (`drie keer`, `6 weken`): no age, and nothing else that could be a personal detail."""

import re
from collections.abc import Collection, Iterator

from anonymisation.recognisers.numerals import CARDINALS, spelled

_NUMBER = rf"(?:\d{{1,3}}(?![\d.,:/\-])|{spelled(CARDINALS, range(100))})"
COUNTED = re.compile(
    rf"(?<![\w.,:/\-€])(?<!van )(?<!vaan )(?<!fan )(?<!is )(?<!was )(?<!wordt )(?<!zijn )(?<!bijna )(?<!pas )"
    rf"(?<!net )(?<!nu )(?<!inmiddels )(?<!: )(?<!, ){_NUMBER}[ ]"
    r"(?:keer|maal|uur|uren|minuten|mensen|euro|procent|kilometer|km|meter|verschillende|brieven|telefoontjes|"
    r"gesprekken|formulieren|consulenten|personen|afspraken|loketten|instanties|dagen|weken|maanden)(?!\w)"
    r"(?! (?:oud|jong|was|werd|zat|liep|kon|zei|sprak|kroop|sliep))"
)


def around_counts(folded: str, numbers: Collection[str]) -> list[tuple[int, int]]:
    """The stretches of a folded text between its numbers of things, which all stand in `numbers`."""
    kept, last = [], 0
    for at in sorted(set(_places(folded, numbers))):
        if match := COUNTED.match(folded, at):
            kept.append((last, at))
            last = match.end()
    return [*kept, (last, len(folded))]


def _places(folded: str, words: Collection[str]) -> Iterator[int]:
    for word in words:
        at = folded.find(word)
        while at >= 0:
            yield at
            at = folded.find(word, at + 1)
