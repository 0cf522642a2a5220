"""A capital in mid-sentence on a word that no list explains is somebody's or something's name; masked and reviewed."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from anonymisation.cues import FIELDS, KIN, PERSON_VERBS, STOP
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_name import public_head
from anonymisation.recognisers.organisation_words import PUBLIC_HEAD, TYPES
from anonymisation.recognisers.person_words import names_a_thing
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_PLACE = words("in te uit naar nabij richting regio omgeving wijk buurt")
_ORGANISATION = words("bij via vanuit stichting van")
_PERSON = words("met door aan tegen voor dankzij namens over en")
_BY = words("door volgens namens dankzij zonder tegen behalve mis miste")
_NEAR = words("met aan over bij van naar via en")
_HELPED_BY = words("bij via vanuit naar inzet plek locatie organisatie aanbieder begeleiding dagbesteding wachtlijst")
_BODIES = words("gemeente gemeentes gemeenten provincie gem waterschap")
_SAMEN = words("samen thuis wonen zorg werk")
_ARTICLES = words("de het t")
_ONE_OF_MANY = words("een geen die dat deze dit elke ieder iedere n zo'n jullie uw")
_DETERMINERS = _ONE_OF_MANY | words("de het mijn onze ons")
_TO = words("op in bij naar van aan")
_TO_OR_NEAR = _TO | _NEAR
_GOING = words(
    "mensen iemand vrijwilligers vrijwilliger medewerkers begeleider begeleidster mevrouw meneer verzorgsters "
    "zit zat zitten ga gaat gaan ging school werkt werkte werk dagbesteding woont woonde verblijft opgenomen stage "
    "groep club lid geplaatst begeleiding zaten gingen wonen therapie opvang"
)
_LINKS = words("op om en voor van de het den der aan zonder")
_OFFICIAL = FIELDS | words(
    "persoonsgebonden budget wet wetboek maatschappelijke ondersteuning participatie langdurige jeugd "
    "zelfredzaamheidsmatrix keukentafel tweede eerste kamer raad staten centrale centraal "
    "nationale nederlandse algemene algemeen sociale sociaal team teams domein beleid juridische zaken dienst "
    "afdeling directie bestuur college gemeenteraad project programma "
    "hoogachtend hoogachting feestdagen kerstdagen jaarwisseling uiteinde groet groeten dank paasdagen "
    "samen vraag uitgangspunt fase tafel actie idee reactie advies onderzoek rapport nieuwsbrief informatie"
)


class CapitalRecogniser(Recogniser):
    """The net under the lists; never certain, so an officer sees what it took."""

    name = "capital"
    labels = ("PERSON", "PLACE", "ORGANISATION")

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Unexplained capitals in view offsets."""
        reading = doc.reading
        if reading.shouting:
            return
        done, writer = -1, _Writer(self.lists, reading)
        for index in doc.seeds:
            word = reading.words[index]
            if index <= done or not reading.capital[index] or not 2 < len(word) <= 40 or not word.isalpha():
                continue
            if index and reading.words[index - 1] in _BODIES:
                done = self._onward(reading, index)
                continue
            first = index
            named = (
                index > 0
                and reading.words[index - 1] in _ARTICLES
                and reading.capital[index - 1]
                and not reading.first[index - 1]
                and reading.gaps[index] == " "
            )
            if names_a_thing(reading, index - named):
                continue
            aloud = named and reading.upper[index] and reading.upper[index - 1] and word in self.lists.lexicon
            if named and not aloud and word not in self.lists.public and word not in STOP:
                first = index - 1
            elif reading.first[index] or not (
                self._unexplained(reading, index)
                or self._sequence(reading, index, writer)
                or self._by_whom(reading, index)
                or (self._at_whose(reading, index) and writer.spares_capitals)
            ):
                continue
            done = self._onward(reading, index)
            yield Found(
                doc.places[first][0], doc.places[done][1], self._label(reading, first, done), 0.55, "hoofdletter"
            )

    def _sequence(self, reading: Reading, index: int, writer: "_Writer") -> bool:
        """Two capitalised words or more in mid-sentence that are no body or law: `Samen Sterk`, `Bewegen op Maat`."""
        after = index + 1
        while after < len(reading.words) and after - index < 3 and reading.words[after] in _LINKS:
            after += 1
        if after >= len(reading.words) or any(reading.gaps[i] != " " for i in range(index + 1, after + 1)):
            return False
        if reading.words[index - 1] in _ONE_OF_MANY or reading.words[index] in KIN:
            return False
        if writer.scatters_capitals:
            return False
        pair = (reading.words[index], reading.words[after])
        if reading.words[index - 1] in _HELPED_BY and not reading.first[index] and self._half_official(pair):
            return reading.known_capital[after] and not reading.upper[index]
        return (
            reading.known_capital[after] and not reading.upper[index] and not any(self._official(word) for word in pair)
        )

    def _official(self, word: str) -> bool:
        """A word of bodies and laws; of which region something is (`Zeeuwse`) says nothing."""
        known = word in self.lists.public and not word.endswith("se")
        return known or word in STOP or word in _OFFICIAL or bool(PUBLIC_HEAD.fullmatch(word))

    def _half_official(self, pair: tuple[str, str]) -> bool:
        """`via Samen Oplopen`, `bij Onder Een Dak`: stop words, but no body, field or law."""
        return not any(
            word not in _SAMEN
            and (word in self.lists.public or word in _OFFICIAL or PUBLIC_HEAD.fullmatch(word) or word in KIN)
            for word in pair
        ) and any(word in STOP or word in _SAMEN for word in pair)

    def _by_whom(self, reading: Reading, index: int) -> bool:
        """`vervangen door Sluimer`: an everyday word with a capital where only somebody's name gets one."""
        return reading.words[index - 1] in _BY and self._lonely(reading, index)

    def _at_whose(self, reading: Reading, index: int) -> bool:
        """`bij Dynamo`, `met Slot`, `zit op de Zonnewijzer`: the same behind other small words, or where people go."""
        before = reading.words[index - 1]
        if (
            before == "t"
            and index > 1
            and reading.gaps[index - 1].endswith("'")
            and reading.words[index - 2] in _TO_OR_NEAR
        ):
            return self._lonely(reading, index)
        if before in _ARTICLES and index > 2 and reading.words[index - 2] in _TO and reading.gaps[index - 1] == " ":
            return not _GOING.isdisjoint(reading.words[max(0, index - 6) : index - 2]) and self._lonely(reading, index)
        return before in _NEAR and self._lonely(reading, index)

    def _lonely(self, reading: Reading, index: int) -> bool:
        """One everyday word with a capital that nothing official explains."""
        word, after = reading.words[index], index + 1
        ends = after >= len(reading.words) or not reading.capital[after] or reading.first[after]
        return (
            reading.gaps[index] == " "
            and not reading.upper[index]
            and ends
            and len(word) > 3
            and not (word in self.lists.public or word in STOP or word in _OFFICIAL or word in TYPES or word in KIN)
            and not PUBLIC_HEAD.fullmatch(word)
        )

    def _is_a_thing(self, reading: Reading, index: int) -> bool:
        """`een Taalcafé`, `die Toets`, `het formulier Wijziging Adres`: behind such a word stands no name."""
        if reading.capital[index - 1] and not reading.first[index - 1]:
            return False
        return reading.words[index - 1] in _DETERMINERS or names_a_thing(reading, index)

    def _unexplained(self, reading: Reading, index: int) -> bool:
        word, lists = reading.words[index], self.lists
        if word in STOP or word in lists.public or word in lists.lexicon or PUBLIC_HEAD.fullmatch(word):
            return False
        if word.endswith("nr") and lists.is_word(word):
            return False
        if self._is_a_thing(reading, index) and lists.is_word(word):
            return False
        if reading.joined(index) or (
            index + 1 < len(reading.words)
            and reading.gaps[index + 1] == "-"
            and reading.words[index + 1] in lists.lexicon
        ):
            return False
        if reading.upper[index]:
            return False
        if word in KIN:
            return False
        return not public_head(word, lists)

    def _onward(self, reading: Reading, last: int) -> int:
        while last + 1 < len(reading.words):
            after = last + 1
            while (
                after < len(reading.words)
                and after - last < 3
                and reading.words[after] in _LINKS
                and reading.gaps[after] == " "
            ):
                after += 1
            if (
                after >= len(reading.words)
                or reading.gaps[after] not in (" ", "-", " & ", " '")
                or not reading.known_capital[after]
                or reading.words[after] in STOP
                or reading.words[after] in self.lists.public
                or len(reading.words[after]) < 2
            ):
                return last
            last = after
        return last

    def _label(self, reading: Reading, first: int, last: int) -> str:
        before = reading.words[first - 1] if first else ""
        after = reading.words[last + 1] if last + 1 < len(reading.words) else ""
        if before in _ARTICLES and first > 1:
            return "PLACE" if reading.words[first - 2] in ("in", "uit") else "ORGANISATION"
        if before in _PLACE:
            return "PLACE"
        if before in _PERSON or after in PERSON_VERBS:
            return "PERSON"
        return "ORGANISATION" if before in _ORGANISATION else "PERSON"


class _Writer:
    """What this writer gives a capital in mid-sentence; counted when first asked, once per text."""

    def __init__(self, lists: Lists, reading: Reading) -> None:
        self._lists, self._reading = lists, reading

    @cached_property
    def spares_capitals(self) -> bool:
        """Capitals are kept for names: fewer than two stand on a relative, a kind of organisation or a service."""
        words = (self._reading.words[index] for index in self._inside())
        return sum(word in KIN or word in TYPES or bool(PUBLIC_HEAD.fullmatch(word)) for word in words) < 2

    @cached_property
    def scatters_capitals(self) -> bool:
        """`Te Veel Papier. Groet van een Boze Burger`: three times a capital on everyday words."""
        reading, runs = self._reading, 0
        for index in self._inside():
            word, goes_on = reading.words[index], reading.capital[index - 1] and not reading.first[index - 1]
            runs += word in self._lists.lexicon and word not in self._lists.first and not goes_on
        return runs > 2

    def _inside(self) -> Iterator[int]:
        """Words of four letters or more with a capital in mid-sentence."""
        reading = self._reading
        for index, capital in enumerate(reading.capital):
            if capital and not reading.first[index] and not reading.upper[index] and len(reading.words[index]) > 3:
                yield index
