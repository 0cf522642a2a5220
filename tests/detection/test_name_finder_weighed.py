"""What the model says of a text, beside what the lists say: whole names, initials, everyday words."""

import pytest

from anonymisation.engine import Detector
from anonymisation.models.language import listed
from anonymisation.names import load
from anonymisation.prefilter import Prefilter
from anonymisation.recognisers import by_rules
from anonymisation.recognisers.ner import NerRecogniser
from anonymisation.view import fold


class Told:
    """A name finder that knows one name, and how sure it is."""

    def __init__(self, name: str, label: str = "PERSON", score: float = 0.98) -> None:
        self.name, self.label, self.score = name, label, score

    def find(self, texts):
        places = [(text, text.find(self.name)) for text in texts]
        return [
            [(at, at + len(self.name), self.label, self.score)] if at >= 0 else [] for _, at in places
        ]  # fmt: skip


@pytest.fixture(scope="module")
def masked_with():
    lists = load()
    rules = by_rules(lists)

    def masked(text: str, finder: Told) -> list[str]:
        detector = Detector(rules, lists, ner=NerRecogniser(lists, finder))
        return [text[span.start : span.end] for span in detector.detect(text)]

    return masked


def test_the_model_reads_plain_words_that_may_be_a_surname(masked_with) -> None:
    text = "het ligt nu bij kuiper op het bureau"
    assert masked_with(text, Told("kuiper")) == ["kuiper"]
    assert masked_with(text, Told("kuiper", score=0.88)) == []


def test_a_street_that_is_a_word_is_believed_when_the_model_is_sure(masked_with) -> None:
    text = "ze rijden te hard door onze straat, de notenlaan"
    assert masked_with(text, Told("notenlaan", "ADDRESS", 0.95)) == ["notenlaan"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In de ploeg zitten Frits, Bep en Over, meer niet.", "Over"),
        ("Kijk, April Zonderop kookt voor ons", "April Zonderop"),
    ],
)
def test_a_trusted_person_is_masked_whole_even_when_lists_take_a_word_for_grammar(masked_with, text, name) -> None:
    assert name in masked_with(text, Told(name, score=0.99))
    assert name not in masked_with(text, Told(name, score=0.8))


def test_a_brand_stays_a_brand_however_sure_the_model_is(masked_with) -> None:
    assert masked_with("het kussen is van Roho", Told("Roho", score=0.999)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dat was Gerda K en niemand anders", "Gerda K"),
        ("mijn buurman Wong Mei Lan kookt", "Wong Mei Lan"),
    ],
)
def test_a_name_that_the_model_read_whole_is_masked_whole(masked_with, text: str, name: str) -> None:
    assert " ".join(masked_with(text, Told(name))) == name


def test_an_age_that_no_rule_knows_is_masked_when_the_model_is_sure(masked_with) -> None:
    text = "en toen stond daar mevrouw Xirello, een mens met 19 op de teller"
    assert "19" in masked_with(text, Told("19", "AGE"))
    assert "19" not in masked_with(text, Told("19", "AGE", 0.6))
    assert masked_with("dat was zo fijn", Told("fijn", "AGE")) == []


def test_beside_somebody_the_model_needs_to_be_less_sure(masked_with) -> None:
    alone, beside = "Een vraag terug. {} dus, hoe vind je dit?", "Mevrouw De Wit belde. "
    for word, label in (("Ebbo", "PERSON"), ("29", "AGE")):
        text = alone.format(word)
        assert word not in masked_with(text, Told(word, label, 0.75))
        assert word in masked_with(beside + text, Told(word, label, 0.75))


def test_an_age_needs_more_where_nobody_else_is_told_of_and_with_a_unit(masked_with) -> None:
    text = "zo staat het er al, 29 op de teller, 12 jaar op de klok"
    assert masked_with(text, Told("29", "AGE", 0.97)) == []
    assert masked_with(text, Told("29", "AGE", 0.98)) == ["29"]
    assert masked_with(text, Told("12 jaar", "AGE", 0.999)) == []
    beside = f"zo zei Yusuf het: {text}"
    assert masked_with(beside, Told("29", "AGE", 0.7)) == ["Yusuf", "29"]
    assert masked_with(beside, Told("12 jaar", "AGE", 0.9)) == ["Yusuf"]
    assert masked_with(beside, Told("12 jaar", "AGE", 0.95)) == ["Yusuf", "12 jaar"]


@pytest.mark.parametrize("word", ["xir", "bloempotservice"])
def test_one_short_word_or_compound_in_small_letters_is_nobody_by_itself(masked_with, word: str) -> None:
    text = f"het was weer {word} vandaag, {word} dus"
    assert masked_with(text, Told(word, score=0.999)) == []
    assert word in masked_with(f"Mevrouw De Wit belde: {text}", Told(word, score=0.999))


@pytest.mark.parametrize(
    ("text", "name", "needed"),
    [
        ("gisteren haalde tjombaro van hiernaast brood", "tjombaro", 0.5),
        ("gisteren nog tjombaro gezien", "tjombaro", 0.9),
        ("gisteren nog de tjombaro gezien", "de tjombaro", 0.97),
        ("en toen nog begleiding van mevrouw De Wit", "begleiding", 0.97),
        ("en toen nog weekservice van mevrouw De Wit", "weekservice", 0.97),
    ],
)
def test_somebody_unknown_in_small_letters_needs_less_when_announced(masked_with, text, name, needed) -> None:
    assert name in masked_with(text, Told(name, score=needed + 0.01))
    assert name not in masked_with(text, Told(name, score=needed - 0.02))


@pytest.mark.parametrize("text", ["2) Xirello levert", "vandaag: (1) niet bellen, (2) mailen naar Xirello"])
def test_the_point_of_a_list_is_no_age(masked_with, text: str) -> None:
    assert "2" not in masked_with(f"Mevrouw De Wit. {text}", Told("2", "AGE", 0.999))


@pytest.mark.parametrize(
    ("text", "number"), [("Xirello om 9:30 gebeld", "30"), ("Xirello, 19% meer", "19"), ("Xirello kwam 11u", "11u")]
)
def test_part_of_a_time_or_an_amount_is_no_age(masked_with, text: str, number: str) -> None:
    assert number not in masked_with(text, Told(number, "AGE"))


@pytest.mark.parametrize(
    ("name", "label"), [("Burgemeester Xirellolaan", "ADDRESS"), ("Regionaal Xirello", "ORGANISATION")]
)
def test_a_capital_belongs_to_the_street_or_organisation_it_is_in(masked_with, name: str, label: str) -> None:
    assert " ".join(masked_with(f"zij woont bij {name} vandaan", Told(name, label))) == name


@pytest.mark.parametrize(
    ("text", "word"), [("Xirelloat wel wat ik er van vind.", "Xirelloat"), ("over tempo, mees en thee", "mees")]
)
def test_what_only_writing_makes_a_person_needs_the_model(masked_with, text: str, word: str) -> None:
    assert word in masked_with(text, Told(word))
    assert word not in masked_with(text, Told("nergens"))


@pytest.mark.parametrize(
    ("text", "word"), [("Xirelloat ging mee naar het loket.", "Xirelloat"), ("Bas speel ik elke week.", "Bas")]
)
def test_a_capital_says_more_where_the_text_tells_of_somebody_else(masked_with, text: str, word: str) -> None:
    assert masked_with(text, Told("nergens")) == []
    assert word in masked_with(f"Mevrouw De Wit belde. {text}", Told("nergens"))


def test_in_small_letters_there_only_a_word_outside_every_list_is_somebody(masked_with) -> None:
    assert masked_with("mevrouw de wit belde. dat ging bas goed", Told("nergens")) == ["de wit"]
    assert masked_with("mevrouw de wit belde. dat ging xirelloat goed", Told("nergens")) == ["de wit", "xirelloat"]
    assert masked_with("dat ging xirelloat goed", Told("nergens")) == []


def test_a_title_needs_no_model(masked_with) -> None:
    assert masked_with("Mevrouw Xirello belde.", Told("nergens")) == ["Xirello"]


def test_a_doubt_of_the_model_is_for_the_review_list(masked_with) -> None:
    assert masked_with("gisteren nog xirello gezien", Told("xirello", score=0.75)) == []
    assert masked_with("gisteren nog Xirello gezien", Told("Xirello", score=0.9)) == ["Xirello"]
    assert masked_with("gisteren nog xirello gezien", Told("xirello", score=0.88)) == []
    assert masked_with("gisteren nog xirello gezien", Told("xirello", score=0.9)) == ["xirello"]


def test_a_capital_with_its_dot_is_somebody_when_the_model_says_so(masked_with) -> None:
    text = "dat briefje zegt: P. weg"
    assert masked_with(text, Told("P.", score=0.9)) == ["P"]
    assert masked_with(text, Told("P.", score=0.7)) == []
    assert masked_with("En toen?\nR.: niemand", Told("R.", score=0.9)) == []


@pytest.mark.parametrize(
    ("text", "rules", "model"),
    [("ik moest naar kuiper", True, False), ("ik moest naar het loket", True, True), ("dat was mooi", True, True)],
)
def test_with_a_model_a_possible_name_is_no_plain_word(text: str, rules: bool, model: bool) -> None:
    quick = Prefilter.of(load())
    assert quick.nothing_here(text, fold(text)) is rules
    assert quick.for_model(load()).nothing_here(text, fold(text)) is model


@pytest.mark.parametrize(
    ("word", "letters"),
    [("kuiper", "LW"), ("KUIPER", "LW"), ("wachtkamerlamp", "C"), ("xirello", "-"), ("12", ""), (",", "")],
)
def test_a_word_is_described_by_the_lists_that_hold_it(word: str, letters: str) -> None:
    assert listed(word) == letters
