"""Find and replace personal details in Dutch answers: the few names the rest of the product uses."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from anonymisation.engine import BY_OFFICERS, Detector, masked
from anonymisation.garbage import keep, no_collecting
from anonymisation.modes import WORDS, Mode, Writer
from anonymisation.names import load
from anonymisation.recognisers import by_model, by_rules
from anonymisation.review import CERTAIN_FROM, ReviewSpan
from anonymisation.spans import Label, Span
from anonymisation.warming import FIRST
from domain.officer_rules import OfficerRule

_NAMING = frozenset(
    {Label.PERSON, Label.ADDRESS, Label.EMAIL, Label.PHONE, Label.BSN, Label.IBAN, Label.USERNAME_URL,
     Label.LICENSE_PLATE}
)  # fmt: skip
_AROUND = 40
_CUT = "…"
"""So many characters at either side of a doubtful place are shown."""
__all__ = ["Cleaned", "Detector", "Label", "Mode", "ReviewSpan", "Span", "build_detector", "clean", "names_somebody"]


def build_detector(*, ner: str | None = "builtin", rules: Sequence[OfficerRule] = ()) -> Detector:
    """A detector with every recogniser.

    ner: "builtin", "none" (or None), "spacy:<path>" or "hf:<path>".
    Raises CannotCheck when the model or a word list is missing; nothing is ever looked up on a network.
    """
    with no_collecting():
        lists = load()
        detector = Detector(by_rules(lists), lists, ner=by_model(ner or "none", lists), rules=rules)
        detector.weigh(FIRST)
        keep()
    return detector


def names_somebody(text: str, detector: Detector) -> bool:
    """Whether a recogniser sees a name, address or number of somebody, or a word that two officers always remove.

    Places and organisations are fine, unless officers said otherwise of exactly that word.
    """
    return any(span.label in _NAMING or span.recogniser == BY_OFFICERS for span in detector.detect(text))


@dataclass(frozen=True)
class Cleaned:
    """Texts without personal details, counts per label, and what an officer should look at."""

    texts: list[str | None] = field(repr=False)
    tally: Counter[str]
    review: list[ReviewSpan]


def clean(
    texts: Sequence[str | None],
    detector: Detector,
    *,
    mode: Mode = Mode.LABEL,
    treatments: Mapping[str, str] | None = None,
    known_names: Collection[str] = (),
    key: bytes | None = None,
    scope: str = "",
    gemeente_of: Callable[[str], str | None] | None = None,
) -> Cleaned:
    """Replace every found detail, by `mode` or by the treatment of its label.

    key, scope: for mode pseudonym; the same words give the same pseudonym within a scope.
    gemeente_of: looks up the gemeente of a place, for mode generalise.
    Raises GateClosed when a recogniser fails, CannotCheck without a key.
    """
    writer = Writer(mode, treatments or {}, key, scope, gemeente_of)
    out: list[str | None] = []
    tally: Counter[str] = Counter()
    review: list[ReviewSpan] = []
    weighed = detector.weigh_many(texts, known_names=known_names)
    for index, (text, spans) in enumerate(zip(texts, weighed, strict=True)):
        sure = masked(spans)
        review += [
            ReviewSpan(index, s.start, s.end, s.label, s.score, s.recogniser, s.cue, *_around(text or "", s, spans))
            for s in spans
            if s.score < CERTAIN_FROM
        ]
        tally.update(span.label for span in sure)
        out.append(writer.write(text, sure) if text else text)
    return Cleaned(out, tally, review)


def _around(text: str, doubt: Span, spans: Sequence[Span]) -> tuple[str, str]:
    """What stands before and after a doubtful place; of other finds only their kind, for nobody asks about those."""
    first, last = max(0, doubt.start - _AROUND), min(len(text), doubt.end + _AROUND)
    before, after = _kinds_only(text, spans, first, doubt.start), _kinds_only(text, spans, doubt.end, last)
    return (_CUT + before if first else before), (after + _CUT if last < len(text) else after)


def _kinds_only(text: str, spans: Sequence[Span], first: int, last: int) -> str:
    out = []
    for span in spans:
        if span.end > first and span.start < last:
            out += [text[first : span.start], f"[{WORDS[span.label]}]"]
            first = max(first, span.end)
    return "".join([*out, text[first:last]])
