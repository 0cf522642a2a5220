"""Towns, villages, wijken and buurten; `gemeente X` as a body stays, and so do provinces and countries."""

import re
from collections.abc import Iterable

from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_PREPOSITIONS = words(
    "in te uit naar bij rond nabij richting omgeving regio vanuit door wijkteam team buurtteam afdeling afd "
    "locatie vestiging buurt wijk dorp stad plaats woonplaats fan yn ut nei noar"
)
_BODY = words("gemeente gem gemeentehuis gemeenteraad burgemeester waterschap provincie regio veiligheidsregio")
_TEAMS = words(
    "wijkteam team buurtteam jeugdteam gebiedsteam wijkteams dorpsteam kernteam sociaal afdeling afd locatie "
    "vestiging wijkcentrum regioteam wijkbus"
)
_QUARTER = re.compile(
    r"[a-z'\-]{2,24}(?:wijk|buurt|kwartier|polder|dorp|veen|hoven|drecht|wold|woude|broek|horst|recht|kerke|"
    r"kapelle|wierum|sloot|hem|hage|dam|lo|loo|donk|drecht|rode|beek|burg|kerk|huizen|sum|um|ga|terp|stede|"
    r"muiden|zijl|voort)"
)
_DISTRICT = re.compile(r"[a-z'\-]{3,24}(?:wijk|buurt|kwartier|polder|landen)")
_WINDS = words("noord oost zuid west centrum noordoost noordwest zuidoost zuidwest midden")
_HOME = words("woon woont woonde wonen inwoner inwoners inwoonster bewoner bewoners wijk buurt dorp buurtschap gehucht")


class PlaceRecogniser(Recogniser):
    """Listed places by writing and preposition; unlisted ones by their ending."""

    name = "place"
    labels = ("PLACE",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Places in view offsets."""
        reading = doc.reading
        done = -1
        for index in doc.seeds:
            word = reading.words[index]
            if index <= done or len(word) > 40:
                continue
            if length := self._phrase(reading, index) if word in self.lists.place_phrases else 0:
                done = index + length - 1
                yield self._found(doc, index, done, 0.88)
                continue
            score = self._score(reading, index, word)
            if score:
                done = self._wind(reading, index)
                yield self._found(doc, index, done, score)

    def _found(self, doc: Document, first: int, last: int, score: float) -> Found:
        if first > 1 and doc.words[first - 1] in ("de", "het", "t", "den") and doc.words[first - 2] in _TEAMS:
            first -= 1
        start, end = doc.places[first][0], doc.places[last][1]
        if first and doc.text[start - 3 : start].lower() in ("'s-", "’s-"):
            start -= 3
        return Found(start, end, "PLACE", score, "plaats")

    def _phrase(self, reading: Reading, index: int) -> int:
        """Length in words of a listed place of several words at this position, else 0."""
        for phrase in self.lists.place_phrases[reading.words[index]]:
            end = index + len(phrase)
            if tuple(reading.words[index:end]) == phrase and all(
                g in (" ", "-", "'", "-'") for g in reading.gaps[index + 1 : end]
            ):
                common = all(w in self.lists.lexicon for w in phrase)
                if phrase == ("sint", "maarten"):
                    continue
                if (
                    reading.known_capital[end - 1] or not common or (reading.shouting and not common)
                ) and not self._is_body(reading, index):
                    return len(phrase)
        return 0

    def _is_body(self, reading: Reading, index: int) -> bool:
        """`gemeente X` and the like: a body, not where somebody lives."""
        if index > 1 and reading.gaps[index] == "-" and reading.capital[index - 1]:
            index -= 1  # `gemeente Peel-Maas`
        return index > 0 and reading.words[index - 1] in _BODY

    def _score(self, reading: Reading, index: int, word: str) -> float:
        lists = self.lists
        common, listed = word in lists.lexicon, word in lists.places
        if common and not (listed or word in _WINDS):
            return 0.0
        if len(word) < 2 or not word.isalpha() or word in lists.public or self._is_body(reading, index):
            return 0.0
        before = reading.words[index - 1] if index else ""
        article = before in ("de", "het", "t", "den")
        if article and index > 1:
            before = reading.words[index - 2]
        capital = reading.known_capital[index]
        if not (common or listed) and len(word) > 3 and _after_postcode(reading, index):
            return 0.7
        if word in _WINDS:
            return 0.85 if index and reading.words[index - 1] in _TEAMS else 0.0
        if listed:
            return self._listed(capital, common, before, reading, index)
        of_team = before in _TEAMS and "," not in reading.gaps[index]
        if of_team and (capital or not lists.is_word(word)) and (capital or not article):
            return 0.8 if capital else 0.6
        if capital and _DISTRICT.fullmatch(word) and (article or before in _PREPOSITIONS):
            return 0.85
        if article and before in ("in", "uit", "van") and _DISTRICT.fullmatch(word) and not lists.is_word(word):
            return 0.7
        if capital and before in _PREPOSITIONS and not article and _QUARTER.fullmatch(word) and word not in lists.first:
            return 0.7
        return 0.0

    def _listed(self, capital: bool, common: bool, before: str, reading: Reading, index: int) -> float:
        word = reading.words[index]
        person = word in self.lists.first or word in self.lists.last
        cued = before in _PREPOSITIONS
        if capital:
            if cued:
                return 0.92 if before != "door" else 0.6
            if reading.first[index] and common:
                return 0.0
            return 0.6 if person else 0.82
        if _after_postcode(reading, index):
            return 0.85
        if common:
            return 0.75 if cued and reading.shouting and before in ("te", "in", "uit") else 0.0
        if person and not cued:
            return 0.5
        return 0.82 if cued else 0.7 if len(word) > 3 else 0.0

    def _wind(self, reading: Reading, index: int) -> int:
        """`Helmond-Oost`, `Almere Buiten`: the part of town belongs to it."""
        after = index + 1
        if (
            after < len(reading.words)
            and reading.words[after] in _WINDS
            and reading.gaps[after] in ("-", " ")
            and (reading.gaps[after] == "-" or reading.known_capital[after])
        ):
            return after
        return index


def _after_postcode(reading: Reading, index: int) -> bool:
    """Right behind `1234 AB`."""
    return (
        index > 1
        and len(reading.words[index - 1]) == 2
        and len(reading.words[index - 2]) == 4
        and reading.words[index - 2].isdigit()
        and reading.gaps[index] in (" ", "  ", ", ")
        and reading.gaps[index - 1] in ("", " ")
    )
