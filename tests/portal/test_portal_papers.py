"""Verantwoording: papers, advice, consent texts and destruction; and no link that leads nowhere."""

import re
from datetime import timedelta

import pytest
from browsing import post
from small_home import OTHER, OWN, person

from domain.delivery import DeliveryKey
from domain.vocabulary import Role
from portal.words import month
from register import deliveries, retention
from register.actors import SYSTEM
from register.deliveries import Refusal
from register.waiting import waiting_for

OFFICER = f"privacy_officer-{OWN}"


@pytest.mark.parametrize("kind", ["dpia", "eruit", "overeenkomst"])
def test_a_paper_is_a_whole_page_for_officers_of_the_gemeente(sign_in, kind):
    path = f"/stukken/{kind}/{OWN}/toegangsscan"
    answer = sign_in(OFFICER).get(f"{path}.html")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "unsafe-inline" in answer.headers["content-security-policy"]
    assert sign_in(f"privacy_officer-{OTHER}").get(f"{path}.html").status_code == 404
    assert sign_in("movisie").get(f"{path}.html").status_code == 403


def test_a_paper_as_tagged_pdf(sign_in):
    answer = sign_in(OFFICER).get(f"/stukken/dpia/{OWN}/toegangsscan.pdf")
    assert answer.content.startswith(b"%PDF")


def test_what_was_only_refused_is_no_processing_of_nobody(sign_in, house):
    key = DeliveryKey(OWN, "straatenquete", "2026", "inwoner")
    deliveries.refuse(house.register, Refusal(OWN, "f" * 64, "kolom 1 mist een kop", key), by=SYSTEM)
    page = sign_in(OFFICER).get("/stukken").text
    assert "is nog niet aangenomen" in page
    assert f"/stukken/dpia/{OWN}/straatenquete.html" not in page
    assert f"/stukken/dpia/{OWN}/toegangsscan.html" in page


def test_the_register_holds_the_own_processing_only(sign_in):
    page = sign_in(OFFICER).get("/stukken").text
    assert "Vraagdorp" in page
    assert "Andershuizen" not in page
    found = sign_in(OFFICER).get("/stukken/register.json").json()
    assert OTHER not in str(found)
    assert sign_in(OFFICER).get("/stukken/register.xlsx").content.startswith(b"PK")


def test_an_advice_is_given_by_the_fg_and_answered_by_the_officer(sign_in):
    given = post(sign_in("fg"), "/advies", onderwerp="dpia:alle", tekst="Bewaar korter.")
    assert given.status_code == 303
    path = given.headers["location"].partition("?")[0]
    officer = sign_in("privacy_officer")
    assert "Bewaar korter." in officer.get(path).text
    done = post(officer, f"{path}/beantwoorden", page=path, gevolgd="nee", waarom="De wet vraagt dit.")
    assert done.status_code == 303
    assert "Niet gevolgd" in sign_in("fg").get(path).text
    assert post(officer, "/advies", page="/regels", onderwerp="dpia:alle", tekst="x").status_code == 403


def test_a_consent_text_is_written_by_one_and_approved_by_another(sign_in):
    steward, officer = sign_in(f"data_steward-{OWN}"), sign_in(OFFICER)
    made = post(steward, "/teksten", gemeente=OWN, doel="citaat_publiceren", tekst="Mogen wij dit citaat gebruiken?")
    path = made.headers["location"].partition("?")[0]
    page = officer.get(path).text
    assert "Mogen wij dit citaat gebruiken?" in page
    seen = re.search(r'name="gezien" value="(\w+)"', page)[1]
    assert post(steward, f"{path}/goedkeuren", page="/teksten", gezien=seen).status_code == 403
    assert post(officer, f"{path}/goedkeuren", page=path, gezien=seen).status_code == 303
    assert sign_in(f"data_steward-{OTHER}").get(path).status_code == 404
    other = post(steward, "/teksten", gemeente=OTHER, doel="deelname", tekst="x")
    assert other.status_code == 404


def test_what_is_overdue_is_proposed_and_signed_by_two(sign_in, house, monkeypatch):
    later = house.register.clock() + timedelta(days=200)
    now = retention.due
    monkeypatch.setattr(retention, "due", lambda register, at: now(register, later))
    officer = sign_in(OFFICER)
    page = officer.get("/bewaren").text
    assert "Vernietigen voorstellen" in page
    assert "Andershuizen" not in page
    made = post(officer, "/bewaren", gemeente=OWN)
    path = made.headers["location"].partition("?")[0]
    for user in (OFFICER, f"proceseigenaar-{OWN}"):
        shown = sign_in(user).get(path).text
        seen = re.search(r'name="gezien" value="(\w+)"', shown)[1]
        assert post(sign_in(user), f"{path}/tekenen", page=path, gezien=seen).status_code == 303
    assert "Twee mensen tekenden" in officer.get(path).text
    assert sign_in(f"privacy_officer-{OTHER}").get(path).status_code == 404
    assert post(officer, "/bewaren", gemeente=OTHER).status_code == 404


def test_every_link_of_today_opens_for_whom_it_waits(sign_in, house):
    people = {"privacy_officer": Role.PRIVACY_OFFICER, "operator": Role.OPERATOR}
    for name, role in people.items():
        for one in waiting_for(house.register, by=person(house, role)):
            answer = sign_in(name).get(one["link"])
            own_only = one["link"].startswith("/bijdragen")  # a national officer does not sign for a college
            assert answer.status_code in ((200, 303, 404) if own_only else (200, 303)), one


def test_a_month_in_words():
    assert month("2027-03") == "maart 2027"
