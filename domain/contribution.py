"""A contribution (bijdrage): what one gemeente or verband gives to a release, in fingerprints, to be signed by two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.delivery import DeliveryKey
from domain.errors import ReleaseRefused
from domain.vocabulary import Audience

_WIDTH = {audience: width for width, audience in enumerate(Audience)}


def reaches(allowed: Audience, asked: Audience) -> bool:
    """Whether what may be seen by `allowed` may be shown to `asked`."""
    return _WIDTH[asked] <= _WIDTH[allowed]


@dataclass(frozen=True, order=True)
class Part:
    """One delivery version as it stands in checked staging, and the policy it was cleaned under."""

    key: DeliveryKey
    version: int
    staging_hash: str
    policy_fingerprint: str


@dataclass(frozen=True)
class ContributionContent:
    """All that the two signatures are over; one changed thing is another content.

    repeats: studies (`DeliveryKey.scope`) that a release printed from exactly these deliveries, with its name: they are
    printed again. preview_hash: over the figures of all others, as they could be shown.
    """

    area: str
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    zichtbaar_voor: Audience
    preview_hash: str
    repeats: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Parts and recipients in a fixed order; every part of the same area, every delivery once."""
        object.__setattr__(self, "parts", tuple(sorted(self.parts)))
        object.__setattr__(self, "recipients", tuple(sorted(set(self.recipients))))
        keys = [part.key for part in self.parts]
        if not keys or len(set(keys)) != len(keys) or {key.area for key in keys} != {self.area}:
            raise ReleaseRefused("een bijdrage bestaat uit aanleveringen van één gemeente of verband, elk één keer")
        if _WIDTH[self.zichtbaar_voor] >= _WIDTH[Audience.MOVISIE] and "Movisie" not in self.recipients:
            raise ReleaseRefused("zichtbaar voor Movisie of meer kan alleen als Movisie een ontvanger is")

    @property
    def fresh(self) -> tuple[Part, ...]:
        """Parts that are in the preview: no release printed their study as it is now."""
        return tuple(part for part in self.parts if part.key.scope not in self.repeats)

    @property
    def goes_outside(self) -> bool:
        """Whether anybody outside the gemeente will see something of it."""
        return bool(self.recipients) or self.zichtbaar_voor is not Audience.EIGEN

    def canonical(self) -> dict[str, Any]:
        """Plain data that the content hash is taken over."""
        parts = [
            {"delivery": str(part.key), "version": part.version, "staging": part.staging_hash,
             "policy": part.policy_fingerprint}
            for part in self.parts
        ]  # fmt: skip
        return {
            "area": self.area, "parts": parts, "recipients": list(self.recipients),
            "zichtbaar_voor": self.zichtbaar_voor.value, "preview": self.preview_hash,
            **({"repeats": dict(sorted(self.repeats.items()))} if self.repeats else {}),
        }  # fmt: skip

    @classmethod
    def from_canonical(cls, content: dict[str, Any]) -> "ContributionContent":
        """Back from `canonical`."""
        parts = tuple(
            Part(DeliveryKey.parse(part["delivery"]), part["version"], part["staging"], part["policy"])
            for part in content["parts"]
        )
        audience = Audience(content["zichtbaar_voor"])
        repeats = content.get("repeats", {})
        return cls(content["area"], parts, tuple(content["recipients"]), audience, content["preview"], repeats)


def studies(parts: Iterable[Part]) -> dict[str, set[Part]]:
    """Per study its deliveries: of all doelgroepen, because a few of one may be counted with another."""
    found: dict[str, set[Part]] = {}
    for part in parts:
        found.setdefault(part.key.scope, set()).add(part)
    return found
