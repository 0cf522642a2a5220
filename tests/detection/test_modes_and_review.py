"""What comes in the place of a detail, and the officer's loop."""

from collections import Counter
from dataclasses import replace

import pytest

from anonymisation.modes import Mode, age_band, health_group, quarter
from anonymisation.review import estimate_left, review_row, sample
from anonymisation.text import build_detector, clean, names_somebody
from domain.errors import CannotCheck, PolicyRefused
from domain.officer_rules import Form, OfficerRule
from toegangspeil.demo.texts import DOUBTFUL

STORY = "Mevrouw De Boer en haar zoon Milan kwamen. Milan is 9. Mevrouw De Boer belde later nog."


def test_labels_are_numbered_per_document_so_that_a_story_reads(detector):
    cleaned = clean([STORY, STORY], detector)
    assert cleaned.texts[0] == cleaned.texts[1]
    assert cleaned.texts[0].startswith(
        "Mevrouw [PERSOON 1] en haar zoon [PERSOON 2] kwamen. [PERSOON 2] is [LEEFTIJD 1]."
    )
    assert cleaned.texts[0].count("[PERSOON 1]") == 2


def test_the_demo_has_answers_about_which_the_detector_doubts():
    """Else an officer in a demo finds an empty review list. One word stands in more than one of them."""
    detector = build_detector()
    doubts = [clean([text], detector).review for text in DOUBTFUL]
    words = Counter(text[one.start : one.end] for text, found in zip(DOUBTFUL, doubts, strict=True) for one in found)
    assert max(words.values()) > 1
    assert len(words) > 1


def test_none_stays_none_and_is_not_counted(detector):
    cleaned = clean([None, "", "prima"], detector)
    assert cleaned.texts == [None, "", "prima"]
    assert not cleaned.tally


def test_mask_hides_the_length(detector):
    texts = clean(["zoon Jan belt", "zoon Maximiliaan belt"], detector, mode=Mode.MASK).texts
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("found", "band"),
    [
        ("84 jaar", "[leeftijd 80-89]"),
        ("vierentachtig", "[leeftijd 80-89]"),
        ("17", "[leeftijd onder 18]"),
        ("18", "[leeftijd 18-19]"),
        ("90", "[leeftijd 90 of ouder]"),
        ("31e", "[leeftijd 30-39]"),
    ],
)
def test_age_band(found, band):
    assert age_band(found) == band


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("12 maart 1956", "[1e kwartaal 1956]"),
        ("03-11-2023", "[4e kwartaal 2023]"),
        ("22/8", "[3e kwartaal]"),
        ("1951", "[jaren 1950]"),
    ],
)
def test_quarter(found, words):
    assert quarter(found) == words


def test_health_says_a_kind_and_not_the_condition():
    assert health_group("parkinson") == "een chronische ziekte"
    assert health_group("methadon") == "een verslaving"


def test_place_becomes_its_gemeente(detector):
    cleaned = clean(["wij wonen in Velp"], detector, mode=Mode.GENERALISE, gemeente_of={"Velp": "Rheden"}.get)
    assert cleaned.texts == ["wij wonen in [gemeente Rheden]"]


def test_pseudonym_is_stable_in_its_scope_only(detector):
    key = b"k" * 32
    one = clean(["zoon Jochem belt"], detector, mode=Mode.PSEUDONYM, key=key, scope="a").texts
    assert clean(["zoon JOCHEM belt"], detector, mode=Mode.PSEUDONYM, key=key, scope="a").texts == one
    assert clean(["zoon Jochem belt"], detector, mode=Mode.PSEUDONYM, key=key, scope="b").texts != one
    with pytest.raises(CannotCheck):
        clean(["zoon Jochem belt"], detector, mode=Mode.PSEUDONYM)


def test_a_treatment_per_label_goes_before_the_mode(detector):
    cleaned = clean(["zoon Jochem (17) belt"], detector, treatments={"AGE": "generalise"})
    assert cleaned.texts == ["zoon [PERSOON 1] ([leeftijd onder 18]) belt"]


def test_middle_scores_go_to_the_review_list(detector):
    text = "Nu zit ik bij Zuverdael en dat bevalt"
    cleaned = clean([text], detector)
    (span,) = cleaned.review
    assert text[span.start : span.end] == "Zuverdael"
    assert 0.5 <= span.score < 0.8


def test_a_rule_holds_only_after_a_second_signature(detector):
    rule = OfficerRule(True, Form.WORD, "zuverdael", "ORGANISATION", "po1")
    with pytest.raises(PolicyRefused, match="tweede handtekening"):
        build_detector(ner="none", rules=[rule])
    with pytest.raises(PolicyRefused, match="dezelfde"):
        replace(rule, approver="po1")
    lenient = build_detector(ner="none", rules=[replace(rule, approver="po2")])
    assert lenient.detect("Nu zit ik bij Zuverdael en dat bevalt") == []


def test_always_remove_works_on_safe_words_too():
    rule = OfficerRule(False, Form.WORD, "de brink", "ADDRESS", "po1", "po2")
    strict = build_detector(ner="none", rules=[rule])
    text = "het loket op de brink is dicht"
    assert [text[s.start : s.end] for s in strict.detect(text)] == ["de brink"]


@pytest.mark.parametrize("label", ["PLACE", "ORGANISATION"])
def test_a_word_that_officers_always_remove_names_somebody_whatever_it_is(label):
    rule = OfficerRule(False, Form.WORD, "zonnebloem", label, "po1", "po2")
    assert not names_somebody("De zonnebloem luistert.", build_detector(ner="none"))
    assert names_somebody("De zonnebloem luistert.", build_detector(ner="none", rules=[rule]))


def test_only_patterns_that_re2_takes():
    with pytest.raises(PolicyRefused):
        OfficerRule(False, Form.RE2, r"(?<=a)b", "PERSON", "po1")


def test_a_review_row_shows_the_words_around_a_place_and_of_other_finds_only_their_kind(detector):
    text = "Bel mij op 06-12345678 of zus Zuverdael. Zij woont op Dorpsstraat 12, al jaren en met plezier"
    (doubt,) = clean([text], detector).review
    row = review_row(doubt, text, delivery="d1", row=3, column="toelichting")
    assert (row.found, row.row, row.start) == ("Zuverdael", 3, text.index("Zuverdael"))
    assert (row.before, row.after) == ("Bel mij op [TELEFOON] of zus ", ". Zij woont op [ADRES], al jaren …")


def test_dots_stand_where_the_words_around_a_place_were_cut_off_and_nowhere_else(detector):
    text = "Het duurde heel erg lang voordat er eindelijk iemand kwam en toen sprak ik zus Zuverdael"
    (doubt,) = clean([text], detector).review
    row = review_row(doubt, text, delivery="d1", row=3, column="toelichting")
    assert (row.before[0], row.after) == ("…", "")


def test_sample_is_drawn_without_replacement_and_again_the_same():
    assert sample(1000, size=50, seed=7) == sample(1000, size=50, seed=7)
    assert len(set(sample(1000, size=50, seed=7))) == 50
    assert sample(3, size=50, seed=7) == [0, 1, 2]


def test_what_is_left_has_an_exact_interval():
    left = estimate_left(100, 0, texts=2000)
    assert left.low == 0.0
    assert left.high == pytest.approx(0.0362, abs=1e-3)
    assert left.expected_texts == (0, 73)
    with pytest.raises(ValueError, match="steekproef"):
        estimate_left(10, 11, texts=100)
