"""The officer's loop: what she must look at, the rules that follow from it, and an estimate of what is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from domain.errors import PolicyRefused


class Decision(StrEnum):
    """What an officer says of a span on the review list."""

    NO_PERSONAL_DATA = "geen persoonsgegeven"
    ALWAYS_REMOVE = "altijd verwijderen"
    RIGHT = "klopt"


class Form(StrEnum):
    """How a rule is written."""

    WORD = "word"
    RE2 = "re2"


@dataclass(frozen=True)
class OfficerRule:
    """An approved rule: `allow` keeps a word visible, otherwise the word or pattern is always removed."""

    allow: bool
    form: Form
    value: str
    label: str
    author: str = ""
    approver: str = ""

    def __post_init__(self) -> None:
        if self.approver and self.approver == self.author:
            raise PolicyRefused(
                "detection rule: author and approver are the same person; a second officer must approve"
            )
        if self.form is Form.RE2:
            compile_re2(self.value)

    @property
    def approved(self) -> bool:
        """True when a second officer approved it."""
        return bool(self.approver)


def compile_re2(pattern: str) -> Any:
    """The pattern under RE2 (linear time). Raises PolicyRefused when RE2 does not take it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        return re2.compile(pattern, options=options)
    except re2.error:
        raise PolicyRefused("detection rule: not a valid RE2 pattern; correct it and propose it again") from None


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


def propose_rules(decisions: Mapping[ReviewRow, Decision], *, author: str) -> list[OfficerRule]:
    """Rules that follow from decisions, once each, waiting for a second officer."""
    proposed = {
        OfficerRule(decision is Decision.NO_PERSONAL_DATA, Form.WORD, row.found.casefold(), row.label, author)
        for row, decision in decisions.items()
        if decision is not Decision.RIGHT
    }
    return sorted(proposed, key=lambda rule: (rule.allow, rule.value, rule.label))


def approve(rule: OfficerRule, *, by: str) -> OfficerRule:
    """The rule with its second signature. Raises PolicyRefused when the author signs her own rule."""
    if not by:
        raise PolicyRefused("detection rule: no approver given; a second officer must approve")
    return OfficerRule(rule.allow, rule.form, rule.value, rule.label, rule.author, by)


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
        raise ValueError("sample: 0 <= leaking <= read <= texts and at least one text read")
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    low = 0.0 if leaking == 0 else float(beta.ppf(tail, leaking, read - leaking + 1))
    high = 1.0 if leaking == read else float(beta.ppf(1 - tail, leaking + 1, read - leaking))
    return Left(read, leaking, leaking / read, low, high, texts)
