"""Whatever people try, in whatever order: nothing is published without valid signatures, nobody approves own work."""

from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from domain.consent import ConsentRecord, Said, Standing
from domain.contribution import ContributionContent
from domain.errors import ToegangspeilError
from domain.vocabulary import Audience, Purpose, Role
from register import consents, contributions, deliveries, ledger, policies, releases
from register.actors import SYSTEM, Actor, Grant
from register.contributions import RELEASE, RULES
from register.releases import ReleaseState
from register.store import open_register, stamp
from register.words import text_hash
from tests.register import road
from tests.register.conftest import SIGNER, Clock

AREAS = ("GM9001", "GM9002")
PEOPLE = [
    Actor.of("steward", *(Grant(Role.DATA_STEWARD, area) for area in AREAS)),
    *(Actor.of(f"po-{area}", Grant(Role.PRIVACY_OFFICER, area)) for area in AREAS),
    *(Actor.of(f"eigenaar-{area}", Grant(Role.PROCESEIGENAAR, area)) for area in AREAS),
    Actor.of("beide", *(Grant(role, area) for role in (Role.PRIVACY_OFFICER, Role.PROCESEIGENAAR) for area in AREAS)),
    Actor.of("alles", *Role, *(Grant(role, area) for role in Role for area in AREAS)),
    Actor.of("landelijk", Role.PRIVACY_OFFICER),
    Actor.of("olga", Role.OPERATOR),
    Actor.of("movisie", Role.MOVISIE),
    SYSTEM,
]
WHO = st.sampled_from(PEOPLE)
AREA = st.sampled_from(AREAS)


class Register(RuleBasedStateMachine):
    """Keeps its own books of what succeeded, and holds the register against them."""

    given = Bundle("contributions")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.register = open_register("sqlite://", signer=SIGNER, clock=self.clock)
        self.wrote: dict[str, set[str]] = {}
        self.policy: str | None = None
        self.staged: dict[str, tuple[int, str, str]] = {}
        self.content: dict[int, ContributionContent] = {}
        self.signed: dict[int, dict[object, tuple[str, str]]] = {}
        self.hands: set[str] = set()
        self.approval: tuple[str, str] | None = None
        self.frozen: dict[int, str] = {}
        self.tables = ""

    def tried(self, act: Callable[[], object]) -> bool:
        """Whether it succeeded; a refusal is fine, any other error is not."""
        try:
            act()
        except ToegangspeilError:
            return False
        return True

    @initialize()
    def start(self) -> None:
        self.save_policy(SYSTEM, 10)
        self.decide_policy(PEOPLE[7], submitter=SYSTEM)

    # ------------------------------------------------------------ policies
    @rule(by=WHO, group=st.integers(10, 12))
    def save_policy(self, by: Actor, group: int) -> None:
        policy = road.base_policy(min_group=group)
        made = self.tried(lambda: policies.save_draft(self.register, policy, codebook=road.codebook(), by=by))
        if made:
            self.wrote.setdefault("open", set()).add(by.name)

    @rule(by=WHO, submitter=WHO)
    def decide_policy(self, by: Actor, submitter: Actor) -> None:
        open_ = policies.versions(self.register, states=(policies.PolicyState.DRAFT, policies.PolicyState.SUBMITTED))
        for draft in open_:
            if self.tried(lambda draft=draft: policies.submit(self.register, draft.id, by=submitter)):
                self.wrote["open"].add(submitter.name)
            seen = draft.fingerprint
            if self.tried(lambda draft=draft, seen=seen: policies.approve(self.register, draft.id, seen=seen, by=by)):
                assert by.name not in self.wrote["open"]
                assert Grant(Role.PRIVACY_OFFICER) in by.grants
                self.policy = draft.fingerprint
                self.wrote["open"] = set()

    @rule()
    def two_years_pass(self) -> None:
        self.clock.pass_(days=365)

    # ------------------------------------------------------------ data
    @rule(area=AREA, content=st.sampled_from("abc"))
    def deliver(self, area: str, content: str) -> None:
        found = road.delivered(self.register, road.key(area), content=content)
        if self.staged.get(area, (0,))[0] != found.version:
            self.staged.pop(area, None)

    @rule(area=AREA, passed=st.booleans(), file=st.sampled_from("xy"))
    def clean(self, area: str, passed: bool, file: str) -> None:
        standing = deliveries.current(self.register, road.key(area))
        if standing is None or self.policy is None:
            return
        if passed:
            part = road.checked(self.register, standing, self.policy, file=file)
            self.staged[area] = (part.version, part.staging_hash, part.policy_fingerprint)
        else:
            verdict = road.verdicts.Verdict(road.key(area), standing.version, "bad", False, ("residual",))
            road.verdicts.record(self.register, verdict, by=SYSTEM)
            self.staged.pop(area, None)

    # ------------------------------------------------------------ contributions
    @rule(target=given, by=WHO, area=AREA, audience=st.sampled_from([Audience.MOVISIE, Audience.DEELNEMERS]))
    def prepare(self, by: Actor, area: str, audience: Audience) -> int:
        if area not in self.staged:
            return 0
        version, staging, policy = self.staged[area]
        content = road.content(road.Part(road.key(area), version, staging, policy), audience=audience)
        made: list[contributions.Contribution] = []
        if self.tried(lambda: made.append(contributions.prepare(self.register, content, by=by))):
            number = made[0].id
            if self.content.get(number) != content:
                self.content[number], self.signed[number] = content, {}
            return number
        return 0

    @rule(number=given, act=st.sampled_from([RULES, RELEASE]), by=WHO)
    def sign(self, number: int, act: object, by: Actor) -> None:
        if number not in self.content:
            return
        seen = contributions.get(self.register, number).content_hash
        if self.tried(lambda: contributions.sign(self.register, number, act, seen=seen, by=by)):
            area = self.content[number].area
            role = Role.PRIVACY_OFFICER if act is RULES else Role.PROCESEIGENAAR
            assert Grant(role, area) in by.grants
            self.signed[number][act] = (by.name, seen)

    @rule(number=given, by=WHO)
    def withdraw(self, number: int, by: Actor) -> None:
        if number in self.content and self.tried(lambda: contributions.withdraw(self.register, number, by=by)):
            self.content.pop(number)
            self.signed.pop(number)

    @rule(number=given, by=WHO, comment=st.sampled_from(["", "kijk nog eens"]))
    def send_back(self, number: int, by: Actor, comment: str) -> None:
        back = lambda: contributions.send_back(self.register, number, comment=comment, by=by)  # noqa: E731
        if number in self.content and self.tried(back):
            assert comment
            self.signed[number] = {}

    # ------------------------------------------------------------ releases
    @rule(numbers=st.sets(given, min_size=1, max_size=2), by=WHO)
    def prepare_release(self, numbers: set[int], by: Actor) -> None:
        how = {"audience": Audience.MOVISIE, "recipients": ["Movisie"]}
        if self.tried(lambda: releases.prepare(self.register, "r", numbers, by=by, **how)):
            self.hands, self.approval = {by.name}, None
            self.frozen = dict(releases.get(self.register, "r").contributions)

    @rule(by=WHO, tables=st.sampled_from(["tabellen", "andere"]))
    def attach(self, by: Actor, tables: str) -> None:
        if self.tried(lambda: road.attached(self.register, "r", by, tables)):
            if tables != self.tables:
                self.approval = None
            self.tables = tables
            self.hands |= set() if by.system else {by.name}

    @rule(by=WHO)
    def submit(self, by: Actor) -> None:
        if self.tried(lambda: releases.submit(self.register, "r", by=by)):
            self.hands.add(by.name)

    @rule(by=WHO)
    def approve(self, by: Actor) -> None:
        release = self._release()
        seen = str(release.content_hash) if release else ""
        if self.tried(lambda: releases.approve(self.register, "r", seen=seen, by=by)):
            assert by.name not in self.hands
            assert Grant(Role.PRIVACY_OFFICER) in by.grants or len(set(self._areas())) == 1 or by.name == "beide"
            self.approval = (by.name, self.tables)

    @rule(by=WHO, tables=st.sampled_from(["tabellen", "andere"]))
    def publish(self, by: Actor, tables: str) -> None:
        before = self._release()
        hashes = {**road.HASHES, "tables_hash": text_hash(tables)}
        if not self.tried(lambda: releases.publish(self.register, "r", by=by, **hashes)):
            return
        if before is not None and before.state is ReleaseState.APPROVED:
            self._must_be_publishable(tables)

    def _must_be_publishable(self, tables: str) -> None:
        """By our own books: an approval by somebody else, of these tables; every contribution signed and unchanged."""
        assert self.approval is not None
        approver, approved_tables = self.approval
        assert approver not in self.hands
        assert approved_tables == tables
        assert self.frozen
        for number, content_hash in self.frozen.items():
            signed = self.signed[number]
            assert {seen for _, seen in signed.values()} == {content_hash}
            assert signed[RULES][0] != signed[RELEASE][0]
            part = self.content[number].parts[0]
            assert self.staged[part.key.area] == (part.version, part.staging_hash, part.policy_fingerprint)
            assert part.policy_fingerprint == self.policy

    def _release(self) -> releases.Release | None:
        found = releases.list_releases(self.register)
        return found[0] if found else None

    def _areas(self) -> list[str]:
        release = self._release()
        return list(release.areas) if release else []

    # ------------------------------------------------------------ as it should be, up to a point
    @rule(target=given, area=AREA, signatures=st.integers(0, 2))
    def proper_contribution(self, area: str, signatures: int) -> int:
        standing = policies.versions(self.register, states=(policies.PolicyState.APPROVED,))
        if self.policy not in [one.fingerprint for one in standing if str(one.valid_until) > stamp(self.clock.now)]:
            self.save_policy(SYSTEM, 10)
            self.decide_policy(PEOPLE[7], SYSTEM)
        if deliveries.current(self.register, road.key(area)) is None:
            self.deliver(area, "a")
        self.clean(area, True, "x")
        number = self.prepare(PEOPLE[0], area, Audience.DEELNEMERS)
        who = {actor.name: actor for actor in PEOPLE}
        signers = [(RULES, who[f"po-{area}"]), (RELEASE, who[f"eigenaar-{area}"])]
        for act, by in signers[:signatures]:
            self.sign(number, act, by)
        return number

    @rule(area=AREA, upto=st.sampled_from([1, 2, 3, 4, 4, 4, 5]))
    def proper_release(self, area: str, upto: int) -> None:
        number = self.proper_contribution(area, 2)
        who = {actor.name: actor for actor in PEOPLE}
        road_ = [
            lambda: self.prepare_release({number}, who["olga"]),
            lambda: self.attach(SYSTEM, "tabellen"),
            lambda: self.submit(who["olga"]),
            lambda: self.approve(who["landelijk"]),
            lambda: self.publish(SYSTEM, "tabellen"),
        ]
        for step in road_[:upto]:
            step()

    # ------------------------------------------------------------ consents
    @rule(by=WHO, said=st.sampled_from(list(Said)))
    def consent(self, by: Actor, said: Said) -> None:
        self.clock.pass_(seconds=1)
        record = ConsentRecord("GM9001/ceo_wmo/2026", "p", Purpose.DEELNAME, said, self.clock.now)
        if self.tried(lambda: consents.record_consents(self.register, [record], by=by)):
            assert said is not Said.CONSENT  # no text was ever approved here
            standing = consents.status_at(self.register, record.scope, "p", Purpose.DEELNAME, self.clock.now)
            assert standing is not Standing.GIVEN

    @invariant()
    def the_ledger_holds(self) -> None:
        assert ledger.verify(self.register, public_key=SIGNER.public_key).ok

    def teardown(self) -> None:
        self.register.close()


TestRegisterMachine = Register.TestCase
TestRegisterMachine.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_proper_road_does_publish() -> None:
    machine = Register()
    machine.start()
    machine.proper_release("GM9001", 5)
    release = machine._release()
    assert release is not None
    assert release.state is ReleaseState.PUBLISHED
    machine.teardown()
