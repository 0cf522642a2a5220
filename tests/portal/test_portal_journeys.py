"""Klantreis: findings in the order of the journey, and the own label beside how many gemeenten see the same."""

from xml.etree import ElementTree

from portal import curves
from portal.drawing import as_png
from portal.journeys import WHOLE, findings_by_phase, told
from warehouse.reports.journeys import Journey
from warehouse.reports.pages import Page


def theme(name: str, label: str = "", met: int | None = None) -> dict[str, object]:
    return {
        "theme": name, "theme_label": name, "label": label, "kind": "knelpunt", "gemeenten_met": met,
        "gemeenten_totaal": 14,
    }  # fmt: skip


def page(*, themes=(), findings=(), phases=()) -> Page:
    journey = Journey("Klantreis, meting 2026", phases=tuple(phases), themes=(("Knelpunten", tuple(themes)),))
    return Page("t", "GM9001", "Vraagdorp", (), None, (), (), (journey,), findings=tuple(findings))


def test_own_label_stands_beside_the_number_of_gemeenten():
    own = page(themes=[theme("wachten", "vaak"), theme("brieven", "meerdere keren")])
    country = page(themes=[theme("wachten", met=9), theme("doorverwijzen", met=4)])
    (one,) = told(own, country)
    ((_, rows),) = one.themes
    assert [(row.theme, row.own, row.elsewhere) for row in rows] == [
        ("wachten", "vaak", "knelpunt in 9 van 14 gemeenten"),
        ("brieven", "meerdere keren", ""),
        ("doorverwijzen", "", "knelpunt in 4 van 14 gemeenten"),
    ]
    assert one.journey.themes == ()


def test_the_country_itself_is_shown_as_it_is():
    country = page(themes=[theme("wachten", met=9)])
    (one,) = told(country, None)
    assert (one.pooled, one.journey.themes) == (country.journeys[0].themes, ())


def test_findings_follow_the_journey_and_unknown_phases_come_last():
    phases = [
        {"phase": "gesprek", "place": 3, "phase_label": "gesprek"},
        {"phase": "melding", "place": 2, "phase_label": "melding"},
    ]
    rows = [{"phase": name, "text": str(name)} for name in ("gesprek", None, "nazorg_evaluatie", "melding")]
    found = findings_by_phase(page(phases=phases, findings=rows))
    assert [label for label, _ in found] == [WHOLE, "melding", "gesprek", "Nazorg evaluatie"]


def curve(share: float | None = None) -> Journey:
    phases = (("melding", "vooral negatief", 2), ("gesprek & plan", "wisselend", 1))
    rows = [
        {"phase": name, "place": at, "phase_label": name, "label": label, "level": level,
         "share_positive": share, "share_neutral": None, "share_negative": None}
        for at, (name, label, level) in enumerate(phases)
    ]  # fmt: skip
    return Journey("Klantreis, meting 2026", phases=tuple(rows))


def test_a_curve_to_take_along_says_every_phase_in_words(app):
    picture = curves.as_svg(app.state.templates, curve(), "Vraagdorp", "r1")
    drawn = ElementTree.fromstring(picture)
    (said,) = drawn.findall("{http://www.w3.org/2000/svg}desc")
    assert "1. melding: vooral negatief. 2. gesprek & plan: wisselend." in said.text
    assert ">Toegangspeil, uitgave r1.<" in picture
    assert "style=" not in picture
    assert as_png(picture).startswith(b"\x89PNG")


def test_the_table_of_a_curve_holds_what_the_page_shows():
    own = curves.as_csv(curve(40.0), {}, country=False).decode("utf-8-sig")
    assert "vooral negatief" in own
    assert "40" not in own
    country = curves.as_csv(curve(40.0), {}, country=True).decode("utf-8-sig")
    assert "40\N{NO-BREAK SPACE}%" in country
    assert "minder dan 10\N{NO-BREAK SPACE}%" in country


def test_only_studies_with_a_curve_can_be_taken_along(sign_in):
    assert curves.curves_of(page()) == []
    for path in ("/klantreis.svg", "/klantreis.csv?grafiek=99", "/klantreis.pdf", "/klantreis.png?grafiek=x"):
        assert sign_in("movisie").get(path).status_code == 404
