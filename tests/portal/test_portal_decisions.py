"""The vrijgavebesluit and other decisions: no button before every sentence is true, and two different people."""

import re

import pytest
from browsing import post
from small_home import NASTY, OTHER, OWN, FakeRoad
from starlette.testclient import TestClient

from domain.consent import RequestKind
from domain.errors import ConsentRefused
from domain.vocabulary import LegalBasis
from portal.app import create_app
from portal.pages.requests import removal_kind
from register import releases


def number_of(client, area_name="Vraagdorp"):
    return max(int(one) for one in re.findall(r'href="/bijdragen/(\d+)"', client.get("/bijdragen").text))


def seen_on(page: str) -> str:
    return re.search(r'name="gezien" value="(\w+)"', page)[1]


def test_two_people_sign_what_they_saw_and_the_second_act_is_not_for_the_first(sign_in):
    officer, owner = sign_in(f"privacy_officer-{OWN}"), sign_in(f"proceseigenaar-{OWN}")
    path = f"/bijdragen/{number_of(officer)}"
    page = officer.get(path).text
    assert "De regels zijn gevolgd" in page
    assert "Vrijgeven namens het college" not in page
    seen = seen_on(page)
    wrong = post(officer, f"{path}/tekenen", page=path, gezien=seen, handeling="vrijgeven")
    other = post(officer, f"{path}/tekenen", page=path, gezien="0" * 64, handeling="regels")
    assert (wrong.status_code, other.status_code) == (403, 409)
    assert post(officer, f"{path}/tekenen", page=path, gezien=seen, handeling="regels").status_code == 303
    assert post(owner, f"{path}/tekenen", page=path, gezien=seen, handeling="vrijgeven").status_code == 303
    assert "getekend" in owner.get(path).text


def test_nobody_signs_when_the_deliveries_cannot_be_opened(house):
    client = TestClient(create_app(house, station=None), follow_redirects=False)
    client.app.state.sign_in_attempts.__init__(1000, 900)
    assert post(client, "/inloggen", naam=f"privacy_officer-{OTHER}", wachtwoord="demo").status_code == 303
    path = f"/bijdragen/{number_of(client)}"
    page = client.get(path).text
    assert "Nog niet alle vijf zinnen zijn waar" in page
    assert 'name="handeling"' not in page
    forced = post(client, f"{path}/tekenen", page=path, gezien="x", handeling="regels")
    assert forced.status_code == 409


def test_a_deliverys_change_takes_the_button_away(house):
    class Changed(FakeRoad):
        def preview_hash(self, content):
            return "anders"

    client = TestClient(create_app(house, station=Changed()), follow_redirects=False)
    post(client, "/inloggen", naam=f"privacy_officer-{OTHER}", wachtwoord="demo")
    page = client.get(f"/bijdragen/{number_of(client)}").text
    assert "Deze bijdrage is niet meer hetzelfde" in page
    assert 'name="handeling"' not in page


def test_a_policy_in_words_is_approved_as_seen_or_returned_with_a_comment(sign_in, house):
    from register import policies

    number = next(v.id for v in policies.versions(house.register) if v.policy.gemeente == OTHER)
    officer = sign_in(f"privacy_officer-{OTHER}")
    page = officer.get(f"/regels/{number}").text
    assert "Kleinste groep</b>: was 10, wordt 15" in page
    assert "strenger" in page
    empty = post(officer, f"/regels/{number}/terugsturen", page=f"/regels/{number}", uitleg=" ")
    stale = post(officer, f"/regels/{number}/goedkeuren", page=f"/regels/{number}", gezien="0" * 64)
    assert (empty.status_code, stale.status_code) == (409, 409)
    done = post(officer, f"/regels/{number}/goedkeuren", page=f"/regels/{number}", gezien=seen_on(page))
    assert done.status_code == 303


def test_a_finding_is_shown_as_text_and_approved_by_another(sign_in):
    steward, officer = sign_in(f"data_steward-{OTHER}"), sign_in(f"privacy_officer-{OTHER}")
    page = officer.get("/bevindingen/1").text
    assert NASTY not in page
    assert "&lt;script&gt;" in page
    assert 'value="Goedkeuren"' not in steward.get("/bevindingen/1").text
    done = post(officer, "/bevindingen/1/goedkeuren", page="/bevindingen/1", gezien=seen_on(page))
    assert done.status_code == 303


def test_the_try_out_explains_and_keeps_nothing(sign_in, home):
    client = sign_in(f"privacy_officer-{OWN}")
    page = post(client, "/regels/proberen", page="/regels", tekst=f"Bel 06-12345678 {NASTY}").text
    assert "[TELEFOON 1]" in page
    assert NASTY not in page
    assert not [path for path in home.rglob("*") if path.is_file() and b"06-12345678" in path.read_bytes()]


MARK = r"<b>([B-Z2-9]{4}-[B-Z2-9]{4})</b>"


def test_a_full_box_says_that_nothing_was_kept(anonymous, monkeypatch):
    """A mark of a message that is not there would send a resident away for nothing."""
    monkeypatch.setattr("portal.letters.MOST_WAITING", 0)
    sent = post(anonymous, "/uw-antwoorden", page=f"/uw-antwoorden?gemeente={OWN}",
                onderzoek=f"{OWN}.toegangsscan.2026", code="A1")  # fmt: skip
    assert "niet bewaren" in sent.text
    assert not re.search(MARK, sent.text)


def test_a_request_with_a_code_from_the_public_page(anonymous, sign_in, house):
    assert anonymous.get("/uw-antwoorden").text.count("<option") == 3
    chosen = f"/uw-antwoorden?gemeente={OWN}"
    (study,) = re.findall(r'value="(GM\d+\.toegangsscan\.2026)"', anonymous.get(chosen).text)
    same = [post(anonymous, "/uw-antwoorden", page=chosen, onderzoek=study, code=code) for code in ("A1", "B2")]
    marks = [re.search(MARK, one.text)[1] for one in same]
    assert marks[0] != marks[1]
    assert re.sub(MARK, "", same[0].text) == re.sub(MARK, "", same[1].text)
    assert post(anonymous, "/uw-antwoorden", page=chosen, onderzoek="", code="A1").status_code == 422
    assert "ul de code in" in post(anonymous, "/uw-antwoorden", page=chosen, onderzoek=study, code="").text
    assert "Wij hebben uw bericht ontvangen" in same[0].text
    assert not [p for p in house.places.home.rglob("verzoek.*") if b"A1" in p.read_bytes()]
    officer = sign_in(f"privacy_officer-{OWN}")
    assert "2 nieuwe berichten van inwoners" in officer.get("/").text
    assert "van inwoners" not in sign_in(f"privacy_officer-{OTHER}").get("/").text
    page = officer.get("/verzoeken").text
    letter = re.search(r'name="bericht" value="([^"]+)"', page)[1]
    taken = post(officer, "/verzoeken/bericht", page="/verzoeken", gemeente=OWN, bericht=letter)
    assert taken.status_code == 303
    path = taken.headers["location"].split("?")[0]
    assert "artikel 11" in officer.get(path).text
    assert f"en kenmerk {marks[0]}" in officer.get(path).text
    assert f"kenmerk {marks[0]}" in officer.get("/verzoeken").text
    assert sign_in(f"data_steward-{OTHER}").get(path).status_code == 404
    assert not list(house.places.home.rglob(letter))


def test_who_wants_her_answers_out_asks_for_removal_where_there_is_no_consent_to_withdraw(house, monkeypatch):
    """A letter that there is no consent to withdraw would answer another question."""
    assert removal_kind(house, f"{OWN}.toegangsscan.2026") is RequestKind.INTREKKEN
    with monkeypatch.context() as other:
        other.setattr("register.deliveries.legal_basis", lambda *_: LegalBasis.WMO)
        assert removal_kind(house, f"{OWN}.toegangsscan.2026") is RequestKind.VERWIJDEREN
    with pytest.raises(ConsentRefused, match="op welke grondslag"):
        removal_kind(house, f"{OTHER}.klantreis.2026")  # its manifest names none: never consent by default


@pytest.mark.parametrize(("code", "found"), [("J7", True), ("K7", False), (" - ", False)])
def test_a_code_that_nobody_has_finds_nobody(sign_in, code, found):
    """Else the letter would say that answers were removed of which not one was."""
    officer = sign_in(f"privacy_officer-{OWN}")
    taken = post(officer, "/verzoeken", page="/verzoeken", onderzoek=f"{OWN}.toegangsscan.2026", soort="verwijderen",
                 code=code)  # fmt: skip
    page = officer.get(taken.headers["location"].split("?")[0]).text
    assert ("U beoordeelt of de gegevens weg moeten." in page) is found
    assert ("artikel 11" in page) is not found


def test_an_officer_takes_what_goes_along_with_a_granted_inzage(sign_in):
    """The letter says that it goes along; the task on her first page would wait for ever."""
    officer = sign_in(f"privacy_officer-{OWN}")
    taken = post(officer, "/verzoeken", page="/verzoeken", onderzoek=f"{OWN}.toegangsscan.2026", soort="inzage",
                 code="J7")  # fmt: skip
    path = taken.headers["location"].split("?")[0]
    assert post(officer, f"{path}/bijlage", page=path).status_code == 409
    assert "Bijlage ophalen" not in officer.get(path).text
    neither = post(officer, f"{path}/beslissen", page=path, reden="recht op inzage")
    assert neither.status_code == 422, "no decision is no refusal"
    assert "wacht op beslissing" in officer.get(path).text
    post(officer, f"{path}/beslissen", page=path, besluit="toewijzen", reden="recht op inzage")
    assert "Bijlage ophalen" in officer.get(path).text
    for other in (f"data_steward-{OWN}", f"privacy_officer-{OTHER}", "privacy_officer", "movisie"):
        assert post(sign_in(other), f"{path}/bijlage", page="/uw-antwoorden").status_code in (403, 404), other
    made = post(officer, f"{path}/bijlage", page=path)
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
    assert made.headers["cache-control"] == "no-store"
    assert "uitgevoerd" in officer.get(path).text
    assert f"{path[1:].replace('verzoeken/', 'Verzoek ')}: inzage geven" not in officer.get("/").text


def test_a_request_is_about_a_study_of_the_list(sign_in):
    """What is typed into the form otherwise could name somebody, and the register keeps it."""
    officer = sign_in(f"privacy_officer-{OWN}")
    strange = post(
        officer, "/verzoeken", page="/verzoeken", onderzoek=f"{OWN}.jan_jansen.2026", soort="inzage", code=""
    )
    assert strange.status_code == 422
    assert "ies het onderzoek uit de lijst" in strange.text
    assert "jan_jansen" not in officer.get("/verzoeken").text


def test_readers_of_a_release_get_no_fingerprint_of_what_is_closed(sign_in, house):
    """The mark is over the evidence too, real numbers in it: who knows all but one would try until it fits."""
    mark = releases.get(house.register, "r1").content_hash
    assert mark in sign_in("privacy_officer").get("/uitgaven/r1").text
    page = sign_in("movisie").get("/uitgaven/r1")
    assert page.status_code == 200
    assert mark not in page.text


def test_a_release_is_withdrawn_with_its_files_last(app, sign_in, house):
    """Last in this file: after it nothing is published."""
    officer = sign_in("privacy_officer")
    assert (house.places.published / "r1.duckdb").exists()
    none = post(officer, "/uitgaven/r1/intrekken", page="/uitgaven/r1", uitleg="")
    assert none.status_code == 409
    done = post(officer, "/uitgaven/r1/intrekken", page="/uitgaven/r1", uitleg="een fout in de cijfers")
    assert done.status_code == 303
    assert not (house.places.published / "r1.duckdb").exists()
    assert sign_in("movisie").get("/vergelijken?uitgave=r1").status_code == 404


def test_a_steward_prepares_what_was_returned_and_nobody_else_does(app, house, sign_in):
    steward, officer = sign_in(f"data_steward-{OTHER}"), sign_in(f"privacy_officer-{OTHER}")
    assert "Bijdrage klaarzetten" in steward.get("/bijdragen").text
    assert "Bijdrage klaarzetten" not in officer.get("/bijdragen").text
    made = post(steward, "/bijdragen", gemeente=OTHER).headers["location"]
    page, _, done = made.partition("?")
    assert done == "gedaan=klaargezet"
    post(officer, f"{page}/terugsturen", page=page, uitleg="lees eerst de steekproef")
    assert "Opnieuw klaarzetten" in steward.get(page).text
    assert "Opnieuw klaarzetten" not in officer.get(page).text
    assert post(steward, "/bijdragen", page=page, gemeente=OTHER).headers["location"] == made
    assert "Opnieuw klaarzetten" not in steward.get(page).text
    assert post(officer, "/bijdragen", page="/mijn-inloggen", gemeente=OTHER).status_code == 404
    assert post(steward, "/bijdragen", gemeente=OWN).status_code == 404


def test_a_contribution_may_be_of_one_meting(app, sign_in):
    steward = sign_in(f"data_steward-{OWN}")
    assert re.search(r'<option value="2027"[^>]*>2027</option>', steward.get("/bijdragen").text)
    assert post(steward, "/bijdragen", gemeente=OWN, meting="1999").status_code == 409
    assert "<option" in (page := steward.get("/bijdragen?meting=2027").text)
    assert 'value="2027" selected' in page
    made = post(steward, "/bijdragen", gemeente=OWN, meting="2027").headers["location"].partition("?")[0]
    assert "2026" not in re.search(r"<h1.*?</h1>", steward.get(made).text, re.S)[0]


def test_an_operator_prepares_but_never_opens_a_contribution(sign_in):
    operator = sign_in("operator")
    page = operator.get("/bijdragen").text
    assert "Bijdrage klaarzetten" in page
    assert 'href="/bijdragen/' not in page.partition("<main")[2]
    assert 'href="/bijdragen"' in operator.get("/").text
    assert post(operator, "/bijdragen", gemeente=OTHER).headers["location"] == "/bijdragen?gedaan=klaargezet"
    number = number_of(sign_in(f"data_steward-{OTHER}"))
    assert operator.get(f"/bijdragen/{number}").status_code == 404
    for user in ("privacy_officer", "movisie", "analyst", "beheerder"):
        assert sign_in(user).get("/bijdragen").status_code == 403, user
