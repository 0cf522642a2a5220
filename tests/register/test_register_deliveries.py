"""Deliveries: accepted, corrected, refused, and the same again."""

import time

import pytest

from domain.delivery import DeliveryKey
from domain.errors import NotAllowed
from domain.vocabulary import DeliveryState, Role
from register import deliveries, ledger, work
from register.actors import SYSTEM
from register.deliveries import NewDelivery, Refusal
from register.store import Register
from register.words import text_hash
from tests.register import road
from tests.register.people import MOVISIE, OFFICER, OPERATOR, STEWARD, person


def test_a_correction_supersedes(register: Register) -> None:
    first = road.delivered(register, road.key())
    second = road.delivered(register, road.key(), content="twee")
    assert (second.version, second.supersedes) == (2, first.id)
    assert deliveries.current(register, road.key()) == second
    states = [one.state for one in deliveries.list_all(register)]
    assert states == [DeliveryState.SUPERSEDED, DeliveryState.ACCEPTED]


def test_the_same_content_again_changes_nothing(register: Register) -> None:
    first = road.delivered(register, road.key())
    assert road.delivered(register, road.key()) == first
    assert ledger.verify(register).lines == 1
    assert deliveries.already_delivered(register, first.fingerprint) == [first]


def test_a_refusal_does_not_touch_what_stands(register: Register) -> None:
    first = road.delivered(register, road.key())
    refusal = Refusal("GM9001", text_hash("kapot"), "ceo.csv: kolom 'adres2' is onbekend; haal haar weg", road.key())
    deliveries.refuse(register, refusal, by=OPERATOR)
    assert deliveries.current(register, road.key()) == first
    refused = deliveries.list_all(register)[-1]
    assert (refused.state, refused.name) == (DeliveryState.QUARANTINED, str(road.key()))
    assert not deliveries.already_delivered(register, text_hash("kapot"))


def test_an_unreadable_delivery_has_no_key(register: Register) -> None:
    row = deliveries.refuse(
        register, Refusal(None, text_hash("x"), "delivery.yaml ontbreekt", source="map 3"), by=SYSTEM
    )
    assert (row.key, row.name, row.gemeenten) == (None, "map 3", [])


@pytest.mark.parametrize("who", [STEWARD, OFFICER, MOVISIE])
def test_only_operator_and_product_record(register: Register, who: object) -> None:
    with pytest.raises(NotAllowed):
        deliveries.refuse(register, Refusal("GM9001", "f", "reden"), by=who)


def test_people_see_their_own_area(register: Register) -> None:
    road.delivered(register, road.key("GM9001"))
    road.delivered(register, road.key("GM9002"))
    assert [one.area for one in deliveries.list_all(register, by=STEWARD)] == ["GM9001"]
    assert len(deliveries.list_all(register, by=OPERATOR)) == 2
    assert deliveries.list_all(register, by=MOVISIE) == []


def test_a_thousand_deliveries_in_one_batch_take_seconds(register: Register) -> None:
    rows = [
        NewDelivery(DeliveryKey(f"GM{number:04}", "ceo_wmo", meting, "client"), f"f{number}{meting}", 300, "o", "k", {})
        for number in range(342)
        for meting in ("2024", "2025", "2026")
    ]
    start = time.perf_counter()
    assert len(deliveries.accept_many(register, rows, by=SYSTEM)) == 1026
    assert time.perf_counter() - start < 5
    assert ledger.verify(register).lines == 1026


def test_an_upload_waits_until_it_is_closed_and_only_its_gemeente_sees_it(register: Register) -> None:
    work.add(register, "GM9001", "upload-1", by=STEWARD)
    (task,) = work.open_uploads(register)
    assert work.take_up(register) is None
    work.finish(register, task.id, message="1 aanlevering aangenomen")
    assert work.open_uploads(register) == []
    assert [one.message for one in work.tasks(register, by=STEWARD)] == ["1 aanlevering aangenomen"]
    assert work.tasks(register, by=person("iemand", Role.DATA_STEWARD, "GM9002")) == []


def test_a_batch_may_hold_a_delivery_and_its_correction(register: Register) -> None:
    key, again = road.key(), road.key("GM9002")
    rows = [
        NewDelivery(name, mark, 9, "o", "k", {}) for name, mark in ((key, "a"), (again, "b"), (key, "c"), (key, "c"))
    ]
    made = deliveries.accept_many(register, rows, by=SYSTEM)
    assert [one.version for one in made] == [1, 1, 2, 2]
    assert deliveries.current(register, key) == made[2] == made[3]
    assert ledger.verify(register).lines == 3


def test_a_panel_hangs_together_over_its_metingen(register: Register) -> None:
    def told(meting: str, **manifest: object) -> NewDelivery:
        key = DeliveryKey("GM9001", "klantenpanel", meting, "client")
        return NewDelivery(key, f"f{meting}", 15, f"o{meting}", "k", manifest)

    both = [told("2025", link_scope="panel"), told("2026", link_scope="panel")]
    deliveries.accept_many(register, both, by=SYSTEM)
    alone = road.delivered(register, road.key())
    panel = "GM9001/klantenpanel/panel"
    assert deliveries.linked_scope(register, "GM9001/klantenpanel/2025") == panel
    assert [one.version for one in deliveries.linked(register, panel)] == [1, 1]
    assert alone.key is not None
    assert deliveries.linked_scope(register, alone.key.scope) == alone.key.scope == alone.scope
