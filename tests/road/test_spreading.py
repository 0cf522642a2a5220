"""Cleaning on Spark: the same pending files as in process, and no secret in what Spark sends to its workers."""

import pickle
from datetime import date
from functools import partial

import pytest

from domain.errors import KeyRefused
from pipelines import cleaning, intake
from pipelines.inbox import folders
from pipelines.spreading import _clean_here, clean_on_spark
from pipelines.staging import files_of, read_staging
from register import deliveries
from storage.settings import MASTER_VARIABLE
from tests.road import small_road
from tests.spark import local_spark


@pytest.fixture
def home(tmp_path):
    """Two gemeenten in the vault, nothing cleaned."""
    places = small_road.new_home(tmp_path / "home")
    small_road.deliver(places, small_road.AREAS[:2])
    with small_road.opened(places.home) as house:
        intake.take_in(house, [key for folder in folders(places) for key in folder.keys])
    return places.home


def pending(house):
    """Every pending table of a house, by key."""
    found = {}
    for key in sorted(deliveries.current_many(house.register)):
        (file,) = files_of(house.places.pending_of(key.area), key)
        records, leftovers = read_staging(file, house.keyring, codebook="")
        found[str(key)] = ({name: table.to_pydict() for name, table in records.tables.items()}, leftovers)
    return found


@pytest.mark.slow
def test_spark_leaves_the_same_pending_files_as_one_process(home):
    today = date.today()
    with small_road.opened(home) as house:
        keys = list(deliveries.current_many(house.register))
        here = cleaning.clean(house, keys)
        expected = pending(house)
        for key in keys:
            for file in files_of(house.places.pending_of(key.area), key):
                file.path.unlink()
    with local_spark() as spark:
        there = clean_on_spark(home, keys, spark, today=today)
    assert [(o.key, o.counts, o.refusal) for o in there] == [(o.key, o.counts, o.refusal) for o in here]
    assert len(there) == 3
    assert not any(outcome.refusal for outcome in there)
    with small_road.opened(home) as house:
        assert pending(house) == expected


def test_what_travels_to_a_worker_holds_no_secret(home):
    work = partial(_clean_here, home=str(home), today="2026-01-31")
    sent = pickle.dumps(work)
    with small_road.opened(home) as house:
        secret = house.keyring.master.key()
    assert secret not in sent
    assert secret.hex().encode() not in sent


def test_a_worker_without_the_master_key_cleans_nothing(home, monkeypatch):
    (home / "keys" / "master.key").unlink()
    monkeypatch.delenv(MASTER_VARIABLE, raising=False)
    with pytest.raises(KeyRefused):
        list(_clean_here(iter(["x"]), home=str(home), today="2026-01-31"))
