"""Numbers in a file mean what whoever delivers says they mean; counted the other way, nothing is read in silence."""

import pytest

from domain.errors import InputRejected
from ingest.codes import bare_codes
from ingest.expected import expected_of
from ingest.readers import read_file
from storage.codebooks import Codebooks

from .conftest import ITEMS, as_csv, ceo_rows

BOOK = Codebooks().get("ceo_wmo@2016.1")
AGREE = [item for item in ITEMS if not item.startswith("ceo05")]
OTHER_WAY = {"5": "helemaal mee eens", "4": "mee eens", "3": "neutraal", "2": "niet mee eens"}
OTHER_WAY |= {"1": "Helemaal niet mee eens", "6": "geen mening", "99": "geen antwoord"}
CONTENT = [1, 2, 2, 1, 3, 2, 4, 1, 2, 5]


def rows(answers, **columns):
    return ceo_rows(10, **dict.fromkeys(AGREE, answers), **columns)


def answers(intake):
    return intake.records[0].tables["rows"].column(AGREE[0]).to_pylist()


def given(codes):
    return {"files": [{"path": "ceo.csv", "codes": codes}]}


def test_numbers_hold_as_the_codebook_says_them(deliver, read):
    assert answers(read(deliver({"ceo.csv": as_csv(rows(CONTENT))}))) == [str(one) for one in CONTENT]


READ_SO = "de cijfers lazen wij zo: 1 = helemaal mee eens, 5 = helemaal niet mee eens"


def test_who_delivers_hears_how_unexplained_numbers_were_read(deliver, read):
    (told,) = read(deliver({"ceo.csv": as_csv(rows(CONTENT))})).notices
    assert told.startswith(READ_SO)


@pytest.mark.parametrize("told", [{"eens": dict(BOOK.scales["eens"].values)}, {}])
def test_numbers_that_are_explained_and_words_need_no_notice(deliver, read, told):
    answers = CONTENT if told else ["mee eens"] * 10
    found = read(deliver({"ceo.csv": as_csv(rows(answers, ceo05_clientondersteuner=[1] * 10))}, **given(told)))
    assert not [one for one in found.notices if "cijfers" in one]


def test_numbers_counted_the_other_way_are_asked_about_and_not_read(deliver, read):
    with pytest.raises(InputRejected) as caught:
        read(deliver({"ceo.csv": as_csv(rows([6 - one for one in CONTENT]))}))
    said = str(caught.value)
    assert "als 1 'helemaal mee eens' betekent en 5 'helemaal niet mee eens'; is het bij u andersom?" in said
    assert "bij 'codes' voor schaal 'eens'" in said


def test_what_whoever_delivers_says_decides(deliver, read):
    turned = rows([6 - one for one in CONTENT])
    assert answers(read(deliver({"ceo.csv": as_csv(turned)}, **given({"eens": OTHER_WAY})))) == list(map(str, CONTENT))


def test_a_number_that_is_yaml_s_own_is_the_same(deliver, read):
    meant = {int(code): word for code, word in OTHER_WAY.items()}
    assert answers(read(deliver({"ceo.csv": as_csv(rows([5] * 10))}, **given({"eens": meant})))) == ["1"] * 10


def test_a_code_of_the_bureau_for_no_opinion_is_read_once_explained(deliver, read):
    found = read(deliver({"ceo.csv": as_csv(rows([5, "6,0", 99, *[4] * 7]))}, **given({"eens": OTHER_WAY})))
    assert answers(found)[:3] == ["1", "8", None]


def test_a_number_nobody_explained_is_refused_and_a_word_is_read(deliver, read):
    partly = {"5": "helemaal mee eens", "4": "mee eens"}
    assert (
        answers(read(deliver({"ceo.csv": as_csv(rows(["mee eens", *[5] * 9]))}, **given({"eens": partly}))))[0] == "2"
    )
    with pytest.raises(InputRejected, match="1 rij met een antwoord buiten de schaal"):
        read(deliver({"ceo.csv": as_csv(rows([1, *[5] * 9]))}, **given({"eens": partly})))


def test_a_file_of_dissatisfied_people_is_read_once_its_numbers_are_explained(deliver, read):
    as_it_is = dict(BOOK.scales["eens"].values)
    assert answers(read(deliver({"ceo.csv": as_csv(rows([5] * 10))}, **given({"eens": as_it_is})))) == ["5"] * 10


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (
            {"zeven": {"1": "mee eens"}},
            "bij 'codes' staat een schaal die ceo_wmo@2016.1 niet kent; kies uit eens, ja_nee",
        ),
        (
            {"eens": {"1": "prachtig"}},
            "bij 'codes' voor schaal 'eens' staat een woord dat geen antwoord is; kies uit: hel",
        ),
    ],
)
def test_codes_that_lead_nowhere(deliver, read, codes, said):
    with pytest.raises(InputRejected) as caught:
        read(deliver({"ceo.csv": as_csv(rows(CONTENT))}, **given(codes)))
    assert said in str(caught.value)
    assert "prachtig" not in str(caught.value)


def test_numbers_in_a_file_are_listed_per_scale_and_words_are_not(tmp_path):
    cells = rows([*CONTENT[:8], "mee eens", "99"], ceo05_clientondersteuner=["ja"] * 10)
    (tmp_path / "ceo.csv").write_text(as_csv(cells), encoding="utf-8")
    table = read_file(tmp_path / "ceo.csv", expected_of(BOOK, "rows", {}), "ceo.csv")[0]
    assert bare_codes(table, BOOK, "rows") == {"eens": ["1", "2", "3", "4", "99"]}


def test_a_column_full_of_numbers_is_no_scale(tmp_path):
    cells = ceo_rows(40, **{item: list(range(100, 140)) for item in AGREE}, ceo05_clientondersteuner=["ja"] * 40)
    (tmp_path / "ceo.csv").write_text(as_csv(cells), encoding="utf-8")
    table = read_file(tmp_path / "ceo.csv", expected_of(BOOK, "rows", {}), "ceo.csv")[0]
    assert bare_codes(table, BOOK, "rows") == {}


HINTED = "Vindbaarheid (1 = helemaal niet mee eens, 5 = helemaal mee eens)"


def hinted(header, **codes):
    columns = dict(zip(AGREE, [header, *AGREE[1:]], strict=True))
    content = {columns.get(name, name): values for name, values in rows(CONTENT).items()}
    return {"ceo.csv": as_csv(content)}, {"files": [{"path": "ceo.csv", "columns": {header: AGREE[0]}, **codes}]}


@pytest.mark.parametrize(
    "header",
    [HINTED, "Q1: 5=Helemaal eens 1=Helemaal oneens", "Q1 [1 (helemaal niet mee eens) - 5 (helemaal mee eens)]"],
)
def test_a_header_that_says_otherwise_is_not_read_as_the_codebook_says(deliver, read, header):
    files, fields = hinted(header)
    with pytest.raises(InputRejected, match="de kop van een vraag geeft een cijfer een andere betekenis"):
        read(deliver(files, **fields))
    files, fields = hinted(header, codes={"eens": OTHER_WAY})
    assert answers(read(deliver(files, **fields)))[0] == "5"


def test_a_header_that_says_the_same_is_read(deliver, read):
    files, fields = hinted("Vindbaarheid (1 = helemaal mee eens, 5 = helemaal niet mee eens)")
    found = read(deliver(files, **fields))
    assert answers(found) == [str(one) for one in CONTENT]
    assert found.notices == []
