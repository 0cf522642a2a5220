"""What delivering areas are added up to, beside those of earlier releases."""

from storage.gemeenten import Gemeente
from warehouse.sources import AreaBook
from warehouse.trees import tree_of, with_earlier

CODES = [f"GM900{at}" for at in range(1, 8)]
BOOK = AreaBook(
    {code: Gemeente(code, code, "Noordmark" if code < "GM9005" else "Zuidmark") for code in CODES}
    | {"SV9001": Gemeente("SV9001", "Samen", "", members=("GM9001", "GM9002", "GM9003"))}
)
NOORD, ZUID = (BOOK.provinces[name] for name in ("Noordmark", "Zuidmark"))


def under(tree, area):
    return {leaf for _, leaf, own in tree if own == area}


def test_who_left_is_still_in_the_lines_it_was_in():
    now = with_earlier(tree_of(CODES[1:6], BOOK), tree_of([*CODES[:3], *CODES[4:]], BOOK))
    assert under(now, NOORD) == set(CODES[:4])
    assert under(now, ZUID) == set(CODES[4:]), "a provincie that only the earlier release printed"


def test_the_same_areas_or_more_need_nothing_of_before():
    now = tree_of(CODES, BOOK)
    assert with_earlier(now, tree_of(CODES[:4], BOOK)) == now


def test_a_verband_stays_what_it_is_now():
    added_up, itself = tree_of(CODES, BOOK), tree_of(["SV9001", *CODES[3:]], BOOK)
    assert with_earlier(added_up, itself) == added_up
    assert under(with_earlier(itself, added_up), "SV9001") == {"SV9001"}
