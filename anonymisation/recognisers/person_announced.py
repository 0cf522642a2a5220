"""Is a word that something announces a name here? By what announces it, the lists and how it is written."""

from anonymisation.cues import FIELDS, KIN, PERSON_VERBS, STOP, TUSSEN, WEAK_TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.recognisers.person_cue import NAME, ROLE, TITLE
from anonymisation.recognisers.person_plain import noted_of_somebody, plain_in_small
from anonymisation.recognisers.person_words import (
    POSSESSIVE,
    STOP_NAMES,
    is_typo,
    short_title,
    sure_tussen,
    unknown,
)
from anonymisation.wordset import words

INITIALS, BETWEEN = "initialen", "tussenvoegsel"
_NAMED = words("meisjesnaam achternaam gehuwd geheten genaamd heet heette heten voornaam roepnaam is")
_GREETING = words("beste geachte hallo hoi dag lieve hey hee")
_STATES = words(
    "tevreden ontevreden akkoord boos blij ziek afwezig aanwezig bereikbaar onbereikbaar overleden verhuisd opgenomen "
    "afgemeld aangemeld ingelicht"
)
"""`mw tevreden`: how somebody is, in notes."""
_OFFICES = words(
    "pastoor dominee dokter agent burgemeester wethouder notaris rechter directeur voorzitter imam professor doktor "
    "pater kapelaan bisschop minister"
)
_SIRS = words("meneer mijnheer menheer mneer mevrouw")
"""`meneer pastoor`: who holds an office, where names have a capital."""
_DOCTORS = words("dr drs prof")
"""Without its dot `dr` is a small word in speech: `ik heb dr gesproken`."""


class AnnouncedWeigher:
    """Scores a word behind a title, a role, a naming verb or initials."""

    lists: Lists

    def _announced(self, reading: Reading, index: int, cue: str, is_first: bool, is_last: bool, common: bool) -> float:
        if reading.known_capital[index]:
            return self._announced_capital(reading, index, cue, is_first or is_last, common)
        word = reading.words[index]
        if word in PERSON_VERBS or word in _STATES or (word in CARDINALS and not is_last):
            return 0.0
        if is_first and (not common or word in self.lists.lower_ok):
            return 0.0 if cue != TITLE and plain_in_small(reading, index, self.lists) else 0.88
        if cue == TITLE:
            return self._titled(reading, index, is_first or is_last)
        if cue == INITIALS:
            return self._behind_initials(reading, index, is_first or is_last, common)
        if is_first and common:
            return 0.7 if cue == NAME or (index > 1 and reading.words[index - 2] in POSSESSIVE) else 0.0
        if is_last and not common:
            return 0.7
        if len(word) > 3 and unknown(word, self.lists):
            return 0.55
        return 0.5 if self._close_to_kin(reading, index, cue) else 0.0

    def _announced_capital(self, reading: Reading, index: int, cue: str, listed: bool, common: bool) -> float:
        word, before = reading.words[index], reading.words[index - 1]
        if cue == TITLE:
            return 0.95
        if word in STOP_NAMES:
            return 0.0 if reading.first[index] else 0.75
        if cue in (INITIALS, BETWEEN):
            return 0.92 if listed or not common else 0.6
        if listed:
            return 0.92
        if word in self.lists.places:
            surname = before in TUSSEN and before not in WEAK_TUSSEN
            return 0.85 if surname and (reading.capital[index - 1] or cue == ROLE) else 0.0
        if before in _NAMED and not reading.first[index]:
            return 0.75
        if common or (self.lists.is_word(word) and before not in KIN):
            return 0.55 if self._role_names(reading, index, cue) else 0.0
        return 0.75

    def _titled(self, reading: Reading, index: int, listed: bool) -> float:
        """`mw jansen`, `dr. wit`: a title and a word in small letters."""
        word, before = reading.words[index], reading.words[index - 1]
        if before not in TUSSEN and noted_of_somebody(word, self.lists):
            return 0.0
        if word in _OFFICES and before in _SIRS and not reading.text.islower():
            return 0.0
        doctor = len(word) > 3 and before in _DOCTORS and reading.gaps[index] in (". ", ".")
        if listed or doctor or short_title(reading, index) or sure_tussen(reading, index):
            return 0.85
        return 0.7 if unknown(word, self.lists) else 0.0

    def _behind_initials(self, reading: Reading, index: int, listed: bool, common: bool) -> float:
        """`j. wit`, `p.k. jansen`: letters and a word in small letters."""
        word = reading.words[index]
        if listed:
            return 0.5 if common else 0.85
        if index > 1 and len(reading.words[index - 2]) == 1 and len(word) > 2:
            return 0.7 if reading.capital[index] else 0.0
        return 0.7 if unknown(word, self.lists) else 0.0

    def _role_names(self, reading: Reading, index: int, cue: str) -> bool:
        """`begeleider Bakboord`: a capital nobody needs, right behind a role; not `coach Werk` or `consulent Wonen`."""
        word = reading.words[index]
        after = index + 1
        listed = after < len(reading.words) and reading.known_capital[after] and reading.gaps[after] == " "
        return (
            cue in (ROLE, NAME)
            and not (cue == NAME and reading.words[index - 1] in _GREETING)
            and not reading.first[index]
            and not reading.upper[index]
            and len(word) > (3 if cue == ROLE else 1)
            and reading.gaps[index] == " "
            and not listed
            and word not in STOP
            and word not in FIELDS
            and not (
                after + 1 < len(reading.words) and reading.words[after] in ("en", "&") and reading.capital[after + 1]
            )
        )

    def _close_to_kin(self, reading: Reading, index: int, cue: str) -> bool:
        """`mijn buurman sies`: no word at all, and no misspelt small word either."""
        word = reading.words[index]
        return (
            cue == ROLE
            and len(word) > 2
            and index > 1
            and reading.gaps[index] == " "
            and reading.words[index - 2] in POSSESSIVE
            and not self.lists.is_word(word)
            and word not in self.lists.places
            and not is_typo(word, STOP | PERSON_VERBS | KIN, frozenset())
        )
