"""Street names without a number: where somebody lives, and names that nothing but a street has."""

import re
from collections.abc import Iterable

from anonymisation.cues import KIN
from anonymisation.gates import Sought
from anonymisation.names import Lists
from anonymisation.spans import Document, Found
from anonymisation.wordset import words

SURE_END = (
    r"(?:straat|strjitte|stroat|straot|straatje|str\.?|laan|weg|plein|pln\.?|pad|paad|dijk|kade|singel|gracht|"
    r"hof|hofje|steeg|dreef|plantsoen|"
    r"plnts\.?|baan|wal|markt|boulevard|allee|erf)"
)
"""Endings of which a name of a street is sure."""
SELDOM_END = (
    r"(?:zoom|weerd|sloot|kolk|werd|wierde|tuinen|hoven|velden|akkers|kampen|landen|delle|molen|toren|state|stins|burcht|"
    r"wetering|geer|heem|zicht|gouw|kwelder|kreek|vliet|dok|mors|mars|schuur|dries|terp|gaard|zathe|wijck|rade)"
)
"""Endings of streets that are oftener something else: a street only on a word that is no Dutch compound."""
END = (
    r"(?:straat|strjitte|stroat|straot|straotje|straatje|str\.?|laan|ln\.?|weg|wei|plein|pln\.?|pad|paad|dijk|"
    r"dyk|kade|singel|gracht|hof|hofje|steeg|dreef|plantsoen|plnts\.?|"
    r"park|baan|wal|markt|poort|brug|burg|boulevard|allee|oord|erf|weide|veld|kamp|akker|berg|horst|ring|pas|"
    r"kant|zijde|rijt|hoek|donk|meent|drift|"
    r"laak|haven|kwartier|gaarde|schans|bolwerk|rede|dam|sluis|eind|einde|enk|es|brink|bos|broek|hage|haag|"
    rf"loop|beek|stede|heuvel|buurt|hout|hoeve|lanen|waard|vaart|flat|plas|kuil|{SELDOM_END})"
)
"""Every ending of a street before a number."""
BARE = Sought(rf"(?<![\w-])[a-z][a-z'\-]{{2,28}}{SURE_END}(?![\w])")
LIVED_IN = re.compile(
    rf"\b(?:woon\w*|wonen|wonend|verhuis\w*|flat|woning|huis) (?:nu |al |zelf |ook |samen )?(?:in|aan|op|naar) "
    rf"(?:de |het |'t )?([a-z][a-z'\-]{{2,24}}{END})(?![\w-]| \d)"
)
ALONG = Sought(
    r"(?:woon\w*|flats?|huis|huisje|woning|woningen|pand|appartement|opvang|wonend|gebouw|kamer|studio|locatie|"
    r"kantoor|loket|winkel|straat|boerderij|woonboot|schip|zaak|garage|praktijk|stal|tuin|hoek) "
    r"aan (?:de|het|'t) ([A-Z][\w'\-]{3,24})|"
    r"\b(?:Aan|hoek(?: met| van)?) (?:de|het|'t) ([A-Z][a-z'\-]{3,24})|"
    r"\b(?:[Bb]ij ons|[Tt]huis|[Ww]oon|woont|wonen|woonde|opgegroeid)(?: nu| al| nog| dus)? op (?:de|het|'t) "
    r"([A-Z][a-z'\-]{3,24})|"
    rf"\baan (?:de|het|'t) ([A-Z][a-z'\-]{{1,20}}{END})(?![\w-])"
)
_LIVES = re.compile(
    r"(?:aan|op|in|van|uit|bij|naar|langs|achter|hoek|tegenover|vanuit|oan|op 'e|an|(?:straat|buurt|adres)[,:]) "
    rf"(?:de |den |het |'t )?$|[a-z]{{2,20}}{SURE_END} (?:en|of|/) (?:de |het |'t )?$|"
    r"\b(?:de|het) (?:hele|halve|oude|nieuwe|lange) $"
)
_NAMED_AFTER = re.compile(r"\bde (van (?:de[rn]? )?)$")
"""`in de van Brakellaan`."""
_WORD_BEFORE = re.compile(r"(?<![\w-])([a-z]{2,15})\.? $")
_BEFORE = re.compile(r"(?:^|(?<=[\s(]))([A-ZÀ-ÞĀ-ž][\w'\-]{0,20}\.?) (?:(?:van|de|den|der|het|ter|ten|'t) ){0,2}$")
NO_STREET = words(
    "onderweg vanweg terugweg heenweg uitweg omweg snelweg spoorweg fietspad voetpad wandelpad zijweg "
    "binnenweg ziekenhuis achterweg halverweg werkhof schoolplein "
    "dorpsplein marktplein parkeerplein zebrapad ruiterpad kerkhof gerechtshof winkelstraat woonstraat "
    "zijstraat hoofdstraat straat weg plein luchthaven jachthaven speelplein "
    "ringweg toegangsweg landweg provincialeweg openbareweg arbeidsmarkt woningmarkt vacaturemarkt rommelmarkt "
    "kerstmarkt weekmarkt supermarkt zorgmarkt informatiemarkt vlooienmarkt banenmarkt huizenmarkt "
    "binnenhof voorhof tuin loopbaan rijbaan busbaan achtbaan bijbaan landingsbaan ijsbaan kegelbaan baan "
    "volkstuin zorgpad klantpad leerpad stappenplan dag beurt wandeling zorgweg pas vandaag mijlpaal "
    "doolhof bladzijde achterzijde voorzijde keerzijde binnenzijde buitenzijde onderzijde bovenzijde "
    "spoedeisend zorgpas vervoerspas stadspas taxipas rolstoelpas klantpas ritpas deelstraat "
    "stierf zwierf verwierf wierf bedierf kerf"
)
NO_LEAD = words(
    "ik je hij zij ze we wij mijn onze zijn haar hun en of dat die dit woon woont wonen woonde adres naar uit "
    "bij voor tot met om als maar want "
    "is was ligt staat zit kom komt ging gaat heeft heb dus nu hier daar al ook nog een van aan op in achter "
    "onder over het de mevr mw dhr meneer mevrouw fam "
    "tel telefoon huis flat woning app appartement kamer afd afdeling gebouw nummer nr straat onder sinds "
    "verhuisd wonend woonachtig geb dochter zoon moeder vader cl client hb tc "
    "terug opnieuw graag brief post stuur langs vanaf gelegen gevestigd loket gemeentehuis stadhuis bezoek "
    "thuis voordeur bus halte"
)
TITLE_WORDS = words(
    "burg burgemeester mgr monseigneur past pastoor kon koningin pr prins prinses dr ds prof ir mr st sint gen "
    "generaal pres president oude "
    "nieuwe grote kleine lange korte graaf jonker jhr deken rector admiraal kapitein 1e 2e 3e eerste tweede "
    "derde vierde vijfde wethouder weth hoge lage jan willem laan dokter kapelaan pater zuster abt hertog hertogin "
    "keizer minister majoor kolonel luitenant zuidelijke oostelijke westelijke noordelijke verlengde kromme brede "
    "smalle kl gr lg lge kte nwe"
)
"""Words that begin the name of a street."""
_IN_FULL = ("straat", "laan", "singel", "gracht", "dreef", "plantsoen", "steeg", "hofje", "kade")
_ONE_STREET = (*_IN_FULL, "str", "str.")
_ROADS = ("dijk", "weg", "pad", "plein")
_ON_THE = re.compile(r"\b(?:op|aan|langs) (?:de|het|'t) $")
_PLAIN_HEADS = words(
    "winkel woon zij hoofd dorps loop trap doodloop doorgaande achter buur dwars kruis verbindings zand klinker asfalt "
    "volks school parkeer bomen eenrichtings drukke rustige boven fiets voetgangers zelfde eigen oprij op boulevard "
    "was auto speel test prik vaccinatie zorg gezins keuken lopende productie pantry zee rivier water winter zomer "
    "waker slaper kanaal dam polder ring rolstoel schelpen zebra wandel ruiter bos berg veld gras jaag snel toegangs "
    "spoor rand land zijde kerk sport stads gemeente tegel grind berm stoep markt plan rol sluip haven bedrijfs"
)


def streets_alone(doc: Document, lists: Lists) -> Iterable[Found]:
    """A street name without a number: listed or capitalised, after a preposition; a name of a street on its own."""
    text, reading = doc.folded, doc.reading
    for match in BARE.finditer(text):
        word = match.group()
        if word in NO_STREET or (word.rstrip(".") in lists.lexicon and word not in lists.streets):
            continue
        capital = doc.text[match.start()].isupper() and not reading.shouting
        start = _widened(doc, match.start(), lists)
        if _LIVES.search(text, max(0, start - 24), start):
            if capital or word in lists.streets or (word not in lists.lexicon and _only_a_street(lists, word)):
                yield Found(start, match.end(), "ADDRESS", 0.85 if capital else 0.65, "straatnaam")
            elif _on_the_road(text, start, word, lists):
                yield Found(start, match.end(), "ADDRESS", 0.6, "straatnaam")
        elif word in lists.public or word in lists.last:
            continue
        elif word.endswith(_IN_FULL) and _only_a_street(lists, word):
            yield Found(start, match.end(), "ADDRESS", 0.55, "straatnaam")


def lived_in(doc: Document, lists: Lists) -> Iterable[Found]:
    """`ik woon in de reigerhoven`: no Dutch word and no place, with an ending of a street, where somebody lives."""
    for match in LIVED_IN.finditer(doc.folded):
        word = match.group(1)
        known = word in NO_STREET or word in lists.places or word in lists.public
        if not known and not lists.is_word(word):
            yield Found(*match.span(1), "ADDRESS", 0.6, "woont")


def along(doc: Document, lists: Lists) -> Iterable[Found]:
    """`aan de Tussendoor`: a capitalised word after `aan de` is a street unless it is a body or a person."""
    for match in ALONG.finditer(doc.text):
        start, end = match.span(match.lastindex or 1)
        word = doc.folded[start:end]
        if word not in lists.public and word not in lists.first and word not in NO_LEAD:
            yield Found(start, end, "ADDRESS", 0.58, "aan de")


def _on_the_road(text: str, start: int, word: str, lists: Lists) -> bool:
    """`op de karperdijk`, `aan het torenpad`: no word of every day, and no kind of road."""
    if not word.endswith(_ROADS) or word in lists.lexicon or not _ON_THE.search(text, max(0, start - 12), start):
        return False
    return _heads_a_street(word, _ROADS)


def _behind_title(doc: Document, start: int, lists: Lists) -> int:
    """`deken hooijmansingel`, `jacob catslaan` in a text of one case."""
    match = _WORD_BEFORE.search(doc.folded, max(0, start - 24), start)
    word = match.group(1) if match else ""
    named = word in TITLE_WORDS or (word in lists.first and word not in lists.lexicon)
    return match.start() if match and named and word not in NO_LEAD | KIN else start


def _widened(doc: Document, start: int, lists: Lists) -> int:
    """Take capitalised words and abbreviations directly before the street along, and `van` between article and name."""
    if match := _NAMED_AFTER.search(doc.folded, max(0, start - 24), start):
        return match.start(1)
    if doc.reading.shouting or doc.text.islower():
        return _behind_title(doc, start, lists)
    while True:
        match = _BEFORE.search(doc.text[max(0, start - 36) : start])
        if not match or match.group(1).lower().rstrip(".") in NO_LEAD | KIN:
            return start
        start -= len(match.group())


def _only_a_street(lists: Lists, word: str) -> bool:
    """`kastanjelaan`: what ends so names one street, unless it says what kind of street (`winkelstraat`)."""
    if not lists.is_word(word):
        return not any(word.endswith(end) and word.removesuffix(end) in _PLAIN_HEADS for end in _ROADS)
    return _heads_a_street(word, _ONE_STREET)


def _heads_a_street(word: str, ends: tuple[str, ...]) -> bool:
    """Does it end so, behind something else than what kind of street it is?"""
    tail = next((end for end in ends if word.endswith(end)), "")
    return bool(tail) and len(word) > len(tail) + 2 and word.removesuffix(tail).rstrip("s") not in _PLAIN_HEADS
