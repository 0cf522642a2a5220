"""Cleaning for programs: texts and whole files, in memory only, a few texts at a time so that others get their turn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonymisation.spans import Span
from domain.delivery import AREA, METING, SLUG
from domain.errors import NotAllowed, WrongUsage
from portal.house import House
from portal.service.keys import Calling

if TYPE_CHECKING:
    from anonymisation.modes import Writer

_AT_ONCE = 200


def detected(house: House, texts: Sequence[str]) -> list[list[Span]]:
    """Spans per text. The detector is shared: between two parts somebody else may go first."""
    found: list[list[Span]] = []
    for at in range(0, len(texts), _AT_ONCE):
        with house.detector_lock:
            found += [list(spans) for spans in house.detector.detect_many(texts[at : at + _AT_ONCE])]
    return found


@dataclass
class Cleaner:
    """Cleans texts one way and counts what was taken away."""

    house: House
    writer: "Writer"
    tally: Counter[str] = field(default_factory=Counter)

    def clean(self, texts: Sequence[str]) -> list[str]:
        """The texts without personal details."""
        return [text for text, _ in self.each(texts)]

    def each(self, texts: Sequence[str]) -> list[tuple[str, dict[str, int]]]:
        """Per text: without personal details, and counts per label."""
        done = []
        for text, spans in zip(texts, detected(self.house, texts), strict=True):
            counts = Counter(str(span.label) for span in spans)
            self.tally.update(counts)
            done.append((self.writer.write(text, spans), dict(sorted(counts.items()))))
        return done


def cleaner(house: House, calling: Calling, mode: str, scope: str | None) -> Cleaner:
    """How a program wants its texts cleaned.

    Raises NotAllowed for pseudonyms of another gemeente, WrongUsage for a scope written otherwise, KeyRefused for a
    scope whose key does not exist (any more).
    """
    from anonymisation.modes import Mode, Writer

    if Mode(mode) is not Mode.PSEUDONYM:
        return Cleaner(house, Writer(Mode(mode)))
    parts = (scope or "").split("/")
    if len(parts) != 3 or not (AREA.fullmatch(parts[0]) and SLUG.fullmatch(parts[1]) and METING.fullmatch(parts[2])):
        raise WrongUsage("geef bij pseudonym een scope: GEMEENTE/INSTRUMENT/METING, bijvoorbeeld GM9001/klantreis/2026")
    if calling.area != parts[0]:
        raise NotAllowed("pseudoniemen zijn er alleen voor de gemeente van uw eigen sleutel")
    key = house.keyring.purpose_key(parts[0], scope or "", "surrogate")
    return Cleaner(house, Writer(Mode.PSEUDONYM, key=key, scope=scope or ""))
