"""`toegangspeil review`: the places about which the detector doubts; only for who may see them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, sees, show_table

if TYPE_CHECKING:
    from pipelines.house import House
    from register.review import Doubt


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

    with house(home) as opened:
        by = actor(opened, user)
        sees(by, Act.SEE_REVIEW)
        found = places.list_open(opened.register, by=by, limit=limit)
        shown = [_words(opened, one) for one in found] if words else [""] * len(found)
    rows = [
        (one.id, str(one.key), ENTITIES.get(one.label, one.label), f"{one.score:.2f}", text)
        for one, text in zip(found, shown, strict=True)
    ]
    show_table(("nr", "aanlevering", "misschien een", "zekerheid", "woorden"), rows)


@review.command()
@click.argument("number", type=int)
@click.argument("decision", type=click.Choice(["persoonsgegeven", "geen_persoonsgegeven", "tekst_weglaten"]))
@home_option
@as_option
def decide(number: int, decision: str, home: Path | None, user: str | None) -> None:
    """Say what one place is."""
    from register import review as places

    with house(home) as opened:
        found = places.decide(opened.register, number, places.Decision(decision), by=actor(opened, user))
    click.echo(f"plek {found.id}: {decision.replace('_', ' ')}")


def _words(opened: "House", one: "Doubt") -> str:
    """The snippet of a place; says so when it was erased."""
    from domain.errors import KeyRefused
    from pipelines.evidence import snippets

    file, _, row = one.snippet.partition("#")
    try:
        return " ".join(snippets(opened, one.key.area, file)[int(row)].snippet.split())
    except (FileNotFoundError, KeyRefused):
        return "(al vernietigd)"
