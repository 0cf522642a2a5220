"""Everybody of a gemeente in one group: of a sensitive breakdown that is not printed, of an ordinary one it is."""

import pytest
from helpers_warehouse import META, answers, released, rows_of, scan, source

from anonymisation.disclosure.published import audit_published
from domain.policy import default_policy
from warehouse.published import write_release

POLICY = default_policy(scan(), "f" * 64).model_copy(
    update={"breakdowns": ["voorziening"], "hierarchies": {"voorziening": {"vervoer": "mee", "dagbesteding": "mee"}}}
)


def gemeente(number, *, policy=POLICY, column="voorziening", **groups):
    """groups: how many people are in each; of `niemand` nobody knows."""
    codes = [None if code == "niemand" else code for code, n in groups.items() for _ in range(n)]
    said = answers(len(codes) // 2, 0, len(codes) - len(codes) // 2)
    return source(f"GM900{number}", {"ervaring": said, column: codes}, policy=policy)


def others():
    return [gemeente(i, hulp=30, vervoer=30, dagbesteding=20) for i in (2, 3, 4, 5)]


ALL = [
    {"hulp": 60}, {"hulp": 60, "niemand": 12}, {"hulp": 95, "vervoer": 10}, {"vervoer": 30, "dagbesteding": 30},
    {"hulp": 20, "vervoer": 1},
]  # fmt: skip
IDS = ["all", "all that are known", "more than 90 %", "all in a coarser group", "all but one"]


def lines_of(tables, area="GM9001"):
    return [row for row in rows_of(tables, "fact_result", area=area) if row["breakdown"] != "TOTAAL"]


def found(tables, folder):
    return audit_published(write_release(tables, META, folder).duckdb).findings


@pytest.mark.parametrize("groups", ALL, ids=IDS)
def test_of_a_sensitive_breakdown_nothing_is_said_of_that_gemeente(groups, tmp_path):
    tables = released([gemeente(1, **groups), *others()])
    assert lines_of(tables) == []
    assert any(row["value"] is not None for row in lines_of(tables, "GM9002"))
    assert rows_of(tables, "fact_result", area="GM9001", breakdown="TOTAAL", question="ervaring")[0]["base"]
    assert found(tables, tmp_path) == ()


@pytest.mark.parametrize("groups", ALL[:2], ids=IDS[:2])
def test_with_the_rule_off_the_audit_finds_it(groups, tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.marts.MINIMUM", 10_000)
    findings = found(released([gemeente(1, **groups), *others()]), tmp_path)
    assert {(one.threat, "GM9001" in one.where) for one in findings} == {("T5", True)}


def test_two_groups_of_some_size_stay(tmp_path):
    tables = released([gemeente(1, hulp=80, vervoer=20), *others()])
    assert {row["breakdown_value"] for row in lines_of(tables) if row["status"] != "suppressed"} >= {"hulp", "mee"}
    assert found(tables, tmp_path) == ()


def test_an_ordinary_breakdown_stays(tmp_path):
    ordinary = default_policy(scan(), "f" * 64)
    every = [gemeente(1, policy=ordinary, column="leeftijd", **{"65-74": 60})]
    every += [
        gemeente(i, policy=ordinary, column="leeftijd", **{"18-44": 30, "65-74": 30, "85+": 20}) for i in (2, 3, 4, 5)
    ]
    tables = released(every)
    assert [row["breakdown_value"] for row in lines_of(tables) if row["value"] is not None] == ["65+", "65-74"]
    assert found(tables, tmp_path) == ()
