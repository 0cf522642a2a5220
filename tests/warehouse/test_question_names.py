"""The same answers have the same name in every release, whatever else was delivered: the release history knows them."""

import pytest

from storage.codebooks import Codebooks
from storage.yaml import write_yaml
from warehouse.definitions import answered, items_of, question_ids

LONG, SHORT = "ceo_wmo@2016.1", "ceo_wmo@2025.1"


def names(*references, codebooks=None):
    books = codebooks or Codebooks()
    return question_ids([item for one in references for item in items_of(books.get(one))], codebooks)


@pytest.mark.parametrize("beside", [(), (LONG,)])
def test_a_short_list_keeps_its_names_when_a_long_one_comes_beside_it(beside):
    found = names(SHORT, *beside)
    assert found[SHORT, "ceo06_kwaliteit"] == ("ceo06_kwaliteit@ceo_wmo-2025.1", False)
    assert found[SHORT, "ceo03_serieus"] == ("ceo03_serieus", True)


def test_only_what_was_delivered_with_gets_a_name():
    assert {reference for reference, _ in names(SHORT)} == {SHORT}


def test_an_own_question_keeps_its_name_when_an_older_list_is_delivered_late(tmp_path):
    for year, words in (("2026.1", "Ik wacht."), ("2027.1", "Ik wacht lang.")):
        own = {"class": "measure", "type": "scale", "scale": "eens", "statistic": "share", "text": words}
        content = {"id": "GM9001_ceo", "version": year, "title": "Eigen", "extends": LONG,
                   "tables": {"rows": {"GM9001_wacht": own}}}  # fmt: skip
        write_yaml(tmp_path / f"GM9001_ceo@{year}.yaml", content)
    home, later = Codebooks(tmp_path), "GM9001_ceo@2027.1"
    alone, beside = (names(*some, codebooks=home) for some in ((later,), ("GM9001_ceo@2026.1", later)))
    assert alone[later, "GM9001_wacht"] == beside[later, "GM9001_wacht"] == ("GM9001_wacht@GM9001_ceo-2027.1", False)
    assert alone[later, "ceo03_serieus"] == ("ceo03_serieus", True)


@pytest.mark.parametrize(
    ("reference", "row", "counted"),
    [
        (SHORT, {"ceo03_serieus": "5", "ceo06_kwaliteit": "4", "ceo07_passend": None, "wijk": "Noord"},
         {"ceo03_serieus", "ceo06_kwaliteit@ceo_wmo-2025.1"}),
        ("klantenpanel@1.0", {"onderwerp": "Avondspreekuur", "score": 1}, {"Avondspreekuur"}),
        ("klantenpanel@1.0", {"onderwerp": "Avondspreekuur", "score": None}, set()),
    ],
)  # fmt: skip
def test_what_somebody_answered_is_found_by_the_name_it_was_published_under(reference, row, counted):
    books = Codebooks()
    assert answered(row, books.get(reference), books) == counted
