"""Review list, retention, and what waits for whom."""

import pytest
from sqlalchemy import text

from domain.errors import NotAllowed, PolicyRefused
from domain.vocabulary import Role
from register import contributions, deliveries, downloads, policies, retention, review, verdicts
from register.actors import SYSTEM, Actor
from register.retention import Kept, Zone
from register.review import Decision, Doubt, RuleState
from register.store import Register
from register.waiting import waiting_for
from tests.register import road
from tests.register.conftest import Clock
from tests.register.people import EIGENAAR, MOVISIE, NATIONAL_OFFICER, OFFICER, OTHER, STEWARD, person


def doubts(version: int = 1) -> list[Doubt]:
    return [Doubt(road.key(), version, "PERSON", "names", score, f"snippet-{score}") for score in (0.7, 0.4)]


def test_the_most_doubtful_place_comes_first(register: Register) -> None:
    review.add_many(register, doubts(), by=SYSTEM)
    assert [one.score for one in review.list_open(register, by=OFFICER)] == [0.4, 0.7]
    assert review.list_open(register, by=MOVISIE) == []
    first = review.list_open(register, by=OFFICER)[0]
    with pytest.raises(NotAllowed):
        review.decide(register, first.id, Decision.NOT_PERSONAL, by=STEWARD)
    review.decide(register, first.id, Decision.NOT_PERSONAL, by=OFFICER)
    assert [one.decision for one in review.decisions(register, road.key(), 1)] == [Decision.NOT_PERSONAL]
    assert [one.score for one in review.list_open(register, by=OFFICER)] == [0.7]


def test_a_correction_replaces_the_open_places(register: Register) -> None:
    review.add_many(register, doubts(), by=SYSTEM)
    review.add_many(register, doubts(version=2), by=SYSTEM)
    assert {one.version for one in review.list_open(register, by=OFFICER)} == {2}


def test_a_rule_needs_a_second_officer(register: Register) -> None:
    number = review.propose_rule(register, "nooit", "PERSON", "sealed", fingerprint="f1", area="GM9001", by=OFFICER)
    with pytest.raises(NotAllowed):
        review.decide_rule(register, number, approve=True, seen="f1", by=OFFICER)
    second = person("petra", Role.PRIVACY_OFFICER)
    assert review.decide_rule(register, number, approve=True, seen="f1", by=second).state is RuleState.APPROVED
    assert len(review.rules(register, state=RuleState.APPROVED, area="GM9001")) == 1
    assert review.rules(register, state=RuleState.APPROVED, area=OTHER) == []


class Shredder:
    def __init__(self) -> None:
        self.gone: list[Kept] = []

    def destroy(self, kept: Kept) -> None:
        self.gone.append(kept)


@pytest.mark.parametrize(("days", "zones"), [(179, set()), (180, {Zone.RAW}), (184, {Zone.RAW, Zone.KEYS})])
def test_what_is_due_follows_the_terms(register: Register, clock: Clock, days: int, zones: set[Zone]) -> None:
    road.delivered(register, road.key())
    clock.pass_(days=days)
    assert {one.kept.zone for one in retention.due(register, clock.now)} == zones


def test_the_policy_in_force_sets_the_term(register: Register, clock: Clock) -> None:
    policy = road.base_policy()
    shorter = policy.model_copy(update={"retention": policy.retention.model_copy(update={"raw": 30})})
    road.approved(register, shorter, SYSTEM, NATIONAL_OFFICER)
    road.delivered(register, road.key())
    clock.pass_(days=30)
    assert [one.why for one in retention.due(register, clock.now)] == ["ouder dan 30 dagen"]


def test_destruction_takes_two_signatures(register: Register, clock: Clock) -> None:
    road.delivered(register, road.key())
    with pytest.raises(PolicyRefused, match="niets om te vernietigen"):
        retention.propose(register, "GM9001", [], by=STEWARD)
    clock.pass_(days=181)
    objects = [one.kept for one in retention.due(register, clock.now)]
    proposal = retention.propose(register, "GM9001", objects, by=STEWARD)
    shredder = Shredder()
    for signer in (OFFICER, EIGENAAR):
        with pytest.raises(PolicyRefused, match="twee handtekeningen"):
            retention.carry_out(register, proposal.id, shredder)
        retention.sign(register, proposal.id, seen=proposal.content_hash, by=signer)
    for _ in range(2):
        assert retention.carry_out(register, proposal.id, shredder).state == "done"
    assert shredder.gone == objects
    assert retention.due(register, clock.now) == []
    assert deliveries.current(register, road.key()).vault_object is None


def test_a_lapsed_policy_still_says_how_long(register: Register, clock: Clock) -> None:
    policy = road.base_policy()
    shorter = policy.model_copy(update={"retention": policy.retention.model_copy(update={"pseudonymised": 100})})
    road.approved(register, shorter, SYSTEM, NATIONAL_OFFICER)
    clock.pass_(days=700)
    road.delivered(register, road.key())
    clock.pass_(days=100)
    assert len(policies.lapse_expired(register)) == 1
    assert {one.kept.zone for one in retention.due(register, clock.now)} == {Zone.PSEUDONYMISED, Zone.STAGING_KEYS}


def test_only_what_was_signed_is_destroyed(register: Register, clock: Clock) -> None:
    road.delivered(register, road.key())
    clock.pass_(days=181)
    proposal = retention.propose(
        register, "GM9001", [one.kept for one in retention.due(register, clock.now)], by=STEWARD
    )
    for signer in (OFFICER, EIGENAAR):
        retention.sign(register, proposal.id, seen=proposal.content_hash, by=signer)
    with register.bookkeeping() as writing:
        writing.connection.execute(text("update destructions set objects = replace(objects, 'object-een', 'elders')"))
    shredder = Shredder()
    with pytest.raises(PolicyRefused, match="buiten het programma om"):
        retention.carry_out(register, proposal.id, shredder)
    assert shredder.gone == []


def test_one_person_does_not_sign_twice(register: Register, clock: Clock) -> None:
    road.delivered(register, road.key())
    clock.pass_(days=181)
    objects = [one.kept for one in retention.due(register, clock.now)]
    proposal = retention.propose(register, "GM9001", objects, by=STEWARD)
    retention.sign(register, proposal.id, seen=proposal.content_hash, by=OFFICER)
    with pytest.raises(NotAllowed, match="tekende al"):
        retention.sign(register, proposal.id, seen=proposal.content_hash, by=OFFICER)


def test_what_is_not_due_is_not_destroyed(register: Register) -> None:
    delivery = road.delivered(register, road.key())
    kept = Kept(Zone.RAW, "GM9001", road.key().scope, delivery.vault_object, delivery.data_key, delivery.id)
    with pytest.raises(PolicyRefused, match="nog niet voorbij"):
        retention.propose(register, "GM9001", [kept], by=STEWARD)


def test_what_waits_for_whom(register: Register) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=SYSTEM)
    assert [one["role"] for one in waiting_for(register)] == ["data_steward"]
    policies.submit(register, draft.id, by=SYSTEM)
    assert waiting_for(register) == [
        {
            "role": "privacy_officer", "gemeente": None,
            "what": "regels voor ceo_wmo (ceo_wmo@2016.1) goedkeuren of terugsturen", "link": f"/regels/{draft.id}",
            "reach": "area", "authors": [SYSTEM.name],
        }
    ]  # fmt: skip
    policies.approve(register, draft.id, seen=draft.fingerprint, by=NATIONAL_OFFICER)
    part = road.checked(register, road.delivered(register, road.key()), draft.fingerprint)
    one = contributions.prepare(register, road.content(part), by=STEWARD)
    assert [(row["role"], row["gemeente"]) for row in waiting_for(register)] == [
        ("privacy_officer", "GM9001"), ("proceseigenaar", "GM9001"),
    ]  # fmt: skip
    contributions.sign(register, one.id, contributions.RULES, seen=one.content_hash, by=OFFICER)
    assert [row["what"] for row in waiting_for(register, by=EIGENAAR)] == ["bijdrage 1: beslissen over vrijgeven"]
    assert waiting_for(register, by=person("otto", Role.PROCESEIGENAAR, OTHER)) == []
    assert waiting_for(register, by=person("nina", Role.PROCESEIGENAAR, None)) == []  # nobody signs for another college


def test_a_datalek_of_a_gemeente_waits_for_her_officer_and_one_of_none_for_every_officer(
    register: Register, clock: Clock
) -> None:
    other = person("otto", Role.PRIVACY_OFFICER, OTHER)
    downloads.note_leak(register, "iets", discovered_at=clock(), by=STEWARD, area="GM9001")
    downloads.note_leak(register, "ergens", discovered_at=clock(), by=NATIONAL_OFFICER)

    def told(by: Actor) -> list[str]:
        return [" ".join(row["what"].split()[:4]) for row in waiting_for(register, by=by)]

    both = ["mogelijk datalek 1 afronden", "mogelijk datalek 2 lezen:"]
    assert (told(OFFICER), told(NATIONAL_OFFICER), told(other)) == (both, both, both[1:])
    assert told(STEWARD) == []


def test_what_an_officer_proposed_waits_for_another_officer(register: Register) -> None:
    review.propose_rule(register, "nooit", "PERSON", "sealed", fingerprint="f1", area="GM9001", by=OFFICER)

    def told(by: Actor) -> list[str]:
        return [row["what"] for row in waiting_for(register, by=by) if "herkenningsregel" in row["what"]]

    assert told(OFFICER) == []
    assert told(NATIONAL_OFFICER) == ["herkenningsregel 1 van een ander beoordelen"]


def test_a_steward_hears_of_what_was_stopped_or_refused_until_it_is_delivered_again(register: Register) -> None:
    first = road.delivered(register, road.key())
    verdicts.record(
        register, verdicts.Verdict(road.key(), first.version, "a" * 64, False, failed=("regel",)), by=SYSTEM
    )
    refused = deliveries.Refusal("GM9001", "b" * 64, "kolom 7 mist een kop", source="zending")
    deliveries.refuse(register, refused, by=SYSTEM)
    said = [row["what"] for row in waiting_for(register, by=STEWARD)]
    assert len(said) == 2
    assert "gestopt bij de controle" in said[0]
    assert "geweigerd" in said[1]
    assert waiting_for(register, by=person("otto", Role.DATA_STEWARD, OTHER)) == []
    again = road.delivered(register, road.key(), content="twee")
    verdicts.record(register, verdicts.Verdict(road.key(), again.version, "c" * 64, True), by=SYSTEM)
    assert waiting_for(register, by=STEWARD) == []
