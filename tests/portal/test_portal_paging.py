"""Long lists: pages of twenty, a gemeente found by a part of its name, nothing of another gemeente on the way."""

import html
import re
from types import SimpleNamespace

import pytest
from small_home import OTHER, OWN, SECRET_REASON

from domain.consent import RequestKind
from domain.vocabulary import LegalBasis
from portal import paging
from portal.paging import leaf_of
from register import requests, users
from register.waiting import AT_WORK, waiting_for

NAMES = {f"GM{n}": f"Dorp {n}" for n in range(1000, 1110)}


def leaf(rows=tuple(NAMES), **asked: str):
    visit = SimpleNamespace(
        request=SimpleNamespace(query_params=asked), house=SimpleNamespace(name_of=lambda area: NAMES.get(area, area))
    )
    return leaf_of(visit, rows, lambda area: area)


@pytest.mark.parametrize(
    ("asked", "number", "first", "many"),
    [("", 1, "GM1000", 20), ("2", 2, "GM1020", 20), ("6", 6, "GM1100", 10), ("99", 6, "GM1100", 10),
     ("0", 1, "GM1000", 20), ("-1", 1, "GM1000", 20), ("x", 1, "GM1000", 20), ("9" * 40, 1, "GM1000", 20)],
)  # fmt: skip
def test_a_page_that_is_not_there_is_the_nearest_that_is(asked: str, number: int, first: str, many: int) -> None:
    found = leaf(pagina=asked)
    assert (found.number, found.rows[0], len(found.rows), found.last, found.total) == (number, first, many, 6, 110)


@pytest.mark.parametrize(("typed", "many"), [("dorp 1000", 1), (" DORP ", 110), ("gm1003", 1), ("nergens", 0)])
def test_a_part_of_the_name_or_the_code_finds_a_gemeente(typed: str, many: int) -> None:
    found = leaf(gemeente=typed)
    assert (found.total, found.typed, found.long) == (many, typed.strip(), True)


def test_a_short_list_has_no_search_and_an_empty_one_is_one_page() -> None:
    assert (leaf(rows=["GM1000"]).long, leaf(rows=[]).last, leaf(rows=[]).long) == (False, 1, False)


PAGES = [
    "/bijdragen",
    "/aanleveringen",
    "/stukken",
    "/bewaren",
    "/verzoeken",
    "/verantwoording/opgehaald",
    "/gebruikers",
    "/",
]
READS = {
    "/verzoeken": "privacy_officer", "/verantwoording/opgehaald": "privacy_officer", "/gebruikers": "beheerder",
}  # fmt: skip
FEW = ("/bewaren", "/verantwoording/opgehaald")


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_walked_and_searched_without_a_script(sign_in, house, monkeypatch, page: str) -> None:
    monkeypatch.setattr(paging, "SIZE", 1)
    for _ in range(2 if page == "/verzoeken" else 0):
        ask = (OWN, "toegangsscan", "2026", RequestKind.INZAGE, LegalBasis.CONSENT)
        requests.receive(house.register, *ask, pseudonym=None, by=users.by_name(house.register, "privacy_officer"))
    client = sign_in(READS.get(page, "operator"))
    field = "zoek" if page in READS else "gemeente"
    first = client.get(page).text
    if page not in FEW:
        following = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
        assert 'rel="prev"' in client.get(following).text
        assert f'name="{field}" type="search"' in first
    found = client.get(page, params={field: "<b>nergens</b>"}).text
    assert "<b>nergens" not in found


def test_searching_finds_nothing_outside_the_own_gemeente(sign_in, monkeypatch) -> None:
    monkeypatch.setattr(paging, "SIZE", 1)

    def found(user: str) -> bool:
        pages = [{"gemeente": OTHER, "pagina": str(n)} for n in range(1, 9)]
        return any(SECRET_REASON[1:] in sign_in(user).get("/aanleveringen", params=asked).text for asked in pages)

    assert (found(f"data_steward-{OWN}"), found("operator")) == (False, True)


def test_nothing_waits_for_a_role_that_is_not_looked_for(house) -> None:
    waiting = waiting_for(house.register)
    assert waiting
    assert {one["role"] for one in waiting} <= {role.value for role in AT_WORK}


def test_deliveries_that_went_wrong_are_one_choice(sign_in) -> None:
    client = sign_in("operator")
    every, wrong = (client.get(path).text for path in ("/aanleveringen", "/aanleveringen?stand=mis"))
    assert "badge--good" in every
    assert SECRET_REASON[1:] in wrong
    assert "badge--good" not in wrong
    assert SECRET_REASON[1:] not in sign_in(f"data_steward-{OWN}").get("/aanleveringen?stand=mis").text


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [("movisie", "movisie", "operator"), ("data steward", f"data_steward-{OWN}", "operator"),
     (OWN, f"analyst-{OWN}", "movisie")],
)  # fmt: skip
def test_a_user_is_found_by_name_role_or_gemeente(sign_in, typed: str, there: str, not_there: str) -> None:
    rows = re.findall(
        r'<th scope="row">([^<]+)</th>', sign_in("beheerder").get("/gebruikers", params={"zoek": typed}).text
    )
    assert there in rows
    assert not_there not in rows


def test_who_may_do_what_is_asked_by_role(sign_in) -> None:
    def acts(**asked: str) -> list[str]:
        page = sign_in(f"privacy_officer-{OWN}").get("/verantwoording/rollen", params=asked).text
        return re.findall(r'<th scope="row">([^<]+)</th>', page)

    own, other, every = acts(), acts(rol="movisie"), acts(rol="alle")
    assert own == acts(rol="privacy_officer")
    assert 0 < len(other) < len(own) < len(every)
    assert acts(rol="<b>x") == []
