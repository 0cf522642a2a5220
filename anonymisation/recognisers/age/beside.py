"""Ages that only stand beside a name or another age: once it is known who is named, the number needs no more."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from anonymisation.patterns import any_of, compiled
from anonymisation.recognisers.age.doubts import numbered
from anonymisation.recognisers.age.numbers import FIGURES, number_words
from anonymisation.recognisers.age.words import KIN, OWN
from anonymisation.recognisers.numerals import CARDINALS, HALVES, spelled
from anonymisation.spans import Document, Found

_FROM = 0.5
_FAR = 90
"""So many characters before a sentence that is only an age (`Zij tekende alles. Negen jaar.`) stands a name."""
_WORDS = f"{'|'.join(sorted(HALVES, key=len, reverse=True))}|{spelled(CARDINALS, range(2, 112))}"
_N = rf"(?:{FIGURES}(?:[,.]5(?!\d)| ?½| en een half)?|{_WORDS})"
_GROWN = rf"(?:1[3-9]|[2-9]\d|1[01]\d|{spelled(CARDINALS, range(13, 112))})"
_UNIT = r"(?: ?(?:jaar|jaren|jr|j|mnd|maanden)\b\.?)"
_CLOSED = r"(?:(?=[.;:!?)/\n]| ?[|]| /|[,'\"](?!\d))(?![.:/]\d)|$)"
_DOES = any_of(
    "is was wordt werd kan kon wil wilde moet moest mag mocht heeft had kreeg krijgt gaat ging zit zat woont woonde "
    "slaapt doet deed komt kwam loopt liep speelt leert vindt vond ziet zag zegt zei vraagt vroeg blijft eet huilt "
    "lacht helpt hielp mist staat stond ligt lag wacht slikt leest praat en die dat om nog niet al zelf ook nu toen "
    "maar want omdat misschien hoor geworden met"
)
_ON = rf"(?:{_CLOSED}|(?= {_DOES}\b(?! (?:half|een half|tot \d|\d))))"
_ADVERB = any_of(
    "zelf nu toen al inmiddels bijna net pas ook allebei beiden beide ruim dus intussen destijds nog_maar nog_geen "
    "nog_niet_eens alweer vandaag gisteren morgen dik straks ondertussen dan ook_al zelf_al zelf_ook "
    "de_jongste de_oudste"
)
_NEAR = rf"(?:{_ADVERB} )"
_THINGS = any_of(
    "keer uur uren wk dagen dag weken maanden minuten euro km kilo meter procent mensen personen maal punten "
    "stuks kinderen x januari februari maart april mei juni juli augustus september oktober november december jan "
    "feb mrt apr jun jul aug sept sep okt nov dec hoog"
)
_NO_THINGS = rf"(?![\w%]|[.,:/\-]\d| ?{_THINGS}\b)"

_MONTHS = any_of("januari februari maart april mei juni juli augustus september oktober november december")
_DAY = r"(?: (?:op )?\d{1,2}(?: [a-z]{3,9}|[/-]\d{1,2}))"
BEHIND: tuple[re.Pattern[str], ...] = (
    compiled(
        rf"'?s?(?: \([^()\d]{{2,30}}\))?(?:[,;|/(]| [|/(\-–]) ?{_NEAR}{{0,2}}({_N}{_UNIT}?)\??",
        rf"(?:,? en ({_N}))?{_NO_THINGS}{_ON}",
    ),
    compiled(rf" ({_GROWN}(?: ?j\b)?)(?! ?(?:jaar|jr)\b){_NO_THINGS}(?:{_CLOSED}|(?= (?![a-z]+(?:en|s|je)\b)[a-z]))"),
    compiled(rf" ({_N})(?=[.,;)](?!\d)|$|\n)"),
    compiled(rf"\n({_N})(?=\n|$)"),
    compiled(
        rf" ({_N} ?(?:jaar|jr|mnd|maanden))(?=[.,;)]|$|\n| (?:kan|wil|is|heeft|moet|gaat|loopt|zit|woont|krijgt|",
        r"slaapt|doet|mag|oud)\b)",
    ),
    compiled(rf",? (?:van|fan|vaan) {_NEAR}?({_N}){_NO_THINGS}(?: jaar\b)?{_ON}"),
    compiled(rf" (?:van|fan) {_NEAR}?({_GROWN})(?! ?(?:jaar|jr)\b){_NO_THINGS}(?= (?![a-z]+(?:en|s|je)\b)[a-z])"),
    compiled(
        rf" (?:is|was|wordt|werd|word)(?: hij| zij| ze)?(?: {_ADVERB}){{0,2}}{_DAY}? "
        rf"({_N}(?: ?(?:jaar|jr|mnd|maanden))?){_NO_THINGS}{_ON}",
    ),
    compiled(rf" (?:zijn|waren|worden|werden)(?: {_ADVERB})? ({_N}) en ({_N}){_NO_THINGS}"),
    compiled(rf" ({_N}) (?=(?:is|was|werd|wordt)\b)"),
    compiled(rf" [-–] ({_GROWN}{_UNIT}?)(?= ?[-–/|])"),
    compiled(rf" (?:nog geen|nog maar|bijna|net|pas) ({_N})(?=[.,;!?)](?!\d)|$|\n)"),
    compiled(
        rf"\?\s{{1,2}}(?:[a-z]{{1,14}}[.:] )?({_N}(?: (?:jaar|maanden|mnd|weken))?)(?=[.,!](?!\d)|$|\n| (?:toen|nu)\b)"
    ),
    compiled(rf" werd (?:gisteren|vandaag|vorige \w{{4,5}}|in {_MONTHS}) ({_N})(?=[.,;!?)](?!\d)|$|\n)"),
    compiled(rf"[.!] {_NEAR}?({_GROWN})(?=[.,](?! ?\d))"),
    compiled(rf"(?: ja| dus)?[.!] {_NEAR}?({_N} (?:jaar|jr|maanden|mnd))(?=[.,]| en (?!\d))"),
)
"""What may stand behind a name, up to its age: `Yusuf, elf,` `Fien (allebei 9)` `Job en Gijs, 22 en 19` `Lot van 6 kan`
`Saar was drie en` `oom Ko honderd werd` `Bo. Veertien, al drie scholen`."""
AND = compiled(rf" en (?:ik ben )?({_N})(?=[.,;!]| en\b)")
"""Behind `ik ben Linde`: `en elf en ik hoor veel`."""
AGAIN = compiled(
    rf"(?: geworden)?(?:[.,]? (?:bijna|straks|precies|net geen|nog geen|misschien|hooguit|hoogstens|eerder)|,? ("
    rf"?:en )?(?:i\.p\.v\.|ipv|in plaats van|niet|geen)|"
    r"(?:, (?:geloof|denk|dacht|meen) ik)?[.,]? of(?! zo)|(?:, wacht)?[.,!?] (?:ja|nee|nou|eh),?|"
    rf"(?: toen)?,? (?:nu|toen|inmiddels|in {_MONTHS})(?: bijna| al| pas)?|"
    rf",? (?:en )?(?:(?:{OWN} |de )?(?:{KIN}|ander|andere|tweede|derde|(?:een|eentje|1) van|ik|hij|zij|ze))"
    rf"(?: is| wordt| van)?) ({_N})(?=[.,;!?)]|$|\n| en\b)"
)
"""Behind an age: `Elf. Bijna twaalf.` `10 jaar i.p.v. 8.` `Acht toen, nu elf.` `vier, de ander zes.`"""
_LINK = r"(?: ?, ?| ?/ ?| & |,? (?:en|of|a) )"
NEXT = compiled(rf"{_LINK}({_N}{_UNIT}?){_NO_THINGS}(?! \d)(?=[,;.:)/!?\n]|$| (?:en|of|&|toen|toch) )")
BEFORE = compiled(rf"(?<![\w.,:/€-])(?<!\d )(?<! de )({_N}{_UNIT}?){_LINK}$")
"""One more age of the same row: `2, 5 en 8 jaar`, `89/91`, `(41, 39, 15)`."""
UNIT = compiled(
    r"( ?(?:jaar|jaren|jr|j|mnd|maanden|maand|weken|wkn)\b)?"
    r"(?: en \d{1,2} ?(?:maanden|maand|mnd|weken)| en een half(?: jaar)?)?(?: oud| jong)?\b"
)
"""What belongs to an age that was found as a number: `17` of `17 jaar en 8 maanden`, `9` of `9 en een half`."""
FRAGMENT = compiled(rf"[.!] ((?:[2-9]|1\d|{_WORDS}) (?:jaar|maanden))(?=[.,!] | en (?!\d|een half|nog|toch|steeds))")
"""A sentence that begins with an age: `Negen jaar. Hij` `Veertien jaar en voor het eerst`."""
_STRETCH = re.compile(
    r"\b(?:wacht|gewacht|zorg|verzorg|zorgde|werk|werkte|gewerkt|woon|woonde|getrouwd|samen|ken|kende|kent|duur\w*|lang|"
    r"sinds|geleden|bezig|gehuwd|relatie|vrijwilliger|lid|casus|dossier|zaak|traject|"
    r"bij ons|helpt|hielp|help|komt al)\b"
)
_KNOWN = re.compile(
    r"\b(?:ken|kent|kende|met|bij|voor|verzorg|help|hielp|en|casus|dossier|zaak|meneer|mevrouw|dhr|mw|mevr)\.?"
    r"(?: [a-z'.]{1,12}){0,2} $"
)
_NO_AGE = re.compile(
    r"\b(?:(?:uur|keer|x|weken|wk|dagen|euro|punten)[,;]? (?:en )?|"
    r"(?:score|cijfer|team|groep|klas|kamer|unit|afd|afdeling|route|bus|zaal|huis|gebouw|flat|vraag|onderdeel)\.? )$"
)
"""`krijgt Thea drie uur, Riekie twee`, `groep Roos 3`."""
_HOW_MANY = re.compile(
    r"\b(?:(?:moeder|vader|ouder|gezin|oma|opa) van|(?:heb|hebben|heeft|had|hadden|zijn) er|we met) $"
)
"""How many children somebody has, or how many they are."""
_ALREADY = re.compile(r"\b(?:al|ruim|dik|nu al) [a-z\d]+ ?(?:jaar|jr|maanden|mnd)")
_I_AM = re.compile(r"\b(?:ben|heet|bin)(?: [a-z]{2,10})? $")


def ages_beside(doc: Document, finds: Iterable[Found]) -> Iterator[Found]:
    """The ages beside the names and ages of a document, in view offsets.

    finds: in text order, not overlapping.
    """
    telling = [found for found in finds if found.label in ("PERSON", "AGE") and found.score >= _FROM]
    if not telling or (not doc.figures and not number_words(doc)):
        return
    text, people = doc.folded, 0
    for found in telling:
        if found.label == "PERSON":
            people = found.end
            yield from _behind_name(text, found)
        else:
            yield from _in_a_row(text, found)
    if people and ("jaar" in text or "maanden" in text):
        yield from _sentences(text, [found.end for found in finds if found.label == "PERSON"])


def _in_a_row(text: str, found: Found) -> Iterator[Found]:
    """What is an age because the number beside it is one."""
    end = found.end
    behind = end
    while match := AGAIN.match(text, behind):
        yield _age(match, 1, "na leeftijd")
        behind = match.end()
    if (match := UNIT.match(text, end)) and match.end() > end:
        end = match.end()
        yield found._replace(end=end)
    while match := NEXT.match(text, end):
        yield _age(match, 1, "rij van leeftijden")
        end = match.end()
    if echo := _echo(text, found):
        yield echo
    start = found.start
    while (match := BEFORE.search(text, max(0, start - 24), start)) and not _leads_up(text[: match.start()][-24:]):
        yield _age(match, 1, "rij van leeftijden")
        start = match.start()


def _leads_up(before: str) -> bool:
    """Does the number behind this say which one, or how many they are (`moeder van drie, 31`)?"""
    return numbered(before) or _HOW_MANY.search(before) is not None


def _echo(text: str, found: Found) -> Found | None:
    """`de jongste is elf. Elf!`: the same number once more, as a sentence."""
    value = text[found.start : found.end]
    start, end = found.end + 2, found.end + 2 + len(value)
    said = text[found.end : start] in (". ", ", ", "! ") and text[start:end] == value
    return found._replace(start=start, end=end, cue="na leeftijd") if said and text[end : end + 1] in "!." else None


def _behind_name(text: str, found: Found) -> Iterator[Found]:
    if match := next(filter(None, (pattern.match(text, found.end) for pattern in BEHIND)), None):
        if _counts_time(text, found.start, match.group()):
            return
        for group in range(1, (match.lastindex or 0) + 1):
            if match.group(group):
                yield _age(match, group, "bij naam")
    elif (match := AND.match(text, found.end)) and _I_AM.search(text, max(0, found.start - 24), found.start):
        yield _age(match, 1, "bij naam")


def _counts_time(text: str, start: int, behind: str) -> bool:
    """Is what stands behind a name at `start` a stretch of time or a number of things?"""
    begin = max(0, start - 30)
    if _NO_AGE.search(text, begin, start) or _ALREADY.search(behind):
        return True
    return ("jaar" in behind) and _KNOWN.search(text, begin, start) is not None


def _sentences(text: str, ends: Sequence[int]) -> Iterator[Found]:
    for match in FRAGMENT.finditer(text):
        last = bisect_right(ends, match.start()) - 1
        near = last >= 0 and match.start() - _FAR < ends[last]
        if near and not _STRETCH.search(text, max(0, match.start() - _FAR), match.start()):
            yield _age(match, 1, "zin na naam")


def _age(match: re.Match[str], group: int, cue: str) -> Found:
    return Found(*match.span(group), "AGE", 0.75, cue, "age")
