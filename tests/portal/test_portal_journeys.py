"""Klantreis: findings in the order of the journey, and the own label beside how many gemeenten see the same."""

from portal.journeys import WHOLE, findings_by_phase, told
from warehouse.reports.pages import Journey, Page


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
    assert one.journey.themes == country.journeys[0].themes


def test_findings_follow_the_journey_and_unknown_phases_come_last():
    phases = [
        {"phase": "gesprek", "place": 3, "phase_label": "gesprek"},
        {"phase": "melding", "place": 2, "phase_label": "melding"},
    ]
    rows = [{"phase": name, "text": str(name)} for name in ("gesprek", None, "nazorg_evaluatie", "melding")]
    found = findings_by_phase(page(phases=phases, findings=rows))
    assert [label for label, _ in found] == [WHOLE, "melding", "gesprek", "Nazorg evaluatie"]
