"""After an upload: how far it is, what was read, and what a steward takes back. Never a value."""

from datetime import UTC, datetime

import pytest
from browsing import post
from small_home import OTHER, OWN
from test_portal_pages import CEO, upload

from domain.delivery import DeliveryKey
from domain.vocabulary import DeliveryState
from portal import progress
from register import deliveries, verdicts, work
from register.actors import SYSTEM
from register.deliveries import Delivery, NewDelivery
from register.verdicts import Verdict
from register.work import DONE, FAILED, RUNNING, WAITING, Task

STEWARD = f"data_steward-{OWN}"
KEY = DeliveryKey(OWN, "ceo_wmo", "2026", "client")
NOW = datetime(2026, 11, 22, tzinfo=UTC).isoformat()


def row(state: DeliveryState = DeliveryState.ACCEPTED, version: int = 1) -> Delivery:
    source = progress.source_of(OWN, "zending-x")
    return Delivery(1, KEY, OWN, version, state, "kolom 3", 9, "f", None, None, {}, None, source, NOW, "kolom 3")


def verdict(*failed: str, version: int = 1) -> Verdict:
    return Verdict(KEY, version, "h", not failed, failed)


@pytest.mark.parametrize(
    ("task", "rows", "judged", "steps", "over"),
    [
        (WAITING, [], [], "klaar wacht wacht wacht", False),
        (RUNNING, [], [], "klaar bezig wacht wacht", False),
        (RUNNING, [row()], [], "klaar klaar bezig wacht", False),
        (DONE, [row()], [verdict()], "klaar klaar klaar klaar", True),
        (DONE, [row()], [verdict("er staat een telefoonnummer in")], "klaar klaar klaar mis", True),
        (DONE, [row(DeliveryState.QUARANTINED)], [], "klaar mis wacht wacht", True),
        (FAILED, [], [], "klaar mis wacht wacht", True),
        (DONE, [], [], "klaar klaar klaar klaar", True),
        (DONE, [row(version=2)], [verdict(version=1)], "klaar klaar bezig wacht", False),
    ],
)
def test_how_far_an_upload_is(task, rows, judged, steps, over):
    found = progress.progress_of(
        Task(1, OWN, "zending-x", task, "s", None, NOW), rows, {one.key: one for one in judged}
    )
    assert " ".join(step.state for step in found.steps) == steps
    assert found.over is over


def test_after_an_upload_one_sees_how_far_it_is(sign_in):
    client = sign_in(STEWARD)
    answer = upload(client, ("ceo.csv", CEO))
    page = client.get(answer.headers["location"]).text
    assert "Hoe ver is uw aanlevering?" in page
    assert "Binnengekomen" in page
    path = answer.headers["location"].partition("?")[0]
    assert sign_in(f"data_steward-{OTHER}").get(path).status_code == 404


def test_what_was_read_is_counted_for_who_delivered_and_a_correction_says_what_it_replaces(sign_in, house):
    key = DeliveryKey(OWN, "ceo_wmo", "2019", "client")
    client = sign_in(STEWARD)
    for rows in (41, 43):
        path = upload(client, ("ceo.csv", CEO)).headers["location"].partition("?")[0]
        number = int(path.rpartition("/")[2])
        task = next(one for one in work.tasks(house.register, by=SYSTEM) if one.id == number)
        source = progress.source_of(OWN, task.name)
        given = NewDelivery(key, f"{rows:064}", rows, f"object-{rows}", "key", {}, source)
        done = deliveries.accept(house.register, given, by=SYSTEM)
        verdicts.record(house.register, Verdict(key, done.version, "ab", True, ()), by=SYSTEM)
        page = client.get(path).text
        assert f"Wij lazen {rows} rijen. Klopt dat met uw bestand?" in page
        assert ("Dit vervangt de eerdere aanlevering van deze meting." in page) is (rows == 43)
    assert "43 rijen gelezen." in client.get("/aanleveringen").text
    assert "rijen gelezen" not in sign_in("fg").get("/aanleveringen").text


def test_a_steward_takes_a_refused_folder_back_and_nobody_else_sees_it(sign_in):
    steward, number = sign_in(f"data_steward-{OWN}"), "f" * 24
    assert "Vraagdorp: Toegangsscan, 2026. Geweigerd op 20 november 2026" in steward.get("/aanleveringen").text
    back = post(steward, "/aanleveringen/terughalen", page="/aanleveringen", kenmerk=number)
    assert (back.status_code, back.headers["content-type"], back.content) == (200, "application/zip", b"PK")
    assert post(steward, "/aanleveringen/terughalen", page="/aanleveringen", kenmerk="0" * 24).status_code == 409
    for other in (f"data_steward-{OTHER}", f"privacy_officer-{OWN}", "operator"):
        client = sign_in(other)
        assert "terughalen" not in client.get("/aanleveringen").text
        refused = post(client, "/aanleveringen/terughalen", page="/aanleveringen", kenmerk=number)
        assert refused.status_code in (403, 409)
