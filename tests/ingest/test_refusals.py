"""Every refusal: one clear line with file, column, count of rows and what to do; never a value."""

import io
import random
import struct
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InputRejected
from ingest.bsn import is_bsn_column, passes_elfproef
from toegangspeil.demo import writers

from .conftest import CONSENT, FIGURES, ITEMS, as_csv, ceo_rows, journey_files

NAME = "Geertruida Wapperom"
PLANTED = (NAME, "Wapperom", "06-48151623", "geertruida@post.example", "4815 GW")


def refusal(deliver: Any, read: Any, files: dict[str, str | bytes], /, **changes: Any) -> str:
    """The line with which a delivery is refused; it is one line and holds nothing that was planted."""
    with pytest.raises(InputRejected) as caught:
        read(deliver(files, **changes))
    said = str(caught.value)
    assert "\n" not in said
    assert not any(planted in said for planted in PLANTED)
    assert caught.value.__cause__ is None
    return said


def csv_with(**columns: Any) -> dict[str, str | bytes]:
    return {"ceo.csv": as_csv(ceo_rows(12, **columns))}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({NAME: ["x"] * 12}, "ceo.csv: kolom M (de 13e) staat niet in codeboek ceo_wmo@2016.1; haal hem uit"),
        ({"ipaddr": ["1"] * 12, "token": ["x"] * 12}, "verborgen gegevens mee (IP-adres, inlogcode of token)"),
        ({"LEEFTIJD ": [40] * 12}, "kolom 'leeftijd' komt meer dan een keer voor"),
        ({"ceo03_serieus": None}, "ceo.csv: er ontbreekt een kolom: 'ceo03_serieus'; voeg toe, of zet in"),
        ({"ceo03_serieus": [7] * 3 + [1] * 9}, "kolom 'ceo03_serieus': 3 rijen met een antwoord buiten de schaal"),
        ({"ceo03_serieus": [NAME] * 12}, "kolom 'ceo03_serieus': 12 rijen met een antwoord buiten de schaal"),
        ({"geslacht": [NAME] + ["m"] * 11}, "kolom 'geslacht': 1 rij met een antwoord dat niet in de lijst staat"),
        ({"leeftijd": [NAME] + [40] * 11}, "kolom 'leeftijd': 1 rij met iets anders dan een heel getal"),
        ({"leeftijd": [140, 3] + [40] * 10}, "kolom 'leeftijd': 2 rijen buiten het bereik 18 tot en met 115"),
        ({"leeftijd": ["99999999999999999999"] + [40] * 11}, "kolom 'leeftijd': 1 rij"),
        ({"rapportcijfer": ["8,5", "elf"] + [7] * 10}, "kolom 'rapportcijfer': 1 rij met iets anders dan een getal"),
        ({"rapportcijfer": ["1.234,5"] + [7] * 11}, "kolom 'rapportcijfer': 1 rij met iets anders dan een getal"),
        ({"rapportcijfer": ["inf"] + [7] * 11}, "kolom 'rapportcijfer': 1 rij met iets anders dan een getal"),
        ({"rapportcijfer": [0.5] + [7] * 11}, "kolom 'rapportcijfer': 1 rij buiten het bereik 1 tot en met 10"),
        ({"geboortedatum": ["01-02-2031"] + ["01-02-1950"] * 11}, "'geboortedatum': 1 rij met een datum in de toe"),
        ({"geboortedatum": ["01-02-1850"] + ["01-02-1950"] * 11}, "'geboortedatum': 1 rij met een datum voor 1900"),
        ({"geboortedatum": ["31-02-1950"] + ["01-02-1950"] * 11}, "kolom 'geboortedatum': 1 rij met een datum die wij"),
        ({"toestemming_hercontact": [NAME] + ["ja"] * 11}, "'toestemming_hercontact': 1 rij met iets anders"),
        ({"wijk": ["geertruida@post.example"] + ["Noord"] * 11}, "kolom 'wijk': 1 rij met een tekst die te lang is"),
        ({"respondent": [NAME] * 2 + list(range(10))}, "ceo.csv: 1 rij te veel met dezelfde 'respondent'"),
        ({"respondent": [""] * 2 + list(range(10))}, "kolom 'respondent': 2 rijen zonder waarde"),
        ({"gemeente": ["Geertruidenberg"] * 12}, "kolom 'gemeente': 12 rijen zonder goede GM-code"),
        ({"gemeente": ["GM9002"] * 12}, "kolom 'gemeente': 12 rijen met een waarde die niet in delivery.yaml staat"),
        ({"doelgroep": ["vertegenwoordiger"] * 12}, "kolom 'doelgroep': 12 rijen met een waarde die niet in delivery"),
        ({"bsn": [""] * 12}, "de kop van een kolom wijst op een BSN"),
        ({"Burger Service Nummer": [""] * 12}, "de kop van een kolom wijst op een BSN"),
        ({"": [NAME] * 12}, "de 13e kolom heeft geen kop maar wel 12 rijen met een waarde"),
        ({"ceo03_serieus": [7] * 12, "leeftijd": ["x"] * 12}, "(kijk ook naar kolom 'leeftijd')"),
    ],
)  # fmt: skip
def test_a_csv_with_one_thing_wrong(deliver, read, columns, said):
    assert said in refusal(deliver, read, csv_with(**columns))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ceo.csv: het bestand is leeg"),
        (b"respondent;leeftijd\n", "er staan geen rijen met antwoorden in"),
        (b"\n\n", "de eerste regel is leeg"),
        (as_csv(ceo_rows(3)).encode() + b"R9;1;2\n", "ceo.csv: 1 rij met een ander aantal kolommen dan de 12 koppen"),
        (as_csv(ceo_rows(3, wijk=["caf\x82s"] * 3)).encode("latin-1"), "tekenset van het bestand is niet te herkennen"),
        (as_csv(ceo_rows(3, wijk=["S\x9dd"] * 3)).encode("latin-1"), "tekenset van het bestand is niet te herkennen"),
        (as_csv(ceo_rows(3, wijk=["Fryslân"] * 3)).encode().decode("cp1252").encode(), "eerder verkeerd omgezet"),
        (as_csv(ceo_rows(3, wijk=["S\ufffdd"] * 3)).encode(), "eerder verkeerd omgezet"),
        (as_csv(ceo_rows(3)).encode("utf-16")[:-1], "(UTF-16) is afgebroken"),
        (as_csv(ceo_rows(3)).encode("utf-16-be"), "tekens in die geen tekst zijn"),
        (as_csv(ceo_rows(3)).encode() + b'"open', "niet goed afgesloten"),
        (b"a" * 200_000, "de eerste regel is geen regel met koppen"),
    ],
)  # fmt: skip
def test_a_csv_that_cannot_be_read_whole(deliver, read, content, said):
    assert said in refusal(deliver, read, {"ceo.csv": content})


def test_a_group_that_everybody_has_to_herself_is_no_group(deliver, read):
    streets = [f"{NAME} {at}" for at in range(40)]
    said = refusal(deliver, read, {"ceo.csv": as_csv(ceo_rows(40, wijk=streets))})
    assert "kolom 'wijk': 40 rijen met elk een andere waarde" in said
    assert read(deliver({"ceo.csv": as_csv(ceo_rows(40, wijk=streets[:15] * 2 + streets[:10]))})).rows == 40


def test_a_name_in_a_file_name_is_not_repeated(deliver, read):
    said = refusal(deliver, read, {f"antwoorden {NAME}.csv": as_csv(ceo_rows(3, ceo03_serieus=[7] * 3))})
    assert said.startswith("bestand 1 (csv): kolom 'ceo03_serieus'")


def test_a_name_as_sheet_is_not_repeated(deliver, read):
    sheets = {"Data": writers.as_rows(ceo_rows(3)), NAME: [["respondent", "onbekend"], ["R001", "x"]]}
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert "staat niet in codeboek" in refusal(deliver, read, {"ceo.xlsx": buffer.getvalue()})


@pytest.mark.parametrize("name", ["bsn-lijst.csv", "ceo 123456782.csv", "BSN.csv"])
def test_a_bsn_in_a_file_name(deliver, read, name):
    assert "de bestandsnaam wijst op een BSN" in refusal(deliver, read, {name: as_csv(ceo_rows(3))})


def numbers(n: int, *, good: bool, seed: int = 1) -> list[str]:
    """Made-up nine-digit numbers that pass (or do not pass) the elfproef."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < n:
        number = str(chance.randrange(10**8, 10**9))
        if passes_elfproef(number) is good:
            found.append(number)
    return found


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        (numbers(5, good=True), True),
        (numbers(4, good=True), False),
        (numbers(5, good=True) + numbers(1, good=False), True),
        (numbers(5, good=True) + numbers(2, good=False), False),
        (numbers(5, good=True) + numbers(40, good=False), False),
        ([f"{n[:4]}.{n[4:6]}.{n[6:]}" for n in numbers(6, good=True)], True),
        ([str(int(n)) for n in ("010000008", "012345672", "023456787", "034567894", "045678901", "011222338")], None),
        (["20260131", "20260201", "20260202", "20260203", "20260204", "20260205"], False),
        ([f"06{n}"[:10] for n in numbers(9, good=True)], False),
        (["123456782"] * 50, False),
    ],
)  # fmt: skip
def test_a_column_of_bsn_is_told_from_other_numbers(values, refused):
    import pyarrow as pa

    if refused is None:
        refused = sum(passes_elfproef(value) for value in values) >= 5
    column = pa.chunked_array([values])
    assert is_bsn_column(column) is refused
    assert is_bsn_column(column.dictionary_encode()) is refused


def test_a_column_of_bsn_under_any_header(deliver, read):
    said = refusal(deliver, read, csv_with(clientnummer=numbers(12, good=True)))
    assert said.startswith("ceo.csv: kolom M (de 13e): de getallen zijn burgerservicenummers")
    said = refusal(deliver, read, csv_with(toelichting=numbers(12, good=True)))
    assert "burgerservicenummers" in said


def test_one_bsn_in_an_open_answer_is_for_the_cleaner(deliver, read):
    answers = ["mijn bsn is 123456782", *[""] * 11]
    assert read(deliver(csv_with(toelichting=answers))).rows == 12


def xlsx(rows: dict[str, list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in writers.as_rows(rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    """A workbook of which one sheet unpacks to 100 MB."""
    buffer = io.BytesIO(xlsx(ceo_rows(3)))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 100_000_000)
    return buffer.getvalue()


def lying() -> bytes:
    """A workbook whose directory says that a part is smaller than it is."""
    data = bytearray(xlsx(ceo_rows(3)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    at = data.rfind(struct.pack("<I", size))
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "respondent"
    book.active["XFD1048576"] = NAME
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(xlsx(ceo_rows(3)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ceo.xlsx: het bestand is leeg"),
        (b"geen werkmap", "afgebroken of beschadigd"),
        (xlsx(ceo_rows(3))[:-900], "afgebroken of beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "zit een wachtwoord op"),
        (encrypted_zip(), "zit een wachtwoord op"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "oude Office-indeling"),
        (bomb(), "(een zip-bom?)"),
        (lying(), "afgebroken of beschadigd"),
        (far_cell(), "heel ver naar rechts of naar onderen"),
        (xlsx({"respondent": []}), "er staan geen rijen met antwoorden in"),
        (xlsx({}), "er is geen blad met gegevens"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_read_whole(deliver, read, content, said):
    assert said in refusal(deliver, read, {"ceo.xlsx": content})


def test_a_sheet_that_is_not_there(deliver, read):
    files = [{"path": "ceo.xlsx", "sheet": NAME}]
    assert "het blad uit delivery.yaml staat niet in" in refusal(
        deliver, read, {"ceo.xlsx": xlsx(ceo_rows(3))}, files=files
    )


def test_an_ods_with_a_password(deliver, read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x00\x01")
    assert "zit een wachtwoord op" in refusal(deliver, read, {"ceo.ods": buffer.getvalue()})


def test_an_ods_that_repeats_a_cell_without_end(deliver, read, tmp_path):
    writers.write_ods(tmp_path / "x.ods", {"Data": writers.as_rows(ceo_rows(3))})
    with zipfile.ZipFile(tmp_path / "x.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(
        b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="9999999" ', 1
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "heel ver naar rechts" in refusal(deliver, read, {"ceo.ods": buffer.getvalue()})


@pytest.mark.parametrize("content", [b"$FL2 afgebroken", b"geen spss"])
def test_a_sav_that_cannot_be_read(deliver, read, content):
    assert "SPSS-bestand" in refusal(deliver, read, {"ceo.sav": content})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ceo.xls", "sla het bestand op als .xlsx"),
        ("ceo.pdf", "uit een pdf kunnen wij niets lezen"),
        ("ceo.zip", "pak het zip-bestand uit"),
        ("ceo.docx", "past alleen bij een uitgeschreven interview"),
        ("ceo.exe", "dit soort bestand lezen wij niet"),
    ],
)
def test_kinds_of_file_that_are_not_read(deliver, read, name, said):
    assert said in refusal(deliver, read, {name: b"x"})


def test_a_mapping_that_leads_nowhere(deliver, read):
    files = [{"path": "ceo.csv", "columns": {"leeftijd": NAME}}]
    assert "wijst 'columns' 1 keer naar een kolom buiten" in refusal(deliver, read, csv_with(), files=files)
    files = [{"path": "ceo.csv", "columns": {NAME: "wijk"}}]
    assert "de kop die delivery.yaml noemt voor 'wijk' staat niet in" in refusal(deliver, read, csv_with(), files=files)


def test_two_steps_with_the_same_number(deliver, read):
    files, fields = journey_files()
    files["reizen.csv"] += f"R1;1;melding;positief;;wachttijd;{NAME}\n"
    assert "1 rij te veel met dezelfde 'journey' en 'seq'" in refusal(deliver, read, files, **fields)


def test_a_step_without_a_phase(deliver, read):
    files, fields = journey_files()
    files["reizen.csv"] += "R3;1;;positief;;wachttijd;c\n"
    assert "kolom 'phase': 1 rij zonder waarde" in refusal(deliver, read, files, **fields)


STORY = {"instrument": "verhaal", "codebook": "verhaal@1.0", "doelgroepen": {"inwoner": FIGURES}}
STORY |= {"legal_basis": "6_1_a", "art9_ground": CONSENT}


def test_parts_of_a_triangle_are_together_one(deliver, read):
    rows = {"respondent": [1, 2], "verhaal": [1, 1], "text": [NAME, NAME]}
    parts = {"triad_hulp_gemeente": [0.5, 0.5], "triad_hulp_naasten": [0.25, 0.5], "triad_hulp_zelf": [0.25, 0.5]}
    said = refusal(deliver, read, {"verhalen.csv": as_csv({**rows, **parts})}, **STORY)
    assert "kolommen 'triad_hulp_…': 1 rij waarvan de delen samen niet 1 zijn" in said


@given(answer=st.text(min_size=1, max_size=30))
def test_an_answer_is_a_code_nothing_or_refused(answer):
    """Whatever stands in a cell of a scale, out comes a code of the scale, no answer, or a refusal."""
    from ingest.answers import WRONG, reading_of
    from storage.codebooks import Codebooks

    book = Codebooks().get("ceo_wmo@2016.1")
    read_one = reading_of(book.rows[ITEMS[0]], book)
    out = read_one(answer)
    assert out is WRONG or out is None or out in book.scales["eens"].values
    assert out is WRONG or read_one(answer.upper()) == out or not answer.isascii()
