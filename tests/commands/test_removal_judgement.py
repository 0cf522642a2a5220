"""Fewer rows of what passed pass too; what fewer rows could break is judged anew."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from domain.vocabulary import Role
from pipelines import removing
from pipelines.checking import checked_files, checked_records
from pipelines.house import House
from pipelines.persons import cleaned_under, hers
from quality.facts import Subject
from quality.subset import counts_without
from register import deliveries, review, verdicts
from register.actors import Actor
from tests.commands.typed import PEOPLE, Typed

PO, STEWARD = "privacy_officer-GM9001", "data_steward-GM9001"
SCOPE = "GM9001/ceo_wmo/2026"


def subject(house: House) -> Subject:
    (part,) = checked_files(house, "GM9001")
    records = checked_records(house, part.key, part.version, part.staging_hash)
    assert records is not None
    policy, _ = cleaned_under(house, deliveries.list_all(house.register)[0])
    return Subject(records, house.codebooks.get(records.codebook), policy)  # type: ignore[arg-type]


def with_rows(one: Subject, rows: pa.Table) -> Subject:
    return replace(one, records=replace(one.records, tables={"rows": rows}))


def test_a_removal_keeps_the_verdict_without_judging_again(filled: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(removing, "open_gate", never)
    assert filled("request", "receive", SCOPE, "verwijderen", user=STEWARD, typed="R003\n").code == 0
    assert filled("request", "decide", "1", "--grant", "--reason", "recht", user=PO).code == 0
    with filled.house() as house:
        assert list((house.places.review / "GM9001").glob("*.bin"))
    done = filled("request", "carry-out", "1", user="operator")
    assert done.code == 0, done.err
    with filled.house() as house:
        assert not list((house.places.review / "GM9001").glob("*.bin")), "her words may be in a snippet"
        assert not review.list_open(house.register, by=Actor.of("po", Role.PRIVACY_OFFICER))
        (part,) = checked_files(house, "GM9001")
        verdict = verdicts.latest(house.register, part.key)
        assert verdict is not None
        assert (verdict.passed, verdict.counts["rows"], verdict.counts["persons"]) == (True, PEOPLE - 1, PEOPLE - 1)
        assert subject(house).records.rows == PEOPLE - 1


def test_without_one_row_nothing_is_worse(seen: Typed) -> None:
    with seen.house() as house:
        before = subject(house)
    rows = before.records.tables["rows"]
    who = rows["pseudonym"][0].as_py()
    smaller = with_rows(before, rows.filter(pc.invert(hers(rows, who))))
    assert counts_without(before, smaller) == {"rows": PEOPLE - 1, "persons": PEOPLE - 1}


@pytest.mark.parametrize("worse", ["no row left", "another gemeente", "an answer off the scale", "a column less"])
def test_what_could_be_worse_is_judged_anew(seen: Typed, worse: str) -> None:
    with seen.house() as house:
        before = subject(house)
    rows = before.records.tables["rows"]
    at = {name: rows.column_names.index(name) for name in ("gemeente", "ceo01_vindbaarheid")}
    made = {
        "no row left": lambda: rows.slice(0, 0),
        "another gemeente": lambda: rows.set_column(at["gemeente"], "gemeente", pa.array(["GM9002"] * len(rows))),
        "an answer off the scale": lambda: rows.set_column(
            at["ceo01_vindbaarheid"], "ceo01_vindbaarheid", pa.array(["99"] * len(rows))
        ),
        "a column less": lambda: rows.drop_columns(["ceo01_vindbaarheid"]),
    }[worse]()
    assert counts_without(before, with_rows(before, made)) is None
