"""Who did what: lines of the ledger about one thing, in words."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.speech import _
from portal.words import state
from register import ledger_lines
from register.permissions import PERMISSIONS, Act
from register.store import Register

MOVED = {
    "submitted": _("ingediend"), "approved": _("goedgekeurd"), "returned": _("teruggestuurd"),
    "rejected": _("afgewezen"),
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
    "release.counters": _("uitgave: uitkomst van de controles bewaard"),
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
    "kind": _("soort"), "route": _("weg"), "version": _("versie"), "passed": _("doorstaan"), "rows": _("rijen"),
    "persons": _("mensen"), "doubts": _("plekken"), "objects": _("onderdelen"), "task": _("taak"),
    "instrument": _("instrument"), "meting": _("meting"), "state": _("stand"), "from": _("van"), "to": _("naar"),
    "codebook": _("codeboek"), "purpose": _("doel"), "text": _("tekst"), "leak": _("melding"), "failed": _("reden"),
    "was": _("was"), "dropped": _("weggelaten"), "smallest": _("kleinste groep"), "audience": _("zichtbaar voor"),
    "contributions": _("bijdragen"), "recipients": _("ontvangers"), "request_kind": _("vraag"),
    "file": _("bestand"), "name": _("naam"), "rule": _("herkenningsregel"),
}  # fmt: skip
_SAID_BY = frozenset({"from", "to", "was", "state", "area"})
_HASH = re.compile(r"[0-9a-f]{32,}")


@dataclass(frozen=True)
class Step:
    """The same act by the same person, once or a few times in a row: the first moment, and the lines of the ledger."""

    at: str
    who: str
    what: str
    number: int
    last: int
    times: int = 1


def act_words(act: str) -> str:
    """What a line of the ledger says was done; the bare name for an act we have no words for."""
    return WORDS.get(act, act)


def acts_like(asked: str) -> frozenset[str]:
    """Acts whose words hold what somebody typed; none when nothing was typed."""
    wanted = asked.casefold().strip()
    return frozenset(act for act, words in WORDS.items() if wanted and wanted in words.casefold())


def steps(register: Register, *, contribution: int, deliveries: Collection[str]) -> list[Step]:
    """Who did what with a contribution and with the deliveries in it, oldest first."""
    found = ledger_lines.about(register, contribution=contribution, deliveries=deliveries)
    steps: list[Step] = []
    for line in found:
        words = act_words(line["act"])
        if steps and (steps[-1].who, steps[-1].what) == (line["who"], words):
            steps[-1] = replace(steps[-1], last=line["seq"], times=steps[-1].times + 1)
        else:
            steps.append(Step(line["at"], line["who"], words, line["seq"], line["seq"]))
    return steps


def subject_words(what: Mapping[str, Any], name_of: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """What a line is about, as (word, value): without fingerprints and empty values, which only the check needs.

    name_of: the name of a gemeente or verband by its code.
    """
    found = []
    for name, value in what.items():
        shown = _value(value)
        if name in _SAID_BY and isinstance(value, str):
            shown = name_of(value) if name == "area" else state(value)
        if shown and not _HASH.fullmatch(shown):
            found.append((SUBJECT_WORDS.get(name, name), shown[:80]))
    return found


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(one) for one in value)
    return "" if value is None else str(value)
