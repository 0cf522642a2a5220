"""What the name finder learns from and what it is judged by have nothing in common."""

import json
import re
from pathlib import Path

from training import prepare
from training.markup import plain

CASES = Path(__file__).parent.parent / "cases"
LONG = 7
"""So many words in a row are no coincidence; six (`de brief was niet te begrijpen`) still are."""
WORD = re.compile(r"[^\W\d_]+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of LONG words, and the whole of a shorter text of three words or more, without case and figures."""
    words = [word.lower() for word in WORD.findall(text)]
    every = {tuple(words[at : at + LONG]) for at in range(len(words) - LONG + 1)}
    return every or ({tuple(words)} if len(words) > 2 else set())


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_training_and_tests_share_no_text() -> None:
    learned: set[tuple[str, ...]] = set()
    for parts in prepare.read_texts(prepare.TEXTS):
        learned |= runs(plain(parts)[0])
    shared = {path.name: sum(bool(runs(text) & learned) for text in _texts(path)) for path in CASES.glob("*.jsonl")}
    assert len(shared) >= 6
    assert not any(shared.values()), f"texts that share {LONG} words in a row with training/texts: {shared}"
