"""A release that is withdrawn while somebody takes a file of it: gone at once, and nothing of it is made again."""

import re
import shutil

import pytest
from small_home import OWN

from portal.pages import data, reports
from warehouse.published import withdraw_release


@pytest.fixture
def release(house, tmp_path):
    """The name of the published release; its files are back afterwards."""
    shutil.copytree(house.places.published, tmp_path / "kept")
    yield next(path.stem for path in house.places.published.glob("*.duckdb"))
    shutil.rmtree(house.places.published)
    shutil.copytree(tmp_path / "kept", house.places.published)


def withdrawing(house, release):
    """Withdraws at the moment it is called."""

    def now(*_given, **_named):
        withdraw_release(house.places.published, release, on="2026-12-01")

    return now


def test_between_the_look_and_the_file(sign_in, house, release, monkeypatch):
    monkeypatch.setattr(data, "log_download", withdrawing(house, release))
    answer = sign_in(f"analyst-{OWN}").get(f"/gegevens/{release}/tabellenboek.xlsx")
    assert (answer.status_code, "Deze pagina bestaat niet" in answer.text) == (404, True)


@pytest.mark.parametrize("late", [False, True], ids=["before it is read", "while it is drawn"])
def test_while_a_pdf_is_made(sign_in, house, release, monkeypatch, late):
    client, withdraw = sign_in(f"analyst-{OWN}"), withdrawing(house, release)

    def drawn(path):
        withdraw()
        if not late:
            path.read_text()
        path.parent.mkdir(parents=True)
        path.with_suffix(".pdf").write_bytes(b"%PDF")

    monkeypatch.setattr(reports, "write_pdf", drawn)
    (report,) = set(re.findall(rf"/rapporten/{release}/{OWN}\.pdf", client.get(f"/rapporten/{release}").text))
    assert client.get(report).status_code == 404
    assert sorted(path.name for path in house.places.published.iterdir() if release in path.name) == [
        f"{release}.withdrawn.json"
    ]


def test_a_withdrawal_that_was_killed_halfway_is_finished(house, release):
    folder = house.places.published
    (folder / release).rename(folder / f".{release}.old")
    withdrawing(house, release)()
    assert not [path for path in folder.iterdir() if release in path.name and path.suffix != ".json"]
