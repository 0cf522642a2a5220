"""A release on the screen: chosen by who may, made by the worker, approved by another, published, withdrawn."""

import re

import pytest
from browsing import post, token_of
from small_home import EVIDENCE, OTHER, OWN, person

from domain.vocabulary import Role
from portal.closed_groups import group_words
from portal.taking_part import Candidate, by_letter
from register import contributions, releases, work
from register.actors import SYSTEM
from register.contributions import ContributionState
from register.releases import ReleaseState

PAGE = "/uitgave-klaarzetten"
MAY = ("operator", "analyst")
NOT = (
    "privacy_officer", "movisie", "fg", "ciso", "beheerder", f"data_steward-{OWN}", f"proceseigenaar-{OWN}",
    f"privacy_officer-{OWN}",
)  # fmt: skip


@pytest.fixture(scope="module")
def signed(house) -> int:
    """Vraagdorp signed its contribution to 2027; Andershuizen did not."""
    (one,) = contributions.list_contributions(house.register, area=OWN, states=(ContributionState.PREPARED,))
    for act, role in ((contributions.RULES, Role.PRIVACY_OFFICER), (contributions.RELEASE, Role.PROCESEIGENAAR)):
        contributions.sign(house.register, one.id, act, seen=one.content_hash, by=person(house, role, OWN))
    return one.id


def fields(number: int | str, name: str = "uitgave-2027", **others: str) -> dict[str, str]:
    return {"meting": "2027", "van": str(number), "voor": "deelnemers", "naar": "Movisie", "naam": name} | others


def worker_makes(house, name: str) -> None:
    """What the worker does, with tables that need no road."""
    task = work.take_up(house.register)
    assert task is not None
    releases.attach(house.register, name, tables_hash="t" * 64, certificate_hash="c" * 64, evidence=EVIDENCE, by=SYSTEM)
    releases.submit(house.register, name, by=person(house, Role.OPERATOR))
    work.finish(house.register, task.id)


@pytest.mark.parametrize("user", MAY)
def test_who_may_sees_who_takes_part_and_who_is_late(sign_in, signed, user):
    page = sign_in(user).get(f"{PAGE}?meting=2027").text
    assert re.search(rf'name="van" value="{signed}" checked', page)
    assert "Andershuizen: wacht op de privacy officer en de proceseigenaar" in page
    assert 'value="uitgave-2027"' in page
    assert "Uitgave klaarzetten" in sign_in(user).get("/uitgaven").text


@pytest.mark.parametrize(("many", "groups"), [(0, []), (12, [("", 12)]), (13, [("#", 1), ("S", 1), ("V", 11)])])
def test_hundreds_of_gemeenten_stand_under_their_letter(many, groups):
    names = ["Sluis", "1234", *(f"Verzonnen {n}" for n in range(98))][:many]
    found = [Candidate(None, name, ()) for name in sorted(names, key=str.casefold)]
    assert [(letter, len(group)) for letter, group in by_letter(found)] == groups


def test_an_analyst_of_one_gemeente_sees_only_her_own(sign_in, signed):
    page = sign_in(f"analyst-{OWN}").get(f"{PAGE}?meting=2027").text
    assert "Vraagdorp" in page
    assert "Andershuizen" not in page


@pytest.mark.parametrize("user", NOT)
def test_nobody_else_can_prepare_or_publish(sign_in, house, signed, user):
    client = sign_in(user)
    assert client.get(PAGE).status_code == 403
    assert "Uitgave klaarzetten" not in client.get("/").text
    page = "/mijn-inloggen"
    assert post(client, PAGE, page=page, **fields(signed, "stiekem")).status_code == 403
    assert post(client, "/uitgaven/r1/publiceren", page=page).status_code in (303, 403, 404)
    assert "stiekem" not in {one.name for one in releases.list_releases(house.register)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"van": "999"}, "kies bijdragen en ontvangers uit de lijst"),
        ({"van": "'; drop table"}, "kies bijdragen en ontvangers uit de lijst"),
        ({"van": ""}, "kies bijdragen en ontvangers uit de lijst"),
        ({"naar": "Bureau"}, "kies bijdragen en ontvangers uit de lijst"),
        ({"voor": "iedereen"}, "kies uit de lijst voor wie"),
        ({"voor": "openbaar"}, "mag niet zichtbaar zijn"),
        ({"naam": "../r2"}, "letters, cijfers en streepjes"),
        ({"naam": "r1"}, "er is al een uitgave die zo heet"),
        ({"naam": "r1", "opnieuw": "r1"}, "er is al een uitgave die zo heet"),
        ({"meting": "<b>"}, "kies bijdragen en ontvangers uit de lijst"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_filled_in_stays(sign_in, house, signed, change, said):
    before = [(one.name, one.state) for one in releases.list_releases(house.register)]
    answer = post(sign_in("operator"), PAGE, page="/mijn-inloggen", **fields(signed) | change)
    assert answer.status_code == 422
    assert said in answer.text.casefold().replace("&#39;", "'")
    assert "<b>" not in answer.text.partition("<main")[2].partition("U kiest welke")[0]
    assert [(one.name, one.state) for one in releases.list_releases(house.register)] == before
    if change.get("meting") is None and "naam" not in change:
        assert 'value="uitgave-2027"' in answer.text


def test_contributions_of_another_gemeente_are_not_for_a_local_analyst(sign_in, house, signed):
    theirs = next(one.id for one in contributions.list_contributions(house.register, area=OTHER) if one.release is None)
    answer = post(sign_in(f"analyst-{OWN}"), PAGE, page="/mijn-inloggen", **fields(theirs, "vreemd"))
    assert answer.status_code == 422
    assert "vreemd" not in {one.name for one in releases.list_releases(house.register)}


def test_the_whole_way_and_every_click_twice(sign_in, house, signed):
    operator, officer = sign_in("operator"), sign_in("privacy_officer")
    token = token_of(operator, "/mijn-inloggen")
    answers = [operator.post(PAGE, data={"token": token, **fields(signed)}) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == ["/uitgaven/uitgave-2027?gedaan=samengesteld"] * 2
    page = "/uitgaven/uitgave-2027"
    assert "Kijk opnieuw" in operator.get(page).text
    assert "Maak de cijfers" not in operator.get(page).text
    assert "uitgave-2027" not in sign_in("movisie").get("/uitgaven").text
    worker_makes(house, "uitgave-2027")
    assert work.take_up(house.register) is None
    assert "Nu beslist een privacy officer" in operator.get(page).text
    assert "Uitgave publiceren" not in operator.get(page).text
    assert post(operator, f"{page}/publiceren", page="/mijn-inloggen").status_code == 409
    seen = re.search(r'name="gezien" value="(\w+)"', officer.get(page).text)[1]
    assert post(operator, f"{page}/goedkeuren", page="/mijn-inloggen", gezien=seen).status_code == 403
    assert f"{page}/groepen" in officer.get(page).text
    assert f"{page}/groepen" not in sign_in("fg").get(page).text
    assert post(officer, f"{page}/goedkeuren", page=page, gezien=seen).status_code == 303
    assert "Uitgave publiceren" not in officer.get(page).text
    shown = operator.get(page).text
    assert "Maar wat al is opgehaald, krijgt u niet terug" in shown
    assert [post(operator, f"{page}/publiceren", page="/mijn-inloggen").status_code for _ in range(2)] == [303, 303]
    assert "Uitgave publiceren" not in operator.get(page).text
    task = work.take_up(house.register)
    releases.publish(house.register, "uitgave-2027", tables_hash="t" * 64, certificate_hash="c" * 64)
    work.finish(house.register, task.id)
    assert releases.get(house.register, "uitgave-2027").state is ReleaseState.PUBLISHED
    assert post(operator, f"{page}/publiceren", page="/mijn-inloggen").status_code == 303
    assert work.take_up(house.register) is None


def test_what_could_not_be_done_says_why_and_can_be_asked_again(sign_in, house):
    """A new contribution; the worker refuses it once."""
    operator = sign_in("operator")
    (one,) = contributions.list_contributions(house.register, area=OTHER, states=(ContributionState.PREPARED,))
    for act, role in ((contributions.RULES, Role.PRIVACY_OFFICER), (contributions.RELEASE, Role.PROCESEIGENAAR)):
        contributions.sign(house.register, one.id, act, seen=one.content_hash, by=person(house, role, OTHER))
    post(operator, PAGE, page=f"{PAGE}?meting=2027", **fields(one.id, "tweede"))
    task = work.take_up(house.register)
    work.finish(house.register, task.id, message="de uitsplitsing is te fijn; maak haar grover", failed=True)
    page = operator.get("/uitgaven/tweede").text
    assert "De uitsplitsing is te fijn; maak haar grover." in page
    assert "Maak de cijfers" in page
    assert re.search(rf'name="van" value="{one.id}" checked', operator.get(f"{PAGE}?uitgave=tweede").text)
    again = post(operator, PAGE, page="/mijn-inloggen", **fields(one.id, "tweede", opnieuw="tweede"))
    assert again.status_code == 303
    assert post(operator, "/uitgaven/tweede/opnieuw", page="/mijn-inloggen").status_code == 303
    worker_makes(house, "tweede")
    assert work.take_up(house.register) is None
    assert "Nu beslist een privacy officer" in operator.get("/uitgaven/tweede").text


def test_a_release_is_rejected_for_good_only_by_who_is_sure_and_had_no_hand_in_it(sign_in, house):
    """The release that the test before this one left submitted."""
    page, officer = "/uitgaven/tweede", sign_in("privacy_officer")
    said = {"page": page, "uitleg": "De vragen kloppen niet."}
    assert "Definitief afwijzen" in officer.get(page).text
    for user in ("operator", "fg", f"privacy_officer-{OWN}"):
        answer = sign_in(user).get(page)
        assert "Definitief afwijzen" not in answer.text, user
        token = token_of(sign_in(user), "/mijn-inloggen")
        data = {"token": token, "uitleg": "x", "zeker": "ja"}
        assert sign_in(user).post(f"{page}/afwijzen", data=data).status_code in (403, 404), user
    assert "zeker weet" in post(officer, f"{page}/afwijzen", **said).text
    assert post(officer, f"{page}/afwijzen", page=page, zeker="ja").status_code == 409
    assert releases.get(house.register, "tweede").state is ReleaseState.SUBMITTED
    assert post(officer, f"{page}/afwijzen", zeker="ja", **said).status_code == 303
    shown = officer.get(page).text
    assert "De vragen kloppen niet." in shown
    assert "Definitief afwijzen" not in shown
    assert "Maak de cijfers" not in sign_in("operator").get(page).text
    numbers = [number for number, _content in releases.get(house.register, "tweede").contributions]
    assert {contributions.get(house.register, number).state for number in numbers} == {ContributionState.SIGNED}


def test_which_groups_stay_closed_and_why_is_for_who_may_see_counts(sign_in):
    page = "/uitgaven/r1/groepen"
    shown = sign_in("privacy_officer").get(page).text
    for words in ("Andershuizen", "leeftijd in jaren: 85 of meer", "De groep is te klein", "1 keer niet getoond"):
        assert words in shown
    assert sign_in("operator").get(f"{page}?gebied=<b>").status_code == 200
    for user in ("fg", "ciso", "movisie", "analyst", f"privacy_officer-{OWN}", f"data_steward-{OWN}"):
        assert sign_in(user).get(page).status_code in (403, 404), user


@pytest.mark.parametrize(
    ("instrument", "name", "code", "words"),
    [
        ("ceo_wmo@2016.1", "leeftijd", "18-44", "leeftijd in jaren: 18 tot en met 44"),
        ("ceo_wmo@2016.1", "leeftijd", "onbekend", "leeftijd in jaren: niet bekend"),
        ("toegangsscan@2021.1", "voorziening", "hulp_huishouden", "soort voorziening: hulp bij het huishouden"),
        ("toegangsscan@2021.1", "eigen_groep", "noord", "eigen groep: noord"),
    ],
)
def test_a_group_is_named_in_the_words_of_its_codebook(house, instrument, name, code, words):
    column = house.codebooks.get(instrument).tables["rows"].get(name)
    assert group_words(column, name, code) == words
