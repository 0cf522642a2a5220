"""What a station made of one delivery: counts or a reason; nothing a neighbour stumbles over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.delivery import DeliveryKey
from domain.errors import CannotCheck, ToegangspeilError, unforeseen
from register.deliveries import Delivery

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """Counts of a delivery, or the reason why it stopped here."""

    key: DeliveryKey
    counts: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""


def attempt(key: DeliveryKey, act: Callable[[], list[T]]) -> tuple[list[T], list[Outcome]]:
    """What an act gives for one delivery; a refusal, foreseen or not, comes back as an outcome instead."""
    try:
        return act(), []
    except ToegangspeilError as refusal:
        return [], [Outcome(key, refusal=str(refusal))]
    except Exception as error:  # one broken delivery must not stop the others; the message could hold a value
        return [], [Outcome(key, refusal=unforeseen(error))]


def key_of(delivery: Delivery) -> DeliveryKey:
    """The key of an accepted delivery; only an unreadable folder has none."""
    if delivery.key is None:
        raise CannotCheck("een aanlevering zonder sleutel kan niet worden verwerkt")
    return delivery.key


def guarded(error: Exception) -> CannotCheck:
    """An unforeseen error as ours: kind and place, never its message (Dagster stores what is raised)."""
    return CannotCheck(unforeseen(error))
