"""What speaks against an age: the number counts things, belongs to a thing or to everybody, or answers "how many?"."""

import re

from anonymisation.names import Lists
from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.age.words import KIN, PRONOUN, SOMEBODY
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.wordset import words

_THINGS = r"(?:[a-z]{2,12}-?)?" + any_of(
    "rolstoel traplift scootmobiel bed huis woning flat auto fiets driewieler tillift gebouw computer laptop "
    "telefoon matras douche keuken badkamer ketel brief rapport indicatie beschikking rollator stoel kussen lift "
    "apparaat hulpmiddel wagen busje foto brace prothese bril gehoorapparaat plan pand school stichting vereniging "
    "systeem fietsje boot caravan schutting verbouwing kast bank tafel vloer club buurt wijk dorp machine koelkast "
    "vaatwasser droger kachel verwarming dak boom regeling wet contract hond hondje kat poes kater paard pony konijn "
    "papegaai parkiet cavia hamster geit kip vis beest"
)
_THING = re.compile(r"\b(?:het|een|de) [a-z]{2,12} van $")
_OLD_THING = compiled(r"\b", _THINGS, r"(?: [a-z]{2,12}){0,3} (?:is|was|wordt|werd)(?: [a-z]{2,12}){0,3} $")
_THING_ITSELF = compiled(
    r"(?:^|[.!?,;:] )(?:de|het|die|dat|deze|dit|onze|ons|mijn|een)(?: [a-z]{2,12}e)? ",
    _THINGS,
    r" (?:is|was|wordt|werd)(?: (?:al|nu|ook|wel|dik|ruim|bijna|inmiddels))? $",
)
_OF_THING = compiled(
    r"\b(?:een|de|het|die|mijn|onze|oude) (?:[a-z]{2,12}e )?(?:",
    _THINGS,
    r"|[a-z]{2,20}(?:(?<!l)ing|heid|schap|tie|teit|duur|termijn|periode)|garantie|lening|abonnement|huur|straf|pauze|gat|"
    r"verschil|huwelijk|relatie|carriere|loopbaan|dienstverband|traject|proef|studie|cursus|wachtlijst|lijst|stapel|"
    r"boete|schuld|drempel|score|bus|trein|taxi|afspraak|gesprek|groep|team|klas|bed) van $",
)
"""`een garantie van`, `de bus van`: of so much or so late."""
_GENERAL = re.compile(
    r"\b(?:gemiddelde?|leeftijdsgrens|(?:minimum|maximum|pensioen|aow[ -]?)leeftijd|bestaat|bestond|bestaan)"
    r"\b[^.!?\n]{0,28}$"
)
LEGAL_BEFORE = re.compile(
    r"(?:vanaf|(?<!\d )(?:t/m|tot en met)|tot|boven de|onder de|jonger dan|ouder dan|boven|onder|minimaal|tussen de|"
    r"voor) $"
)
_NUMBERS_THING = re.compile(
    r"\b(?:cijfers?|score|bijdrage|suiker|gewicht|uren|kosten|huur|rekening|toeslag|vergoeding|korting|afstand|rente|"
    r"[a-z]{0,10}(?<!leef)(?<!al)tijd|inkomen|loon|salaris|saldo|huisnummer|nummer|nr|kamer|bus|buslijn|lijn|tarief|prijs|bedrag|aantal|temperatuur|bloeddruk|"
    r"totaal|uitslag|postbus|artikel|vraag|stap|route|pagina|maximum|minimum|stand|hoogte|breedte|maat|limiet|budget|"
    rf"[a-z]{{0,10}}lijst|formulier|bijlage|punt|bladzijde|blz)\b(?:(?!\b(?:{PRONOUN}|wij|we|{KIN}|{SOMEBODY})\b)[^.!?]){{0,34}}$"
)
_LEGAL = frozenset({"16", "18", "21", "23", "27", "65", "66", "67", "68", "achttien", "eenentwintig"})
_OF_ALL = re.compile(r"\b(?:(?:als|tot|voor|vanaf) je|nog geen) $")
"""`als je 18 wordt`, `tot je 18e`, `nog geen achttien`: the law says it of everybody."""
_HOW_MANY = re.compile(
    r"\b(?:hoeveel|hoe (?:vaak|lang|laat|duur|veel|ver|groot|breed|zwaar|hoog))\b[^?]{0,60}\?\s{0,3}$"
)
_NUMBERED = re.compile(
    r"\b(?:groep|klas|gr|kl|menu|keuze|optie|toets|knop|loket|balie|ticket|volgnummer|weeg|weegt|woog|t/m|meter|min|(?:"
    r"plek|plaats|veld|velden|vragen|loketten|kamers|regels|om|kwart (?:voor|over)|half)(?: \d{1,3},?(?: en)?){0,4}) $"
)
_LISTED = re.compile(
    r"\b(?:[a-z]{0,16}(?:rij|lijst|(?<!leef)(?<!al)tijd|stapel|vragen|punten|regels|hond|hondje|kat|poes|kater|pony|paard|papegaai|parkiet|"
    r"konijn|auto|fiets|scootmobiel|rolstoel|rollator)) \((?:nu |inmiddels )?$"
)
"""`de wachtrij (12)`, `mijn hond (12)`."""
_PARENT_OF = re.compile(r"\b(?:moeder|vader|ma|pa|mama|papa|oma|opa|gezin|huishouden|gezinnetje) (?:van|met) $")
_FEW = re.compile(r"(?:\d|10|twee|drie|vier|vijf|zes|zeven|acht|negen|tien)\b(?! (?:jaar|jr))")
"""`moeder van vier`, `gezin van zes`: how many children somebody has, or how many they are."""
_AFTER_COUNT = re.compile(
    r"\b(?:\d{1,3}|[a-z]+) (?:uur|keer|euro|km|meter|m|cm|kg|kilo|graden|minuten|min|dagen|weken|maanden|"
    r"stappen|treden|procent)(?: [a-z]{2,8})?,? (?:en )?(?:toen|nu|daarna|straks|later|hooguit|hoogstens) $"
)
"""`eerst 5 uur, toen`: so many more of the same."""
_UNITED = re.compile(
    r"/7\b| ?(?:cent|graden|per|te (?:veel|weinig|laat|vroeg|duur)|bij \d|breed|hoog|diep|smal|lang|op de schaal)\b"
)
_AND_OLDER = re.compile(r"\+(?!\d)|(?:[ -]?plus|(?: (?:jaar|jr))? (?:en|of) (?:ouder|jonger))\b")
_NOUN = re.compile(r" (?:[a-z]{3,14}e )?([a-z]{4,24})(?![\w'-])")
_NO_NOUN = words(
    "alleen samen geworden boven beneden buiten binnen tussen tegen soms steeds ineens opeens thuis anders alles "
    "sinds trouwens overigens deels links rechts volgens wegens namens plots intussen ondertussen daartussen "
    "open eigen beiden jongens meisjes dochters zonen zoons kinderen opzitten jaren maanden weken dagen lentes "
    "zoals vergeten moeten mochten zitten weten wisten praten eten laten wachten rusten gingen waren hadden"
)


def said_of_thing(text: str, start: int, number: int = 80) -> bool:
    """`de rolstoel is tien jaar oud`; an age that somebody may have wants the thing itself right before it."""
    old = _THING_ITSELF if 45 < number < 100 else _OLD_THING
    return old.search(text, max(0, start - 60), start) is not None


def of_thing(before: str) -> bool:
    """`een fiets van`, `het gebouw van`."""
    return _THING.search(before) is not None


def no_age(text: str, start: int, end: int, lists: Lists) -> bool:
    """Does what stands around this number make it something else than somebody's age?"""
    before, value = text[max(0, start - 70) : start], text[start:end]
    if any(pattern.search(before) for pattern in (_OF_THING, _HOW_MANY, _GENERAL, _LISTED)) or said_of_thing(
        text, start, 50
    ):
        return True
    if _OF_ALL.search(before) and value.rstrip("estd") in _LEGAL:
        return True
    if _AFTER_COUNT.search(before) or (_PARENT_OF.search(before) and _FEW.match(text, start)):
        return True
    bare = value.isdigit() or value in CARDINALS
    return bare and (numbered(before) or counts_things(text, end, lists))


def numbers_thing(text: str, start: int) -> bool:
    """Does a word before the number at `start` say that a thing has it (`kamer 12`), and no person between them?"""
    return _NUMBERS_THING.search(text, max(0, start - 50), start) is not None


def numbered(before: str) -> bool:
    """`groep`, `menu`, `velden 3, 8 en`: the number behind it says which one."""
    return _NUMBERED.search(before) is not None


def counts_things(text: str, end: int, lists: Lists) -> bool:
    """`14 loketten`, `3 oude bussen`, `60 cent`: the number before `end` counts what stands behind it."""
    if _UNITED.match(text, end) or _AND_OLDER.match(text, end):
        return True
    match = _NOUN.match(text, end)
    return match is not None and _plural(match.group(1), lists.lexicon)


def _plural(word: str, lexicon: frozenset[str]) -> bool:
    """A noun in the plural, and no form of a verb."""
    if word in _NO_NOUN or word not in lexicon:
        return False
    if word.endswith("s"):
        return len(word) > 4 and word[:-1] in lexicon and word[:-1] + "t" not in lexicon
    if not word.endswith("en"):
        return False
    stem = word[:-2]
    short = stem[:-1] if stem[-1] == stem[-2] else stem
    long = stem[:-1] + stem[-2:-1] + stem[-1]
    hard = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    singles = {stem, short, long, stem[:-1] + hard, long[:-1] + hard}
    return not any(single + "t" in lexicon for single in singles) and not singles.isdisjoint(lexicon)
