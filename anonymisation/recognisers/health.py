"""Diagnoses, impairments, medicines, addictions and treatments that reveal them (art. 9 AVG)."""

import re
from collections.abc import Iterable

from anonymisation.names import Lists, split_phrases
from anonymisation.spans import Awaited, Document, Found, Recogniser
from anonymisation.wordset import words

ENDING_WORDS = tuple(
    sorted(
        words(
            "kanker verslaving verslaafd verslaafde stoornis stoornissen dementie infarct tumor fractuur "
            "transplantatie amputatie sclerose dystrofie artrose artritis psychose depressie fobie trombose "
            "epilepsie carcinoom itis spierziekte nierziekte hartziekte longziekte darmziekte leverziekte "
            "oogziekte stofwisselingsziekte patient patiente hersenletsel neuropathie retinopathie myopathie "
            "parese plegie syndroom trauma intolerantie allergie blind slechtziend doof"
        )
    )
)
ENDINGS = re.compile(rf"[a-z]{{2,24}}(?:{'|'.join(ENDING_WORDS)})")
_NOT = words(
    "medepatient expatient straatverlichting proviand kunstblind raamblind verblind grootsyndroom "
    "visite politiepatient spitis limitis petitis dwangtrauma ambitis unitis"
)
DISEASE_OF = re.compile(
    r"\b(?:ziekte|syndroom|sindroom|siekte|siikte) (?:van|fan) "
    r"(?!(?:weet|die|dat|deze|mijn|hem|haar|je|nou|mij|ons|jou)\b)(?:de |het )?[a-z][a-z'\-]{2,20}"
)
COMPULSION = re.compile(
    r"\b(?:(?:heb|heeft|had)(?: ook| veel| erge| last van)?|last van|adhd|autisme|autistisch|angst|angsten|depressie|"
    r"trauma|ptss)(?:, en| en|,)?(?: ook| soms)? (dwang|paniek)(?=[,.;!?)]|$)"
)
"""`ik heb autisme, en dwang`: words that are a condition only where somebody says to have them."""
WORN = re.compile(
    r"\bslijtage (?:in|aan|van) (?:mijn |m'n |mn |zijn |haar |de |beide |het |allebei mijn )?"
    r"(?:knie|knieen|heup|heupen|rug|nek|schouder|schouders|gewrichten|duim|duimen|handen|wervels|enkel)\b"
)
_NOUN_LEAD = words(
    "beginnende vasculaire frontotemporale postnatale uitgezaaide juveniele nachtelijke partiele gegeneraliseerde "
    "focale temporale aangeboren erfelijke niet-aangeboren posttraumatische reumatoide resistente seniele chronische "
    "acute complexe ernstige complete incomplete selectieve bacteriele virale alcoholgerelateerde "
    "progressieve recidiverende dubbele tweezijdige linkszijdige rechtszijdige"
)
_STEMS = re.compile(
    r"schizo[a-z]{3,20}|epil[ei]p[a-z]{1,7}|diab[ei]{1,2}t[a-z]{1,5}|al[tsz]{1,2}h?[ei]{1,2}mer[a-z]{0,2}|"
    r"fibr?om[yi]al?gi[a-z]{1,2}|osteop[eo]ro[sz]e|parkins{1,2}[eo]ns?"
)
"""A condition that is known by its stem, however the rest is written."""
STEM_HEADS = ("schiz", "epil", "diab", "al", "fib", "osteo", "parki")
_SUGAR = re.compile(
    r"\b(?:heb|heeft|had|met|mijn|de|van|door|ook|en) (?:ook |erge |al jaren |last van )?(suiker|suker|"
    r"zuker)(?=[ ,.;!?)]|$)(?! (?:in de|bij de|of melk|en melk|melk|voor de koffie|of boter))"
)
BROKEN = re.compile(
    r"\b(?:brak|breekt|gebroken|kneusde|verbrijzelde) (?:ik )?(?:zijn|haar|mijn|m'n|z'n|d'r|een|de) (?:linker|"
    r"rechter)?[ ]?"
    r"(?:heup|bekken|pols|enkel|been|arm|schouder|rug|nek|knie|sleutelbeen|bovenbeen|bovenarm|wervel|elleboog|"
    r"dijbeen|voet|hand|ribben|kaak)\b|"
    r"\b(?:heup|bekken|pols|enkel|been|arm|schouder|rug|nek|knie|sleutelbeen|bovenbeen|bovenarm|elleboog|"
    r"dijbeen|voet|ribben) (?:is |was |had |heeft )?(?:gebroken|verbrijzeld)\b"
)
TYPED = re.compile(
    r"\b(?:diabetes|suikerziekte)(?: mellitus)?(?: type| graad)? ?(?:[12]|ii?)\b|"
    r"\btype ?(?:[12]|ii?)[ \-](?:diabetes|suikerziekte)\b|\bdm[ -]?(?:type )?[12]\b|"
    r"\bcopd,? (?:gold|graad|stadium) ?(?:[1-4]|i{1,3}v?)\b|"
    r"\bverslaafd (?:aan|geraakt aan|geweest aan) (?:de |het )?[a-z]{3,20}\b"
)
_LIMBS = (
    r"(?:(?:linker|rechter)?-?(?:onder|boven)?(?:been|arm|hand|voet)|benen|armen|handen|voeten|tenen|vingers?|"
    r"(?:linker|rechter)?(?:oog|long|nier|borst)|borsten)"
)
LOST = re.compile(
    rf"\b(?:beide |allebei (?:mijn |zijn |haar |de ))?{_LIMBS} (?:kwijt|geamputeerd|afgezet)\b|"
    rf"\b(?:mist|miste) (?:zijn|z'n|haar|een|twee|beide) {_LIMBS}\b|"
    r"\b(?:met|nog|maar|slechts) ((?:een|1) (?:werkende )?(?:long|nier|borst))\b"
)
"""`mijn been kwijt`, `mist haar linkeroog`, `met één long`: what somebody has to do without.

Not `mis`: too many answers miss something else, and would all have to be read.
"""
_ORGANS = "(?:hart|prostaat|longen|nieren|lever|galblaas|blaas|darmen|schildklier|alvleesklier|baarmoeder|netvlies)"
ORGAN = re.compile(
    r"\b(?:heb|heeft|had|kreeg|hebben) (?:ik |hij |ze |zij )?(?:het|iets|wat|problemen|last) (?:aan|met|van) "
    rf"(?:mijn|m'n|mn|zijn|z'n|haar|d'r|de|het) ({_ORGANS})\b|"
    rf"\b((?:zwak|zwakke|slechte?|zieke?|vergrote?) {_ORGANS})\b"
)
"""`hij heeft het aan zijn prostaat`, `een zwak hart`: an organ that is said to be ill."""
ONE_SIDE = re.compile(
    r"\b(?:doof|blind|slechthorend|slechtziend|verlamd) aan (?:een|1|beide|mijn|zijn|haar|het|de) "
    r"(?:linker|rechter)?(?:oor|oren|oog|ogen|kant|kanten|been|arm)\b|"
    r"\bkanker in (?:de|het|mijn|zijn|haar|d'r|m'n|z'n) [a-z]{4,20}\b|\bvocht achter (?:de|mijn|zijn|haar) longen\b"
)
"""`doof aan een oor`, `kanker in de blaas`: the part of the body belongs to it."""
HAD = re.compile(
    r"\b(?:heb|heeft|had|hebben|kreeg|kregen|krijg) (?:ik |hij |ze |zij |we |zelf |ook |al |toen |twee keer ){0,2}"
    r"(corona|covid)\b|\b(corona|covid) (?:gehad|gekregen|opgelopen|had|heb|kreeg)\b"
)
"""`nadat ik corona had gehad`: an illness only where somebody had it; else it names a time."""
DRINK = re.compile(
    r"\b(drank|drugs|alcohol|wiet|coke)(?:gebruik)? van (?:mijn|m'n|mn|zijn|haar|onze) (?:ex-?)?"
    r"(?:man|vrouw|vriend|vriendin|vader|moeder|zoon|dochter|broer|zus|partner|ouders|ex)\b|"
    r"\b(drinkt? (?:te ?veel|veel te veel|elke dag|stevig))(?=[,.;!?)]|$| (?:en|maar|sinds|want|alcohol|bier|wijn)\b)"
)
SYNDROME = re.compile(r"(?<!\w)[a-z0-9]{2,12}-(?:syndroom|sindroom)\b")
DOWN = re.compile(r"\b(?:heb|heeft|had|met|en|zoon|dochter|kind|van) (Down|Asperger|Korsakov|Gilles)\b")
_BLIND = re.compile(
    r"\b(?:ben|is|was|werd|word|wordt|bin|zo goed als|bijna|volledig|helemaal|maatschappelijk|half|blind en|"
    r"aan beide kanten|geboren|vrijwel) (?:nu |ook |al |bijna |zo goed als |vrijwel |volledig |helemaal |"
    r"praktisch |toen |blind |steke)*(blind|doof|doofblind|verlamd|lam)\b"
)


SENTENCES = (
    (DISEASE_OF, "ziekte van", words("ziekte syndroom sindroom siekte siikte")),
    (BROKEN, "gebroken", words("brak breekt gebroken kneusde verbrijzelde verbrijzeld")),
    (TYPED, "soort", words("diabetes suikerziekte copd verslaafd dm dm1 dm2")),
    (COMPULSION, "dwang", words("dwang paniek")),
    (WORN, "slijtage", words("slijtage")),
    (LOST, "verloren", words("kwijt geamputeerd afgezet mist miste long nier borst")),
    (
        ORGAN,
        "orgaan",
        words("hart prostaat longen nieren lever galblaas blaas darmen schildklier alvleesklier baarmoeder netvlies"),
    ),
    (ONE_SIDE, "waar", words("doof blind slechthorend slechtziend verlamd kanker longen")),
    (HAD, "gehad", words("corona covid")),
    (DRINK, "drank", words("drank drugs alcohol wiet coke drink drinkt drankgebruik")),
    (SYNDROME, "syndroom", words("syndroom sindroom")),
    (_SUGAR, "suiker", words("suiker suker zuker")),
    (_BLIND, "is blind", words("blind doof doofblind verlamd lam")),
)
"""Pattern (its group that matched, else all of it, is the condition), cue, and words of which one is in every find."""
_NEEDED = Awaited(frozenset().union(*(needs for *_, needs in SENTENCES)))
_SYNDROMES = words("syndroom sindroom")
_NAMES = words("down asperger korsakov gilles")


def known_by_stem(word: str) -> bool:
    """`epilepticus`, `schizofreniespectrum`."""
    return len(word) > 6 and word.startswith(STEM_HEADS) and _STEMS.fullmatch(word) is not None


class HealthRecogniser(Recogniser):
    """Listed words and phrases; abbreviations that are also words only in capitals."""

    name = "health"
    labels = ("HEALTH",)

    def __init__(self, lists: Lists) -> None:
        self.single, self.phrases = split_phrases(lists.health)
        self.cased = lists.health_cased
        self.lexicon = lists.lexicon

    def find(self, doc: Document) -> Iterable[Found]:
        """Health words in view offsets."""
        words, places, text = doc.words, doc.places, doc.folded
        done = -1
        for index in doc.seeds:
            word = words[index]
            if index <= done:
                continue
            last = self._phrase(doc, index) if word in self.phrases else None
            if last is None and (
                (word in self.single and not self._says(doc, index))
                or self._by_ending(word)
                or self._in_capitals(doc, index)
            ):
                last = index
            if last is None:
                continue
            if last + 1 < len(words) and words[last + 1] in _SYNDROMES and doc.reading.gaps[last + 1] == " ":
                last += 1
            first = index - 1 if index and words[index - 1] in _NOUN_LEAD and index - 1 > done else index
            done = last
            yield Found(places[first][0], places[last][1], "HEALTH", 0.85, "lijst")
        telling = _NEEDED.of(doc)
        for pattern, cue, needs in SENTENCES if telling else ():
            if not needs.isdisjoint(telling):
                for match in pattern.finditer(text):
                    yield Found(*match.span(match.lastindex or 0), "HEALTH", 0.75, cue)
        if not _NAMES.isdisjoint(doc.vocabulary):
            for match in DOWN.finditer(doc.text):
                yield Found(*match.span(1), "HEALTH", 0.75, "naam van een ziekte")

    def _phrase(self, doc: Document, index: int) -> int | None:
        """Index of the last word of a listed phrase that begins here."""
        for phrase in self.phrases[doc.words[index]]:
            end = index + len(phrase)
            if tuple(doc.words[index:end]) == phrase and all(
                g in (" ", "-", "/", "'") for g in doc.reading.gaps[index + 1 : end]
            ):
                return end - 1
        return None

    def _by_ending(self, word: str) -> bool:
        if known_by_stem(word):
            return True
        return len(word) > 7 and word.endswith(ENDING_WORDS) and word not in _NOT and bool(ENDINGS.fullmatch(word))

    def _says(self, doc: Document, index: int) -> bool:
        """`Nah, dat hoeft niet`: an abbreviation is written in capitals or not at all; so written it is a cry."""
        reading = doc.reading
        return (
            doc.words[index].upper() in self.cased
            and reading.capital[index]
            and not reading.upper[index]
            and reading.first[index]
        )

    def _in_capitals(self, doc: Document, index: int) -> bool:
        start, end = doc.places[index]
        word = doc.text[start:end]
        if word not in self.cased:
            return False
        return not doc.reading.shouting or doc.words[index] not in self.lexicon
