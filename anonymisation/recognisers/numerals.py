"""Dutch number words from nul to honderdnegentien, cardinal and ordinal, also without the second e of the trema."""

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
            joined = _UNITS[unit] + "en" + word
            words[joined] = tens + unit
    words["honderd"] = 100
    for value in range(1, 20):
        words["honderd" + _UNITS[value]] = 100 + value
        words["honderden" + _UNITS[value]] = 100 + value
    return words


CARDINALS = _cardinals()
ORDINALS = {
    _ORDINALS.get(value, word + ("de" if value < 20 else "ste")): value for word, value in CARDINALS.items() if value
}
# Folding turns "drieëntachtig" into "drieentachtig"; people also leave the second e out.
CARDINALS |= {w.replace("ee", "e"): v for w, v in CARDINALS.items() if v > 20 and "een" not in w[:3]}
ORDINALS |= {w.replace("ee", "e"): v for w, v in ORDINALS.items() if v > 20 and "een" not in w[:3]}
