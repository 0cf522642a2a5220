"""Rules are shown in words, offered by one and approved by another as seen."""

from pathlib import Path

import pytest

from register import policies
from register.policies import PolicyState
from storage.yaml import read_yaml, write_yaml
from tests.commands.typed import Typed

STEWARD, PO = "data_steward-GM9001", "privacy_officer-GM9001"


def stricter(typed: Typed, folder: Path, **changes: object) -> Path:
    """The base of the CEO as rules of GM9001, with changes, as a YAML file."""
    with typed.house() as house:
        base = next(row for row in policies.versions(house.register) if row.policy.codebook == "ceo_wmo@2016.1")
    content = {**base.policy.canonical(), "id": "eigen-ceo", "gemeente": "GM9001", **changes}
    write_yaml(folder / "regels.yaml", content)
    return folder / "regels.yaml"


def mark(typed: Typed, number: str) -> str:
    """The fingerprint that `show` prints."""
    shown = typed("policy", "show", number, user=PO)
    assert shown.code == 0, shown.err
    return next(line.split()[-1] for line in shown.out.splitlines() if line.startswith("kenmerk"))


def test_rules_are_listed_and_shown_in_dutch_words(seen: Typed) -> None:
    listed = seen("policy", "list", user=STEWARD)
    assert listed.code == 0
    assert "goedgekeurd" in listed.out
    with seen.house() as house:
        number = next(row.id for row in policies.versions(house.register) if row.policy.codebook == "ceo_wmo@2016.1")
    shown = seen("policy", "show", str(number), user=STEWARD)
    assert "vervangen door een code zonder betekenis" in shown.out
    assert "kleinste groep: 10 mensen" in shown.out
    assert "naam van een persoon" in shown.out
    assert "drop" not in shown.out


def test_rules_in_a_file_come_back_stricter(empty: Typed, tmp_path: Path) -> None:
    file = tmp_path / "regels.yaml"
    assert empty("policy", "show", "4", "-o", str(file), user=STEWARD).code == 0
    assert empty("policy", "show", "4", "-o", str(file), user=STEWARD).code == 2  # nothing is written over
    write_yaml(file, {**read_yaml(file), "id": "eigen-ceo", "gemeente": "GM9001", "min_group": 15})
    made = empty("policy", "draft", str(file), user=STEWARD)
    assert made.code == 0, made.err
    changed = empty("policy", "diff", made.out.split()[1].rstrip(":"), user=PO).out
    assert changed == "kleinste groep: was 10, wordt 15 — strenger\n"


def test_rules_go_from_draft_to_approval_by_another(empty: Typed, tmp_path: Path) -> None:
    made = empty("policy", "draft", str(stricter(empty, tmp_path, min_group=15)), user=STEWARD)
    assert made.code == 0, made.err
    number = made.out.split()[1].rstrip(":")
    changed = empty("policy", "diff", number, user=PO)
    assert "kleinste groep: was 10, wordt 15 — strenger" in changed.out
    assert empty("policy", "submit", number, user=STEWARD).code == 0
    seen = mark(empty, number)
    assert empty("policy", "approve", number, "--seen", "0" * 64, user=PO).code == 1
    assert empty("policy", "approve", number, "--seen", seen, user=STEWARD).code == 1
    assert empty("policy", "approve", number, "--seen", seen, user="privacy_officer-GM9002").code == 1
    approved = empty("policy", "approve", number, "--seen", seen, user=PO)
    assert approved.code == 0, approved.err
    with empty.house() as house:
        assert policies.version(house.register, int(number)).state is PolicyState.APPROVED


def test_rules_go_back_only_with_a_comment(empty: Typed, tmp_path: Path) -> None:
    made = empty("policy", "draft", str(stricter(empty, tmp_path, min_group=20)), user=STEWARD)
    number = made.out.split()[1].rstrip(":")
    empty("policy", "submit", number, user=STEWARD)
    assert empty("policy", "return", number, user=PO).code == 2
    assert empty("policy", "return", number, "--comment", " ", user=PO).code == 1
    assert empty("policy", "return", number, "--comment", "leg uit waarom 20", user=PO).code == 0


def test_looser_rules_and_files_that_are_no_rules_are_refused(empty: Typed, tmp_path: Path) -> None:
    looser = empty("policy", "draft", str(stricter(empty, tmp_path, min_support=3, min_group=5)), user=STEWARD)
    assert looser.code == 1
    broken = tmp_path / "kapot.yaml"
    broken.write_text("id: [Verzonnen\n")
    said = empty("policy", "draft", str(broken), user=STEWARD)
    assert said.code == 1
    assert "Verzonnen" not in said.err


def test_rules_of_another_gemeente_are_not_shown(empty: Typed, tmp_path: Path) -> None:
    made = empty("policy", "draft", str(stricter(empty, tmp_path, min_group=15)), user=STEWARD)
    number = made.out.split()[1].rstrip(":")
    assert "eigen-ceo" in empty("policy", "list", user=STEWARD).out
    assert "eigen-ceo" not in empty("policy", "list", user="data_steward-GM9002").out
    assert empty("policy", "show", number, user="data_steward-GM9002").code == 1
    assert empty("policy", "diff", number, user="data_steward-GM9002").code == 1


@pytest.mark.parametrize("words", [("list",), ("show", "1"), ("diff", "1"), ("submit", "1")])
def test_without_a_person_or_as_movisie_nothing_is_shown(seen: Typed, words: tuple[str, ...]) -> None:
    nobody = seen("policy", *words)
    assert nobody.code == 1
    assert "zeg wie u bent" in nobody.err
    assert seen("policy", *words, user="movisie").code == 1
