"""The country of two years is to be compared only when the same gemeenten stand behind it; the page says so."""

from dataclasses import replace

import pytest

from portal.behind_country import behind_country
from portal.grids import Grid, Line
from warehouse.reports.behind import behind_questions
from warehouse.reports.shown import NOT_ASKED, Shown

YES = Shown("40 %", "published", x=40.0, value=40.0)
SMALL = Shown("kleine groep beschermd", "suppressed")
OTHERWISE = Shown("anders gevraagd", "not_comparable")


def said(*lines: tuple[str, tuple[Shown, ...]]) -> str:
    years = tuple(f"Meting {2024 + at}" for at in range(len(lines[0][1])))
    return behind_country(Grid("jaren", "t", "s", years, tuple(Line(area, area, values) for area, values in lines), {}))


def test_the_same_gemeenten_may_be_compared_also_where_one_is_too_small_to_show():
    found = said(("GM1", (YES, YES)), ("GM2", (YES, SMALL)), ("NL", (YES, YES)))
    assert found == (
        "Landelijk gaat in elke meting over dezelfde 2 gemeenten en verbanden. Die jaren kunt u vergelijken."
    )


@pytest.mark.parametrize("away", [NOT_ASKED, OTHERWISE])
def test_other_gemeenten_behind_a_year_are_said_with_their_number(away):
    assert said(("GM1", (YES, YES)), ("GM2", (YES, away)), ("NL", (YES, YES))) == (
        "Let op: achter Landelijk staan niet elk jaar dezelfde gemeenten en verbanden: meting 2024 (2) en meting 2025 "
        "(1). Een verschil tussen jaren kan ook daardoor komen."
    )


def test_as_many_gemeenten_can_still_be_others():
    found = said(("GM1", (YES, NOT_ASKED)), ("GM2", (NOT_ASKED, YES)), ("NL", (YES, YES)))
    assert "niet elk jaar dezelfde" in found


def test_years_with_the_same_gemeenten_are_named():
    found = said(("GM1", (YES, YES, YES)), ("GM2", (NOT_ASKED, YES, YES)), ("NL", (YES, YES, YES)))
    assert found.endswith(
        "Deze jaren gaan wel over dezelfde gemeenten en kunt u vergelijken: meting 2025 en meting 2026."
    )


@pytest.mark.parametrize("country", [(YES, SMALL), (NOT_ASKED, YES), (OTHERWISE, SMALL)])
def test_a_country_without_two_figures_needs_no_words(country):
    assert said(("GM1", (YES, YES)), ("NL", country)) == ""
    assert said(("GM1", (YES, YES))) == ""


A, B = frozenset({"GM1", "GM2"}), frozenset({"GM1"})


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([{"Meting 2025": A, "Meting 2026": A}] * 2, "in elke meting over dezelfde 2 gemeenten"),
        ([{"Meting 2025": A, "Meting 2026": B}] * 2, "meting 2025 (2) en meting 2026 (1)"),
        ([{"Meting 2025": A, "Meting 2026": A}, {"Meting 2025": B, "Meting 2026": B}], "bij elke vraag in beide"),
        ([{"Meting 2025": A, "Meting 2026": A}, {"Meting 2025": A, "Meting 2026": B}], "Let op: achter Landelijk"),
        ([{"Meting 2025": A, "Meting 2026": A}, {"Meting 2026": B}], "over dezelfde 2 gemeenten"),
        ([{"Meting 2026": A}], ""), ([], ""),
    ],
)  # fmt: skip
def test_a_report_says_it_for_all_questions_of_a_study_at_once(found, words):
    said = behind_questions(found)
    assert words in said
    assert bool(said) == bool(words)


def test_who_came_after_the_figure_of_the_country_is_not_behind_it():
    lines = tuple(Line(area, area, (YES, YES)) for area in ("GM1", "GM2", "NL"))
    grid = Grid("jaren", "t", "s", ("Meting 2024", "Meting 2025"), lines, {}, counted=(1, 2))
    found = behind_country(grid)
    assert "meting 2024 (1) en meting 2025 (2)" in found
    assert found.endswith("Wie later aanleverde, telt niet mee in een landelijk cijfer dat er al stond.")
    assert "kunt u vergelijken" in behind_country(replace(grid, counted=(2, 2)))
