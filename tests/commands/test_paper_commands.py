"""Papers: each as a web page and as a tagged PDF, for who may see what is in it."""

import contextlib
import json
import re
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.typed import Typed

PO = "privacy_officer-GM9001"
OF_AREA = {
    "dpia": "Bijlage bij de DPIA",
    "goes-out": "Wat gaat eruit",
    "agreement": "Bijlage bij de verwerkersovereenkomst",
}


def inside(pdf: bytes) -> bytes:
    """The objects of a PDF, out of their compressed streams."""
    assert pdf.startswith(b"%PDF")
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return pdf + b"\n".join(found)


def is_tagged(path: Path) -> bool:
    """Whether a reader aloud finds headings and the language in it."""
    objects = inside(path.read_bytes())
    return all(one in objects for one in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/H1", b"/H2"))


def pages(path: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", inside(path.read_bytes())))


@pytest.mark.parametrize("paper", OF_AREA)
def test_a_paper_of_a_gemeente_in_both_forms(seen: Typed, tmp_path: Path, paper: str) -> None:
    html, pdf = tmp_path / "p.html", tmp_path / "p.pdf"
    for out in (html, pdf):
        said = seen("export", paper, "GM9001", "ceo_wmo", "-o", str(out), user=PO)
        assert (said.code, OF_AREA[paper] in said.out) == (0, True), said.err
    assert OF_AREA[paper] in html.read_text()
    assert is_tagged(pdf)
    assert pdf.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("paper", OF_AREA)
def test_a_paper_of_another_gemeente_or_of_nothing_is_refused(seen: Typed, tmp_path: Path, paper: str) -> None:
    out = str(tmp_path / "p.html")
    assert seen("export", paper, "GM9001", "verhaal", "-o", out, user=PO).code == 1
    for user in ("movisie", "privacy_officer-GM9002", None):
        assert seen("export", paper, "GM9001", "ceo_wmo", "-o", out, user=user).code == 1
    assert seen("export", paper, "GM9001", "ceo_wmo", "-o", str(tmp_path / "p.doc"), user=PO).code == 2
    assert not Path(out).exists()


def test_what_goes_out_fits_one_page(seen: Typed, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    assert seen("export", "goes-out", "GM9001", "ceo_wmo", "-o", str(out), user=PO).code == 0
    assert pages(out) == 1


def test_measures_never_claim_that_somebody_complies(text_only: Typed, tmp_path: Path) -> None:
    out = tmp_path / "m.html"
    assert text_only("export", "measures", "-o", str(out)).code == 0
    words = out.read_text().lower()
    assert "maatregelen die u kunt gebruiken" in words
    assert "beoordeelt u zelf" in words
    assert not any(claim in words for claim in ("voldoet aan", "bio2-proof", "gecertificeerd", "compliant"))


def test_a_subprocessor_stands_in_the_agreement(seen: Typed, tmp_path: Path) -> None:
    out = tmp_path / "p.html"
    words = ("export", "agreement", "GM9001", "ceo_wmo", "--subprocessor", "Rekencentrum Voorbeeld", "-o", str(out))
    assert seen(*words, user=PO).code == 0
    assert "Rekencentrum Voorbeeld" in out.read_text()


def test_the_register_of_processing_in_four_forms(seen: Typed, tmp_path: Path) -> None:
    for form in ("json", "xlsx", "html", "pdf"):
        assert seen("export", "register", "-o", str(tmp_path / f"r.{form}"), user=PO).code == 0
    (entry,) = json.loads((tmp_path / "r.json").read_text())["verwerkingsregister"]
    assert "GM9001" in entry["verantwoordelijke"]
    assert load_workbook(tmp_path / "r.xlsx").active.max_row == 2
    page = (tmp_path / "r.html").read_text()
    assert "Bewaartermijnen" in page
    assert entry["grondslag"][0] in page
    assert is_tagged(tmp_path / "r.pdf")
    assert seen("export", "register", "-o", str(tmp_path / "r.doc"), user=PO).code == 2
    other = "privacy_officer-GM9002"
    assert seen("export", "register", "--area", "GM9001", "-o", str(tmp_path / "x.json"), user=other).code == 1
    for user in ("movisie", None):
        assert seen("export", "register", "-o", str(tmp_path / "y.json"), user=user).code == 1
    assert not (tmp_path / "y.json").exists()
