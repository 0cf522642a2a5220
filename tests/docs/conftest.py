"""A tiny published release for the examples in the docs, and the helpers that read the docs."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "warehouse")]


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """`2026-1.duckdb` of three made-up gemeenten, with its folder of CSVs."""
    from helpers_warehouse import answers, publish, source

    from domain.vocabulary import Audience
    from warehouse.published import ReleaseMeta, write_release

    meta = ReleaseMeta("2026-1", "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0.1.0")
    tables = publish([source(f"GM900{i}", {"ervaring": answers(eens=20, oneens=20)}) for i in (1, 2, 3)])
    return write_release(tables, meta, tmp_path_factory.mktemp("published"))
