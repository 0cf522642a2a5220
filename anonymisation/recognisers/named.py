"""Names that the form of the text gives away, whatever the word: spelled out, in a list of those present, a paraph."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from anonymisation.cues import FIELDS, KIN, NAMING, STOP
from anonymisation.gates import WRITTEN
from anonymisation.names import Lists
from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.organisation_words import PUBLIC_HEAD, TYPES
from anonymisation.recognisers.person_words import ABBREVIATIONS
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.view import fold
from anonymisation.wordset import words

_KIN = any_of(" ".join(sorted(KIN)))
_OWN = any_of("mijn mn m'n onze ons zijn zn z'n haar d'r hun de een")
_NAME = r"[A-Za-zÀ-ÿ][a-zà-ÿA-Z'\-]{1,20}"
_CAPITAL = r"[A-ZÀ-Þ][a-zà-ÿ'\-]{1,20}"
_STARTS = r"(?:^|[.!?:\n\"] ?)"

SPELLED = re.compile(
    r"(?<![\w\-'])(?:[A-Z]\. ?){0,3}[a-zA-ZÀ-ÿ]([ \-]| - |, )(?:[a-zA-ZÀ-ÿ]\1){2,18}[a-zA-ZÀ-ÿ](?![\w\-'])"
)
"""`J a n s e n`, `M. d e  V r i e s`, `J-A-N-S-E-N`."""
PRESENT = re.compile(
    r"(?i:\b(?:aanwezig(?:en)?|afwezig|afgemeld|afmeldingen?|afmelding|verslag|notulen|notulist|voorzitter|"
    r"deelnemers|cc|kopie|actiehouder|contactpersoon|contactpersonen|behandelaar|casusregie|regie|ondertekend|"
    r"opgesteld door|verslag door|t\.?a\.?v\.?|betrokken|namen|kinderen|gezin|gezinsleden|bewoners|cliënten|clienten|"
    r"genodigden|uitgenodigd)) ?: ?([^\n:]{2,160})"
)
_ITEMS = re.compile(
    rf"(?:^|[,;&/+]|\ben\b) ?({_CAPITAL}(?: (?:(?:van|de|der|den|ter|ten|el) ){{0,2}}{_CAPITAL}){{0,2}})"
)
PARAPH = re.compile(r"(?:[.!?)\n] ?|  |- )([A-Z]{2,3})\.?\s{0,3}$")
CALLED = re.compile(
    rf"\bdie (?:zich )?({_NAME}) (?:heet|heette|heetten)\b|(?<!\w)({_CAPITAL}) heet(?:te)? (?:hij|ze|zij|die|ie|mijn)\b"
)
RELATED = compiled(
    rf"(?:^|[.!?,;\n] ?|\b(?:en|met|van|door) )({_NAME}), (?:dat (?:is|was) {_OWN} ?|(?:mijn|mn|m'n|onze) ){_KIN}\b"
)
SIGNED = re.compile(
    r"(?i:\b(?:groet(?:en|jes)?|gr|grtz|grtjs|mvg|liefs|xx?x?)\.?,? )([A-Za-z]{1,3})\.?(?=\s{0,3}$|[.\n'\",])"
)
LETTER = re.compile(
    rf"{_STARTS}([A-Z]\.) (?:wil|wilde|belt|belde|zegt|zei|komt|kwam|heeft|had|vraagt|vroeg|gaat|ging|woont|kan|moet|"
    r"krijgt|vindt|vond|weet|mailt|mailde|werkt|zit|slaapt|is|was)\b|"
    r"\b(?:met|door|alleen|namens) ([A-Z]\.)(?=,| [a-z])|(?<![\w.])([A-Z]\.)(?= \(\d{1,2}[),])|"
    r"(?<![\w.])(v\.? ?d\.? ?[A-Z]\.)(?!\w)"
)
"""`T. wil niet`, `samen met I., die`, `v.d.V.`."""
NICKNAME = re.compile(
    rf"\b(?:noem|noemt|noemde|noemden|noemen) (?:hem|haar|mij|me|ons|mezelf|zichzelf) (?:de |het )?({_CAPITAL})|"
    rf"\bzich ([A-ZÀ-Þ][a-zà-ÿ'\-]{{0,20}}) (?:noemt|noemde|noemden|noemen)\b|"
    rf"{_STARTS}({_NAME})[.,] [Dd]at is (?:de|mijn|zijn|haar|een|mn|m'n) (?:bij|roep|voor|koos|schuil|straat)naam"
)
SAYS = re.compile(
    rf"(?:^|[.!?\n:'\"] ?)({_CAPITAL}),? (?:zeg ik|zeggen (?:we|ze|wij)|zeiden (?:we|wij|ze)|noem ik|"
    rf"noemen (?:we|wij|ze))\b|"
    r"(?<!\w)([A-Z][a-z]{2,16}(?:je|ke)), (?:zegt|zei|zeiden|zeggen) (?:hij|ze|zij|wij|we)\b|"
    rf"\b(?:zegt|zei|zeg|vroeg|riep|roept)(?: [a-z]{{1,12}}){{0,3}}[:,] ['\"]?({_CAPITAL})(?=, )"
)
ASKED = re.compile(
    r"(?i:\b(?:noemen|noemt|noemden|bijnaam|roepnaam|voornaam|achternaam|heet(?:te)? (?:u|je|hij|ze|zij|uw|je|die))"
    rf"\b[^?\n]{{0,40}}\?)\n[A-Za-z]{{1,14}}[.:] (?:De |Het )?({_CAPITAL})(?=[.,!])"
)
"""`Hoe noemen ze u?` and on the next line `De Kapitein.`"""
FAREWELL = re.compile(r"(?:[a-z][.!?]\s{1,3}|[a-z]\n{1,3})([A-Za-z])\.?\s{0,3}$")
"""`ik schaam me kapot. m.`: a letter by itself behind the last sentence."""
SO_CALLED = compiled(
    rf"(?<![\w-])((?:[Dd]e |[Hh]et )?{_CAPITAL}),? zo (?:heet|heette) (?:hij|ze|zij|ik|(?:mijn|mn|m'n|onze) {_KIN})\b|"
    rf"(?<![\w-])((?:[Dd]e |[Hh]et )?{_CAPITAL}),? zo noem(?:en|den|t|de)? (?:ze|we|wij|iedereen|men|ik|zij) "
    rf"(?:hem|haar|mij|me)\b|{_STARTS}({_CAPITAL}) is (?:zijn|haar|mijn|m'n) (?:roep|bij|voor|achter|koos)naam\b|"
    rf"{_STARTS}({_CAPITAL}) is de naam van (?:mijn|mn|m'n|onze|zijn|haar) {_KIN}\b"
)
"""`de Muur, zo noemen ze hem`, `Broer is zijn roepnaam`."""
BESIDE_KIN = compiled(rf"\b(?:[Mm]ijn|[Mm]n|[Mm]'n|[Oo]nze|[Oo]ns) {_KIN}, ({_CAPITAL})(?=, [a-z])")
"""`onze buurman, Bolle, brengt`."""
AGED_NAME = re.compile(rf"{_STARTS}({_CAPITAL}) \d{{1,2}}(?=, (?:ik|en|hij|zij|mijn)\b)")
OURS = re.compile(
    rf"(?<=[\w,] )(?:onze|ons|opa|oma|tante|oom) ({_CAPITAL})(?=[.,!?;]|$| [a-z])|"
    rf"{_STARTS}(?:[Oo]ns|[DdNn]['’]n) (?!Lieve)({_CAPITAL})(?=[.,!?;]|$| [a-z])"
)
IS_RELATED = compiled(
    rf"{_STARTS}({_CAPITAL}) (?:is|was) (?:onze|mijn|mn|m'n|haar|zijn|hun) (?:nieuwe |vaste )?{_KIN}\b"
)
NOTED = re.compile(
    rf"(?:^|\n)(?:[\-*•>] ?|\d{{1,2}}[.)] ?)?({_CAPITAL}) (?:bellen|terugbellen|mailen|appen|onbekend|verhuisd|"
    r"overleden|oud\b|afgemeld|ziek\b|wacht op|wachten op|akkoord|gebeld|gemaild|afwezig|aanwezig|afspraak|intake|"
    r"huisbezoek|nieuw adres)"
)
_DID = (
    r"(?:komt|kwam|belde|belt|helpt|hielp|doet|deed|heeft|had|zegt|zei|mailde|regelde|regelt|bracht|brengt|ging|gaat|"
    r"vroeg|vraagt|woont|woonde|werkt|zorgt|haalt|zit|zat|was|weet|wist|vond|vindt|kan|kon|moest|moet|luistert"
)
WIL = re.compile(
    rf"{_STARTS}(?:(Wil|An) (?:{_DID}|kookt|poetst)\b|en [A-Z]|van (?:hiernaast|boven|beneden|de |het |om de))|"
    rf"(Door) (?:{_DID}|is|wil|wilde)\b|niet[.,]|en [A-Z]))"
)
"""A first name that is also a verb, a preposition or an article of dialect, where only a name can open the sentence."""
TURN = re.compile(r"(?:^|\n)(Wil|An|Door|Ben):(?= )")
"""Who speaks, in a talk."""
ONE_LETTER = re.compile(r"\b(?:[Mm](?:w|evr|evrouw|eneer)|[Dd]hr)\.? ([A-Z])(?=[ ,;:]|$)")
"""`mw K gebeld`."""
EVERY = (
    SPELLED,
    PRESENT,
    PARAPH,
    CALLED,
    RELATED,
    IS_RELATED,
    NOTED,
    WIL,
    TURN,
    ONE_LETTER,
    SIGNED,
    LETTER,
    NICKNAME,
    ASKED,
    SAYS,
    AGED_NAME,
    OURS,
    SO_CALLED,
    BESIDE_KIN,
)
_GATE = WRITTEN.gate(EVERY)
_STRICT = (IS_RELATED, NOTED, SAYS, AGED_NAME, OURS)
_ALONE = (WIL, TURN, ONE_LETTER, LETTER)
"""What their letters say needs no list."""
_LONGEST_FAREWELL = 10
_NO_SIGN = words("u je al ok nu ja ff ps vd n x s t k")
_NEVER = words("zo dit dat anders hetzelfde dezelfde ook eigenlijk gewoon nu toen hoe wat zorg hulp pap mam so zij wij")


class NamedRecogniser(Recogniser):
    """Reads the text as it is written: capitals count."""

    name = "named"
    labels = ("PERSON",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self._names = lists.first | lists.last

    def find(self, doc: Document) -> Iterable[Found]:
        """Names in view offsets."""
        farewell = FAREWELL.search(doc.text, max(0, len(doc.text) - _LONGEST_FAREWELL))
        if farewell and self._is_signature(fold(farewell.group(1))):
            yield Found(*farewell.span(1), "PERSON", 0.65, "groet")
        for match in _GATE.finditer(doc):
            if not (match.re is PARAPH and doc.reading.shouting):
                yield from self._found(match)

    def _found(self, match: re.Match[str]) -> Iterator[Found]:
        if match.re is SPELLED:
            if self._spells_a_name(match):
                yield Found(*match.span(), "PERSON", 0.75, "gespeld")
        elif match.re is PRESENT:
            yield from self._present(match)
        elif match.re is PARAPH:
            if self._is_paraph(fold(match.group(1))):
                yield Found(*match.span(1), "PERSON", 0.55, "paraaf")
        elif match.re in _ALONE:
            yield Found(*match.span(match.lastindex or 1), "PERSON", 0.65, "voornaam")
        elif match.re is SIGNED:
            if self._is_signature(fold(match.group(1))):
                yield Found(*match.span(1), "PERSON", 0.65, "groet")
        else:
            group = match.lastindex or 1
            if self._may_be_called(match.group(group), strict=match.re in _STRICT):
                yield Found(*match.span(group), "PERSON", 0.65, "zin")

    def _spells_a_name(self, match: re.Match[str]) -> bool:
        letters = [character for character in fold(match.group()) if character.isalpha()]
        word = "".join(letters)
        if all(ord(after) - ord(before) == 1 for before, after in pairwise(letters)):
            return False
        return word in self._names or not self.lists.is_word(word)

    def _present(self, match: re.Match[str]) -> Iterator[Found]:
        offset = match.start(1)
        for item in _ITEMS.finditer(match.group(1)):
            first = fold(item.group(1)).split()[0]
            if self._is_somebody(first):
                yield Found(offset + item.start(1), offset + item.end(1), "PERSON", 0.65, "lijst van aanwezigen")

    def _is_somebody(self, word: str) -> bool:
        if word in STOP or word in KIN or word in TYPES or word in FIELDS or word in self.lists.public:
            return False
        if word in self.lists.places or PUBLIC_HEAD.fullmatch(word):
            return False
        return word in self._names or not self.lists.is_word(word)

    def _is_signature(self, letters: str) -> bool:
        return letters not in STOP and letters not in _NO_SIGN and (len(letters) < 3 or not self.lists.is_word(letters))

    def _is_paraph(self, letters: str) -> bool:
        return not (letters in self.lists.public or letters in self.lists.lexicon or letters in ABBREVIATIONS)

    def _may_be_called(self, written: str, *, strict: bool) -> bool:
        """A capital is enough behind `die ... heet`; where `strict`, the lists must know the word as a name."""
        word = fold(written)
        if word in STOP or word in KIN or word in NAMING or word in _NEVER or word in self.lists.public:
            return False
        if strict:
            bare = next((word.removesuffix(end) for end in ("pje", "tje", "je", "ke") if word.endswith(end)), word)
            return word in self._names or bare in self._names
        return written[0].isupper() or len(word) == 2 or word in self.lists.first or not self.lists.is_word(word)
