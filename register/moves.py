"""States and who may move what to where. The diagrams in `docs/reference/toestanden.md` are made from these tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import NotAllowed, Refused
from register.actors import Actor
from register.permissions import Act, check

CAREFUL = "schrijf geen namen: deze tekst kan openbaar worden"


@dataclass(frozen=True)
class Move:
    """What a move needs: an act of the permissions table, perhaps somebody else than the author, perhaps a comment."""

    act: Act
    not_author: bool = False
    comment: bool = False


Moves = Mapping[str, Mapping[str, Move]]


def check_move(
    moves: Moves,
    now: str,
    to: str,
    *,
    by: Actor,
    areas: tuple[str | None, ...],
    authors: frozenset[str],
    comment: str | None,
    refusal: type[Refused],
) -> None:
    """Raise the reason why `by` may not move this from `now` to `to`; silent when it is allowed."""
    move = moves.get(now, {}).get(to)
    if move is None:
        raise refusal("deze stap past niet bij hoe het er nu voor staat; misschien is er al beslist: kijk opnieuw")
    check(by, move.act, *areas)
    if move.not_author and by.name in authors:
        raise NotAllowed(
            f"{by.name} heeft dit zelf opgesteld; laat een ander beslissen",
            on_screen="u hebt dit zelf opgesteld; laat een ander beslissen",
        )
    if move.comment and not (comment and comment.strip()):
        raise refusal(f"geef een toelichting ({CAREFUL})")
