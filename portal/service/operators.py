"""Our own ways to replace a detail, as operators of Presidio's engine: `label` and `generalise`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Replacement:
    """An operator of our own: `instead` gets the found words and their label."""

    name: str
    instead: Callable[[str, str], str]


def as_label(_found: str, label: str) -> str:
    """`[PERSOON]`; a label that is not ours stays as it is."""
    from anonymisation.modes import WORDS

    return f"[{WORDS.get(label, label)}]"


def coarser(found: str, label: str) -> str:
    """`[leeftijd 80-89]`, `[1e kwartaal 2026]`, `een lichamelijk letsel`; else the label."""
    from anonymisation.modes import age_band, health_group, quarter

    rules: dict[str, Callable[[str], str | None]] = {"AGE": age_band, "DATE": quarter, "HEALTH": health_group}
    rule = rules.get(label)
    return (rule(found) if rule else None) or as_label(found, label)


OURS = (Replacement("label", as_label), Replacement("generalise", coarser))


def presidio_operator(kind: Replacement) -> type[Any]:
    """The same as a class that Presidio's engine takes (its library is loaded on first use only)."""
    from presidio_anonymizer.operators import Operator, OperatorType

    class Ours(Operator):
        """One of our own operators."""

        def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
            """The words instead of a detail."""
            return kind.instead(text, str((params or {}).get("entity_type", "")))

        def validate(self, params: dict[str, Any] | None = None) -> None:
            """Our operators take no parameters."""

        def operator_name(self) -> str:
            """How a request asks for it."""
            return kind.name

        def operator_type(self) -> OperatorType:
            """For anonymising only."""
            return OperatorType.Anonymize

    return Ours
