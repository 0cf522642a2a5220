"""Kentekens by sidecode, with dashes, spaces or nothing between the groups."""

import re
from collections.abc import Iterable, Sequence

from anonymisation.cues import STOP
from anonymisation.gates import DIGITS
from anonymisation.recognisers.person_words import ABBREVIATIONS
from anonymisation.recognisers.spoken import SPOKEN
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

# L = letters, D = digits. Source: RDW, sidecodes 1 to 14 and the series for commercial and two-wheeled vehicles.
SIDECODES = frozenset(
    [
        "LL-DD-DD",
        "DD-DD-LL",
        "DD-LL-DD",
        "LL-DD-LL",
        "LL-LL-DD",
        "DD-LL-LL",
        "DD-LLL-D",
        "D-LLL-DD",
        "LL-DDD-L",
        "L-DDD-LL",
        "LLL-DD-L",
        "L-DD-LLL",
        "D-LL-DDD",
        "DDD-LL-D",
    ]
)
_TOLD_APART = frozenset(["LL-DDD-L", "L-DDD-LL", "LL-LL-DD", "DD-LL-LL", "LLL-DD-L", "L-DD-LLL"])
"""Series with letters in two groups, and none of them of a day and a month or an amount."""
_UNITS = words("kr st kg km cm mm ml gr hr dr mr mw nr tm mg pt gb kb mb wk mnd bv nv")
MISWRITTEN = frozenset(["D-LLL-DDD", "LL-DDD-LL", "DD-LLL-DD", "DDD-LLL-D", "LL-DDD-D", "D-LL-DD", "DD-LL-DDD"])
"""A figure or letter too many or too few: no series of the RDW, but behind a cue and with dashes still a plate."""
_SIGN = r"[ \-./_*]{1,3}"
GROUPED = re.compile(
    rf"(?<![a-z0-9\-])(?=([a-z]{{1,3}}|\d{{1,3}})({_SIGN})([a-z]{{1,3}}|\d{{1,3}})(\2)([a-z]{{1,3}}|"
    r"\d{1,3})(?![a-z0-9]|-\d))"
)
COMPACT = re.compile(r"(?<![a-z0-9\-])(?=[a-z]{0,4}\d)[a-z0-9]{6}(?![a-z0-9\-])")


def _written(codes: Iterable[str], sign: str) -> re.Pattern[str]:
    parts = {"L": "[a-z]", "D": r"\d", "-": sign}
    shapes = "|".join("".join(parts[part] for part in code) for code in sorted(codes))
    return re.compile(rf"(?<![a-z0-9\-])(?:{shapes})(?![a-z0-9])")


OWN_WORD = re.compile(r"\b(?:ken ?tee?ken|kentken|nummerplaat|nummerbord)(?:plaat|nummer|nr|s)?\b")
"""Behind it a plate stands in any grouping: `gh123-k`, `g h 1 2 3 k`, `tr zes negen 0 v`."""
FOREIGN = re.compile(
    r"\b(?:kenteken|nummerplaat)(?: is| was|:|,)? "
    r"([a-z]{1,3}[ \-][a-z]{0,3}\d[a-z0-9]{2,6}|"
    r"[a-z]{1,3}[ \-][a-z]{1,2}[ \-]\d{2,4}|[a-z]{1,3}\d[a-z0-9]{3,5})(?![a-z0-9\-])"
)
"""Right behind its own word a plate of another country: `KR 4F882`, `K-AB 1234`."""
_GATE = DIGITS.gate(
    [
        _written(SIDECODES | MISWRITTEN, _SIGN),
        _written(SIDECODES | {"LLLLDD", "DDDDLL", "LLDDDD", "DDLLLL"}, ""),
        FOREIGN,
        OWN_WORD,
    ]
)
"""Any plate at all: grouped, and without anything between."""
CUE = re.compile(
    r"\b(?:kenteken|kentek|kent(?:ee)?ken|nummerplaat|kent\b|[a-z]{0,20}parke|geparke|ontheffing|[a-z]{0,14}auto|[a-z]{0,12}bus(?:je)?|brommer|brommobiel|scooter|taxi|wagen|plaat|parkeerkaart|"
    r"gehandicaptenparkeerplaats|parkeervergunning|kia|opel|volkswagen|vw|golf|renault|peugeot|citroen|toyota|fiat|volvo|audi|bmw|mercedes|hyundai|suzuki|skoda|mazda|nissan|dacia|canta|motor\b|caravan|camper|"
    r"aanhanger|bestel|(?:ford(?:je)?|seat|tesla|honda|mini|smart|lexus|jeep|saab|daewoo|daihatsu|mitsubishi|subaru|chevrolet)\b)"
)
_PARTS = re.compile(r"[a-z]+|\d+")
_APART = frozenset(" -./_*\n")
_WIDEST_GAP, _SIGNS, _LETTERS = 3, 6, 3
"""Between two parts of a plate, on all of it, and in a part of it."""
_WEEKDAYS = words("ma di wo do vr za zo jan feb mrt apr mei jun jul aug sep okt nov dec")
_BEHIND = 90
"""So far behind its cue may a plate stand."""
_CONSONANTS = frozenset("bdfghjklmnprstvwxz")


def sidecode(groups: Iterable[str]) -> str:
    """The shape of a number plate, e.g. `DD-LLL-D`."""
    return "-".join(("D" if g.isdigit() else "L") * len(g) for g in groups)


class LicensePlateRecogniser(Recogniser):
    """Dashes and a sidecode are enough; spaces or nothing between the groups want consonants or a cue."""

    name = "license_plate"
    least_figures = 2
    labels = ("LICENSE_PLATE",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Number plates in any notation."""
        for number in _GATE.open(doc):
            yield from (_grouped, _compact, _foreign, _behind_own_word)[number](doc)


def _grouped(doc: Document) -> Iterable[Found]:
    text = doc.folded
    for match in GROUPED.finditer(text):
        groups, sign = match.group(1, 3, 5), match.group(2)
        start, end = match.start(1), match.end(5)
        written = doc.text[start:end].isupper()
        sentence = sign.isspace() and (doc.reading.shouting or not written) and _small_words(groups)
        shape = sidecode(groups)
        if sentence or (shape not in SIDECODES and (shape not in MISWRITTEN or "-" not in sign)):
            continue
        cue = _cued(text, start)
        if shape in MISWRITTEN and not cue:
            continue
        one_case = doc.reading.shouting or doc.text.islower()
        apart = sign.isspace() and (_is_code(groups, shape) if one_case else written and not _vowels("".join(groups)))
        if cue or apart or ("-" in sign and (written or _plate_letters("".join(groups)))):
            yield _plate(start, end, 0.95 if cue else 0.88, cue)


def _compact(doc: Document) -> Iterable[Found]:
    for match in COMPACT.finditer(doc.folded):
        cue = _cued(doc.folded, match.start())
        if _compact_shape(tuple(_PARTS.findall(match.group())), cue):
            yield _plate(*match.span(), 0.9 if cue else 0.7, cue)


def _foreign(doc: Document) -> Iterable[Found]:
    for match in FOREIGN.finditer(doc.folded):
        yield _plate(*match.span(1), 0.9, True)


def _behind_own_word(doc: Document) -> Iterable[Found]:
    for word in OWN_WORD.finditer(doc.folded):
        parts = [*_PARTS.finditer(doc.folded, word.end(), word.end() + _BEHIND)]
        plates = (_spelled(doc.folded, parts[at:]) for at in range(len(parts)))
        if plate := next(filter(None, plates), None):
            yield _plate(*plate, 0.94, True)


def _spelled(text: str, parts: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """Where a plate stands that these words and figures begin; a number may be said in words."""
    signs, end = "", parts[0].start()
    for part in parts:
        gap, said = text[end : part.start()], SPOKEN.get(part.group(), part.group())
        small = part.group() in STOP and part.group() not in SPOKEN
        if small or len(said) > _LETTERS or len(gap) > _WIDEST_GAP or not _APART.issuperset(gap):
            return None
        signs, end = signs + said, part.end()
        if len(signs) >= _SIGNS:
            break
    groups = tuple(_PARTS.findall(signs))
    ends = not text[end : end + 1].isalnum()
    return (parts[0].start(), end) if ends and len(signs) == _SIGNS and _compact_shape(groups, True) else None


def _cued(text: str, start: int) -> bool:
    return CUE.search(text, max(0, start - _BEHIND), start) is not None


def _plate(start: int, end: int, score: float, cue: bool) -> Found:
    return Found(start, end, "LICENSE_PLATE", score, "kenteken" if cue else "sidecode")


def _small_words(groups: Iterable[str]) -> bool:
    """`is 88 en`, `op za 13` read as a sentence, whatever stands before them."""
    return any(group in STOP or group in _WEEKDAYS for group in groups)


def _is_code(groups: Iterable[str], shape: str) -> bool:
    """`r 305 zt`, `kz fp 30` in a text without a second case: only consonants, of which no group is an abbreviation."""
    return shape in _TOLD_APART and not any(_vowels(group) or group in ABBREVIATIONS | _UNITS for group in groups)


def _plate_letters(letters: str) -> bool:
    """Modern plates use consonants only; older ones all letters, so one vowel is let through."""
    return _vowels(letters) <= 1


def _vowels(letters: str) -> int:
    return sum(c.isalpha() and c not in _CONSONANTS for c in letters)


def _compact_shape(groups: tuple[str, ...], cue: bool) -> bool:
    """`rs781k` is a plate; `1234ab` is a postcode unless a cue says kenteken."""
    if len(groups) == 3 and sidecode(groups) in SIDECODES:
        return cue or _plate_letters("".join(groups))
    if len(groups) == 2 and (cue or not _vowels("".join(groups))):
        return {len(g) for g in groups} == {2, 4}
    return False
