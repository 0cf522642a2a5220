"""Surnames that are everyday words, in any writing, where grammar leaves no room for the word (`volgens de vries`)."""

import re
from collections.abc import Iterable

from anonymisation.cues import ACTS, KIN, PERSON_VERBS, STOP
from anonymisation.gates import FOLDED
from anonymisation.names import Lists, own
from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers import noted
from anonymisation.recognisers.person_words import ABBREVIATIONS
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

PEOPLE, AFTER_DE = own("surname_people"), own("surname_after_de")
SHORT = frozenset(("bo", "jo", "ko", "ab", "ed", "mo", "li"))
FIRST_WORDS = own("first_words")
WORDS = PEOPLE | AFTER_DE | SHORT | FIRST_WORDS
"""One of these is in every find of this recogniser, or a word that no list knows."""
_ADJECTIVES = any_of(
    "vries groot wit bruin zwart jong rijk hoog kort bont krom vroom wild laat roo lint blauw grijs stout klein"
)
_PEOPLE = any_of(" ".join(sorted(PEOPLE)))
_FIRST_WORD = any_of(" ".join(sorted(FIRST_WORDS)))
_SHORT = any_of(" ".join(SHORT))
_ROLE = any_of(
    "collega consulent consulente casemanager klantmanager regisseur wijkverpleegkundige begeleider begeleidster coach "
    "jobcoach wijkcoach gezinscoach bewindvoerder bewindvoerster mentor ambtenaar medewerker medewerkster "
    "behandelaar psychiater psycholoog huisarts ergotherapeut fysiotherapeut maatschappelijk_werker wijkagent agent "
    "teamleider teammanager zorgcoordinator inspecteur notaris advocaat rechter wethouder casusregisseur "
    "procesregisseur indicatiesteller klantadviseur zorgconsulent wmo-consulent familie fam buurman buurvrouw"
)
_ABOUT = any_of("aan met bij door via volgens tegen over namens dankzij naar")
_OF_TEAM = (
    r"van (?:het |de |'t |t |jullie |uw |ons )?(?:wijkteam|jongerenwerk|jongerenpunt|"
    r"school|voetbal|gemeente|loket|wmo|wmo-loket|buurtteam|sociaal team|thuiszorg|team|"
    r"kcc|stadhuis|gemeentehuis|zorg|schuldhulp|jeugdteam|politie|woningbouw|welzijn|uwv|hiernaast|boven|beneden)"
)
_CLAUSE = r"(?:^|[.!?:;\n,] ?|\b(?:dat|omdat|want|maar|toen|dus|en|wat|wanneer|hoe|of) )"
_VERB = any_of(" ".join(sorted((PERSON_VERBS | ACTS) - {"at"})))
_TUSSEN = r"(?:van den |van der |van de |vd |v\.d\. |van |de |ter |ten )"

DE = compiled(rf"(?<![\w\-'])(?:van )?de {_ADJECTIVES}(?![\w\-])")
VAN_DEN = re.compile(r"(?<![\w\-'])(?:van (?:den|der)|v\.?d\.?|vdr?|v/d) ([a-z]{4,24})(?![\w\-])")
ABOUT_VAN = compiled(rf"(?<![\w\-']){_ABOUT} (van ([a-z]{{3,24}}))(?![\w\-])")
SPEAKS_VAN = re.compile(
    r"(?:^|[.!?:\n] ?|\bdat )(van ([a-z]{3,24})) (?:zei|zegt|belde|belt|mailde|mailt|vroeg|vraagt|vond|vindt|schreef)\b"
)
ROLE_DE = compiled(rf"(?<![\w\-]){_ROLE} ({_TUSSEN}?(?:{_PEOPLE}|{_ADJECTIVES}))(?![\w\-])")
DOES = compiled(rf"{_CLAUSE}({_PEOPLE}|{_SHORT}) (?:{_VERB}|niet|nooit|nog|{_OF_TEAM})(?![\w\-])")
BY = compiled(
    rf"(?<![\w\-'])(?:door|via|volgens|namens|dankzij|met|van) ({_PEOPLE})",
    rf"(?=[,.;!?]|$| {_OF_TEAM}| (?:was|is|heb|had|gesproken|gebeld)\b)",
)
OF_TEAM = compiled(
    rf"(?<![\w\-'])(?<!de )(?<!het )(?<!een )(?<!mijn )(?<!onze )(de {_PEOPLE}|{_FIRST_WORD}) {_OF_TEAM}(?![\w\-])"
)
BULLET = compiled(rf"(?:^|\n)(?:[\-*•] ?|\d{{1,2}}[.)] )({_PEOPLE})(?= ?[:\-–=>]| [a-z])")
SHORT_NAME = compiled(
    rf"(?<![\w\-'])(?:{_ABOUT}|van|en|zei|zegt|vroeg|vond|mijn man|mijn vrouw|mijn zoon|mijn hulp) ({_SHORT})",
    r"(?=[,.;!?]|$| (?:en|dat|kan|van|heb|heeft|is|was|die|belde|komt|kwam|zei)\b)",
)
NAMED_IS = re.compile(
    r"(?:\b(?:achter|voor|roep|bij|volledige |echte |officiele |eigen )?naam|\bnm)(?: is|:| was| luidt|(?= ['\"])) "
    r"['\"]?([a-z][a-z'\-]{2,20}(?: [a-z][a-z'\-]{2,20})?)['\"]?(?=[,.;\n]|$| en | maar | gewoon | met )|"
    r"\b(?:echte|volledige|officiele) naam:? ([a-z][a-z'\-]{2,20}(?: [a-z][a-z'\-]{2,20})?)(?=[,.;\n]|$)"
)
FROM_BEHIND = re.compile(
    r"\bdie ([a-z]{3,20}) (?:heet|heette)\b|"
    r"\bheet(?:te)? (?:van (?:achteren|voren) ([a-z]{3,20})|([a-z]{3,20}) van (?:achteren|voren))\b"
)
FIRST_DOES = compiled(
    rf"(?:^|[.!?:;\n,] ?|\b(?:dat|omdat|want|maar|toen|en|als|of) )({_FIRST_WORD}) ",
    r"(?:zit|zat|woont|werkt|belde|belt|appt|appte|zegt|zei|helpt|hielp|regelt|regelde|kwam|komt|vroeg|vraagt|vindt|vond|",
    r"wil|wilde|mag|mocht|moest|heeft|had|doet|deed|gaat|ging|luistert|luisterde|snapt|snapte|begrijpt|weet|wist|noemt|",
    r"stuurde|stuurt|mailde|is (?:nu |al |pas |net )?\d{1,2}(?![\d%])|is (?:mijn|mn|onze|lief|top|ziek)|wel[.,]|",
    rf"{_OF_TEAM})(?![\w\-])",
)
OUR_FIRST = compiled(
    rf"\b(?:onze|ons|mijn|mn|m'n) ({_FIRST_WORD}) (?:word|wordt|is|was|werd) "
    r"(?:in [a-z]{3,9} |nu |al |net )?\d{1,2}(?![\d%])"
)
TITLE_VAN = re.compile(
    r"(?<![\w\-])(?:dr|drs|ds|prof|dhr|hr|mw|mevr|mevrouw|meneer|heer|familie|fam|pleeggezin|gezin)\.? "
    r"(van (?:de[rn]? |'t )?([a-z]{3,20}))(?![\w\-])"
)
"""`dr. van aalst`: a surname that is a town too."""
REVERSED = re.compile(
    rf"(?:^|\n|[:;] |- |\b(?:bij|van|met) )({_TUSSEN}?([a-z]{{3,20}}), ((?:[a-z]\. ?){{1,3}}))(?=[,;)\n ]|$)"
)
"""`- bakker, c.`: as a card index has it."""
JUNIOR = re.compile(r"(?<![\w\-])(([a-z]{3,20}) (?:jr|sr)\.?)(?![\w\-])")
TURN = re.compile(r"(?:^|\n)([a-z]v[dt]?[a-z])(?=: )")
PARAPH_DOES = re.compile(
    r"(?:^|[.!?:;\n,] ?)([a-z]v[dt]?[a-z]|(?:[a-z]\.){2,3}) (?:terug)?(?:belt|belde|gebeld|mailt|mailde|gemaild|appt|"
    r"pakt|stuurt|regelt|vraagt|zegt|checkt|plant|weggelopen|opgenomen|overleden|verhuisd|afgemeld|aangemeld|wil|komt|"
    r"kwam|heeft|moet|zit|woont|krijgt|wacht|slaapt|weigert|gezien)(?!\w)"
)
"""`jvh belt terug`, `m.k. gebeld`."""
SIGNED_OFF = re.compile(
    r"\b(?:afgehandeld|genoteerd|ingevoerd|opgenomen|getekend|akkoord|paraaf)[:,.]? (?:door )?([a-z]{2,3})\.?"
    r"(?=\s*$|\n)"
)
"""`afgehandeld gj`."""
_PARAPHS = (TURN, PARAPH_DOES, SIGNED_OFF)
LAST = -1
BRACKETED = re.compile(r"[(:\"'] ?(([a-z]{3,15}) ([a-z]{3,15}))(?=[)\"',])")
"""`vader (bjorn wijn)`: a first name and an everyday word that stand apart."""
EVERY = (
    (FIRST_DOES, 1, 0.6, "voornaam"),
    (OUR_FIRST, 1, 0.6, "voornaam"),
    (BRACKETED, 1, 0.6, "tussen haakjes"),
    (NAMED_IS, LAST, 0.6, "naam is"),
    (FROM_BEHIND, LAST, 0.6, "heet"),
    (TITLE_VAN, 1, 0.85, "titel"),
    (REVERSED, 1, 0.65, "achternaam, voorletters"),
    (JUNIOR, 1, 0.65, "junior"),
    (TURN, 1, 0.6, "paraaf"),
    (PARAPH_DOES, 1, 0.6, "paraaf"),
    (SIGNED_OFF, 1, 0.55, "paraaf"),
    (DE, 0, 0.7, "de + naamwoord"),
    (VAN_DEN, 0, 0.75, "van den"),
    (ABOUT_VAN, 1, 0.65, "over van"),
    (SPEAKS_VAN, 1, 0.7, "van ... zei"),
    (ROLE_DE, 1, 0.7, "functie"),
    (DOES, 1, 0.6, "zonder lidwoord"),
    (BY, 1, 0.55, "zonder lidwoord"),
    (OF_TEAM, 1, 0.55, "van het wijkteam"),
    (BULLET, 1, 0.55, "opsomming"),
    (SHORT_NAME, 1, 0.6, "korte naam"),
)
"""Pattern, group that is the name (LAST: the one that matched), score and cue."""
GATE = FOLDED.gate(pattern for pattern, _, _, _ in EVERY)
_SAID_OF_NAMES = words(
    "bekend onbekend verkeerd fout goed juist anders gewijzigd geheim kwijt gespeld geschreven moeilijk lang kort "
    "hetzelfde dezelfde zoek vergeten veranderd genoemd gebruikt afgekort verzonnen weggelaten gewist weg prima mooi "
    "nodig belangrijk uitgesproken opgeschreven duidelijk onduidelijk prive"
)
_FINITE = PERSON_VERBS | ACTS | STOP


class SurnameRecogniser(Recogniser):
    """Reads the folded text, so that capitals say nothing; what a list of surnames does not hold is left."""

    name = "surname"
    labels = ("PERSON",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """Names in view offsets."""
        text = doc.folded
        for number in GATE.open(doc):
            pattern, group, score, cue = EVERY[number]
            for match in pattern.finditer(text):
                if self._is_name(match) and not (pattern is BRACKETED and _half_a_name(doc, match)):
                    yield Found(*match.span((match.lastindex or 0) if group == LAST else group), "PERSON", score, cue)
        for number in noted.GATE.open(doc):
            yield from self._noted(doc, *noted.EVERY[number])

    def _noted(self, doc: Document, pattern: re.Pattern[str], score: float, cue: str) -> Iterable[Found]:
        for match in pattern.finditer(doc.folded):
            for start, end in noted.names_in(match, doc, self.lists):
                yield Found(start, end, "PERSON", score, cue)

    def _is_name(self, match: re.Match[str]) -> bool:
        if match.re is DE:
            return _no_noun_behind(match.string, match.end())
        if match.re in (VAN_DEN, ABOUT_VAN, SPEAKS_VAN):
            word = match.group(match.re.groups)
            return word in self.lists.last and word not in STOP
        if match.re is TITLE_VAN:
            word = match.group(2)
            known = word in self.lists.last or word in self.lists.places
            return known and word not in STOP and (word in self.lists.places or word not in self.lists.lexicon)
        if match.re is REVERSED:
            word, letters = match.group(2), re.sub(r"[. ]", "", match.group(3))
            return word in self.lists.last and word not in STOP and letters not in ABBREVIATIONS
        if match.re is JUNIOR:
            return match.group(2) in self.lists.last | self.lists.first and match.group(2) not in STOP
        if match.re in _PARAPHS:
            return self._is_paraph(match.group(1))
        if match.re is BRACKETED:
            first, second = match.group(2, 3)
            known = first in self.lists.first and first not in self.lists.lexicon
            return known and not (second in STOP or second in KIN or second in PERSON_VERBS)
        if match.re in (NAMED_IS, FROM_BEHIND):
            said = match.group(match.lastindex or 0).split()
            known = match.re is NAMED_IS or said[0] in self.lists.last or said[0] in self.lists.first
            return known and not any(word in STOP or word in _SAID_OF_NAMES for word in said)
        return True

    def _is_paraph(self, written: str) -> bool:
        """Letters that are no word, abbreviation or body."""
        letters, lists = written.replace(".", ""), self.lists
        return not any(letters in some for some in (ABBREVIATIONS, STOP, lists.public, lists.lexicon, lists.places))


def _half_a_name(doc: Document, match: re.Match[str]) -> bool:
    """`: Otto tevreden,`: a capital on the first word only."""
    return doc.text[match.start(2)].isupper() and doc.text[match.start(3)].islower()


def _no_noun_behind(text: str, end: int) -> bool:
    """`de groot` is a name, `de jong volwassenen` and `de hoog bejaarde` are words written apart."""
    following = re.compile(r" ([a-z]{2,24})").match(text, end)
    return not following or following.group(1) in _FINITE or not following.group(1).endswith(("e", "en", "n", "s"))
