"""Long lists in pages of twenty, narrowed to the gemeenten whose name holds what somebody typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.visit import Visit

T = TypeVar("T")
U = TypeVar("U")
SIZE = 20


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """One page of a list.

    total: how many there are on all pages; long: more than one page when nothing is typed; field: the name of what is
    typed in the address.
    """

    rows: Sequence[T]
    total: int
    number: int
    last: int
    typed: str
    long: bool
    field: str = "gemeente"

    def with_rows(self, rows: Sequence[U]) -> "Leaf[U]":
        """The same page of something else about the same rows."""
        return Leaf(rows, self.total, self.number, self.last, self.typed, self.long, self.field)


def leaf_of(
    visit: Visit, every: Sequence[T], area_of: Callable[[T], str | None], *, field: str = "gemeente"
) -> Leaf[T]:
    """The page that the address asks for; one that is not there is the nearest that is."""
    typed = visit.request.query_params.get(field, "").strip()[:100]
    found = [one for one in every if holds(visit, area_of(one), typed)] if typed else every
    last = max(1, -(-len(found) // SIZE))
    asked = visit.request.query_params.get("pagina", "")
    number = min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < 9 else 1
    rows = found[(number - 1) * SIZE : number * SIZE]
    return Leaf(rows, len(found), number, last, typed, len(every) > SIZE, field)


def holds(visit: Visit, area: str | None, typed: str) -> bool:
    """Whether the name or code of a gemeente or verband holds these letters."""
    return typed.casefold() in f"{visit.house.name_of(area)} {area or ''}".casefold()
