"""The try-out: one made-up text, what is taken out of it, and why. Nothing of it is kept."""

from dataclasses import dataclass, field

from portal.house import House
from portal.speech import _
from portal.words import ENTITIES

_SURE = 0.8
WHY = {
    "PERSON": _("een bekende naam, of woorden ervoor zoals 'mevrouw' of 'consulent'"),
    "ADDRESS": _("een straatnaam met een huisnummer"),
    "POSTCODE": _("vier cijfers en twee letters"),
    "PLACE": _("een plaatsnaam uit de lijst"),
    "ORGANISATION": _("een naam met een woord zoals 'stichting' of 'praktijk'"),
    "PHONE": _("cijfers in de vorm van een telefoonnummer"),
    "EMAIL": _("een apenstaartje met een adres eromheen"),
    "USERNAME_URL": _("een website of een naam op een website"),
    "BSN": _("negen cijfers die kloppen als burgerservicenummer"),
    "IBAN": _("letters en cijfers die kloppen als rekeningnummer"),
    "DATE": _("een dag en een maand, of een jaartal"),
    "AGE": _("een getal met woorden als 'jaar' of 'ik ben'"),
    "LICENSE_PLATE": _("letters en cijfers in de vorm van een kenteken"),
    "CASE_NUMBER": _("een nummer achter een woord als 'zaak' of 'dossier'"),
    "HEALTH": _("een ziekte of beperking uit de lijst"),
}


@dataclass(frozen=True)
class Found:
    """One stretch of the text. words: as typed, for the one who typed them."""

    words: str = field(repr=False)
    what: str
    why: str
    sure: bool


@dataclass(frozen=True)
class Tried:
    """A cleaned text and what was found in it. pieces: the text as typed, cut where something was found."""

    text: str = field(repr=False)
    found: tuple[Found, ...]
    pieces: tuple[tuple[str, bool], ...] = field(repr=False)


def tried(house: House, text: str) -> Tried:
    """Clean one text with the detector of this home, and explain every find."""
    from anonymisation.text import Mode, clean

    with house.detector_lock:
        cleaned = clean([text], house.detector, mode=Mode.LABEL)
        spans = sorted(house.detector.detect(text), key=lambda span: span.start)
    pieces, at = [], 0
    for span in spans:
        pieces += [(text[at : span.start], False), (text[span.start : span.end], True)]
        at = span.end
    found = [
        Found(text[s.start : s.end], ENTITIES.get(s.label, s.label), WHY.get(s.label, ""), s.score >= _SURE)
        for s in spans
    ]
    return Tried(cleaned.texts[0] or "", tuple(found), tuple(one for one in (*pieces, (text[at:], False)) if one[0]))
