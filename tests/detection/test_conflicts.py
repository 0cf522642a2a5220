"""The one place where finds of the same characters are weighed."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from anonymisation.conflicts import ORDER, resolve
from anonymisation.spans import Found

finds = st.lists(
    st.builds(
        lambda start, length, label, score: Found(start, start + length, label, score, "x", "r"),
        st.integers(0, 60),
        st.integers(1, 25),
        st.sampled_from(ORDER),
        st.sampled_from((0.5, 0.7, 0.9, 0.95)),
    ),
    max_size=12,
)


def test_the_surer_find_wins():
    phone, case = Found(0, 10, "PHONE", 0.7, ""), Found(0, 10, "CASE_NUMBER", 0.95, "")
    assert [f.label for f in resolve([phone, case])] == ["CASE_NUMBER"]


def test_the_longer_find_wins_on_equal_ground():
    iban, phone = Found(0, 22, "IBAN", 0.9, ""), Found(8, 18, "PHONE", 0.9, "")
    assert [f.label for f in resolve([phone, iban])] == ["IBAN"]


def test_what_is_left_of_a_loser_stays_masked():
    kept = resolve([Found(0, 20, "ORGANISATION", 0.6, ""), Found(10, 20, "PLACE", 0.9, "")])
    assert [(f.start, f.end, f.label) for f in kept] == [(0, 10, "ORGANISATION"), (10, 20, "PLACE")]


def test_same_label_is_joined():
    kept = resolve([Found(0, 8, "PERSON", 0.9, ""), Found(5, 15, "PERSON", 0.6, "")])
    assert [(f.start, f.end) for f in kept] == [(0, 15)]


@given(finds)
def test_never_overlapping_and_in_order(found):
    kept = resolve(found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))


@given(finds)
def test_idempotent(found):
    once = [(f.start, f.end, f.label) for f in resolve(found)]
    assert [(f.start, f.end, f.label) for f in resolve(resolve(found))] == once
