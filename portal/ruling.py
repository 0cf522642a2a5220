"""Herkenningsregels: what an officer decides of a doubtful place becomes a proposal; another officer approves it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.house import House
from portal.snippets import snippet_of
from portal.speech import _
from register import review
from register.actors import Actor
from register.review import SAMPLE, Decision, Doubt, Rule, RuleState
from register.ruling import ALWAYS, LONGEST, NEVER, SHORTEST, propose_word, word_of

KIND_WORDS = {ALWAYS: _("altijd weghalen"), NEVER: _("laten staan"), "patroon": _("weghalen wat hierop lijkt")}
_KIND_OF = {Decision.PERSONAL: ALWAYS, Decision.NOT_PERSONAL: NEVER}


@dataclass(frozen=True)
class Shown:
    """A rule with its words; `word` is None when its key is gone."""

    rule: Rule
    word: str | None = field(repr=False)

    @property
    def kind(self) -> str:
        """What the rule does, in words."""
        return KIND_WORDS.get(self.rule.kind, self.rule.kind)


def propose(house: House, doubt: Doubt, decision: Decision, *, by: Actor) -> int | None:
    """Propose the rule that follows from a decision; None when there is none, or when it was proposed before."""
    kind = _KIND_OF.get(decision)
    snippet = None if doubt.recogniser == SAMPLE else snippet_of(house, doubt.key.area, doubt.snippet)
    word = " ".join(snippet.found.casefold().split()) if snippet else ""
    if kind is None or not SHORTEST <= len(word) <= LONGEST:
        return None
    return propose_word(house.register, house.keyring, doubt.key.area, kind, str(doubt.label), word, by=by)


def against(one: Shown, every: Iterable[Shown]) -> Shown | None:
    """A rule that stands and says the opposite of the same words in the same area."""
    opposite = {ALWAYS: NEVER, NEVER: ALWAYS}.get(one.rule.kind)
    return next(
        (
            other
            for other in every
            if (other.rule.kind, other.rule.area, other.word) == (opposite, one.rule.area, one.word)
            and other.rule.state is not RuleState.RETURNED
        ),
        None,
    )


def shown(house: House, areas: frozenset[str] | None) -> list[Shown]:
    """Rules in sight with their words, newest first."""
    found = [one for one in review.rules(house.register) if areas is None or one.area in areas]
    return [Shown(one, word_of(house.keyring, one)) for one in reversed(found)]
