"""The one place where two finds of the same characters are weighed: what wins, what is cut, what is joined."""

from collections.abc import Iterable

from anonymisation.spans import Found

# On equal ground the label that says more precisely what a number or word is goes first.
ORDER = (
    "EMAIL", "USERNAME_URL", "IBAN", "BSN", "CASE_NUMBER", "PHONE", "LICENSE_PLATE", "DATE", "ADDRESS", "POSTCODE",
    "AGE", "ORGANISATION", "HEALTH", "PERSON", "PLACE",
)
REST = "rest: "
_RANK = {label: rank for rank, label in enumerate(ORDER)}


def _weight(found: Found) -> tuple[float, int, int, int]:
    """Certain finds first, then the longer one, then the more precise label, then the earlier one."""
    return (-round(found.score, 1), -(found.end - found.start), _RANK.get(found.label, len(ORDER)), found.start)


def resolve(finds: Iterable[Found]) -> list[Found]:
    """Non-overlapping finds in text order; what a winner leaves of a loser at either side is kept, so nothing shows.

    Idempotent: resolve(resolve(x)) == resolve(x).
    """
    kept: list[Found] = []
    for found in sorted(finds, key=_weight):
        kept.extend(_free_parts(found, kept))
    return sorted(kept, key=lambda f: f.start)


def _free_parts(found: Found, kept: list[Found]) -> list[Found]:
    """What is left of a find beside those already kept."""
    parts = [(found.start, found.end)]
    for other in kept:
        if other.end <= found.start or other.start >= found.end:
            continue
        parts = [
            piece
            for start, end in parts
            for piece in ((start, min(end, other.start)), (max(start, other.end), end))
            if piece[0] < piece[1]
        ]
    if parts == [(found.start, found.end)]:
        return [found]
    return [
        Found(start, end, found.label, found.score, REST + found.cue, found.recogniser)
        for start, end in parts if end - start > 1
    ]
