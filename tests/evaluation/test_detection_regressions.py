"""Small cases that each say one thing; the list of known failures is exact, so a mended case must leave it."""

import json

from benchmarks.evaluation import CASES, Find

SHIPPED = json.loads((CASES / "detection_regressions.json").read_text(encoding="utf-8"))


def covered(find: Find, text: str) -> set[int]:
    return {i for span in find(text) for i in range(span.start, span.end)}


def places(text: str, part: str) -> list[set[int]]:
    """Letters and digits of every occurrence."""
    starts = [i for i in range(len(text)) if text.startswith(part, i)]
    return [{i for i in range(start, start + len(part)) if text[i].isalnum()} for start in starts]


def holds(find: Find, case: dict) -> bool:
    """Every string of `mask` is masked for 90 % or more, wherever it stands; nothing of `keep` is touched."""
    masked = covered(find, case["text"])
    return all(
        len(place & masked) >= 0.9 * len(place) for part in case["mask"] for place in places(case["text"], part)
    ) and not any(place & masked for part in case["keep"] for place in places(case["text"], part))


def test_exactly_the_known_failures_fail(find):
    failing = {case["name"] for case in SHIPPED["cases"] if not holds(find, case)}
    known = set(SHIPPED["known_failures"])
    assert failing - known == set(), "these cases held before"
    assert known - failing == set(), "these cases hold now: take them off the list of known failures"


def test_every_known_failure_is_a_case():
    assert set(SHIPPED["known_failures"]) <= {case["name"] for case in SHIPPED["cases"]}
