"""What the name finder learns from and what it is judged by have nothing in common."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from anonymisation.models import BUILTIN
from quality.gold import gold_lines
from training import annotated, prepare
from training.markup import Piece, plain

Teaching = Callable[[], Iterable[tuple[Piece, ...]]]
CASES = Path(__file__).parent.parent / "cases"
OWN, OTHERS = 7, 9
"""So many words in a row are no coincidence, in texts of our own and between writers who did not know each other."""
WORD = re.compile(r"[^\W\d_]+")


def runs(text: str, long: int) -> set[tuple[str, ...]]:
    """Every run of so many words, and the whole of a shorter text of three words or more, without case and figures."""
    words = [word.lower() for word in WORD.findall(text)]
    every = {tuple(words[at : at + long]) for at in range(len(words) - long + 1)}
    return every or ({tuple(words)} if len(words) > 2 else set())


def _texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in gold_lines(path)]


def _sets() -> set[Path]:
    return {*CASES.glob("*.jsonl"), *CASES.glob("*.jsonl.gz")}


def test_the_model_learns_from_opened_sets_only() -> None:
    every = {path.name.partition(".")[0].removeprefix("detection_") for path in _sets()}
    assert set(annotated.OPENED) == {
        "open",
        "unseen",
        "dev2",
        "dev3",
        "dev4",
        "dev5",
        "dev6",
        "fresh",
        "fresh2",
    }
    unread = {"blind", *(f"blind{at}" for at in range(2, 13))}
    assert every - set(annotated.OPENED) - set(annotated.HELD_OUT) == {*unread, "news"}


def _annotated() -> Iterator[tuple[Piece, ...]]:
    for path in annotated.opened():
        yield from annotated.read_annotated(path)


@pytest.mark.parametrize(("teaching", "long"), [(lambda: prepare.read_texts(prepare.TEXTS), OWN), (_annotated, OTHERS)])
def test_what_teaches_and_what_judges_share_no_text(teaching: Teaching, long: int) -> None:
    learned = {run for parts in teaching() for run in runs(plain(parts)[0], long)}
    held_out = {CASES / f"detection_{name}.jsonl" for name in annotated.HELD_OUT}
    judging = sorted(_sets() - set(annotated.opened()) - held_out)
    shared = {path.name: sum(bool(runs(text, long) & learned) for text in _texts(path)) for path in judging}
    assert not any(shared.values()), f"texts that share {long} words in a row with what teaches: {shared}"


def test_the_shipped_model_says_which_sets_it_learned_from() -> None:
    told = json.loads((BUILTIN / "meta.json").read_text(encoding="utf-8"))["training"]["inputs_sha256"]
    learned = {name for name in told if name.startswith("tests/")}
    assert learned == {path.relative_to(CASES.parents[1]).as_posix() for path in annotated.opened()}
