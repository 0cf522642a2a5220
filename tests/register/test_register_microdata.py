"""Approval of rows for a researcher: bound to its content, by a second person, for thirty days and one time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotAllowed, ReleaseRefused
from domain.vocabulary import Role
from register import microdata
from register.actors import Actor, Grant
from register.microdata import Given, MicrodataContent, MicrodataState
from register.store import Register
from tests.register import road
from tests.register.conftest import Clock

SCOPE = "GM9001/ceo_wmo/2026"
ANNA = Actor.of("anna", Grant(Role.ANALYST, "GM9001"))
NOOR = Actor.of("noor", Grant(Role.PRIVACY_OFFICER, "GM9001"))
BOTH = Actor.of("bo", Grant(Role.ANALYST, "GM9001"), Grant(Role.PRIVACY_OFFICER, "GM9001"))
AUTHOR, APPROVER = Actor.of("ada", Role.DATA_STEWARD), Actor.of("nadia", Role.PRIVACY_OFFICER)


@pytest.fixture
def content(register: Register) -> MicrodataContent:
    version = road.approved(register, road.base_policy(), AUTHOR, APPROVER)
    part = road.checked(register, road.delivered(register, road.key()), version.fingerprint)
    return MicrodataContent(SCOPE, "anna", "0f" * 32, "verdieping", (Given(part, ("leeftijd", "wijk"), "f" * 64),))


def approved(register: Register, content: MicrodataContent) -> microdata.MicrodataRequest:
    asked = microdata.ask(register, content, by=ANNA)
    return microdata.approve(register, asked.id, seen=asked.content_hash, by=NOOR)


def spend(register: Register, number: int, content: MicrodataContent, by: Actor = ANNA) -> None:
    microdata.spend(register, number, content, counts={"dropped": 0}, by=by)


def test_asked_approved_and_used_once(register: Register, content: MicrodataContent) -> None:
    found = approved(register, content)
    assert microdata.approved_for(register, SCOPE, by=ANNA) == found
    spend(register, found.id, content)
    assert microdata.get(register, found.id).state is MicrodataState.MADE
    with pytest.raises(ReleaseRefused, match="past niet"):
        spend(register, found.id, content)
    with pytest.raises(ReleaseRefused, match="nog geen akkoord"):
        microdata.approved_for(register, SCOPE, by=ANNA)


def test_who_asked_never_approves_also_with_the_role(register: Register, content: MicrodataContent) -> None:
    asked = microdata.ask(register, replace(content, receiver="bo"), by=BOTH)
    with pytest.raises(NotAllowed, match="zelf opgesteld"):
        microdata.approve(register, asked.id, seen=asked.content_hash, by=BOTH)


def test_nobody_asks_for_somebody_else(register: Register, content: MicrodataContent) -> None:
    with pytest.raises(NotAllowed, match="alleen voor uzelf"):
        microdata.ask(register, replace(content, receiver="boris"), by=ANNA)


def test_the_same_question_twice_is_one_request(register: Register, content: MicrodataContent) -> None:
    assert microdata.ask(register, content, by=ANNA) == microdata.ask(register, content, by=ANNA)


CHANGED = {
    "columns": lambda one: replace(one, given=(replace(one.given[0], columns=("leeftijd", "wijk", "geslacht")),)),
    "rules": lambda one: replace(one, given=(replace(one.given[0], rules="0" * 64),)),
    "purpose": lambda one: replace(one, purpose="iets anders"),
    "file": lambda one: replace(
        one, given=(replace(one.given[0], part=replace(one.given[0].part, staging_hash="0" * 64)),)
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_anything_changed_since_needs_another_approval(
    register: Register, content: MicrodataContent, what: str
) -> None:
    found = approved(register, content)
    with pytest.raises(ReleaseRefused, match="veranderd sinds het akkoord"):
        spend(register, found.id, CHANGED[what](content))
    assert microdata.get(register, found.id).state is MicrodataState.APPROVED


def test_other_rules_in_force_end_the_approval(register: Register, content: MicrodataContent) -> None:
    found = approved(register, content)
    road.approved(register, road.base_policy(min_group=20), AUTHOR, APPROVER)
    with pytest.raises(ReleaseRefused, match="geldende regels"):
        spend(register, found.id, content)


@pytest.mark.parametrize(("days", "fine"), [(29, True), (30, False)])
def test_an_approval_counts_for_thirty_days(
    register: Register, content: MicrodataContent, clock: Clock, days: int, fine: bool
) -> None:
    found = approved(register, content)
    clock.now += timedelta(days=days)
    if fine:
        spend(register, found.id, content)
        return
    with pytest.raises(ReleaseRefused, match="ouder dan 30 dagen"):
        spend(register, found.id, content)


def test_another_analyst_cannot_use_it(register: Register, content: MicrodataContent) -> None:
    found = approved(register, content)
    other = Actor.of("boris", Grant(Role.ANALYST, "GM9001"))
    with pytest.raises(NotAllowed, match="andere onderzoeker"):
        spend(register, found.id, content, by=other)


def test_nothing_checked_or_no_reason_is_no_request() -> None:
    with pytest.raises(ReleaseRefused, match="niets dat de controle"):
        MicrodataContent(SCOPE, "anna", "0f" * 32, "verdieping", ())
