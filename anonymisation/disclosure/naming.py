"""How the release history names a scope, and people a group; protector, attacker and removals read the same names."""

from collections.abc import Iterable

from domain.dutch import DOELGROEP_WORDS
from domain.release import Key

_CALLED = {"area": "gebied", "instrument": "onderzoek", "question": "vraag"}


def scope_name(scope: Key) -> str:
    """How the release history names a scope: the values of the dimensions that are never totalled."""
    return "|".join(f"{dim}={code}" for dim, code in sorted(scope))


def scope_parts(scope: str) -> dict[str, str]:
    """What a scope is about, taken apart: instrument, meting, doelgroep, question; nothing for the name of a table."""
    return dict(pair.split("=", 1) for pair in scope.split("|") if "=" in pair)


def group_words(pairs: Iterable[tuple[str, str]]) -> str:
    """A group as findings and refusals name it: 'cliënten, meting 2026, vraag ceo01_vindbaarheid, gebied GM9001'."""
    return ", ".join(_words(dimension, code) for dimension, code in pairs) or "totaal"


def _words(dimension: str, code: str) -> str:
    if dimension == "doelgroep":
        return DOELGROEP_WORDS.get(code, code)
    return f"{_CALLED.get(dimension, dimension)} {code}"
