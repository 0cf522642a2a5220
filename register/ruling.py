"""Recognition rules with their words: proposed from a decision, standing once a second officer approved them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.errors import PolicyRefused
from domain.officer_rules import Form, OfficerRule
from register.actors import Actor
from register.review import STANDING, Rule, RuleState, propose_rule, rules
from register.store import Register
from storage.keyring import Keyring
from storage.sealed_text import open_text, sealed_text

SCOPE = "nakijken/regels"
ALWAYS, NEVER, PATTERN = "altijd", "nooit", "patroon"
SHORTEST, LONGEST = 2, 80


@dataclass(frozen=True)
class Worded:
    """A rule and what it is about; `word` is None when its key is gone."""

    rule: Rule
    word: str | None = field(repr=False)


def propose_word(
    register: Register, keyring: Keyring, area: str, kind: str, label: str, word: str, *, by: Actor
) -> int | None:
    """The number of the proposal; None when it stands already. Raises PolicyRefused for words too short or long."""
    word = " ".join(word.split()) if kind == PATTERN else " ".join(word.casefold().split())
    if not SHORTEST <= len(word) <= LONGEST:
        raise PolicyRefused(f"een herkenningsregel telt {SHORTEST} tot {LONGEST} tekens; schrijf hem korter of langer")
    if any(one.rule.kind == kind and one.word == word for one in _standing(register, keyring, area)):
        return None
    with sealed_text(keyring, area, SCOPE, {"word": word}) as (content, mark):
        return propose_rule(register, kind, label, content, fingerprint=mark, area=area, by=by)


def worded(register: Register, keyring: Keyring, *, area: str | None = None) -> list[Worded]:
    """Every rule with its words; with `area`, those that hold there."""
    return [Worded(one, word_of(keyring, one)) for one in rules(register, area=area)]


def in_force(register: Register, keyring: Keyring, area: str) -> list[OfficerRule]:
    """What two officers agreed on for an area, as far as its words can still be opened."""
    return [
        OfficerRule(
            allow=one.rule.kind == NEVER,
            form=Form.RE2 if one.rule.kind == PATTERN else Form.WORD,
            value=one.word,
            label=one.rule.label,
            author=one.rule.author,
            approver=one.rule.decided_by or "",
        )
        for one in worded(register, keyring, area=area)
        if one.rule.state is RuleState.APPROVED and one.word is not None
    ]


def word_of(keyring: Keyring, rule: Rule) -> str | None:
    """The words a rule is about."""
    opened = open_text(keyring, rule.area or "", rule.content)
    return opened.get("word") if opened else None


def _standing(register: Register, keyring: Keyring, area: str) -> Iterator[Worded]:
    return (one for one in worded(register, keyring, area=area) if one.rule.state in STANDING)
