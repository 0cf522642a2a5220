"""The pages for analysts are made from the code, and their examples run."""

import re
from pathlib import Path

import pytest
from helpers_warehouse import answers, publish, source

from domain.vocabulary import Audience
from storage.duck import analyst, query
from warehouse.dictionary import page
from warehouse.published import ReleaseMeta, write_release

DOCS = Path(__file__).parents[2] / "docs"
READING = (DOCS / "uitleg" / "gegevens-lezen.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", READING, re.DOTALL)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    meta = ReleaseMeta("2026-1", "Proef", "2026-11-22", Audience.DEELNEMERS, 10, "c" * 64, "0.1.0")
    tables = publish([source(f"GM900{i}", {"ervaring": answers(eens=20, oneens=20)}) for i in (1, 2, 3)])
    return write_release(tables, meta, tmp_path_factory.mktemp("published"))


def test_the_dictionary_is_up_to_date():
    assert (DOCS / "reference" / "tabellen.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("sql", blocks("sql"))
def test_every_question_of_the_page_can_be_asked(release, sql):
    with analyst(release.duckdb) as connection:
        assert query(connection, sql) is not None


def test_the_python_example_runs(release, capsys):
    (example,) = blocks("python")
    exec(compile(example, "gegevens-lezen.md", "exec"), {"path": str(release.duckdb)})  # the page's own example
    assert "Verzonnen 1" in capsys.readouterr().out


def test_the_queries_in_r_and_the_shell_can_be_asked(release):
    texts = re.findall(r"dbGetQuery\(uitgave, \"(.*?)\"\)", READING, re.DOTALL)
    texts += [line[2:] for line in READING.splitlines() if line.startswith("D ")]
    assert len(texts) == 4
    with analyst(release.duckdb) as connection:
        assert all(query(connection, text) for text in texts)
