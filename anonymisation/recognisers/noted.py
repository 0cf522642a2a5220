"""Who was there, whose turn it is and who wrote it down: names in small letters that their place in a note gives away.

Of `anonymisation/recognisers/surname.py`, which reads the folded text.
"""

import re
from collections.abc import Iterator

from anonymisation.cues import ACTS, KIN, NAMING, PERSON_VERBS, SPEAKERS, STOP, TITLES, TUSSEN
from anonymisation.gates import NOTES
from anonymisation.names import Lists, own
from anonymisation.patterns import any_of
from anonymisation.recognisers.person_words import ABBREVIATIONS
from anonymisation.spans import Document
from anonymisation.wordset import words

ROW = re.compile(
    r"\b(?:aanw|afw|aanwezig(?:en)?|afwezig(?:en)?|afgemeld|deelnemers|genodigden|notulist(?:e)?|verslag(?: door)?|"
    r"afmelding(?:en)?(?: van)?)\.? ?: ?([^\n:;]{2,160})"
)
"""`aanwezig: jan, PK en roos`."""
_ITEM = re.compile(r"(?:^|[,&/+]|\ben\b) ?([a-z]{2,15})(?= ?(?:$|[,&/+.(]| en\b))")
LINE = re.compile(r"(?:^|\n)(?:[-–•*] ?)?([a-z]{2,15})(?= ?(?:: |\n))")
"""`- jan` with what he says on the next line, `mien: de kleinzoon wel`."""
PARAPH = re.compile(
    r"(?:^|\n)([a-z]{2,4}) \d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?:|"
    r"\b(?:par|paraaf|aant|get|gez|genot|afgeh)(?:\.:?|:) ?([a-z]{2,4})(?=\.?\s*(?:$|\n))|"
    r"\bactie(?: voor)?:? ([a-z]{2,3}):? (?:belt|mailt|appt|vraagt|regelt|plant|stuurt|checkt|pakt)\b|"
    r"(?<![\w/])([a-z]{2,3})/[a-z]v[dt]?[a-z]\b|\b[a-z]v[dt]?[a-z]/([a-z]{2,3})(?![\w/])"
)
"""`mvdl 13/6: mw gebeld`, `Aant. dV.`, `actie: rb belt dochter`, `CB/NvE besproken`."""
_FAMILIES = any_of(
    "wang zhang chen liu li yang huang zhao wu zhou xu zhu guo lin gao luo zheng liang xie deng feng cao zeng xiao "
    "tian yuan cai jiang cheng wei ye yao shen zhong cui nguyen tran pham hoang huynh phan vu bui ngo duong dinh doan "
    "trinh"
)
_GIVEN = words(
    "wei lei na fang min jing li yan ying hui yun mei lan hua ling xia juan ping hong jun jie tao qiang yong gang peng "
    "bo bin hao jian ming chao fei kai yi xin yu xue lin long zhen hai dong rui qing shan chun yang duc hoa minh huong "
    "linh trang thao mai hanh hung dung tuan anh nam thanh quang bao kim phuong thuy ngoc tam hieu khanh"
)
PAIR = re.compile(rf"(?<![\w\-'])(?:{_FAMILIES}|vo|le|ho|ly|dang) (?:van [a-z]{{2,6}}|[a-z]{{2,6}})(?![\w\-'])")
"""`zhang wei`, `tran van minh`, `vo thi`: two short words that no list of Dutch names holds together."""
FORM = re.compile(
    r"(?<![\w'’])([mno]['’][a-z]{4,14})(?![\w'’])|"
    r"(?<![\w.])([a-z]\.) (?:en|&) [a-z]\. (?:van |de |der |den ){0,2}[a-z]{3}|"
    r"\b(?:bijgenaamd|bijnaam(?: is| was|:)|alias) ((?:de |het )?[a-z]{3,15})(?=[,.;!\n)]|$| en )"
)
"""`m'hamed`, where Dutch joins no word as long; the first of `A. en B. Visschedijk`; `bijgenaamd de beer`."""
_WORDS_TOO = frozenset(("na", "min", "long", "nam", "tam", "dung", "lan", "hoa", "tao", "dong", "yang", "kim"))
"""Behind a family name that is a word (`de wang na de operatie`) these are one too, or nobody's."""
EVERY = (
    (ROW, 0.85, "lijst van aanwezigen"),
    (LINE, 0.85, "wie er praat"),
    (PARAPH, 0.6, "paraaf"),
    (PAIR, 0.85, "twee korte namen"),
    (FORM, 0.85, "vorm van de naam"),
)
"""Pattern, score and cue; the group that matched is the name. What says more than small letters do against a name is
sure (0.85). No look ahead within a pattern and no two rows behind each other: through the one the gate lets everything,
and the other fills the tables of RE2."""
GATE = NOTES.gate(pattern for pattern, *_ in EVERY)
_SHORTENED = own("common")
_NOBODY = frozenset(("aanw", "afw")) | STOP | KIN | TITLES | NAMING | TUSSEN | SPEAKERS
_FRENCH = frozenset(("appelle", "aime", "importe", "clock", "clocks"))
_SMALL_WORDS = words("vo le ho ly dang")
_TURNS = 2
_JOINED, _FIRST_OF_TWO = 1, 2
_TALK = 1500
"""So near stands what somebody else says."""


def names_in(match: re.Match[str], doc: Document, lists: Lists) -> Iterator[tuple[int, int]]:
    """Where the names of a match of `EVERY` stand, in view offsets; none when the lists speak against it."""
    if match.re is ROW:
        yield from _present(match, doc, lists)
    elif _is_somebody(match, doc, lists):
        yield match.span(match.lastindex or 0)


def _present(match: re.Match[str], doc: Document, lists: Lists) -> Iterator[tuple[int, int]]:
    for item in _ITEM.finditer(match.group(1)):
        start, end = item.start(1) + match.start(1), item.end(1) + match.start(1)
        word, written = item.group(1), doc.text[start:end]
        called = word in lists.first and word not in _NOBODY and word not in lists.public
        if called or (len(word) < 5 and not written.istitle() and _is_paraph(written, lists)):
            yield start, end


def _is_somebody(match: re.Match[str], doc: Document, lists: Lists) -> bool:
    word = match.group(match.lastindex or 0)
    if match.re is LINE:
        return _takes_turn(word, doc.folded[max(0, match.start() - _TALK) : match.end() + _TALK], lists)
    if match.re is PARAPH:
        return _is_paraph(doc.text[slice(*match.span(match.lastindex or 1))], lists)
    if match.re is PAIR:
        family, *_, given = word.split()
        if family in _SMALL_WORDS and " van " not in word:
            return given == "thi"
        return given == "thi" or (given in _GIVEN and not (family in lists.lexicon and given in _WORDS_TOO))
    if match.lastindex == _JOINED:
        return word[2:] not in _FRENCH and word[2:] not in lists.lexicon and word[2] != "n"
    return match.lastindex == _FIRST_OF_TWO or STOP.isdisjoint(word.split()[-1:])


def _takes_turn(word: str, talk: str, lists: Lists) -> bool:
    """A first name at the head of a line where somebody else's line begins so too; no month, relative or speaker."""
    heads = [match.group(1) for match in LINE.finditer(talk)]
    if len(word) < 4 and heads.count(word) >= _TURNS and _is_paraph(word, lists):
        return True
    if word not in lists.first or word in SPEAKERS or word in STOP or word in lists.public:
        return False
    if "feb" in heads or "mrt" in heads:
        return False
    return len({*heads}) >= _TURNS or f"- {word}\n" in talk


def _is_paraph(written: str, lists: Lists) -> bool:
    """Letters of somebody: no abbreviation, body or small word, and no word of small letters either."""
    letters = written.lower()
    if letters in _NOBODY or letters in ABBREVIATIONS or letters in lists.public:
        return False
    if letters in PERSON_VERBS or letters in ACTS or letters in lists.places:
        return False
    return letters not in lists.lexicon or (written.isupper() and letters not in _SHORTENED)
