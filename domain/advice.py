"""What merging groups or answers would bring back in a table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """What one merge would bring back in one table.

    answers: it counts answers that are shown or closed, and not groups.
    """

    table: str
    dimension: str
    merge: str
    suppressed_now: int
    suppressed_then: int
    visible_now: float
    visible_then: float
    answers: bool = False
