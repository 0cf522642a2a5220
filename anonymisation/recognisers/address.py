"""A street with its number, in figures or words, and names that only a number makes a street."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from anonymisation.cues import STOP
from anonymisation.gates import FOLDED, HOUSES, WRITTEN, Sought
from anonymisation.names import Lists
from anonymisation.patterns import Pattern, compiled
from anonymisation.recognisers.age.numbers import says_number
from anonymisation.recognisers.dwelling import (
    CALLED,
    NUMBERED_HOUSES,
    dwellings,
    houses_in_town,
    streets_called,
    whole_houses,
)
from anonymisation.recognisers.house import ANY_STREET, THEN, houses
from anonymisation.recognisers.house_number import NOT_HOUSE, NUMBER, STOPNUM
from anonymisation.recognisers.numerals import CARDINALS, spelled
from anonymisation.recognisers.street import (
    ALONG,
    BARE,
    END,
    LIVED_IN,
    NO_LEAD,
    NO_STREET,
    SELDOM_END,
    SURE_END,
    TITLE_WORDS,
    along,
    lived_in,
    streets_alone,
)
from anonymisation.recognisers.street_plain import streets_of_one_case
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_PREFIX = (
    r"(?:(?:onze lieve|lieve|burg|burgemeester|mgr|monseigneur|past|pastoor|kon|koningin|koning|pr|prins|"
    r"prinses|kl|gr|lg|lge|kte|nwe|dr|ds|prof|jan|ir|mr|st|sint|gen|generaal|"
    r"pres|president|min|weth|oude|nieuwe|grote|kleine|lange|korte|eerste|tweede|derde|hoge|lage|noorder|zuider|"
    r"ooster|wester|laan|graaf|baron|jonker|jhr|"
    r"deken|rector|meester|admiraal|kapitein|groot|klein|1e|2e|3e|wethouder|van|vd|v\.d|de|den|der|het|ten|ter|'t|in|"
    r"aan|op|achter|onder|willem|johan|karel|ad|[a-z])\.?[ ])"
)
_FOR_YEARS = r"(?:[ ](?:'\d\d|19\d\d)(?:-'?\d{2,4})?(?= (?:nr|nummer|\d)))?"
"""`plein '40-'45 nr 10`."""
NUMBERED = Sought(
    rf"(?<![\w-]){_PREFIX}{{0,4}}(?:[a-z][a-z'\-]{{1,30}}[ ]){{0,2}}?(?:[a-z'\-]{{2,28}}{END}|straat|laan|weg|"
    rf"plein|gracht|kade|dijk|singel|markt|brink|dreef|hof|pad|steeg|haven|"
    rf"plantsoen|wal|park|plas|dam|hofje|boulevard|erf)(?:[ -](?:(?:noord|oost|zuid|west)"
    rf"(?:zijde|kant)?|noordoost|noordwest|zuidoost|zuidwest|zz|nz|oz|wz|[znow]\.z\.))?{_FOR_YEARS}"
    rf"[ ]?,?[ ]?{NUMBER}{STOPNUM}"
)
_HUNDREDS = r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen)?honderd(?:en)?"
_IN_FULL = rf"(?:{_HUNDREDS}{spelled(CARDINALS, range(1, 100))}|{_HUNDREDS}|{spelled(CARDINALS, range(2, 100))})"
IN_WORDS = compiled(
    rf"(?<![\w-])({_PREFIX}{{0,3}}[a-z'\-]{{2,28}}{END}) (?:op )?(?:nummer )?",
    _IN_FULL,
    r"(?! (?:uur|euro|jaar|keer|kilometer|meter|minuten|weken|dagen|maanden|mensen|adressen|gezinnen|huizen|woningen|"
    r"kinderen|deuren|man|bewoners|plekken|auto's|fietsen|bomen)\b)(?!\w)",
)
"""`de jacob catsstraat honderdtwaalf`: a number in words behind a street."""
HOME_IN_WORDS = compiled(
    r"\b(?:woon|woont|wonen|woonde|wonend|woonachtig|verhuisd|adres:?) (?:nu |al )?(?:op |aan |in |naar |is )"
    r"((?:de |het |'t )?[a-z'\-]{3,28}(?: [a-z'\-]{3,28})?) (?:nummer )?",
    _IN_FULL,
    rf"(?!\w){THEN}",
)
"""`ik woon op kluut achttien`."""
OTHER = re.compile(
    rf"\b(?:woon|woont|wonen|woonde|wonend|woonachtig|[a-z]{{0,14}}adres|adres is|verhuisd|verhuist|"
    rf"verhuizen|logeer|wenje|wen|gehuisvest)(?:[ :]{{1,2}}| = ?)"
    rf"(?:nu |al |sinds kort |samen |hier |zelfstandig |begeleid |is |dan )?"
    rf"(?:op |aan |in |aan de |an de |op de |in de |aan het |op het |in het |oan de )?((?:(?:de|het|'t|den|"
    rf"van) )?[a-z'\-]{{3,28}}(?: [a-z'\-]{{3,28}}){{0,2}} {NUMBER}){STOPNUM}"
)
BEFORE_POSTCODE = re.compile(
    rf"(?<![\w-])((?:[a-z'\-]{{2,28}}\.?[ ]){{1,4}}{NUMBER})(?=[ ]?,?[ ]{{1,2}}[1-9]\d{{3}}[ "
    rf"]?[a-z]{{2}}(?!\w))"
)
SQUARE = re.compile(rf"(?<=\n)((?:[a-z'\-]{{2,28}}\.?[ ]){{1,3}}{NUMBER})(?=\n[1-9]\d{{3}}[ ]?[a-z]{{2}}(?!\w))")
CAPITAL_NUMBER = re.compile(
    rf"(?<![\w.\-])(?:(?:(?:Hoge|Lage|Oude|Nieuwe|Grote|Kleine|Lange|Korte|De|Het|'t|Op|In|Aan|Onder|Achter|Van|"
    rf"Onze|Sint|St\.?|Huize|Laan|Nwe\.?|Gr\.?|Kl\.?|Lge\.?|Mgr\.?|Burg\.?|Dr\.?|Ds\.?|"
    rf"Prof\.?)[ ]){{1,3}}(?:(?:de|der|den|het|'t|van|ten|ter|aan|op|en)[ ]){{0,3}})?"
    rf"([A-Z][a-zà-ÿ'\-]{{3,24}}|[A-Z](?= \d))(?:-[A-Z][a-z]{{2,12}})?[ ](?i:{NUMBER})(?i:{STOPNUM})(?![\w])"
)
NAMED_HOUSE = re.compile(
    rf"\b(?:[Oo]p|[Oo]?[Aa]n|[Aa]an|[Nn]aar|[Vv]anaf|[Aa]dres:?|[Ww]oon(?:t|de)?|[Ww]onen) "
    rf"((?:de|het|'t|De|Het|Den|Ten|In de|Aan de) [A-Z][a-zà-ÿ'\-]{{2,24}} (?i:{NUMBER}))(?i:{STOPNUM})(?!\w)"
)
"""`aan De Hoef 9`, `op het Zand 44`: an article, a capital and a number where people live."""
_ARTICLE_AHEAD = re.compile(r"(?:De|Het|'t|Den|Grote|Kleine|Lange|Korte|Hoge|Lage) ")
"""Before a first name it says that a street is called so: `De Horst 12`, `Grote Beer 7-24`."""
_IN_TOWN = re.compile(r",? (?:in|te) [A-Z]")
_FIRST_NUMBER = re.compile(r"\d{1,4}")
"""`Snelheid 4, Bejegening 8`: up to ten, behind a comma, it is a mark."""
_YEAR = re.compile(r"19[89]\d|20[0-4]\d")
_POSTCODE_NEAR = re.compile(r"[1-9]\d{3} ?[a-z]{2}(?!\w)")
_CALLED = words("nummer nr no huisnummer")
_SIDE = re.compile(r"(?:noord|oost|zuid|west)(?:zijde|kant)?|[noz]z|wz|[znow]\.z\.")
"""`sluiskade noordzijde 3`: between a street and its number."""
_ENDS_SURE = re.compile(rf"(?:{SURE_END}|flat)$")
_ENDS_SELDOM = re.compile(rf"{SELDOM_END}$")
_COUNTS_NOTHING = re.compile(THEN)
_LETTERED = re.compile(r" \d{1,3}(?:[ -]?(?:bis|hs|rood|zwart|huis)| [a-h]|[a-dfgh])(?!\w)", re.IGNORECASE)
"""`Plantage 14 c`: a house, whatever the word before it is."""
_ORDINAL = re.compile(r"\d{1,2}e")
AROUND = re.compile(
    rf"(?<!\w)(?:(?:nummer|nr\.?|huisnummer) \d{{1,4}}[a-z]?(?: (?:van|in|op|aan)|,) (?:de |het |'t )?"
    rf"[a-z'\-]{{2,28}}{SURE_END}|"
    rf"[a-z'\-]{{2,28}}(?:straat|laan|weg|kade|singel|dijk|flat|hof|plein|gracht|dreef) op "
    rf"(?:nummer |nr\.? )?\d{{1,4}}{STOPNUM})(?!\w)"
)
"""`nummer 14 van de Dorpsstraat`, `in de Kerkstraat op 12`."""
NUMBERS = (
    (NUMBERED, 0.95, "straat + nummer"),
    (BEFORE_POSTCODE, 0.9, "voor postcode"),
    (SQUARE, 0.9, "voor postcode"),
    (OTHER, 0.85, "woont"),
)
_IN_FIGURES = HOUSES.gate([*(pattern for pattern, _, _ in NUMBERS), *ANY_STREET, *NUMBERED_HOUSES, AROUND])
_IN_FULL_WORDS = FOLDED.gate([IN_WORDS, HOME_IN_WORDS])
_STREETS = FOLDED.gate([BARE, LIVED_IN, CALLED])
_WITHOUT_NUMBER: dict[Pattern, Callable[[Document, Lists], Iterable[Found]]] = {
    BARE: streets_alone,
    LIVED_IN: lived_in,
    CALLED: streets_called,
}
_ALONG = WRITTEN.gate([ALONG])
_CAPITAL = WRITTEN.gate([CAPITAL_NUMBER, NAMED_HOUSE])


class AddressRecogniser(Recogniser):
    """A number makes any street-like name an address; without one a capital or a list and a preposition."""

    name = "address"
    labels = ("ADDRESS",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.towns = lists.places - lists.lexicon

    def find(self, doc: Document) -> Iterable[Found]:
        """Addresses in view offsets."""
        finds = [*whole_houses(doc.folded, self._once(doc))]
        return [*finds, *_other_numbers(doc.folded, finds)] if doc.figures and finds else finds

    def _once(self, doc: Document) -> Iterable[Found]:
        if doc.figures:
            yield from self._in_figures(doc)
        for pattern in _IN_FULL_WORDS.matching(doc):
            if "honderd" in doc.folded or says_number(doc):
                yield from self._in_words(doc, pattern)
        for pattern in _STREETS.matching(doc):
            yield from _WITHOUT_NUMBER[pattern](doc, self.lists)
        if not doc.reading.shouting and _ALONG.open(doc):
            yield from along(doc, self.lists)

    def _in_figures(self, doc: Document) -> Iterable[Found]:
        may_match = _IN_FIGURES.matching(doc)
        for pattern, score, cue in NUMBERS if may_match else ():
            for match in pattern.finditer(doc.folded) if pattern in may_match else ():
                group = match.re.groups
                start = self._trim(doc, match.start(group), match.end(group))
                if start is not None and not (pattern is NUMBERED and self._everyday(doc, start)):
                    yield Found(start, match.end(group), "ADDRESS", score, cue)
        yield from houses(doc, self.lists, [pattern for pattern in ANY_STREET if pattern in may_match])
        if not doc.reading.shouting and _CAPITAL.open(doc):
            yield from self._capital(doc)
        yield from dwellings(doc, self.lists, [pattern for pattern in NUMBERED_HOUSES if pattern in may_match])
        yield from houses_in_town(doc, self.lists, self.towns)
        yield from streets_of_one_case(doc, self.lists)
        for match in AROUND.finditer(doc.folded) if AROUND in may_match else ():
            yield Found(*match.span(), "ADDRESS", 0.85, "straat en nummer")

    def _in_words(self, doc: Document, pattern: Pattern) -> Iterable[Found]:
        """A number in words, behind what is surely a street or where somebody lives; else behind no Dutch word."""
        for match in pattern.finditer(doc.folded):
            start = self._trim(doc, *match.span(1))
            street = match.group(1).rpartition(" ")[2]
            if start is None or not NOT_HOUSE.isdisjoint(match.group(1).split()) or street in CARDINALS:
                continue
            sure = _ENDS_SURE.search(street) or pattern is HOME_IN_WORDS or _is_home(doc.folded, start)
            if sure or (not self.lists.is_word(street) and _COUNTS_NOTHING.match(doc.folded, match.end())):
                yield Found(start, match.end(), "ADDRESS", 0.85 if sure else 0.6, "nummer in woorden")

    def _capital(self, doc: Document) -> Iterable[Found]:
        """A capitalised word that no list explains with a house number: `Vlasgaard 27`, `Hoge der A 9-26`."""
        for match in NAMED_HOUSE.finditer(doc.text):
            if NOT_HOUSE.isdisjoint(match.group(1).lower().split()):
                yield Found(*match.span(1), "ADDRESS", 0.9, "aan + nummer")
        for match in CAPITAL_NUMBER.finditer(doc.text):
            word = doc.folded[match.start(1) : match.end(1)]
            several = match.start() < match.start(1)
            if (
                word in self.lists.public
                or not NOT_HOUSE.isdisjoint(word.split("-"))
                or (word in self.lists.first and not _ARTICLE_AHEAD.match(doc.text, match.start()))
                or (word in self.lists.last and not several)
            ):
                continue
            year = _YEAR.fullmatch(_FIRST_NUMBER.findall(match.group())[0]) and self._is_plain(word)
            if year or word.endswith(_COUNTERS) or doc.text[match.end() : match.end() + 1] == "/":
                continue
            opens = doc.text[max(0, match.start() - 2) : match.start()].strip(" ") in ("", ".", "\n")
            scored = doc.text.endswith(", ", 0, match.start()) and int(_FIRST_NUMBER.findall(match.group())[0]) <= 10
            if scored and self._is_plain(word) and not several and not _IN_TOWN.match(doc.text, match.end()):
                continue
            everyday = self._is_plain(word) if opens else word in self.lists.lexicon
            told = _LETTERED.search(match.group()) or self._at_home(doc, match.start())
            if everyday and not several and not told:
                continue
            if opens and doc.text.startswith(":", match.end()):
                continue
            yield Found(match.start(), match.end(), "ADDRESS", 0.68, "naam + nummer")

    def _is_plain(self, word: str) -> bool:
        """A Dutch word, or words with a dash between them (`Co-ouderschap`)."""
        return all(len(part) < 3 or self.lists.is_word(part) for part in word.split("-"))

    def _at_home(self, doc: Document, start: int) -> bool:
        """`mijn huis Zwanenbloem 15`, `op de Sloep 46`, `mw Veen (78) Elft 12`: where somebody lives."""
        return _is_home(doc.folded, start) or bool(_NEAR.search(doc.folded, max(0, start - 16), start))

    def _trim(self, doc: Document, start: int, end: int) -> int | None:
        """Begin at the street: leave out words in front that cannot belong to it. None when no street is left."""
        folded, given = doc.folded, doc.text
        words = [(m.start() + start, m.group()) for m in re.finditer(r"[^\s,]+", folded[start:end])]
        numbers = (i for i, (_, w) in enumerate(words) if w[0].isdigit() and not _ORDINAL.fullmatch(w))
        digit = next(numbers, len(words))
        if digit == 0:
            return None
        if words[digit - 1][1].rstrip(".") in ("nummer", "nr", "no", "huisnummer"):
            digit -= 1
        begin = digit - 1
        sided = begin > 0 and (_SIDE.fullmatch(words[begin][1]) or words[begin][1][1:].isdigit())
        begin -= bool(sided)
        shouting = given.isupper()
        if begin < 0 or words[begin][1] in NO_LEAD or (words[begin][1] in STOP and not _is_home(folded, start)):
            return None
        small = shouting or not given[words[begin][0]].isupper()
        if words[begin][1] in NO_STREET and small and not sided and not _POSTCODE_NEAR.search(folded, end, end + 10):
            return None
        while begin > 0 and (
            self._belongs(given, words[begin - 1], words[begin], shouting)
            or (begin > 1 and self._between_capitals(given, words[begin - 2 : begin + 1], shouting))
        ):
            begin -= 1
        while (
            begin < digit - 1
            and words[begin][1] in ("de", "het", "van", "den", "in", "aan", "op")
            and given[words[begin][0]].islower()
            and not (
                words[begin][1] == "van"
                and (words[begin + 1][1] in ("der", "den") or self._half_a_surname(given, words[begin + 1][1]))
            )
        ):
            begin += 1
        one_case = shouting or given.islower()
        return _with_article(folded, words[begin][0]) if one_case and words[begin][1] != "van" else words[begin][0]

    def _everyday(self, doc: Document, start: int) -> bool:
        """`kies 2`, `stierf 4 maart`, `mantelzorgwaardering 2025`: one plain word that only ends like a street."""
        listed = doc.folded[max(0, start - 2) : start] == ", "
        if _POSTCODE_NEAR.search(doc.folded, start, start + 60) or (_is_home(doc.folded, start) and not listed):
            return False
        at = bisect_left(doc.places, (start, 0))
        number = next(
            (i for i in range(at, min(at + 9, len(doc.words))) if doc.words[i].isdigit() or doc.words[i] in _CALLED), 0
        )
        if number <= at:
            return False
        word, reading = doc.words[number - 1], doc.reading
        year = _YEAR.fullmatch(doc.words[number]) and self.lists.is_word(word) and not _ENDS_SURE.search(word)
        if word.endswith(_COUNTERS) or year:
            return True
        named = any(reading.known_capital[i] and not reading.first[i] for i in range(at, number))
        seldom = _ENDS_SELDOM.search(word) and self.lists.is_word(word)
        plain = seldom or (word in self.lists.lexicon and word not in self.lists.streets)
        return bool(plain) and not named and not _ENDS_SURE.search(word)

    def _belongs(self, given: str, word: tuple[int, str], following: tuple[int, str], shouting: bool) -> bool:
        """Is a word before the street, or before what belongs to it, part of its name?"""
        place, text = word
        plain = text.rstrip(".")
        if given[place].isupper() and not shouting:
            return text.strip(".") not in NO_LEAD or text.strip(".") in _SMALL_WITHIN
        if plain in TITLE_WORDS or plain in ("vd", "v.d", "der", "den", "ter", "ten"):
            return True
        if text == "v.":
            return given[following[0]].isupper() and given[place - 1 : place] in ("", " ")
        one_case = shouting or given.islower()
        if plain in ("van", "de", "het", "'t"):
            capital = given[following[0]].isupper() and not shouting
            return capital if plain == "'t" else one_case and self._inside_a_name(given, place, plain, following[1])
        return one_case and self._is_first_name(plain)

    def _inside_a_name(self, given: str, place: int, small: str, following: str) -> bool:
        """`van speyk…`, `van der valk…`, `jan van galen…`, `burgemeester de vries…` in a text without a second case."""
        if small == "van" and (following in ("der", "den") or self._half_a_surname(given, following)):
            return True
        head = given[:place].rstrip().rpartition(" ")[2].strip(".,").lower()
        return head in TITLE_WORDS or self._is_first_name(head)

    def _is_first_name(self, word: str) -> bool:
        lists = self.lists
        return word in lists.first and (word not in lists.lexicon or word in lists.lower_ok)

    def _half_a_surname(self, given: str, street: str) -> bool:
        """`van speykstraat` in a text without a second case: before the kind of street stands no word."""
        stem = _ENDS_SURE.sub("", street)
        one_case = given.islower() or given.isupper()
        return one_case and len(stem) > 3 and stem != street and not self.lists.is_word(stem)

    def _between_capitals(self, given: str, words: list[tuple[int, str]], shouting: bool) -> bool:
        """`Graaf van Rechterenlaan`: the small word between two capitals belongs to the street."""
        (before, head), (_, small), (behind, _) = words
        return (
            small in ("van", "de", "het", "en", "in", "op", "aan")
            and not shouting
            and given[before].isupper()
            and given[behind].isupper()
            and head.strip(".") not in NO_LEAD
        )


def _other_numbers(text: str, finds: Iterable[Found]) -> Iterable[Found]:
    """The same street with another number: `Havenzicht 117 en niet Havenzicht 171`."""
    streets = {match.group(): one.score for one in finds if (match := _STREET.match(text, one.start, one.end))}
    for street, score in streets.items():
        at = text.find(street)
        while at >= 0:
            if match := _ITS_NUMBER.match(text, at + len(street)):
                yield Found(at, match.end(), "ADDRESS", min(score, 0.8), "zelfde straat")
            at = text.find(street, at + 1)


def _with_article(text: str, start: int) -> int:
    """Where no capital tells, an article may be part of the name: `, de meent 44,`, `, in de bongerd 5`."""
    match = _ARTICLE.search(text, max(0, start - 12), start)
    return match.start() if match else start


def _is_home(text: str, start: int) -> bool:
    return bool(_HOME.search(text, max(0, start - 40), start))


_HOME = re.compile(
    r"(?:\b(?:woon|woont|wonen|woonde|wonend|adres|huis|huisje|flat|woning|huisverbod|huisbezoek|hb|verhuisd|"
    r"verhuist|pand|appartement|kamer|bezoekadres|postadres|thuisadres|thuis|locatie|loc|studio|"
    r"bezorgd|taxi|busje|bewoner)[ :,]{1,2}"
    r"(?:is |nu |al |naar |op |aan |in |van |de |het |'t ){0,3}|\badres(?: [a-z]{2,8}){1,2}: ?|"
    r"\b(?:straat|adres|huis|woning) [(]|"
    r"\b(?:naar|op|aan|vanaf|bij) (?:de |het |'t )?|, )$"
)
_NEAR = re.compile(r"(?:\b(?:voor|van|tegenover|langs) (?:de |het |'t )?|\) )$")
_ARTICLE = re.compile(r"(?:(?:^|(?<=, )|(?<=\n))(?:in|aan|op) |(?<![\w']))(?:de|het|'t|den) $")
_STREET = re.compile(r"[a-z'][^\d\n]{3,40} (?=\d)")
_ITS_NUMBER = re.compile(rf"{NUMBER}{STOPNUM}(?!\w)")
_COUNTERS = (
    "nummer", "nr", "code", "codes", "kenmerk", "team", "groep", "model", "versie", "dag", "kaart", "plan", "formulier",
    "verzekering", "uitkering", "vordering", "regeling",
)  # fmt: skip
_SMALL_WITHIN = words("onze van de het achter onder in op aan")
