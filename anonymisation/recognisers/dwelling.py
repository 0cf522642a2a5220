"""Houses that the sentence tells, whatever the street is called: where somebody lives or is registered, what town
stands behind it, the fields of a form, a place at a camping site, a number before its street, a street mistyped."""

import re
from collections.abc import Iterable, Sequence

from anonymisation.cues import STOP
from anonymisation.names import Lists
from anonymisation.patterns import any_of
from anonymisation.recognisers.house import THEN, numbers_no_house, streets_may_be_called
from anonymisation.recognisers.house_number import NOT_HOUSE, NUMBER, STOPNUM
from anonymisation.recognisers.street import END, NO_LEAD, NO_STREET, TITLE_WORDS
from anonymisation.spans import Document, Found

_WORD = r"[a-z'\-]{3,28}"
_NAME = rf"(?:(?:de|het|'t) )?{_WORD}(?: {_WORD})?"
DWELLS = re.compile(
    rf"\b(?:zit|zitten|zat|zaten|verblijf|verblijft|verbleef|ingeschreven|slaap|slaapt|huisje|kamp|bewoners?)"
    rf"(?: (?:nu|al|nog|weer|tijdelijk|hier|dus))? (?:op|aan|in|van) ({_NAME} {NUMBER}){STOPNUM}(?!\w){THEN}"
)
"""`ik zit nu op de blekerij 4 maar`, `ingeschreven op amstel 190`."""
BEHIND_VERB = re.compile(
    rf"\b(?:woon|woont|wonen|woonde) ((?:achter|onder|tussen|langs|boven|buiten) (?:de|het|'t|den) {_WORD} {NUMBER})"
    rf"{STOPNUM}{THEN}"
)
"""`ik woon achter de kerk 5`."""
MOVES = re.compile(rf"\b(?:van|vanuit|vanaf) ({_NAME} {NUMBER}){STOPNUM} naar ({_NAME} {NUMBER}){STOPNUM}(?!\w)")
"""`van molenwal 3 naar achterom 17a`."""
FIELDS = re.compile(
    r"(?:^|\n|[,;.] )(?:straat(?:naam)?|[a-z]{0,14}adres) ?[:=]? ?((?:[a-z'.\-]{2,24} ){0,2}[a-z'.\-]{2,24})"
    r"[,;\n ]{1,3}(?:huis)?(?:nummer|nr)\.? ?[:=]? ?(\d{1,4}(?: ?[a-h](?!\w))?)(?![\w])"
)
"""`Straat: Hoefblad\\nHuisnummer: 23`."""
_PLACE = (
    r"(?:plek|plaats|huisje|chalet|kavel|bungalow|stacaravan|standplaats|ligplaats|staanplaats|caravan|"
    r"app\.?|appartement|deur|portiek|unit|kamer)"
)
AT_A_SITE = re.compile(
    rf"(?<![\w-])((?:(?:de|het|'t) )?(?:[a-z'\-]{{3,24}} )?(?P<last>[a-z'\-]{{3,24}})"
    rf"(?:,? {_PLACE} (?:nr\.? |nummer )?\d{{1,4}}[a-z]?){{1,3}})(?!\w)"
)
"""`camping De Berkenrand, plek 114`, `Kanaalflat, portiek 6, deur 312`."""
_SITE = re.compile(r"camping|park|kamp\b|woonwagen|haven|recreatie|flat|complex|residentie|aanleun|serviceflat")
_TITLE = any_of(" ".join(TITLE_WORDS))
_CITY_STREET = r"(?:straat|laan|singel|gracht|kade|steeg|dreef|plantsoen|plein|weg)"
REVERSED = re.compile(
    rf"(?<![\w.,:/€-])(?!(?:19|20)\d\d)(\d{{1,4}}[a-g]?,? (?:{_TITLE} )?([a-z'\-]{{2,28}}{_CITY_STREET}))(?![\w-])"
)
"""`22 Lage Bothofstraat`, `huisnummer 12, Kapelstraat`."""
MISTYPED = re.compile(
    r"(?<![\w-])([a-z'\-]{3,24})(staat|sraat|strat|straaat|straar|tsraat|straatt|straad|staraat|starat|straart|strraat|"
    rf"srtaat|stroaat|laaan|plien|pelin|grcht|wegg|wge|wg) {NUMBER}{STOPNUM}(?!\w)"
)
"""`kerkstaat 12`, `parallelwg 45`."""
APART = re.compile(
    r"(?<![\w-])([a-z'\-]{3,20}) (straat|laan|dreef|singel|kade|steeg|gracht|plantsoen|weg|plein|dijk|hof|pad) "
    rf"{NUMBER}{STOPNUM}(?!\w)"
)
"""`kerk straat 12`: one word, written as two."""
AT_HEAD = re.compile(
    r"(?:^|[\n,;:.] ?)((?:achter|aan|op|onder|tussen|in|langs|over|voor|boven|buiten|bij) (?:de|het|'t|den) "
    rf"(?P<last>[a-z'\-]{{3,24}}) {NUMBER}){STOPNUM}{THEN}"
)
"""`Tussen de Meeren 17` at the head of a line: an address by the capital within."""
NUMBERED_HOUSES = (DWELLS, BEHIND_VERB, MOVES, FIELDS, AT_A_SITE, REVERSED, MISTYPED, APART, AT_HEAD)
CALLED = re.compile(
    rf"\b(?:straat|plein|weg|laan) (?:heet|heette|genaamd) (?:nu )?({_NAME})(?=[.,;)]|$|\n)|"
    rf"\b(?:onze|mijn) straat(?: waar [a-z ]{{5,16}})?(?:,? \(|, )({_NAME})(?=[,)])"
)
"""`de straat heet het vergeten pad`, `onze straat (Hemelrijk)`."""
_BEFORE_TOWN = re.compile(
    rf"(?<![\w-])({_WORD}(?: {_WORD})?) ({NUMBER}){STOPNUM}(?!\w)(?: ?, ?| )(?:(?:in|te) )?(?=([a-z'\-]{{3,24}}))"
)
_ENDS = re.compile(rf"{END}$")
_ARTICLE = re.compile(r"(?:de|het|'t) (?=[A-Z])")
_IN_BRACKETS = re.compile(r"\(((?:in|aan|op|onder) (?:de|het|'t) )$")
"""`(in de Bogaard 66)`."""
_NEVER_APART = frozenset(("straat", "laan", "dreef", "singel", "kade", "steeg", "gracht", "plantsoen"))
"""Ends of streets that seldom stand by themselves before a number."""
_FLOOR = re.compile(r",? (?:[1-9]|een|twee|drie|vier)[ -]?hoog(?!\w)|,? [1-9]e v\.?d\.? trap(?!\w)|,? w\.[bs]\.")
_ROW = re.compile(rf"(?:, \d{{1,4}}[a-h]?){{0,4}},? (?:en|&) \d{{1,4}}[a-h]?{STOPNUM}(?!\w){THEN}")


def dwellings(doc: Document, lists: Lists, may_match: Sequence[re.Pattern[str]]) -> Iterable[Found]:
    """Addresses of every shape in `may_match`."""
    for pattern in may_match:
        for match in pattern.finditer(doc.folded):
            yield from _TOLD[pattern](doc, match, lists)


def streets_called(doc: Document, lists: Lists) -> Iterable[Found]:
    """A street that is said to be called so: a name by its capital, or no Dutch word."""
    for match in CALLED.finditer(doc.folded):
        group = match.lastindex or 1
        start, word = match.start(group), match.group(group).rpartition(" ")[2]
        capital = not doc.reading.shouting and doc.text[match.end() - len(word)].isupper()
        if group == 1 or capital or not lists.is_word(word):
            yield Found(start, match.end(group), "ADDRESS", 0.65, "straat heet")


def houses_in_town(doc: Document, lists: Lists, towns: frozenset[str]) -> Iterable[Found]:
    """`korenmaat 81 zutphen`: a number between a word and a town that is nothing else."""
    if towns.isdisjoint(doc.vocabulary):
        return
    for match in _BEFORE_TOWN.finditer(doc.folded):
        words = match.group(1).split()
        if match.group(3) in towns and not numbers_no_house(words[-1], lists) and words[-1] not in NO_LEAD:
            named = len(words) == 1 or words[0] in NO_LEAD or words[0] in STOP or lists.is_word(words[0])
            start = match.end(1) - len(words[-1]) if named and words[0] not in TITLE_WORDS else match.start()
            yield Found(start, match.end(2), "ADDRESS", 0.6, "voor plaats")


def whole_houses(text: str, finds: Iterable[Found]) -> Iterable[Found]:
    """Addresses with the other numbers of a row (`tulpstraat 8, 10 en 12`), in brackets with how the name begins."""
    for found in finds:
        row = (_ROW.match(text, found.end) or _FLOOR.match(text, found.end)) if text[found.end - 1].isdigit() else None
        head = _IN_BRACKETS.search(text, max(0, found.start - 9), found.start)
        yield found._replace(start=head.start(1) if head else found.start, end=row.end() if row else found.end)


def _dwells(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    if not _counts(match.group(1), lists):
        yield _house(doc, match, 1)


def _moves(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    if not _counts(match.group(1), lists) and not _counts(match.group(2), lists):
        yield _house(doc, match, 1)
        yield _house(doc, match, 2)


def _fields(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    yield Found(*match.span(1), "ADDRESS", 0.8, "straat")
    yield Found(*match.span(2), "ADDRESS", 0.8, "straat")


def _at_a_site(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    capital = not doc.reading.shouting and doc.text[match.start("last")].isupper()
    named = capital or not lists.is_word(match["last"])
    if match["last"] in lists.places or match["last"] in NOT_HOUSE or match["last"] in STOP:
        return
    if named and _SITE.search(doc.folded):
        yield Found(*match.span(1), "ADDRESS", 0.8, "plek")


def _reversed(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    start, street = match.start(1), match.group(2)
    if street in NO_STREET or (street in lists.lexicon and street not in lists.streets):
        return
    yield Found(start, match.end(1), "ADDRESS", 0.65, "nummer + straat")


def _mistyped(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    word = match.group(1) + match.group(2)
    known = lists.is_word(word) or word in lists.last or word in lists.first or numbers_no_house(word, lists)
    if match.group(1) + "straat" in lists.streets or not known:
        yield Found(*match.span(), "ADDRESS", 0.6, "straat + nummer")


def _apart(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    word, end = match.group(1, 2)
    if word in STOP or word in NO_LEAD or word in NO_STREET or numbers_no_house(word, lists):
        return
    noun = end in _NEVER_APART and not (word.endswith("e") and word in lists.lexicon)
    if noun or word + end in lists.streets:
        yield Found(*match.span(), "ADDRESS", 0.65, "straat + nummer")


def _at_head(doc: Document, match: re.Match[str], lists: Lists) -> Iterable[Found]:
    capital = not doc.reading.shouting and doc.text[match.start("last")].isupper()
    if capital and not numbers_no_house(match["last"], lists):
        yield Found(*match.span(1), "ADDRESS", 0.65, "voorzetsel + nummer")


_TOLD = {
    DWELLS: _dwells,
    BEHIND_VERB: _dwells,
    MOVES: _moves,
    FIELDS: _fields,
    AT_A_SITE: _at_a_site,
    REVERSED: _reversed,
    MISTYPED: _mistyped,
    APART: _apart,
    AT_HEAD: _at_head,
}


def _house(doc: Document, match: re.Match[str], group: int) -> Found:
    """Without an article in small letters before a capital."""
    start, end = match.span(group)
    article = _ARTICLE.match(doc.text, start)
    return Found(article.end() if article else start, end, "ADDRESS", 0.65, "woont")


def _counts(address: str, lists: Lists) -> bool:
    """Does the word before the number number or count something else, or is no street called so (but for `'t zand`)?"""
    word = re.split(r" (?:nummer |nr\.? |no\.? |huisnummer )?(?=\d)", address, maxsplit=1)[0].rpartition(" ")[2]
    if numbers_no_house(word, lists):
        return True
    return not (address.startswith("'t ") or streets_may_be_called(word, lists) or _ENDS.search(word))
