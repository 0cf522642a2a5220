"""Marts: what small, visible deliveries add up to."""

import pytest
from helpers_warehouse import AREAS, answers, scan, source

from domain.errors import PolicyRefused, ReleaseRefused
from domain.policy import default_policy
from domain.vocabulary import BaseRule
from storage.duck import memory, query, warehouse
from warehouse.marts import build_marts, releases_in, wipe_marts

BASES = "select question, breakdown_value, n from marts.base_cells where release = 'r1' order by all"


def built(sources, sql, **values):
    with memory() as connection:
        build_marts(connection, "r1", sources, AREAS)
        return query(connection, sql, **values)


def test_people_who_have_no_opinion_are_not_in_the_base():
    one = source("GM9001", {"ervaring": answers(eens=8, neutraal=2, oneens=1, weet_niet=3)})
    assert built([one], BASES) == [("ervaring", "TOTAAL", 11)]


def test_no_opinion_counts_when_the_base_rule_says_so():
    book = scan()
    rows = {**book.rows, "ervaring": book.rows["ervaring"].model_copy(update={"base_rule": BaseRule.ALL_VALID})}
    book = book.model_copy(update={"tables": {"rows": rows}})
    one = source("GM9001", {"ervaring": answers(eens=8, weet_niet=3)}, book=book)
    assert built([one], BASES) == [("ervaring", "TOTAAL", 11)]


def test_a_breakdown_adds_up_to_the_total_with_the_unknown():
    one = source("GM9001", {"ervaring": answers(eens=5), "leeftijd": ["18-44", "18-44", "85+", None, None]})
    assert built([one], BASES) == [
        ("ervaring", "18-44", 2),
        ("ervaring", "85+", 1),
        ("ervaring", "TOTAAL", 5),
        ("ervaring", "onbekend", 2),
    ]


def test_only_breakdowns_of_the_policy_are_counted():
    policy = default_policy(scan(), "f" * 64).model_copy(update={"breakdowns": []})
    one = source("GM9001", {"ervaring": answers(eens=2), "leeftijd": ["18-44", "85+"]}, policy=policy)
    assert built([one], BASES) == [("ervaring", "TOTAAL", 2)]


def test_professionals_are_never_broken_down_and_get_three_answers():
    scale = {"1": "eens", "2": "neutraal", "3": "oneens", "9": "weet niet"}
    columns = {"ervaring": answers(eens=2, neutraal=1, oneens=1), "leeftijd": ["18-44"] * 4}
    one = source("GM9001", columns, book=scan(scale), doelgroep="professional")
    counted = built([one], "select breakdown, answer, n from marts.answers order by all")
    assert counted == [("TOTAAL", "negatief", 1), ("TOTAAL", "neutraal", 1), ("TOTAAL", "positief", 2)]


@pytest.mark.parametrize(("n", "counted_as"), [(9, "inwoner"), (10, "vertegenwoordiger")])
def test_fewer_than_ten_vertegenwoordigers_count_as_residents(n, counted_as):
    residents = source("GM9001", {"ervaring": answers(eens=20)})
    few = source("GM9001", {"ervaring": answers(eens=n)}, doelgroep="vertegenwoordiger")
    found = built([residents, few], "select counted_as from marts.deliveries where doelgroep = 'vertegenwoordiger'")
    assert found == [(counted_as,)]


def test_merged_vertegenwoordigers_are_unknown_in_a_breakdown_they_were_not_asked():
    residents = source("GM9001", {"ervaring": answers(eens=3), "leeftijd": ["85+"] * 3})
    few = source("GM9001", {"ervaring": answers(oneens=2)}, doelgroep="vertegenwoordiger")
    assert built([residents, few], BASES) == [
        ("ervaring", "85+", 3),
        ("ervaring", "TOTAAL", 5),
        ("ervaring", "onbekend", 2),
    ]


def test_wishes_count_people_not_ticks():
    one = source("GM9001", {"verbetering": ["regie_zeggenschap;transparant_eenvoudig", "regie_zeggenschap", ""]})
    assert built([one], BASES) == [("verbetering", "TOTAAL", 2)]
    assert built([one], "select answer, n from marts.answers order by all") == [
        ("regie_zeggenschap", 2),
        ("transparant_eenvoudig", 1),
    ]


def test_weights_are_brought_to_a_mean_of_one_and_never_change_n():
    one = source("GM9001", {"ervaring": answers(eens=1, oneens=1), "gewicht": [3.0, 1.0]})
    found = built([one], "select answer, n, w::double from marts.answers order by all")
    assert found == [("eens", 1, 1.5), ("oneens", 1, 0.5)]


def test_whole_numbers_stored_as_decimals_are_the_same_codes():
    one = source("GM9001", {"ervaring": [1.0, 3.0, None], "cijfer": [7.5, 8.0, None]})
    assert built([one], "select answer, n from marts.answers order by all") == [("eens", 1), ("oneens", 1)]
    assert built([one], "select n, total::double from marts.means") == [(2, 15.5)]


def test_codes_may_differ_as_long_as_labels_agree():
    turned = scan({"5": "eens", "3": "neutraal", "1": "oneens", "9": "weet niet"}, version="2")
    one = source("GM9001", {"ervaring": ["1", "1"]})
    other = source("GM9002", {"ervaring": ["5", "1"]}, book=turned)
    found = built([one, other], "select area, question, answer, n from marts.answer_cells order by all")
    assert found == [
        ("GM9001", "ervaring", "eens", 2),
        ("GM9002", "ervaring", "eens", 1),
        ("GM9002", "ervaring", "oneens", 1),
    ]


def test_another_scale_is_another_question():
    shorter = scan({"1": "eens", "2": "oneens"}, version="2")
    one = source("GM9001", {"ervaring": ["1"]})
    other = source("GM9002", {"ervaring": ["1"]}, book=shorter)
    found = built([one, other], "select area, question from marts.base_cells order by all")
    assert found == [("GM9001", "ervaring"), ("GM9002", "ervaring@scan-2")]


def test_a_second_build_replaces_the_first_and_leaves_other_releases_alone():
    one = source("GM9001", {"ervaring": answers(eens=3)})
    with memory() as connection:
        build_marts(connection, "r0", [one], AREAS)
        for _ in range(2):
            build_marts(connection, "r1", [one], AREAS)
        assert query(connection, "select release, sum(n)::int from marts.bases group by all order by all") == [
            ("r0", 3),
            ("r1", 3),
        ]


def test_what_is_wiped_is_gone_from_the_bytes_and_other_releases_stay(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    wijk = {"ervaring": answers(eens=60), "wijk": ["Bremhoekwijk"] * 60}
    with warehouse(path) as connection:
        build_marts(connection, "eerste", [source("GM9001", wijk)], AREAS)
        build_marts(connection, "tweede", [source("GM9002", {"ervaring": answers(eens=3)})], AREAS)
    assert releases_in(path) == {"eerste", "tweede"}
    wipe_marts(path, ["eerste"])
    assert releases_in(path) == {"tweede"}
    assert [word for word in (b"eerste", b"Bremhoekwijk", b"GM9001") if word in path.read_bytes()] == []
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o077 == 0
    with warehouse(path) as connection:
        build_marts(connection, "tweede", [source("GM9002", {"ervaring": answers(eens=4)})], AREAS)
        assert query(connection, "select n from marts.base_cells") == [(4,)]


def test_a_failed_build_leaves_nothing_behind():
    unknown = source("GM0001", {"ervaring": answers(eens=3)})
    with memory() as connection:
        with pytest.raises(ReleaseRefused, match="GM0001"):
            build_marts(connection, "r1", [unknown], AREAS)
        assert query(connection, "select count(*) from marts.bases") == [(0,)]


def test_ceo_jeugd_is_never_counted_by_aanbieder():
    book = scan(instrument="ceo_jeugd", doelgroepen=["ouder"])
    policy = default_policy(book, "f" * 64).model_copy(update={"breakdowns": ["aanbieder"]})
    one = source("GM9001", {"ervaring": answers(eens=3)}, book=book, doelgroep="ouder", policy=policy)
    with pytest.raises(PolicyRefused, match="aanbieder"):
        built([one], BASES)


def test_no_text_and_no_pseudonym_reaches_the_marts():
    columns = {"pseudonym": ["SECRET-p1"], "ervaring": ["1"], "toelichting": ["SECRET-text"]}
    with memory() as connection:
        build_marts(connection, "r1", [source("GM9001", columns)], AREAS)
        tables = query(connection, "select table_name from duckdb_tables() where not internal")
        found = [str(row) for (name,) in tables for row in query(connection, f"from marts.{name}")]
    assert tables
    assert not [row for row in found if "SECRET" in row]
