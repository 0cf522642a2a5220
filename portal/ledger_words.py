"""What a line of the ledger says, in words: the act, and what it was about."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from portal.speech import _
from portal.words import moment, state
from register.permissions import PERMISSIONS, Act

MOVED = {
    "submitted": _("ingediend"), "approved": _("goedgekeurd"), "returned": _("teruggestuurd"),
    "rejected": _("afgewezen"), "ended": _("beëindigd"),
    "published": _("gepubliceerd"), "withdrawn": _("ingetrokken"), "replaced": _("vervangen"), "lapsed": _("verlopen"),
    "drafted": _("opgeschreven"), "saved": _("bewaard"), "made": _("gemaakt"),
}  # fmt: skip
SUBJECTS = {
    "policy": _("regels"), "release": _("uitgave"), "finding": _("bevinding"), "rule": _("herkenningsregel"),
    "consent_text": _("toestemmingstekst"), "contribution": _("bijdrage"), "request": _("verzoek"),
    "delivery": _("aanlevering"),
    "microdata": _("rijen voor een onderzoeker"),
}  # fmt: skip
OTHERS = {
    "removal.planned": _("gegevens van een inwoner: verwijdering gepland"),
    "removal.switched": _("gegevens van een inwoner: overgezet op een nieuwe sleutel"),
    "removal.done": _("gegevens van een inwoner: verwijderd"),
}
_MOVES = {
    f"{one}.{to}": _("{subject}: {moved}", subject=words, moved=done)
    for one, words in SUBJECTS.items()
    for to, done in MOVED.items()
}
WORDS = _MOVES | OTHERS | {one.value: PERMISSIONS[one].what for one in Act}
"""Every act that a line of the ledger can name, in words."""


SUBJECT_WORDS = {
    "area": _("gemeente"), "delivery": _("aanlevering"), "contribution": _("bijdrage"), "release": _("uitgave"),
    "request": _("verzoek"), "policy": _("regels"), "finding": _("bevinding"), "microdata": _("aanvraag"),
    "destruction": _("vernietiging"), "user": _("gebruiker"), "roles": _("rollen"), "scope": _("onderzoek"),
    "kind": _("soort"), "route": _("wat kan er"), "version": _("versie"), "passed": _("doorstaan"), "rows": _("rijen"),
    "persons": _("mensen"), "doubts": _("plekken"), "objects": _("onderdelen"), "task": _("taak"),
    "instrument": _("instrument"), "meting": _("meting"), "state": _("stand"), "from": _("van"), "to": _("naar"),
    "codebook": _("codeboek"), "purpose": _("doel"), "text": _("tekst"), "leak": _("melding"), "failed": _("reden"),
    "was": _("was"), "dropped": _("weggelaten"), "smallest": _("kleinste groep"), "audience": _("zichtbaar voor"),
    "contributions": _("bijdragen"), "recipients": _("ontvangers"), "request_kind": _("vraag"),
    "file": _("bestand"), "name": _("naam"), "rule": _("herkenningsregel"), "api_key": _("sleutel"),
    "issued": _("uitgegeven"), "deadline": _("beslissen voor"), "event": _("gebeurtenis"), "line": _("kopie tot regel"),
}  # fmt: skip
EVENTS = {"restore": _("kopie teruggezet"), "rekey": _("nieuwe hoofdsleutel")}
_SPOKEN: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("from", "to", "was", "state"), state), "event": lambda name: EVENTS.get(name, name),
    "deadline": moment,
}  # fmt: skip
_LONGEST = 300
_HASH = re.compile(r"[0-9a-f]{32,}")


def act_words(act: str) -> str:
    """What a line of the ledger says was done; the bare name for an act we have no words for."""
    return WORDS.get(act, act)


def acts_like(asked: str) -> frozenset[str]:
    """Acts whose words hold what somebody typed; none when nothing was typed."""
    wanted = asked.casefold().strip()
    return frozenset(act for act, words in WORDS.items() if wanted and wanted in words.casefold())


def subject_words(what: Mapping[str, Any], say: Mapping[str, Callable[[str], str]] = {}) -> list[tuple[str, str]]:
    """What a line is about, as (word, value): without fingerprints and empty values, which only the check needs.

    say: how a text under a name reads, such as the name of a gemeente for its code under `area`.
    """
    found = []
    for name, value in what.items():
        speak = say.get(name) or _SPOKEN.get(name, str)
        shown = _value(value, speak)
        if shown and not _HASH.fullmatch(shown):
            found.append((SUBJECT_WORDS.get(name, name), shortened(shown)))
    return found


def shortened(text: str) -> str:
    """At most so much of a text, cut between two words."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"


def _value(value: Any, speak: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(one, speak) for one in value)
    return "" if value is None else speak(str(value))
