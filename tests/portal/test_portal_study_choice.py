"""Which study a request is about: first the gemeente, then its studies; nothing of a gemeente that is not ours."""

import re

import pytest
from browsing import post
from small_home import NAMES, OTHER, OWN


def options(page: str, name: str) -> list[str]:
    found = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', page, re.S)
    return re.findall(r'value="([^"]*)"', found[1]) if found else []


@pytest.mark.parametrize(("user", "path"), [(None, "/uw-antwoorden"), ("privacy_officer", "/verzoeken")])
def test_first_the_gemeente_then_only_its_studies(anonymous, sign_in, user, path) -> None:
    client = sign_in(user) if user else anonymous
    first = client.get(path).text
    assert set(options(first, "gemeente")) == {"", *NAMES}
    assert options(first, "onderzoek") == []
    then = client.get(path, params={"gemeente": OTHER}).text
    assert options(then, "gemeente") == []
    assert {one.partition(".")[0] for one in options(then, "onderzoek") if one} == {OTHER}
    assert f"{OTHER}.toegangsscan.2026" in options(then, "onderzoek")


@pytest.mark.parametrize("asked", ["", "GM0001", "<b>x</b>"])
def test_a_gemeente_without_a_study_asks_again_and_is_not_repeated(anonymous, asked) -> None:
    page = anonymous.get("/uw-antwoorden", params={"gemeente": asked}).text
    assert options(page, "gemeente")
    assert "<b>x" not in page


def test_who_has_one_gemeente_has_nothing_to_choose_and_gets_no_other(sign_in) -> None:
    officer = sign_in(f"privacy_officer-{OWN}")
    page = officer.get("/verzoeken", params={"gemeente": OTHER}).text
    assert {one.partition(".")[0] for one in options(page, "onderzoek") if one} == {OWN}
    assert "Andere gemeente kiezen" not in page


def test_an_officer_of_the_country_writes_a_request_down(sign_in) -> None:
    officer = sign_in("privacy_officer")
    page = f"/verzoeken?gemeente={OTHER}"
    taken = post(officer, "/verzoeken", page=page, onderzoek=f"{OTHER}.toegangsscan.2026", soort="inzage", code="")
    assert taken.status_code == 303
    assert NAMES[OTHER] in officer.get(taken.headers["location"].partition("?")[0]).text
