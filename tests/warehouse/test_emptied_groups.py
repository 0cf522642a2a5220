"""The only one of a closed group withdraws: the next release has the same rows and figures as the one before."""

from dataclasses import replace

from helpers_warehouse import META, rows_of
from test_empty_groups import of_ages
from test_two_releases import Home, figures

from anonymisation.disclosure import protector
from anonymisation.disclosure.history import Deltas
from anonymisation.disclosure.published import audit_published
from warehouse.before import Before
from warehouse.published import write_release

OTHERS = [(40, 30, 36)] * 4
OVER = {"GM9001": ("SV9001", "PV90"), "GM9002": ("SV9001", "PV90"), "GM9004": ("PV90",)}


def moved(home, area, **people):
    """People between 65 and 74 came to a gemeente or left it: counted in every released cell that holds them."""
    for cell in home.cells:
        key = dict(cell.key)
        if key.get("area") in (None, area, *OVER[area]) and key.get("leeftijd") in (None, "65-74", "65+"):
            place = cell.release, cell.scope, cell.key
            before = home.deltas.get(place, Deltas())
            home.deltas[place] = Deltas(before.came + people.get("came", 0), before.left + people.get("left", 0))


def two_releases():
    """The same gemeenten; of GM9001 the only one between 65 and 74 has left before the second."""
    home = Home()
    first = home.publish(list(of_ages((40, 36, 1), *OTHERS)))
    moved(home, "GM9001", left=1)
    return first, home.publish(list(of_ages((40, 36, 0), *OTHERS)))


def of_ages_in(tables):
    return {row["breakdown_value"] for row in rows_of(tables, "fact_result", area="GM9001", breakdown="leeftijd")}


def test_no_row_is_missing_and_every_figure_stays(tmp_path):
    first, second = two_releases()
    assert {"65-74", "65+"} <= of_ages_in(second)
    assert {(name, key): row for name, key, row in figures(second)} == {
        (name, key): row for name, key, row in figures(first)
    }
    for at, tables in enumerate((first, second)):
        place = write_release(tables, replace(META, release=f"r{at}"), tmp_path).duckdb
    assert audit_published(place).safe


def test_without_the_rule_the_row_is_gone_and_every_figure_with_it(monkeypatch):
    monkeypatch.setattr(protector, "with_emptied", lambda table, *_: table)
    monkeypatch.setattr(Before, "_emptied", lambda *_: ())
    _, second = two_releases()
    assert of_ages_in(second) == {"18-44", "18-64", "45-64"}
    assert not [row for row in rows_of(second, "fact_result") if row["value"] is not None]


def rows(tables):
    return {(name, key): row for name, key, row in figures(tables)}


def one_more():
    """In a group of GM9001 in which nobody was."""
    home = Home()
    first = home.publish(list(of_ages((40, 36, 0), *OTHERS)))
    moved(home, "GM9001", came=1)
    return rows(first), rows(home.publish(list(of_ages((40, 36, 1), *OTHERS))))


def test_who_comes_to_an_empty_group_shows_in_no_new_row():
    first, second = one_more()
    assert second == first


def test_without_the_rule_a_new_row_tells_where_somebody_came(monkeypatch):
    monkeypatch.setattr(Before, "_without_new", lambda _, __, mine: list(mine))
    first, second = one_more()
    assert {key[0] for _, key in second.keys() - first.keys()} == {"GM9001"}


def test_a_verband_that_one_gemeente_outweighs_by_now_takes_no_other_figure_with_it():
    """Of GM9002 15 left, so that GM9001 is more than half of its verband, and of GM9004 one; the others stay."""
    home = Home()
    first = rows(home.publish(list(of_ages((40, 30, 36), (20, 20, 20), (20, 20, 20), *OTHERS[:2]))))
    moved(home, "GM9002", left=15)
    moved(home, "GM9004", left=1)
    second = rows(home.publish(list(of_ages((40, 30, 36), (20, 20, 5), (20, 20, 20), (40, 30, 35), OTHERS[0]))))
    assert {key[0] for _, key in first.keys() - second.keys()} == {"SV9001"}
    shown = {place for place, row in second.items() if row.get("responded") or row.get("base") or row.get("base_band")}
    assert len(shown) > 20
    assert all(second[place] == first[place] for place in shown)


def test_a_group_that_a_release_had_no_more_does_not_come_back():
    """36 left, and a release without them was printed; then one of another gemeente leaves. The third was refused."""
    home = Home()
    home.publish(list(of_ages((40, 36, 36), *OTHERS)))
    moved(home, "GM9001", left=36)
    second = rows(home.publish(list(of_ages((40, 36, 0), *OTHERS))))
    moved(home, "GM9004", left=1)
    third = rows(home.publish(list(of_ages((40, 36, 0), *OTHERS[:2], (40, 30, 35), OTHERS[0]))))
    came_back = [third[place] for place in third.keys() - second.keys()]
    assert not [row for row in came_back if row.get("base") or row.get("base_band") or row.get("value")]
