"""Names of people: lists say what can be a name, cues and writing decide whether it is one here."""

import re
from collections.abc import Iterable

from anonymisation.cues import (
    KIN, MIDDLE, NAMING, PERSON_VERBS, SPEAKERS, STOP, TITLES, TUSSEN, WEAK_TUSSEN,
)
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.view import fold

LISTED = re.compile(r"(?<!\w)([A-ZÀ-Þ][\w'\-]{2,24}), (?:[A-Z]\.[ ]?){1,4}(?!\w)")
SURNAME_SHAPE = re.compile(
    r"[a-z]{2,14}(?:stra|sma|inga|enga|oglu|owski|owska|ewski|ewska|inski|inska|czyk|wicz|enko|chuk|escu|opoulos|yan|persad|dien|singh|sing|ovic|evic|"
    r"ova|eva|kov|lov|mov|nov|rov|sov|huizen|huis|mans|sen|ssens|ink|ingh|kamp|veld|hof|horst|stad|gaard|meijer|meyer|maier|dijk|zadeh|zada|zai|nejad|"
    r"pour|vili|dze|ides|akis|sson|pillai|raj|nathan|lingam|swamy|jee|wala|walla|essy|upessy|lopulu|mariam|michael|selassie|egziabher)"
)
_JOINS = frozenset((" ", "-", "'", " '", "\u00a0", "  ", ". ", ".", " - ", "\n"))
_NAME_GAPS = frozenset((" ", "-", "'", " '", "  "))
_INITIAL_GAPS = frozenset((".", ". ", " ", ".-"))
_ABBREVIATIONS = frozenset(
    "ivm ipv tov dmv oa ed enz nav ism tav tnv mbt bv mn ab zgn aub nvt tgv evt iig imv adhv igv ea am pm cq va mi pw pj nl ovv iov tzt dwz maw "
    "oid eo jl ll zoz avg db hb tc ro vc wo ma di do vr za zo u v dd".split()
)
_PLACE_WORDS = frozenset("in te uit naar nabij richting omgeving regio".split())
_POSSESSIVE = frozenset("mijn m'n onze ons zijn z'n haar hun uw je jouw d'r mien mine onzen us ús myn de een ene".split())


class PersonRecogniser(Recogniser):
    """Finds seeds (a word that is a name here) and grows them over initials, tussenvoegsels and surnames."""

    name = "person"
    labels = ("PERSON",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self._names = lists.first | lists.last

    def find(self, doc: Document) -> Iterable[Found]:
        """Names in view offsets."""
        reading = doc.reading
        done = -1
        for index in doc.seeds:
            word = reading.words[index]
            if index <= done or len(word) < 2 or word[0].isdigit() or (word in STOP and not self._after_capital_tussen(reading, index)):
                continue
            if len(word) == 2 and doc.text[doc.places[index][1]:doc.places[index][1] + 1] == "." and word in ("th", "ch", "ph", "ij", "tj", "fr", "st", "cl"):
                continue
            if word in TUSSEN and not (word in self.lists.first and reading.known_capital(index) and not self._continues_tussen(reading, index)):
                continue
            if not (reading.capital[index] or word in self._names or word not in self.lists.lexicon or _short_title(reading, index)):
                continue
            begin, cue = self._lead(reading, index, done)
            score = self._score(reading, index, cue)
            if score:
                last = self._grow(reading, index, begin)
                done = last
                start, end = doc.places[begin][0], doc.places[last][1]
                yield Found(start, _without_genitive(self.lists, reading, last, start, end), "PERSON", score, cue)
                other = self._paired(reading, last)
                if other:
                    yield Found(*doc.places[other], "PERSON", 0.7, "en/of")
        yield from self._initials_only(doc, reading)
        for match in LISTED.finditer(doc.text):
            if fold(match.group(1)) not in self.lists.public and fold(match.group(1)) not in STOP:
                yield Found(*match.span(), "PERSON", 0.85, "achternaam, voorletters")

    def _continues_tussen(self, reading: Reading, index: int) -> bool:
        """Is this capitalised small word the beginning of a surname (`El Amrani`) rather than a first name (`Al`)?"""
        after = index + 1
        return after < len(reading.words) and reading.gaps[after] == " " and reading.known_capital(after) and reading.words[after] not in STOP

    def _after_capital_tussen(self, reading: Reading, index: int) -> bool:
        """`Ter Haar`, `De Goede`: a stop word that a capital tussenvoegsel makes a surname."""
        return (index > 0 and reading.known_capital(index) and reading.words[index - 1] in ("ter", "ten", "de", "den", "van", "der", "in")
                and reading.known_capital(index - 1)
                and (reading.words[index] in self.lists.last or reading.words[index] in ("haar", "goede", "groot", "jong", "zelf", "laat")))

    def _paired(self, reading: Reading, last: int) -> int:
        """`Jansen of Janssens`: index of a capitalised word that stands beside a name, or 0."""
        other = last + 2
        if other < len(reading.words) and reading.words[last + 1] in ("en", "of") and reading.gaps[last + 1] == reading.gaps[other] == " ":
            word = reading.words[other]
            if reading.known_capital(other) and word not in STOP and word not in self.lists.public and len(word) > 2:
                return other
        return 0

    def _announced(self, reading: Reading, index: int) -> bool:
        """A lower-case word nobody knows, behind a word that announces a name."""
        if reading.words[index] in self.lists.lexicon:
            return False
        back = index - 1
        while back >= 0 and index - back < 4 and (reading.words[back] in TUSSEN or len(reading.words[back]) == 1):
            back -= 1
        return back >= 0 and (reading.words[back] in TITLES or reading.words[back] in KIN or reading.words[back] in NAMING
                              or back < index - 1)

    # --- what stands before the word

    def _lead(self, reading: Reading, index: int, done: int) -> tuple[int, str]:
        """Where the name begins (initials and tussenvoegsels included) and which cue stands before it."""
        begin = self._before_tussen(reading, index, done)
        initials = self._before_initials(reading, begin, done)
        before = initials - 1
        cue = _cue(reading, before, initials) if before > done or before >= 0 else ""
        if initials < begin:
            return initials, cue or "initialen"
        if begin < index and not cue and not reading.known_capital(index):
            return (begin if reading.words[index] in self.lists.last else index), cue
        if begin < index and any(w in ("v", "vd", "vdr") for w in reading.words[begin:index]) and reading.known_capital(index):
            return begin, cue or "tussenvoegsel"
        if begin < index and not cue and not self._tussen_belongs(reading, begin, index):
            return index, cue
        return begin, cue

    def _tussen_belongs(self, reading: Reading, begin: int, index: int) -> bool:
        """`De Wit` in mid-sentence, or `van den Berg`; a lower-case `van Jan` is just a preposition."""
        if reading.known_capital(begin) and not reading.first[begin]:
            return True
        word = reading.words[index]
        if begin == index - 1:
            return word in self.lists.last and word not in self.lists.first and reading.words[begin] in ("van", "de", "ter", "ten")
        return word in self.lists.last

    def _before_tussen(self, reading: Reading, index: int, done: int) -> int:
        begin = index
        while (begin - 1 > done and index - begin < 4 and reading.words[begin - 1] in TUSSEN
               and reading.gaps[begin] in _JOINS and reading.gaps[begin] != "\n"
               and (reading.words[begin - 1] not in WEAK_TUSSEN or reading.words[begin] in TUSSEN)):
            begin -= 1
        while begin < index and reading.words[begin] in WEAK_TUSSEN and not reading.known_capital(begin):
            begin += 1
        return begin

    def _before_initials(self, reading: Reading, begin: int, done: int) -> int:
        """Single letters with dots (or capitals without) directly before the name."""
        start = begin
        while start - 1 > done and begin - start < 6 and len(reading.words[start - 1]) <= 2:
            letter, gap = reading.words[start - 1], reading.gaps[start]
            single = len(letter) == 1 or letter in ("th", "ch", "ph", "ij", "tj", "fr", "st")
            if not single or not letter.isalpha() or gap not in _INITIAL_GAPS:
                break
            if letter.isalpha() and gap != " " and reading.capital[start - 1] != reading.capital[begin]:
                break
            if gap == " " and (not reading.known_capital(start - 1) or reading.first[start - 1]):
                break
            start -= 1
        if start < begin:
            letters = "".join(reading.words[start:begin])
            if letters in _ABBREVIATIONS and not reading.capital[start]:
                return begin
            if start > 0 and not reading.gaps[start]:
                return begin
        return start

    # --- is it a name here?

    def _score(self, reading: Reading, index: int, cue: str) -> float:
        word, lists = reading.words[index], self.lists
        is_first, is_last = word in lists.first, word in lists.last
        if not (is_first or is_last or word in lists.lexicon):
            is_first, is_last = self._diminutive(word), bool(SURNAME_SHAPE.fullmatch(word))
        if not (is_first or is_last) and word.endswith("s") and len(word) > 4 and word[:-1] in lists.first and word not in lists.lexicon:
            is_first = True
        common = word in lists.lexicon
        if word in lists.public and not (is_last and cue in ("titel", "initialen") and (reading.capital[index] or cue == "initialen")):
            return 0.0
        if index and reading.words[index - 1] in ("sint", "st", "gemeente", "santa") and cue != "titel":
            return 0.0
        if cue:
            return self._cued(reading, index, cue, is_first, is_last, common)
        return self._free(reading, index, is_first, is_last, common)

    def _cued(self, reading: Reading, index: int, cue: str, is_first: bool, is_last: bool, common: bool) -> float:
        """A title, kin word, naming verb or initials stand before it."""
        word, lists = reading.words[index], self.lists
        if reading.known_capital(index):
            if cue == "titel":
                return 0.95
            if cue in ("initialen", "tussenvoegsel"):
                return 0.92 if is_last or is_first or not common else 0.6
            if word in lists.places and not (is_first or is_last):
                return 0.0
            if is_first or is_last:
                return 0.92
            return 0.0 if common or lists.is_word(word) and reading.words[index - 1] not in KIN else 0.75
        if word in PERSON_VERBS:
            return 0.0
        if is_first and (not common or word in lists.lower_ok):
            return 0.88
        if cue == "titel" and _short_title(reading, index):
            return 0.8
        if cue in ("titel", "initialen"):
            if is_last or is_first:
                return 0.85 if cue == "titel" or not common else 0.5
            if cue == "initialen" and index > 1 and len(reading.words[index - 2]) == 1 and len(word) > 2:
                return 0.7 if reading.capital[index] else 0.0
            return 0.7 if self._unknown(word) else 0.0
        if is_first and common:
            return 0.7 if index > 1 and reading.words[index - 2] in _POSSESSIVE or cue == "naam" else 0.0
        if is_last and not common:
            return 0.7
        return 0.55 if len(word) > 3 and self._unknown(word) else 0.0

    def _free(self, reading: Reading, index: int, is_first: bool, is_last: bool, common: bool) -> float:
        """Nothing announces it: the writing and the lists decide."""
        word, lists = reading.words[index], self.lists
        placed = index > 0 and reading.words[index - 1] in _PLACE_WORDS
        if word in lists.places and (placed or not is_first):
            return 0.0
        if reading.known_capital(index):
            return self._free_capital(reading, index, is_first, is_last, common)
        if is_first and (not common or word in lists.lower_ok):
            if len(word) < 3 or (len(word) == 3 and not reading.shouting and word not in lists.lower_ok and not common
                                 and word not in _SHORT_NAMES):
                return 0.0
            return 0.78 if len(word) > 3 else 0.6
        if is_last and not common and len(word) > 4:
            return 0.6
        if not common and len(word) > 5 and self._misspelt(word):
            return 0.55
        if is_last and common and index > 0 and reading.words[index - 1] in TUSSEN and reading.shouting:
            return 0.0
        return 0.0

    def _free_capital(self, reading: Reading, index: int, is_first: bool, is_last: bool, common: bool) -> float:
        word = reading.words[index]
        starts = reading.first[index]
        follower = reading.words[index + 1] if index + 1 < len(reading.words) else ""
        if is_first and (not common or word in self.lists.lower_ok):
            return 0.86
        if self._role_follows(reading, index) and word not in STOP and (not common or is_first or is_last):
            return 0.8
        if starts and is_first and follower == "en" and index + 2 < len(reading.words) and reading.words[index + 2] in self.lists.first and (
                reading.known_capital(index + 2)):
            return 0.8
        if starts and is_first and follower == "van" and index + 2 < len(reading.words) and reading.words[index + 2] in ("de", "het", "t", "bij", "hiernaast"):
            return 0.65
        if is_first or is_last:
            if not common:
                return 0.76
            if not starts:
                return 0.78 if is_first else 0.62
            named = self._continues(reading, index) and is_first
            if named:
                return 0.82
            return 0.6 if is_first and follower in PERSON_VERBS and word not in PERSON_VERBS else 0.0
        return 0.7 if self._big_tussen(reading, index) else 0.0

    def _big_tussen(self, reading: Reading, index: int) -> bool:
        """`Van den Bogaerde`, `De Lint`: a capital tussenvoegsel in mid-sentence, or two of them anywhere."""
        begin = self._before_tussen(reading, index, -1)
        return begin < index and reading.known_capital(begin) and (not reading.first[begin] or index - begin > 1)

    def _role_follows(self, reading: Reading, index: int) -> bool:
        """`Mo, wijkagent`; `Selma (consulent)`."""
        after = index + 1
        return after < len(reading.words) and reading.gaps[after] in (", ", " (", ", de ", " - ") and (
            reading.words[after] in KIN or (reading.words[after] in ("onze", "mijn", "de", "hun", "zijn", "haar")
                                            and after + 1 < len(reading.words) and reading.words[after + 1] in KIN))

    def _continues(self, reading: Reading, index: int) -> bool:
        """Does a capitalised surname follow, with or without tussenvoegsel?"""
        after = index + 1
        while after < len(reading.words) and after - index < 4 and reading.words[after] in TUSSEN and reading.gaps[after] in _NAME_GAPS:
            after += 1
        if after >= len(reading.words) or reading.gaps[after] not in _NAME_GAPS:
            return False
        word = reading.words[after]
        return reading.capital[after] and word not in STOP and (word in self.lists.last or word not in self.lists.lexicon)

    def _misspelt(self, word: str) -> bool:
        """A first name of six letters or more with one letter too many or two swapped, and near no other word."""
        near = {word[:cut] + word[cut + 1:] for cut in range(1, len(word))}
        near |= {word[:cut] + word[cut + 1:cut + 2] + word[cut:cut + 1] + word[cut + 2:] for cut in range(1, len(word))}
        return bool(near & self.lists.first) and self._unknown(word)

    def _diminutive(self, word: str) -> bool:
        """`Gradje`, `Henkske`, `Willemientje`: a known first name with a small ending."""
        return any(word.endswith(end) and len(word) - len(end) > 2 and word[:-len(end)] in self.lists.first
                   for end in ("je", "tje", "ke", "eke", "ske", "ie", "y", "tsje", "ien"))

    def _unknown(self, word: str) -> bool:
        """Not a word, not a compound, not a place, not a word with one typing error."""
        lists = self.lists
        return not (word in lists.places or word in lists.proper or lists.is_word(word) or _typo(word, lists.lexicon, lists.first))

    # --- how far does it go?

    def _grow(self, reading: Reading, index: int, begin: int) -> int:
        """Index of the last word of the name."""
        last, parts = index, 0
        lower = not reading.known_capital(index)
        while last + 1 < len(reading.words) and parts < 5:
            after = last + 1
            while (after < len(reading.words) and after - last < 4 and reading.gaps[after] in _NAME_GAPS and not _initial(reading, after)
                   and (reading.words[after] in TUSSEN or (reading.words[after] in MIDDLE and lower))):
                after += 1
            if lower and after - last > 1 and reading.words[after - 1] in ("fat", "san", "kon", "hung", "sang", "fa") and reading.words[last + 1] in MIDDLE | TUSSEN:
                last = after - 1
                break
            if after >= len(reading.words) or reading.gaps[after] not in _NAME_GAPS:
                break
            if not self._surname(reading, after, after - last - 1, lower):
                break
            last, parts = after, parts + 1
        return last

    def _surname(self, reading: Reading, after: int, between: int, lower: bool) -> bool:
        """Is the word at `after` part of the name that stands before it?"""
        word, lists = reading.words[after], self.lists
        only_weak = between > 0 and all(w in WEAK_TUSSEN for w in reading.words[after - between:after])
        if word in STOP or word[0].isdigit() or (word in lists.public and not (reading.known_capital(after) and (word in lists.last or word in lists.first))):
            return False
        if len(word) == 1:
            return _initial(reading, after) and not between
        if reading.known_capital(after):
            if between:
                return not only_weak or word in lists.last
            seed = reading.words[after - 1] in lists.first and reading.gaps[after] == " "
            return word in lists.last or word in lists.first or word not in lists.lexicon or seed
        if reading.gaps[after] == "-":
            return word in lists.first or word in lists.last or (lower and word not in lists.lexicon)
        if only_weak or not lower:
            return False
        if word in lists.last or word in lists.first:
            strong = word not in lists.lexicon or word in lists.lower_ok
            return strong or (word in lists.last and word not in PERSON_VERBS and (between > 0 or len(word) > 3))
        return len(word) > 3 and self._unknown(word)

    # --- initials that stand alone

    def _initials_only(self, doc: Document, reading: Reading) -> Iterable[Found]:
        """`K.` after a cue, and letter words such as BvD."""
        for index in doc.seeds:
            word = reading.words[index]
            start, end = doc.places[index]
            if len(word) == 1 and reading.capital[index] and index and doc.text[end:end + 1] == ".":
                cue = _cue(reading, index - 1, index)
                follows = doc.text[end + 1:end + 3]
                if cue and not (follows[:1].isalpha() or follows[1:2].isupper()):
                    yield Found(start, end + 1, "PERSON", 0.75, cue)
            elif 2 < len(word) < 7 and reading.capital[index] and not reading.upper[index] and _letter_word(doc.text[start:end]):
                yield Found(start, end, "PERSON", 0.8, "paraaf")


_SHORT_NAMES = frozenset("ali ayo ada aya eda ece ela efe nur sam tom tim ben lea leo mia ida ivo pim guy kai jip pam rob roy ria cor ger bep dré daan els ans ank ies wil bas gea joy jos leo lex liv luc mae max may moos noa odo oya pia rie ton uma zoe aad abe".split())


def _cue(reading: Reading, before: int, begin: int) -> str:
    """What the word before a name says, or an empty string."""
    if before < 0 or begin >= len(reading.words):
        return ""
    gap = reading.gaps[begin]
    word = reading.words[before]
    if "\n" in gap and word not in NAMING:
        return ""
    if word in TITLES and gap in (" ", ". ", ".", "  ", ": ", " (", ". ("):
        return "titel"
    plain = gap.strip()
    if word in KIN and plain in ("", ",", ":", "(", "=", "'", "\"", "-", "/", ".") and not (plain in (".", "") and reading.first[begin]):
        if plain == ":" and word in SPEAKERS:
            return ""
        return "functie" if plain in ("", "=", ":", "(", "-", "/") or reading.capital[begin] else ""
    if word in NAMING and plain in ("", ",", ":", ".", ",\n", "=", "'", "\"", "!"):
        return "naam"
    if word == "ben" and before and reading.words[before - 1] == "ik" and plain == "":
        return "naam" if reading.capital[begin] else ""
    if word in ("is", "was") and before and reading.words[before - 1] in ("naam", "voornaam", "achternaam"):
        return "naam"
    if word == "met" and before and reading.words[before - 1] in ("gesproken", "spreekt", "gebeld", "contact", "gesprek") and plain == "":
        return "naam" if reading.capital[begin] else ""
    return ""


def _short_title(reading: Reading, index: int) -> bool:
    """`dhr.` and `mw.` are followed by nothing but a name."""
    return index > 0 and reading.words[index - 1] in ("dhr", "mw", "mevr", "mvr", "hr")


def _initial(reading: Reading, index: int) -> bool:
    """A capital letter with a dot behind it."""
    start, end = reading.doc.places[index]
    return end - start == 1 and reading.capital[index] and reading.doc.text[end:end + 1] == "."


def _without_genitive(lists: Lists, reading: Reading, last: int, start: int, end: int) -> int:
    """`Annemieks` is masked as `Annemiek`."""
    word = reading.words[last]
    if word.endswith("s") and word not in lists.first and word not in lists.last and word[:-1] in lists.first:
        return end - 1
    return end


def _letter_word(word: str) -> bool:
    """Capital, one to three of v d n t, capital: initials of a name with a tussenvoegsel."""
    middle = word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return word[-1:].isupper() and 1 <= len(middle) <= 3 and set(middle) <= set("vdnt") and word[0].isupper()


def _typo(word: str, lexicon: frozenset[str], names: frozenset[str]) -> bool:
    """One letter too many, too few or swapped away from a known word that is no name."""
    near = {word[:cut] + word[cut + 1:] for cut in range(len(word))}
    near |= {word[:cut] + word[cut + 1:cut + 2] + word[cut:cut + 1] + word[cut + 2:] for cut in range(len(word))}
    near |= {word[:cut] + letter + word[cut:] for cut in range(1, len(word) + 1) for letter in "entrdka"}
    return not (near & lexicon).issubset(names)
