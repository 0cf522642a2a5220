"""What the word before a name says of it: a title, a role or relative, or that a name follows."""

from anonymisation.cues import ASKING, KIN, NAMING, SPEAKERS, TITLES
from anonymisation.reading import Reading
from anonymisation.recognisers.person_words import CALLED_THINGS
from anonymisation.wordset import words

TITLE, ROLE, NAME = "titel", "functie", "naam"
_SPEAKING_KIN = words(
    "opa oma tante oom mevrouw meneer pake beppe dokter zuster meester juf dominee pastoor mw dhr mevr"
)
"""`Oma: Vergoeding, ja.`: at the head of a line and with a colon behind it this is who speaks."""
_HIM = words("haar hem mij me m hun elkaar")
_IS_CALLED = words("heet heette heetten")
_CALLED = words("noem noemen noemt noemde noemden")
_NAMES = words("naam voornaam achternaam")
_THAT_ONE = words("de het die dat deze t")
_ANNOUNCING = TITLES | KIN | NAMING | _HIM | words("ben is was met naar")
_BEHIND_TITLE = frozenset((" ", ". ", ".", "  ", ": ", " (", ". ("))
_BEHIND_ROLE = frozenset(("", ",", ":", "(", "=", "'", '"', "-", "/", "."))
_CLOSE_TO_ROLE = frozenset(("", "=", ":", "(", "-", "/"))
"""Behind these a role names somebody in small letters too."""
_BEHIND_NAMING = frozenset(("", ",", ":", ".", ",\n", "=", "'", '"', "!"))


def cue_before(reading: Reading, before: int, begin: int) -> str:
    """What the word at `before` says of the name at `begin`, or an empty string."""
    if before < 0 or begin >= len(reading.words) or reading.words[before] not in _ANNOUNCING:
        return ""
    word, gap = reading.words[before], reading.gaps[begin]
    if "\n" in gap and word not in NAMING:
        return ""
    if _is_that_one(reading, before):
        return ""
    turn = gap == ": " and reading.first[before] and word in _SPEAKING_KIN
    if word in TITLES and gap in _BEHIND_TITLE and not turn:
        return TITLE
    plain = gap.strip()
    if word in KIN and not turn and _stands_by_role(reading, begin, plain):
        return ROLE if _role_has_name(reading, word, begin, plain) else ""
    if word in NAMING and plain in _BEHIND_NAMING and not _names_nobody(reading, before, begin):
        return NAME
    return NAME if _is_said_to_be(reading, before, begin, plain) else ""


def _is_that_one(reading: Reading, before: int) -> bool:
    """`de ene keer`: one of two things."""
    return reading.words[before] == "ene" and before > 0 and reading.words[before - 1] in _THAT_ONE


def _stands_by_role(reading: Reading, begin: int, plain: str) -> bool:
    """Not across the end of a sentence."""
    return plain in _BEHIND_ROLE and not (plain in (".", "") and reading.first[begin])


def _role_has_name(reading: Reading, role: str, begin: int, plain: str) -> bool:
    """`begeleider (sam)`, `mijn zoon, Sam`; what stands behind `Spreker:` is what somebody says."""
    if plain == ":" and role in SPEAKERS:
        return False
    return plain in _CLOSE_TO_ROLE or reading.capital[begin]


def _names_nobody(reading: Reading, before: int, begin: int) -> bool:
    """`dag van de mantelzorg`, `de app heet Buurtwijzer`."""
    word = reading.words[before]
    if word == "dag" and reading.words[begin] == "van":
        return True
    return word in _IS_CALLED and before > 0 and reading.words[before - 1] in CALLED_THINGS


def _is_said_to_be(reading: Reading, before: int, begin: int, plain: str) -> bool:
    """`ik ben Sam`, `wij noemen hem Sam`, `mijn naam is sam`, `vraag naar sam`."""
    if not before:
        return False
    word, earlier = reading.words[before], reading.words[before - 1]
    if word in ("is", "was"):
        return earlier in _NAMES
    if plain:
        return False
    if word == "ben":
        aloud = reading.upper[begin] and not reading.shouting  # `ik ben MOE`
        return earlier == "ik" and reading.capital[begin] and not aloud
    if word in _HIM:
        return earlier in _CALLED and reading.capital[begin]
    asked = earlier in ASKING or (before > 1 and reading.words[before - 2] in ASKING)
    return word in ("met", "naar") and asked
