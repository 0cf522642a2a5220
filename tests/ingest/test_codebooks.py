"""Every shipped codebook can be read, has a policy that holds, and says nothing that no source says."""

from pathlib import Path

import pytest
import yaml

from domain.bands import bands_named
from domain.delivery import read_manifest
from domain.instruments import Codebook
from domain.policy import default_policy
from domain.vocabulary import DOELGROEPEN, ColumnClass, ColumnType, Kind, LegalBasis, Purpose, Treatment
from storage.codebooks import Codebooks

BOOKS = Codebooks()
SHIPPED = [
    "aggregaat@1.0", "ceo_jeugd_jongeren@2017.1", "ceo_jeugd_ouders@2017.1", "ceo_wmo@2016.1", "ceo_wmo@2025.1",
    "dialoogtafel@1.0", "ervaringenkaart@1.0", "klantenpanel@1.0", "klantreis@1.0", "klantreis_gezamenlijk@1.0",
    "klantreis_schaduw@1.0", "klantreis_transcript@1.0", "straatenquete@1.0", "toegangsscan@2021.1", "verhaal@1.0",
]  # fmt: skip
VERIFIED = {"regie_zeggenschap", "transparant_eenvoudig", "passend_samenhangend"}
EVERY = pytest.mark.parametrize("reference", SHIPPED)


def test_these_codebooks_are_shipped():
    assert BOOKS.references() == SHIPPED


@EVERY
def test_a_codebook_is_whole(reference: str):
    book = BOOKS.get(reference)
    assert "rows" in book.tables
    assert set(book.doelgroepen) <= set(DOELGROEPEN)
    assert book.legal_bases
    assert set(book.totals_only) <= set(book.doelgroepen)
    for columns in book.tables.values():
        for name, column in columns.items():
            assert (column.type is ColumnType.SCALE) == (column.scale is not None), name
            assert column.type is not ColumnType.TAGS or column.values, name
            if column.bands:
                bands_named(column.bands)


@EVERY
def test_the_default_policy_holds_against_its_codebook(reference: str):
    book = BOOKS.get(reference)
    policy = default_policy(book, BOOKS.fingerprint(reference))
    policy.check_against(book)
    direct = [
        policy.columns[table][name]
        for table in book.tables
        for name in book.columns_of(ColumnClass.DIRECT, table=table)
    ]
    assert all(rule.do in (Treatment.DROP, Treatment.PSEUDONYMISE) for rule in direct)


@EVERY
def test_people_are_named_by_one_direct_column_or_there_are_none(reference: str):
    book = BOOKS.get(reference)
    if book.person is None:
        assert book.kind in (Kind.STEPS, Kind.CONTRIBUTIONS, Kind.AGGREGATE)
        assert not book.columns_of(ColumnClass.DIRECT)
    else:
        assert book.rows[book.person].cls is ColumnClass.DIRECT


@EVERY
def test_consent_columns_are_known_purposes(reference: str):
    names = BOOKS.get(reference).columns_of(ColumnClass.CONSENT)
    assert {name.removeprefix("toestemming_") for name in names} <= {purpose.value for purpose in Purpose}


def test_only_three_uitgangspunten_have_wording():
    scan = BOOKS.get("toegangsscan@2021.1")
    wishes = scan.rows["verbetering"].values
    assert {code for code, label in wishes.items() if label} == VERIFIED
    assert len(wishes) == 7
    for code in wishes:
        assert scan.rows[f"ervaring_{code}"].uitgangspunt == code
        assert bool(scan.rows[f"ervaring_{code}"].text) == (code in VERIFIED)


@pytest.mark.parametrize("reference", [name for name in SHIPPED if not name.startswith("toegangsscan")])
def test_a_question_is_only_proposed_to_belong_to_an_uitgangspunt(reference: str):
    for column in BOOKS.get(reference).rows.values():
        assert column.uitgangspunt is None or column.uitgangspunt in VERIFIED
        assert column.uitgangspunt_status == "proposed"


@pytest.mark.parametrize("reference", ["ceo_jeugd_jongeren@2017.1", "ceo_jeugd_ouders@2017.1"])
def test_youth_is_never_split_by_aanbieder(reference: str):
    book = BOOKS.get(reference)
    assert "aanbieder" in book.forbidden_breakdowns
    assert not book.rows["aanbieder"].breakdown
    assert book.instrument == "ceo_jeugd"


def test_interviews_stories_and_panels_rest_on_consent():
    held = {ref for ref in SHIPPED if BOOKS.get(ref).interviews}
    assert held == {"klantreis@1.0", "klantreis_transcript@1.0", "verhaal@1.0", "klantenpanel@1.0"}


def labels(book: Codebook, item: str) -> tuple[set[str], set[str]]:
    scale = book.scale_of(book.rows[item])
    assert scale is not None
    return set(scale.values.values()), {scale.values[code] for code in scale.positive}


def test_the_short_ceo_keeps_some_questions_comparable_and_others_not():
    old, new = BOOKS.get("ceo_wmo@2016.1"), BOOKS.get("ceo_wmo@2025.1")
    assert labels(old, "ceo01_vindbaarheid") == labels(new, "ceo01_vindbaarheid")
    assert old.rows["ceo01_vindbaarheid"].base_rule == new.rows["ceo01_vindbaarheid"].base_rule
    assert old.rows["ceo06_kwaliteit"].base_rule != new.rows["ceo06_kwaliteit"].base_rule
    assert labels(old, "ceo08_doen_wat_ik_wil") != labels(new, "ceo08_doen_wat_ik_wil")
    assert "ceo02_snelheid" not in new.rows


def test_law_of_each_instrument():
    assert BOOKS.get("ceo_wmo@2016.1").legal_bases[0] is LegalBasis.WMO
    assert BOOKS.get("ceo_jeugd_ouders@2017.1").legal_bases[0] is LegalBasis.JEUGDWET


def test_the_reference_page_names_every_codebook():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "codeboeken.md").read_text(encoding="utf-8")
    assert [reference for reference in SHIPPED if f"`{reference}`" not in page] == []


def test_the_example_in_the_manual_is_a_manifest():
    page = (Path(__file__).parents[2] / "docs" / "uitleg" / "aanleveren.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    manifest = read_manifest(yaml.safe_load(example))
    (key,) = manifest.keys()
    assert str(key) == "GM9001.ceo_wmo.2026.client"
