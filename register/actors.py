"""Who acts: a person (or the product itself) with roles, each for one gemeente or for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from domain.vocabulary import Role


@dataclass(frozen=True, order=True)
class Grant:
    """One role, for one area (GM… or SV…) or, with None, national."""

    role: Role
    area: str | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody whose identity was established; made by `users.authenticate`, never by hand outside tests."""

    name: str
    grants: frozenset[Grant]
    system: bool = False

    @classmethod
    def of(cls, name: str, *grants: Grant | Role) -> Self:
        """An actor from roles (national) and grants."""
        return cls(name, frozenset(g if isinstance(g, Grant) else Grant(g) for g in grants))

    @property
    def roles(self) -> list[str]:
        """Role names, sorted."""
        return sorted({grant.role.value for grant in self.grants}) or ["system"]

    def areas(self, roles: Iterable[Role]) -> frozenset[str] | None:
        """Areas in which this actor holds one of `roles`; None means all of them."""
        held = [grant for grant in self.grants if grant.role in set(roles)]
        if any(grant.area is None for grant in held):
            return None
        return frozenset(grant.area for grant in held if grant.area is not None)


SYSTEM = Actor("systeem", frozenset(), system=True)
"""The product itself: records what deliveries became, never approves anything."""
