"""`toegangspeil review`: the places about which the detector doubts; only for who may see them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, as_option, comment_option, home_option, house, seeing, show_table, state

if TYPE_CHECKING:
    from pipelines.house import House
    from register.review import Doubt

LABELS = (
    "PERSON", "ADDRESS", "POSTCODE", "PLACE", "ORGANISATION", "PHONE", "EMAIL", "USERNAME_URL",
    "BSN", "IBAN", "DATE", "AGE", "LICENSE_PLATE", "CASE_NUMBER", "HEALTH",
)  # fmt: skip


@click.group()
def review() -> None:
    """The privacy officer's review list."""


@review.command("list")
@click.option("--words", is_flag=True, help="Also the words themselves, from the sealed file.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500))
@home_option
@as_option
def list_(words: bool, limit: int, home: Path | None, user: str | None) -> None:
    """Open places, most doubtful first."""
    from portal.words import ENTITIES
    from register import review as places
    from register.permissions import Act

    with seeing(home, user, Act.SEE_REVIEW) as (opened, by, _areas):
        found = places.list_open(opened.register, by=by, limit=limit)
        shown = [_words(opened, one) for one in found] if words else [""] * len(found)
    rows = [
        (one.id, str(one.key), ENTITIES.get(one.label, one.label), f"{100 * one.score:.0f} %", text)
        for one, text in zip(found, shown, strict=True)
    ]
    show_table(("nr", "aanlevering", "misschien een", "zekerheid", "woorden"), rows)


@review.command()
@click.argument("number", type=int)
@click.argument("decision", type=click.Choice(["persoonsgegeven", "geen_persoonsgegeven"]))
@home_option
@as_option
def decide(number: int, decision: str, home: Path | None, user: str | None) -> None:
    """Say what one place is."""
    from register import review as places

    with house(home) as opened:
        found = places.decide(opened.register, number, places.Decision(decision), by=actor(opened, user))
    click.echo(f"plek {found.id}: {decision.replace('_', ' ')}")


@review.command()
@click.argument("area")
@click.argument("kind", type=click.Choice(["altijd", "nooit", "patroon"]))
@click.option("--label", required=True, type=click.Choice(LABELS), help="What it is, or what it was taken for.")
@click.option("--word", help="Asked for when left out: it may be a name.")
@home_option
@as_option
def propose(area: str, kind: str, label: str, word: str | None, home: Path | None, user: str | None) -> None:
    """Propose a rule for AREA: remove a word always, keep it (nooit), or remove what fits an RE2 pattern."""
    from domain.officer_rules import compile_re2
    from register.permissions import Act, check
    from register.ruling import PATTERN, propose_word

    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.RULE_PROPOSE, area)
        word = word or str(click.prompt("Woord of patroon", hide_input=True, err=True))
        if kind == PATTERN:
            compile_re2(word)
        number = propose_word(opened.register, opened.keyring, area, kind, label, word, by=by)
    click.echo("deze regel staat er al" if number is None else f"regel {number}: voorgesteld; een ander keurt hem goed")


@review.command()
@home_option
@as_option
def rules(home: Path | None, user: str | None) -> None:
    """Rules with their words and the mark to approve them by."""
    from portal.words import ENTITIES
    from register.permissions import Act
    from register.ruling import worded

    with seeing(home, user, Act.SEE_REVIEW) as (opened, _by, areas):
        found = [one for one in worded(opened.register, opened.keyring) if areas is None or one.rule.area in areas]
    shown = [
        (
            rule.id,
            rule.area,
            rule.kind,
            ENTITIES.get(rule.label, rule.label),
            state(rule.state),
            one.word,
            rule.fingerprint,
        )
        for one in found
        for rule in [one.rule]
    ]
    show_table(("nr", "gemeente", "wat", "soort", "stand", "woorden", "kenmerk"), shown)


@review.command()
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The mark that `rules` prints: what you approve is what you saw.")
@home_option
@as_option
def approve(number: int, seen: str, home: Path | None, user: str | None) -> None:
    """Approve somebody else's rule; it works from the next cleaning on."""
    from register.review import decide_rule

    with house(home) as opened:
        decide_rule(opened.register, number, approve=True, seen=seen, by=actor(opened, user))
    click.echo(f"regel {number}: goedgekeurd; hij werkt vanaf de volgende verwerking")


@review.command("return")
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The mark that `rules` prints.")
@comment_option
@home_option
@as_option
def return_(number: int, seen: str, comment: str, home: Path | None, user: str | None) -> None:
    """Send a rule back to who proposed it."""
    from register.review import decide_rule

    with house(home) as opened:
        decide_rule(opened.register, number, approve=False, seen=seen, by=actor(opened, user), comment=comment)
    click.echo(f"regel {number}: teruggestuurd")


@review.command()
@click.argument("number", type=int)
@click.option("--seen", required=True, help="The mark that `rules` prints.")
@comment_option
@home_option
@as_option
def end(number: int, seen: str, comment: str, home: Path | None, user: str | None) -> None:
    """End somebody else's approved rule; the next cleaning does without it."""
    from register.review import end_rule

    with house(home) as opened:
        end_rule(opened.register, number, seen=seen, by=actor(opened, user), comment=comment)
    click.echo(f"regel {number}: beëindigd; de volgende verwerking kent hem niet meer")


def _words(opened: "House", one: "Doubt") -> str:
    """The snippet of a place; says so when it was erased."""
    from domain.errors import KeyRefused
    from pipelines.evidence import snippets

    file, _, row = one.snippet.partition("#")
    try:
        held = snippets(opened, one.key.area, file)[int(row)]
    except (FileNotFoundError, KeyRefused):
        return "(al vernietigd)"
    return " ".join(f"{held.before}{held.found}{held.after}".split())
