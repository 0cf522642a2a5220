"""`protect` twice on data that changed: each outcome is safe alone, both together tell who came."""

import csv

import pytest
from click.testing import CliRunner

from anonymisation.disclosure.files import audit_path, protect_files
from domain.errors import WrongUsage
from toegangspeil.commands.disclosure import audit as command

ROWS = {("GM9001", "18-64"): 40, ("GM9001", "65+"): 30, ("GM9002", "18-64"): 50, ("GM9002", "65+"): 25}


def outcome(folder, rows):
    """A folder as `protect` writes it."""
    folder.mkdir()
    path = folder / "ceo.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("gemeente", "leeftijd", "n"), *((*codes, n) for codes, n in rows.items())])
    protect_files([path], count="n", out=folder / "out")
    return folder / "out"


def test_one_person_more_is_found(tmp_path):
    before = outcome(tmp_path / "een", ROWS)
    after = outcome(tmp_path / "twee", {**ROWS, ("GM9001", "65+"): 31})
    assert audit_path(before).safe
    assert audit_path(after).safe
    found = audit_path(after, earlier=[before]).findings
    assert {one.threat for one in found} == {"T10"}
    assert "gemeente GM9001, leeftijd 65+" in {one.where for one in found}
    said = CliRunner().invoke(command, [str(after), "--earlier", str(before)], standalone_mode=False)
    assert said.exit_code == 1
    assert "T10 ceo.csv: gemeente GM9001" in said.output


def printed(folder, **cells):
    """A folder of another tool: numbers of people per gemeente, "x" for closed."""
    folder.mkdir()
    (folder / "t.csv").write_text("\n".join(["gemeente,n", *(f"{code},{n}" for code, n in cells.items())]))
    return folder


def test_one_person_more_among_those_who_are_closed_both_times_is_found(tmp_path):
    before = printed(tmp_path / "een", TOTAAL=100, A="x", B="x", C=60)
    after = printed(tmp_path / "twee", TOTAAL=116, A="x", B="x", C=75)
    assert audit_path(after).safe
    found = audit_path(after, earlier=[before]).findings
    assert [(one.threat, one.where) for one in found] == [("T10", "totaal, wat daarvan niet is getoond")]


@pytest.mark.parametrize("more", [0, 10, -12])
def test_nobody_or_enough_people_is_safe(tmp_path, more):
    before = outcome(tmp_path / "een", ROWS)
    after = outcome(tmp_path / "twee", {**ROWS, ("GM9001", "65+"): 30 + more})
    assert audit_path(after, earlier=[before]).safe


def test_the_same_people_closed_in_another_way_are_one_problem(tmp_path):
    before = printed(tmp_path / "een", TOTAAL=100, A="x", B=34, C="x")
    after = printed(tmp_path / "twee", TOTAAL=100, A="x", B="x", C=60)
    assert audit_path(before).safe
    assert audit_path(after).safe
    found = audit_path(after, earlier=[before]).findings
    assert ("T2", "gemeente A") in {(one.threat, one.where) for one in found}


def test_an_earlier_outcome_is_a_folder_of_tables(tmp_path):
    after = outcome(tmp_path / "een", ROWS)
    (tmp_path / "leeg").mkdir()
    with pytest.raises(WrongUsage):
        audit_path(after, earlier=[tmp_path / "leeg"])


def said(folder, n, **shares):
    """A folder of another tool: one gemeente, how many people, and the share of each answer in steps of 10."""
    folder.mkdir()
    rows = [f"A,TOTAAL,{n},,", *(f"A,{answer},,{share},10" for answer, share in shares.items())]
    (folder / "t.csv").write_text("\n".join(["gemeente,antwoord,n,share,step", *rows]))
    return folder


@pytest.mark.parametrize(
    ("n", "share", "threats"),
    [
        (45, 40, set()),  # the same people, the same share
        (45, 50, {"T10"}),  # the same number, another share: somebody was replaced
        (65, 40, set()),  # twenty came, and anything from 3 to 13 of them said yes
        (57, 60, {"T6", "T10"}),  # twelve came, and all of them said yes: twenty did before
    ],
)
def test_shares_of_two_outcomes_are_laid_side_by_side(tmp_path, n, share, threats):
    before = said(tmp_path / "een", 45, ja=40, nee=60)
    after = said(tmp_path / "twee", n, ja=share, nee=100 - share)
    assert audit_path(after, answers=["antwoord"]).safe
    found = audit_path(after, answers=["antwoord"], earlier=[before]).findings
    assert {one.threat for one in found} == threats
