"""Residents: what they said, what they ask, and that a removal reaches the data."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.consent import (
    ConsentRecord,
    RequestKind,
    Route,
    Said,
    SignedBy,
    Standing,
    route_request,
    standing_at,
)
from domain.dutch import day
from domain.errors import ConsentRefused, NotAllowed
from domain.vocabulary import LegalBasis, Purpose
from register import consent_texts, consents, defaults, deliveries, history, ledger, removals, requests
from register.actors import SYSTEM
from register.removals import RemovalState, Rewritten, StoredObject, Zone
from register.requests import RequestState
from register.store import Register
from tests.register import road
from tests.register.conftest import Clock
from tests.register.people import MOVISIE, NATIONAL_OFFICER, OFFICER, STEWARD

SCOPE = "GM9001/klantreis/2026"
START = datetime(2026, 3, 1, tzinfo=UTC)


def said(what: Said, days: int = 0, **more: object) -> ConsentRecord:
    return ConsentRecord(SCOPE, "p1", Purpose.DEELNAME, what, START + timedelta(days=days), **more)


CASES = [
    ([], 10, Standing.NEVER_ASKED),
    ([said(Said.CONSENT, 5)], 4, Standing.NEVER_ASKED),
    ([said(Said.CONSENT, 5)], 5, Standing.GIVEN),
    ([said(Said.CONSENT), said(Said.WITHDRAWAL, 5)], 4, Standing.GIVEN),
    ([said(Said.CONSENT), said(Said.WITHDRAWAL, 5)], 5, Standing.WITHDRAWN),
    ([said(Said.WITHDRAWAL, 5), said(Said.CONSENT, 5)], 5, Standing.WITHDRAWN),
    ([said(Said.REFUSAL), said(Said.CONSENT, 1)], 2, Standing.GIVEN),
    ([said(Said.CONSENT, expires_at=START + timedelta(days=9))], 8, Standing.GIVEN),
    ([said(Said.CONSENT, expires_at=START + timedelta(days=9))], 9, Standing.EXPIRED),
    ([said(Said.CONSENT), said(Said.CONSENT, expires_at=START + timedelta(days=9))], 9, Standing.EXPIRED),
    ([said(Said.CONSENT, expires_at=START + timedelta(days=9)), said(Said.CONSENT)], 9, Standing.EXPIRED),
]


@pytest.mark.parametrize(("records", "day", "standing"), CASES)
def test_what_holds_at_a_moment(records: list[ConsentRecord], day: int, standing: Standing) -> None:
    assert standing_at(records, START + timedelta(days=day)) is standing


@given(st.lists(st.tuples(st.sampled_from(list(Said)), st.integers(0, 9)), max_size=8), st.integers(0, 9))
def test_order_of_import_does_not_matter(words: list[tuple[Said, int]], day: int) -> None:
    records = [said(what, on) for what, on in words]
    at = START + timedelta(days=day)
    assert standing_at(records, at) is standing_at(records[::-1], at)


@pytest.fixture
def texts(register: Register) -> None:
    for draft in defaults.save_default_texts(register):
        consent_texts.approve(register, draft.id, seen=draft.text_hash, by=NATIONAL_OFFICER)


def test_consent_needs_an_approved_text(register: Register) -> None:
    with pytest.raises(ConsentRefused, match="niet goedgekeurd"):
        consents.record_consents(register, [said(Said.CONSENT)], by=SYSTEM)
    assert consents.record_consents(register, [said(Said.REFUSAL)], by=SYSTEM) == 1


@pytest.mark.usefixtures("texts")
def test_consents_are_imported_once_and_asked_in_bulk(register: Register) -> None:
    parent = ConsentRecord(SCOPE, "p2", Purpose.DEELNAME, Said.CONSENT, START, SignedBy.PARENT)
    records = [said(Said.CONSENT), parent, said(Said.WITHDRAWAL, 5)]
    assert [consents.record_consents(register, records, by=STEWARD) for _ in range(2)] == [3, 0]
    later = START + timedelta(days=6)
    assert consents.status_at(register, SCOPE, "p1", Purpose.DEELNAME, later) is Standing.WITHDRAWN
    assert consents.allowed(register, SCOPE, Purpose.DEELNAME, later) == {"p2"}
    assert consents.allowed(register, SCOPE, Purpose.DEELNAME, START) == {"p1", "p2"}


def test_movisie_records_no_consent(register: Register) -> None:
    with pytest.raises(NotAllowed):
        consents.record_consents(register, [said(Said.REFUSAL)], by=MOVISIE)


ROUTES = [
    (RequestKind.INTREKKEN, LegalBasis.CONSENT, True, Route.WITHDRAW_CONSENT),
    (RequestKind.INTREKKEN, LegalBasis.WMO, True, Route.NO_CONSENT),
    (RequestKind.BEZWAAR, LegalBasis.PUBLIC_TASK, True, Route.WEIGH_OBJECTION),
    (RequestKind.BEZWAAR, LegalBasis.WMO, True, Route.NO_OBJECTION),
    (RequestKind.INZAGE, LegalBasis.WMO, True, Route.GIVE_ACCESS),
    (RequestKind.VERWIJDEREN, LegalBasis.JEUGDWET, True, Route.ERASE),
    (RequestKind.VERWIJDEREN, LegalBasis.CONSENT, False, Route.NOBODY_FOUND),
]


@pytest.mark.parametrize(("kind", "basis", "found", "route"), ROUTES)
def test_requests_are_routed_by_legal_basis(kind: RequestKind, basis: LegalBasis, found: bool, route: Route) -> None:
    assert route_request(kind, basis, found=found) is route


def received(register: Register, kind: RequestKind = RequestKind.VERWIJDEREN, pseudonym: str | None = "p1"):
    return requests.receive(
        register, "GM9001", "ceo_wmo", "2026", kind, LegalBasis.WMO, pseudonym=pseudonym, by=STEWARD
    )


def test_what_the_route_does_not_allow_is_not_granted(register: Register) -> None:
    request = received(register, RequestKind.INTREKKEN)
    with pytest.raises(ConsentRefused, match="kan niet worden toegewezen"):
        requests.decide(register, request.id, grant=True, reason="vriendelijk", by=OFFICER)
    refused = requests.decide(register, request.id, grant=False, reason="wettelijke taak", by=OFFICER)
    assert "geen toestemming die u kunt intrekken" in requests.letter(refused, vastgesteld=[])


def test_what_somebody_asked_already_is_one_request_until_it_is_decided(register: Register) -> None:
    request = received(register)
    assert received(register) == request
    others = [received(register, RequestKind.INZAGE), received(register, pseudonym="p2")]
    nobody = [received(register, pseudonym=None), received(register, pseudonym=None)]
    assert len({one.id for one in [request, *others, *nobody]}) == 5
    requests.decide(register, request.id, grant=False, reason="wettelijke taak", by=OFFICER)
    assert received(register).id not in {one.id for one in [request, *others, *nobody]}


def test_the_month_runs_from_the_day_on_which_the_resident_asked(register: Register, clock: Clock) -> None:
    asked = clock() - timedelta(days=12)
    request = requests.receive(
        register, "GM9001", "ceo_wmo", "2026", RequestKind.INZAGE, LegalBasis.WMO, pseudonym="p1", by=STEWARD,
        asked_at=asked,
    )  # fmt: skip
    assert request.due_at[:10] == (asked + timedelta(days=30)).date().isoformat()


def test_a_letter_promises_nothing_before_it_is_done(register: Register) -> None:
    request = received(register)
    letter = requests.letter(request, vastgesteld=["CEO Wmo 2025"])
    assert f"uiterlijk op {day(request.due_at)}." in letter
    assert "tellen uw antwoorden niet meer mee" not in letter
    granted = requests.decide(register, request.id, grant=True, reason="op verzoek", by=OFFICER)
    assert granted.to_remove
    letter = requests.letter(granted, vastgesteld=[])
    assert "Wij halen uw antwoorden weg." in letter
    assert "verwijderd" not in letter


def test_nobody_found_is_article_11(register: Register) -> None:
    request = received(register, pseudonym=None)
    refused = requests.decide(register, request.id, grant=False, reason="niet te vinden", by=OFFICER)
    assert "artikel 11" in requests.letter(refused, vastgesteld=["CEO Wmo 2026"])
    assert "blijven zoals ze zijn" not in requests.letter(refused, vastgesteld=["CEO Wmo 2026"])


class Store:
    """Objects with people in them, as `pipelines` would keep them; dies after `alive` calls."""

    def __init__(self, alive: int = 10**6) -> None:
        self.objects = {("o1", "k1"): {"p1", "p2"}, ("s1", "k2"): {"p1", "p2"}}
        self.alive = alive

    def _live(self) -> None:
        self.alive -= 1
        if self.alive < 0:
            raise KeyboardInterrupt

    def rewrite(self, item: StoredObject, pseudonym: str) -> Rewritten:
        self._live()
        left = self.objects[item.object, item.data_key] - {pseudonym}
        self.objects[f"{item.object}-new", f"{item.data_key}-new"] = left
        self._live()
        verdict = {"file_hash": "h2", "passed": True, "failed": [], "counts": {}, "policy_fingerprint": "f"}
        staging = item.zone is Zone.STAGING
        return Rewritten(f"{item.object}-new", f"{item.data_key}-new", len(left), verdict if staging else None)

    def destroy(self, item: StoredObject) -> None:
        self._live()
        self.objects.pop((item.object, item.data_key), None)
        self._live()


def granted(register: Register) -> tuple[int, list[StoredObject]]:
    delivery = road.delivered(register, road.key())
    request = received(register)
    requests.decide(register, request.id, grant=True, reason="recht op verwijdering", by=OFFICER)
    name = str(road.key())
    return request.id, [
        StoredObject(Zone.VAULT, "GM9001", delivery.id, name, "o1", "k1"),
        StoredObject(Zone.STAGING, "GM9001", delivery.id, name, "s1", "k2"),
    ]


COUNTERS = {"2025-1": {"cel-a": (0, 1), "cel-b": (0, 1)}}


@pytest.mark.parametrize("alive", [*range(12), 10**6])
def test_a_removal_survives_a_kill_anywhere_and_does_nothing_twice(register: Register, alive: int) -> None:
    number, objects = granted(register)
    store = Store(alive)
    removals.plan(register, number, objects, counters=COUNTERS)
    removals.plan(register, number, objects, counters=COUNTERS)
    try:
        removals.carry_out(register, number, store)
    except KeyboardInterrupt:
        assert [one.request for one in removals.open_removals(register)] == [number]
    store.alive = 10**6
    for _ in range(2):
        assert removals.carry_out(register, number, store).state is RemovalState.DONE
    assert store.objects == {("o1-new", "k1-new"): {"p2"}, ("s1-new", "k2-new"): {"p2"}}
    assert deliveries.current(register, road.key()).vault_object == "o1-new"
    assert history.counters_of(register) == {("2025-1", "cel-a"): (0, 1), ("2025-1", "cel-b"): (0, 1)}
    assert consents.removed(register, "GM9001/ceo_wmo/2026") == {"p1"}
    assert requests.get(register, number).state is RequestState.CARRIED_OUT
    assert ledger.verify(register).ok


def test_no_removal_without_a_decision(register: Register) -> None:
    road.delivered(register, road.key())
    with pytest.raises(ConsentRefused, match="niet toegewezen"):
        removals.plan(register, received(register).id, [], counters={})


def test_the_letter_says_what_stays(register: Register, clock: Clock) -> None:
    number, objects = granted(register)
    removals.plan(register, number, objects, counters=COUNTERS)
    removals.carry_out(register, number, Store())
    letter = requests.letter(requests.get(register, number), vastgesteld=["CEO Wmo 2025"])
    assert "uw antwoorden verwijderd" in letter
    assert "(CEO Wmo 2025), blijven zoals ze zijn" in letter


@pytest.mark.usefixtures("texts")
def test_a_removed_person_is_not_allowed_any_more(register: Register) -> None:
    scope = "GM9001/ceo_wmo/2026"
    record = ConsentRecord(scope, "p1", Purpose.DEELNAME, Said.CONSENT, START)
    consents.record_consents(register, [record], by=SYSTEM)
    number, objects = granted(register)
    removals.plan(register, number, objects, counters={})
    assert consents.allowed(register, scope, Purpose.DEELNAME, register.clock()) == frozenset()
    removals.carry_out(register, number, Store())
    standing = consents.status_at(register, scope, "p1", Purpose.DEELNAME, register.clock())
    assert standing is Standing.WITHDRAWN
