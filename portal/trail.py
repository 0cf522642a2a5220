"""Who did what: lines of the ledger about one thing, in words."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.speech import _
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


@dataclass(frozen=True)
class Step:
    """One act, as an officer reads it."""

    at: str
    who: str
    what: str
    number: int


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
    return [Step(line["at"], line["who"], act_words(line["act"]), line["seq"]) for line in found]
