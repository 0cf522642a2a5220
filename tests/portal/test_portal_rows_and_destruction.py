"""Rows for a researcher and destroying: by form, under the same rules and second persons as by command."""

import re

import pytest
from browsing import post
from small_home import OTHER, OWN

from register import microdata, retention
from register.microdata import MicrodataState

SCOPE = f"{OWN}/toegangsscan/2026"
PUBLIC = "-----BEGIN PUBLIC KEY-----\nverzonnen\n-----END PUBLIC KEY-----"
SECRET = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nverzonnen\n-----END ENCRYPTED PRIVATE KEY-----"
ANALYST, OFFICER = f"analyst-{OWN}", f"privacy_officer-{OWN}"
PATH = "/microdata"


def asked(sign_in, **other: str):
    fields = {"onderzoek": SCOPE, "waarvoor": "Verschil tussen wijken", "sleutel": PUBLIC, **other}
    return post(sign_in(ANALYST), PATH, **fields)


def seen_on(page: str) -> str:
    return re.search(r'name="gezien" value="(\w+)"', page)[1]


@pytest.fixture(scope="module")
def request_path(sign_in) -> str:
    answer = asked(sign_in)
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def test_only_researchers_and_officers_see_the_page(sign_in):
    assert "Rijen aanvragen" in sign_in(ANALYST).get(PATH).text
    assert "Rijen aanvragen" not in sign_in(OFFICER).get(PATH).text
    for user in ("movisie", f"data_steward-{OWN}", "operator", "fg"):
        assert sign_in(user).get(PATH).status_code == 403
    assert f'href="{PATH}"' in sign_in(ANALYST).get("/gegevens").text
    assert f'href="{PATH}"' not in sign_in("movisie").get("/gegevens").text


def test_a_secret_key_is_refused_and_never_shown_again(sign_in):
    answer = asked(sign_in, sleutel=SECRET)
    assert answer.status_code == 422
    assert "geheime sleutel" in answer.text
    assert "PRIVATE" not in answer.text
    assert "Verschil tussen wijken" in answer.text


@pytest.mark.parametrize(
    ("field", "value"), [("sleutel", "geen sleutel"), ("waarvoor", " "), ("onderzoek", f"{OTHER}/toegangsscan/2026")]
)
def test_what_is_missing_is_said_and_nothing_is_asked(sign_in, house, field, value):
    before = len(microdata.list_requests(house.register, by=house_officer(house)))
    assert asked(sign_in, **{field: value}).status_code == 422
    assert len(microdata.list_requests(house.register, by=house_officer(house))) == before


def test_what_goes_first_is_picked_from_a_list_in_the_order_of_the_fields(sign_in, house):
    page = sign_in(ANALYST).get(PATH).text
    shown = re.search(r'name="voorrang1".*?</select>', page, re.S)[0]
    assert '<option value="wijk">Wijk of kern</option>' in shown
    assert 'value=""' in shown
    assert 'value="gemeente"' not in shown
    assert asked(sign_in, voorrang1="wijk", voorrang3="leeftijd").status_code == 303
    assert microdata.list_requests(house.register, by=house_officer(house))[-1].content.first == ("wijk", "leeftijd")
    again = asked(sign_in, voorrang2="geslacht", sleutel="geen sleutel").text
    assert re.search(r'name="voorrang2".*?value="geslacht" selected', again, re.S)


def house_officer(house):
    from small_home import person

    from domain.vocabulary import Role

    return person(house, Role.PRIVACY_OFFICER, OWN)


def test_only_the_own_officer_decides_and_sees_the_risks(sign_in, request_path):
    page = sign_in(OFFICER).get(request_path).text
    assert "57 rijen gaan mee." in page
    assert "elke groep telt 10 mensen" in page.lower()
    assert "Leeftijd in jaren&#34; bij 4 %." in page
    assert "Aanvraag goedkeuren" in page
    assert "Aanvraag goedkeuren" not in sign_in(ANALYST).get(request_path).text
    for user in (f"privacy_officer-{OTHER}", f"analyst-{OTHER}", f"data_steward-{OWN}", "movisie"):
        assert sign_in(user).get(request_path).status_code in (403, 404)


def test_approved_rows_come_once_and_for_who_asked_only(sign_in, house, request_path):
    early = post(sign_in(ANALYST), f"{request_path}/ophalen", page=request_path)
    assert early.status_code == 409
    officer = sign_in(OFFICER)
    approve = f"{request_path}/goedkeuren"
    assert post(officer, approve, page=request_path, gezien="0" * 64).status_code == 409
    gezien = seen_on(officer.get(request_path).text)
    assert post(officer, approve, page=request_path, gezien=gezien).status_code == 303
    assert post(officer, f"{request_path}/ophalen", page=request_path).status_code == 403
    page = sign_in(ANALYST).get(request_path).text
    assert "Rijen ophalen (ZIP)" in page
    fetched = post(sign_in(ANALYST), f"{request_path}/ophalen", page=request_path)
    assert fetched.content == b"PK verzegeld"
    assert "attachment" in fetched.headers["content-disposition"]
    assert microdata.get(house.register, int(request_path.rsplit("/", 1)[1])).state is MicrodataState.MADE
    assert post(sign_in(ANALYST), f"{request_path}/ophalen", page=request_path).status_code == 409


@pytest.fixture(scope="module")
def destruction(sign_in) -> str:
    answer = post(sign_in(OFFICER), "/bewaren", page="/bewaren", gemeente=OWN)
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def carry_out(sign_in, path: str, user: str, **fields: str):
    return post(sign_in(user), f"{path}/vernietigen", page=path, **fields)


def test_nothing_is_destroyed_before_two_persons_signed(sign_in, app, destruction):
    assert carry_out(sign_in, destruction, "operator", zeker="ja").status_code == 409
    assert "Nu vernietigen" not in sign_in("operator").get(destruction).text
    assert app.state.station.gone == []


def test_what_is_proposed_is_not_proposed_again(sign_in, destruction):
    page = sign_in(OFFICER).get("/bewaren").text
    assert "Vernietigen voorstellen" not in page
    assert f'href="{destruction}"' in page
    assert post(sign_in(OFFICER), "/bewaren", page="/datalek", gemeente=OWN).status_code == 409


def test_two_persons_sign_and_only_the_operator_destroys_after_a_tick(sign_in, app, house, destruction):
    for user in (OFFICER, f"proceseigenaar-{OWN}"):
        gezien = seen_on(sign_in(user).get(destruction).text)
        assert post(sign_in(user), f"{destruction}/tekenen", page=destruction, gezien=gezien).status_code == 303
    assert carry_out(sign_in, destruction, OFFICER, zeker="ja").status_code in (403, 404)
    assert carry_out(sign_in, destruction, "operator").status_code == 422
    assert app.state.station.gone == []
    page = sign_in("operator").get(destruction).text
    assert "Ik weet dat dit niet terug te draaien is." in page
    done = carry_out(sign_in, destruction, "operator", zeker="ja")
    assert done.status_code == 303
    found = retention.get(house.register, int(destruction.rsplit("/", 1)[1]))
    assert (found.state, list(found.objects)) == ("done", app.state.station.gone)
    assert "Uitgevoerd op" in sign_in("operator").get(done.headers["location"]).text
    assert "Nu vernietigen" not in sign_in("operator").get(destruction).text
