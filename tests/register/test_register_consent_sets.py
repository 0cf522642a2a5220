"""What a whole delivery said, kept as sets: asked, withdrawn and repeated as single records are."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.consent import ConsentRecord, Said, Standing, packed
from domain.errors import ConsentRefused, NotAllowed
from domain.vocabulary import Purpose
from register import consent_sets, consent_texts, consents, defaults, ledger
from register.actors import SYSTEM
from register.consent_sets import ConsentSet
from register.store import Register
from tests.register.people import MOVISIE, NATIONAL_OFFICER
from tests.register.test_register_residents import SCOPE, START

PEOPLE = [f"{n:032x}" for n in range(0, 10_000, 2)]
NOBODY = f"{3:032x}"
SOURCE = "GM9001.ceo_wmo.2026.client"


def said(what: Said, evidence: str = "e1") -> ConsentRecord:
    return ConsentRecord(SCOPE, "", Purpose.HERCONTACT, what, START, evidence_hash=evidence)


@pytest.fixture
def register_with_texts(register: Register) -> Register:
    for draft in defaults.save_default_texts(register):
        consent_texts.approve(register, draft.id, seen=draft.text_hash, by=NATIONAL_OFFICER)
    return register


def keep(register: Register, *sets: ConsentSet, source: str = SOURCE) -> int:
    return consent_sets.record_sets(register, sets, by=SYSTEM, source=source)


def test_a_set_is_asked_as_its_people_were_asked_one_by_one(register_with_texts: Register) -> None:
    register = register_with_texts
    yes, no = ConsentSet(said(Said.CONSENT), packed(PEOPLE[10:])), ConsentSet(said(Said.REFUSAL), packed(PEOPLE[:10]))
    assert keep(register, yes, no) == len(PEOPLE)
    standings = consents.standings_at(register, SCOPE, Purpose.HERCONTACT, START)
    expected = {who: Standing.REFUSED if at < 10 else Standing.GIVEN for at, who in enumerate(PEOPLE)}
    assert standings == expected
    for who in (PEOPLE[0], PEOPLE[9], PEOPLE[10], PEOPLE[4096], PEOPLE[-1]):
        assert consents.status_at(register, SCOPE, who, Purpose.HERCONTACT, START) is expected[who]
    assert consents.status_at(register, SCOPE, NOBODY, Purpose.HERCONTACT, START) is Standing.NEVER_ASKED
    before = START - timedelta(seconds=1)
    assert consents.standings_at(register, SCOPE, Purpose.HERCONTACT, before) == {}


def test_a_withdrawal_later_weighs_more_than_the_set(register_with_texts: Register) -> None:
    register = register_with_texts
    keep(register, ConsentSet(said(Said.CONSENT), packed(PEOPLE[:3])))
    later = START + timedelta(days=2)
    gone = replace(said(Said.WITHDRAWAL), pseudonym=PEOPLE[1], moment=later)
    consents.record_consents(register, [gone], by=SYSTEM)
    assert consents.allowed(register, SCOPE, Purpose.HERCONTACT, START) == set(PEOPLE[:3])
    assert consents.allowed(register, SCOPE, Purpose.HERCONTACT, later) == {PEOPLE[0], PEOPLE[2]}
    assert consents.status_at(register, SCOPE, PEOPLE[1], Purpose.HERCONTACT, later) is Standing.WITHDRAWN


def test_the_same_delivery_again_adds_nothing_and_another_doelgroep_does(register: Register) -> None:
    first = ConsentSet(said(Said.REFUSAL), packed(PEOPLE[:5]))
    assert [keep(register, first) for _ in range(2)] == [5, 0]
    other = ConsentSet(said(Said.REFUSAL), packed(PEOPLE[5:8]))
    assert keep(register, other, source="GM9001.ceo_wmo.2026.vertegenwoordiger") == 3
    bodies = [json.loads(line) for line in ledger.read_lines(register)]
    counts = [what["records"] for what in _kept(bodies)]
    assert counts == [5, 3]


def _kept(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [body["what"] for body in bodies if body["act"] == "consent.record"]


def test_a_set_needs_an_approved_text_a_role_and_real_pseudonyms(register: Register) -> None:
    with pytest.raises(ConsentRefused, match="niet goedgekeurd"):
        keep(register, ConsentSet(said(Said.CONSENT), packed(PEOPLE)))
    with pytest.raises(NotAllowed):
        consent_sets.record_sets(register, [ConsentSet(said(Said.REFUSAL), packed(PEOPLE))], by=MOVISIE, source=SOURCE)
    with pytest.raises(ConsentRefused, match="geen pseudoniem"):
        keep(register, ConsentSet(said(Said.REFUSAL), packed(["Sanne Prins"])))
