"""Whether the country of two years may be compared: a line through the years of other gemeenten says little of change.

In words for the reports and for the portal, which says them in its own language.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from domain.dutch import grouped

Members = frozenset[str]
Say = Callable[..., str]
"""Takes a sentence and the values in it."""


def plain(message: str, /, **values: Any) -> str:
    """A sentence in Dutch, filled in."""
    return message.format(**values)


def standing(members: Members, counted: int | None, year: str) -> Members:
    """Who stands behind the figure of a year. counted: how many, as it is printed.

    Who delivered after that figure was first printed is a member, and not in it; then it is not known by name who are.
    """
    if counted is None or counted == len(members):
        return members
    return frozenset(f"{year}, {at}" for at in range(counted))


def behind_country(found: Mapping[str, Members], _: Say = plain) -> str:
    """Whether the years may be compared, and why not; '' with fewer than two of them.

    found: year -> the gemeenten and verbanden that were asked the same, where the country has a figure.
    """
    different = set(found.values())
    if len(found) < 2:
        return ""
    if len(different) == 1:
        (same,) = different
        return _(
            "Landelijk gaat in elke meting over dezelfde {n} gemeenten en verbanden. Die jaren kunt u vergelijken.",
            n=grouped(len(same)),
        )
    said = _(
        "Let op: achter Landelijk staan niet elk jaar dezelfde gemeenten en verbanden: {counts}. Een verschil tussen "
        "jaren kan ook daardoor komen.",
        counts=listed([f"{year.lower()} ({grouped(len(one))})" for year, one in found.items()], _),
    )
    alike = [
        listed([year.lower() for year, one in found.items() if one == group], _)
        for group in dict.fromkeys(found.values())
        if sum(one == group for one in found.values()) > 1
    ]
    if not alike:
        return said
    return _(
        "{said} Deze jaren gaan wel over dezelfde gemeenten en kunt u vergelijken: {alike}.",
        said=said, alike="; ".join(alike),
    )  # fmt: skip


def behind_questions(found: Collection[Mapping[str, Members]]) -> str:
    """The same for several questions at once: what holds for each of them."""
    several = [one for one in found if len(one) > 1]
    said = {behind_country(one) for one in several}
    if len(said) < 2:
        return "".join(said)
    if all(len(set(one.values())) == 1 for one in several):
        return "Landelijk gaat bij elke vraag in beide metingen over dezelfde gemeenten en verbanden."
    return (
        "Let op: achter Landelijk staan niet bij elke vraag in beide metingen dezelfde gemeenten en verbanden. "
        "Een verschil tussen metingen kan ook daardoor komen."
    )


def listed(names: Sequence[str], _: Say = plain) -> str:
    """'a, b en c'."""
    return _("{names} en {last}", names=", ".join(names[:-1]), last=names[-1])
