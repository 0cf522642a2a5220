"""What an officer must look at: doubtful places, a random sample, and what that says of all that is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class ReviewSpan:
    """A span an officer should look at; offsets in the text as given."""

    text: int
    start: int
    end: int
    label: str
    score: float
    recogniser: str = ""
    cue: str = ""


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
    snippet: str
    found: str


def review_rows(
    spans: Iterable[ReviewSpan], texts: Sequence[str | None], *, delivery: str, column: str, around: int = 40
) -> list[ReviewRow]:
    """Rows with a snippet of `around` characters at either side. Personal data: for the review store only."""
    rows = []
    for span in spans:
        text = texts[span.text] or ""
        snippet = text[max(0, span.start - around) : span.end + around]
        rows.append(
            ReviewRow(
                delivery,
                span.text,
                column,
                span.start,
                span.end,
                span.label,
                span.score,
                snippet,
                text[span.start : span.end],
            )
        )
    return rows


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
