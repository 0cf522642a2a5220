"""The four figures a released detector is held to, and what is worse than noise.

The same texts are read again, so a fall is real; the margin of one standard error leaves room for a retrained model
that wins some and loses some. It is at least one span or text, so that a single case never closes the gate.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import CannotCheck
from quality.evaluation import Evaluation
from quality.score_table import percent

PRECISION_MARGIN = 0.005  # characters of one wrong stretch hang together: no binomial


@dataclass(frozen=True)
class Share:
    """A count out of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        if not self.whole:
            raise CannotCheck("a figure rests on no texts at all; give texts that hold every kind")
        return self.part / self.whole

    @property
    def margin(self) -> float:
        """One standard error, and at least one case."""
        return max(1 / self.whole, math.sqrt(self.value * (1 - self.value) / self.whole))


@dataclass(frozen=True)
class Figures:
    """What a detector reached on one set of texts."""

    person_masked: Share
    direct_masked: Share
    leaked: Share
    precision: Share
    clean_alarms: Share

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Figures":
        person, direct, total = evaluation.labels["PERSON"], evaluation.direct, evaluation.total
        clean = evaluation.kinds["clean"]
        return cls(
            person_masked=Share(person.masked, person.spans),
            direct_masked=Share(direct.masked, direct.spans),
            leaked=Share(total.leaked, total.with_direct),
            precision=Share(total.covered_gold, total.covered),
            clean_alarms=Share(clean.alarms, clean.texts),
        )

    @classmethod
    def from_json(cls, rows: dict[str, dict[str, int]]) -> "Figures":
        """Raises CannotCheck when a figure is missing: an unset threshold is no threshold."""
        try:
            return cls(**{name: Share(int(row["part"]), int(row["whole"])) for name, row in rows.items()})
        except (KeyError, TypeError, ValueError):
            raise CannotCheck("de vastgestelde cijfers zijn niet heel; vernieuw ze en bekijk het verschil") from None

    def worse_than(self, released: "Figures") -> Iterator[str]:
        """One line for every figure that fell by more than its margin."""
        for name in ("person_masked", "direct_masked"):
            now, then = getattr(self, name), getattr(released, name)
            if now.value < then.value - then.margin:
                yield _line(name, now, then)
        for name in ("leaked", "clean_alarms"):
            now, then = getattr(self, name), getattr(released, name)
            if now.value > then.value + then.margin:
                yield _line(name, now, then)
        if self.precision.value < released.precision.value - PRECISION_MARGIN:
            yield _line("precision", self.precision, released.precision)


def _line(name: str, now: Share, then: Share) -> str:
    return f"{name}: now {percent(now.value)} % ({now.part} of {now.whole}), released {percent(then.value)} %"
