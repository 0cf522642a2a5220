"""Our own annotated texts are sound: real offsets, valid numbers, enough of every label, no overlap between halves."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from stdnum import iban
from stdnum.nl import bsn

from quality.gold import KINDS, LABELS, GoldText, gold_lines, read_gold

CASES = Path(__file__).parent.parent / "cases"
NAMES = ("detection_open", "detection_unseen", "detection_fresh")
HALVES = [CASES / f"{name}.jsonl" for name in NAMES]
SETS = HALVES + sorted({*CASES.glob("detection_*.jsonl"), *CASES.glob("*.jsonl.gz")} - {*HALVES})


def texts(path: Path) -> tuple[GoldText, ...]:
    return read_gold(gold_lines(path))


def test_no_search_through_files_shows_an_unread_text():
    assert [path.name for path in SETS if "blind" in path.name and path.suffix != ".gz"] == []


def strings(path: Path, label: str) -> list[str]:
    return [text.text[span.start : span.end] for text in texts(path) for span in text.spans if span.label == label]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_spans_begin_and_end_on_something_that_counts(path):
    ragged = [
        (text.id, span.start)
        for text in texts(path)
        for span in text.spans
        if text.text[span.start : span.end] != text.text[span.start : span.end].strip(" ,;:!?")
    ]
    assert ragged == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_bsn_and_iban_pass_their_checksum(path):
    assert all(bsn.is_valid(number) for number in strings(path, "BSN"))
    assert all(iban.is_valid(number, check_country=False) for number in strings(path, "IBAN"))


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.stem)
def test_every_kind_is_there_and_one_in_ten_is_clean(path):
    kinds = Counter(text.kind for text in texts(path))
    assert set(kinds) == set(KINDS) - {"news"}
    assert 0.07 <= kinds["clean"] / kinds.total() <= 0.15
    assert all(not text.spans for text in texts(path) if text.kind == "clean")


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.stem)
def test_half_of_sixty_of_every_label(path):
    spans = Counter(span.label for text in texts(path) for span in text.spans)
    assert {label: spans[label] for label in LABELS if spans[label] < 30} == {}


@pytest.mark.parametrize(("first", "second"), list(combinations(SETS, 2)))
def test_no_text_and_no_number_is_in_two_sets(first, second):
    assert not {text.text for text in texts(first)} & {text.text for text in texts(second)}
    for label in ("BSN", "IBAN", "PHONE", "CASE_NUMBER", "EMAIL"):
        bare = [{re.sub(r"\W", "", value).casefold() for value in strings(half, label)} for half in (first, second)]
        assert not bare[0] & bare[1], label
