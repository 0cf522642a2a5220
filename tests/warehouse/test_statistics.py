"""Published tables: thresholds, words, comparability; each on a table you can count yourself."""

import pytest
from helpers_warehouse import answers, publish, rows_of, scan, source

RESIDENTS = {"question": "ervaring", "breakdown": "TOTAAL", "doelgroep": "inwoner"}


def result(tables, area="GM9001", **where):
    found = rows_of(tables, "fact_result", area=area, **{**RESIDENTS, **where})
    assert len(found) <= 1
    return found[0] if found else None


BOUNDARIES = [(9, "suppressed"), (10, "indicative"), (29, "indicative"), (30, "published")]


@pytest.mark.parametrize(("n", "status"), BOUNDARIES)
def test_boundaries_of_a_group(n, status):
    oneens = 4
    row = result(publish([source("GM9001", {"ervaring": answers(eens=n - oneens, oneens=oneens)})]))
    assert row["status"] == status
    assert (row["value"] is None) == (status == "suppressed")
    assert row["base"] == (None if status == "suppressed" else n)


def test_a_suppressed_value_is_empty_and_never_zero():
    tables = publish([source("GM9001", {"ervaring": answers(oneens=6)})])
    row = result(tables)
    empty = ("value", "label", "step", "base", "base_band", "ci_low", "ci_high", "n_gemeenten")
    assert {row[name] for name in empty} == {None}


def test_the_share_is_rounded_to_its_step():
    row = result(publish([source("GM9001", {"ervaring": answers(eens=27, oneens=16)})]))
    assert (row["value"], row["step"]) == (65.0, 5.0)


def test_nearly_everybody_is_told_in_words():
    row = result(publish([source("GM9001", {"ervaring": answers(eens=20)})]))
    assert (row["value"], row["label"], row["status"]) == (None, "meer dan 90 %", "indicative")


def test_a_breakdown_shows_its_base_as_a_band():
    ages = ["65-74"] * 20 + ["75-84"] * 20
    tables = publish([source("GM9001", {"ervaring": answers(eens=25, oneens=15), "leeftijd": ages})])
    rows = rows_of(tables, "fact_result", area="GM9001", breakdown="leeftijd", breakdown_value="65-74")
    assert [(row["base"], row["base_band"]) for row in rows] == [(None, "10-29")]


@pytest.mark.parametrize(("steekproef", "has"), [("allen", True), ("aselect", True), ("open_link", False)])
def test_intervals_only_when_everybody_or_a_random_sample_was_asked(steekproef, has):
    columns = {"ervaring": answers(eens=30, oneens=20)}
    row = result(publish([source("GM9001", columns, steekproef=steekproef)]))
    assert (row["ci_low"] is not None) is has


def test_the_interval_comes_from_the_rounded_value():
    one = result(publish([source("GM9001", {"ervaring": answers(eens=30, oneens=20)})]))
    other = result(publish([source("GM9001", {"ervaring": answers(eens=31, oneens=19)})]))
    assert one["value"] == other["value"] == 60.0
    assert (one["ci_low"], one["ci_high"]) == (other["ci_low"], other["ci_high"])


def test_a_mean_has_one_decimal_and_a_grade_only_from_thirty():
    many = publish([source("GM9001", {"cijfer": [7.0, 8.0] * 15})])
    few = publish([source("GM9001", {"cijfer": [7.0, 8.0] * 14})])
    assert result(many, question="cijfer")["value"] == 7.5
    assert result(few, question="cijfer")["step"] == 1.0


def test_weighted_shares_stand_beside_unweighted_and_n_stays_people():
    columns = {"ervaring": answers(eens=20, oneens=20), "gewicht": [3.0] * 15 + [1.0] * 20 + [3.0] * 5}
    tables = publish([source("GM9001", columns)])
    plain, weighted = (result(tables, statistic=name) for name in ("share_positive", "share_positive_weighted"))
    assert (plain["value"], weighted["value"]) == (50.0, 65.0)
    assert plain["base"] == weighted["base"] == 40
    assert weighted["ci_low"] is None


def test_a_weighted_share_is_rounded_once():
    weights = [1.497] * 15 + [0.503] * 9 + [1.497] * 5 + [0.503] * 11
    columns = {"ervaring": answers(eens=24, oneens=16), "gewicht": weights}  # 26.98 of 40: 67.5 % if rounded twice
    weighted = result(publish([source("GM9001", columns)]), statistic="share_positive_weighted")
    assert (weighted["value"], weighted["step"]) == (65.0, 5.0)


def test_weights_do_not_show_what_the_plain_share_hides():
    columns = {"ervaring": answers(eens=38, oneens=2), "gewicht": [0.1] * 38 + [1.0] * 2}  # 95 %, weighted 66 %
    tables = publish([source("GM9001", columns)])
    plain, weighted = (result(tables, statistic=name) for name in ("share_positive", "share_positive_weighted"))
    assert plain["label"] == "meer dan 90 %"
    assert (weighted["value"], weighted["label"], weighted["status"]) == (None, None, "suppressed")


def test_heavy_weights_do_not_open_a_small_group():
    columns = {"ervaring": answers(eens=5, oneens=4), "gewicht": [50.0] * 9}
    tables = publish([source("GM9001", columns)])
    assert {row["status"] for row in rows_of(tables, "fact_result")} == {"suppressed"}


def test_the_country_needs_three_gemeenten():
    def two_or_three(n):
        return publish([source(f"GM900{i}", {"ervaring": answers(eens=20, oneens=20)}) for i in range(1, n + 1)])

    assert result(two_or_three(2), area="NL") is None
    assert result(two_or_three(3), area="NL")["n_gemeenten"] == 3


def test_a_gemeente_above_half_closes_the_line():
    sizes = {"GM9001": 100, "GM9002": 20, "GM9003": 20}
    tables = publish([source(area, {"ervaring": answers(eens=n // 2, oneens=n // 2)}) for area, n in sizes.items()])
    assert result(tables, area="NL")["status"] == "suppressed"
    assert result(tables, area="GM9001")["status"] == "published"


def test_a_line_that_falls_below_ten_without_the_largest_is_closed():
    sizes = {"GM9001": 8, "GM9002": 4, "GM9003": 4}
    tables = publish([source(area, {"ervaring": answers(eens=n // 2, oneens=n // 2)}) for area, n in sizes.items()])
    assert result(tables, area="NL")["status"] == "suppressed"


def test_a_gemeente_that_asked_otherwise_is_not_comparable_and_not_in_the_country():
    shorter = scan({"1": "eens", "2": "oneens"}, version="2")
    same = [source(f"GM900{i}", {"ervaring": answers(eens=20, oneens=20)}) for i in (1, 2, 3)]
    other = source("GM9004", {"ervaring": ["1"] * 30 + ["2"] * 10}, book=shorter)
    tables = publish([*same, other])
    row = result(tables, area="GM9004")
    assert (row["status"], row["value"]) == ("not_comparable", None)
    assert result(tables, area="GM9004", question="ervaring@scan-2")["value"] == 75.0
    assert result(tables, area="NL")["n_gemeenten"] == 3
    assert result(tables, area="NL", question="ervaring@scan-2") is None


def test_reversed_codes_are_comparable():
    turned = scan({"5": "eens", "3": "neutraal", "1": "oneens", "9": "weet niet"}, version="2")
    same = [source(f"GM900{i}", {"ervaring": answers(eens=20, oneens=20)}) for i in (1, 2)]
    other = source("GM9003", {"ervaring": ["5"] * 20 + ["1"] * 20}, book=turned)
    tables = publish([*same, other])
    assert result(tables, area="NL")["n_gemeenten"] == 3
    assert not rows_of(tables, "fact_result", status="not_comparable")


def test_wishes_are_shares_of_the_people_who_wished():
    both, one, other = "regie_zeggenschap;transparant_eenvoudig", "regie_zeggenschap", "transparant_eenvoudig"
    wishes = [both] * 10 + [one] * 15 + [other] * 15
    tables = publish([source("GM9001", {"verbetering": wishes})])
    shares = {row["uitgangspunt"]: row["value"] for row in rows_of(tables, "fact_improvement")}
    assert shares == {"regie_zeggenschap": 65.0, "transparant_eenvoudig": 65.0}


def test_the_distribution_has_every_answer_also_when_nobody_gave_it():
    tables = publish([source("GM9001", {"ervaring": answers(eens=20, oneens=20)})])
    found = [(row["answer"], row["value"], row["label"]) for row in rows_of(tables, "fact_distribution")]
    assert sorted(found) == [("eens", 50.0, None), ("neutraal", None, "minder dan 10 %"), ("oneens", 50.0, None)]


def test_the_rate_of_response_needs_a_known_and_fair_sample():
    columns = {"ervaring": answers(eens=20, oneens=20)}
    fair = publish([source("GM9001", columns, invited=160)])
    link = publish([source("GM9001", columns, invited=160, steekproef="open_link")])
    unknown = publish([source("GM9001", columns)])
    rates = [rows_of(tables, "fact_response")[0]["rate"] for tables in (fair, link, unknown)]
    assert rates == [25.0, None, None]


def test_how_many_were_asked_is_closed_with_the_group():
    row = rows_of(publish([source("GM9001", {"ervaring": answers(eens=4)}, invited=11)]), "fact_response")[0]
    assert (row["status"], row["invited"], row["responded"]) == ("suppressed", None, None)


def test_the_same_deliveries_give_the_same_tables_in_any_order():
    one = [source(f"GM900{i}", {"ervaring": answers(eens=20 + i, oneens=20)}) for i in (1, 2, 3)]
    first, second = publish(one), publish(one[::-1])
    assert {name: table.to_pylist() for name, table in first.items()} == {
        name: table.to_pylist() for name, table in second.items()
    }
