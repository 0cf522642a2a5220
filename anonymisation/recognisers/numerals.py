"""Dutch number words from nul to honderdnegentien, cardinal and ordinal, also without the second e of the trema."""

from collections.abc import Container, Iterable, Mapping

from anonymisation.wordset import words

_UNITS = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = {
    20: "twintig",
    30: "dertig",
    40: "veertig",
    50: "vijftig",
    60: "zestig",
    70: "zeventig",
    80: "tachtig",
    90: "negentig",
}
_ORDINALS = {1: "eerste", 3: "derde", 8: "achtste", 2: "tweede"}


def _cardinals() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS)}
    for tens, word in _TENS.items():
        words[word] = tens
        for unit in range(1, 10):
            for between in ("en", " en ", "-en-") if unit > 1 else ("en",):
                words[_UNITS[unit] + between + word] = tens + unit
    words["honderd"] = 100
    for value in range(1, 20):
        words["honderd" + _UNITS[value]] = 100 + value
        words["honderden" + _UNITS[value]] = 100 + value
        words["honderd en " + _UNITS[value]] = 100 + value
    return words


CARDINALS = _cardinals()
ORDINALS = {
    _ORDINALS.get(value, word + ("de" if value < 20 else "ste")): value for word, value in CARDINALS.items() if value
}
HALVES = {"anderhalf": 1} | {
    f"{_UNITS[value]}{tail}": value for value in range(2, 13) for tail in ("enhalf", "eneenhalf")
}  # `tweeenhalf`, whole years
# Folding turns "drieëntachtig" into "drieentachtig"; people also leave the second e out.
CARDINALS |= {w.replace("ee", "e"): v for w, v in CARDINALS.items() if v > 20 and "een" not in w[:3]}
ORDINALS |= {w.replace("ee", "e"): v for w, v in ORDINALS.items() if v > 20 and "een" not in w[:3]}


_UNITS_OF_DIALECT = words(
    "een ein ien aine twa twee twie twei tweij twij twai dri drie drei drij trije veer vier veier vaaier fjouwer vief "
    "viev vaiv vuuv vijf vuuf fiif zes zis zez seis san zeven zeuve zeuven zuven zeum saun ach acht aacht neuge negen "
    "neegn njoggen sechs"
)
_TENS_OF_DIALECT = words(
    "twintig twinteg twintug twientig tweintig tweintich dertig darteg dartig daartig dertug tritich veertig veerteg "
    "vaarteg vairteg veertug fjirtich vijftig vijftug vieftig viefteg fyftich zestig zesteg zestug zestich sechstich "
    "zeventig zeventug zeuventig zeuventeg zeuventug zeumtig santich tachtig tachteg tachtug tachtich tachentig "
    "negentig negenteg negentug negetig njoggentich "
    "sestig seventig vijtig vijftg vijfitg zevetig zeventg tachttig tachitg twintg ventig veetig veertg dertg zesitg "
    "negetig negentg tagtig tachig twintich vijftich veertich dertich zestich zeventich negentich"
)
DIALECT = (
    _TENS_OF_DIALECT
    | {unit + "en" + ten for unit in _UNITS_OF_DIALECT | {"tweej", "driej"} for ten in _TENS_OF_DIALECT}
) - CARDINALS.keys()
"""`tachteg`, `twaientachteg`: tens and what is counted on them, as the north, the south and Friesland write them."""


def spelled(table: Mapping[str, int], values: Container[int]) -> str:
    """A group that matches the words of these values, the longest first.

    Words with equal tails are written together (`(?:eenen|tweeen)(?:twintig|dertig)`): 250 words in full would make
    every pattern that holds them slow to compile.
    """
    tails: dict[str, set[str]] = {}
    for word in (word for word, value in table.items() if value in values):
        head = next((word[:at] for at in range(1, len(word)) if word[at:] in table), "")
        tails.setdefault(head, set()).add(word[len(head) :])
    whole = tails.pop("", set())
    heads: dict[frozenset[str], list[str]] = {}
    for head, ends in tails.items():
        heads.setdefault(frozenset(ends), []).append(head)
    parts = [_either(some) + _either(ends) for ends, some in heads.items()]
    return f"(?:{'|'.join(parts + ([_either(whole)] if whole else []))})"


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"
