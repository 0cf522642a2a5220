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
HELD = {None, "GM9001", "SV9001", "PV90"}, {None, "65-74", "65+"}
"""Areas and ages of the cells that held her."""


def two_releases():
    """The same gemeenten; of GM9001 the only one between 65 and 74 has left before the second."""
    home = Home()
    first = home.publish(list(of_ages((40, 36, 1), *OTHERS)))
    for cell in home.cells:
        key = dict(cell.key)
        if key.get("area") in HELD[0] and key.get("leeftijd") in HELD[1]:
            home.deltas[cell.release, cell.scope, cell.key] = Deltas(left=1)
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
