"""What readers get: the same figures in chart, table and CSV; and what everybody gets: headers and plain errors."""

import csv
import io
import re

import pytest
from browsing import post, token_of
from small_home import NAMES, OTHER, OWN

from domain.vocabulary import Role
from portal import uploads
from portal.words import DOES
from register.downloads import downloads_of
from storage.codebooks import Codebooks


def compare(client, **asked):
    return client.get("/vergelijken", params=asked)


def test_the_start_page_says_what_each_role_does_here(sign_in):
    assert set(DOES) == set(Role)
    for user, said in (("movisie", "Antwoorden van mensen ziet u nooit"), (f"privacy_officer-{OWN}", "U keurt regels")):
        assert said in sign_in(user).get("/").text


def test_a_release_of_one_gemeente_says_so_in_the_singular(sign_in, house):
    page = sign_in("movisie").get("/").text
    assert not re.search(r"met 1 gemeenten", page)
    assert re.search(r"met (1 gemeente|\d+ gemeenten en verbanden)\.", page)


def test_rules_that_wait_come_first_and_the_others_by_the_alphabet(sign_in):
    rows = sign_in("privacy_officer").get("/regels").text.split("<tr>")[2:]
    waits = ["wacht op beslissing" in row for row in rows]
    assert waits == sorted(waits, reverse=True)
    titles = [re.search(r">([^<]+)</a>", row)[1].casefold() for row, wait in zip(rows, waits, strict=True) if not wait]
    assert len(titles) > 5
    assert titles == sorted(titles)


def test_own_gemeente_first_then_the_alphabet_and_the_country_last(sign_in):
    for user, first in (
        (f"analyst-{OWN}", "Verzonnen 1"),
        ("movisie", "Verzonnen 1"),
        (f"analyst-{OTHER}", "Verzonnen 2"),
    ):
        names = re.findall(r'<th scope="row" class="label">([^<]+)</th>', compare(sign_in(user)).text)
        assert names[0] == first
        own, country = names[: names.index("Landelijk")] if "Landelijk" in names else names, names[-1]
        assert own[1:] == sorted(own[1:])
        assert "Landelijk" not in names or country == "Landelijk"


def test_the_csv_says_exactly_what_the_page_shows(sign_in):
    client = sign_in("movisie")
    page = compare(client).text
    link = re.search(r'href="/vergelijken\.csv\?([^"]+)"', page)[1].replace("&amp;", "&")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/vergelijken.csv?{link}").text)))
    names = re.findall(r'<th scope="row" class="label">([^<]+)</th>', page)
    assert [row["naam"] for row in rows] == names[: len(rows)]
    for row in rows:
        assert row["in_woorden"].replace("\N{NO-BREAK SPACE}", " ") in page.replace("\N{NO-BREAK SPACE}", " ")
        if row["status"] == "kleine groep beschermd":
            assert row["waarde"] == ""


def test_a_link_shows_the_same_again(sign_in):
    client = sign_in("movisie")
    link = re.search(r'href="(/vergelijken\?[^"]+)"', compare(client).text)[1].replace("&amp;", "&")
    again = client.get(link).text
    assert re.findall(r"<h2[^>]*>([^<]+)", again)[0] == re.findall(r"<h2[^>]*>([^<]+)", compare(client).text)[0]


def test_the_picture_has_words_for_who_cannot_see_it(sign_in):
    svg = sign_in("movisie").get("/vergelijken.svg").text
    assert "<desc>" in svg
    assert "Verzonnen 1" in svg


@pytest.mark.parametrize("asked", [{"onderzoek": "x.y.z"}, {"vraag": "<script>"}, {"maat": "'; drop table x"}])
def test_what_does_not_exist_falls_back_and_is_never_repeated(sign_in, asked):
    answer = compare(sign_in("movisie"), **asked)
    assert answer.status_code == 200
    assert next(iter(asked.values())) not in answer.text


def test_every_download_is_written_down_first(sign_in, house):
    before = len(downloads_of(house.register))
    answer = sign_in("movisie").get("/gegevens/r1/csv/fact_result.csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="r1-fact_result.csv"'
    last = downloads_of(house.register)[before]
    assert (last.user, last.organisation, last.file) == ("movisie", "Movisie", "csv/fact_result.csv")


def test_files_come_down_under_the_names_that_the_page_gives(sign_in):
    """Else the syntax for SPSS on the same page opens nothing."""
    client = sign_in("movisie")
    page = client.get("/gegevens").text
    named = dict(re.findall(r'href="(/gegevens/[^"]+)" download>.*?data-name="Bestand">([^<]+)<', page))
    assert len(named) > 20
    for path, name in list(named.items())[:6]:
        assert client.get(path).headers["content-disposition"] == f'attachment; filename="{name}"'
    told = re.findall(r'r1-[\w.]+\.(?:csv|parquet|xlsx)(?=["<&])', page[page.index("Zo opent u") :])
    assert {"r1-tabellenboek.xlsx", "r1-fact_result.parquet"} <= set(told) <= set(named.values())


def test_a_report_as_pdf_is_written_down_too(sign_in, house):
    answer = sign_in("movisie").get("/rapporten/r1/landelijk.pdf")
    assert answer.content.startswith(b"%PDF")
    assert downloads_of(house.register)[-1].file == "rapporten/landelijk.pdf"


def test_the_whole_release_keeps_the_name_that_the_page_gives_it(sign_in):
    """The lines of Python and R on the page open it by that name."""
    taken = sign_in("movisie").get("/gegevens/r1/r1.duckdb")
    assert 'filename="r1.duckdb"' in taken.headers["content-disposition"]


@pytest.mark.parametrize("name", ["../../register.db", "..%2f..%2fregister.db", "csv/../../r1.withdrawn.json", ""])
def test_only_known_files_can_be_taken(sign_in, name):
    assert sign_in("movisie").get(f"/gegevens/r1/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/inloggen", "/", "/bestaat-niet", "/static/app.css", "/health"])
def test_every_answer_carries_the_headers(anonymous, path):
    headers = anonymous.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/bestaat-niet", "/bijdragen/abc", "/regels/99999999999999999999"])
def test_what_is_not_there_is_said_in_dutch(sign_in, path):
    answer = sign_in("privacy_officer").get(path)
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text


def test_a_mishap_tells_no_path_stack_or_value(app, sign_in, monkeypatch):
    def fails(*_args, **_kwargs):
        raise ValueError("Jan Verzonnen, /home/x")

    monkeypatch.setattr("portal.pages.accountability.ledger_lines.newest", fails)
    answer = sign_in("privacy_officer").get("/verantwoording")
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.text
    assert "default-src" in answer.headers["content-security-policy"]
    for leak in ("Verzonnen", "/home", "Traceback", "ValueError"):
        assert leak not in answer.text


def test_a_body_that_is_too_large_is_stopped(anonymous):
    answer = anonymous.post("/inloggen", data={"naam": "x" * 400_000})
    assert answer.status_code == 413


ANSWERS = {
    "codeboek": "ceo_wmo@2016.1", "meting": "2026", "begin": "2026-01-01", "einde": "2026-06-30",
    "doelgroep": "client", "gevraagd": "200", "steekproef": "allen", "grondslag": "6_1_c_wmo_2_5_1",
    "gezondheid": "wmo_5_1_1", "gezondheid_reden": "wettelijk onderzoek", "brief": "brief-1",
    "brief_datum": "2026-01-05", "ontvangers": "Movisie", "zichtbaar": "movisie", "knop": "aanleveren",
}  # fmt: skip


def whole(content: bytes, *, but: str = "") -> bytes:
    """Answers of the CEO Wmo with an empty column for every question that the list asks for and that is not there."""
    head, *rows = content.decode().splitlines()
    asked = [name for name, column in Codebooks().get("ceo_wmo@2016.1").rows.items() if column.required]
    more = [name for name in asked if name not in (*head.split(";"), but)]
    return "\n".join([";".join([head, *more]), *(row + ";" * len(more) for row in rows), ""]).encode()


CEO = whole(b"ceo01_vindbaarheid;ceo02_snelheid\n1;2\n")


def upload(client, *files, gemeente=OWN, **fields):
    """Both steps of the upload; the answer of the step that ended it."""
    form = {"token": token_of(client, "/aanleveringen/nieuw"), "gemeente": gemeente}
    sent = [("bestanden", (name, content, "application/octet-stream")) for name, content in files]
    answer = client.post("/aanleveringen/nieuw", data=form, files=sent)
    to = answer.headers.get("location", "")
    if not to.startswith("/aanleveringen/nieuw/"):
        return answer
    token = token_of(client, to)
    said = {"cijfers-1-eens": "zo", **ANSWERS, "gemeente": gemeente, "token": token}
    return client.post(to.partition("?")[0], data=said | fields)


def inbox(house):
    return sorted(path.name for path in house.places.inbox.glob(f"{OWN}/*"))


def test_an_upload_stands_complete_in_the_inbox_and_in_the_queue(sign_in, house):
    answer = upload(sign_in(f"data_steward-{OWN}"), ("ceo.csv", CEO))
    assert answer.status_code == 303
    (name,) = inbox(house)
    files = {path.name for path in (house.places.inbox / OWN / name).iterdir()}
    assert files == {"ceo.csv", "delivery.yaml"}
    assert not list(house.places.inbox.glob(".*"))
    assert "Nu bezig" in sign_in(f"data_steward-{OWN}").get("/aanleveringen").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ceo.exe", b"MZ"), ("ceo.csv", b"PK\x03\x04zip"), ("ceo.xlsx", b"V1;V2"), ("ceo.sav", b"niet"),
        (".csv", b"a;b"),
        ("../ceo.csv", b"a;b"), ("ceo\n.csv", b"a;b"), ("ceo.csv", b"a\0b"), ("<script>.csv", b"a;b"), ("ceo.csv", b""),
    ],
)  # fmt: skip
def test_wrong_names_and_wrong_contents_are_refused_whole(sign_in, house, name, content):
    before = inbox(house)
    answer = upload(sign_in(f"data_steward-{OWN}"), (name, content))
    assert answer.status_code == 409
    assert "<script>" not in answer.text
    assert inbox(house) == before
    assert not list(house.places.inbox.glob(".*"))


def test_too_large_a_file_is_refused(sign_in, house, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 100)
    before = inbox(house)
    assert upload(sign_in(f"data_steward-{OWN}"), ("ceo.csv", b"a;b\n" * 3000)).status_code == 409
    assert inbox(house) == before


@pytest.mark.parametrize("field", ["gemeente", "manifest"])
def test_nobody_delivers_for_another_gemeente(sign_in, house, field):
    client = sign_in(f"data_steward-{OWN}")
    if field == "gemeente":
        answer = upload(client, ("ceo.csv", CEO), gemeente=OTHER)
    else:
        manifest = (
            f"gemeenten: [{OWN}, {OTHER}]\nper_row: true\ninstrument: ceo_wmo\n"
            "meting: {name: '2026', start: 2026-01-01, end: 2026-06-30}\ncodebook: ceo_wmo@2016.1\n"
            "doelgroepen: {client: {steekproef: allen}}\nlegal_basis: 6_1_c_wmo_2_5_1\n"
            "role_movisie: ontvanger_van_tabellen\nnotice: brief\nfiles: [{path: ceo.csv}]\n"
        )
        answer = upload(client, ("ceo.csv", b"a;b"), ("delivery.yaml", manifest.encode()))
    assert answer.status_code == 409
    assert not list(house.places.inbox.glob(f"{OTHER}/*"))


def test_a_bad_manifest_names_the_field_and_not_the_value(sign_in):
    answer = upload(sign_in(f"data_steward-{OWN}"), ("ceo.csv", CEO), meting="12345678 Jansen &lt;")
    assert answer.status_code == 409
    alert = re.search(r'role="alert">(.*?)</div>', answer.text, re.S)[1]
    assert "meting" in alert
    assert "Jansen" not in alert


def test_the_ledger_can_be_checked_and_filtered(sign_in):
    client = sign_in("privacy_officer")
    assert "Het logboek klopt" in post(client, "/verantwoording/controleren", page="/verantwoording").text
    acts = re.findall(r'class="act">([^<]+)<', client.get("/verantwoording?wat=uitgave").text)
    assert acts
    assert all("itgave" in act for act in acts)


def test_a_possible_datalek_starts_the_clock(sign_in):
    client = sign_in(f"data_steward-{OWN}")
    refused = post(client, "/datalek", wat="het bestand van Jan Verzonnen, 06-12345678, ging mis")
    assert refused.status_code == 409
    assert "In uw tekst lijkt een naam, adres of nummer van iemand te staan" in refused.text
    assert "06-12345678" not in refused.text
    told = post(client, "/datalek", wat="een bestand naar een verkeerd adres", uitgave="r1")
    assert told.status_code == 303
    officer = sign_in(f"privacy_officer-{OWN}")
    assert re.search(r"Mogelijk datalek \d+ afronden voor \d+ \w+ \d{4}, \d\d:\d\d", officer.get("/").text)
    page = officer.get("/verantwoording").text
    assert "Wat er gebeurde: een bestand naar een verkeerd adres" in page, "who decides must be able to read it"
    assert f"Gemeld door data_steward-{OWN}. Het gaat over uitgave r1." in page
    assert not re.search(r"\d{4}-\d\d-\d\dT", page), "no moment as a machine writes it"


def test_the_check_of_the_ledger_says_its_moment_in_words(sign_in):
    client = sign_in("privacy_officer")
    page = post(client, "/verantwoording/controleren", page="/verantwoording").text
    assert re.search(r"regels, getekend op \d+ \w+ \d{4}, \d\d:\d\d", page)


@pytest.mark.parametrize("user", [f"analyst-{OWN}", "movisie"])
def test_who_reads_the_figures_reports_a_datalek_from_any_page(sign_in, user):
    client = sign_in(user)
    assert 'href="/datalek">Mogelijk datalek melden' in client.get("/vergelijken").text
    assert '<a class="utrecht-link" href="/">' in client.get("/datalek").text
    told = post(client, "/datalek", wat="iemand is te herkennen aan een citaat", uitgave="r1")
    assert "De klok van 72 uur loopt" in client.get(told.headers["location"]).text
    assert "iemand is te herkennen aan een citaat" in sign_in("privacy_officer").get("/verantwoording").text


def test_a_datalek_of_no_gemeente_is_seen_by_every_officer_and_one_of_a_gemeente_by_hers(sign_in):
    movisie = sign_in("movisie")
    assert NAMES[OTHER] in movisie.get("/datalek").text
    post(movisie, "/datalek", wat="ergens staat iemand")
    post(movisie, "/datalek", wat="hier staat iemand", gemeente=OTHER)
    officer = sign_in(f"privacy_officer-{OWN}")
    page = officer.get("/verantwoording").text
    assert "hier staat iemand" not in page
    numbers = re.findall(r"<b>Melding (\d+)</b>(?=.*ergens staat iemand)", page)
    assert f"Mogelijk datalek {numbers[-1]} lezen: de gemeente is niet bekend" in officer.get("/").text
    assert "gemeente is niet bekend" not in sign_in(f"data_steward-{OWN}").get("/").text
    everywhere = page.partition("ergens staat iemand")[2].partition("</li>")[0]
    assert "vraag de beheerder er een aan te wijzen" in everywhere
    assert "<form" not in everywhere
    theirs = sign_in(f"privacy_officer-{OTHER}").get("/verantwoording").text
    assert "<form" in theirs.partition("hier staat iemand")[2].partition("</li>")[0]
    assert 'name="gemeente"' not in sign_in(f"data_steward-{OWN}").get("/datalek").text


def test_a_steward_finds_the_papers_texts_and_the_leak_button_but_no_ledger(sign_in):
    client = sign_in(f"data_steward-{OWN}")
    assert 'href="/verantwoording"' in client.get("/").text
    page = client.get("/verantwoording").text
    links = set(re.findall(r'href="(/[a-z/]+)"', page))
    assert {"/datalek", "/teksten", "/stukken", "/bewaren"} <= links
    assert {client.get(path).status_code for path in links} == {200}
    assert "<h2" not in page
    assert "Controleer het logboek" not in page
    assert post(client, "/verantwoording/controleren", page="/datalek").status_code == 403


BELOW = {
    "/bijdragen/1": "/bijdragen", "/uitgaven/r1": "/uitgaven", "/aanleveringen/nieuw": "/aanleveringen",
    "/regels/1": "/regels", "/nakijken/regels": "/nakijken", "/bevindingen/nieuw": "/nakijken",
    "/gegevens/woordenboek": "/gegevens", "/rapporten/r1": "/gegevens", "/microdata": "/gegevens",
    "/bewaren": "/verantwoording", "/stukken": "/verantwoording",
    "/advies": "/verantwoording", "/teksten": "/verantwoording", "/teksten/1": "/teksten",
    "/verantwoording/opgehaald": "/verantwoording", "/verantwoording/rollen": "/verantwoording",
    "/datalek": "/verantwoording", "/uitgave-klaarzetten": "/uitgaven", "/gebruikers/sleutels": "/gebruikers",
}  # fmt: skip


@pytest.mark.parametrize(("path", "to"), BELOW.items())
def test_every_page_below_another_leads_back_to_it(sign_in, path, to):
    for user in (f"privacy_officer-{OWN}", "privacy_officer", f"data_steward-{OWN}", "operator", "beheerder"):
        answer = sign_in(user).get(path)
        if answer.status_code == 200:
            assert re.search(rf'class="back"><a class="utrecht-link" href="{to}">', answer.text), (user, path)
            assert sign_in(user).get(to).status_code == 200
            return
    pytest.fail(f"nobody opens {path}")


def test_rules_show_no_codes_of_lists_of_questions(sign_in):
    client = sign_in(f"privacy_officer-{OWN}")
    pages = [client.get("/regels").text, client.get("/regels/1").text]
    assert not [found for page in pages for found in re.findall(r"\w+@[\d.]+", page)]
    assert "Dit zijn de eerste regels voor dit onderzoek." in pages[1]


HIDDEN_FROM = {"beheerder": ("/datalek", "/stukken", "/advies", "/teksten"), f"proceseigenaar-{OWN}": ("/teksten",)}


@pytest.mark.parametrize("user", HIDDEN_FROM)
def test_verantwoording_links_only_to_what_opens(sign_in, user):
    client = sign_in(user)
    page = client.get("/verantwoording").text
    links = set(re.findall(r'href="(/[a-z/]+)"', page))
    assert not links & set(HIDDEN_FROM[user])
    assert {client.get(path).status_code for path in links} == {200}


@pytest.mark.parametrize(("path", "entry"), [("/datalek", "/verantwoording"), ("/rapporten/r1", "/gegevens")])
def test_the_menu_shows_where_you_are_on_the_pages_below_an_entry(sign_in, path, entry):
    page = sign_in(f"privacy_officer-{OWN}").get(path).text
    assert re.findall(r'<a href="([^"]+)" aria-current="true"', page) == [entry]


def test_who_delivers_for_one_gemeente_does_not_read_its_name_on_every_row(sign_in):
    own, every = (sign_in(one).get("/aanleveringen").text for one in (f"data_steward-{OWN}", "operator"))
    assert '<th scope="col">Gemeente</th>' not in own
    assert re.search(r'<tr><th scope="row">Toegangsscan</th><td>2026</td>', own)
    assert '<th scope="col">Gemeente</th>' in every


@pytest.mark.parametrize("field", ["soort", "onderzoek"])
def test_nothing_is_chosen_before_an_officer_chooses(sign_in, field):
    client = sign_in(f"privacy_officer-{OWN}")
    page = client.get("/verzoeken").text
    chosen = re.search(rf'<select[^>]* name="{field}"[^>]*>\s*<option value="([^"]*)"', page)
    assert chosen[1] == ""
    fields = {"onderzoek": f"{OWN}.toegangsscan.2026", "soort": "inzage"} | {field: ""}
    answer = post(client, "/verzoeken", **fields)
    assert answer.status_code == 422
    assert "Kies " in answer.text


def test_the_files_are_named_in_words_and_the_one_for_excel_stands_first(sign_in):
    page = sign_in(f"analyst-{OWN}").get("/gegevens").text
    links = re.findall(r" download>([^<]+)<", page)
    assert links[:2] == ["Tabellenboek voor Excel, met leesbare namen", "Alles in één bestand (DuckDB)"]
