"""E-mail addresses, also spelled with (at) and (punt), or broken by a space round the dot or the @."""

import re
from collections.abc import Iterable
from string import ascii_lowercase, digits

from anonymisation.spans import Document, Found, Recogniser

_RUN = ascii_lowercase + digits + "._%+-"
_LOCAL = r"[a-z0-9][a-z0-9._%+\-]{0,63}"
_DOT = r"(?:\.|\s?[(\[](?:punt|dot)[)\]]\s?|\s(?:punt|dot)\s)"
_TAIL = r"(?:apen?staart(?:je)?|a-staart(?:je)?)"
_SAID_AT = r" at (?=[a-z0-9\-]{2,40} (?:punt|dot) (?:nl|com|net|org|eu|be|de|fr)\b)"
_AT = rf"(?:@|@ |  ?@ |\s?[(\[](?:at|{_TAIL}|a)[)\]]\s?|\s{_TAIL}\s|{_SAID_AT})"
_HOST = r"[a-z0-9](?:[a-z0-9\-]{0,62})"
EMAIL = re.compile(rf"(?<![a-z0-9._%+\-])(?:{_LOCAL}{_DOT}){{0,3}}{_LOCAL}{_AT}{_HOST}(?:{_DOT}{_HOST}){{1,4}}")
SIGN = re.compile(rf"@|[(\[](?:at|{_TAIL}|a)[)\]]|\s{_TAIL}\s|{_SAID_AT}")


class EmailRecogniser(Recogniser):
    """Whole addresses of private persons and of staff."""

    name = "email"
    labels = ("EMAIL",)

    def find(self, doc: Document) -> Iterable[Found]:
        """Look only round the sign, so that a text without one costs nothing."""
        text = doc.folded
        if not ("@" in text or "(a" in text or "[a" in text or "staart" in text or " at " in text):
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
    if "punt" in before or "dot" in before:
        return EMAIL.finditer(text, start, stop)
    match = EMAIL.match(text, start + len(before.rstrip().rstrip(_RUN)), stop)
    return (match,) if match else ()


def _without_tail(text: str, start: int, end: int) -> int:
    """A full stop at the end of the sentence is not part of the address."""
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")]":
        end -= 1
    return end
