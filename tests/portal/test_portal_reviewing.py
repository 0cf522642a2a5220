"""Nakijken: decisions become proposals of one that another approves; reading a sample gives the estimate."""

import re

import pytest
from browsing import post
from small_home import OTHER, OWN, keep_rows, person

from anonymisation.review import ReviewRow
from domain.delivery import DeliveryKey
from domain.vocabulary import Role
from portal import ruling
from register import review
from register.findings import TICKS
from register.review import Decision, RuleState
from register.ruling import ALWAYS, NEVER, in_force, propose_word

OFFICER, STEWARD, NATIONAL = f"privacy_officer-{OTHER}", f"data_steward-{OTHER}", "privacy_officer"
STUDY = f"{OTHER}.klantreis.2026.client"
SENTENCE = "De tweede brief komt vaak voor de eerste."


def finding(client, **fields):
    ticks = {f"vink_{tick}": "ja" for tick in TICKS}
    form = {"onderzoek": STUDY, "soort": "bevinding", "tekst": SENTENCE, "gesprekken": "J1, J2 J3", **ticks, **fields}
    return post(client, "/bevindingen/nieuw", **form)


def test_a_steward_writes_a_finding_and_the_officer_finds_it(sign_in):
    made = finding(sign_in(STEWARD))
    assert made.status_code == 303
    page = sign_in(OFFICER).get(made.headers["location"]).text
    assert SENTENCE in page
    assert "Komt uit 3 gesprekken" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"gesprekken": "J1, J2"}, "minstens 3 gesprekken"),
        ({"gesprekken": "J1, J2, X9"}, "1 van de 3 gesprekken staan niet in de gegevens"),
        ({"vink_geen_wijk": ""}, "ijk na en vink aan: Er staat geen wijk of straat in."),
        ({"gesprekken": " "}, "ul nog in: de nummers van de gesprekken."),
        (
            {"tekst": "", "gesprekken": "", "soort": "citaat"},
            "de tekst, de nummers van de gesprekken en tot wanneer de",
        ),
        ({"tekst": "x" * 281}, "hoogstens 280 tekens"),
        ({"tekst": "Mevrouw De Vries belde pas na zes weken terug."}, "naam, adres of nummer"),
        ({"tekst": "Bel 06-12345678 als de brief niet komt."}, "naam, adres of nummer"),
        ({"soort": "citaat", "gesprekken": "J1"}, "ul nog in: tot wanneer de toestemming geldt."),
        ({"soort": "citaat", "gesprekken": "J1", "tot": "2027-01-01"}, "toestemming voor precies deze tekst"),
    ],
)
def test_what_is_not_right_comes_back_with_the_form(sign_in, wrong, says):
    answer = finding(sign_in(STEWARD), **wrong)
    assert answer.status_code == 409
    assert says in answer.text
    assert "X9" not in re.search(r'role="alert">(.*?)</div>', answer.text, re.S)[1]


def test_nobody_writes_about_another_gemeente(sign_in):
    assert finding(sign_in(f"data_steward-{OWN}")).status_code in (403, 404)
    assert sign_in("movisie").get("/bevindingen/nieuw").status_code == 403


def test_a_decision_becomes_a_proposal_that_another_officer_approves(sign_in, house):
    officer, other = sign_in(OFFICER), sign_in(NATIONAL)
    page = officer.get("/nakijken/lijst").text
    assert "bij <mark>Verzonnen0</mark> gebeld" in page
    assert "daarom staat het nu nog in de tekst" in page
    assert "weglaten" not in page, "no answer may promise what nothing carries out"
    action = re.search(r'action="(/nakijken/lijst/\d+)"', page)[1]
    assert post(officer, action, page="/nakijken/lijst", beslissing="geen_persoonsgegeven").status_code == 303
    listed = officer.get("/nakijken/regels").text
    assert "verzonnen0" in listed
    path = re.search(r'href="(/nakijken/regels/\d+)"', listed)[1]
    assert "U hebt dit zelf voorgesteld" in officer.get(path).text
    seen = re.search(r'name="gezien" value="(\w+)"', other.get(path).text)[1]
    own = post(officer, f"{path}/goedkeuren", page="/nakijken/regels/1", gezien=seen)
    assert own.status_code in (403, 409)
    assert post(other, f"{path}/goedkeuren", page=path, gezien=seen).status_code == 303
    assert "goedgekeurd" in other.get(path).text
    assert sign_in(f"privacy_officer-{OWN}").get(path).status_code == 404


def test_an_officer_hears_of_a_rule_that_says_the_opposite(sign_in, house):
    by = person(house, Role.PRIVACY_OFFICER, OWN)
    numbers = [
        propose_word(house.register, house.keyring, OWN, kind, "PERSON", "verzinsel", by=by) for kind in (ALWAYS, NEVER)
    ]
    page = sign_in(NATIONAL).get(f"/nakijken/regels/{numbers[0]}").text
    assert f"Regel {numbers[1]} zegt het tegenovergestelde (laten staan)" in page


def test_the_words_of_a_rule_stand_sealed_in_the_register(house, home):
    one = ruling.shown(house, None)[-1]
    assert one.word == "verzonnen0"
    assert "verzonnen" not in one.rule.content.casefold()
    register = (home / "register.db").read_bytes().lower()
    assert b"verzonnen0" not in register


def test_reading_the_sample_gives_an_estimate_with_a_picture(sign_in):
    officer = sign_in(OFFICER)
    assert "Steekproef lezen (2 teksten)" in officer.get("/nakijken").text
    for decision in ("geen_persoonsgegeven", "persoonsgegeven"):
        page = officer.get("/nakijken/steekproef").text
        assert "gelote tekst" in page
        assert "<mark>" not in page
        action = re.search(r'action="(/nakijken/lijst/\d+)"', page)[1]
        done = post(officer, action, page="/nakijken/steekproef", beslissing=decision)
        assert done.headers["location"].startswith("/nakijken/steekproef?")
    page = officer.get("/nakijken").text
    assert "Een mens las 2 schoongemaakte teksten. In 1 daarvan" in page
    assert "<figure" in page
    assert "U hebt alle gelote teksten gelezen" in officer.get("/nakijken/steekproef").text


def test_keys_work_only_while_the_form_has_the_focus(sign_in, anonymous):
    """WCAG 2.1.4: a single key may not act on the whole page."""
    script = anonymous.get("/static/keys.js").text
    assert 'closest("[data-keys]")' in script


KLANT = DeliveryKey(OWN, "klantreis", "2026", "client")
OWN_OFFICER = f"privacy_officer-{OWN}"


def open_places(house):
    return review.list_open(house.register, by=person(house, Role.PRIVACY_OFFICER, OWN))


def answer(client, decision):
    """Answer the first place of the list, and give the page that follows."""
    page = client.get("/nakijken/lijst").text
    action = re.search(r'action="(/nakijken/lijst/\d+)"', page)[1]
    done = post(client, action, page="/nakijken/lijst", beslissing=decision)
    return page, client.get(done.headers["location"]).text


@pytest.fixture
def doubts(house):
    """Four places of one gemeente, three of them of one word; gone when the test is done."""
    words = ("Kompas", "kompas", "Lente", "Kompas")
    rows = [ReviewRow(str(KLANT), n, "finding", 4, 9, "PERSON", 0.1 + n / 100, "via ", word, f" ({n})")
            for n, word in enumerate(words)]  # fmt: skip
    before = {one.id for one in open_places(house)}
    keep_rows(house, KLANT, 1, rows)
    yield
    by = person(house, Role.PRIVACY_OFFICER, OWN)
    for one in open_places(house):
        if one.id not in before:
            review.decide(house.register, one.id, Decision.NOT_PERSONAL, by=by)


def test_one_answer_is_for_all_places_of_a_word_and_can_be_taken_back(sign_in, house, doubts):
    officer = sign_in(OWN_OFFICER)
    page, following = answer(officer, "geen_persoonsgegeven")
    assert "Dit woord staat nog op 2 andere plekken" in page
    assert "(3)" in page
    assert "<mark>Lente</mark>" in following
    proposed = [one for one in ruling.shown(house, frozenset({OWN})) if one.word == "kompas"]
    assert [one.rule.state for one in proposed] == [RuleState.PROPOSED]
    undo = re.search(r'formaction="([^"]+)" data-key="0"', following)[1]
    assert post(sign_in(NATIONAL), undo, page="/nakijken").status_code == 404, "only her own answer"
    again = officer.get(post(officer, undo, page="/nakijken/lijst").headers["location"]).text
    assert "<mark>Kompas</mark>" in again
    assert "2 andere plekken" in again
    assert [one.rule.state for one in ruling.shown(house, frozenset({OWN})) if one.word == "kompas"] == ["returned"]


def test_a_proposal_is_taken_back_until_somebody_approved_it(sign_in, house, doubts):
    officer = sign_in(OWN_OFFICER)
    _page, following = answer(officer, "persoonsgegeven")
    undo = re.search(r'formaction="([^"]+)" data-key="0"', following)[1]
    one = next(one for one in ruling.shown(house, frozenset({OWN})) if one.rule.state is RuleState.PROPOSED)
    path = f"/nakijken/regels/{one.rule.id}"
    left = len(open_places(house))
    assert "Toch terugnemen" in officer.get(path).text
    assert post(officer, f"{path}/terugnemen", page=path).status_code == 303
    assert "teruggenomen</span>" in officer.get(path).text
    assert len(open_places(house)) == left + 3
    _page, following = answer(officer, "persoonsgegeven")
    one = next(one for one in ruling.shown(house, frozenset({OWN})) if one.rule.state is RuleState.PROPOSED)
    path = f"/nakijken/regels/{one.rule.id}"
    assert post(sign_in(NATIONAL), f"{path}/goedkeuren", page=path, gezien=one.rule.fingerprint).status_code == 303
    refused = post(officer, undo, page="/nakijken/lijst")
    assert "al goedgekeurd en de regel geldt" in refused.text
    assert post(officer, f"{path}/terugnemen", page=path).status_code == 404


def test_an_approved_rule_is_ended_by_another_officer_with_an_explanation(sign_in, house, doubts):
    officer, other = sign_in(OWN_OFFICER), sign_in(NATIONAL)
    answer(officer, "persoonsgegeven")
    one = next(one for one in ruling.shown(house, frozenset({OWN})) if one.rule.state is RuleState.PROPOSED)
    path = f"/nakijken/regels/{one.rule.id}"
    post(other, f"{path}/goedkeuren", page=path, gezien=one.rule.fingerprint)
    assert one.word in [rule.value for rule in in_force(house.register, house.keyring, OWN)]
    assert "Vraag een andere privacy officer" in officer.get(path).text
    assert "beeindigen" not in officer.get(path).text
    assert post(officer, f"{path}/beeindigen", page="/regels", uitleg="klopt niet meer").status_code == 403
    assert "geef een toelichting" in post(other, f"{path}/beeindigen", page=path, uitleg=" ").text.replace("G", "g")
    done = post(other, f"{path}/beeindigen", page=path, uitleg="klopt niet meer")
    assert "De regel is beëindigd" in other.get(done.headers["location"]).text
    assert one.word not in [rule.value for rule in in_force(house.register, house.keyring, OWN)]
    assert "beeindigen" not in other.get(path).text
    assert "<dt>Uitleg</dt><dd>klopt niet meer</dd>" in officer.get(path).text
    officer_of_own = person(house, Role.PRIVACY_OFFICER, OWN)
    assert propose_word(house.register, house.keyring, OWN, one.rule.kind, "PERSON", one.word, by=officer_of_own)
