"""Reports: self-contained, readable without a picture, and never more than what is published."""

import re
import zlib
from html.parser import HTMLParser

import pytest
from helpers_warehouse import BOOKS, answers, publish, scan, source

from domain.dutch import day
from domain.instruments import awaited
from domain.vocabulary import Audience
from warehouse.exports import Labels
from warehouse.published import ReleaseMeta, write_release
from warehouse.reports import write_pdf, write_reports
from warehouse.reports.pages import DotTable, Line
from warehouse.reports.pages import Page as ReportPage
from warehouse.reports.residents import for_residents as for_residents_
from warehouse.reports.shown import Shown, curve_share, shown
from warehouse.reports.write import RESIDENTS

SECRET_N = 7
"""Real number of people in the smallest gemeente; stands nowhere else in this data."""


def meta(audience=Audience.DEELNEMERS):
    return ReleaseMeta("r1", "Proef", "2026-11-22", audience, 10, "c" * 64, "0.1.0", ("Movisie",))


def sources():
    found = [
        source(
            f"GM900{i}", {"ervaring": answers(eens=20 + i, oneens=21), "verbetering": ["regie_zeggenschap"] * (41 + i)}
        )
        for i in (1, 2, 3)
    ]
    found.append(source("GM9001", {"ervaring": answers(eens=25, oneens=5)}, doelgroep="professional"))
    found.append(source("GM9004", {"ervaring": answers(oneens=SECRET_N)}, invited=937))
    steps = {
        "pseudonym": [f"j{i}" for i in range(12)],
        "phase": ["melding"] * 12,
        "emotion": ["1"] * 12,
        "knelpunten": ["wachttijd"] * 12,
    }
    found += [source(f"GM900{i}", steps, book=BOOKS.get("klantreis@1.0"), doelgroep="client") for i in (1, 2, 3)]
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    tables = publish(sources())
    files = write_release(tables, meta(), tmp_path_factory.mktemp("published"))
    return {path.name: path.read_text(encoding="utf-8") for path in write_reports(tables, meta(), files.reports)}


@pytest.fixture(scope="module")
def reports(written):
    """For councils."""
    return {name: html for name, html in written.items() if RESIDENTS not in name}


@pytest.fixture(scope="module")
def for_residents(written):
    return {name: html for name, html in written.items() if RESIDENTS in name}


class Page(HTMLParser):
    """Collects what a browser would fetch, pictures without text, and the text itself."""

    def __init__(self):
        super().__init__()
        self.fetched, self.silent, self.text, self.charts, self.tables, self.open = [], 0, [], 0, 0, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.open.append(tag)
        self.fetched += [v for k, v in attrs if k in ("src", "href", "data", "action", "srcset") and v[:1] != "#"]
        if tag in ("script", "iframe", "link", "img", "object"):
            self.fetched.append(tag)
        if tag == "svg":
            self.charts += given.get("role") == "img"
            self.silent += not (given.get("aria-label") or given.get("aria-hidden"))
        self.tables += tag == "table"

    def handle_endtag(self, tag):
        self.open = self.open[: len(self.open) - 1 - self.open[::-1].index(tag)]

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def read(html):
    page = Page()
    page.feed(html)
    return page


def test_there_is_a_report_per_gemeente_and_one_for_movisie(reports):
    assert list(reports) == ["GM9001.html", "GM9002.html", "GM9003.html", "GM9004.html", "landelijk.html"]


def test_beside_every_report_stands_one_for_residents(reports, for_residents):
    assert [name.replace(RESIDENTS, "") for name in for_residents] == list(reports)


def test_residents_read_what_was_said_in_plain_words(for_residents):
    text = " ".join(" ".join(read(for_residents["GM9001-inwoners.html"]).text).split())
    assert "Wat is er met uw inbreng gedaan?" in text
    assert re.search(r"\d+ van de 100 mensen", text)
    assert "indicatief" not in text.lower()
    assert "marge" not in text.lower()


def test_residents_of_a_small_gemeente_read_why_nothing_is_shown(for_residents):
    text = " ".join(" ".join(read(for_residents["GM9004-inwoners.html"]).text).split())
    assert "Er deden te weinig mensen mee om iets te laten zien" in text
    assert not re.search(rf"\b({SECRET_N}|937)\b", text)


def test_residents_see_no_value_that_the_council_does_not(reports, for_residents):
    for name, html in for_residents.items():
        council = " ".join(read(reports[name.replace(RESIDENTS, "")]).text)
        for share in re.findall(r"(\d+) van de 100 mensen", html):
            assert f"{share}\N{NO-BREAK SPACE}%" in council, name


def test_a_report_fetches_nothing(written):
    for html in written.values():
        assert read(html).fetched == []
        assert "url(" not in html
        assert "http" not in html


def test_every_chart_has_a_text_and_stands_in_or_above_a_table(reports):
    for html in reports.values():
        page = read(html)
        assert page.silent == 0
        assert page.tables
    assert read(reports["GM9001.html"]).charts > 5


def test_reports_are_dutch_and_tell_how_to_read_them(reports):
    for html in reports.values():
        assert '<html lang="nl">' in html
        assert "Zo leest u dit rapport" in html


def test_a_small_gemeente_is_told_in_words(reports):
    assert "kleine groep beschermd" in reports["GM9004.html"]
    assert "kleine groep beschermd" in reports["landelijk.html"]


@pytest.mark.parametrize("name", ["GM9004.html", "landelijk.html"])
def test_no_report_shows_a_real_count_of_a_closed_group(reports, name):
    text = " ".join(read(reports[name]).text)
    assert not re.search(rf"\b({SECRET_N}|937) ?(mensen|%)?\b(?! procentpunten)", text.replace("7,5", ""))


def test_movisie_sees_in_how_many_gemeenten_something_is_a_knelpunt(reports):
    assert "knelpunt in 3 van 3 gemeenten" in reports["landelijk.html"]


def test_gemeenten_stand_in_alphabet_with_the_country_last(reports):
    part = reports["landelijk.html"].split('id="gemeenten"')[1].split("</table>")[0]
    names = re.findall(r'<th scope="row" class="label">([^<]+)', part)
    assert names == ["Verzonnen 1", "Verzonnen 2", "Verzonnen 3", "Verzonnen 4", "Landelijk"]


def test_residents_and_professionals_stand_side_by_side(reports):
    part = reports["GM9001.html"].split('id="perspectieven"')[1].split("</table>")[0]
    for name in ("Inwoners", "Professionals", "Inwoners landelijk"):
        assert f"{name}</th>" in part


def test_the_same_tables_give_the_same_report(tmp_path):
    tables = publish(sources())
    first, second = ([p.read_bytes() for p in write_reports(tables, meta(), tmp_path / name)] for name in "ab")
    assert first == second


def test_the_open_report_is_about_the_country_only(tmp_path):
    paths = write_reports(publish(sources()), meta(Audience.OPENBAAR), tmp_path)
    assert [path.name for path in paths] == ["landelijk.html", "landelijk-inwoners.html"]
    assert "Verzonnen 1" not in paths[0].read_text(encoding="utf-8")


def test_text_from_a_delivery_cannot_become_markup(tmp_path):
    votes = {"onderwerp": ["<script>x</script>"] * 12, "score": ["1"] * 12}
    tables = publish([source("GM9001", votes, book=BOOKS.get("klantenpanel@1.0"))])
    html = write_reports(tables, meta(), tmp_path)[0].read_text(encoding="utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_name_from_right_to_left_leaves_the_report_in_order(tmp_path):
    name = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}"
    votes = {"onderwerp": [name] * 12, "score": ["1"] * 12}
    tables = publish([source("GM9001", votes, book=BOOKS.get("klantenpanel@1.0"))])
    html = write_reports(tables, meta(), tmp_path)[0].read_text(encoding="utf-8")
    assert html.count(name) == html.count(f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}") > 0


def test_residents_do_not_read_an_uitgangspunt_without_words():
    lines = tuple(Line(words, (Shown("65 %", "published", x=65.0),)) for words in (awaited("uitgangspunt_a"), "Zin."))
    table = DotTable("Perspectieven", ("Inwoners",), ("resident",), lines)
    page = for_residents_(ReportPage("Rapport", "GM9001", "Verzonnen 1", (), table, (), (), ()))
    assert [said.text for study in page.studies for said in study.said] == ["Zin."]
    assert page.unworded == 1


def test_words_of_a_value():
    row = {"status": "published", "value": 65.0, "step": 5.0, "label": None, "base": 40, "statistic": "share_positive"}
    assert shown(row).text == "65\N{NO-BREAK SPACE}%"
    assert shown({**row, "value": 7.5, "step": 0.1, "statistic": "mean"}).text == "7,5"
    assert shown({**row, "status": "suppressed", "value": None}).text == "kleine groep beschermd"
    assert shown(None).text == "niet gevraagd"
    assert day("2026-11-02") == "2 november 2026"


@pytest.mark.parametrize(
    ("label", "shares", "said"),
    [
        ("wisselend", (None, 50.0, 50.0), ("minder", "50", "50")),
        ("vooral positief", (None, None, None), ("meer", "minder", "minder")),
        ("vooral negatief", (None, 20.0, 80.0), ("minder", "20", "80")),
        ("wisselend", (None, None, None), ("minder", "meer", "minder")),
    ],
)
def test_a_masked_share_of_a_phase_is_at_the_end_its_label_tells(label, shares, said):
    parts = ("share_positive", "share_neutral", "share_negative")
    row = {"label": label, **dict(zip(parts, shares, strict=True))}
    assert tuple(curve_share(row, part).replace("\N{NO-BREAK SPACE}", " ").split()[0] for part in parts) == said


def test_two_questions_with_the_same_words_can_be_told_apart():
    usual = source("GM9001", {"ervaring": answers(eens=30, oneens=20)})
    other = source(
        "GM9002", {"ervaring": ["1"] * 30 + ["2"] * 20}, book=scan({"1": "eens", "2": "oneens"}, version="2")
    )
    names = Labels(publish([usual, other]))
    assert names.question("toegangsscan", "ervaring") == "Regie en zeggenschap"
    assert names.question("toegangsscan", "ervaring@scan-2") == "Regie en zeggenschap (andere antwoorden)"


def test_a_report_becomes_a_tagged_pdf_where_the_libraries_are(reports, tmp_path):
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("pango is not on this machine")
    path = tmp_path / "GM9001.html"
    path.write_text(reports["GM9001.html"], encoding="utf-8")
    content = write_pdf(path).read_bytes()
    assert content[:5] == b"%PDF-"
    objects = b"".join(unpacked(part) for part in re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL))
    assert b"/MarkInfo" in objects
    assert b"/StructTreeRoot" in objects


def unpacked(part):
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_who_delivers_together_is_named_in_every_report(tmp_path):
    paths = write_reports(publish(sources()), meta(), tmp_path, {"GM9001": ["Achterdorp", "Zeedorp"]})
    said = {path.name: "Achterdorp, Zeedorp" in path.read_text(encoding="utf-8") for path in paths}
    named = {name for name, yes in said.items() if yes}
    assert named == {"GM9001.html", f"GM9001{RESIDENTS}.html", "landelijk.html"}


@pytest.mark.parametrize(
    ("before", "said"),
    [((1, 2, 3), "dezelfde 3 gemeenten"), ((1, 2, 3, 4), "Let op: achter Landelijk staan niet elk jaar dezelfde")],
)
def test_the_report_of_the_country_says_whether_its_years_may_be_compared(tmp_path, before, said):
    """The question is no uitgangspunt, so that it stands among the outcomes per question."""
    cijfer = {"cijfer": ["8", "6"] * 30}
    years = [("2025", before), ("2026", (1, 2, 3))]
    found = [source(f"GM900{at}", cijfer, meting=year) for year, areas in years for at in areas]
    pages = {path.name: path.read_text(encoding="utf-8") for path in write_reports(publish(found), meta(), tmp_path)}
    assert said in pages["landelijk.html"]
    assert not any(said in html for name, html in pages.items() if name.startswith("GM"))
