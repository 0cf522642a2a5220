"""How well a detector finds what must be masked, on annotated texts.

Only letters and digits count: spaces, dots and dashes carry nothing. Predictions come in as data, so any
detector can be judged, also one that is not ours. Definitions:

    masked        a gold span of which at least 90 % of the characters is covered, by any label
    core          the same, not counting tussenvoegsels and articles
    label ok      masked, and the same label covers most of the covered characters
    leaked        a text with a direct identifier that is not masked (strict: not masked to 100 %)
    precision     gold characters among covered characters; neutral stretches, titles and articles right before a
                  gold span and the unit of an age count neither for nor against
    clean alarms  texts of kind `clean` in which anything outside neutral stretches was covered
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Self

from domain.errors import InputRejected
from quality.gold import KINDS, LABELS, GoldText, Predictions, Span

DIRECT = frozenset({"PERSON", "ADDRESS", "PHONE", "EMAIL", "BSN", "IBAN", "CASE_NUMBER", "LICENSE_PLATE"})
THRESHOLD = 0.9
FUNCTION_WORDS = frozenset(
    re.findall(r"\S+", "van von v d de der den het 't t te ter ten in op af a la le el al en aan bij over onder uit du")
)
TITLES = frozenset(
    re.findall(
        r"\S+",
        "mevrouw mevr mw mej juffrouw juf meneer mijnheer menheer dhr hr heer fam familie mr dr drs ir prof dokter "
        "pastoor pater broer zuster opa oma opoe tante ome pan",
    )
)
NAMES = frozenset({"PERSON", "PLACE", "ORGANISATION", "ADDRESS"})
AGE_UNIT = re.compile(r"(?<![^\W\d_])(jaar|jaren|jr|jier|jaor|maanden)(?![^\W_])", re.IGNORECASE)
WORD_BEFORE = re.compile(r"(?<!\w)([\w']+)[.]?[ '‘]*$")
LOOK_BACK = 64  # characters before a span that can hold a title; bounds the search in long texts


@dataclass(frozen=True)
class _Tally:
    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class LabelScore(_Tally):
    """Counts for the gold spans of one label."""

    spans: int = 0
    masked: int = 0
    core: int = 0
    label_ok: int = 0
    characters: int = 0
    characters_masked: int = 0

    @property
    def recall(self) -> float | None:
        return share(self.masked, self.spans)


@dataclass(frozen=True)
class Outcome(_Tally):
    """Counts for a set of texts; characters are letters and digits outside neutral stretches."""

    texts: int = 0
    with_direct: int = 0
    leaked: int = 0
    leaked_strict: int = 0
    covered: int = 0
    covered_gold: int = 0
    other: int = 0
    alarms: int = 0
    predicted: int = 0
    predicted_touching: int = 0

    @property
    def precision(self) -> float | None:
        return share(self.covered_gold, self.covered)

    @property
    def span_precision(self) -> float | None:
        """Share of predicted spans that touch a gold span."""
        return share(self.predicted_touching, self.predicted)

    @property
    def overmasked(self) -> float | None:
        """Share of the text that may stay and was covered."""
        return share(self.covered - self.covered_gold, self.other)

    @property
    def leak_share(self) -> float | None:
        """Leaked texts among texts that hold a direct identifier."""
        return share(self.leaked, self.with_direct)


@dataclass(frozen=True)
class Found:
    """Where something went wrong: no text, so that it can be printed and stored."""

    id: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Evaluation:
    """The whole judgement; every share can be computed from these counts."""

    labels: dict[str, LabelScore]
    kinds: dict[str, Outcome]
    leaks: tuple[Found, ...] = field(repr=False)
    false_alarms: tuple[Found, ...] = field(repr=False)
    without_prediction: int = 0

    @property
    def total(self) -> Outcome:
        return sum(self.kinds.values(), Outcome())

    @property
    def every_label(self) -> LabelScore:
        return sum(self.labels.values(), LabelScore())

    @property
    def direct(self) -> LabelScore:
        return sum((self.labels[label] for label in LABELS if label in DIRECT), LabelScore())


def share(part: int, whole: int) -> float | None:
    """part / whole, or None when there is no whole."""
    return part / whole if whole else None


def score(gold: Iterable[GoldText], predicted: Predictions) -> Evaluation:
    """Judge predictions against annotated texts; a text without prediction counts as nothing masked.

    Raises InputRejected when a prediction has an unknown id or a span outside its text.
    """
    texts = {text.id: text for text in gold}
    unknown = len(set(predicted) - set(texts))
    if unknown:
        raise InputRejected(f"{unknown} voorspellingen horen bij geen tekst; voorspel op hetzelfde bestand")
    judged = [_Judged(text, predicted.get(text.id, ())) for text in texts.values()]
    labels, kinds = dict.fromkeys(LABELS, LabelScore()), dict.fromkeys(KINDS, Outcome())
    for one in judged:
        kinds[one.gold.kind] += one.outcome()
        for span in one.gold.spans:
            labels[span.label] += one.label_score(span)
    return Evaluation(
        labels,
        kinds,
        leaks=tuple(leak for one in judged for leak in one.leaks()),
        false_alarms=tuple(alarm for one in judged for alarm in one.false_alarms()),
        without_prediction=len(set(texts) - set(predicted)),
    )


class _Judged:
    """One text against its predictions, as sets of positions."""

    def __init__(self, gold: GoldText, predicted: tuple[Span, ...]) -> None:
        self.gold, self.predicted = gold, predicted
        if not all(0 <= span.start <= span.end <= len(gold.text) for span in predicted):
            raise InputRejected("een voorspelde span ligt buiten de tekst; plaatsen tellen tekens van de gegeven tekst")
        self.counted = {i for i, character in enumerate(gold.text) if character.isalnum()}
        self.labels_at: dict[int, set[str]] = {}
        for span in predicted:
            for i in self.counted.intersection(span.positions()):
                self.labels_at.setdefault(i, set()).add(span.label)
        self.wanted = {i for span in gold.spans for i in self.required(span)}
        self.neutral = _neutral(gold) - self.wanted
        self.covered = self.labels_at.keys() - self.neutral
        self.false = self.covered - self.wanted

    def required(self, span: Span) -> set[int]:
        """Letters and digits of a gold span that must be masked."""
        return self.counted.intersection(span.positions()) - _age_unit(self.gold.text, span)

    def core(self, span: Span) -> set[int]:
        every = self.required(span)
        return every - _function_words(self.gold.text, span) or every

    def is_masked(self, positions: set[int], threshold: float = THRESHOLD) -> bool:
        return len(positions & self.labels_at.keys()) >= threshold * len(positions)

    def label_score(self, span: Span) -> LabelScore:
        required = self.required(span)
        hits = required & self.labels_at.keys()
        masked = self.is_masked(required)
        right = sum(span.label in self.labels_at[i] for i in hits)
        return LabelScore(
            1, masked, self.is_masked(self.core(span)), masked and right * 2 > len(hits), len(required), len(hits)
        )

    def direct(self) -> list[Span]:
        return [span for span in self.gold.spans if span.label in DIRECT]

    def leaks(self) -> list[Found]:
        return [
            Found(self.gold.id, span.start, span.end, span.label)
            for span in self.direct()
            if not self.is_masked(self.required(span))
        ]

    def false_alarms(self) -> list[Found]:
        """Runs of wrongly covered characters; a gap of one (a space, a dash) does not break a run."""
        runs: list[list[int]] = []
        for i in sorted(self.false):
            if runs and i - runs[-1][1] <= 2:
                runs[-1][1] = i
            else:
                runs.append([i, i])
        return [Found(self.gold.id, first, last + 1) for first, last in runs]

    def outcome(self) -> Outcome:
        spans = [self.counted.intersection(span.positions()) for span in self.predicted]
        judged = [span for span in spans if span - self.neutral]
        return Outcome(
            texts=1,
            with_direct=bool(self.direct()),
            leaked=bool(self.leaks()),
            leaked_strict=any(not self.is_masked(self.required(span), 1.0) for span in self.direct()),
            covered=len(self.covered),
            covered_gold=len(self.covered & self.wanted),
            other=len(self.counted - self.wanted - self.neutral),
            alarms=bool(self.false),
            predicted=len(judged),
            predicted_touching=sum(bool(span & self.wanted) for span in judged),
        )


def _neutral(gold: GoldText) -> set[int]:
    """Positions that count neither for nor against."""
    marked = {i for span in gold.neutral for i in span.positions()}
    for span in gold.spans:
        marked |= set(range(_lead_in(gold.text, span.start), span.start)) | _age_unit(gold.text, span)
    return marked


def _lead_in(text: str, start: int) -> int:
    """Start of the titles and articles directly before a span: "bij dhr. van der " -> "dhr. van der "."""
    while start > 0:
        window = max(0, start - LOOK_BACK)
        match = WORD_BEFORE.search(text[window:start])
        if not match or match.group(1).casefold() not in TITLES | FUNCTION_WORDS:
            break
        start = window + match.start()
    return start


def _age_unit(text: str, span: Span) -> set[int]:
    """In an age the number counts, the unit does not."""
    if span.label != "AGE":
        return set()
    return _matches(AGE_UNIT, text, span)


def _function_words(text: str, span: Span) -> set[int]:
    if span.label not in NAMES:
        return set()
    inside = text[span.start : span.end]
    words = (match for match in re.finditer(r"\w+", inside) if match.group().casefold() in FUNCTION_WORDS)
    return {span.start + i for match in words for i in range(*match.span())}


def _matches(pattern: re.Pattern[str], text: str, span: Span) -> set[int]:
    inside = text[span.start : span.end]
    return {span.start + i for match in pattern.finditer(inside) for i in range(*match.span())}
