"""Talks publish words: themes, the curve, panels, cards; never counts, never one journey."""

import pytest
from helpers_warehouse import BOOKS, publish, released, rows_of, source

JOURNEYS = BOOKS.get("klantreis@1.0")


def journeys(area, n, *, with_theme=0, moods=None, theme="wachttijd"):
    """n journeys of one step; the first `with_theme` name the theme as a knelpunt."""
    columns = {
        "pseudonym": [f"{area}-{i}" for i in range(n)],
        "phase": ["melding"] * n,
        "emotion": moods or ["0"] * n,
        "knelpunten": [theme if i < with_theme else None for i in range(n)],
    }
    return source(area, columns, book=JOURNEYS, doelgroep="client", steekproef="gericht")


def knelpunt(tables, area, theme="wachttijd", phase="TOTAAL"):
    rows = rows_of(tables, "fact_theme", area=area, theme=theme, kind="knelpunt", phase=phase)
    return rows[0] if rows else None


LABELS = [(0, "niet getoond"), (2, "niet getoond"), (3, "meerdere keren"), (5, "meerdere keren"), (6, "vaak")]


@pytest.mark.parametrize(("people", "label"), LABELS)
def test_a_theme_is_a_word(people, label):
    assert knelpunt(publish([journeys("GM9001", 12, with_theme=people)]), "GM9001")["label"] == label


@pytest.mark.parametrize("people", [0, 1, 2])
def test_nobody_one_and_two_look_the_same_in_every_phase(people):
    tables = publish([journeys("GM9001", 12, with_theme=people)])
    assert knelpunt(tables, "GM9001", phase="melding") is None
    whole = knelpunt(tables, "GM9001")
    assert {key: whole[key] for key in ("label", "share", "gemeenten_met", "base_band")} == {
        "label": "niet getoond",
        "share": None,
        "gemeenten_met": None,
        "base_band": "10-15",
    }


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_a_gemeente_speaks_from_ten_journeys(n, shown):
    tables = publish([journeys("GM9001", n, with_theme=6)])
    assert (knelpunt(tables, "GM9001") is not None) is shown
    assert bool(rows_of(tables, "fact_klantreis_phase", area="GM9001")) is shown


def test_steps_of_one_journey_count_once():
    columns = {
        "pseudonym": ["a"] * 5 + [f"b{i}" for i in range(11)],
        "phase": ["melding"] * 16,
        "emotion": ["0"] * 16,
        "knelpunten": ["wachttijd"] * 5 + [None] * 11,
    }
    tables = publish([source("GM9001", columns, book=JOURNEYS, doelgroep="client")])
    assert knelpunt(tables, "GM9001")["label"] == "niet getoond"


@pytest.mark.parametrize(
    ("positive", "negative", "label"), [(9, 3, "vooral positief"), (8, 4, "wisselend"), (2, 10, "vooral negatief")]
)
def test_the_curve_needs_more_than_two_thirds(positive, negative, label):
    tables = publish([journeys("GM9001", positive + negative, moods=["1"] * positive + ["-1"] * negative)])
    rows = rows_of(tables, "fact_klantreis_phase", area="GM9001")
    assert [(row["phase"], row["label"]) for row in rows] == [("melding", label)]


def test_a_phase_with_fewer_than_five_journeys_says_nothing():
    columns = {
        "pseudonym": [f"p{i}" for i in range(12)],
        "phase": ["melding"] * 8 + ["gesprek"] * 4,
        "emotion": ["1"] * 12,
    }
    tables = publish([source("GM9001", columns, book=JOURNEYS, doelgroep="client")])
    assert [row["phase"] for row in rows_of(tables, "fact_klantreis_phase")] == ["melding"]


def test_aspects_are_words_per_phase():
    one = journeys("GM9001", 12)
    people = [f"GM9001-{i}" for i in range(12)]
    aspects = {"pseudonym": people, "phase": ["melding"] * 12, "aspect": ["bejegening"] * 12, "score": ["1"] * 12}
    columns = {name: one.records.tables["rows"].column(name).to_pylist() for name in ("pseudonym", "phase", "emotion")}
    tables = publish([source("GM9001", columns, book=JOURNEYS, doelgroep="client", tables={"aspects": aspects})])
    rows = rows_of(tables, "fact_klantreis_aspect")
    assert [(row["phase"], row["aspect"], row["label"]) for row in rows] == [
        ("melding", "bejegening", "vooral positief")
    ]


def test_the_headline_counts_gemeenten_from_three():
    two = publish([journeys(f"GM900{i}", 12, with_theme=6 if i < 3 else 0) for i in range(1, 5)])
    three = publish([journeys(f"GM900{i}", 12, with_theme=6 if i < 4 else 0) for i in range(1, 5)])
    assert knelpunt(two, "NL") is None
    row = knelpunt(three, "NL")
    assert (row["gemeenten_met"], row["gemeenten_totaal"]) == (3, 4)


def test_a_pool_of_five_gemeenten_gets_shares_and_takes_small_ones_in():
    tables = publish([journeys(f"GM900{i}", 7, with_theme=4) for i in range(1, 6)])
    assert knelpunt(tables, "GM9001") is None
    row = knelpunt(tables, "NL")
    assert (row["share"], row["gemeenten_met"], row["base_band"]) == (60.0, None, "30 of meer")
    phase = rows_of(tables, "fact_klantreis_phase", area="NL")
    assert [(row["phase"], row["n_gemeenten"], row["step"]) for row in phase] == [("melding", None, 10.0)]
    assert {row["step"] for row in rows_of(tables, "fact_klantreis_phase", area="GM9001")} <= {None}


def test_a_share_that_would_tell_beside_the_labels_is_withheld_and_the_headline_stays():
    named = (3, 3, 3, 0, 0, 0)
    sources = [journeys(f"GM900{i}", 15, with_theme=people) for i, people in enumerate(named, start=1)]
    row = knelpunt(publish([*sources, journeys("GM9007", 9)]), "NL")
    assert (row["share"], row["label"], row["status"]) == (None, None, "suppressed")
    assert (row["gemeenten_met"], row["gemeenten_totaal"]) == (3, 6)


def test_a_pool_of_thirty_does_not_say_that_it_is_thirty():
    tables = publish([journeys(f"GM900{i}", 6, with_theme=2) for i in range(1, 6)])
    pooled = rows_of(tables, "fact_response", area="NL")[0]
    assert {knelpunt(tables, "NL")["base_band"], pooled["responded_band"]} == {"30 of meer"}


def test_four_gemeenten_are_no_pool():
    tables = publish([journeys(f"GM900{i}", 9, with_theme=4) for i in range(1, 5)])
    assert not rows_of(tables, "fact_theme")


def test_the_number_of_journeys_is_a_band():
    row = rows_of(publish([journeys("GM9001", 12)]), "fact_response")[0]
    assert (row["responded"], row["responded_band"], row["rate"]) == (None, "10-15", None)


def test_a_panel_says_which_side_has_the_majority():
    members = [f"m{i}" for i in range(15)]
    votes = {"A": ["1"] * 12 + ["-1"] * 3, "B": ["1"] * 8 + ["-1"] * 7, "C": ["-1"] * 14 + ["0"]}
    columns = {
        "pseudonym": members * 3,
        "onderwerp": [topic for topic in votes for _ in members],
        "score": [vote for topic in votes for vote in votes[topic]],
    }
    tables = publish([source("GM9001", columns, book=BOOKS.get("klantenpanel@1.0"))])
    found = {row["question"]: (row["label"], row["value"], row["base"]) for row in rows_of(tables, "fact_result")}
    assert found == {
        "A": ("meerderheid voor", None, None),
        "B": ("verdeeld", None, None),
        "C": ("meerderheid tegen", None, None),
    }


def test_two_cards_of_one_person_count_as_one_and_the_last_answer_holds():
    columns = {"pseudonym": [f"p{i // 2}" for i in range(24)], "ervaring": ["1", "5"] * 12}
    book = BOOKS.get("ervaringenkaart@1.0")
    tables = publish([source("GM9001", columns, book=book, doelgroep="client")])
    row = rows_of(tables, "fact_result", question="ervaring")[0]
    assert (row["base"], row["label"], row["breakdown"]) == (12, "meer dan 90 %", "TOTAAL")


def test_ideas_of_a_meeting_rest_on_the_people_who_support_them():
    book = BOOKS.get("dialoogtafel@1.0")
    columns = {"soort": ["wens"] * 3, "thema": ["wachttijd", "brieven", "respect"], "steun": [8, 3, 2]}
    tables = publish(
        [source("GM9001", columns, book=book, tables={"deelnemers": {"rol": ["inwoner"], "aantal": [14]}})]
    )
    found = {row["theme"]: row["label"] for row in rows_of(tables, "fact_theme") if row["label"] != "niet getoond"}
    assert found == {"wachttijd": "vaak", "brieven": "meerdere keren"}


def test_stories_publish_themes_and_no_story():
    columns = {"pseudonym": [f"p{i}" for i in range(14)], "text": ["een geheim"] * 14, "thema": ["respect"] * 14}
    tables = publish([source("GM9001", columns, book=BOOKS.get("verhaal@1.0"))])
    assert rows_of(tables, "fact_theme", theme="respect")[0]["label"] == "vaak"
    assert "geheim" not in str([table.to_pylist() for table in tables.values()])


def test_figures_of_others_stand_alone():
    book = BOOKS.get("aggregaat@1.0")
    columns = {
        "gemeente": ["GM9001"] * 3,
        "periode": ["2024"] * 3,
        "indicator": ["tevreden", "snel", "tevreden"],
        "uitsplitsing_waarde": [None, "TOTAAL", "65+"],
        "waarde": [63.7, 40.0, 50.0],
        "aantal": [120, 8, 40],
    }
    tables = publish([source("GM9001", columns, book=book, doelgroep="client"), journeys("GM9001", 12)])
    found = {
        row["question"]: (row["value"], row["status"]) for row in rows_of(tables, "fact_result", statistic="known")
    }
    assert found == {"tevreden": (65.0, "published"), "snel": (None, "suppressed")}
    metingen = {(row["instrument"], row["meting"]): row["start"] for row in rows_of(tables, "dim_meting")}
    assert metingen["aggregaat", "2024"] is None


def test_figures_of_others_alone_are_a_release_in_which_the_small_ones_stay_closed():
    columns = {
        "gemeente": ["GM9001"] * 2, "periode": ["2024"] * 2, "indicator": ["snel", "tevreden"],
        "uitsplitsing_waarde": ["TOTAAL"] * 2, "waarde": [40.0, 50.0], "aantal": [120, 9],
    }  # fmt: skip
    tables = released([source("GM9001", columns, book=BOOKS.get("aggregaat@1.0"), doelgroep="client")])
    found = {row["question"]: (row["value"], row["base"], row["status"]) for row in rows_of(tables, "fact_result")}
    assert found == {"snel": (40.0, 120, "published"), "tevreden": (None, None, "suppressed")}
    assert rows_of(tables, "fact_response") == []


def test_figures_of_others_keep_the_words_and_the_scale_of_their_question():
    columns = {
        "gemeente": ["GM9001"] * 3,
        "periode": ["2024"] * 3,
        "indicator": ["rapportcijfer", "ceo02_snelheid", "ceo03_serieus"],
        "uitsplitsing_waarde": ["TOTAAL"] * 3,
        "waarde": [7.4, 75.0, 96.0],
        "aantal": [120, 30, 120],
    }
    book = BOOKS.get("aggregaat@1.0")
    tables = publish([source("GM9001", columns, book=book, doelgroep="client"), journeys("GM9001", 12)])
    found = {row["question"]: row for row in rows_of(tables, "fact_result")}
    texts = {row["question"]: row["text"] for row in rows_of(tables, "dim_question")}
    mark, fast, serious = (found[name] for name in columns["indicator"])
    assert (mark["statistic"], mark["value"], mark["step"]) == ("mean", 7.4, 0.1)
    assert (fast["statistic"], fast["value"], fast["step"]) == ("known", 80.0, 10.0)  # 75 %, half-up
    assert (serious["value"], serious["label"]) == (None, "meer dan 90 %")
    assert texts["ceo02_snelheid"] == "Ik werd snel geholpen."
