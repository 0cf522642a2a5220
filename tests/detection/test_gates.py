"""A gate lets through every text that one of its patterns matches, and says so at once for most others."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymisation.gates import _SOUGHT_IN, _TOGETHER, DIGITS, FOLDED, Gate, Joint, Sought
from anonymisation.re2_patterns import wider
from anonymisation.spans import Document
from anonymisation.view import fold
from anonymisation.warming import FIRST
from tests.detection.recogniser_patterns import gates, of_recognisers

OPEN = Path(__file__).parents[1] / "cases" / "detection_open.jsonl"
BESIDE = (
    r"[à-ÿ]\b",
    r"[^_]1",
    r"(?<![_a])b",
    r"[^à-ÿ€]\b",
    r"’\w",
    r"[a’\d]\s",
    r"é+",
    r"(?<![\w.])b(?!\d)",
    r"(?<!\s)1(?=[ .]b)",
    r"(?<=a\s)1(?![^a])",
    r"(?=(a|b)(1)\2)",
    r"(?<!a)\b.\b(?!b)",
)
ROWS = (
    r"(?:(?:ab|b)|(?:1|b a))\b",
    r"(?:(?:ab)?|(?:1|a ?b)|[.-])1$",
    r"(?<!(?:ab))(?:(?:a|b)b)?\d",
    r"\b(?!(?:ab|b)|1).b",
    r"(?:a(?:b|1))+(?!(?:ab)|(?:b))",
    r"((?:ab|1)-)\1",
)
"""Words in a row, which are not taken apart."""
GATE = Gate([re.compile(r"(?<!a)b{2,3}(?=c)"), re.compile(r"\bnr\.? (\d+)-\1"), re.compile(r"q[^a-z]", re.I)])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("bbc", [0]),
        ("zie nr. 12-12", [1]),
        ("zie nr. 1 en 2", []),
        ("Q1", [2]),
        ("", []),
        ("é", []),
        ("bbé", []),
        ("Qé", [2]),
        ("ж", [0, 1, 2]),
    ],
)
def test_open(text, numbers):
    assert [*GATE.open(text)] == numbers


def test_texts_that_are_read_together_answer_as_each_by_itself():
    texts = ["bbc", "", "ж", "zie nr. 12-12", "é", "Q1 bbc"]
    assert [[*opened] for opened in GATE.open_each(texts)] == [[*GATE.open(text)] for text in texts]


@pytest.mark.parametrize("joint", [FOLDED, DIGITS])
def test_what_most_texts_are_asked_is_one_look(joint):
    assert len(joint.every.patterns) <= _TOGETHER


def test_every_pattern_of_the_recognisers_is_let_through():
    texts = [fold(json.loads(line)["text"]) for line in OPEN.read_text(encoding="utf-8").splitlines()]
    closed = [
        name
        for name, pattern in of_recognisers().items()
        for gate in [Gate([pattern])]
        for text in texts
        if not gate.open(text) and pattern.search(text)
    ]
    assert closed == []


@given(st.text(alphabet="ab1 .-_\n\x1cé€’²\xa0ж", max_size=30))
def test_wider_than_what_it_was_made_from(text):
    for source in (r"(?:a|b\b){1,2}\d?$", r"^[^a]{2,}?\s", r"(a+)b\1(?!1)", r"\W{2}\D\S", r"(?<=a).", *BESIDE, *ROWS):
        pattern = re.compile(source)
        assert not pattern.search(text) or Gate([pattern]).open(text)


@given(st.text(alphabet="ab1 .-_\n\x1cé€’²\xa0ж", max_size=30))
def test_what_is_sought_is_what_the_pattern_finds(text):
    for source in (
        r"(?:a|b\b){1,2}\d?$",
        r"(?<!a)(?:[ab]{1,3} ){0,2}?b?(?=1)1",
        r"^[^a]{2,}?\s",
        r"(a+)b\1(?!1)",
        r"\W{2}\D",
    ):
        expected = [match.span() for match in re.finditer(source, text)]
        assert [match.span() for match in Sought(source).finditer(text)] == expected


def test_a_long_text_is_read_by_the_pattern_alone():
    assert [match.span() for match in Sought(r"a{2,4}1").finditer("a" * _SOUGHT_IN + "1")] == [
        (_SOUGHT_IN - 4, _SOUGHT_IN + 1)
    ]


def test_the_beginning_of_a_text_narrows():
    gate = Gate([re.compile(r"(?:^|[.!] )(?:mila|roos) belt")])
    assert not gate.open("de roos belt")
    assert gate.open("roos belt")
    assert gate.open("Ja. mila belt")


def test_what_stands_beside_a_match_narrows():
    assert not Gate([re.compile(r"(?<![\w.])12(?!\d)")]).open("1.12 123")
    assert not Gate([re.compile(r"(?<=nr )1(?= a)")]).open("nr 1b, 1 a")


def test_words_in_a_row_narrow():
    gate = Gate([re.compile(r"\b(?:(?:zoon|dochter)|(?:neef|nicht)[.]?) (?:(?:twin|der)tig|elf)\b")])
    assert [gate.open(text) for text in ("dochter dertig", "nicht elf", "zoon")] == [[0], [0], []]


@pytest.mark.parametrize(("source", "text"), [(r"[(?:ab)]1", ":1"), (r"[](?:ab)]1", "]1"), (r"\(?:ab\)", ":ab)")])
def test_a_bracket_that_is_only_a_sign_begins_no_row(source, text):
    pattern = re.compile(source)
    assert pattern.search(text)
    assert Gate([pattern]).open(text)


def test_an_unknown_part_is_refused_at_once():
    with pytest.raises(ValueError, match="ATOMIC"):
        wider(re.compile(r"(?>a)b"))


def test_a_joint_gate_answers_each_of_its_gates():
    joint = Joint("folded")
    figures, letters = joint.gate([re.compile(r"\d\d"), re.compile(r"x")]), joint.gate([re.compile(r"[a-z]+k\b")])
    doc = Document.of("ZAAK 12, ZOEK 34")
    assert (figures.open(doc), letters.open(doc)) == ([0], [0])
    assert [match.group() for match in letters.finditer(doc)] == ["zaak", "zoek"]
    assert joint.gate([re.compile("q")]).open(Document.of("q")) == [0]


def test_more_patterns_than_are_read_together():
    assert Gate([re.compile(letter) for letter in "abcdefghijklmnopqrstuvwxyz"]).open("za ma") == [0, 12, 25]


def test_one_made_up_answer_reads_every_gate(detector, monkeypatch):
    """So that none is made while somebody waits."""
    read, one, each = set(), Gate.open, Gate.open_each
    monkeypatch.setattr(Gate, "open", lambda gate, text: read.add(gate) or one(gate, text))
    monkeypatch.setattr(Gate, "open_each", lambda gate, texts: read.add(gate) or each(gate, texts))
    detector.weigh(FIRST)
    assert gates() <= read
