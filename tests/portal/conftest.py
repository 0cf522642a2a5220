"""A small demo home with made-up people, a contribution, a published release, and clients per user."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "warehouse"))

from browsing import post
from chromium import address, browser  # noqa: F401 (fixtures of every test with a browser)
from small_home import FakeRoad, make_home

from portal.app import Serving, create_app
from portal.house import House, open_house
from storage.settings import read_settings


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("portal") / "home")


@pytest.fixture(scope="module")
def house(home: Path) -> Iterator[House]:
    with open_house(read_settings(home, {}), {}) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(house: House):
    return create_app(house, serving=Serving(open_service=True), station=FakeRoad(house))


@pytest.fixture
def anonymous(app) -> TestClient:
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def sign_in(app) -> Callable[[str], TestClient]:
    """A client that is signed in as this user; made once per user."""
    known: dict[str, TestClient] = {}

    def enter(name: str) -> TestClient:
        if name not in known:
            client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
            app.state.sign_in_attempts.__init__(1000, 900)
            answer = post(client, "/inloggen", naam=name, wachtwoord="demo")
            assert answer.status_code == 303
            known[name] = client
        return known[name]

    return enter
