"""What is left in cleaned texts: an estimate with its margin, from the sample that an officer read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anonymisation.review import Left, estimate_left
from domain.contribution import Part
from portal.speech import _, _n
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
                return _("Er zijn geen open teksten in deze bijdrage.")
            return _(
                "Nog niemand las de steekproef. Er zijn {texts} open teksten. "
                "De privacy officer leest er een paar bij Nakijken: dan weten wij hoeveel er nog in staat.",
                texts=number(self.texts),
            )
        low, high = left.expected_texts
        whole = _(
            " Van alle {texts} teksten zijn het er tussen {low} en {high}.",
            texts=number(left.texts), low=number(low), high=number(high),
        )  # fmt: skip
        return _(
            "Een mens las {read}. In {leaking} daarvan stond nog iets waaraan iemand te herkennen is. "
            "Van elke 100 teksten zijn dat er naar schatting {share} (tussen {low} en {high}).{whole}",
            read=_n("1 schoongemaakte tekst", "{count} schoongemaakte teksten", self.read, count=number(self.read)),
            leaking=number(self.leaking), share=per_hundred(left.share), low=per_hundred(left.low),
            high=per_hundred(left.high), whole=whole if self.texts else "",
        )  # fmt: skip


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
