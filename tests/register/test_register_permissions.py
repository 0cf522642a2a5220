"""Every role tries every act: the table decides, in the functions themselves and not only in the table."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.consent import ConsentRecord, RequestKind, Said
from domain.errors import NotAllowed, ToegangspeilError
from domain.vocabulary import Audience, LegalBasis, Purpose, Role
from register import (
    advising,
    api_keys,
    consent_texts,
    consents,
    contributions,
    deliveries,
    downloads,
    findings,
    microdata,
    notes,
    policies,
    reference,
    releases,
    removals,
    requests,
    retention,
    review,
    users,
    verdicts,
    work,
)  # fmt: skip
from register.actors import SYSTEM, Actor, Grant
from register.permissions import PERMISSIONS, Act, Reach, check, may, seen_areas
from register.store import Register
from tests.register import road
from tests.register.conftest import Clock
from tests.register.people import NATIONAL_OFFICER
from tests.register.test_register_findings import finding

AREA, OTHER = "GM9001", "GM9002"
EVERYBODY = [Actor.of(f"{role.value}-x", Grant(role, AREA)) for role in Role]
Try = Callable[[Actor], object]


class World:
    """A register with one of everything, made by people who try nothing here themselves."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self.register, self.clock = register, clock
        self.steward = Actor.of("steward-0", Grant(Role.DATA_STEWARD, AREA))
        self.officer = Actor.of("officer-0", Grant(Role.PRIVACY_OFFICER, AREA))
        self.eigenaar = Actor.of("eigenaar-0", Grant(Role.PROCESEIGENAAR, AREA))
        self.operator = Actor.of("operator-0", Role.OPERATOR)
        self.policy = road.approved(register, road.base_policy(), SYSTEM, NATIONAL_OFFICER)
        self.delivery = road.delivered(register, road.key(AREA))
        self.part = road.checked(register, self.delivery, self.policy.fingerprint)

    def overlay(self, by: Actor, group: int = 12) -> policies.PolicyVersion:
        policy = road.base_policy(gemeente=AREA, id="eigen", min_group=group)
        return policies.save_draft(self.register, policy, codebook=road.codebook(), by=by)

    def submitted(self) -> policies.PolicyVersion:
        draft = self.overlay(SYSTEM)
        return policies.submit(self.register, draft.id, by=SYSTEM)

    def contribution(self) -> contributions.Contribution:
        return contributions.prepare(self.register, road.content(self.part), by=SYSTEM)

    def signed(self) -> contributions.Contribution:
        people = {"steward": self.steward, "officer": self.officer, "eigenaar": self.eigenaar}
        return road.signed(self.register, road.content(self.part), **people)

    def release(self, upto: str) -> releases.Release:
        one, to = self.signed(), ["Movisie"]
        audience = Audience.MOVISIE
        made = releases.prepare(self.register, "r", [one.id], audience=audience, recipients=to, by=self.operator)
        if upto != "draft":
            made = road.attached(self.register, "r")
            made = releases.submit(self.register, "r", by=self.operator)
        if upto in ("approved", "published"):
            made = releases.approve(self.register, "r", seen=made.content_hash, by=self.officer)
        if upto == "published":
            made = releases.publish(self.register, "r", **road.HASHES)
        return made

    def request(self) -> requests.Request:
        return self.receive(self.steward)

    def receive(self, by: Actor) -> requests.Request:
        kind, basis = RequestKind.VERWIJDEREN, LegalBasis.WMO
        return requests.receive(self.register, AREA, "ceo_wmo", "2026", kind, basis, pseudonym="p", by=by)

    def destruction(self, by: Actor) -> retention.Destruction:
        due = [one.kept for one in retention.due(self.register, self.clock.now)]
        return retention.propose(self.register, AREA, due, by=by)


def attempts(w: World) -> dict[Act, Callable[[], Try]]:
    """Per act: set something up, and give back what a person tries."""
    r = w.register

    def user_manage() -> Try:
        def made(by: Actor) -> Actor:
            roles = [Grant(Role.ADMINISTRATOR, AREA)]
            return users.add_user(r, f"door-{by.name}", roles, password="vier losse woorden", by=by)

        return made

    def review_decide() -> Try:
        review.add_many(r, [review.Doubt(w.part.key, 1, "PERSON", "names", 0.5, "s")], by=SYSTEM)
        number = review.list_open(r, by=w.officer)[0].id
        return lambda by: review.decide(r, number, review.Decision.PERSONAL, by=by)

    def rule(by: Actor) -> int:
        return review.propose_rule(r, "nooit", "PERSON", "sealed", fingerprint="f", area=AREA, by=by)

    def rule_approve() -> Try:
        number = rule(w.steward)
        return lambda by: review.decide_rule(r, number, approve=True, seen="f", by=by)

    def policy_submit() -> Try:
        draft = w.overlay(SYSTEM)
        return lambda by: policies.submit(r, draft.id, by=by)

    def policy_decide() -> Try:
        draft = w.submitted()
        return lambda by: policies.approve(r, draft.id, seen=draft.fingerprint, by=by)

    def advise(by: Actor) -> int:
        role = next(iter(by.grants)).role if by.grants else Role.FG
        return advising.advise(r, "dpia", "korter bewaren", area=AREA, role=role, by=by)

    def advice_answer() -> Try:
        number = advise(Actor.of("fg-0", Grant(Role.FG, AREA)))
        return lambda by: advising.answer(r, number, followed=True, why="goed idee", by=by)

    def sign(act: Act) -> Callable[[], Try]:
        def made() -> Try:
            one = w.contribution()
            return lambda by: contributions.sign(r, one.id, act, seen=one.content_hash, by=by)

        return made

    def contribution_withdraw() -> Try:
        one = w.contribution()
        return lambda by: contributions.withdraw(r, one.id, by=by)

    def contribution_return() -> Try:
        one = w.contribution()
        return lambda by: contributions.send_back(r, one.id, comment="kijk nog eens", by=by)

    def microdata_ask(by: Actor) -> microdata.MicrodataRequest:
        given = (microdata.Given(w.part, ("leeftijd",), "f" * 64),)
        content = microdata.MicrodataContent(f"{AREA}/ceo_wmo/2026", by.name, "0f" * 32, "verdieping", given)
        return microdata.ask(r, content, by=by)

    def microdata_decide() -> Try:
        one = microdata_ask(Actor.of("analist-0", Grant(Role.ANALYST, AREA)))
        return lambda by: microdata.approve(r, one.id, seen=one.content_hash, by=by)

    def release_prepare() -> Try:
        one = w.signed()
        how = {"audience": Audience.MOVISIE, "recipients": ["Movisie"]}
        return lambda by: releases.prepare(r, f"r-{by.name}", [one.id], by=by, **how)

    def on_release(state: str, attempt: Callable[[releases.Release, Actor], object]) -> Callable[[], Try]:
        def made() -> Try:
            release = w.release(state)
            return lambda by: attempt(release, by)

        return made

    def leak_close() -> Try:
        leak = downloads.note_leak(r, "iets", discovered_at=w.clock.now, by=w.officer, area=AREA)
        return lambda by: downloads.close_leak(r, leak.id, "gemeld", by=by)

    def text(by: Actor) -> consent_texts.ConsentText:
        return consent_texts.save_text(r, Purpose.DEELNAME, "tekst", recipients=[], by=by, area=AREA)

    def text_decide() -> Try:
        draft = text(w.steward)
        return lambda by: consent_texts.approve(r, draft.id, seen=draft.text_hash, by=by)

    def consent(by: Actor) -> int:
        record = ConsentRecord(f"{AREA}/ceo_wmo/2026", by.name, Purpose.DEELNAME, Said.REFUSAL, w.clock.now)
        return consents.record_consents(r, [record], by=by)

    def request_decide() -> Try:
        request = w.request()
        return lambda by: requests.decide(r, request.id, grant=True, reason="recht", by=by)

    def removal() -> Try:
        request = w.request()
        requests.decide(r, request.id, grant=True, reason="recht", by=w.officer)
        return lambda by: removals.plan(r, request.id, [], counters={}, by=by)

    def request_enclose() -> Try:
        kind, basis = RequestKind.INZAGE, LegalBasis.WMO
        one = requests.receive(r, AREA, "ceo_wmo", "2026", kind, basis, pseudonym="p", by=w.steward)
        requests.decide(r, one.id, grant=True, reason="recht", by=w.officer)
        return lambda by: requests.enclose(r, one.id, rows=1, by=by)

    def finding_decide() -> Try:
        one = findings.add(r, finding(), by=w.steward)
        return lambda by: findings.approve(r, one.id, seen=one.content_hash, by=by)

    def retention_propose() -> Try:
        w.clock.pass_(days=200)
        return lambda by: w.destruction(by)

    def retention_sign() -> Try:
        w.clock.pass_(days=200)
        one = w.destruction(SYSTEM)
        return lambda by: retention.sign(r, one.id, seen=one.content_hash, by=by)

    refusal = deliveries.Refusal(AREA, "f", "reden")
    verdict = verdicts.Verdict(w.part.key, 1, "h", True)
    doubt = review.Doubt(w.part.key, 1, "PERSON", "names", 0.5, "s")
    return {
        Act.USER_MANAGE: user_manage,
        Act.KEY_MANAGE: lambda: lambda by: notes.note_key(r, "made", {"scope": "x"}, area=AREA, by=by),
        Act.API_KEY_MANAGE: lambda: lambda by: api_keys.issue(r, AREA, "proef", by=by),
        Act.WORK_ADD: lambda: lambda by: work.add(r, AREA, "map", by=by),
        Act.DELIVERY_RECORD: lambda: lambda by: deliveries.refuse(r, refusal, by=by),
        Act.QUARANTINE_GIVE_BACK: lambda: lambda by: deliveries.record_given_back(r, AREA, "map", by=by),
        Act.VERDICT_RECORD: lambda: lambda by: verdicts.record(r, verdict, by=by),
        Act.REVIEW_ADD: lambda: lambda by: review.add_many(r, [doubt], by=by),
        Act.REVIEW_DECIDE: review_decide,
        Act.RULE_PROPOSE: lambda: rule,
        Act.RULE_APPROVE: rule_approve,
        Act.POLICY_SAVE: lambda: w.overlay,
        Act.POLICY_SUBMIT: policy_submit,
        Act.POLICY_DECIDE: policy_decide,
        Act.ADVISE: lambda: advise,
        Act.ADVICE_ANSWER: advice_answer,
        Act.CONTRIBUTION_PREPARE: lambda: lambda by: contributions.prepare(r, road.content(w.part), by=by),
        Act.CONTRIBUTION_RULES: sign(Act.CONTRIBUTION_RULES),
        Act.CONTRIBUTION_RELEASE: sign(Act.CONTRIBUTION_RELEASE),
        Act.CONTRIBUTION_RETURN: contribution_return,
        Act.CONTRIBUTION_WITHDRAW: contribution_withdraw,
        Act.MICRODATA_ASK: lambda: microdata_ask,
        Act.MICRODATA_DECIDE: microdata_decide,
        Act.RELEASE_PREPARE: release_prepare,
        Act.RELEASE_ATTACH: on_release("draft", lambda _, by: road.attached(r, "r", by, by.name)),
        Act.RELEASE_DECIDE: on_release(
            "submitted", lambda one, by: releases.approve(r, "r", seen=str(one.content_hash), by=by)
        ),
        Act.RELEASE_PUBLISH: on_release("approved", lambda _, by: releases.publish(r, "r", by=by, **road.HASHES)),
        Act.RELEASE_WITHDRAW: on_release("published", lambda _, by: releases.withdraw(r, "r", comment="fout", by=by)),
        Act.RELEASE_DOWNLOAD: on_release("published", lambda _, by: downloads.log_download(r, "r", "f", "o", by=by)),
        Act.LEAK_NOTE: lambda: lambda by: downloads.note_leak(r, "iets", discovered_at=w.clock.now, by=by, area=AREA),
        Act.LEAK_CLOSE: leak_close,
        Act.TEXT_SAVE: lambda: text,
        Act.TEXT_DECIDE: text_decide,
        Act.CONSENT_RECORD: lambda: consent,
        Act.REQUEST_RECEIVE: lambda: w.receive,
        Act.REQUEST_DECIDE: request_decide,
        Act.REQUEST_ENCLOSE: request_enclose,
        Act.FINDING_WRITE: lambda: lambda by: findings.add(r, finding(), by=by),
        Act.FINDING_DECIDE: finding_decide,
        Act.RETENTION_PROPOSE: retention_propose,
        Act.RETENTION_SIGN: retention_sign,
        Act.RETENTION_CARRY_OUT: lambda: lambda by: retention.record_emptied(r, "quarantine", AREA, 3, by=by),
        Act.REMOVAL_CARRY_OUT: removal,
        Act.SYSTEM_NOTE: lambda: lambda by: notes.note_event(r, "backup", {"files": 3}, by=by),
    }


NATIONAL_WORK = (Act.REMOVAL_CARRY_OUT, Act.SYSTEM_NOTE)
"""Acts that touch the whole installation: only a national role (or the product) does them."""
DOING = [act for act in Act if not act.value.startswith("see.")]


def test_every_act_is_in_the_table_and_is_tried(register: Register, clock: Clock) -> None:
    assert set(PERMISSIONS) == set(Act)
    assert set(attempts(World(register, clock))) == set(DOING)


@pytest.mark.parametrize("act", DOING)
def test_the_table_holds_in_every_cell(register: Register, clock: Clock, act: Act) -> None:
    attempt = attempts(World(register, clock))[act]()
    permission = PERMISSIONS[act]
    people = EVERYBODY
    if act in NATIONAL_WORK:
        people = [Actor.of(f"{role.value}-x", role) for role in Role]
    may_do = [SYSTEM] if permission.system else []
    may_do += [who for who in people if next(iter(who.grants)).role in permission.roles]
    for who in [*people, SYSTEM]:
        if who not in may_do:
            assert not allowed(attempt, who), who.name
    first, *others = may_do
    attempt(first)
    assert all(allowed(attempt, who) for who in others)


@pytest.mark.parametrize("act", [act for act in DOING if PERMISSIONS[act].reach is not Reach.ANY])
def test_a_role_elsewhere_is_no_role_here(register: Register, clock: Clock, act: Act) -> None:
    attempt = attempts(World(register, clock))[act]()
    assert not any(allowed(attempt, Actor.of(f"{role.value}-y", Grant(role, OTHER))) for role in Role)


def allowed(attempt: Try, who: Actor) -> bool:
    """Whether an attempt got past the permissions (the thing itself may still be refused: it was done already)."""
    try:
        attempt(who)
    except NotAllowed:
        return False
    except ToegangspeilError:
        return True
    return True


def test_nobody_with_all_roles_but_one_gets_that_one() -> None:
    for act, permission in PERMISSIONS.items():
        others = [Grant(role, area) for role in Role if role not in permission.roles for area in (None, AREA)]
        assert not may(Actor.of("iedereen", *others), act, AREA), act


def test_movisie_sees_nothing_but_published_releases_and_reports_what_is_wrong_with_them() -> None:
    movisie = Actor.of("mo", Role.MOVISIE, Grant(Role.MOVISIE, AREA))
    allowed = {Act.RELEASE_DOWNLOAD, Act.SEE_RELEASE, Act.LEAK_NOTE}
    assert {act for act in Act if may(movisie, act, AREA)} == allowed
    assert all(seen_areas(movisie, act) == frozenset() for act in Act if act not in allowed)


def test_fg_and_ciso_never_approve() -> None:
    adviser = Actor.of("f", Role.FG, Role.CISO, Grant(Role.FG, AREA), Grant(Role.CISO, AREA))
    words = (".decide", ".sign", ".approve", ".publish", ".rules_followed", ".we_release", ".carry_out")
    deciding = {act for act in Act if act.value.endswith(words)}
    assert len(deciding) == 14
    assert not any(may(adviser, act, AREA) for act in deciding)


def test_the_pages_are_made_from_the_tables() -> None:
    folder = Path(__file__).parents[2] / "docs" / "reference"
    assert (folder / "rollen.md").read_text(encoding="utf-8") == reference.roles_page()
    assert (folder / "toestanden.md").read_text(encoding="utf-8") == reference.states_page()


def test_a_refusal_names_roles_as_people_do() -> None:
    nobody = Actor("iemand", frozenset())
    with pytest.raises(NotAllowed, match=r"vraag iemand met de rol privacy officer of FG of CISO$"):
        check(nobody, Act.LEAK_CLOSE)
