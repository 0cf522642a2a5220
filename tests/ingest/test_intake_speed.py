"""The CSV path has no loop over rows: twenty times the rows do not take twenty times a small file's calls."""

import sys
import time

import pytest

from domain.errors import InputRejected

from .conftest import as_csv, ceo_rows


def calls_of(run) -> int:
    """How many Python functions a call enters: the same on a slow and a fast machine."""
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        count += event == "call"

    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def test_more_rows_are_not_more_python(deliver, read, tmp_path):
    small = deliver({"ceo.csv": as_csv(ceo_rows(200))})
    read(small)
    few = calls_of(lambda: read(small))
    large = deliver({"ceo.csv": as_csv(ceo_rows(4000))}, doelgroepen=figures())
    many = calls_of(lambda: read(large))
    assert many < few * 1.3


def test_a_delivery_of_300_rows_is_quick(deliver, read):
    folder = deliver({"ceo.csv": as_csv(ceo_rows(300))})
    read(folder)
    best = min(timed(lambda: read(folder)) for _ in range(5))
    assert best < 0.5  # about 0.02 s on an idle core; generous because the machine is shared


def test_columns_side_by_side_give_the_same(deliver, read, monkeypatch):
    folder = deliver({"ceo.csv": as_csv(ceo_rows(50))})
    alone = read(folder).records[0].tables["rows"]
    monkeypatch.setattr("ingest.parallel._LARGE", 1)
    assert read(folder).records[0].tables["rows"].equals(alone)
    folder = deliver({"ceo.csv": as_csv(ceo_rows(50, leeftijd=["x"] * 50, ceo03_serieus=[7] * 50))})
    with pytest.raises(InputRejected, match=r"'ceo03_serieus': 50 rijen .* \(kijk ook naar kolom"):
        read(folder)


def timed(run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def figures() -> dict[str, dict[str, str]]:
    return {"client": {"invited": "onbekend", "population": "onbekend", "steekproef": "allen"}}
