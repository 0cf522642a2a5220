"""All questions, years, wishes and response: the same words on the page, in the CSV and in the picture."""

import csv
import io
import re
from functools import partial
from types import SimpleNamespace

import pytest
from small_home import OWN

from portal import curves, dots, grids
from portal.drawing import PLACE, Pictures, as_png, grid_svg
from portal.grids import KINDS, shade
from portal.house import House
from portal.templating import templates
from storage.gemeenten import Gemeente
from warehouse.reports.journeys import Journey
from warehouse.reports.pages import DotTable, Line
from warehouse.reports.shown import NOT_ASKED, Shown

SHADED = [kind for kind in KINDS if kind != "respons"]


@pytest.mark.parametrize("kind", KINDS)
def test_page_csv_and_picture_say_the_same(sign_in, kind):
    client = sign_in("movisie")
    page = client.get(f"/vergelijken/{kind}").text
    rows = list(csv.DictReader(io.StringIO(client.get(f"/vergelijken/{kind}.csv").text)))
    svg = client.get(f"/vergelijken/{kind}.svg").text
    names = re.findall(r'<th scope="row">([^<]+)</th>', page)
    assert list(dict.fromkeys(row["naam"] for row in rows)) == names
    for row in rows:
        words = row["in_woorden"].replace("\N{NO-BREAK SPACE}", " ")
        assert words in page.replace("\N{NO-BREAK SPACE}", " ")
        assert words in svg.replace("\N{NO-BREAK SPACE}", " ")


def test_own_gemeente_first_and_the_country_last(sign_in):
    names = re.findall(r'<th scope="row">([^<]+)</th>', sign_in(f"analyst-{OWN}").get("/vergelijken/alle").text)
    own = names.index("Verzonnen 1")
    assert own == 0
    assert "Landelijk" not in names[:-1]


def test_a_link_shows_the_same_again(sign_in):
    client = sign_in("movisie")
    page = client.get("/vergelijken/alle").text
    link = re.findall(r'href="(/vergelijken/alle\?[^"]+)"', page)[-1].replace("&amp;", "&")
    assert re.findall(r"<td[^>]*>[^<]*", client.get(link).text) == re.findall(r"<td[^>]*>[^<]*", page)


def test_response_goes_whole_into_the_picture_and_as_numbers_into_the_table(sign_in):
    client = sign_in("movisie")
    assert ">iedereen gevraagd<" in client.get("/vergelijken/respons.svg").text
    rows = list(csv.DictReader(client.get("/vergelijken/respons.csv").text.splitlines()))
    counted = [row for row in rows if row["in_woorden"].rstrip(" %").replace(".", "").isdecimal()]
    assert counted
    for row in counted:
        assert float(row["waarde"]) == float(row["in_woorden"].rstrip(" %").replace(".", ""))


def test_response_says_who_is_missing(sign_in):
    page = sign_in("movisie").get("/vergelijken/respons").text
    assert "Wie ontbreekt?" in page
    assert "deden mee" in page


def test_the_png_is_a_picture(sign_in):
    answer = sign_in("movisie").get("/vergelijken/alle.png")
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["x", "ranglijst", "<script>"])
def test_another_picture_does_not_exist(sign_in, kind):
    for suffix in ("", ".csv", ".svg", ".png"):
        assert sign_in("movisie").get(f"/vergelijken/{kind}{suffix}").status_code == 404


@pytest.mark.parametrize(
    ("value", "tone"),
    [(0.0, "h0"), (9.9, "h0"), (10.0, "h1"), (95.0, "h9"), (100.0, "h9"), (None, "")],
)
def test_the_colour_follows_the_value(value, tone):
    assert shade(Shown("x", "published", x=value)) == tone


def test_what_may_not_be_shown_has_no_colour_of_a_value():
    assert shade(Shown("kleine groep beschermd", "suppressed")) == "closed"
    assert shade(NOT_ASKED) == "closed"


def test_a_picture_is_drawn_once_per_key():
    drawn = []
    pictures = Pictures()
    for key in (("r1", 1), ("r1", 1), ("r1", 2)):
        pictures.of(key, lambda: drawn.append(1) or b"x")
    assert len(drawn) == 2


def test_a_name_from_right_to_left_leaves_the_words_of_a_chart_in_order():
    name = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}"
    table = DotTable("Vraag", (name,), ("own",), (Line(name, (NOT_ASKED,)),))
    charts = templates().get_template("charts.html").module
    apart = f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
    assert f'aria-label="{apart}: {apart} niet gevraagd"' in charts.drawing(table, table.lines[0])


def as_pixels(png: bytes) -> bytes:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("L").tobytes()


def test_a_picture_cuts_no_name_and_says_where_it_is_from():
    words = "Door de ondersteuning die ik krijg kan ik beter de dingen doen die ik wil. (andere antwoorden)"
    values = (Shown("70\N{NO-BREAK SPACE}%", "indicative", x=70.0), Shown("kleine groep beschermd", "suppressed"))
    name = "Samenwerkingsverband van de Zeven Verzonnen Dorpen"
    lines = (grids.Line("SV9001", name, values),)
    grid = grids.Grid("alle", "Alle vragen", "Onderzoek, meting 2026", (words, words), lines, {"uitgave": "u-1"})
    svg = grid_svg(templates(), grid)
    drawn = [text for _, text in re.findall(r"<text([^>]*)>([^<]*)</text>", svg)]
    assert name in drawn
    assert " ".join(drawn).count(words) == 2
    assert "70\N{NO-BREAK SPACE}% *" in drawn
    assert drawn[-1].startswith("Toegangspeil, uitgave u-1. * Minder dan 30 mensen. Beschermd:")


def test_who_delivers_together_is_named_under_the_line_of_the_verband():
    members = {"GM9001": "Zeedorp", "GM9002": "Achterdorp"}
    known = {code: Gemeente(code, name, "") for code, name in members.items()}
    known["SV9001"] = Gemeente("SV9001", "Verband", "", members=tuple(members))
    house = SimpleNamespace(gemeenten=known, name_of=lambda code: known[code].name)
    together = partial(House.together, house)
    lines = (grids.Line("SV9001", "Verband", ()), grids.Line("GM9001", "Zeedorp", ()))
    grid = grids.Grid("alle", "Alle vragen", "Onderzoek", (), lines, {})
    page = templates().get_template("grid_lines.html").render(one=grid, own=set(), shade=grids.shade, together=together)
    assert page.count("Achterdorp en Zeedorp leveren hier samen") == 1


@pytest.mark.parametrize("name", ["chart.svg", "grid.svg", "trend.svg", "dots.svg"])
def test_a_picture_names_the_font_that_the_converter_replaces(name):
    source = templates().loader.get_source(templates(), name)[0]
    assert source.count("font-family") == source.count('font-family="Source Sans 3, Arial, sans-serif"') == 1


def test_the_words_of_a_chart_are_drawn_in_the_bitmap_too(sign_in):
    svg = sign_in(f"analyst-{OWN}").get("/vergelijken.svg").text
    silent = re.sub(r"<text.*?</text>", "", svg, flags=re.S)
    assert as_pixels(as_png(svg)) != as_pixels(as_png(silent))


def test_every_chart_of_perspectives_can_be_taken_along_as_picture_and_table(sign_in):
    client = sign_in(f"analyst-{OWN}")
    page = client.get(f"/perspectieven?gebied={OWN}").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/perspectieven\.\w+\?[^"]+)"', page)]
    assert {link.partition("?")[0][-3:] for link in links} == {"csv", "svg", "png"}
    svg, png, table = (client.get(next(link for link in links if kind in link)) for kind in (".svg", ".png", ".csv"))
    assert svg.text.startswith("<svg")
    assert "<desc>" in svg.text
    assert ">Toegangspeil, uitgave r1." in svg.text
    assert png.content.startswith(b"\x89PNG")
    assert table.text.splitlines()[0].replace('"', "") == (
        "uitgave,gebied,naam,samen,onderwerp,reeks,waarde,basis,status,in_woorden"
    )
    for bad in (
        "/perspectieven.exe",
        "/perspectieven.svg?tabel=99",
        "/perspectieven.svg?tabel=-1",
        "/perspectieven.csv?gebied=X",
    ):
        assert client.get(bad).status_code == 404, bad
    assert sign_in("beheerder").get(links[0]).status_code == 403


def test_a_table_to_keep_names_who_delivers_together():
    lines = (grids.Line("SV9001", "Verband", (Shown("40 %", "published", x=40.0),)),)
    grid = grids.Grid("alle", "Alle vragen", "Onderzoek", ("Vraag",), lines, {"uitgave": "u-1"})
    head, row = grids.as_csv(grid, lambda area: f"bij {area}").decode("utf-8-sig").splitlines()
    found = dict(zip(head.split(","), row.split(","), strict=True))
    assert found['"samen"'] == '"bij SV9001"'


def test_a_table_of_one_area_to_keep_says_of_whom_it_is():
    place = dict(zip(PLACE, ("u-1", "SV9001", "Verband", "Achterdorp en Zeedorp leveren hier samen"), strict=True))
    table = DotTable("t", ("Inwoners",), ("resident",), (Line("Uitgangspunt", (Shown("40 %", "published"),)),))
    (row,) = csv.DictReader(io.StringIO(dots.as_csv(table, place).decode("utf-8-sig")))
    assert place.items() <= row.items()
    curve = Journey("Klantreis", phases=({"phase_label": "melding", "label": "wisselend"},))
    (row,) = csv.DictReader(io.StringIO(curves.as_csv(curve, place, country=False).decode("utf-8-sig")))
    assert place.items() <= row.items()


def test_a_picture_of_years_says_who_stands_behind_the_country():
    lines = (grids.Line("NL", "Landelijk", (Shown("40 %", "published", x=40.0),)),)
    grid = grids.Grid("jaren", "Door de jaren heen", "Onderzoek", ("Meting 2025",), lines, {"uitgave": "u-1"})
    words = "Let op: achter Landelijk staan niet elk jaar dezelfde gemeenten. " * 4
    plain, noted = (grid_svg(templates(), grid, behind) for behind in ("", words))
    drawn = [text for _, text in re.findall(r"<text([^>]*)>([^<]*)</text>", noted)]
    assert words.strip() in " ".join(drawn)
    heights = [int(re.search(r'height="(\d+)"', svg)[1]) for svg in (plain, noted)]
    assert heights[1] > heights[0]
