"""The residual check: what it must see, what it must leave alone, and that it looks for itself."""

import socket

import pyarrow as pa
import pytest

from quality.residual import ResidualCheck, ShapeDetector, StockPresidio
from quality.shapes import may_hold_details, normalised

SEEN = [
    ("bsn", "Mijn nummer is 123456782."),
    ("bsn", "bsn 1234.56.782"),
    ("bsn", "123 456 782"),
    ("bsn", "BSN: 10000008"),
    ("iban", "NL91ABNA0417164300 graag"),
    ("iban", "nl91 abna 0417 1643 00"),
    ("iban", "NL91-ABNA-0417-1643-00"),
    ("iban", "BE68 5390 0754 7034"),
    ("email", "s.prins@voorbeeld.nl"),
    ("email", "s.prins @ voorbeeld.nl"),
    ("email", "sprins [at] voorbeeld punt nl"),
    ("email", "sprins apenstaartje voorbeeld.nl"),
    ("telefoon", "06-12345678"),
    ("telefoon", "06 12 34 56 78"),
    ("telefoon", "+31 6 12345678"),
    ("telefoon", "+31 (0)6 12345678"),
    ("telefoon", "0031612345678"),
    ("telefoon", "(0343) 123456"),
    ("telefoon", "tel.0612345678"),
    ("telefoon", "mijn nummer:0612345678."),
    ("bsn", "bsn123456782"),
    ("bsn", "nr.123456782, zei ik"),
    ("telefoon", "０６１２３４５６７８"),
    ("telefoon", "06\u201112345678"),
    ("telefoon", "06\u200b12345678"),
    ("kenteken", "auto AB-12-CD"),
    ("kenteken", "X-123-YZ"),
    ("postcode_huisnummer", "1234 AB 12"),
    ("postcode_huisnummer", "Dorpsstraat 12, 1234AB"),
    ("negen_cijfers", "zaak 123456789"),
]
LEFT_ALONE = [
    "",
    "[PERSOON 1] belde [TELEFOON 2] op [DATUM 1]",
    "[PERSOON 12345678] en [BSN 1a2b3c4d]",
    "█████ belde",
    "[1e kwartaal 2023], [leeftijd 80-89]",
    "op 12-03-2024 om 14.30 uur",
    "bel 0800-1234 of 0900 1234567 of 14 030",
    "van 2019 tot 2021, 45 minuten, 3 keer",
    "wo-12-03 of ma-10-02",
    "binnen 2023 IS het beter",
    "ik was @ home",
    "bedrag 1.234.567,89 euro",
    "versie 1.123456789.2",
    "het wijkteam zit at nr 12",
]


@pytest.mark.parametrize(("kind", "text"), SEEN)
def test_a_direct_identifier_is_seen_in_every_way_of_writing(kind, text):
    readable = normalised(text)
    assert may_hold_details(readable)
    assert ShapeDetector().hits(readable).get(kind) == 1


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_placeholders_and_ordinary_numbers_do_not_trip_it(text):
    readable = normalised(text)
    assert dict(ShapeDetector().hits(readable)) == {}
    assert dict(StockPresidio().hits(readable)) == {}


@pytest.mark.parametrize("hidden", ["[Sanne belde 06-12345678]", "[TELEFOON 0612345678]", "[persoon 06-12345678]"])
def test_nobody_hides_behind_brackets_that_look_like_a_placeholder(hidden):
    assert ShapeDetector().hits(normalised(hidden))["telefoon"] == 1


@pytest.mark.parametrize("number", ["123456781", "000000000", "111111111"])
def test_a_number_that_fails_the_elfproef_is_nine_digits_but_no_bsn(number):
    assert dict(ShapeDetector().hits(f"nummer {number}")) == {"negen_cijfers": 1}


@pytest.mark.parametrize(
    ("entity", "text"),
    [("phone_number", "06 12345678"), ("iban_code", "NL91ABNA0417164300"), ("credit_card", "4111 1111 1111 1111"),
     ("ip_address", "192.168.10.21")],
)  # fmt: skip
def test_stock_presidio_looks_as_well(entity, text):
    assert StockPresidio().hits(text)[f"presidio_{entity}"] == 1


def test_presidio_looks_without_a_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert StockPresidio().hits("bel 06 12345678")


def test_the_report_counts_per_column_and_holds_no_text():
    table = pa.table({"toelichting": ["bel 06-12345678", "bel 06-12345678", "prima", None], "wijk": ["Zuid"] * 4})
    report = ResidualCheck([ShapeDetector()]).look({"rows": table}, [("rows", "toelichting"), ("rows", "wijk")])
    assert report.counts == {("rows", "toelichting", "telefoon"): 1}
    assert report.in_column("rows", "toelichting") == (0, 1)
    assert "12345678" not in repr(report)
    assert not report.clean
