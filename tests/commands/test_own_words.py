"""Words that a steward types in the manifest: a name among them never stands in the register, a log or a message."""

from pathlib import Path

import pytest

from domain.delivery import Manifest, read_manifest
from domain.errors import InputRejected
from ingest.own_words import check_meting, for_register, plain
from register import deliveries, ledger
from storage.yaml import read_yaml, write_yaml
from tests.commands.typed import AREAS, MANIFEST, Typed, write_ceo

NAME = "Quorvix Zwanenbliksum"
STEWARD = "data_steward-GM9001"


def delivery(folder: Path, **changes: object) -> Path:
    write_ceo(folder)
    write_yaml(folder / "delivery.yaml", {**read_yaml(folder / "delivery.yaml"), **changes})
    return folder


def traces(home: Path, name: str) -> list[str]:
    """Files of a home, outside what is sealed, that hold a name in any spelling."""
    words = [word.encode() for part in name.split() for word in (part, part.lower(), part.upper())]
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(path.relative_to(home)) for path in files if any(word in path.read_bytes() for word in words)]


def test_a_name_in_notice_recipients_or_verband_stays_in_the_vault(empty: Typed, tmp_path: Path) -> None:
    folder = delivery(
        tmp_path / "zending", notice=f"brief van {NAME}", recipients=["Movisie", f"Bureau {NAME}"],
        verband={"code": "SV9001", "name": f"Samen met {NAME}"},
    )  # fmt: skip
    assert empty("deliver", str(folder), user="operator").code == 0
    done = empty("run")
    assert (done.code, "1 aanlevering verwerkt" in done.out) == (0, True), done.err
    assert empty.home is not None
    assert traces(empty.home, NAME) == []
    with empty.house() as house:
        (row,) = deliveries.list_all(house.register)
        lines = b"".join(ledger.read_lines(house.register, limit=10_000))
    assert row.manifest["recipients"][0] == "Movisie"
    assert row.manifest["recipients"][1].startswith("ontvanger ")
    assert row.manifest["notice"].startswith("brief ")
    assert row.manifest["verband"] == {"code": "SV9001", "name": "SV9001"}
    assert b"Quorvix" not in lines
    for command in (("status",), ("status", "--json"), ("export", "register", "-o", str(tmp_path / "r.json"))):
        said = empty(*command, user="privacy_officer" if command[0] == "export" else None)
        assert "Quorvix" not in said.out + said.err
    assert "Quorvix" not in (tmp_path / "r.json").read_text()


@pytest.mark.parametrize("name", ["jan-de-vries", "Quorvix"])
def test_a_name_as_name_of_the_meting_is_refused_without_the_key(empty: Typed, tmp_path: Path, name: str) -> None:
    meting = {"name": name, "start": "2026-01-01", "end": "2026-06-30"}
    folder = delivery(tmp_path / "zending", meting=meting)
    assert empty("deliver", str(folder), user=STEWARD).code == 0
    done = empty("run")
    assert "1 geweigerd" in done.out
    status = empty("status")
    assert "naam van de meting" in status.out
    assert name[-5:] not in (done.out + done.err + status.out).lower()
    assert empty.home is not None
    assert traces(empty.home, name) == []


@pytest.mark.parametrize(
    "name",
    [
        "2026",
        "2025-najaar",
        "nulmeting",
        "2026_Q1",
        "ronde2",
        "T0",
        "voorjaar-2026",
        "202601",
        "2026-kw3",
        "ceo-wmo-2026b",
    ],
)
def test_usual_names_of_a_meting_are_taken(name: str) -> None:
    check_meting(with_meting(name))


@pytest.mark.parametrize(
    "name", ["jan-2026", "2026-jan", "JAN_2026", "jan-feb-2026", "wmo-jan-2026", "mei2026", "maart-2026", "2026_Juni"]
)
def test_a_month_beside_a_year_is_no_first_name(name: str) -> None:
    check_meting(with_meting(name))


@pytest.mark.parametrize(
    "name",
    [
        "meting-jan-de-vries",
        "bo-2026",
        "2026-Jo",
        "al",
        "jan",
        "jan-26",
        "jan-1950",
        "jan-2026-vries",
        "jan-20261",
        "Quorvix",
        "202613",
        "123456782",
    ],
)
def test_another_word_or_number_may_be_somebody(name: str) -> None:
    with pytest.raises(InputRejected, match="woord of nummer dat wij niet kennen"):
        check_meting(with_meting(name))


def with_meting(name: str) -> Manifest:
    return read_manifest({**MANIFEST, "meting": {"name": name, "start": "2026-01-01", "end": "2026-06-30"}})


@pytest.mark.parametrize(
    ("text", "fine"),
    [("informatiebrief-2026-01", True), ("uitnodigingsbrief jeugd v2", True), ("brief van Sanne Jansen", False),
     ("brief 06-12345678", False), ("123456789", False), ("", False)],
)  # fmt: skip
def test_only_our_own_words_and_short_numbers_are_plain(text: str, fine: bool) -> None:
    assert plain(text) is fine


def test_a_recipient_in_the_approved_rules_is_kept_by_name() -> None:
    manifest = read_manifest({**MANIFEST, "recipients": ["Movisie", "GGD Vraagdorp"], "gemeenten": [AREAS[0]]})
    known = for_register(manifest, recipients={"Movisie", "GGD Vraagdorp"}, mark=lambda text: "m")
    other = for_register(manifest, recipients={"Movisie"}, mark=lambda text: "m")
    assert known["recipients"] == ["Movisie", "GGD Vraagdorp"]
    assert other["recipients"] == ["Movisie", "ontvanger m"]
    assert read_manifest(other).notice == MANIFEST["notice"]
