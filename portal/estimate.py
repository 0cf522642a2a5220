"""What is left in cleaned texts: an estimate with its margin, from the sample that an officer read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anonymisation.review import Left, estimate_left
from domain.contribution import Part
from portal.words import number
from register import review
from register.review import Doubt
from register.store import Register


@dataclass(frozen=True)
class Reading:
    """How far reading is. texts: all cleaned texts there are, 0 when that is not known here."""

    read: int
    leaking: int
    texts: int = 0

    @property
    def left(self) -> Left | None:
        """Share of texts that still tell who somebody is; None before anybody read one."""
        whole = max(self.texts, self.read)
        return estimate_left(self.read, self.leaking, texts=whole) if self.read else None

    @property
    def words(self) -> str:
        """One or two sentences for an officer."""
        left = self.left
        if left is None:
            if not self.texts:
                return "Er zijn geen open teksten in deze bijdrage."
            return (
                f"Nog niemand las de steekproef. Er zijn {number(self.texts)} open teksten. "
                "Lees er eerst een paar bij Nakijken: dan weten wij hoeveel er nog in staat."
            )
        read = "1 schoongemaakte tekst" if self.read == 1 else f"{number(self.read)} schoongemaakte teksten"
        low, high = left.expected_texts
        whole = f" Van alle {number(left.texts)} teksten zijn het er tussen {number(low)} en {number(high)}."
        return (
            f"Een mens las {read}. In {number(self.leaking)} daarvan stond nog iets waaraan iemand te herkennen is. "
            f"Van elke 100 teksten zijn dat er naar schatting {per_hundred(left.share)} "
            f"(tussen {per_hundred(left.low)} en {per_hundred(left.high)}).{whole if self.texts else ''}"
        )


def per_hundred(share: float) -> str:
    """0.034 -> '3,4'; whole numbers without a decimal."""
    text = f"{100 * share:.1f}".replace(".", ",")
    return text.removesuffix(",0")


def reading_of(register: Register, parts: Iterable[Part], texts: int = 0) -> Reading:
    """What was read of the deliveries of a contribution."""
    return counted([one for part in parts for one in review.decisions(register, part.key, part.version)], texts)


def counted(decided: Sequence[Doubt], texts: int = 0) -> Reading:
    """Decisions on sampled texts; doubtful places are no sample and do not count."""
    read, leaking = review.sample_of(decided)
    return Reading(read, leaking, texts)
