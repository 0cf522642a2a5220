"""What an officer must look at: doubtful places, a random sample, and what that says of all that is left."""

from dataclasses import dataclass, field
from random import Random

MASK_FROM = 0.5
"""From this score a span is masked."""
CERTAIN_FROM = 0.8
"""From this score a span needs no second look."""


@dataclass(frozen=True)
class ReviewSpan:
    """A span an officer should look at; offsets in the text as given.

    before, after: a few words around it, with the kind of every other find in the place of its words.
    """

    text: int
    start: int
    end: int
    label: str
    score: float
    recogniser: str = ""
    cue: str = ""
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)


@dataclass(frozen=True)
class ReviewRow:
    """One row of the review list of a delivery, as it is stored (encrypted, 30 days)."""

    delivery: str
    row: int
    column: str
    start: int
    end: int
    label: str
    score: float
    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


def review_row(span: ReviewSpan, text: str, *, delivery: str, row: int, column: str) -> ReviewRow:
    """The row of one place in `text`. Personal data: for the review store only."""
    found = text[span.start : span.end]
    return ReviewRow(
        delivery, row, column, span.start, span.end, span.label, span.score, span.before, found, span.after
    )


def sample(count: int, *, size: int, seed: int) -> list[int]:
    """Which texts of a delivery to read again: a simple random sample without replacement, in order."""
    return sorted(Random(seed).sample(range(count), min(size, count)))  # noqa: S311 (a draw, not a secret)


@dataclass(frozen=True)
class Left:
    """What a read sample says of a whole delivery: share of texts that still hold a direct identifier."""

    read: int
    leaking: int
    share: float
    low: float
    high: float
    texts: int

    @property
    def expected_texts(self) -> tuple[int, int]:
        """Lowest and highest number of leaking texts in the delivery that the sample allows."""
        return int(self.low * self.texts), -int(-self.high * self.texts // 1)


def estimate_left(read: int, leaking: int, *, texts: int, confidence: float = 0.95) -> Left:
    """Clopper-Pearson interval of the share of texts that leak; exact, so never too narrow.

    read: texts an officer read again; leaking: of those, texts with a direct identifier left.
    Raises ValueError when the counts contradict each other.
    """
    if not 0 <= leaking <= read <= texts or read == 0:
        raise ValueError("steekproef: 0 <= leaking <= read <= texts, en er is ten minste één tekst gelezen")
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    low = 0.0 if leaking == 0 else float(beta.ppf(tail, leaking, read - leaking + 1))
    high = 1.0 if leaking == read else float(beta.ppf(1 - tail, leaking + 1, read - leaking))
    return Left(read, leaking, leaking / read, low, high, texts)
