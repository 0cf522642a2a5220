"""The whole road: from a delivery to a published release, and everything that must stop it."""

import pytest

from domain.errors import NotAllowed, ReleaseRefused
from domain.vocabulary import Audience, Role
from register import contributions, deliveries, downloads, ledger, policies, releases, verdicts
from register.actors import SYSTEM, Actor, Grant
from register.contributions import RELEASE, RULES, ContributionState
from register.releases import ReleaseState
from register.store import Register
from tests.register import road
from tests.register.people import (
    ANALYST,
    EIGENAAR,
    MOVISIE,
    NATIONAL_OFFICER,
    NATIONAL_OFFICER_2,
    OFFICER,
    OPERATOR,
    OTHER,
    STEWARD,
    person,
)


@pytest.fixture
def policy(register: Register) -> str:
    return road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER).fingerprint


def signed(register: Register, policy: str, area: str = "GM9001", **how: object) -> contributions.Contribution:
    part = road.checked(register, road.delivered(register, road.key(area)), policy)
    people = {
        "steward": person("sanne", Role.DATA_STEWARD, area),
        "officer": person("pieter", Role.PRIVACY_OFFICER, area),
        "eigenaar": person("elif", Role.PROCESEIGENAAR, area),
    }
    return road.signed(register, road.content(part, **how), **people)


def prepared(register: Register, *numbers: int, audience: Audience = Audience.MOVISIE) -> releases.Release:
    return releases.prepare(register, "2026-1", numbers, audience=audience, recipients=["Movisie"], by=OPERATOR)


def approved(register: Register, *numbers: int, **how: object) -> releases.Release:
    prepared(register, *numbers, **how)
    release = road.attached(register, "2026-1")
    releases.submit(register, "2026-1", by=OPERATOR)
    return releases.approve(register, "2026-1", seen=release.content_hash, by=NATIONAL_OFFICER)


def test_from_delivery_to_publication(register: Register, policy: str) -> None:
    one, two = signed(register, policy), signed(register, policy, OTHER)
    approved(register, one.id, two.id)
    published = releases.publish(register, "2026-1", **road.HASHES)
    assert published.state is ReleaseState.PUBLISHED
    assert published.areas == ("GM9001", OTHER)
    assert contributions.get(register, one.id).state is ContributionState.PUBLISHED
    assert ledger.verify(register).ok


def test_the_lists_tell_where_each_area_stands(register: Register, policy: str) -> None:
    done = signed(register, policy)
    part = road.checked(register, road.delivered(register, road.key(OTHER)), policy)
    half = contributions.prepare(register, road.content(part), by=person("sanne", Role.DATA_STEWARD, OTHER))
    contributions.sign(
        register, half.id, RULES, seen=half.content_hash, by=person("pieter", Role.PRIVACY_OFFICER, OTHER)
    )
    where = {ContributionState.SIGNED: {"GM9001"}, ContributionState.PREPARED: {OTHER}}
    assert contributions.areas_by_state(register) == where
    assert deliveries.delivered_areas(register) == {"GM9001", OTHER}
    (meting,) = deliveries.metingen(register)
    assert deliveries.delivered_areas(register, meting) == {"GM9001", OTHER}
    assert contributions.areas_by_state(register, meting) == where
    assert deliveries.delivered_areas(register, "later") == set()
    assert contributions.areas_by_state(register, "%") == {}
    found = {state: contributions.list_contributions(register, states=[state]) for state in ContributionState}
    assert {state: [one.id for one in rows] for state, rows in found.items() if rows} == {
        ContributionState.SIGNED: [done.id], ContributionState.PREPARED: [half.id],
    }  # fmt: skip
    assert found[ContributionState.PREPARED][0].rules_followed_by == "pieter"
    assert contributions.list_contributions(register) == [done, contributions.get(register, half.id)]


def test_publishing_twice_changes_nothing(register: Register, policy: str) -> None:
    approved(register, signed(register, policy).id)
    releases.publish(register, "2026-1", **road.HASHES)
    lines = ledger.verify(register).lines
    assert releases.publish(register, "2026-1", **road.HASHES).state is ReleaseState.PUBLISHED
    assert ledger.verify(register).lines == lines


def test_a_contribution_needs_two_different_people(register: Register, policy: str) -> None:
    part = road.checked(register, road.delivered(register, road.key()), policy)
    one = contributions.prepare(register, road.content(part), by=STEWARD)
    both = Actor.of("bob", Grant(Role.PRIVACY_OFFICER, "GM9001"), Grant(Role.PROCESEIGENAAR, "GM9001"))
    contributions.sign(register, one.id, RULES, seen=one.content_hash, by=both)
    with pytest.raises(NotAllowed, match="tekende al"):
        contributions.sign(register, one.id, RELEASE, seen=one.content_hash, by=both)
    with pytest.raises(ReleaseRefused, match="twee mensen"):
        contributions.frozen(register, [one.id])


@pytest.mark.parametrize("who", [STEWARD, EIGENAAR, OPERATOR, MOVISIE, ANALYST, NATIONAL_OFFICER, SYSTEM])
def test_only_the_own_officer_says_rules_followed(register: Register, policy: str, who: Actor) -> None:
    part = road.checked(register, road.delivered(register, road.key()), policy)
    one = contributions.prepare(register, road.content(part), by=STEWARD)
    with pytest.raises(NotAllowed):
        contributions.sign(register, one.id, RULES, seen=one.content_hash, by=who)


@pytest.mark.parametrize("change", ["preview", "audience", "staging"])
def test_one_changed_thing_resets_the_signatures(register: Register, policy: str, change: str) -> None:
    one = signed(register, policy)
    part = one.content.parts[0]
    if change == "staging":
        part = road.checked(register, deliveries.current(register, part.key), policy, file="opnieuw")
    audience = Audience.MOVISIE if change == "audience" else Audience.DEELNEMERS
    changed = road.content(part, audience=audience, preview="anders" if change == "preview" else "voorbeeld")
    again = contributions.prepare(register, changed, by=STEWARD)
    assert again.id == one.id
    assert (again.rules_followed_by, again.released_by, again.state) == (None, None, ContributionState.PREPARED)


def test_the_same_again_keeps_the_signatures(register: Register, policy: str) -> None:
    one = signed(register, policy)
    assert contributions.prepare(register, one.content, by=STEWARD).state is ContributionState.SIGNED


def test_signing_what_was_not_seen_is_refused(register: Register, policy: str) -> None:
    part = road.checked(register, road.delivered(register, road.key()), policy)
    one = contributions.prepare(register, road.content(part), by=STEWARD)
    with pytest.raises(ReleaseRefused, match="veranderd"):
        contributions.sign(register, one.id, RULES, seen="0" * 64, by=OFFICER)


def test_a_correction_after_signing_keeps_the_contribution_out(register: Register, policy: str) -> None:
    one = signed(register, policy)
    road.delivered(register, road.key(), content="twee")
    with pytest.raises(ReleaseRefused, match="gecorrigeerd"):
        prepared(register, one.id)


def test_a_closed_gate_keeps_the_contribution_out(register: Register, policy: str) -> None:
    part = road.checked(register, road.delivered(register, road.key()), policy)
    closed = verdicts.Verdict(part.key, 1, part.staging_hash, False, ("residual",), {}, policy)
    verdicts.record(register, closed, by=SYSTEM)
    found = verdicts.latest(register, part.key)
    assert found is not None
    assert not found.passed
    with pytest.raises(ReleaseRefused, match="controle"):
        contributions.prepare(register, road.content(part), by=STEWARD)


def test_a_recipient_who_is_not_in_the_letter_gets_nothing(register: Register, policy: str) -> None:
    delivery = road.delivered(register, road.key(), manifest={"recipients": []})
    with pytest.raises(ReleaseRefused, match="'Movisie' staat niet in de brief"):
        contributions.prepare(register, road.content(road.checked(register, delivery, policy)), by=STEWARD)


def test_a_replaced_policy_keeps_the_contribution_out(register: Register, policy: str) -> None:
    one = signed(register, policy)
    road.approved(register, road.base_policy(min_group=12), SYSTEM, NATIONAL_OFFICER)
    with pytest.raises(ReleaseRefused, match="geldende regels"):
        contributions.frozen(register, [one.id])


def test_a_contribution_withdrawn_before_publication_sends_the_release_back(register: Register, policy: str) -> None:
    one = signed(register, policy)
    approved(register, one.id)
    contributions.withdraw(register, one.id, by=EIGENAAR)
    release = releases.get(register, "2026-1")
    assert (release.state, release.approved_by, release.tables_hash) == (ReleaseState.DRAFT, None, None)
    with pytest.raises(ReleaseRefused):
        releases.publish(register, "2026-1", **road.HASHES)


def test_nobody_approves_what_she_prepared(register: Register, policy: str) -> None:
    both = Actor.of("bob", Role.OPERATOR, Role.PRIVACY_OFFICER)
    one = signed(register, policy)
    releases.prepare(register, "2026-1", [one.id], audience=Audience.MOVISIE, recipients=["Movisie"], by=both)
    release = road.attached(register, "2026-1")
    releases.submit(register, "2026-1", by=OPERATOR)
    with pytest.raises(NotAllowed, match="zelf opgesteld"):
        releases.approve(register, "2026-1", seen=release.content_hash, by=both)


def test_other_tables_take_the_approval_away(register: Register, policy: str) -> None:
    approved(register, signed(register, policy).id)
    after = road.attached(register, "2026-1", tables="andere tabellen")
    assert (after.state, after.approved_by) == (ReleaseState.DRAFT, None)


def test_only_the_approved_tables_are_published(register: Register, policy: str) -> None:
    approved(register, signed(register, policy).id)
    with pytest.raises(ReleaseRefused, match="niet de goedgekeurde"):
        releases.publish(register, "2026-1", tables_hash="0" * 64, certificate_hash=road.HASHES["certificate_hash"])


def test_wider_than_the_gemeente_allowed_is_refused(register: Register, policy: str) -> None:
    one = signed(register, policy, audience=Audience.MOVISIE)
    with pytest.raises(ReleaseRefused, match="voor deelnemers, wel voor movisie; maak een uitgave voor dat publiek"):
        prepared(register, one.id, audience=Audience.DEELNEMERS)


@pytest.mark.parametrize("name", ["", "../elders", "/tmp/x", ".verborgen", "a b", "2026.1", "2026\n", "x" * 41])
def test_a_release_is_called_what_a_file_can_be(register: Register, policy: str, name: str) -> None:
    one = signed(register, policy)
    with pytest.raises(ReleaseRefused, match="letters, cijfers en streepjes"):
        releases.prepare(register, name, [one.id], audience=Audience.MOVISIE, recipients=["Movisie"], by=OPERATOR)
    assert releases.list_releases(register) == []


def test_nobody_takes_the_name_of_a_draft_of_other_gemeenten(register: Register, policy: str) -> None:
    draft = prepared(register, signed(register, policy).id)
    other = signed(register, policy, OTHER)
    elsewhere = person("anouk", Role.ANALYST, OTHER)
    with pytest.raises(NotAllowed, match="GM9001"):
        releases.prepare(
            register, "2026-1", [other.id], audience=Audience.MOVISIE, recipients=["Movisie"], by=elsewhere
        )
    assert releases.get(register, "2026-1") == draft


@pytest.mark.parametrize(("ended", "said"), [("published", "al gepubliceerd in 2026-1"), ("withdrawn", "ingetrokken")])
def test_what_cannot_be_released_again_says_why(register: Register, policy: str, ended: str, said: str) -> None:
    one = signed(register, policy)
    if ended == "published":
        approved(register, one.id)
        releases.publish(register, "2026-1", **road.HASHES)
    else:
        contributions.withdraw(register, one.id, by=EIGENAAR)
    with pytest.raises(ReleaseRefused, match=said):
        contributions.frozen(register, [one.id])


def test_a_rejected_release_is_final(register: Register, policy: str) -> None:
    prepared(register, signed(register, policy).id)
    road.attached(register, "2026-1")
    releases.submit(register, "2026-1", by=OPERATOR)
    with pytest.raises(ReleaseRefused, match="schrijf geen namen"):
        releases.reject(register, "2026-1", comment=" ", by=NATIONAL_OFFICER)
    releases.reject(register, "2026-1", comment="te weinig gemeenten", by=NATIONAL_OFFICER)
    with pytest.raises(ReleaseRefused, match="past niet"):
        releases.submit(register, "2026-1", by=OPERATOR)


def test_a_returned_contribution_says_why_and_can_be_offered_again(register: Register, policy: str) -> None:
    part = road.checked(register, road.delivered(register, road.key()), policy)
    one = contributions.prepare(register, road.content(part), by=STEWARD)
    contributions.sign(register, one.id, contributions.RULES, seen=one.content_hash, by=OFFICER)
    with pytest.raises(ReleaseRefused, match="toelichting"):
        contributions.send_back(register, one.id, comment=" ", by=EIGENAAR)
    back = contributions.send_back(register, one.id, comment="de ontvangers kloppen niet", by=EIGENAAR)
    assert (back.state, back.comment) == (ContributionState.RETURNED, "de ontvangers kloppen niet")
    assert back.rules_followed_by is None
    with pytest.raises(ReleaseRefused, match="teruggestuurd"):
        contributions.sign(register, one.id, contributions.RULES, seen=one.content_hash, by=OFFICER)
    again = contributions.prepare(register, one.content, by=STEWARD)
    assert (again.id, again.state, again.comment) == (one.id, ContributionState.PREPARED, None)
    assert again.rules_followed_by is None


def test_withdrawal_ends_availability_and_writes_the_letter(register: Register, policy: str) -> None:
    approved(register, signed(register, policy).id)
    releases.publish(register, "2026-1", **road.HASHES)
    downloads.log_download(register, "2026-1", "release.duckdb", "Movisie", by=MOVISIE)
    releases.withdraw(register, "2026-1", comment="fout in de weging", by=NATIONAL_OFFICER_2)
    with pytest.raises(NotAllowed, match="niet \\(meer\\) beschikbaar"):
        downloads.log_download(register, "2026-1", "release.duckdb", "Movisie", by=MOVISIE)
    letter = downloads.withdrawal_letter(register, "2026-1")
    assert "Movisie (mo)" in letter
    assert "fout in de weging" in letter


def test_the_audience_decides_who_reads(register: Register, policy: str) -> None:
    approved(register, signed(register, policy).id)
    assert not releases.may_read(releases.get(register, "2026-1"), MOVISIE)
    published = releases.publish(register, "2026-1", **road.HASHES)
    outsider = person("otto", Role.ANALYST, "GM9008")
    assert [releases.may_read(published, who) for who in (MOVISIE, ANALYST, outsider)] == [True, True, False]


def test_a_datalek_has_seventy_two_hours(register: Register) -> None:
    leak = downloads.note_leak(register, "verkeerd bestand gedeeld", discovered_at=register.clock(), by=OFFICER)
    assert (leak.discovered_at[:13], leak.deadline[:13]) == ("2026-11-22T09", "2026-11-25T09")


def test_policies_in_force_are_listed(register: Register, policy: str) -> None:
    assert [one.fingerprint for one in policies.versions(register)] == [policy]
