"""The last clicks through the real road behind the portal: decide, fetch rows as their receiver, destroy. Slow."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from browsing import post
from starlette.testclient import TestClient

from anonymisation.disclosure.microdata.receiver import key_pair, open_sealed, read_private
from domain.vocabulary import Role
from pipelines import contributing
from portal.app import create_app
from portal.house import House, open_house
from register import retention
from storage.settings import read_settings
from tests.road import small_road
from toegangspeil.demo.road import demo_actor
from toegangspeil.road import Road

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
AREA = "GM9001"
OFFICER, OWNER, ANALYST = (f"{role}-{AREA}" for role in ("privacy_officer", "proceseigenaar", "analyst"))
SENTENCE = "paarse olifanten drinken thee"
PRIVATE, PUBLIC = key_pair(SENTENCE)
Enter = Callable[[str], TestClient]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two gemeenten published; the first offers the same meting for a second time."""
    home = tmp_path_factory.mktemp("portal-road") / "home"
    places = small_road.new_home(home, (AREA, "GM9002"))
    small_road.deliver(places, (AREA, "GM9002"), journeys=False)
    small_road.whole_road(home)
    with small_road.opened(home) as house:
        contributing.prepare(house, [AREA], None, by=demo_actor(house, Role.OPERATOR))
    return home


@pytest.fixture(scope="module")
def house(home: Path) -> Iterator[House]:
    with open_house(read_settings(home, {}), {}) as opened:
        yield opened


@pytest.fixture(scope="module")
def enter(house: House) -> Enter:
    app = create_app(house, station=Road(house))

    def as_user(name: str) -> TestClient:
        client = TestClient(app, follow_redirects=False)
        assert post(client, "/inloggen", naam=name, wachtwoord="demo").status_code == 303
        return client

    return as_user


def seen_on(page: str) -> str:
    return re.search(r'name="gezien" value="(\w+)"', page)[1]


def test_a_meting_is_decided_on_again_beside_what_was_published(enter: Enter):
    page = "/bijdragen/3"
    for user, act in ((OFFICER, "regels"), (OWNER, "vrijgeven")):
        client = enter(user)
        while "Even geduld" in (shown := client.get(page).text):
            pass  # each visit waits some seconds for the evidence
        assert "Nog niet alle vijf zinnen zijn waar" not in shown
        assert "ook met eerdere vrijgaven. Dat lukte niet." in shown
        signed = post(client, f"{page}/tekenen", page=page, handeling=act, gezien=seen_on(shown))
        assert (signed.status_code, signed.headers["location"]) == (303, f"{page}?gedaan=getekend")
    assert "getekend" in enter(OFFICER).get(page).text


def test_rows_go_once_sealed_for_who_asked(enter: Enter):
    analyst, officer = enter(ANALYST), enter(OFFICER)
    fields = {"onderzoek": f"{AREA}/ceo_wmo/2026", "waarvoor": "Verschil tussen groepen", "sleutel": PUBLIC.decode()}
    asked = post(analyst, "/microdata", **fields)
    assert asked.status_code == 303, asked.text
    page = asked.headers["location"].partition("?")[0]
    shown = officer.get(page).text
    assert "rijen gaan mee" in shown
    assert not re.search(r"singling|linkab|infer", shown, re.I)
    assert post(officer, f"{page}/goedkeuren", page=page, gezien=seen_on(shown)).status_code == 303
    fetched = post(analyst, f"{page}/ophalen", page=page)
    assert fetched.status_code == 200
    with ZipFile(io.BytesIO(fetched.content)) as archive:
        (sealed,) = [name for name in archive.namelist() if name.endswith(".csv.sealed")]
        rows = open_sealed(archive.read(sealed), read_private(PRIVATE, SENTENCE)).decode().splitlines()
    assert "leeftijd" in rows[0]
    assert not re.search("pseudonym|ontvangstcode|respondent|toelichting", rows[0])
    assert len(rows) > 10
    assert post(analyst, f"{page}/ophalen", page=page).status_code == 409


def test_two_sign_and_what_is_overdue_is_really_gone(enter: Enter, house: House):
    """Last: the vault of this gemeente is empty after it."""
    before = sorted(one for one in (house.places.vault / AREA).rglob("*") if one.is_file())
    other = sorted(one for one in (house.places.vault / "GM9002").rglob("*") if one.is_file())
    assert before
    proposed = post(enter(OFFICER), "/bewaren", gemeente=AREA)
    assert proposed.status_code == 303, proposed.text
    page = proposed.headers["location"].partition("?")[0]
    for user in (OFFICER, OWNER):
        client = enter(user)
        assert post(client, f"{page}/tekenen", page=page, gezien=seen_on(client.get(page).text)).status_code == 303
    operator = enter("operator")
    done = post(operator, f"{page}/vernietigen", page=page, zeker="ja")
    assert done.status_code == 303, done.text
    assert "Uitgevoerd op" in operator.get(page).text
    assert retention.get(house.register, int(page.rsplit("/", 1)[1])).state == "done"
    assert not [one for one in before if one.exists()]
    assert all(one.exists() for one in other)
