"""The lines of a file with annotated texts."""

import gzip
from pathlib import Path

import pytest

from domain.errors import InputRejected
from quality.gold import gold_lines, read_gold

SEPARATED = '{"text": "een\u2028twee"}'


def test_a_line_ends_at_its_newline_only_and_the_last_one_opens_no_other(tmp_path: Path) -> None:
    (tmp_path / "los.jsonl").write_text(f"{SEPARATED}\n{{}}\n", encoding="utf-8")
    (tmp_path / "ingepakt.jsonl.gz").write_bytes(gzip.compress(f"{SEPARATED}\n{{}}".encode()))
    assert gold_lines(tmp_path / "los.jsonl") == gold_lines(tmp_path / "ingepakt.jsonl.gz") == [SEPARATED, "{}"]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": "1", "text": ' + "[" * 100_000, "een zin"])
def test_a_line_that_is_no_json_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(InputRejected, match=r"^regel 2: geen JSON;"):
        read_gold(["", line])
