"""One question through the years as lines: gaps where nothing may be shown, with the reason, and no ranking."""

import re
from xml.etree import ElementTree

import pytest
from small_home import OWN

from portal.grids import Grid, Line
from portal.templating import templates
from portal.trend import Trend, drawn_lines, svg, trend
from warehouse.reports.shown import NOT_ASKED, Shown

SMALL = Shown("kleine groep beschermd", "suppressed")
OTHERWISE = Shown("anders gevraagd", "not_comparable")
MOST = Shown("meer dan 90 %", "published", x=95.0, low=90.0, high=100.0, masked=True)


def share(value: float) -> Shown:
    return Shown(f"{value:.0f} %", "published", x=value, low=value - 5, high=value + 5)


def grid(*lines: Line, columns: int = 4) -> Grid:
    years = tuple(f"Meting {2022 + at}" for at in range(columns))
    return Grid("jaren", "Door de jaren heen: de hulp past", "CEO Wmo", years, lines, {"maat": "share_positive"})


def line(area: str, *values: Shown) -> Line:
    return Line(area, f"Naam van {area}", values)


def made(*lines: Line, own: str = "GM1", beside: str = "", **how: int) -> Trend:
    found = trend(grid(*lines, **how), frozenset({own}), beside, mark=False)
    assert found is not None
    return found


def drawing(one: Trend) -> ElementTree.Element:
    return ElementTree.fromstring(svg(templates(), one, "r1"))


@pytest.mark.parametrize("closed", [SMALL, OTHERWISE, NOT_ASKED])
def test_a_closed_meting_breaks_the_line_and_says_why(closed):
    one = made(line("GM1", share(40), share(50), closed, share(60)))
    assert [len(run.split()) for run in one.lines[0].runs] == [2]
    picture = drawing(one)
    assert closed.text in "".join(picture.itertext())
    assert len(picture.findall("{*}polyline")) == 1
    assert len(picture.findall("{*}circle")) == 3 + 1  # three values, and the mark in front of the name


def test_a_masked_share_is_a_bar_without_a_point_or_line():
    one = made(line("GM1", share(80), MOST, share(80)), columns=3)
    assert one.lines[0].runs == []
    assert one.lines[0].points[1].y is None
    assert any(float(bar.get("opacity", "1")) < 1 for bar in drawing(one).findall("{*}rect"))


def test_higher_stands_higher_and_later_stands_to_the_right():
    points = made(line("GM1", share(20), share(40)), columns=2).lines[0].points
    assert points[0].x < points[1].x
    assert points[0].y > points[1].y


def test_own_chosen_and_country_in_the_order_of_the_page():
    many = [line(f"GM{n}", share(n), share(n)) for n in range(1, 30)] + [line("NL", share(50), share(50))]
    assert [one.area for one in drawn_lines(many, frozenset({"GM7"}), "GM20")] == ["GM7", "GM20", "NL"]
    assert [one.area for one in drawn_lines(many, frozenset(), "")] == ["NL"]
    assert [one.area for one in drawn_lines(many[:3], frozenset(), "")] == ["GM1", "GM2", "GM3"]


def test_every_line_has_a_mark_of_its_own_and_not_a_colour_alone():
    kinds = [one.kind for one in made(*(line(f"GM{n}", share(n), share(n)) for n in range(6)), columns=2).lines]
    assert len(set(kinds)) == 6


@pytest.mark.parametrize(
    ("lines", "columns"),
    [((line("GM1", share(40)),), 1), ((line("GM1", SMALL, SMALL),), 2), ((), 3)],
)
def test_without_two_years_or_a_value_there_is_no_chart(lines, columns):
    assert trend(grid(*lines, columns=columns), frozenset({"GM1"}), "", mark=False) is None


def test_a_name_cannot_become_markup():
    bad = Line("GM1", "<script>alert(1)</script>", (share(1), share(2)))
    picture = svg(templates(), made(bad, columns=2), "r1")
    assert "<script" not in picture
    assert ElementTree.fromstring(picture).tag.endswith("svg")


def test_the_page_says_when_there_is_one_meting_only(sign_in):
    page = sign_in(f"analyst-{OWN}").get("/vergelijken/jaren").text
    assert "Er is nog maar één meting." in page
    assert sign_in("movisie").get("/vergelijken/jaren?naast=<script>").status_code == 200


def test_page_and_downloads_hold_the_lines(sign_in, app, monkeypatch):
    years = grid(line(OWN, share(40), SMALL, share(60)), line("NL", share(50), share(52), share(55)), columns=3)
    years.query.update(uitgave="r1", onderzoek="toegangsscan.2026.inwoner", vraag="ervaring")
    monkeypatch.setattr("portal.pages.compare.grid_of", lambda *_: years)
    drawn = []
    monkeypatch.setattr("portal.pages.compare.trend_svg", lambda *a, **k: drawn.append(a[2:]) or svg(*a, **k))
    client = sign_in(f"analyst-{OWN}")
    pages = {re.sub(r'value="[0-9a-f]{64}"', "", client.get(f"/vergelijken/jaren?naast={OWN}").text) for _ in "ab"}
    (page,) = pages
    assert drawn == [()]  # the second visit gets the same drawing
    assert f"naast={OWN}" in page
    assert re.search(r'aria-label="grafiek"', page)
    inline = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns")) + 6]
    assert " style=" not in inline
    alone = client.get(f"/vergelijken/jaren.svg?naast={OWN}").text
    points = re.findall(r'points="([^"]+)"', inline)
    assert points == re.findall(r'points="([^"]+)"', alone)
    assert years.title in alone
    assert "Landelijk gaat in elke meting over dezelfde 1 gemeente" in alone
    assert "Toegangspeil, uitgave r1. Beschermd:" in alone
    assert "Toegangspeil, uitgave" not in inline
    assert client.get("/vergelijken/jaren.png").content.startswith(b"\x89PNG")
    assert "kleine groep beschermd" in client.get("/vergelijken/jaren.csv").text
