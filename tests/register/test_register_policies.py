"""Policies: approve content, not names."""

from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from domain.errors import NotAllowed, PolicyRefused, WrongUsage
from domain.policy import ColumnRule, Policy, Retention
from domain.vocabulary import Role, Treatment
from register import advising, ledger, policies
from register.actors import SYSTEM, Actor
from register.policies import PolicyState
from register.store import Register
from register.strictness import Direction, differences
from register.waiting import waiting_for
from tests.register import road
from tests.register.conftest import Clock
from tests.register.people import EIGENAAR, FG, NATIONAL_OFFICER, NATIONAL_OFFICER_2, OFFICER, OTHER, STEWARD, person


def in_force(register: Register, gemeente: str = "GM9001", mark: str | None = None) -> tuple[Policy, str]:
    mark = mark or road.books().fingerprint(road.CEO)
    return policies.approved_policy(register, gemeente, "ceo_wmo", road.CEO, mark, register.clock())


def test_nothing_is_in_force_before_approval(register: Register) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=SYSTEM)
    policies.submit(register, draft.id, by=SYSTEM)
    with pytest.raises(PolicyRefused, match="niet goedgekeurd voor GM9001"):
        in_force(register)
    policies.approve(register, draft.id, seen=draft.fingerprint, by=NATIONAL_OFFICER)
    assert in_force(register) == (road.base_policy(), draft.fingerprint)


def test_nobody_approves_her_own_rules(register: Register) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=NATIONAL_OFFICER)
    policies.submit(register, draft.id, by=SYSTEM)
    with pytest.raises(NotAllowed, match="zelf opgesteld"):
        policies.approve(register, draft.id, seen=draft.fingerprint, by=NATIONAL_OFFICER)
    policies.approve(register, draft.id, seen=draft.fingerprint, by=NATIONAL_OFFICER_2)


def test_who_once_wrote_a_draft_stays_an_author(register: Register) -> None:
    policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=NATIONAL_OFFICER)
    draft = policies.save_draft(register, road.base_policy(min_group=12), codebook=road.codebook(), by=SYSTEM)
    policies.submit(register, draft.id, by=SYSTEM)
    with pytest.raises(NotAllowed):
        policies.approve(register, draft.id, seen=draft.fingerprint, by=NATIONAL_OFFICER)


def test_approval_does_not_survive_a_changed_rule(register: Register) -> None:
    first = road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    changed = policies.save_draft(register, road.base_policy(min_group=11), codebook=road.codebook(), by=SYSTEM)
    assert in_force(register)[1] == first.fingerprint
    policies.submit(register, changed.id, by=SYSTEM)
    with pytest.raises(PolicyRefused, match="veranderd sinds u ze zag"):
        policies.approve(register, changed.id, seen=first.fingerprint, by=NATIONAL_OFFICER)
    policies.approve(register, changed.id, seen=changed.fingerprint, by=NATIONAL_OFFICER)
    assert in_force(register)[1] == changed.fingerprint


def test_a_changed_submission_is_a_draft_again(register: Register) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=SYSTEM)
    policies.submit(register, draft.id, by=SYSTEM)
    again = policies.save_draft(register, road.base_policy(min_group=12), codebook=road.codebook(), by=SYSTEM)
    assert (again.id, again.state) == (draft.id, PolicyState.DRAFT)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (729, True), (730, False), (731, False)])
def test_approval_lapses_after_two_years(register: Register, clock: Clock, days: int, holds: bool) -> None:
    mark = road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER).fingerprint
    clock.pass_(days=days)
    lapsed = [one.state for one in policies.lapse_expired(register)]
    if holds:
        assert (in_force(register)[1], lapsed) == (mark, [])
        return
    assert lapsed == [PolicyState.LAPSED]
    with pytest.raises(PolicyRefused, match="ouder dan twee jaar"):
        in_force(register)


def test_a_gemeente_whose_own_rules_lapsed_does_not_fall_back_to_the_base(register: Register, clock: Clock) -> None:
    """The base may be looser than what its officer agreed to."""
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    road.approved(register, overlay(min_group=15), STEWARD, OFFICER)
    clock.pass_(days=700)
    road.approved(register, road.base_policy(min_support=4), SYSTEM, NATIONAL_OFFICER)
    clock.pass_(days=30)
    policies.lapse_expired(register)
    assert in_force(register, OTHER)[0].min_support == 4
    with pytest.raises(PolicyRefused, match="ouder dan twee jaar"):
        in_force(register)
    assert [(one["role"], one["gemeente"]) for one in waiting_for(register)] == [("data_steward", "GM9001")]


def test_a_changed_codebook_takes_the_approval_away(register: Register) -> None:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    with pytest.raises(PolicyRefused, match=r"codeboek ceo_wmo@2016\.1 is veranderd"):
        in_force(register, mark="0" * 64)


def test_rules_changed_behind_the_back_are_refused(register: Register) -> None:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    with register.bookkeeping() as writing:
        statement = "update policies set content = replace(content, 'leeftijd', 'leeftijt')"
        writing.connection.execute(text(statement))
    with pytest.raises(PolicyRefused, match="buiten het programma om"):
        in_force(register)


def overlay(**changes: Any) -> Policy:
    return road.base_policy(id="eigen-GM9001", gemeente="GM9001", **changes)


def test_a_gemeente_may_be_stricter(register: Register) -> None:
    base = road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    own = road.approved(register, overlay(min_group=15, breakdowns=[]), STEWARD, OFFICER)
    assert in_force(register)[1] == own.fingerprint
    assert in_force(register, "GM9002")[1] == base.fingerprint


LOOSER = [
    {"min_group": 9, "recipients": []},
    {"retention": Retention(raw=184)},
    {"breakdowns": ["leeftijd", "wijk"]},
    {"recipients": ["Movisie", "Bureau Voorbeeld"]},
    {"breakdowns_per_table": 2},
    {"entities": {**road.base_policy().entities, "PERSON": "pseudonym"}},
]


@pytest.mark.parametrize("changes", LOOSER, ids=lambda changes: next(iter(changes)))
def test_a_gemeente_may_not_be_looser(register: Register, changes: dict[str, Any]) -> None:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    with pytest.raises(PolicyRefused, match="alleen strenger"):
        policies.save_draft(register, overlay(**changes), codebook=road.codebook(), by=STEWARD)


def test_an_overlay_is_refused_when_the_base_became_stricter(register: Register) -> None:
    road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
    road.approved(register, overlay(min_group=12), STEWARD, OFFICER)
    road.approved(register, road.base_policy(min_group=20), SYSTEM, NATIONAL_OFFICER)
    with pytest.raises(PolicyRefused, match="kleinste groep: was 20, wordt 12 — minder streng"):
        in_force(register)


def test_without_a_base_there_is_no_overlay(register: Register) -> None:
    with pytest.raises(PolicyRefused, match="geen goedgekeurde basisregels"):
        policies.save_draft(register, overlay(), codebook=road.codebook(), by=STEWARD)


def test_a_small_group_never_leaves_the_gemeente(register: Register) -> None:
    with pytest.raises(PolicyRefused, match="niets de gemeente verlaat"):
        policies.save_draft(register, road.base_policy(min_group=5), codebook=road.codebook(), by=SYSTEM)


def with_column(name: str, rule: ColumnRule) -> Policy:
    policy = road.base_policy()
    return policy.model_copy(update={"columns": {"rows": {**policy.columns["rows"], name: rule}}})


def test_a_column_looser_than_its_class_is_refused(register: Register) -> None:
    policy = with_column("naam", ColumnRule(do=Treatment.KEEP))
    with pytest.raises(PolicyRefused, match="'naam'"):
        policies.save_draft(register, policy, codebook=road.codebook(), by=SYSTEM)


def test_the_diff_reads_as_dutch() -> None:
    kept = with_column("leeftijd", ColumnRule(do=Treatment.KEEP))
    (change,) = differences(road.base_policy(), kept)
    assert str(change) == "leeftijd: was banden van 18-44, 45-64, 65-74, 75-84, 85+, wordt houden — minder streng"
    (back,) = differences(kept, road.base_policy())
    assert back.direction is Direction.STRICTER


def test_a_return_needs_a_comment(register: Register) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=SYSTEM)
    policies.submit(register, draft.id, by=SYSTEM)
    with pytest.raises(PolicyRefused, match="schrijf geen namen"):
        policies.send_back(register, draft.id, comment="", by=NATIONAL_OFFICER)
    returned = policies.send_back(register, draft.id, comment="postcode weglaten", by=NATIONAL_OFFICER)
    line = ledger.read_lines(register)[-1]
    assert b"comment" in line
    assert sha256(b"postcode weglaten").hexdigest().encode() not in line  # whoever guesses the words would know
    assert (returned.state, returned.comment) == (PolicyState.RETURNED, "postcode weglaten")


@pytest.mark.parametrize("who", [STEWARD, OFFICER, EIGENAAR, FG, person("carla", Role.CISO, None), SYSTEM])
def test_only_a_national_officer_approves_the_base(register: Register, who: Actor) -> None:
    draft = policies.save_draft(register, road.base_policy(), codebook=road.codebook(), by=SYSTEM)
    policies.submit(register, draft.id, by=SYSTEM)
    with pytest.raises(NotAllowed):
        policies.approve(register, draft.id, seen=draft.fingerprint, by=who)


def test_advice_is_recorded_and_answered_once(register: Register) -> None:
    number = advising.advise(register, "dpia:GM9001/ceo_wmo", "bewaar korter", area="GM9001", role=Role.FG, by=FG)
    with pytest.raises(NotAllowed):
        advising.advise(register, "dpia:GM9001/ceo_wmo", "mag wel", area="GM9001", role=Role.FG, by=OFFICER)
    advising.answer(register, number, followed=True, why="termijn is nu 90 dagen", by=OFFICER)
    (advice,) = advising.advice_on(register, "dpia:GM9001/ceo_wmo")
    assert (advice.followed, advice.why, advice.answered_by) == (True, "termijn is nu 90 dagen", "pieter")
    assert advice.role is Role.FG
    with pytest.raises(WrongUsage):
        advising.answer(register, number, followed=False, why="toch niet", by=OFFICER)
