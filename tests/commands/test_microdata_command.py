"""Rows of a gemeente: asked by its own analyst, approved by its own officer, made once, and only what was approved."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from anonymisation.disclosure.microdata.receiver import key_pair, read_public, seal
from register import ledger
from tests.commands.typed import Typed, write_ceo

SCOPE = "GM9001/ceo_wmo/2026"
PO, ANALYST = "privacy_officer-GM9001", "analyst-GM9001"
SENTENCE = "paarse olifanten drinken thee"
TYPED = f"{SENTENCE}\n{SENTENCE}\n"


ASK = ("microdata", "ask", SCOPE, "--reason", "verdieping van het CEO")
PRIVATE, PUBLIC = key_pair(SENTENCE)


def public(say: Typed) -> Path:
    """The key of the researcher, in a file."""
    path = say.home.parent / "onderzoeker.pem"
    path.write_bytes(PUBLIC)
    return path


def ask(say: Typed) -> str:
    """Ask, and return the hash that the officer sees."""
    made = say(*ASK, "--recipient", str(public(say)), user=ANALYST)
    assert made.code == 0, made.err
    return say("microdata", "show", "1", user=PO).out.split()[-1]


def export(say: Typed, to: Path, user: str | None = ANALYST):
    return say("export", "microdata", SCOPE, "-o", str(to), user=user)


def unseal(sealed: Path, to: Path, sentence: str = SENTENCE):
    """The receiver opens one file, without a home."""
    secret = sealed.parent / "mijn.geheim.pem"
    secret.write_bytes(PRIVATE)
    return Typed()("microdata", "open", str(sealed), "--key", str(secret), "-o", str(to), typed=f"{sentence}\n")


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
    (sealed,) = (tmp_path / "md").glob("*.csv.sealed")
    assert b"leeftijd" not in sealed.read_bytes()
    said = unseal(sealed, tmp_path / "open")
    assert (said.code, SENTENCE in said.out + said.err) == (0, False), said.err
    (opened,) = (tmp_path / "open").iterdir()
    head = opened.read_text().splitlines()[0]
    assert "leeftijd" in head
    assert not any(word in head for word in ("pseudonym", "ontvangstcode", "respondent", "toelichting", "gewicht"))
    certificate = json.loads(next((tmp_path / "md").glob("*.certificate.json")).read_text())
    assert certificate["smallest_class"] >= 10
    assert acts(filled) == ["microdata.ask", "microdata.approved", "microdata.made"]

    again = export(filled, tmp_path / "nog-eens")
    assert (again.code, "nog geen akkoord" in again.err) == (1, True)
    assert not (tmp_path / "nog-eens").exists()
    assert "gemaakt" in filled("microdata", "list", user=ANALYST).out


def test_the_columns_that_go_first_are_part_of_what_is_approved(filled: Typed, tmp_path: Path) -> None:
    said = filled(*ASK, "--recipient", str(public(filled)), "--first", "schoenmaat", user=ANALYST)
    assert (said.code, "schoenmaat" in said.err, "kies uit: leeftijd" in said.err) == (2, False, True)
    plain = ask(filled)
    made = filled(*ASK, "--recipient", str(public(filled)), "--first", "doelgroep", user=ANALYST)
    assert made.code == 0, made.err
    shown = filled("microdata", "show", "2", user=PO).out
    assert "zo precies mogelijk:\n- Doelgroep van deze rij (doelgroep)\n" in shown
    assert shown.split()[-1] != plain
    assert filled("microdata", "approve", "2", "--seen", shown.split()[-1], user=PO).code == 0
    assert export(filled, tmp_path / "md").code == 0
    assert unseal(next((tmp_path / "md").glob("*.parquet.sealed")), tmp_path / "open").code == 0


def test_without_an_approval_there_are_no_rows(filled: Typed, tmp_path: Path) -> None:
    for step in (None, "ask"):
        if step:
            ask(filled)
        said = export(filled, tmp_path / "md")
        assert (said.code, "nog geen akkoord" in said.err) == (1, True)
    assert not (tmp_path / "md").exists()


def test_a_folder_that_cannot_be_used_costs_no_approval(filled: Typed, tmp_path: Path) -> None:
    assert filled("microdata", "approve", "1", "--seen", ask(filled), user=PO).code == 0
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "iets.txt").write_text("van een ander")
    for folder in (tmp_path / "vol", tmp_path / "vol" / "iets.txt", Path("/proc/rijen")):
        said = export(filled, folder)
        assert (said.code, "kies met -o" in said.err) == (2, True)
    assert export(filled, tmp_path / "md").code == 0
    late = filled("microdata", "approve", "1", "--seen", "0" * 64, user=PO)
    assert (late.code, "al beslist" in late.err) == (1, True)


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


def test_the_approval_is_over_the_key(filled: Typed) -> None:
    ask(filled)
    assert PUBLIC.decode().splitlines()[1] not in filled("microdata", "show", "1", user=PO).out
    assert read_public(PUBLIC) in filled("microdata", "show", "1", user=PO).out


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PUBLIC KEY-----", PRIVATE])
def test_without_a_public_key_nothing_is_asked(filled: Typed, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sleutel.pem"
    path.write_bytes(content)
    said = filled(*ASK, "--recipient", str(path), user=ANALYST)
    assert (said.code, "geen openbare sleutel" in said.err) == (1, True)
    assert acts(filled) == []


def test_a_key_pair_is_never_written_over(tmp_path: Path) -> None:
    say, out = Typed(), ("microdata", "key", "-o", str(tmp_path / "anna"))
    assert say(*out, typed="kort\nkort\n").code == 1
    assert not list(tmp_path.iterdir())
    made = say(*out, typed=TYPED)
    assert made.code == 0, made.err
    assert read_public((tmp_path / "anna.pem").read_bytes()) in made.out
    assert (tmp_path / "anna.geheim.pem").stat().st_mode & 0o077 == 0
    assert SENTENCE not in made.out + made.err
    assert say(*out, typed=TYPED).code == 2


def test_a_file_of_another_making_does_not_open(tmp_path: Path) -> None:
    sealed = tmp_path / "GM9001.csv.sealed"
    sealed.write_bytes(seal(b"rijen", read_public(PUBLIC)))
    certificate = tmp_path / "GM9001.certificate.json"
    assert unseal(sealed, tmp_path / "open").code == 1
    certificate.write_text(json.dumps({"files_sha256": {"csv": sha256(b"andere rijen").hexdigest()}}))
    assert "hoort niet bij dit certificaat" in unseal(sealed, tmp_path / "open").err
    assert not (tmp_path / "open").exists()
    certificate.write_text(json.dumps({"files_sha256": {"csv": sha256(sealed.read_bytes()).hexdigest()}}))
    assert unseal(sealed, tmp_path / "open", sentence="een andere lange zin").code == 1
    assert unseal(sealed, tmp_path / "open").code == 0
    assert unseal(sealed, tmp_path / "open").code == 2  # not written over


@pytest.mark.parametrize("user", ["movisie", "analyst", "analyst-GM9002", PO, "operator", None])
def test_nobody_else_asks_for_or_gets_rows(seen: Typed, tmp_path: Path, user: str | None) -> None:
    assert seen(*ASK, "--recipient", str(public(seen)), user=user).code == 1
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
