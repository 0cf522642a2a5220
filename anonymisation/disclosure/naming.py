"""How the release history names a scope; protector, attacker and removals read the same names."""

from domain.release import Key


def scope_name(scope: Key) -> str:
    """How the release history names a scope: the values of the dimensions that are never totalled."""
    return "|".join(f"{dim}={code}" for dim, code in sorted(scope))


def scope_parts(scope: str) -> dict[str, str]:
    """What a scope is about, taken apart: instrument, meting, doelgroep, question; nothing for the name of a table."""
    return dict(pair.split("=", 1) for pair in scope.split("|") if "=" in pair)
