"""Everybody of a gemeente in one group: of a sensitive breakdown that is not printed, of an ordinary one it is."""

from dataclasses import replace

import pyarrow as pa
import pytest
from helpers_warehouse import META, answers, released, rows_of, scan, source
from test_two_releases import Home

from anonymisation.disclosure.history import Deltas, touched
from anonymisation.disclosure.published import audit_published
from domain.errors import DisclosureRefused
from domain.policy import default_policy
from domain.release import History
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


BORDER = [
    ({"hulp": 80, "vervoer": 20}, {"hulp": 80, "vervoer": 8}, "vervoer"),  # 80 of 88 are more than 90 %
    ({"hulp": 100, "vervoer": 8}, {"hulp": 60, "vervoer": 8}, "hulp"),
]


def twice(folder, then, now, group):
    """GM1 before and after enough people of one group left it: what both releases print, and what the audit finds."""
    home = Home()
    first = home.publish([gemeente(1, **then), *others()])
    write_release(first, replace(META, release="r0"), folder)
    codes = {"area": "GM9001|PV90|SV9001", "voorziening": "hulp" if group == "hulp" else f"{group}|mee"}
    gone = touched(History(tuple(home.cells)), [(scope, codes) for scope in {cell.scope for cell in home.cells}])
    home.deltas = dict.fromkeys(gone, Deltas(left=then[group] - now[group]))
    second = home.publish([gemeente(1, **now), *others()])
    return first, second, found(second, folder)


def test_groups_that_were_printed_stay_so_where_nearly_all_are_in_one_of_them_now(tmp_path):
    first, second, told = twice(tmp_path, *BORDER[0])
    shown = [
        [(row["breakdown_value"], row["value"], row["base_band"]) for row in lines_of(one)] for one in (first, second)
    ]
    assert shown[0] == shown[1]
    assert any(value is not None for _, value, _ in shown[1])
    assert told == ()


def test_who_was_unknown_stays_so_where_fewer_are_in_one_group_now(tmp_path):
    first, second, told = twice(tmp_path, *BORDER[1])
    assert lines_of(first) == lines_of(second) == []
    whole = rows_of(second, "fact_result", area="GM9001", breakdown="TOTAAL", question="ervaring")[0]
    assert whole["base"] == 68
    assert told == ()


@pytest.mark.parametrize("border", BORDER, ids=["passed", "left"])
def test_counted_otherwise_the_release_is_refused(border, tmp_path, monkeypatch):
    nothing = pa.table({name: pa.array([], pa.string()) for name in ("instrument", "meting", "doelgroep", "area")})
    nothing = nothing.append_column("breakdown", pa.array([], pa.string()))
    nothing = nothing.append_column("grouped", pa.array([], pa.bool_()))
    monkeypatch.setattr("warehouse.marts.counted_then", lambda _: nothing)
    with pytest.raises(DisclosureRefused, match="een ander aantal mensen"):
        twice(tmp_path, *border)
