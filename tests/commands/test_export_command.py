"""Exports: the log, the dictionary, and files for readers; papers are in test_paper_commands."""

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.commands.typed import Typed

PO = "privacy_officer-GM9001"


def test_the_processing_log_names_nobody(seen: Typed, tmp_path: Path) -> None:
    log = tmp_path / "ldv.json"
    assert seen("export", "ldv", "-o", str(log), user="operator").code == 0
    spans = json.loads(log.read_text())["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert len(spans) >= 2
    assert "data_steward" not in log.read_text()
    assert seen("export", "ldv", "-o", str(log), user="movisie").code == 1


def test_the_dictionary_and_the_template_need_nobody(text_only: Typed, tmp_path: Path) -> None:
    assert "fact_result" in text_only("export", "dictionary").out
    assert text_only("export", "dictionary", "-o", str(tmp_path / "tabellen.md")).code == 0
    assert "fact_result" in (tmp_path / "tabellen.md").read_text()
    assert text_only("export", "template", "-o", str(tmp_path / "klantreis.xlsx")).code == 0
    assert "Keuzes" in load_workbook(tmp_path / "klantreis.xlsx").sheetnames
    assert text_only("export", "template", "bestaat@0.0", "-o", str(tmp_path / "x.xlsx")).code == 1


def test_a_release_that_is_not_published_is_not_copied(seen: Typed, tmp_path: Path) -> None:
    out = tmp_path / "kopie"
    assert seen("export", "release", "r1", "-o", str(out), user="movisie").code == 1
    assert seen("export", "release", "r1", "-o", str(out)).code == 1
    assert not out.exists()
    assert seen("export", "release", "r1", "-o", str(tmp_path), user="movisie").code == 2
