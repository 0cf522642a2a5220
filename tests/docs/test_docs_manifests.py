"""The deliveries that the docs show are deliveries: manifests are read, and the tutorial's file goes through intake."""

from datetime import date

import pytest
import yaml
from docs_pages import FENCE, PAGES, ROOT, blocks, name_of

from domain.delivery import read_manifest
from ingest.intake import read_delivery
from storage.codebooks import Codebooks
from storage.gemeenten import read_gemeenten

TUTORIAL = ROOT / "docs" / "handleiding" / "eerste-aanlevering.md"
MANIFESTS = [(name_of(page), code) for page in PAGES for _, code in blocks(page, "yaml") if "legal_basis" in code]


@pytest.mark.parametrize(("page", "code"), MANIFESTS, ids=[page for page, _ in MANIFESTS])
def test_a_shown_manifest_is_a_manifest(page, code):
    manifest = read_manifest(yaml.safe_load(code))
    assert manifest.codebook in Codebooks().references()


def test_the_first_delivery_of_the_tutorial_is_accepted(tmp_path):
    gemeenten, answers = (code for _, code in blocks_without_language())
    (tmp_path / "gemeenten.csv").write_text(gemeenten, encoding="utf-8")
    known = read_gemeenten(tmp_path / "gemeenten.csv")
    folder = tmp_path / "zending"
    folder.mkdir()
    (folder / "ceo.csv").write_text(answers, encoding="utf-8")
    ((_, manifest),) = blocks(TUTORIAL, "yaml")
    (folder / "delivery.yaml").write_text(manifest, encoding="utf-8")
    found = read_delivery(folder, codebooks=Codebooks(), gemeenten=known, today=date(2026, 11, 22))
    assert found.rows == 2
    assert "leeftijd" in found.records[0].tables["rows"].column_names


def blocks_without_language():
    """The two files that the tutorial lets you write: gemeenten.csv and ceo.csv."""
    return [(info, code) for info, code in FENCE.findall(TUTORIAL.read_text(encoding="utf-8")) if not info]
