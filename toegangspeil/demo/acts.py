"""Acts of demo users that are not the road itself: a request of a resident, and a finding with its approval."""

from collections.abc import Sequence

from domain.consent import RequestKind
from domain.vocabulary import LegalBasis, Role
from pipelines import removing
from pipelines.checking import checked_files, checked_records
from pipelines.house import House
from pipelines.installation import DEMO_PASSWORD, demo_name
from register import findings, requests, users
from register.actors import Actor
from toegangspeil.demo.folder import DemoDelivery

FINDING_AREA, FINDING_INSTRUMENT = "GM9002", "klantreis"
FINDING = "Inwoners weten na de melding vaak niet wie hun vraag oppakt en wanneer zij iets horen."


def demo_actor(house: House, role: Role, area: str | None = None) -> Actor:
    """The demo user of a role, signed in with the demo password."""
    return users.authenticate(house.register, demo_name(role, area), password=DEMO_PASSWORD)


def remove_one(house: House, made: Sequence[DemoDelivery]) -> None:
    """One resident asks with her code to be removed; the officer agrees and she is taken out of vault and staging."""
    for delivery in made:
        if delivery.ontvangstcode is not None:
            area, instrument, meting = delivery.area, delivery.instrument, delivery.meting
            who = removing.find(house, area, instrument, meting, delivery.ontvangstcode)
            officer = demo_actor(house, Role.PRIVACY_OFFICER, area)
            asked = requests.receive(
                house.register, area, instrument, meting, RequestKind.VERWIJDEREN, LegalBasis.WMO,
                pseudonym=who, by=officer,
            )  # fmt: skip
            granted = requests.decide(house.register, asked.id, grant=True, reason="op verzoek", by=officer)
            removing.remove(house, granted)
            return


def add_finding(house: House) -> None:
    """A steward writes one sentence that rests on three journeys; the privacy officer approves it."""
    for part in checked_files(house, FINDING_AREA):
        if part.key.instrument != FINDING_INSTRUMENT:
            continue
        records = checked_records(house, part.key, part.version, part.staging_hash)
        if records is None:
            return
        journeys = sorted(set(records.tables["rows"]["pseudonym"].to_pylist()))[:3]
        new = findings.NewFinding(
            part.key.area, part.key.instrument, part.key.meting, part.key.doelgroep, FINDING, journeys,
            findings.TICKS, phase="melding",
        )  # fmt: skip
        steward = demo_actor(house, Role.DATA_STEWARD, part.key.area)
        written = findings.add(house.register, new, by=steward)
        officer = demo_actor(house, Role.PRIVACY_OFFICER, part.key.area)
        findings.approve(house.register, written.id, seen=written.content_hash, by=officer)
        return
