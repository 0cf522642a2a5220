"""E-mail addresses, also spelled with (at) and (punt), or broken by a space round the dot or the @."""

import re
from collections.abc import Iterable
from string import ascii_lowercase, digits

from anonymisation.gates import FOLDED, Sought
from anonymisation.spans import Document, Found, Recogniser

_RUN = ascii_lowercase + digits + "._%+-"
_LOCAL = r"[a-z0-9_][a-z0-9._%+\-]{0,63}"
_ENDS = r"(?:nl|com|net|org|eu|be|de|fr|info|frl)(?![a-z0-9])"
"""What stands behind the last dot, where the rest of the notation does not tell an address."""
_SAID_DOT = r"(?:\s?[(\[{\-](?:punt|dot|\.)[)\]}\-]\s?|,?\s(?:punt|dot),?\s)"
_DOT = rf"(?:\.|{_SAID_DOT}|(?:\.\.|\s?[.,]\s?)(?=(?:nl|com|eu)(?![a-z0-9]))|[\s_](?=(?:nl|com)(?![a-z0-9])))"
_JOIN = rf"(?:{_SAID_DOT}|\s(?:underscore|(?:(?:laag|liggend|gewoon) )?streepje|koppelteken|dash|min)\s)"
_TAIL = (
    r"(?:(?:slinger )?a{1,2}p{1,2}en?[ \-]?staa?r[dt]{1,2}(?:je)?|a-staart(?:je)?|at[ \-]teken|"
    r"slinger(?:aap|staart)|(?:slinger)?aapje)"
)
_MARKED = rf"(?:[(\[{{<*\"'/](?:at|{_TAIL}|a)[)\]}}>*\"'/]|[_\-|](?:at|{_TAIL})[_\-|]|&(?:#64|commat);|%40)"
_SAID_TAIL = rf",?\s(?:en |dan |en dan )?{_TAIL},?\s(?:en dan |dan )?"
_SAID_AT = (
    rf" (?:(?:at|ad|et|aap) (?=[a-z0-9\-]{{2,40}}(?: (?:punt|dot) | ?\. ?){_ENDS})|"
    r"at (?=[a-z0-9\-]{2,40} (?:(?:punt|dot) [a-z]{2,12}|nl|com)(?![a-z0-9])))"
)
_APART = rf"\s@(?=[a-z0-9\-]{{2,40}}{_DOT}{_ENDS})"
_AT = rf"(?:@{{1,2}}\.?|@[ \n]|  ?@ |{_APART}|\s?{_MARKED}\s?|{_SAID_TAIL}|{_SAID_AT})"
_HOST = r"(?:(?:kpn|hot|g|upc|proton|quick|het) (?:mail|net)(?![a-z0-9])|[a-z0-9](?:[a-z0-9\-]{0,62}))"
EMAIL = re.compile(
    rf"(?<![a-z0-9._%+\-])(?:{_LOCAL}(?:{_JOIN}| \.)){{0,3}}{_LOCAL}{_AT}{_HOST}(?:{_DOT}{_HOST}){{1,4}}"
)
SIGN = Sought(rf"@{{1,2}}|{_MARKED}|{_SAID_TAIL}|{_SAID_AT}")
_PROVIDERS = r"(?:g-?mail|hotmail|outlook|icloud|yahoo|protonmail|ziggo|kpnmail|upcmail|hetnet|xs4all)"
"""Where people have their mail; *live*, *home* and *planet* are words too."""
_AT_PROVIDER = (
    rf"(?:\s?[@#]\s?|\s?{_MARKED}\s?|,?\s(?:{_TAIL}|at|ad|et|aap),?\s|\s(?=[a-z0-9\-]{{5,10}}[ .](?:com|nl)(?![a-z])))"
)
_NO_LOCAL = (
    r"(?:mijn|jouw|haar|hun|naar|door|over|voor|maar|want|aan|een|oude|nieuwe|account|accounts|adres|mail|mails|email|"
    r"e-mail|webmail|website|inlog|inloggen|gebruik|gebruikt|heet|werkt|geen|alleen|gewoon|bijvoorbeeld)"
)
"""Words that may stand before the name of a provider, and are nobody's address."""
UNENDED = re.compile(
    rf"(?<![a-z0-9._%+\-])(?=[a-z0-9]*[._0-9])(?=[0-9._]*[a-z]){_LOCAL}(?<=[a-z0-9]){_AT_PROVIDER}{_PROVIDERS}"
    r"(?:\s?[.,]?\s?(?:com|nl))?(?![a-z0-9])|"
    rf"(?<![a-z0-9._%+\-])(?!{_NO_LOCAL}\b)[a-z]{{4,30}}(?: (?:at|et|{_TAIL}) {_PROVIDERS}(?:\s?[.,]?\s?(?:com|nl))?"
    rf"| {_PROVIDERS}\.(?:com|nl))(?![a-z0-9])|"
    rf"(?<![a-z0-9._%+\-])[a-z._]{{2,30}}\d[a-z0-9]{{0,8}}\.{_PROVIDERS}\.(?:com|nl)(?![a-z0-9])"
)
"""Without its ending, or without its sign: a name that no word is (a dot or figure in it), at a provider."""
_GATE = FOLDED.gate([SIGN, UNENDED])
_SAID = ("punt", "dot", "streepje", "underscore", "koppelteken", "dash", " min ")


class EmailRecogniser(Recogniser):
    """Whole addresses of private persons and of staff."""

    name = "email"
    labels = ("EMAIL",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Look only round the sign, so that a text without one costs nothing."""
        text, opened = doc.folded, _GATE.open(doc)
        if 1 in opened:
            for match in UNENDED.finditer(text):
                yield Found(*match.span(), "EMAIL", 0.9, "provider")
        if 0 not in opened:
            return
        last = 0
        for sign in SIGN.finditer(text):
            if sign.start() < last:
                continue
            start, stop = max(last, sign.start() - 140), min(len(text), sign.end() + 200)
            for match in _round(text, start, sign.start(), stop):
                if match.end() > sign.start():
                    end = _without_tail(text, match.start(), match.end())
                    yield Found(match.start(), end, "EMAIL", 0.99, "@")
                    last = match.end()
                    break


def _round(text: str, start: int, sign: int, stop: int) -> Iterable[re.Match[str]]:
    """What reads as an address near a sign: where no dot is said, it begins with the run of letters before the sign."""
    before = text[start:sign]
    if any(map(before.__contains__, _SAID)):
        return EMAIL.finditer(text, start, stop)
    begin = len(before.rstrip(" ,\n").rstrip(_RUN))
    if before.startswith(".", begin):  # `w .terpstra@`
        begin = len(before[:begin].rstrip(" ").rstrip(_RUN))
    match = EMAIL.match(text, start + begin, stop)
    return (match,) if match else ()


def _without_tail(text: str, start: int, end: int) -> int:
    """A full stop at the end of the sentence is not part of the address."""
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")]":
        end -= 1
    return end
