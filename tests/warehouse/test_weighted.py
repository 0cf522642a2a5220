"""A weighted figure beside the plain one: who knows the weights learns no count from both, and nobody's answer."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from helpers_warehouse import AREAS, META, answers, disclosure_answers, rows_of, scan, source
from test_two_releases import Home

from anonymisation.disclosure import protect
from anonymisation.disclosure.answers import weighted
from anonymisation.disclosure.answers.shares import publish_share
from anonymisation.disclosure.answers.weighted import _Judged, publish_weighted_mean, publish_weighted_share
from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from domain.errors import CannotCheck
from domain.policy import default_policy
from domain.printed import PrintedFigure, WeightedLine
from domain.release import Status
from storage.duck import memory
from warehouse.marts import build_marts
from warehouse.published import write_release
from warehouse.statistics import published_tables, to_protect

BOTH = ("share_positive", "share_positive_weighted")


def published(columns, folder):
    """One gemeente through the real pipeline: (the printed figures, the file)."""
    with memory() as connection:
        build_marts(connection, "r1", [source("GM9001", columns)], AREAS)
        asked = to_protect(connection, "r1")
        found = protect(asked.tables, asked.spec, asked.rules)
        tables = published_tables(connection, asked, found, disclosure_answers, AREAS)
    shown = {row["statistic"]: row["value"] for row in rows_of(tables, "fact_result", breakdown="TOTAAL")}
    return shown, write_release(tables, META, folder).duckdb


def nearly_equal():
    """99 of 200 say yes; they weigh a little less than the others, and so move the share past a border."""
    return {"ervaring": answers(eens=99, oneens=101), "gewicht": [0.996] * 99 + [1.004] * 101}


def one_heavy():
    """49 of 100 say yes, one of them counts for twenty."""
    return {"ervaring": answers(eens=49, oneens=51), "gewicht": [20.0] + [1.0] * 99}


def line(plain, n, weights):
    return WeightedLine((), n, tuple(weights), PrintedFigure(n, plain.value, plain.step, plain.bound))


def no_rule(line, _, kind):
    """Everything stands, in the step of the plain figure."""
    if line.plain is None:
        return None
    prints = kind.prints(line.n, line.plain.step)
    none = np.zeros(len(prints.low), dtype=bool)
    return _Judged(kind, line.n, line.plain.step, prints, none, ~none, 1.0)


CASES = {"T6": (nearly_equal, (0.995, 1.005), 50.0), "T7": (one_heavy, (1 / 1.19, 20 / 1.19), None)}


@pytest.mark.parametrize("threat", CASES)
def test_both_figures_tell_nothing_to_who_knows_the_weights(threat, tmp_path):
    columns, weights, left = CASES[threat]
    shown, file = published(columns(), tmp_path)
    assert shown["share_positive"] is not None
    assert shown["share_positive_weighted"] == left
    assert audit_published(file, weights=weights).safe


@pytest.mark.parametrize("threat", CASES)
def test_without_the_rule_they_tell(threat, tmp_path, monkeypatch):
    monkeypatch.setattr(weighted, "_judged_of", no_rule)
    columns, weights, _ = CASES[threat]
    _, file = published(columns(), tmp_path)
    assert audit_published(file).safe
    assert threat in {one.threat for one in audit_published(file, weights=weights).findings}


def test_a_mean_that_nearly_equal_weights_move_past_a_border_is_coarser(tmp_path, monkeypatch):
    grades = [10.0] * 105 + [4.0] * 53 + [5.0] * 52  # 1522 of 210 people: 7.2, and one point more is 7.3
    columns = {"ervaring": answers(eens=100, oneens=110), "cijfer": grades, "gewicht": [1.0009] * 105 + [0.9991] * 105}
    shown, _ = published(columns, tmp_path / "met")
    assert (shown["mean"], shown["mean_weighted"]) == (7.2, 7.0)
    monkeypatch.setattr(weighted, "_judged_of", no_rule)
    shown, file = published(columns, tmp_path / "zonder")
    assert shown["mean_weighted"] == 7.3
    assert {one.threat for one in audit_published(file, weights=(0.9991, 1.0009)).findings} == {"T6"}


def test_a_pooled_line_has_no_weighted_figure(tmp_path):
    """Weighted sums of gemeenten add up to it (`tests/disclosure/test_weighted_areas.py` shows what that tells)."""
    columns = {"ervaring": answers(eens=100, oneens=100), "gewicht": ([0.7] * 30 + [1.3] * 30 + [1.0] * 40) * 2}
    with memory() as connection:
        build_marts(connection, "r1", [source(area, columns) for area in ("GM9001", "GM9002", "GM9003")], AREAS)
        asked = to_protect(connection, "r1")
        found = protect(asked.tables, asked.spec, asked.rules)
        tables = published_tables(connection, asked, found, disclosure_answers, AREAS)
    rows = rows_of(tables, "fact_result", breakdown="TOTAAL")
    shown = {(row["area"], row["statistic"]): row["value"] for row in rows}
    assert shown["GM9001", BOTH[1]] is not None
    assert shown["NL", BOTH[0]] is not None
    assert shown["NL", BOTH[1]] is None


def test_equal_weights_and_wide_weights_are_printed():
    plain = publish_share(100, 200, False)
    equal = publish_weighted_share(Fraction(100), line(plain, 200, []), False)
    wide = publish_weighted_share(Fraction(105), line(plain, 200, [(Decimal("0.7"), 60), (Decimal("1.3"), 60)]), False)
    assert (equal.value, wide.value) == (50, 53)
    assert publish_share(105, 200, False).status is Status.PUBLISHED


def test_a_figure_in_another_step_than_was_judged_is_withheld():
    """Of 150 people nothing is printed in steps of one: what was judged is not what is printed."""
    weights = tuple((Decimal(8 + at) / 10, 30) for at in range(5))
    lines = [WeightedLine((), 150, weights, PrintedFigure(150, 45.0, step, None)) for step in (5.0, 1.0)]
    assert [publish_weighted_share(Fraction(135, 2), one, False).value for one in lines] == [45, None]


@pytest.mark.parametrize(
    ("plain", "kind"),
    [
        (PrintedFigure(30, 3.0, 1.0, None), "share"),
        (PrintedFigure(30, 140.0, 5.0, None), "share"),
        (PrintedFigure(30, 7.0, 0.1, None), "mean"),
    ],
)
@pytest.mark.parametrize("group", [(), ("leeftijd", "18-44")])
def test_beside_a_plain_figure_that_no_answers_give_nothing_is_printed(plain, kind, group):
    """Three of a hundred is masked, and nobody answers 7 on a scale to 5: a refusal in words, without the figure."""
    weights = ((Decimal("0.5"), 20),)
    sound = PrintedFigure(30, 30.0, 10.0, None) if kind == "share" else PrintedFigure(30, 3.0, 0.1, None)
    line = WeightedLine((), 30, weights, sound if group else plain)
    parts = [WeightedLine(group, 30, weights, plain)] if group else []
    ends = (False,) if kind == "share" else (1, 5)
    publish = publish_weighted_share if kind == "share" else publish_weighted_mean
    with pytest.raises(CannotCheck, match="past bij geen enkel antwoord") as refused:
        publish(Fraction(60), line, *ends, parts=parts)
    assert str(int(plain.value)) not in str(refused.value).replace("18-44", "")


def weighed(area, more=0):
    """Forty people with four weights, and some more."""
    said = answers(eens=20, oneens=20) + answers(eens=more // 2, oneens=more // 2)
    columns = {"ervaring": said, "gewicht": ([0.7, 1.3] * 2 + [0.9, 1.1] * 2) * 5 + [1.0] * more}
    return source(area, {**columns, "leeftijd": ["18-44", "18-44", "65-74", "65-74"] * 10 + ["18-44"] * more})


def twice(folder):
    """Two releases, the second with twelve young people more in GM9001: (their weighted figures, findings)."""
    home, areas = Home(), ("GM9001", "GM9002", "GM9003", "GM9004")
    first = home.publish([weighed(area) for area in areas])
    write_release(first, replace(META, release="r0"), folder)
    for cell in home.cells:
        area, age = dict(cell.key).get("area"), dict(cell.key).get("leeftijd")
        if area in (None, "GM9001", "SV9001", "PV90") and age in (None, "18-44", "18-64"):
            home.deltas[cell.release, cell.scope, cell.key] = Deltas(came=12)
    second = home.publish([weighed(area, 12 if area == "GM9001" else 0) for area in areas])
    file = write_release(second, META, folder).duckdb
    shown = [
        {row["area"]: row["value"] for row in rows_of(one, "fact_result", breakdown="TOTAAL", statistic=BOTH[1])}
        for one in (first, second)
    ]
    return *shown, {one.threat for one in audit_published(file).findings}


def test_a_weighted_figure_is_said_once(tmp_path):
    first, second, found = twice(tmp_path)
    assert None not in (first["GM9001"], first["GM9002"])
    assert (second["GM9001"], second["GM9002"]) == (None, first["GM9002"])
    assert found == set()


def test_the_audit_finds_one_that_changed(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.beside.said_in", lambda _: frozenset())
    first, second, found = twice(tmp_path)
    assert None not in (first["GM9001"], second["GM9001"])
    assert found == {"T10"}


def regrouped(folder):
    """Two releases, of which only the second shows ages: (where it does, findings)."""
    home, areas = Home(), ("GM9001", "GM9002", "GM9003", "GM9004")
    none = default_policy(scan(), "f" * 64).model_copy(update={"breakdowns": []})
    first = home.publish([replace(weighed(area), policy=none) for area in areas])
    write_release(first, replace(META, release="r0", published_on="2026-11-01"), folder)
    second = home.publish([weighed(area) for area in areas])
    shown = [row for row in rows_of(second, "fact_result", breakdown="leeftijd") if row["value"] is not None]
    file = write_release(second, META, folder).duckdb
    return {row["area"] for row in shown}, {one.threat for one in audit_published(file).findings}


def test_groups_are_not_shown_beside_weighted_figures_that_were_printed_without_them(tmp_path):
    assert regrouped(tmp_path) == ({"NL"}, set())


def test_the_audit_finds_such_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.beside.groups_of_then", lambda rows, *_: rows)
    shown, found = regrouped(tmp_path)
    assert "GM9001" in shown
    assert found == {"T10"}


def test_the_audit_finds_one_of_gemeenten_together(tmp_path):
    with memory() as connection:
        build_marts(connection, "r1", [weighed(area) for area in ("GM9001", "GM9002", "GM9003")], AREAS)
        asked = to_protect(connection, "r1")
        found = protect(asked.tables, asked.spec, asked.rules)
        tables = published_tables(connection, asked, found, disclosure_answers, AREAS)
    rows = tables["fact_result"].to_pylist()
    plain = next(row for row in rows if (row["area"], row["statistic"]) == ("NL", BOTH[0]))
    swapped = [
        {**plain, "statistic": BOTH[1]} if (row["area"], row["statistic"]) == ("NL", BOTH[1])
        and row["breakdown"] == "TOTAAL" else row for row in rows
    ]  # fmt: skip
    planted = {**tables, "fact_result": pa.Table.from_pylist(swapped, schema=tables["fact_result"].schema)}
    findings = audit_published(write_release(planted, META, tmp_path).duckdb).findings
    assert {(one.threat, one.where.split(", ")[4]) for one in findings if "gewogen" in one.learned} == {("T6", "NL")}


def two_ages():
    """A hundred young and as many old; 48 of the young say yes, weigh a little less, and so move their share."""
    said = answers(eens=48, oneens=52) + answers(eens=60, oneens=40)
    ages = [30] * 100 + [70] * 100
    return {"ervaring": said, "leeftijd": ages, "gewicht": [0.985] * 48 + [1.015] * 52 + [1.0] * 100}


def test_a_weighted_figure_of_a_group_tells_only_without_the_rule(tmp_path, monkeypatch):
    weights = (0.984, 1.016)
    _, file = published(two_ages(), tmp_path / "met")
    assert audit_published(file, weights=weights).safe
    monkeypatch.setattr(weighted, "_judged_of", no_rule)
    _, file = published(two_ages(), tmp_path / "zonder")
    assert audit_published(file).safe
    assert {one.threat for one in audit_published(file, weights=weights).findings} == {"T6"}
