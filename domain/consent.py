"""Consent: purposes, who signed, and what holds for a person at a moment. Pure rules over records by pseudonym."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import ConsentRefused
from domain.vocabulary import LegalBasis, Purpose


class Said(StrEnum):
    """What a record says; three different records, the newest holds."""

    CONSENT = "toestemming"
    REFUSAL = "weigering"
    WITHDRAWAL = "intrekking"


class SignedBy(StrEnum):
    """Who signed for the resident."""

    SELF = "zelf"
    PARENT = "ouder_of_voogd"
    MENTOR = "mentor"
    CURATOR = "curator"


class Standing(StrEnum):
    """What holds at a moment; only GIVEN lets anything happen."""

    GIVEN = "gegeven"
    REFUSED = "geweigerd"
    WITHDRAWN = "ingetrokken"
    EXPIRED = "verlopen"
    NEVER_ASKED = "niet_gevraagd"


class RequestKind(StrEnum):
    """What a resident may ask."""

    INTREKKEN = "intrekken"
    BEZWAAR = "bezwaar"
    INZAGE = "inzage"
    VERWIJDEREN = "verwijderen"


class Route(StrEnum):
    """Where a request goes, by legal basis."""

    WITHDRAW_CONSENT = "toestemming_intrekken"
    WEIGH_OBJECTION = "bezwaar_afwegen"
    GIVE_ACCESS = "inzage_geven"
    ERASE = "verwijderen_beoordelen"
    NO_CONSENT = "geen_toestemming_om_in_te_trekken"
    NO_OBJECTION = "bezwaar_niet_mogelijk"
    NOBODY_FOUND = "artikel_11"


@dataclass(frozen=True)
class ConsentRecord:
    """One consent, refusal or withdrawal, for one purpose and one version of the text."""

    scope: str
    pseudonym: str
    purpose: Purpose
    said: Said
    moment: datetime
    signed_by: SignedBy = SignedBy.SELF
    module: str = "algemeen"
    version: int = 1
    expires_at: datetime | None = None
    evidence_hash: str | None = None

    def __post_init__(self) -> None:
        """A moment without a time zone, or an end before the start, is refused."""
        moments = [moment for moment in (self.moment, self.expires_at) if moment]
        if any(moment.tzinfo is None for moment in moments):
            raise ConsentRefused("toestemming: een moment heeft een tijdzone nodig")
        if self.expires_at is not None and self.expires_at <= self.moment:
            raise ConsentRefused("toestemming: de einddatum ligt voor het begin")


PACKED = 16
"""Bytes of a pseudonym where many are kept together."""

_HEX = 2 * PACKED


def packed(pseudonyms: Sequence[str]) -> bytes:
    """Pseudonyms (32 hex characters) as 16 bytes each; raises ConsentRefused for what is not one."""
    try:
        content = bytes.fromhex("".join(pseudonyms))
    except ValueError:
        content = b""
    if len(content) != len(pseudonyms) * PACKED or not set(map(len, pseudonyms)) <= {_HEX}:
        raise ConsentRefused("toestemming: dit is geen pseudoniem; lever opnieuw aan")
    return content


def unpacked(people: bytes) -> list[str]:
    """The pseudonyms that `packed` made small."""
    names = people.hex()
    return [names[at : at + _HEX] for at in range(0, len(names), _HEX)]


_ORDER = [Said.CONSENT, Said.REFUSAL, Said.WITHDRAWAL]
_MEANS = {Said.CONSENT: Standing.GIVEN, Said.REFUSAL: Standing.REFUSED, Said.WITHDRAWAL: Standing.WITHDRAWN}


def standing_at(records: Iterable[ConsentRecord], at: datetime) -> Standing:
    """What holds at a moment: the newest record up to then; at the same moment the one that allows least."""
    known = [record for record in records if record.moment <= at]
    if not known:
        return Standing.NEVER_ASKED
    newest = max(known, key=_weight)
    if newest.said is Said.CONSENT and newest.expires_at is not None and newest.expires_at <= at:
        return Standing.EXPIRED
    return _MEANS[newest.said]


def standings_at(said: Iterable[tuple[ConsentRecord, Iterable[str]]], at: datetime) -> dict[str, Standing]:
    """`standing_at` of everybody at once, where one record may hold for many people."""
    newest: dict[str, ConsentRecord] = {}
    for record, people in sorted(said, key=lambda one: _weight(one[0])):
        if record.moment <= at:
            newest.update(dict.fromkeys(people, record))
    means = {id(record): standing_at([record], at) for record in newest.values()}
    return {who: means[id(record)] for who, record in newest.items()}


def _weight(record: ConsentRecord) -> tuple[datetime, int, float]:
    """The record that weighs most holds; of two of one moment the one that ends first."""
    ends = record.expires_at.timestamp() if record.expires_at else math.inf
    return record.moment, _ORDER.index(record.said), -ends


def may_leave(standings: Iterable[Standing | None], demanded: bool) -> bool:
    """Whether a person's answers may go to others: never after a no; where everyone was asked, only after a yes.

    standings: what holds under each of her pseudonyms for `delen_movisie`; None where nothing is known.
    """
    known = {standing for standing in standings if standing not in (None, Standing.NEVER_ASKED)}
    return known <= {Standing.GIVEN} and (bool(known) or not demanded)


def route_request(kind: RequestKind, basis: LegalBasis, *, found: bool) -> Route:
    """Where a request goes. A CEO on a statutory task has no consent to withdraw and no right to object (art. 21)."""
    if not found:
        return Route.NOBODY_FOUND
    if kind is RequestKind.INTREKKEN:
        return Route.WITHDRAW_CONSENT if basis is LegalBasis.CONSENT else Route.NO_CONSENT
    if kind is RequestKind.BEZWAAR:
        return Route.WEIGH_OBJECTION if basis is LegalBasis.PUBLIC_TASK else Route.NO_OBJECTION
    return Route.GIVE_ACCESS if kind is RequestKind.INZAGE else Route.ERASE
