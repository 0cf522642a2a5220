"""Findings, quotes and personas: what may be published in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.consent import ConsentRecord, Said
from domain.errors import ConsentRefused, DisclosureRefused, NotAllowed
from domain.vocabulary import Purpose
from register import consent_texts, consents, defaults, findings
from register.actors import SYSTEM
from register.findings import MADE_UP, TICKS, FindingKind, FindingState, NewFinding
from register.store import Register
from register.words import text_hash
from tests.register.conftest import Clock
from tests.register.people import MOVISIE, NATIONAL_OFFICER, OFFICER, STEWARD

SENTENCE = "De brief na het gesprek is moeilijk te lezen."


def finding(**changes: object) -> NewFinding:
    given = {
        "area": "GM9001", "instrument": "klantreis", "meting": "2026", "doelgroep": "client", "text": SENTENCE,
        "evidence": ["p1", "p2", "p3"], "ticks": TICKS,
    }  # fmt: skip
    return NewFinding(**{**given, **changes})


def test_a_name_in_what_would_be_published_is_refused_and_a_persona_has_one(register: Register) -> None:
    with pytest.raises(DisclosureRefused, match="naam, adres of nummer"):
        findings.add(
            replace(register, names_somebody=lambda *seen: seen == (SENTENCE, finding().area)), finding(), by=STEWARD
        )
    persona = finding(kind=FindingKind.PERSONA, evidence=[f"p{n}" for n in range(5)])
    assert findings.add(replace(register, names_somebody=lambda *_: True), persona, by=STEWARD).id


def test_a_finding_is_written_by_one_and_approved_by_another(register: Register) -> None:
    written = findings.add(register, finding(), by=STEWARD)
    assert findings.publishable(register, "GM9001", "klantreis", "2026", register.clock()) == []
    with pytest.raises(NotAllowed):
        findings.approve(register, written.id, seen=written.content_hash, by=STEWARD)
    approved = findings.approve(register, written.id, seen=written.content_hash, by=OFFICER)
    assert (approved.state, approved.journeys) == (FindingState.APPROVED, 3)
    assert findings.publishable(register, "GM9001", "klantreis", "2026", register.clock()) == [approved]


@pytest.mark.parametrize("missing", TICKS)
def test_every_tick_is_needed(missing: str) -> None:
    with pytest.raises(DisclosureRefused, match=missing.replace("_", " ")):
        finding(ticks=[tick for tick in TICKS if tick != missing])


@pytest.mark.parametrize(
    ("kind", "people", "fits"),
    [(FindingKind.FINDING, 2, False), (FindingKind.FINDING, 3, True), (FindingKind.PERSONA, 4, False),
     (FindingKind.PERSONA, 5, True)],
)  # fmt: skip
def test_enough_people_stand_behind_it(kind: FindingKind, people: int, fits: bool) -> None:
    evidence = [f"p{number}" for number in range(people)] * 2
    if fits:
        assert finding(kind=kind, evidence=evidence).text == SENTENCE
    else:
        with pytest.raises(DisclosureRefused, match="minstens"):
            finding(kind=kind, evidence=evidence)


@pytest.mark.parametrize(("length", "fits"), [(280, True), (281, False)])
def test_one_sentence_of_at_most_280_characters(length: int, fits: bool) -> None:
    if fits:
        assert len(finding(text="a" * length).shown) == length
    else:
        with pytest.raises(DisclosureRefused, match="280"):
            finding(text="a" * length)


def test_a_persona_says_it_is_made_up(register: Register) -> None:
    persona = finding(kind=FindingKind.PERSONA, evidence=list("abcde"), text="Bert zoekt hulp.")
    assert findings.add(register, persona, by=STEWARD).text == MADE_UP + "Bert zoekt hulp."


def test_at_most_25_per_meting(register: Register) -> None:
    for _ in range(25):
        findings.add(register, finding(), by=STEWARD)
    with pytest.raises(DisclosureRefused, match="25"):
        findings.add(register, finding(), by=STEWARD)


def test_a_changed_text_is_not_approved(register: Register) -> None:
    written = findings.add(register, finding(), by=STEWARD)
    with pytest.raises(DisclosureRefused, match="veranderd"):
        findings.approve(register, written.id, seen="0" * 64, by=OFFICER)
    with pytest.raises(DisclosureRefused, match="schrijf geen namen"):
        findings.send_back(register, written.id, comment="", by=OFFICER)


@pytest.fixture
def quote(register: Register) -> NewFinding:
    for draft in defaults.save_default_texts(register):
        consent_texts.approve(register, draft.id, seen=draft.text_hash, by=NATIONAL_OFFICER)
    until = register.clock() + timedelta(days=365)
    record = ConsentRecord(
        "GM9001/klantreis/2026", "p1", Purpose.CITAAT_PUBLICEREN, Said.CONSENT, register.clock(),
        expires_at=until, evidence_hash=text_hash("Ik werd goed geholpen."),
    )  # fmt: skip
    consents.record_consents(register, [record], by=SYSTEM)
    return finding(
        kind=FindingKind.QUOTE, text="Ik werd goed geholpen.", evidence=["p1"], pseudonym="p1", expires_at=until
    )


def test_a_quote_needs_consent_for_exactly_this_text(register: Register, quote: NewFinding) -> None:
    other = finding(
        kind=FindingKind.QUOTE, text="Ik werd slecht geholpen.", evidence=["p1"], pseudonym="p1",
        expires_at=quote.expires_at,
    )  # fmt: skip
    with pytest.raises(ConsentRefused, match="precies deze tekst"):
        findings.add(register, other, by=STEWARD)
    assert findings.add(register, quote, by=STEWARD).journeys == 1
    with pytest.raises(ConsentRefused, match="al een citaat"):
        findings.add(register, quote, by=STEWARD)


@pytest.mark.usefixtures("quote")
def test_two_texts_of_one_day_are_two_consents_and_the_sooner_end_holds(register: Register, clock: Clock) -> None:
    until, text = register.clock() + timedelta(days=365), "Zij belde terug."
    for end in (until, until - timedelta(days=300), until):
        record = ConsentRecord(
            "GM9001/klantreis/2026", "p1", Purpose.CITAAT_PUBLICEREN, Said.CONSENT, register.clock(),
            expires_at=end, evidence_hash=text_hash(text),
        )  # fmt: skip
        consents.record_consents(register, [record], by=SYSTEM)
    new = finding(kind=FindingKind.QUOTE, text=text, evidence=["p1"], pseudonym="p1", expires_at=until)
    written = findings.add(register, new, by=STEWARD)
    findings.approve(register, written.id, seen=written.content_hash, by=OFFICER)
    here = ("GM9001", "klantreis", "2026")
    assert len(findings.publishable(register, *here, clock.now)) == 1
    assert findings.publishable(register, *here, clock.now + timedelta(days=66)) == []


def test_a_quote_disappears_when_consent_ends(register: Register, quote: NewFinding, clock: Clock) -> None:
    written = findings.add(register, quote, by=STEWARD)
    findings.approve(register, written.id, seen=written.content_hash, by=OFFICER)
    here = ("GM9001", "klantreis", "2026")
    assert len(findings.publishable(register, *here, clock.now)) == 1
    assert findings.publishable(register, *here, clock.now + timedelta(days=365)) == []
    clock.pass_(days=1)
    withdrawal = ConsentRecord("/".join(here), "p1", Purpose.CITAAT_PUBLICEREN, Said.WITHDRAWAL, clock.now)
    consents.record_consents(register, [withdrawal], by=SYSTEM)
    assert findings.publishable(register, *here, clock.now) == []


def test_movisie_sees_no_findings_under_way(register: Register) -> None:
    findings.add(register, finding(), by=STEWARD)
    assert findings.list_findings(register, by=MOVISIE) == []
    assert len(findings.list_findings(register, by=OFFICER)) == 1
