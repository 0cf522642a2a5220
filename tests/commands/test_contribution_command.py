"""A contribution that is signed, returned, or standing beside a correction that was refused."""

from pathlib import Path

import pytest

from domain.advice import Advice
from register import contributions
from register.contributions import ContributionState
from storage.yaml import read_yaml, write_yaml
from tests.commands.typed import Typed, write_ceo

PO, OWNER, STEWARD = "privacy_officer-GM9001", "proceseigenaar-GM9001", "data_steward-GM9001"


def signed(say: Typed) -> str:
    assert say("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    with say.house() as house:
        seen = contributions.get(house.register, 1).content_hash
    for user, what in ((PO, "--rules"), (OWNER, "--release")):
        assert say("contribution", "sign", "1", "--seen", seen, what, user=user).code == 0
    return seen


def test_a_contribution_goes_back_with_an_explanation_and_comes_again(filled: Typed) -> None:
    signed(filled)
    for user in (STEWARD, "privacy_officer", "privacy_officer-GM9002", "movisie", "operator", None):
        assert filled("contribution", "return", "1", "--comment", "anders", user=user).code == 1
    assert filled("contribution", "return", "1", "--comment", " ", user=OWNER).code == 1
    back = filled("contribution", "return", "1", "--comment", "de brief klopt niet", user=OWNER)
    assert (back.code, "teruggestuurd" in back.out) == (0, True), back.err
    assert "de brief klopt niet" in filled("contribution", "show", "1", user=STEWARD).out
    (line,) = (line for line in filled("status").out.splitlines() if "opnieuw klaarzetten" in line)
    assert line.startswith("data steward     GM9001  ")
    assert filled("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    with filled.house() as house:
        again = contributions.get(house.register, 1)
    assert (again.state, again.rules_followed_by, again.comment) == (ContributionState.PREPARED, None, None)


def test_a_preview_says_in_dutch_what_is_shown(filled: Typed) -> None:
    assert filled("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    said = filled("contribution", "show", "1", user=STEWARD).out
    assert "getoond" in said
    assert not any(word in said for word in ("published", "indicative", "suppressed", "TOTAAL", "ceo01", "share_"))
    assert "iedereen" in said


def test_the_five_sentences_stand_in_the_preview_and_nobody_signs_before_all_are_true(
    filled: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    with filled.house() as house:
        seen = contributions.get(house.register, 1).content_hash
    said = filled("contribution", "show", "1", user=PO).out
    assert "1. U geeft cijfers vrij over" in said
    assert "5. U kunt de vrijgave later stoppen." in said
    assert "KLOPT NOG NIET" not in said
    monkeypatch.setattr("toegangspeil.road.Road.preview_hash", lambda *_args: "anders")
    assert (
        "3. KLOPT NOG NIET: Deze bijdrage is niet meer hetzelfde." in filled("contribution", "show", "1", user=PO).out
    )
    refused = filled("contribution", "sign", "1", "--seen", seen, "--rules", user=PO)
    assert (refused.code, "nog niet alle vijf zinnen zijn waar" in refused.err) == (1, True)
    monkeypatch.undo()
    assert filled("contribution", "sign", "1", "--seen", seen, "--rules", user=PO).code == 0


def test_what_is_no_code_of_an_area_is_not_repeated(filled: Typed) -> None:
    said = filled("contribution", "prepare", "Sanne", user=STEWARD)
    assert (said.code, "Sanne" in said.err.splitlines()[-1]) == (2, False)
    assert "schrijf een gemeente als GM en vier cijfers" in said.err


def test_a_refused_correction_touches_nothing_that_was_signed(filled: Typed, tmp_path: Path) -> None:
    seen = signed(filled)
    folder = write_ceo(tmp_path / "correctie")
    (folder / "ceo.csv").write_text("onbekend;leeftijd\nx;40\n", encoding="utf-8")
    write_yaml(folder / "delivery.yaml", read_yaml(folder / "delivery.yaml"))
    assert filled("deliver", str(folder), user=STEWARD).code == 0
    assert "1 geweigerd" in filled("run").out
    with filled.house() as house:
        (still,) = contributions.frozen(house.register, [1])
    assert (still.state, still.content_hash) == (ContributionState.SIGNED, seen)


def test_what_a_merge_brings_back_stands_in_the_preview(filled: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def advise(tables, spec, rules, history, *, along):
        asked.append((tuple(along), [layout.name for layout in spec.tables]))
        return (Advice("leeftijd", "leeftijd", "leeftijd een stap grover", 26, 6, 0.9, 0.99),)

    monkeypatch.setattr("anonymisation.disclosure.advice.advise", advise)
    assert filled("contribution", "prepare", "GM9001", user=STEWARD).code == 0
    assert asked == []  # only who looks waits for it
    said = filled("contribution", "show", "1", user=PO)
    assert "Advies leeftijd: leeftijd een stap grover. Dan staat 99 %" in said.out, said.err
    assert [dims for dims, _ in asked] == [("leeftijd", "antwoord", "meting")]
