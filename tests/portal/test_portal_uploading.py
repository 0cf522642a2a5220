"""The upload wizard: what is recognised, and what each column becomes. Never a value."""

import io
import re

import openpyxl
import pytest
from browsing import token_of
from small_home import NASTY, OTHER, OWN
from test_portal_pages import CEO, inbox, upload, whole

from ingest import drafts
from ingest.readers import TABULAR
from ingest.template import heads
from portal import wizard
from storage.codebooks import Codebooks
from storage.yaml import read_yaml
from toegangspeil.demo import writers

STEWARD = f"data_steward-{OWN}"
WMO, JEUGD = Codebooks().get("ceo_wmo@2016.1"), Codebooks().get("ceo_jeugd_ouders@2017.1")
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000) + "EncryptedPackage".encode("utf-16-le")


def step_two(client, name: str, content: bytes) -> str:
    form = {"token": token_of(client, "/aanleveringen/nieuw"), "gemeente": OWN}
    answer = client.post("/aanleveringen/nieuw", data=form, files=[("bestanden", (name, content, "text/csv"))])
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def cells(page: str) -> dict[str, str]:
    """Header -> what we do with it."""
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td[^>]*>.*?</td>\s*<td[^>]*>(.*?)</td>', page, re.S)
    return {header: does.strip() for header, does in rows}


def test_instrument_and_columns_are_recognised_and_what_they_become(sign_in):
    client = sign_in(STEWARD)
    path = step_two(client, "ceo.csv", b"respondent;leeftijd;naam;ceo01_vindbaarheid\n1;83;Jan Verzonnen;2\n")
    page = client.get(path).text
    does = cells(page)
    assert "Dit lijkt op" in page
    assert does["naam"] == "Weglaten"
    assert does["respondent"] == "Vervangen door een code zonder betekenis"
    assert does["leeftijd"].startswith("In groepen indelen: 18-44")
    assert "Verzonnen" not in page
    assert "83" not in re.sub(r'name="token" value="\w+"|nieuw/[\w-]+', "", page)


def test_a_header_that_says_bsn_is_refused_before_the_steward_fills_in_the_rest(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.csv", b"respondent;leeftijd;BSN\n1;83;000000000\n")).text
    assert "de kop van een kolom wijst op een BSN" in page
    assert "haal het weg en lever opnieuw aan" in page


def test_a_missing_column_is_named_in_words(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "jeugd.csv", b"respondent;leeftijd;jj01_vindbaarheid\n1;14;2\n")).text
    assert '<li>Ik ben snel geholpen. <span class="quiet">jj02_snelheid</span></li>' in page


def test_a_file_with_missing_columns_is_refused_while_the_steward_is_still_there(sign_in, house):
    before = inbox(house)
    one = upload(sign_in(STEWARD), ("ceo.csv", whole(b"ceo01_vindbaarheid\n1\n", but="ceo02_snelheid")))
    assert one.status_code == 409
    assert "1 verplichte kolom ontbreekt" in one.text
    assert "9 verplichte kolommen ontbreken" in upload(sign_in(STEWARD), ("ceo.csv", b"ceo01_vindbaarheid\n1\n")).text
    assert inbox(house) == before


def test_a_file_that_cannot_be_taken_is_said_before_the_steward_fills_in_the_rest(sign_in):
    client = sign_in(STEWARD)
    twice = client.get(step_two(client, "ceo.csv", b"respondent;leeftijd;leeftijd\n1;40;40\n")).text
    empty = client.get(step_two(client, "ceo.csv", b"respondent;leeftijd\n")).text
    assert "komt meer dan een keer voor; laat er een staan" in twice
    assert "er staan geen rijen met antwoorden in" in empty
    for page in (twice, empty):
        assert "Kies het verbeterde bestand" in page
        assert 'name="meting"' not in page


def test_a_question_that_one_of_two_files_has_is_not_missing(sign_in, house):
    files = [("een.csv", CEO), ("twee.csv", whole(b"ceo01_vindbaarheid\n2\n", but="ceo02_snelheid"))]
    assert upload(sign_in(STEWARD), *files, **{"cijfers-2-eens": "zo"}).status_code == 303


def test_an_unknown_column_is_chosen_by_the_steward_or_nothing_is_delivered(sign_in, house):
    client = sign_in(STEWARD)
    before = inbox(house)
    content = whole(b"ceo01_vindbaarheid;Vraag twee\n1;2\n", but="ceo02_snelheid")
    refused = upload(client, ("ceo.csv", content))
    assert refused.status_code == 409
    assert "wij kennen 1 kolom niet" in refused.text.replace("Wij", "wij")
    assert inbox(house) == before
    chosen = {"kop_1-2": "Vraag twee", "kolom_1-2": "ceo02_snelheid"}
    assert upload(client, ("ceo.csv", content), **chosen).status_code == 303
    (new,) = set(inbox(house)) - set(before)
    manifest = read_yaml(house.places.inbox / OWN / new / "delivery.yaml")
    (file,) = manifest["files"]
    assert file.pop("codes")["eens"]["1"] == "helemaal mee eens"
    assert file == {"path": "ceo.csv", "table": "rows", "columns": {"Vraag twee": "ceo02_snelheid"}}


def test_columns_that_ask_for_nothing_are_behind_one_line(sign_in):
    known = [
        f"ceo{n:02}_{name}" for n, name in enumerate(("vindbaarheid", "snelheid", "serieus", "samen_oplossing"), 1)
    ]
    client = sign_in(STEWARD)
    heads = [*known, "leeftijd", "naam", "Vraag twee"]
    page = client.get(step_two(client, "ceo.csv", f"{';'.join(heads)}\n{';'.join('1' * len(heads))}\n".encode())).text
    shown, folded = page.split("<details", 2)[1:]
    assert "6 kolommen herkennen wij" in folded
    assert [header for header in heads if f'<th scope="row">{header}<' in folded] == heads[:-1]
    assert 'class="attention"><th scope="row">Vraag twee<' in shown


@pytest.mark.parametrize("ending", sorted(TABULAR - {".ods", ".xlsx"}))
def test_step_two_shows_the_columns_of_every_kind_of_table(sign_in, tmp_path, ending):
    """A kind that step 2 passes over is refused later for a column that nobody was asked about."""
    rows = {"leeftijd": ["83"], "Opmerking bureau": ["x"], "ceo01_vindbaarheid": ["mee eens"]}
    if ending in (".sav", ".zsav"):
        named = {name.replace(" ", "_"): values for name, values in rows.items()}
        writers.write_sav(tmp_path / f"ceo{ending}", named, {}, {})
    elif ending == ".jsonl":
        writers.write_jsonl(tmp_path / f"ceo{ending}", rows)
    else:
        writers.write_csv(tmp_path / f"ceo{ending}", rows, delimiter="\t")
    client = sign_in(STEWARD)
    page = client.get(step_two(client, f"ceo{ending}", (tmp_path / f"ceo{ending}").read_bytes())).text
    assert "1 kolom kennen wij niet" in page
    assert "gespreksverslagen" not in page


def files_of(house, before) -> list[dict]:
    """What the manifest of the one new delivery says of its files."""
    (new,) = set(inbox(house)) - set(before)
    return read_yaml(house.places.inbox / OWN / new / "delivery.yaml")["files"]


def test_a_table_of_many_columns_is_described_and_what_nobody_knows_left_out_at_once(sign_in, house):
    """A bureau exports some hundred columns of its own: a form of two fields each has to come back, and be done."""
    client, own = sign_in(STEWARD), [f"Eigen {n}" for n in range(300)]
    content = ";".join(["ceo01_vindbaarheid", *own]) + "\n" + ";".join(["1"] * 301) + "\n"
    path = step_two(client, "ceo.csv", content.encode())
    fields = {f"kop_1-{n + 2}": header for n, header in enumerate(own)} | {f"kolom_1-{n + 2}": "" for n in range(300)}
    fields |= {"token": token_of(client, path), "gemeente": OWN, "knop": "weglaten", "kolom_1-2": "toelichting"}
    page = client.post(path.partition("?")[0], data=fields)
    assert page.status_code == 200
    assert cells(page.text)["Eigen 0"] != "Niet lezen"
    assert {cells(page.text)[header] for header in own[1:]} == {"Niet lezen"}
    assert "kennen wij niet" not in page.text


def test_a_study_of_many_talks_is_taken_in_one_upload(sign_in):
    client = sign_in(STEWARD)
    form = {"token": token_of(client, "/aanleveringen/nieuw"), "gemeente": OWN}
    talks = [("bestanden", (f"gesprek {n}.txt", b"Inwoner: het ging goed", "text/plain")) for n in range(40)]
    assert client.post("/aanleveringen/nieuw", data=form, files=talks).status_code == 303
    too_many = client.post("/aanleveringen/nieuw", data=form, files=talks * 6)
    assert too_many.status_code == 400
    assert "fout in het programma" not in too_many.text


def test_a_workbook_is_not_read_once_per_sheet_that_it_could_have(monkeypatch, tmp_path):
    """A sheet with a million empty cells took half a minute a page."""
    book, times = Codebooks(), []
    writers.write_xlsx(tmp_path / "ceo.xlsx", {"Blad1": [["ceo01_vindbaarheid"], ["1"]]})
    monkeypatch.setattr(wizard, "shown_headers", lambda *_: times.append(1) or ["ceo01_vindbaarheid"])
    books = [book.get(reference) for reference in book.references()]
    assert wizard._headers([tmp_path / "ceo.xlsx"], books) == ["ceo01_vindbaarheid"]
    assert len(times) == 1


def test_a_column_can_be_left_out(sign_in, house):
    before = inbox(house)
    left = {"kop_1-2": "Opmerking bureau", "kolom_1-2": "-"}
    content = whole(b"ceo01_vindbaarheid;Opmerking bureau\n1;x\n")
    assert upload(sign_in(STEWARD), ("ceo.csv", content), **left).status_code == 303
    assert files_of(house, before)[0]["leave_out"] == ["Opmerking bureau"]


def test_what_the_numbers_mean_is_asked_and_nothing_goes_before_it_is_said(sign_in, house):
    client, before = sign_in(STEWARD), inbox(house)
    page = client.get(step_two(client, "ceo.csv", CEO)).text
    assert "Wat betekenen de cijfers in dit bestand?" in page
    assert "1 = helemaal mee eens, 2 = mee eens" in page
    assert "1 = helemaal niet mee eens, 2 = niet mee eens" in page
    assert 'value="zo" required>' in page  # nothing is chosen for her
    unsaid = upload(client, ("ceo.csv", CEO), **{"cijfers-1-eens": ""})
    assert unsaid.status_code == 409
    assert "eg eerst wat de cijfers in het bestand betekenen" in unsaid.text
    assert "zet in het bestand woorden" in upload(client, ("ceo.csv", CEO), **{"cijfers-1-eens": "anders"}).text.lower()
    assert inbox(house) == before


def test_numbers_counted_from_the_other_end_and_numbers_of_the_bureau(sign_in, house):
    client, before = sign_in(STEWARD), inbox(house)
    content = whole(b"ceo01_vindbaarheid;ceo02_snelheid\n1;6\n")
    assert "Wat betekent 6 bij deze vragen?" in client.get(step_two(client, "ceo.csv", content)).text
    said = {"cijfers-1-eens": "andersom"}
    assert upload(client, ("ceo.csv", content), **said).status_code == 409
    assert upload(client, ("ceo.csv", content), **said, **{"cijfers-1-eens-6": "geen mening"}).status_code == 303
    codes = files_of(house, before)[0]["codes"]["eens"]
    assert (codes["1"], codes["5"], codes["6"]) == ("helemaal niet mee eens", "helemaal mee eens", "geen mening")


def test_answers_in_words_are_not_asked_about(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.csv", b"ceo01_vindbaarheid;ceo02_snelheid\nmee eens;neutraal\n")).text
    assert "Wat betekenen de cijfers" not in page


def test_a_workbook_with_a_title_above_its_headers_is_recognised(sign_in):
    book = openpyxl.Workbook()
    for line in (["Uitkomsten CEO Wmo"], [], ["Nummer", "Contact"], ["respondent", "ceo01_vindbaarheid"], ["R1", 2]):
        book.active.append(line)
    book.active.merge_cells("A1:F1")
    kept = io.BytesIO()
    book.save(kept)
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.xlsx", kept.getvalue())).text
    assert "Dit lijkt op" in page
    assert set(cells(page)) == {"respondent", "ceo01_vindbaarheid"}


@pytest.mark.parametrize("beside", [["Rijlabels", "Hoeveel"], list(JEUGD.rows)], ids=["a pivot", "another study"])
def test_a_hidden_sheet_does_not_change_which_study_we_see(sign_in, beside):
    book = openpyxl.Workbook()
    questions = [name for name in WMO.rows if name.startswith("ceo0")]
    for line in (["respondent", *questions], ["1"] * (len(questions) + 1)):
        book.active.append(line)
    hidden = book.create_sheet("oud", 0)
    hidden.sheet_state = "hidden"
    hidden.append(beside)
    kept = io.BytesIO()
    book.save(kept)
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "uitvoer.xlsx", kept.getvalue())).text
    assert f"Dit lijkt op <b>{WMO.title}</b>" in page


def test_open_answers_on_a_second_sheet_are_seen_too(sign_in):
    book = openpyxl.Workbook()
    book.active.title = "Antwoorden"
    for line in (["respondent", "ceo01_vindbaarheid"], ["R1", 2]):
        book.active.append(line)
    for line in (["respondent", "toelichting"], ["R1", "prima"]):
        (book["Open"] if "Open" in book else book.create_sheet("Open")).append(line)
    kept = io.BytesIO()
    book.save(kept)
    client = sign_in(STEWARD)
    assert "toelichting" in cells(client.get(step_two(client, "ceo.xlsx", kept.getvalue())).text)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ceo.xlsx", LOCKED, "er zit een wachtwoord op het bestand"),
        ("ceo.xlsx", LOCKED[:8] + b"Workbook", "dit is een oude Office-indeling"),
        ("ceo.csv", b"PK\x03\x04", "geef het de naam die erbij hoort"),
        ("ceo.zip", b"PK", "pak het zip-bestand uit"),
        ("ceo.xls", b"x", "sla het bestand op als .xlsx"),
        ("ceo.pdf", b"%PDF", "lever het bronbestand aan"),
        ("ceo.xlsx", b"<html>", "klopt niet met zijn naam"),
        ("ceo.csv", b"", "het bestand is leeg"),
        ("cijfers.duckdb", b"x", "uit een database lezen wij niet"),
        ("cijfers.accdb", b"x", "sla de tabel met de antwoorden op als csv of xlsx"),
        ("ceo.dta", b"x", "op als csv of sav"),
        ("ceo.csv", bytes(8) + b"DUCK" + bytes(90), "dit is een database (DuckDB); lever het bestand"),
        ("ceo.csv", b"SQLite format 3\0" + bytes(90), "dit is een database (SQLite)"),
        ("ceo.csv", b"\0\1\0\0Standard ACE DB\0", "dit is een database (Access)"),
        ("ceo.sav", b"PAR1" + bytes(90), "dit is een Parquet-bestand"),
        ("ceo.csv", b"%PDF-1.7", "dit is een pdf, wat de naam ook zegt"),
        ("ceo.xlsx", b"\xff\xd8\xff\xe0", "dit is een plaatje"),
        ("ceo.txt", b"\x1f\x8b\x08", "dit is een ingepakt bestand (gzip)"),
        ("ceo.csv", b"MZ\x90", "dit is een programma"),
        ("ceo.csv", b"abc\0def", "klopt niet met zijn naam"),
        ("a/../ceo;.csv", CEO, "een bestandsnaam mag"),
        ("ceo bsn.csv", CEO, "bestand 1 (csv): de bestandsnaam wijst op een BSN"),
    ],
)
def test_a_file_that_cannot_be_uploaded_says_what_to_do(sign_in, name, content, said):
    answer = upload(sign_in(STEWARD), (name, content))
    assert answer.status_code == 409
    assert said.lower() in answer.text.lower()


def test_of_several_files_the_wrong_one_is_named(sign_in):
    answer = upload(sign_in(STEWARD), ("ceo.csv", CEO), ("ceo-deel2.xlsx", LOCKED))
    assert "ceo-deel2.xlsx: er zit een wachtwoord op het bestand" in answer.text


@pytest.mark.parametrize("name", ["Enquête cliënten, def. (2026).csv", "CEO & Wmo '26.CSV", "uitvoer.tsv"])
def test_names_as_stewards_write_them(sign_in, house, name):
    before = inbox(house)
    assert upload(sign_in(STEWARD), (name, CEO)).status_code == 303
    assert [one["path"] for one in files_of(house, before)] == [name]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"steekproef": ""}, "kies wie er is gevraagd"),
        ({"doelgroep": ""}, "kies wie antwoord gaven"),
        ({"gevraagd": "ruim 900"}, "schrijf bij de aantallen alleen een getal"),
        ({"gezondheid": ""}, "kies de grond daarvoor en zeg waarom"),
        ({"gezondheid_reden": ""}, "schrijf waarom de grond voor gegevens over gezondheid hier geldt"),
        ({"meting": "najaar 2026"}, "zonder spaties"),
        ({"meting": "Quorvix"}, "een woord of nummer dat wij niet kennen; noem haar naar het jaar"),
        ({"begin": "1-1-2026"}, "schrijf de eerste dag van het onderzoek als jaar-maand-dag"),
        ({"brief_datum": "januari"}, "schrijf de datum van de brief als jaar-maand-dag"),
        ({"begin": "2026-06-30", "einde": "2026-01-01"}, "verbeter de eerste of de laatste dag"),
    ],
)
def test_a_question_of_step_two_that_was_not_answered_well(sign_in, house, fields, said):
    before = inbox(house)
    answer = upload(sign_in(STEWARD), ("ceo.csv", CEO), **fields)
    assert answer.status_code == 409
    assert said in answer.text.lower()
    assert "delivery.yaml" not in answer.text
    assert inbox(house) == before


def test_nothing_is_chosen_for_the_steward(sign_in):
    page = sign_in(STEWARD).get
    found = page(step_two(sign_in(STEWARD), "ceo.csv", CEO)).text
    assert re.findall(r'<option value="" selected>(.*?)</option>', found) == ["maak een keuze"] * 3 + ["kies een grond"]


def test_a_file_of_another_year_is_asked_about_once(sign_in, house):
    client, before = sign_in(STEWARD), inbox(house)
    answer = upload(client, ("ceo-2024.csv", CEO))
    assert answer.status_code == 409
    assert "in de naam van een bestand staat 2024" in answer.text.lower()
    assert 'name="jaar" value="2024"' in answer.text
    assert inbox(house) == before
    assert upload(client, ("ceo-2024.csv", CEO), jaar="2024").status_code == 303


def test_what_a_survey_tool_added_has_to_go(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.csv", b"ceo01_vindbaarheid;ip_adres\n1;x\n")).text
    assert "IP-adres" in cells(page)["ip_adres"]


def test_a_header_is_shown_as_text(sign_in):
    client = sign_in(STEWARD)
    page = client.get(step_two(client, "ceo.csv", f"ceo01_vindbaarheid;{NASTY}\n1;x\n".encode())).text
    assert NASTY not in page
    assert "&lt;script&gt;" in page


def test_the_filled_template_of_a_klantreis_comes_back_recognised(sign_in):
    client = sign_in(STEWARD)
    empty = client.get("/aanleveringen/sjabloon/klantreis@1.0")
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    sheet = book["Reizen"]
    names = {cell.value: cell.column for cell in sheet[1]}
    words = heads(Codebooks().get("klantreis@1.0"), "rows")
    sheet.cell(3, names[words["journey"]], "J1")
    sheet.cell(3, names[words["seq"]], 1)
    filled = io.BytesIO()
    book.save(filled)
    page = client.get(step_two(client, "reizen.xlsx", filled.getvalue())).text
    assert 'value="klantreis@1.0" selected' in page
    assert "reizen.xlsx, blad Reizen" in page


def test_a_template_we_do_not_have_is_not_there(sign_in):
    assert sign_in(STEWARD).get("/aanleveringen/sjabloon/x@1").status_code == 404


def test_a_draft_is_of_one_person_and_is_gone_after_an_hour(sign_in, house):
    client = sign_in(STEWARD)
    path = step_two(client, "ceo.csv", CEO)
    gone = "deze bestanden zijn al aangeleverd, of na een uur weggegooid"
    for other in (f"data_steward-{OTHER}", "operator"):
        assert gone in sign_in(other).get(path).text.replace("Deze", "deze")
    drafts.sweep(house.places, older_than=-1.0)
    assert client.get(path).status_code == 404
    assert not list(house.places.inbox.glob(".aanlevering-*"))
