"""What was refused comes back to the steward of that gemeente, and to nobody else."""

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.errors import InputRejected
from pipelines import returning
from pipelines.installation import DEMO_PASSWORD
from register import ledger, users
from storage.yaml import write_yaml
from tests.commands.typed import MANIFEST, Typed, write_ceo

STEWARD = "data_steward-GM9001"


@pytest.fixture
def refused(empty: Typed) -> tuple[Typed, dict[str, bytes]]:
    """A home with one refused folder of GM9001, and what was in it."""
    folder = write_ceo(empty.home / "inbox" / "GM9001" / "zending")
    (folder / "ceo.csv").write_text("respondent;onbekend\nR1;Griet Zandbergen\n", encoding="utf-8")
    content = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert "1 geweigerd" in empty("run").out
    return empty, content


def number_of(say: Typed, user: str = STEWARD) -> str:
    (row,) = json.loads(say("quarantine", "list", "--json", user=user).out)
    return row["id"]


def test_a_refused_folder_comes_back_as_it_was_with_a_line_in_the_ledger(refused, tmp_path: Path) -> None:
    say, content = refused
    number = number_of(say)
    listed = say("quarantine", "list", user=STEWARD).out
    assert f"{number}  GM9001" in listed
    assert "GM9001/ceo_wmo/2026" in listed
    assert str(date.today() + timedelta(days=14)) in listed
    assert "Griet" not in listed
    back = tmp_path / "terug"
    done = say("quarantine", "give-back", number, "-o", str(back), user=STEWARD)
    assert (done.code, done.out.split()[0]) == (0, "teruggezet."), done.err
    assert {path.name: path.read_bytes() for path in back.iterdir()} == content
    with say.house() as house:
        lines = [json.loads(line) for line in ledger.read_lines(house.register, limit=10_000)]
    (line,) = [one for one in lines if one["act"] == "quarantine.give_back"]
    assert (line["who"], line["what"]) == (STEWARD, {"area": "GM9001", "object": number})
    again = say("quarantine", "give-back", number, "-o", str(back), user=STEWARD)
    assert (again.code, "kies een lege map" in again.err) == (1, True)
    assert number_of(say) == number


def test_on_a_screen_it_comes_back_as_a_zip_with_the_same_line_in_the_ledger(refused) -> None:
    say, content = refused
    with say.house() as house:
        steward, officer = (
            users.authenticate(house.register, name, password=DEMO_PASSWORD)
            for name in (STEWARD, "privacy_officer-GM9001")
        )
        (item,) = returning.refused(house, by=steward)
        with ZipFile(BytesIO(returning.give_back_zipped(house, item.id, by=steward))) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == content
        lines = [json.loads(line) for line in ledger.read_lines(house.register, limit=10_000)]
        assert [one["who"] for one in lines if one["act"] == "quarantine.give_back"] == [STEWARD]
        with pytest.raises(InputRejected):
            returning.give_back_zipped(house, item.id, by=officer)


@pytest.mark.parametrize(
    "user", ["data_steward-GM9002", "privacy_officer-GM9001", "proceseigenaar-GM9001", "operator", "beheerder"]
)
def test_nobody_else_gets_it(refused, tmp_path: Path, user: str) -> None:
    say, _ = refused
    number = number_of(say)
    assert number not in say("quarantine", "list", user=user).out
    said = say("quarantine", "give-back", number, "-o", str(tmp_path / "terug"), user=user)
    assert said.code == 1
    assert not (tmp_path / "terug").exists()


def test_a_folder_that_is_also_about_another_gemeente_needs_a_role_there(empty: Typed, tmp_path: Path) -> None:
    folder = write_ceo(empty.home / "inbox" / "GM9001" / "zending")
    write_yaml(folder / "delivery.yaml", {**MANIFEST, "gemeenten": ["GM9001", "GM9002"], "per_row": True})
    assert "2 geweigerd" in empty("run").out
    said = empty("quarantine", "give-back", number_of(empty), "-o", str(tmp_path / "terug"), user=STEWARD)
    assert (said.code, "GM9002" in said.err) == (1, True)
    assert not (tmp_path / "terug").exists()
