"""The ledger on a page: newest first, a page at a time, filtered, and quick however long it is."""

import json
import re
import time

import pytest
from small_home import OTHER, OWN
from sqlalchemy import insert

from portal.house import House
from portal.ledger_words import acts_like, shortened, subject_words
from portal.pages.accountability import PER_PAGE
from register import ledger_lines
from register.actors import Actor
from register.ledger_lines import Wanted
from register.notes import note_event
from register.store import Register
from register.tables import ledger
from register.users import authenticate

LONG = 100_000
SECONDS = 1.5
"""Cpu time of one page; measured 0.1 to 0.3 s, for the filter that reads every line."""


def numbers(page: str) -> list[int]:
    found = page[page.index(">Logboek</h2>") :]
    return [int(one) for one in re.findall(r'<th scope="row">(\d+)</th>', found)]


def older(page: str) -> str:
    found = re.search(r'href="([^"]+)">Oudere regels', page)
    return found[1].replace("&amp;", "&") if found else ""


def lengthen(register: Register, by: Actor, lines: int) -> None:
    """Many lines in front of the chain's own: only their place and words matter here, not their hashes."""
    last = ledger_lines.newest(register, Wanted(), limit=1)[0]["seq"]
    with register.bookkeeping() as writing:
        rows = [
            {"seq": last + at, "hash": bytes(32), "body": json.dumps(
                {"act": "delivery.record", "at": writing.at, "roles": [], "seq": last + at,
                 "what": {"area": OTHER if at % 50 else OWN, "lot": at}, "who": f"gebruiker{at % 7}"}).encode()}
            for at in range(1, lines + 1)
        ]  # fmt: skip
        writing.connection.execute(insert(ledger), rows)


def test_pages_walk_the_whole_ledger_from_new_to_old(sign_in, house: House):
    client, path, seen = sign_in("privacy_officer"), "/verantwoording", []
    while path:
        page = client.get(path).text
        seen += numbers(page)
        path = older(page)
    assert seen == list(range(ledger_lines.length(house.register), 0, -1))


def test_a_filter_finds_acts_by_their_dutch_words(sign_in):
    page = sign_in("privacy_officer").get("/verantwoording?wat=bijdrage").text
    acts = re.findall(r'class="act">([^<]+)<', page)
    assert acts
    assert all("bijdrage" in act.casefold() for act in acts)
    assert not re.search(r">[a-z_]+\.[a-z_]+<", page), "acts are said in words; their codes are in the export"


def test_an_officer_of_one_gemeente_sees_lines_of_her_own_only(sign_in, house: House):
    everything = sign_in("privacy_officer").get(f"/verantwoording?wie=data_steward-{OTHER}").text
    assert numbers(everything)
    assert numbers(sign_in(f"privacy_officer-{OWN}").get(f"/verantwoording?wie=data_steward-{OTHER}").text) == []
    own = ledger_lines.newest(house.register, Wanted(areas=frozenset({OWN})), limit=100)
    assert not [line for line in own if OTHER in json.dumps(line["what"])]
    assert {"contribution.rules_followed", "contribution.we_release"} <= {line["act"] for line in own}
    assert not [line for line in own if line["what"].get("contribution") in (2, 4)], "of the other gemeente"


@pytest.mark.parametrize("odd", ["%", "_", "'", '"', "\\", "voor=-1", "\0"])
def test_odd_filters_find_nothing_and_break_nothing(sign_in, odd):
    answer = sign_in("privacy_officer").get("/verantwoording", params={"wie": odd, "wat": odd, "voor": odd})
    assert answer.status_code == 200


def test_words_of_an_act_find_its_name():
    assert "contribution.prepare" in acts_like("Bijdrage klaarzetten")
    assert acts_like("") == frozenset()


def test_no_area_means_no_line(house: House):
    assert ledger_lines.newest(house.register, Wanted(areas=frozenset()), limit=5) == []


def test_a_line_is_about_something_people_can_read():
    what = {"area": OWN, "file": "0" * 64, "failed": [], "passed": True, "iets_nieuws": 3, "content": None}
    assert subject_words(what) == [("gemeente", OWN), ("doorstaan", "ja"), ("iets_nieuws", "3")]


def test_a_delivery_a_route_and_a_reason_are_said_in_words(house: House):
    what = {"delivery": f"{OWN}.toegangsscan.2026.inwoner", "failed": "wijk en leeftijd (rijen 3)"}
    said = dict(subject_words(what, {"delivery": house.delivery}))
    assert said == {
        "aanlevering": "Vraagdorp: Toegangsscan, 2026, inwoners",
        "reden": "wijk en leeftijd (rijen 3)",
    }
    reasons = [
        "van 3 mensen is geen toestemming bekend; vul de kolom toestemming_deelname",
        "te weinig ingevuld (toestemming_deelname, eigen_kolom)",
        "wijk en leeftijd (rijen 3)",
    ]
    assert [house.with_columns(one) for one in reasons] == [
        'van 3 mensen is geen toestemming bekend; vul de kolom "Doet u mee?"',
        'te weinig ingevuld ("Doet u mee?", eigen_kolom)',
        "wijk en leeftijd (rijen 3)",
    ]
    assert dict(subject_words({"failed": reasons[1:2]}, {"failed": house.with_columns}))["reden"].endswith(
        "eigen_kolom)"
    )
    assert house.delivery("iets anders") == "iets anders"
    assert shortened("woord " * 100).endswith("woord …")


def test_a_copy_that_was_put_back_is_said_to_everybody_who_accounts_for_it(sign_in, house: House):
    client = sign_in(f"privacy_officer-{OWN}")
    assert "kopie van alle gegevens" not in client.get("/verantwoording").text
    note_event(house.register, ledger_lines.PUT_BACK, {"line": 12})
    assert "De kopie liep tot regel 12 van het logboek" in client.get("/verantwoording").text
    assert subject_words({"event": ledger_lines.PUT_BACK, "line": 12}) == [
        ("gebeurtenis", "kopie teruggezet"), ("kopie tot regel", "12"),
    ]  # fmt: skip


def test_a_page_is_quick_with_a_hundred_thousand_lines(sign_in, house: House):
    """Last: the made-up lines are not part of the chain."""
    lengthen(house.register, authenticate(house.register, "privacy_officer", password="demo"), LONG)
    for user, query in (
        ("privacy_officer", ""), ("privacy_officer", "?wie=niemand-heet-zo"), ("privacy_officer", "?wat=aanlevering"),
        (f"privacy_officer-{OWN}", ""),
    ):  # fmt: skip
        client = sign_in(user)
        before = time.process_time()
        page = client.get(f"/verantwoording{query}").text
        spent = time.process_time() - before
        assert len(numbers(page)) == (0 if "niemand" in query else PER_PAGE)
        assert spent < SECONDS
