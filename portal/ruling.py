"""Herkenningsregels: what an officer decides of a doubtful place becomes a proposal; another officer approves it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.errors import PolicyRefused
from portal.house import House
from portal.snippets import Snippet, snippet_of, snippets_of
from portal.speech import _
from register import review
from register.actors import Actor
from register.review import SAMPLE, STANDING, Decision, Doubt, Rule, RuleState
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
    word = word_at(house, doubt)
    if kind is None or not SHORTEST <= len(word) <= LONGEST:
        return None
    return propose_word(house.register, house.keyring, doubt.key.area, kind, str(doubt.label), word, by=by)


def word_at(house: House, doubt: Doubt) -> str:
    """The doubtful words of a place as a rule has them; nothing for a sampled text, or when they were erased."""
    snippet = None if doubt.recogniser == SAMPLE else snippet_of(house, doubt.key.area, doubt.snippet)
    return snippet.word if snippet else ""


def same_words(house: House, area: str, word: str, places: Iterable[Doubt]) -> list[tuple[Doubt, Snippet]]:
    """The places of an area that are about these words, with what stands around each."""
    here = [one for one in places if word and one.key.area == area and one.recogniser != SAMPLE]
    found = snippets_of(house, area, [one.snippet for one in here])
    return [(one, snippet) for one, snippet in zip(here, found, strict=True) if snippet and snippet.word == word]


def take_back(house: House, doubt: Doubt, *, by: Actor) -> None:
    """Undo somebody's own decision on a place: on all places of the same words, and with her proposal.

    Raises PolicyRefused when another officer approved the proposal: then the rule holds.
    """
    area, word = doubt.key.area, word_at(house, doubt)
    kind = _KIND_OF[doubt.decision] if doubt.decision else None
    for one in shown(house, frozenset({area})):
        if not word or (one.word, one.rule.kind) != (word, kind):
            continue
        if one.rule.state is RuleState.APPROVED:
            raise PolicyRefused(_("uw voorstel is al goedgekeurd en de regel geldt; een ander kan hem beëindigen"))
        if one.rule.state is RuleState.PROPOSED and one.rule.author == by.name:
            _return(house, one, by)
    _reopen(house, area, word, kind, by, first=(doubt.id,))


def withdraw(house: House, one: Shown, *, by: Actor) -> None:
    """Take back one's own proposal that nobody decided on yet, with the decisions that led to it."""
    _return(house, one, by)
    _reopen(house, one.rule.area or "", one.word or "", one.rule.kind, by)


def _return(house: House, one: Shown, by: Actor) -> None:
    seen, why = one.rule.fingerprint, _("de beslissing is teruggenomen")
    review.decide_rule(house.register, one.rule.id, approve=False, seen=seen, by=by, comment=why)


def _reopen(house: House, area: str, word: str, kind: str | None, by: Actor, first: tuple[int, ...] = ()) -> None:
    own = [one for one in decided_by(house, by) if one.decision and _KIND_OF[one.decision] == kind]
    same = same_words(house, area, word, own)
    review.reopen(house.register, [*first, *(one.id for one, _around in same)], by=by)


def decided_by(house: House, by: Actor) -> list[Doubt]:
    """What somebody decided herself and may still take back."""
    return [one for one in review.list_decided(house.register, by=by) if one.decided_by == by.name]


def against(one: Shown, every: Iterable[Shown]) -> Shown | None:
    """A rule that stands and says the opposite of the same words in the same area."""
    opposite = {ALWAYS: NEVER, NEVER: ALWAYS}.get(one.rule.kind)
    return next(
        (
            other
            for other in every
            if (other.rule.kind, other.rule.area, other.word) == (opposite, one.rule.area, one.word)
            and other.rule.state in STANDING
        ),
        None,
    )


def shown(house: House, areas: frozenset[str] | None) -> list[Shown]:
    """Rules in sight with their words, newest first."""
    found = [one for one in review.rules(house.register) if areas is None or one.area in areas]
    return [Shown(one, word_of(house.keyring, one)) for one in reversed(found)]
