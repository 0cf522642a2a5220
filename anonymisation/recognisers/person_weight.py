"""Is a word a name here? Scores by list, writing and cue."""

from anonymisation.cues import FIELDS, KIN, PERSON_VERBS, SPEAKERS, STOP, TUSSEN, WEAK_TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.recognisers.person_plain import noted_of_somebody, plain_in_small
from anonymisation.recognisers.person_words import (
    JOINS,
    NAME_GAPS,
    PLACE_WORDS,
    POSSESSIVE,
    SHORT_NAMES,
    aged,
    cut_off,
    dotted_letter,
    in_body,
    is_initial,
    is_region,
    is_typo,
    names_a_thing,
    role_follows,
    short_title,
    sure_tussen,
    surname_shaped,
    takes_turn,
    unknown,
)
from anonymisation.recognisers.stranger import announced, in_plain_dutch, is_stranger
from anonymisation.wordset import words

_SPEAKING = words(
    "zei zegt belde belt mailde mailt vroeg vraagt vertelde vertelt schreef schrijft stuurde stuurt beloofde belooft "
    "luisterde luistert reageerde reageert begreep begrijpt snapte snapt lachte lacht knikte tekende tekent"
)
_NO_VERB = words(
    "goed altijd echt vast recht slecht zacht licht dicht hoort zonet direct exact best juist laatst eerst"
)
_ADDRESSING = words("mevrouw meneer mijnheer dhr hr mw mevr mvr mej juffrouw heer tante oom ome oma opa")
_DETERMINERS = words("mijn een dit deze uw onze ons jullie geen alle mn")
STOP_NAMES = words("wil an ben enzo door")
"""First names that are small words too; with a capital in mid-sentence no verb, article or `enzo` (and so on)."""
_RIVERS = words(
    "maas rijn waal ijssel lek vecht amstel eem dommel schelde linge berkel dinkel hunze merwede rotte schie zaan "
    "spaarne vliet gouwe roer geul mark donge dieze regge"
)
_CLOCK = words("half kwart om rond tot na voor over")
"""`tot half tien`: a number word behind these says what time it is, however it is written."""
DOUBTED, LEAST, LEAST_ANNOUNCED, LEAST_LISTED = 0.45, 0.5, 0.55, 0.6
"""What only the review list sees, what anything that is masked weighs at least, and what a word of the lists does:
between the last two only its shape speaks for it."""
_WEIGHED = words("ton mark pond")
_STATES = words(
    "tevreden ontevreden akkoord boos blij ziek afwezig aanwezig bereikbaar onbereikbaar overleden verhuisd opgenomen "
    "afgemeld aangemeld ingelicht"
)
"""`mw tevreden`: how somebody is, in notes."""
_NOUN_FOLLOWS = words("de het een die deze dit geen elke iedere welke goede andere")
_ABOUT = words("over met van door aan tegen zonder via volgens bij dankzij namens")
_GREETING = words("beste geachte hallo hoi dag lieve hey hee")
_DIMINUTIVES = ("je", "tje", "ke", "eke", "ske", "ie", "y", "tsje", "ien")
_NAMED = words("meisjesnaam achternaam gehuwd geheten genaamd heet heette heten voornaam roepnaam is")


_DOCTORS = words("dr drs prof")
"""Without its dot `dr` is a small word in speech: `ik heb dr gesproken`."""


class PersonWeigher:
    """Scores a word of a document as the seed of a name."""

    lists: Lists
    _names: frozenset[str]

    def _score(self, reading: Reading, index: int, cue: str) -> float:
        word, lists = reading.words[index], self.lists
        is_first, is_last = word in lists.first, word in lists.last
        if not (is_first or is_last or word in lists.lexicon):
            is_first = self._diminutive(word)
            is_last = surname_shaped(word) and not lists.is_word(word) and not self._ends_in_word(word)
        if (
            not (is_first or is_last)
            and word.endswith("s")
            and len(word) > 4
            and word[:-1] in lists.first
            and word[:-1] not in lists.public
            and word not in lists.lexicon
        ):
            is_first = True
        common = word in lists.lexicon
        if word in lists.public and not (
            (cue == "titel" and is_last and self._follower(reading, index) in _SPEAKING)
            or (is_last and cue in ("titel", "initialen") and (reading.capital[index] or cue == "initialen"))
            or (cue == "titel" and reading.known_capital[index] and self._addressed(reading, index))
            or (
                is_first
                and reading.known_capital[index]
                and not reading.first[index]
                and self._continues(reading, index)
            )
        ):
            return 0.0
        if index and reading.words[index - 1] in ("sint", "st", "gemeente", "santa") and cue != "titel":
            return 0.0
        if not cue and reading.known_capital[index] and (in_body(reading, index) or is_region(reading, index)):
            return 0.0
        if word in KIN and not is_first and reading.first[index] and reading.capital[index] and not reading.shouting:
            return 0.0
        if cue:
            return self._cued(reading, index, cue, is_first, is_last, common)
        return self._free(reading, index, is_first, is_last, common)

    def _ends_in_word(self, word: str) -> bool:
        """`valcursussen`: five letters or more at its end are a word, so they are no ending of a surname."""
        return any(word[cut:] in self.lists.lexicon for cut in range(3, len(word) - 4))

    def _follower(self, reading: Reading, index: int) -> str:
        return reading.words[index + 1] if index + 1 < len(reading.words) else ""

    def _addressed(self, reading: Reading, index: int) -> bool:
        """`dhr. Punt`, `mevrouw Spaans`: behind how people are addressed even the name of a body is a surname."""
        return reading.words[index - 1] in _ADDRESSING and not reading.upper[index]

    def _cued(self, reading: Reading, index: int, cue: str, is_first: bool, is_last: bool, common: bool) -> float:
        """A title, kin word, naming verb or initials stand before it."""
        word, lists = reading.words[index], self.lists
        if reading.known_capital[index]:
            if cue == "titel":
                return 0.95
            if word in STOP_NAMES:
                return 0.0 if reading.first[index] else 0.75
            if cue in ("initialen", "tussenvoegsel"):
                return 0.92 if is_last or is_first or not common else 0.6
            surname = reading.words[index - 1] in TUSSEN and reading.words[index - 1] not in WEAK_TUSSEN
            if word in lists.places and not (is_first or is_last):
                return 0.85 if surname and (reading.capital[index - 1] or cue == "functie") else 0.0
            if is_first or is_last:
                return 0.92
            if reading.words[index - 1] in _NAMED and not reading.first[index]:
                return 0.75
            if common or (lists.is_word(word) and reading.words[index - 1] not in KIN):
                return 0.55 if self._role_names(reading, index, cue) else 0.0
            return 0.75
        if word in PERSON_VERBS or word in _STATES or (word in CARDINALS and not is_last):
            return 0.0
        if is_first and (not common or word in lists.lower_ok):
            return 0.0 if cue != "titel" and plain_in_small(reading, index, lists) else 0.88
        if cue == "titel" and reading.words[index - 1] not in TUSSEN and noted_of_somebody(word, lists):
            return 0.0
        doctor = len(word) > 3 and reading.words[index - 1] in _DOCTORS and reading.gaps[index] in (". ", ".")
        if cue == "titel" and (short_title(reading, index) or sure_tussen(reading, index) or doctor):
            return 0.85
        if cue in ("titel", "initialen"):
            if is_last or is_first:
                return 0.85 if cue == "titel" or not common else 0.5
            if cue == "initialen" and index > 1 and len(reading.words[index - 2]) == 1 and len(word) > 2:
                return 0.7 if reading.capital[index] else 0.0
            return 0.7 if unknown(word, self.lists) else 0.0
        if is_first and common:
            return 0.7 if (index > 1 and reading.words[index - 2] in POSSESSIVE) or cue == "naam" else 0.0
        if is_last and not common:
            return 0.7
        if len(word) > 3 and unknown(word, self.lists):
            return 0.55
        return 0.5 if self._close_to_kin(reading, index, cue) else 0.0

    def _role_names(self, reading: Reading, index: int, cue: str) -> bool:
        """`begeleider Bakboord`: a capital nobody needs, right behind a role; not `coach Werk` or `consulent Wonen`."""
        word = reading.words[index]
        after = index + 1
        listed = after < len(reading.words) and reading.known_capital[after] and reading.gaps[after] == " "
        return (
            cue in ("functie", "naam")
            and not (cue == "naam" and reading.words[index - 1] in _GREETING)
            and not reading.first[index]
            and not reading.upper[index]
            and len(word) > (3 if cue == "functie" else 1)
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
            cue == "functie"
            and len(word) > 2
            and index > 1
            and reading.gaps[index] == " "
            and reading.words[index - 2] in POSSESSIVE
            and not self.lists.is_word(word)
            and word not in self.lists.places
            and not is_typo(word, STOP | PERSON_VERBS | KIN, frozenset())
        )

    def _free(self, reading: Reading, index: int, is_first: bool, is_last: bool, common: bool) -> float:
        """Nothing announces it: the writing and the lists decide."""
        word, lists = reading.words[index], self.lists
        placed = index > 0 and reading.words[index - 1] in PLACE_WORDS
        if word in lists.places and (placed or not is_first):
            return 0.0
        if index and self._is_no_name_here(reading, index):
            return 0.0
        if common and (reading.shouting or not reading.capital[index]) and plain_in_small(reading, index, lists):
            return 0.0
        if reading.known_capital[index]:
            return self._free_capital(reading, index, is_first, is_last, common)
        if is_first and (not common or word in lists.lower_ok):
            if len(word) < 3 or (
                len(word) == 3
                and not reading.shouting
                and word not in lists.lower_ok
                and not common
                and word not in SHORT_NAMES
            ):
                return 0.0
            return 0.78 if len(word) > 3 else 0.6
        if is_last and not common and len(word) > 4:
            return 0.6
        if not common and len(word) > 5 and self._misspelt(word):
            return 0.55
        if common or len(word) < 4:
            return 0.0
        about = index > 0 and reading.words[index - 1] in _ABOUT and reading.gaps[index] == " "
        if about and unknown(word, lists) and self._usual(reading):
            return 0.5
        told = announced(reading, index, index)
        if not told and (cut_off(reading, index) or self._gives_capitals(reading)):
            return 0.0
        return (LEAST_ANNOUNCED if told else DOUBTED) if self._strange(reading, index) else 0.0

    def _strange(self, reading: Reading, index: int) -> bool:
        """A word that looks like no other, in a text of ordinary Dutch."""
        cut = reading.gaps[index + 1 : index + 2] == ["'"] and reading.words[index + 1] != "s"  # `mien leav'n`
        return not cut and is_stranger(reading.words[index], self.lists) and in_plain_dutch(reading, self.lists)

    def _gives_capitals(self, reading: Reading) -> bool:
        """Who gives one name in mid-sentence its capital, gives it to all; capitals everywhere tell of nobody."""
        return any(big and not opens for big, opens in zip(reading.capital, reading.first, strict=True))

    def _is_no_name_here(self, reading: Reading, index: int) -> bool:
        """`De Maas steeg`, `vier ton`, `de toon`: a river or a noun behind an article, a sum of money."""
        word, before = reading.words[index], reading.words[index - 1]
        if word in CARDINALS and before in _CLOCK:
            return True
        if word in _RIVERS and before == "de":
            return reading.first[index - 1] or not reading.capital[index - 1]
        after = self._follower(reading, index)
        if word == "julie" and after.endswith("en") and after in self.lists.lexicon:
            return True
        if before in _NOUN_FOLLOWS and word in self.lists.lexicon and not reading.known_capital[index]:
            return not reading.shouting or word not in self.lists.last
        return word in _WEIGHED and not reading.capital[index] and (before[0].isdigit() or before in CARDINALS)

    def _free_capital(self, reading: Reading, index: int, is_first: bool, is_last: bool, common: bool) -> float:
        word = reading.words[index]
        starts = reading.first[index]
        if word in STOP_NAMES:
            return 0.0 if starts else 0.7
        follower = self._follower(reading, index)
        if starts and common and follower in _DETERMINERS and reading.gaps[index + 1] == " ":
            return 0.0
        if is_first and (not common or word in self.lists.lower_ok):
            return 0.86
        if role_follows(reading, index) and word not in STOP and (not common or is_first or is_last):
            return 0.8
        if (
            starts
            and is_first
            and follower == "en"
            and index + 2 < len(reading.words)
            and reading.words[index + 2] in self.lists.first
            and (reading.known_capital[index + 2])
        ):
            return 0.8
        if (
            starts
            and is_first
            and follower == "van"
            and index + 2 < len(reading.words)
            and reading.words[index + 2] in ("de", "het", "t", "bij", "hiernaast")
        ):
            return 0.65
        if is_first or is_last:
            if not common:
                return 0.76
            if not starts:
                return 0.78 if is_first else 0.0 if reading.upper[index] else 0.62
            named = self._continues(reading, index) and is_first
            if named:
                return 0.82
            if is_first and follower in PERSON_VERBS and word not in PERSON_VERBS:
                return 0.6
            return 0.6 if self._speaks(reading, index, is_first) else 0.0
        if self._big_tussen(reading, index):
            return 0.7
        strange = starts and len(word) > 3 and not common and not cut_off(reading, index)
        if not strange or not unknown(word, self.lists):
            return 0.0
        if takes_turn(reading, index):
            return 0.7
        return 0.55 if self._usual(reading) or self._speaks(reading, index, True) or aged(reading, index) else 0.0

    def _speaks(self, reading: Reading, index: int, is_first: bool) -> bool:
        """`Kok zei`, `Bram: ja`, `Mo checkt`: a word that opens the sentence and does what only people do."""
        word, after = reading.words[index], index + 1
        if word in STOP or word in KIN or word in PERSON_VERBS or after >= len(reading.words):
            return False
        follower = reading.words[after]
        if follower in _SPEAKING and reading.gaps[after] == " ":
            return True
        if not is_first:
            return takes_turn(reading, index)
        if reading.gaps[after] in (": ", ":", " -> ", " → ", " => ", " = ") and word not in SPEAKERS:
            return True
        third_person = (
            len(follower) > 3 and follower.endswith("t") and follower not in STOP and follower not in _NO_VERB
        )
        return (
            third_person
            and reading.gaps[after] == " "
            and not reading.capital[after]
            and follower in self.lists.lexicon
        )

    def _usual(self, reading: Reading) -> bool:
        """Is the text ordinary Dutch? In dialect or another language an unknown word says nothing."""
        pairs = zip(reading.words, reading.capital, strict=True)
        strange = sum(word not in self.lists.lexicon and not capital for word, capital in pairs)
        return strange <= 2 + len(reading.words) // 10

    def _big_tussen(self, reading: Reading, index: int) -> bool:
        """`De Lint` in mid-sentence; `Van den Bogaerde` anywhere, but `In de Bibliotheek` begins a sentence."""
        begin = self._before_tussen(reading, index, -1)
        if begin == index or not reading.known_capital[begin] or names_a_thing(reading, begin):
            return False
        if reading.first[begin]:
            everyday = reading.words[index] in self.lists.lexicon and not sure_tussen(reading, index)
            return index - begin > 1 and not everyday
        return True

    def _continues(self, reading: Reading, index: int) -> bool:
        """Does a capitalised surname follow, with or without tussenvoegsel?"""
        after = index + 1
        while (
            after < len(reading.words)
            and after - index < 4
            and reading.words[after] in TUSSEN
            and reading.gaps[after] in NAME_GAPS
        ):
            after += 1
        if after >= len(reading.words) or reading.gaps[after] not in NAME_GAPS:
            return False
        word = reading.words[after]
        return (
            reading.capital[after] and word not in STOP and (word in self.lists.last or word not in self.lists.lexicon)
        )

    def _before_tussen(self, reading: Reading, index: int, done: int) -> int:
        begin = index
        while (
            begin - 1 > done
            and index - begin < 4
            and reading.words[begin - 1] in TUSSEN
            and not (is_initial(reading, begin - 1) or dotted_letter(reading, begin - 1))
            and reading.gaps[begin] in JOINS
            and reading.gaps[begin] != "\n"
            and (reading.words[begin - 1] not in WEAK_TUSSEN or reading.words[begin] in TUSSEN)
        ):
            begin -= 1
        while begin < index and reading.words[begin] in WEAK_TUSSEN and not reading.known_capital[begin]:
            begin += 1
        return begin

    def _misspelt(self, word: str) -> bool:
        """A first name of six letters or more with one letter too many or two swapped, and near no other word."""
        near = {word[:cut] + word[cut + 1 :] for cut in range(1, len(word))}
        near |= {
            word[:cut] + word[cut + 1 : cut + 2] + word[cut : cut + 1] + word[cut + 2 :] for cut in range(1, len(word))
        }
        return bool(near & self.lists.first) and unknown(word, self.lists)

    def _diminutive(self, word: str) -> bool:
        """`Gradje`, `Henkske`, `Willemientje`: a known first name with a small ending."""
        return word.endswith(_DIMINUTIVES) and any(
            word.endswith(end) and len(word) - len(end) > 2 and word[: -len(end)] in self.lists.first
            for end in _DIMINUTIVES
        )
