"""Rows of a gemeente: asked by its own analyst, approved by its own officer, made once, and only what was approved."""

import json
from pathlib import Path

import pytest

from anonymisation.disclosure.microdata import unseal
from register import ledger
from tests.commands.typed import Typed, write_ceo

SCOPE = "GM9001/ceo_wmo/2026"
PO, ANALYST = "privacy_officer-GM9001", "analyst-GM9001"
SENTENCE = "paarse olifanten drinken thee"
TYPED = f"{SENTENCE}\n{SENTENCE}\n"


def ask(say: Typed, **more: str) -> str:
    """Ask, and return the hash that the officer sees."""
    made = say("microdata", "ask", SCOPE, "--reason", "verdieping van het CEO", user=ANALYST)
    assert made.code == 0, made.err
    return say("microdata", "show", "1", user=PO).out.split()[-1]


def export(say: Typed, to: Path, user: str | None = ANALYST, typed: str = TYPED):
    return say("export", "microdata", SCOPE, "-o", str(to), user=user, typed=typed)


def acts(say: Typed) -> list[str]:
    with say.house() as house:
        lines = [json.loads(line)["act"] for line in ledger.read_lines(house.register, limit=10_000)]
    return [act for act in lines if act.startswith("microdata.")]


def test_rows_are_coarse_sealed_and_noted_and_come_once(filled: Typed, tmp_path: Path) -> None:
    seen = ask(filled)
    approved = filled("microdata", "approve", "1", "--seen", seen, user=PO)
    assert approved.code == 0, approved.err
    assert "goedgekeurd, geldig tot" in approved.out
    made = export(filled, tmp_path / "md")
    assert made.code == 0, made.err
    assert SENTENCE not in made.out + made.err
    (sealed,) = (tmp_path / "md").glob("*.csv.sealed")
    assert b"leeftijd" not in sealed.read_bytes()
    head = unseal(sealed.read_bytes(), SENTENCE).decode().splitlines()[0]
    assert "leeftijd" in head
    assert not any(word in head for word in ("pseudonym", "ontvangstcode", "respondent", "toelichting", "gewicht"))
    certificate = json.loads(next((tmp_path / "md").glob("*.certificate.json")).read_text())
    assert certificate["smallest_class"] >= 10
    assert acts(filled) == ["microdata.ask", "microdata.approved", "microdata.made"]

    again = export(filled, tmp_path / "nog-eens")
    assert (again.code, "nog geen akkoord" in again.err) == (1, True)
    assert not (tmp_path / "nog-eens").exists()
    assert "gemaakt" in filled("microdata", "list", user=ANALYST).out


def test_without_an_approval_there_are_no_rows(filled: Typed, tmp_path: Path) -> None:
    for step in (None, "ask"):
        if step:
            ask(filled)
        said = export(filled, tmp_path / "md")
        assert (said.code, "nog geen akkoord" in said.err) == (1, True)
    assert not (tmp_path / "md").exists()


def test_a_returned_request_gives_nothing_and_says_why(filled: Typed, tmp_path: Path) -> None:
    seen = ask(filled)
    assert filled("microdata", "return", "1", "--comment", " ", user=PO).code == 1
    assert filled("microdata", "approve", "1", "--seen", seen, user=PO).code == 0
    assert filled("microdata", "return", "1", "--comment", "eerst overleggen", user=PO).code == 0
    assert export(filled, tmp_path / "md").code == 1
    assert "eerst overleggen" in filled("microdata", "show", "1", user=ANALYST).out
    assert filled("microdata", "approve", "1", "--seen", seen, user=PO).code == 1


def test_only_what_was_seen_is_approved(filled: Typed) -> None:
    ask(filled)
    said = filled("microdata", "approve", "1", "--seen", "0" * 64, user=PO)
    assert (said.code, "veranderd" in said.err) == (1, True)


def test_a_correction_ends_the_approval(filled: Typed, tmp_path: Path) -> None:
    assert filled("microdata", "approve", "1", "--seen", ask(filled), user=PO).code == 0
    folder = write_ceo(tmp_path / "correctie", lambda at: at != 3)
    assert filled("deliver", str(folder), user="data_steward-GM9001").code == 0
    assert filled("run").code == 0
    said = export(filled, tmp_path / "md")
    assert (said.code, "veranderd sinds het akkoord" in said.err) == (1, True)
    assert not (tmp_path / "md").exists()
    assert "microdata.made" not in acts(filled)


def test_a_short_passphrase_is_refused_and_costs_nothing(filled: Typed, tmp_path: Path) -> None:
    assert filled("microdata", "approve", "1", "--seen", ask(filled), user=PO).code == 0
    assert export(filled, tmp_path / "md", typed="kort\nkort\n").code == 1
    assert not (tmp_path / "md").exists()
    assert "microdata.made" not in acts(filled)
    assert export(filled, tmp_path / "md").code == 0


@pytest.mark.parametrize("user", ["movisie", "analyst", "analyst-GM9002", PO, "operator", None])
def test_nobody_else_asks_for_or_gets_rows(seen: Typed, tmp_path: Path, user: str | None) -> None:
    assert seen("microdata", "ask", SCOPE, "--reason", "verdieping", user=user).code == 1
    assert export(seen, tmp_path / "md", user=user).code == 1
    assert not (tmp_path / "md").exists()


def test_only_the_own_officer_sees_and_decides(filled: Typed) -> None:
    seen = ask(filled)
    for user in ("privacy_officer", "privacy_officer-GM9002", "movisie", ANALYST, "operator", None):
        assert filled("microdata", "approve", "1", "--seen", seen, user=user).code == 1
    for user in ("privacy_officer-GM9002", "movisie", "analyst-GM9002", None):
        assert filled("microdata", "show", "1", user=user).code == 1
    assert filled("microdata", "list", user="movisie").code == 1
    assert SCOPE not in filled("microdata", "list", user="privacy_officer-GM9002").out
    assert SCOPE in filled("microdata", "list", user=PO).out
