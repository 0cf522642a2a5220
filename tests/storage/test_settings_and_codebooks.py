import pytest

from domain.errors import InputRejected, WrongUsage
from storage.codebooks import Codebooks
from storage.places import Places
from storage.settings import change_settings, read_settings, write_settings
from storage.yaml import read_yaml, write_yaml


def test_no_home_is_wrong_usage():
    with pytest.raises(WrongUsage):
        read_settings(None, {})


def test_a_home_that_was_not_made_says_how_to_make_it(tmp_path):
    with pytest.raises(WrongUsage, match="init"):
        read_settings(tmp_path, {})


def test_the_environment_goes_before_the_file(tmp_path):
    places = Places(tmp_path)
    places.create()
    write_settings(places, demo=True)
    assert read_settings(None, {"TOEGANGSPEIL_HOME": str(tmp_path)}).demo
    other = read_settings(tmp_path, {"TOEGANGSPEIL_REGISTER_URL": "postgresql://x"})
    assert other.register_url == "postgresql://x"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"proceses": 1}, "e instelling kennen wij niet"),
        ({"mode": "gemente"}, "kies bij mode"),
        ({"processes": "veel"}, "een heel getal"),
        ({"processes": 0}, "een heel getal"),
        ({"ner": None}, "achter ner hoort een woord"),
        ({"ner": False}, "achter ner hoort een woord"),
        ({"ner": ""}, "achter ner hoort een woord"),
        ({"gemeenten_file": 5}, "achter gemeenten_file hoort een woord"),
        ({"demo": "nee"}, "schrijf bij demo true of false"),
    ],
)
def test_a_setting_that_would_do_nothing_is_said(tmp_path, wrong, said):
    places = Places(tmp_path)
    places.create()
    write_settings(places, demo=False)
    change_settings(places, **wrong)
    with pytest.raises(WrongUsage, match=said):
        read_settings(tmp_path, {})


def test_a_home_is_closed_to_other_users(tmp_path):
    Places(tmp_path / "home").create()
    assert (tmp_path / "home" / "vault").stat().st_mode & 0o077 == 0


def test_a_yaml_error_does_not_quote_the_file(tmp_path):
    (tmp_path / "d.yaml").write_text("naam: [Jorien Zandkasteel\n- x")
    with pytest.raises(InputRejected) as refusal:
        read_yaml(tmp_path / "d.yaml")
    assert "Jorien" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_local_codebook_adds_items_and_changes_none(tmp_path):
    item = {"class": "measure", "type": "integer", "minimum": 0, "maximum": 10}
    local = {"extends": "ceo_wmo@2016.1", "id": "GM9001_ceo", "version": "1"}
    write_yaml(tmp_path / "GM9001_ceo@1.yaml", {**local, "tables": {"rows": {"GM9001_wachten": item}}})
    write_yaml(
        tmp_path / "GM9002_ceo@1.yaml",
        {**local, "id": "GM9002_ceo", "tables": {"rows": {"GM9002_leeftijd": item}}, "art9": False},
    )
    codebooks = Codebooks(tmp_path)
    extended = codebooks.get("GM9001_ceo@1")
    assert "GM9001_wachten" in extended.rows
    assert "ceo01_vindbaarheid" in extended.rows
    assert codebooks.fingerprint("GM9001_ceo@1") != codebooks.fingerprint("ceo_wmo@2016.1")
    with pytest.raises(InputRejected, match="art9"):
        codebooks.get("GM9002_ceo@1")


def test_an_unknown_codebook_is_refused():
    with pytest.raises(InputRejected):
        Codebooks().get("bestaat_niet@1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"tables": ["rows"]},
        {"tables": {"rows": None}},
        {"tables": {"rows": {5: {}}}},
        {"scales": ["x"]},
        {"extends": "GM9001_ceo@1"},
        {"extends": ["ceo_wmo@2016.1"]},
        {"extends": "bestaat_niet@1"},
    ],
)
def test_a_mistake_in_a_local_codebook_is_said_and_holds_up_only_who_names_it(tmp_path, wrong):
    local = {"extends": "ceo_wmo@2016.1", "id": "GM9001_ceo", "version": "1"}
    write_yaml(tmp_path / "GM9001_ceo@1.yaml", {**local, **wrong})
    codebooks = Codebooks(tmp_path)
    with pytest.raises(InputRejected, match="codeboek GM9001_ceo@1"):
        codebooks.get("GM9001_ceo@1")
    assert {book.reference for book in codebooks.readable()} == set(Codebooks().references())
