"""What training makes of treebanks and own texts: refused when changed, equal for an equal seed."""

import json
import random
import re
from pathlib import Path

import pytest

from domain.errors import InputRejected
from training import prepare, sources
from training.ages import other_age, other_numbers, with_ages
from training.annotated import read_annotated
from training.augment import retyped, reworded, substituted
from training.lists import first_names, last_names
from training.markup import pieces, plain
from training.names import cased_like, shape_of
from training.treebank import read
from training.typing_rules import types_of, words_of

CONLLU = """# source = wiki-1/wiki-1.p.1.s.1.xml
1\tMevrouw\tmevrouw\tNOUN\t_\t_\t0\troot\t_\t_
2\tSanders\tSanders\tPROPN\t_\t_\t1\tappos\t_\t_
3\twoont\twonen\tVERB\t_\t_\t1\tparataxis\t_\t_
4\tin\tin\tADP\t_\t_\t5\tcase\t_\t_
5\tWinterswijk\tWinterswijk\tPROPN\t_\t_\t3\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

# source = wiki-1/wiki-1.p.1.s.2.xml
1\tTruus\tTruus\tPROPN\t_\t_\t0\troot\t_\t_
2\tvan\tvan\tPROPN\t_\t_\t1\tflat\t_\t_
3\tQuenast\tQuenast\tPROPN\t_\t_\t1\tflat\t_\t_
4\ten\ten\tCCONJ\t_\t_\t5\tcc\t_\t_
5\tQuenast\tQuenast\tPROPN\t_\t_\t1\tconj\t_\t_
6\tkozen\tkiezen\tVERB\t_\t_\t1\tparataxis\t_\t_
7\top\top\tADP\t_\t_\t8\tcase\t_\t_
8\tzondag\tzondag\tPROPN\t_\t_\t6\tobl\t_\t_
9\tPartij\tPartij\tPROPN\t_\t_\t6\tobj\t_\t_
10\tXyz\tXyz\tPROPN\t_\t_\t9\tflat\t_\t_
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "train.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_a_changed_treebank_is_refused(treebank: Path) -> None:
    expected = {treebank.name: sources.sha256(treebank)}
    assert sources.checked(treebank.parent, expected) == {treebank.name: treebank}
    treebank.write_text(CONLLU + "\n", encoding="utf-8")
    with pytest.raises(InputRejected, match="SHA-256 differs"):
        sources.checked(treebank.parent, expected)


def test_a_missing_treebank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match="not found"):
        sources.checked(tmp_path)


def test_a_treebank_gives_text_and_the_names_in_it(treebank: Path) -> None:
    first, second = read(treebank)
    assert first.text == "Mevrouw Sanders woont in Winterswijk."
    assert [" ".join(words_of(second, span)) for span in second.names] == [
        "Truus van Quenast",
        "Quenast",
        "zondag",
        "Partij Xyz",
    ]


def test_names_are_typed_by_title_list_place_and_the_rest_of_the_document(treebank: Path) -> None:
    assert types_of(list(read(treebank))) == [
        ["PERSON", "PLACE"],
        ["PERSON", "PERSON", "NONE", "ORGANISATION"],
    ]


def test_a_name_of_unknown_type_is_missing_and_not_absent(treebank: Path) -> None:
    changed = CONLLU.replace("Sanders", "Xanadoe").replace("Mevrouw", "Toen").replace("mevrouw", "toen")
    treebank.write_text(changed, encoding="utf-8")
    corpus = prepare.load({"train.conllu": treebank}, treebank.parent)
    samples = [prepare.sample_of(parts) for parts in corpus.treebank] + list(corpus.treebank_dev)
    assert [sample.text[slice(*sample.missing[0])] for sample in samples if sample.missing] == ["Xanadoe"]


def test_equal_seeds_give_equal_samples(treebank: Path) -> None:
    corpus = prepare.load({"train.conllu": treebank})
    again = prepare.load({"train.conllu": treebank})
    one = prepare.fingerprint(prepare.epoch(corpus, 1, 3))
    assert one == prepare.fingerprint(prepare.epoch(again, 1, 3))
    assert one != prepare.fingerprint(prepare.epoch(corpus, 2, 3))
    assert one != prepare.fingerprint(prepare.epoch(corpus, 1, 4))


def test_equal_sentences_are_learned_once_and_test_sentences_never(tmp_path: Path) -> None:
    for name in ("train.conllu", "test.conllu"):
        (tmp_path / name).write_text(CONLLU, encoding="utf-8")
    corpus = prepare.load({name: tmp_path / name for name in ("train.conllu", "test.conllu")}, tmp_path)
    assert (len(corpus.treebank), len(corpus.treebank_dev), len(corpus.treebank_test)) == (0, 0, 2)


def test_an_annotated_text_teaches_names_and_passes_by_what_shape_tells(tmp_path: Path) -> None:
    text = "Nel woont in Goor sinds 3 mei"
    marks = [(0, 3, "PERSON"), (13, 17, "PLACE"), (24, 29, "DATE")]
    spans = [{"start": start, "end": end, "label": label} for start, end, label in marks]
    row = {"id": "1", "text": text, "spans": spans[:1] + spans[2:], "neutral": spans[1:2]}
    (tmp_path / "set.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (parts,) = read_annotated(tmp_path / "set.jsonl")
    assert prepare.sample_of(parts) == prepare.Sample(text, ((0, 3, "PERSON"),), ((13, 17),))


def test_markup_gives_text_and_spans() -> None:
    text, spans = plain(pieces(r"bel {{PERSON|fatima}}\nin {{PLACE|Goor}}"))
    assert text == "bel fatima\nin Goor"
    assert [(text[start:end], label) for start, end, label in spans] == [("fatima", "PERSON"), ("Goor", "PLACE")]


@pytest.mark.parametrize("line", ["{{NAAM|Jan}}", "{{PERSON|Jan}", "{{PERSON|Jan"])
def test_wrong_markup_is_refused_without_the_value(line: str) -> None:
    with pytest.raises(InputRejected) as refusal:
        pieces(line)
    assert "Jan" not in str(refusal.value)


def test_every_own_text_reads_and_none_stands_twice() -> None:
    texts = [plain(parts)[0] for parts in prepare.read_texts(prepare.TEXTS)]
    assert len(texts) >= 1200
    assert len(texts) - len(set(texts)) == 0


@pytest.mark.parametrize(
    ("name", "before", "shape"),
    [
        ("Gerda", "mijn hulp ", "first"),
        ("de wit", "die ", "last"),
        ("Mulder", "meneer ", "last"),
        ("Fatma Demir", "naam ", "full"),
        ("J.P. Smit", "", "initials"),
        ("j jansen", "", "initials"),
        ("MvdB", "overleg ", "letters"),
        ("Rita B", "", "short"),
    ],
)
def test_a_name_is_replaced_by_one_of_its_shape(name: str, before: str, shape: str) -> None:
    assert shape_of(name, before) == shape


@pytest.mark.parametrize(("old", "new"), [("jan", "greet"), ("JAN", "GREET"), ("Jan", "Greet")])
def test_a_filler_is_written_as_the_name_it_replaces(old: str, new: str) -> None:
    assert cased_like("Greet", old) == new


def test_a_person_keeps_one_name_within_a_text() -> None:
    parts = pieces("{{PERSON|Hatice Yavuz}} belde. {{PERSON|Hatice}} is aardig, mevrouw {{PERSON|Yavuz}} dus.")
    for seed in range(20):
        full, first, last = (p.text for p in substituted(parts, random.Random(seed), share=1.0) if p.label)
        assert full.startswith(first)
        assert full.endswith(last)


def test_a_surname_without_any_cue_becomes_a_surname_again() -> None:
    surnames = {part.lower() for name in last_names() for part in name.split()}
    parts = pieces("ik moest bij {{SURNAME|kuiper}} zijn")
    made = [substituted(parts, random.Random(seed), share=1.0)[1] for seed in range(60)]
    assert {piece.label for piece in made} == {"PERSON"}
    assert sum(piece.text.split("-")[0].split()[-1] in surnames for piece in made) > 30
    assert all(piece.text.islower() for piece in made)


def test_a_byname_keeps_its_words() -> None:
    (made,) = (p for p in substituted(pieces("dat is {{BYNAME|lange Frans}}"), random.Random(1), share=1.0) if p.label)
    assert (made.text, made.label) == ("lange Frans", "PERSON")


def test_some_names_are_spelt_as_in_no_list() -> None:
    parts = pieces("{{PERSON|gerda}} belde")
    made = {substituted(parts, random.Random(seed), share=1.0)[0].text for seed in range(300)}
    assert 20 < len(made - {name.lower() for name in first_names()}) < 100


def test_other_words_leave_names_and_their_labels_alone() -> None:
    parts = pieces("Mijn consulent {{PERSON|Wietske}} stuurde een brief over onze nieuwe regeling")
    for seed in range(40):
        made = reworded(parts, random.Random(seed))
        assert [piece for piece in made if piece.label] == [piece for piece in parts if piece.label]
    assert reworded(parts, random.Random(4)) == reworded(parts, random.Random(4))


def test_gemeente_is_filled_like_a_place_and_is_no_name() -> None:
    sample = prepare.sample_of(pieces("de gemeente {{GEMEENTE|Zwolle}} belt {{PERSON|Jan}}"))
    assert [sample.text[start:end] for start, end, _ in sample.spans] == ["Jan"]


def test_retyping_keeps_labels_and_order() -> None:
    parts = pieces("Mevrouw {{PERSON|İnan}} uit {{PLACE|Oss}}, zei ze.")
    for seed in range(40):
        sample = prepare.sample_of(retyped(parts, random.Random(seed)))
        assert [label for _, _, label in sample.spans] == ["PERSON", "PLACE"]
        assert all(sample.text[start:end].strip() for start, end, _ in sample.spans)


def test_an_age_that_nobody_marked_is_marked_by_rule() -> None:
    parts = with_ages(pieces("mijn dochter {{PERSON|Nel}} van 12 wacht al 3 jaar op een plek"))
    assert [(part.text, part.label) for part in parts if part.label] == [("Nel", "PERSON"), ("12", "AGE")]
    assert "".join(part.text for part in parts) == "mijn dochter Nel van 12 wacht al 3 jaar op een plek"


def test_a_name_is_no_age_whatever_the_rules_say() -> None:
    parts = pieces("ik ben {{MISC|37}} en moe")
    assert with_ages(parts) == parts


@pytest.mark.parametrize(
    ("age", "form"),
    [
        ("84 jaar", r"\d+ jaar"),
        ("(6)", r"\(\d+\)"),
        ("31e", r"\d+e"),
        ("Zeventien", r"[A-Z][a-z]+"),
        ("anderhalf", "anderhalf"),
    ],
)
def test_an_age_is_filled_with_another_written_alike(age: str, form: str) -> None:
    made = {other_age(random.Random(seed), age) for seed in range(30)}
    assert all(re.fullmatch(form, one) for one in made)
    assert (len(made) > 3) is (age != "anderhalf")


def test_small_numbers_of_plain_text_change_and_long_ones_stay() -> None:
    text = "na 3 jaar, 1.250 euro op 12-05 en om 10:30, artikel 2.3"
    made = {other_numbers(text, random.Random(seed)) for seed in range(40)}
    assert len(made) > 3
    assert all(one.endswith(" jaar, 1.250 euro op 12-05 en om 10:30, artikel 2.3") for one in made)
