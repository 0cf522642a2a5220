"""Microdata for a gemeente's own researcher: the card, k and l, and files that only the receiver opens."""

import json
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pytest

from anonymisation.disclosure.microdata.classes import (
    UNKNOWN,
    MicrodataRules,
    enforce,
    left_out,
    risk_card,
)
from anonymisation.disclosure.microdata.files import ColumnWords, write_formats, write_sealed
from anonymisation.disclosure.microdata.receiver import key_pair, open_sealed, read_private, read_public, seal
from domain.errors import DisclosureRefused, KeyRefused, PolicyRefused
from domain.release import Hierarchy

RULES = MicrodataRules(quasi=("leeftijd", "wijk"), sensitive=("voorziening",))
BANDS = Hierarchy("leeftijd", {"18-44": "18-64", "45-64": "18-64", "65-74": "65+", "75+": "65+"})


def people(*groups):
    rows = [(age, wijk, kind, 3) for age, wijk, kinds in groups for kind, n in kinds.items() for _ in range(n)]
    names = ("leeftijd", "wijk", "voorziening", "cijfer")
    return pa.table({name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})


MIXED = people(
    ("18-44", "A", {"hulp": 8, "vervoer": 7}),
    ("45-64", "A", {"hulp": 3, "vervoer": 1}),
    ("65-74", "A", {"hulp": 20}),
    ("75+", "A", {"hulp": 10, "vervoer": 10}),
    ("75+", "B", {"hulp": 1}),
)


def test_the_card_tells_who_stands_out():
    card = risk_card(MIXED, RULES)
    assert (card.people, card.classes, card.smallest) == (60, 5, 1)
    assert card.share_unique == pytest.approx(1 / 60)
    assert card.share_below_k == pytest.approx(5 / 60)
    assert card.share_same_sensitive == pytest.approx(21 / 60)
    assert len(card.words) == 3


def test_what_is_too_small_or_too_alike_is_told_more_coarsely_and_nobody_goes():
    safe = enforce(MIXED, RULES, [BANDS])
    assert (safe.after.share_unique, safe.after.share_below_k, safe.after.share_same_sensitive) == (0, 0, 0)
    assert "18-64" in safe.table.column("leeftijd").to_pylist()
    assert safe.table.num_rows == MIXED.num_rows


def test_the_order_of_rows_tells_nothing_of_the_order_in_which_they_came():
    """Whoever has the list of people who were asked would lay the n-th of a group beside the n-th row."""
    cijfers = [n % 10 for n in range(MIXED.num_rows)]
    told = MIXED.set_column(3, "cijfer", pa.array(cijfers))
    turned = told.take(list(range(told.num_rows))[::-1])
    assert enforce(told, RULES, [BANDS]).table.equals(enforce(turned, RULES, [BANDS]).table)


def test_k_alone_is_not_enough():
    uniform = people(("18-44", "A", {"hulp": 30}), ("75+", "A", {"hulp": 15, "vervoer": 15}))
    assert risk_card(uniform, RULES).share_below_k == 0
    safe = enforce(uniform, RULES)
    assert set(safe.table.column("leeftijd").to_pylist()) == {UNKNOWN}
    assert set(safe.table.column("wijk").to_pylist()) == {"A"}


def test_many_columns_do_not_close_everything():
    """With eleven columns nearly everybody is alone; most can still be told for most people."""
    dice = np.random.default_rng(4)
    names = [f"kenmerk{i}" for i in range(11)]
    rows = {name: dice.choice(["a", "b", "c"], 300, p=[0.6, 0.3, 0.1]).tolist() for name in names}
    rules = MicrodataRules(tuple(names), ("voorziening",))
    table = pa.table({**rows, "gemeente": ["GM9001"] * 300, "voorziening": dice.choice(["x", "y"], 300).tolist()})
    assert risk_card(table, rules).smallest == 1
    safe = enforce(table, rules)
    assert safe.after.smallest >= 10
    kept = [1 - left_out(safe.table, name) for name in names]
    assert kept[0] > 0.9
    assert sum(kept) >= 2.5
    assert "kenmerk0 bij" in safe.after.words["kenmerken die wij weglaten"]


def test_one_question_that_everybody_answers_alike_goes_and_the_rest_stays():
    answered = MIXED.append_column("mening", pa.array(["goed"] * 58 + ["slecht"] * 2))
    rules = MicrodataRules(RULES.quasi, ("voorziening", "mening"))
    safe = enforce(answered, rules, [BANDS])
    assert safe.table.column_names == MIXED.column_names
    assert safe.table.equals(enforce(MIXED, RULES, [BANDS]).table)
    assert safe.after.words["vragen die wij weglaten"].startswith("mening: meer dan 95 %")
    worded = enforce(answered, rules, [BANDS], {"mening": "Uw mening?", "wijk": "Wijk of kern"}).after.words
    assert worded["vragen die wij weglaten"].startswith("Uw mening?: meer dan 95 %")
    assert "Wijk of kern bij" in worded["kenmerken die wij weglaten"]
    assert safe.certificate(rules, {})["sensitive"] == ["voorziening"]
    with pytest.raises(DisclosureRefused):
        enforce(answered.drop_columns("voorziening"), MicrodataRules(RULES.quasi, ("mening",)), [BANDS])


def test_the_card_says_what_it_would_be_without_protection():
    words = enforce(MIXED, RULES, [BANDS]).after.words["wat het zou zijn zonder deze bescherming"]
    assert words.startswith("1,7 % was uniek, 8,3 % zat in een groep van minder dan 10 mensen")


def test_nobody_left_is_a_refusal():
    with pytest.raises(DisclosureRefused):
        enforce(people(("18-44", "A", {"hulp": 5})), RULES)


@pytest.mark.parametrize("values", [{"k": 4}, {"l": 1}, {"max_share": 0.99}, {"quasi": ()}])
def test_floors(values):
    with pytest.raises(PolicyRefused):
        MicrodataRules(**{"quasi": ("wijk",), **values})


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_in_what_goes_out_holds(seed):
    dice = np.random.default_rng(seed)
    n = 300
    table = pa.table(
        {
            "leeftijd": dice.choice(list(BANDS.parents), n).tolist(),
            "wijk": dice.choice(["A", "B", "C"], n, p=[0.7, 0.2, 0.1]).tolist(),
            "voorziening": dice.choice(["hulp", "vervoer", "pgb"], n, p=[0.8, 0.15, 0.05]).tolist(),
        }
    )
    after = enforce(table, RULES, [BANDS]).after
    assert after.smallest >= 10
    assert after.share_same_sensitive == 0


SENTENCE = "een lange zin van vier"


def test_files_open_for_the_receiver_only(tmp_path):
    private, public = key_pair(SENTENCE)
    safe = enforce(MIXED, RULES, [BANDS])
    certificate = write_sealed(
        tmp_path, "ceo", safe, RULES, read_public(public), {"cijfer": ColumnWords("Rapportcijfer", {})}
    )
    told = json.loads(certificate.read_text())
    assert told["smallest_class"] >= 10
    assert sorted(told["files_sha256"]) == ["csv", "parquet", "sav"]
    sealed = (tmp_path / "ceo.csv.sealed").read_bytes()
    assert b"leeftijd" not in sealed
    assert told["files_sha256"]["csv"] == sha256(sealed).hexdigest()  # of the rows it would tell who knows all but one
    mine = read_private(private, SENTENCE)
    assert open_sealed(sealed, mine).startswith(b'"leeftijd"')
    another = read_private(key_pair(SENTENCE)[0], SENTENCE)
    for data, key in ((sealed, another), (sealed[:-1] + b"0", mine), (b"", mine), (b"kort", mine)):
        with pytest.raises(KeyRefused):
            open_sealed(data, key)


def test_equal_rows_are_sealed_differently():
    _, public = key_pair(SENTENCE)
    assert seal(b"rijen", read_public(public)) != seal(b"rijen", read_public(public))


def test_keys_are_plain_x25519_and_the_secret_half_wants_its_sentence():
    private, public = key_pair(SENTENCE)
    assert private.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert public.startswith(b"-----BEGIN PUBLIC KEY-----")
    assert read_private(private, SENTENCE).public_key().public_bytes_raw().hex() == read_public(public)
    for pem, sentence in ((private, "een andere lange zin"), (public, SENTENCE), (b"", SENTENCE)):
        with pytest.raises(KeyRefused):
            read_private(pem, sentence)
    with pytest.raises(KeyRefused):
        key_pair("kort")


ZERO_POINT = b"MCowBQYDK2VuAyEA" + b"A" * 43 + b"="


@pytest.mark.parametrize(
    "pem", [b"", b"geen sleutel", b"-----BEGIN PUBLIC KEY-----\n" + ZERO_POINT + b"\n-----END PUBLIC KEY-----\n"]
)
def test_what_is_no_key_or_keeps_no_secret_is_refused(pem):
    with pytest.raises(KeyRefused):
        read_public(pem)


ROWS = pa.table({"mening": ["1", "8", "2"], "wijk": ["A", UNKNOWN, "A"], "cijfer": ["7.5", None, "6.5"]})
WORDS = {
    "cijfer": ColumnWords("Rapportcijfer", {}),
    "mening": ColumnWords("Ik werd snel geholpen.", {"1": "eens", "2": "oneens", "8": "geen mening"}, ("8",)),
    "wijk": ColumnWords("Wijk of kern", {"A": "Centrum"}),
}


def test_sav_carries_labels_and_what_is_no_answer(tmp_path):
    import pyreadstat

    path = tmp_path / "x.sav"
    path.write_bytes(write_formats(ROWS, WORDS)["sav"])
    frame, meta = pyreadstat.read_sav(str(path))
    assert meta.column_names_to_labels == {name: said.label for name, said in WORDS.items()}
    assert meta.variable_value_labels["mening"] == {1.0: "eens", 2.0: "oneens", 8.0: "geen mening"}
    assert meta.variable_value_labels["wijk"].keys() == {"A", UNKNOWN}
    assert meta.variable_measure == {"mening": "ordinal", "wijk": "nominal", "cijfer": "scale"}
    assert frame["mening"].mean() == 1.5  # "geen mening" is no answer
    assert frame["cijfer"].mean() == 7.0
    assert frame["wijk"].tolist() == ["A", UNKNOWN, "A"]


def test_every_format_has_the_same_columns_in_the_same_order(tmp_path):
    import duckdb
    import pandas as pd
    import pyreadstat

    files = write_formats(ROWS, WORDS)
    for kind, data in files.items():
        (tmp_path / f"x.{kind}").write_bytes(data)
    frames = [
        pyreadstat.read_sav(str(tmp_path / "x.sav"), user_missing=True)[0],
        pd.read_csv(tmp_path / "x.csv"),
        duckdb.sql(f"from '{tmp_path / 'x.parquet'}'").to_arrow_table().to_pandas(),
    ]
    for frame in frames:
        assert list(frame.columns) == ROWS.column_names
        assert frame["mening"].tolist() == [1, 8, 2]
        assert frame["cijfer"].mean() == 7.0


def test_a_column_that_goes_first_stays_finer_at_the_cost_of_others():
    dice = np.random.default_rng(4)
    names = [f"kenmerk{i}" for i in range(11)]
    rows = {name: dice.choice(["a", "b", "c"], 300, p=[0.6, 0.3, 0.1]).tolist() for name in names}
    table = pa.table({**rows, "voorziening": dice.choice(["x", "y"], 300).tolist()})
    plain = MicrodataRules(tuple(names), ("voorziening",))
    wanted = MicrodataRules(tuple(names), ("voorziening",), first=("kenmerk10", "kenmerk9"))
    before, after = enforce(table, plain), enforce(table, wanted)
    assert left_out(before.table, "kenmerk10") > 0.9
    assert left_out(after.table, "kenmerk10") < 0.1
    assert left_out(after.table, "kenmerk0") > left_out(before.table, "kenmerk0")
    assert after.table.column_names == before.table.column_names == table.column_names
    assert (after.after.share_below_k, after.after.share_same_sensitive) == (0, 0)
