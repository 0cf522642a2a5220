"""Is a word a name here? Scores by list, writing and cue."""

from anonymisation.cues import KIN, PERSON_VERBS, SPEAKERS, STOP, TUSSEN, WEAK_TUSSEN
from anonymisation.reading import Reading
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.recognisers.person_announced import AnnouncedWeigher
from anonymisation.recognisers.person_plain import plain_in_small
from anonymisation.recognisers.person_words import (
    JOINS,
    NAME_GAPS,
    PLACE_WORDS,
    SHORT_NAMES,
    STOP_NAMES,
    aged,
    cut_off,
    dotted_letter,
    in_body,
    is_initial,
    is_region,
    names_a_thing,
    role_follows,
    shortened,
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
_ADDRESSING = words("mevrouw meneer mijnheer dhr hr mw mevr mvr mej juffrouw heer tante oom ome oma opa juf meester")
_DETERMINERS = words("mijn een dit deze uw onze ons jullie geen alle mn")
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
_NOUN_FOLLOWS = words("de het een die deze dit geen elke iedere welke goede andere")
_WHERE = words("de het t bij hiernaast")
"""Behind `van`: `Roos van hiernaast`, `Roos van de receptie`."""
_ABOUT = words("over met van door aan tegen zonder via volgens bij dankzij namens")
_DIMINUTIVES = ("je", "tje", "ke", "eke", "ske", "ie", "y", "tsje", "ien")


class PersonWeigher(AnnouncedWeigher):
    """Scores a word of a document as the seed of a name."""

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
        if not (is_first or is_last or common) and cue != "titel" and shortened(reading, index, lists):
            return 0.0
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
            return self._announced(reading, index, cue, is_first, is_last, common)
        return self._free(reading, index, is_first, is_last, common)

    def _ends_in_word(self, word: str) -> bool:
        """`valcursussen`: five letters or more at its end are a word, so they are no ending of a surname."""
        return any(word[cut:] in self.lists.lexicon for cut in range(3, len(word) - 4))

    def _follower(self, reading: Reading, index: int) -> str:
        return reading.words[index + 1] if index + 1 < len(reading.words) else ""

    def _addressed(self, reading: Reading, index: int) -> bool:
        """`dhr. Punt`, `mevrouw Spaans`: behind how people are addressed even the name of a body is a surname."""
        return reading.words[index - 1] in _ADDRESSING and not reading.upper[index]

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
        if about and unknown(word, lists) and self._usual(reading) and not self._ends_in_word(word):
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
        word, starts = reading.words[index], reading.first[index]
        if word in STOP_NAMES:
            return 0.0 if starts else 0.7
        if starts and common and self._precedes_noun(reading, index):
            return 0.0
        if is_first and (not common or word in self.lists.lower_ok):
            return 0.86
        if role_follows(reading, index) and word not in STOP and (not common or is_first or is_last):
            return 0.8
        if is_first or is_last:
            return self._listed_capital(reading, index, is_first, common)
        if self._big_tussen(reading, index):
            return 0.7
        return self._opens_unlisted(reading, index) if starts and not common else 0.0

    def _precedes_noun(self, reading: Reading, index: int) -> bool:
        """`Roept mijn ...`: a determiner follows, so the word is a verb or a small word."""
        return self._follower(reading, index) in _DETERMINERS and reading.gaps[index + 1] == " "

    def _listed_capital(self, reading: Reading, index: int, is_first: bool, common: bool) -> float:
        """A word of the lists of names; where it is an everyday word too, what follows decides."""
        starts = reading.first[index]
        if starts and is_first and (score := self._told_apart(reading, index)):
            return score
        if not common:
            return 0.76
        if not starts:
            return 0.78 if is_first else 0.0 if reading.upper[index] else 0.62
        if is_first and self._continues(reading, index):
            return 0.82
        acts = is_first and self._follower(reading, index) in PERSON_VERBS and reading.words[index] not in PERSON_VERBS
        return 0.6 if acts or self._speaks(reading, index, is_first) else 0.0

    def _told_apart(self, reading: Reading, index: int) -> float:
        """`Roos en Bram`, `Roos van hiernaast`."""
        follower, beyond = self._follower(reading, index), index + 2
        if beyond >= len(reading.words):
            return 0.0
        if follower == "en" and reading.words[beyond] in self.lists.first and reading.known_capital[beyond]:
            return 0.8
        return 0.65 if follower == "van" and reading.words[beyond] in _WHERE else 0.0

    def _opens_unlisted(self, reading: Reading, index: int) -> float:
        """`Xirello zei`, `Xirello (43)`: a word of no list that opens a sentence."""
        word = reading.words[index]
        if len(word) < 4 or cut_off(reading, index) or not unknown(word, self.lists):
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
        if reading.upper[begin] and reading.upper[index] and reading.words[index] in self.lists.lexicon:
            return False  # `TUSSEN DE MIDDAG DICHT` in a text that does not shout
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
