"""How answers are printed: every boundary, and that a printed number cannot be turned back."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anonymisation.disclosure.answers import rules as a
from anonymisation.disclosure.answers import shares, talks
from anonymisation.disclosure.answers.pooled import pool_problem
from domain.release import Status


@pytest.mark.parametrize(
    ("n", "step"), [(9, None), (10, 20), (19, 20), (20, 10), (39, 10), (40, 5), (199, 5), (200, 1), (9000, 1)]
)
def test_a_step_covers_at_least_two_people(n, step):
    assert shares.share_step(n) == step


@settings(deadline=None)
@given(n=st.integers(10, 600), data=st.data())
def test_a_printed_share_leaves_more_than_one_possible_count(n, data):
    count = data.draw(st.integers(0, n))
    shown = a.publish_share(count, n, sensitive=False)
    same = [c for c in range(n + 1) if a.publish_share(c, n, sensitive=False) == shown]
    assert len(same) >= 2
    assert shown.bound or shown.value is not None
    assert shown.value is None or 0 < shown.value < 100


@settings(deadline=None, max_examples=200)
@given(n=st.one_of(st.integers(10, 250), st.integers(250, 4000)), finest=st.sampled_from(shares.STEPS), data=st.data())
def test_the_possible_counts_are_those_that_print_as_the_share(n, finest, data):
    shown = a.publish_share(data.draw(st.integers(0, n)), n, sensitive=False, finest=finest)
    same = [c for c in range(n + 1) if a.publish_share(c, n, sensitive=False, finest=finest) == shown]
    assert shares.possible_counts(shown.value, shown.step, shown.bound, n) == (same[0], same[-1])


@pytest.mark.parametrize(
    ("count", "n", "bound"),
    [
        (10, 10, ">90"),
        (9, 10, ">90"),
        (8, 10, None),
        (91, 100, ">90"),
        (90, 100, None),
        (1, 10, "<10"),
        (9, 100, "<10"),
        (10, 100, None),
        (0, 40, "<10"),
    ],
)
def test_nearly_everybody_is_masked(count, n, bound):
    assert a.publish_share(count, n, sensitive=False).bound == bound


def test_nearly_everybody_is_suppressed_when_sensitive():
    assert a.publish_share(39, 40, sensitive=True).status is Status.SUPPRESSED
    assert a.publish_share(20, 40, sensitive=True).value == 50


def test_one_rare_answer_does_not_close_a_sensitive_question():
    shown = a.publish_distribution([30, 40, 2, 28], sensitive=True)
    assert [share.status for share in shown] == [Status.PUBLISHED] * 4
    assert shown[2].bound == shares.BELOW
    assert all(s.status is Status.SUPPRESSED for s in a.publish_distribution([99, 1], sensitive=True))


@pytest.mark.parametrize(
    ("n", "status"), [(9, "suppressed"), (10, "indicative"), (29, "indicative"), (30, "published")]
)
def test_status_follows_the_base(n, status):
    assert a.publish_share(n // 2, n, sensitive=False).status == status


@pytest.mark.parametrize(
    ("total", "n", "value", "step"),
    [
        (57, 19, Decimal(3), Decimal(1)),
        (67, 20, Decimal("3.4"), Decimal("0.1")),
        (66, 20, Decimal("3.3"), Decimal("0.1")),
    ],
)
def test_one_decimal_only_from_twenty(total, n, value, step):
    shown = a.publish_mean(total, n, 1, 5)
    assert (shown.value, shown.step) == (value, step)


def test_a_rapportcijfer_gets_its_decimal_from_thirty():
    assert a.publish_mean(7 * 29 + 12, 29, 1, 10).value == Decimal(7)
    assert a.publish_mean(7 * 30 + 12, 30, 1, 10).value == Decimal("7.4")


def test_a_mean_at_the_end_of_the_scale_is_a_unanimous_group():
    assert a.publish_mean(5 * 40, 40, 1, 5).bound == "near_max"
    assert a.publish_mean(1 * 40 + 1, 40, 1, 5).bound == "near_min"
    assert a.publish_mean(5 * 40, 40, 1, 5, sensitive=True).status is Status.SUPPRESSED
    assert a.publish_mean(30, 9, 1, 5).status is Status.SUPPRESSED


@settings(deadline=None)
@given(n=st.integers(10, 120), data=st.data())
def test_a_printed_mean_leaves_more_than_one_possible_sum(n, data):
    total = data.draw(st.integers(n, 5 * n))
    shown = a.publish_mean(total, n, 1, 5)
    assert sum(a.publish_mean(t, n, 1, 5) == shown for t in range(n, 5 * n + 1)) >= 2


def test_an_interval_comes_from_the_printed_value_and_only_with_a_design():
    assert a.interval(50, 100, "aselect") == (Decimal(40), Decimal(60))
    assert a.interval(50, 100, "open_link") is None
    low, high = a.interval(Decimal("3.4"), 100, "allen", scale=(1, 5))
    assert low < Decimal("3.4") < high


@pytest.mark.parametrize(
    ("people", "journeys", "label"),
    [
        (0, 12, talks.NOT_SHOWN),
        (2, 12, talks.NOT_SHOWN),
        (3, 12, talks.SEVERAL),
        (5, 12, talks.SEVERAL),
        (6, 12, talks.OFTEN),
        (12, 12, talks.OFTEN),
        (5, 9, talks.NOT_SHOWN),
        (5, 10, talks.OFTEN),
        (4, 10, talks.SEVERAL),
    ],
)
def test_labels_of_themes(people, journeys, label):
    assert a.theme_label(people, journeys) == label


@pytest.mark.parametrize(
    ("curve", "label"),
    [
        ((2, 1, 1), talks.NOT_SHOWN),
        ((4, 2, 0), talks.MIXED),
        ((5, 1, 0), talks.POSITIVE),
        ((0, 1, 4), talks.NEGATIVE),
        ((2, 1, 2), talks.MIXED),
    ],
)
def test_labels_of_curves(curve, label):
    assert a.curve_label(*curve) == label


@pytest.mark.parametrize(
    ("n", "band"),
    [(4, None), (5, "5-9"), (9, "5-9"), (10, "10-15"), (15, "10-15"), (16, "16-30"), (30, "16-30"), (31, "> 30")],
)
def test_the_number_of_journeys_is_a_band(n, band):
    assert a.journeys_band(n) == band


def pool(*counts):
    return {f"GM{9000 + i}": n for i, n in enumerate(counts)}


@pytest.mark.parametrize(
    ("journeys", "fine"),
    [
        (pool(10, 10, 10, 10), False),
        (pool(5, 5, 5, 5, 9), False),
        (pool(6, 6, 6, 6, 6), True),
        (pool(41, 10, 10, 10, 9), False),
        (pool(30, 10, 10, 5, 5), True),
        (pool(4, 10, 10, 10, 10), False),
    ],
)
def test_pool_rules(journeys, fine):
    assert (pool_problem(journeys) is None) == fine


def test_a_pool_publishes_steps_of_ten():
    journeys = pool(6, 6, 6, 6, 6)
    assert a.pool_share({"GM9000": 6, "GM9001": 5}, journeys, {}).value == 40
    assert a.pool_share({"GM9000": 1}, journeys, {}).bound == shares.BELOW
    assert a.pool_share({}, pool(6, 6), {}) is None


def test_the_headline_needs_three_gemeenten():
    assert a.gemeenten_met({"A": talks.OFTEN, "B": talks.SEVERAL, "C": talks.NOT_SHOWN}) is None
    assert a.gemeenten_met({"A": talks.OFTEN, "B": talks.SEVERAL, "C": talks.SEVERAL, "D": talks.NOT_SHOWN}) == (3, 4)


@pytest.mark.parametrize(
    ("pro", "con", "label"),
    [(5, 4, talks.NOT_SHOWN), (12, 3, talks.FOR), (8, 7, talks.DIVIDED), (3, 12, talks.AGAINST)],
)
def test_a_panel_votes_in_words(pro, con, label):
    assert a.panel_label(pro, con) == label


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_shares_of_one_question_do_not_give_a_count_together(counts):
    from anonymisation.disclosure.attack.answers import possible_counts, tightened

    shown, n = a.publish_distribution(counts, sensitive=False), sum(counts)
    if n >= 10:
        spans = tightened([possible_counts(s.value, s.bound, s.step, n) for s in shown], n)
        for count, share, (low, high) in zip(counts, shown, spans, strict=True):
            assert low <= count <= high
            assert share.value is None or low < high


@pytest.mark.parametrize("step", [1, 5, 10, 20])
def test_the_attack_finds_every_count_that_can_be_behind_a_share(step):
    """It looks near the borders only; here every count is tried."""
    from anonymisation.disclosure.attack.answers import _prints_as, possible_counts

    for n in (1, 2, 3, 9, 10, 11, 19, 20, 37, 75, 100, 199, 200, 201, 333, 500, 997):
        behind: dict[int | None, list[int]] = {}
        for count in range(n + 1):
            behind.setdefault(_prints_as(count, n, step), []).append(count)
        for share in range(0, 101, step):
            counts = behind.get(share) or [1, 0]
            assert possible_counts(share, None, step, n) == (counts[0], counts[-1])


def test_two_answers_of_ten_people_are_not_shown_as_forty_and_sixty():
    assert all(share.value is None for share in a.publish_distribution([4, 6], sensitive=False))


def worlds(shown, positive, share, n):
    """All ways to give n people an answer that print as this, with this share of positive answers beside it."""
    spans = [range(low, high + 1) for low, high in (shares.possible_counts(s.value, s.step, s.bound, n) for s in shown)]
    least, most = shares.possible_counts(share.value, share.step, share.bound, n)
    return [
        world
        for world in product(*spans)
        if sum(world) == n and least <= sum(c for c, good in zip(world, positive, strict=True) if good) <= most
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=3, max_size=5).filter(lambda counts: 10 <= sum(counts) <= 45))
@example([6, 8, 1, 4, 1])  # 20 people: before, the first two answers followed from the share of both together
def test_answers_and_their_positive_share_side_by_side_leave_no_single_count(counts):
    n, positive = sum(counts), [at < 2 for at in range(len(counts))]
    shown = a.publish_distribution(counts, sensitive=False, positive=positive)
    share = a.publish_share(counts[0] + counts[1], n, sensitive=False)
    if shown[0].status is not Status.SUPPRESSED:
        found = worlds(shown, positive, share, n)
        assert tuple(counts) in found
        assert all(len(set(column)) > 1 for column in zip(*found, strict=True))


@given(st.integers(10, 400), st.data())
def test_a_share_is_true_to_half_a_step_and_at_the_edge_to_one_and_a_half(n, data):
    count = data.draw(st.fractions(0, n, max_denominator=60))
    shown = a.publish_share(count, n, sensitive=False)
    if shown.value is None:
        return
    off = abs(100 * count / n - shown.value)
    lonely = not 10 + shown.step < 100 * count / n < 90 - shown.step
    assert off <= shown.step * (Fraction(3, 2) if lonely else Fraction(1, 2))
    assert off <= Fraction(shown.step, 2) or (shown.value - 50) ** 2 < (100 * count / n - 50) ** 2
