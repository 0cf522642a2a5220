"""Every python block in the docs runs, or says why it cannot."""

import os
import subprocess
import sys

import pytest
from docs_pages import PAGES, ROOT, blocks, name_of

EXAMPLES = [(name_of(page), at, *block) for page in PAGES for at, block in enumerate(blocks(page, "python"))]


def as_demo(database):
    """The docs speak of the release that `make demo` makes; the tests have a smaller one in its place."""
    place = database.parent / "demo" / "published" / "demo-2026.duckdb"
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.symlink_to(database)


@pytest.mark.parametrize(("page", "at", "info", "code"), EXAMPLES, ids=[f"{e[0]}-{e[1]}" for e in EXAMPLES])
def test_example_runs(page, at, info, code, published):
    if info.startswith("python no-run"):
        assert len(info.split(":", 1)[1].split()) >= 4, "say after 'no-run:' why this block cannot run"
        return
    as_demo(published.duckdb)
    given = f"path = {str(published.duckdb)!r}\n" + code
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", given], cwd=published.duckdb.parent, env=environ, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]


def test_there_are_examples():
    assert any(page == "README.md" for page, *_ in EXAMPLES)
    assert len(EXAMPLES) >= 4
