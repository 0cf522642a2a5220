"""`toegangspeil microdata`: rows for the gemeente's own researcher, asked by her and approved by a second person."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, area_of, as_option, home_option, house, sees, show_table
from toegangspeil.commands.deciding import add_decisions

if TYPE_CHECKING:
    from register.actors import Actor
    from register.microdata import MicrodataRequest


@click.group()
def microdata() -> None:
    """Rows of the own gemeente: ask for them, decide on them; `export microdata` makes them once."""


@microdata.command()
@click.argument("scope", metavar="AREA/INSTRUMENT/METING")
@click.option("--reason", required=True, help="Waarvoor de rijen nodig zijn; schrijf geen namen.")
@home_option
@as_option
def ask(scope: str, reason: str, home: Path | None, user: str | None) -> None:
    """Ask for the coarse rows of a study, for yourself; a privacy officer of the gemeente decides."""
    from pipelines.researching import ask as offer

    area_of(scope)
    with house(home) as opened:
        made = offer(opened, scope, reason, by=actor(opened, user))
    click.echo(f"aanvraag {made.id}: wacht op een privacy officer van de gemeente")


@microdata.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Your own requests, and those you decide on."""
    from portal.words import state
    from register import microdata as approvals
    from register.permissions import Act, seen_areas

    with house(home) as opened:
        by = actor(opened, user)
        if seen_areas(by, Act.MICRODATA_DECIDE) == frozenset():
            sees(by, Act.MICRODATA_ASK)
        rows = approvals.list_requests(opened.register, by=by)
    show_table(
        ("nr", "onderzoek", "voor", "staat", "geldig tot"),
        [(row.id, row.content.scope, row.content.receiver, state(row.state.value), (row.valid_until or "")[:10])
         for row in rows],
    )  # fmt: skip


@microdata.command()
@click.argument("number", type=int)
@home_option
@as_option
def show(number: int, home: Path | None, user: str | None) -> None:
    """For whom, why, which columns, the risk card, and the hash that an approval is over."""
    from pipelines.researching import preview
    from register import microdata as approvals

    with house(home) as opened:
        found = approvals.get(opened.register, number)
        _check_sight(found, actor(opened, user))
        cards = preview(opened, found.content)
    click.echo(f"aanvraag {found.id}: rijen van {found.content.scope} voor {found.content.receiver}")
    click.echo(f"waarvoor: {found.content.purpose}")
    if found.comment:
        click.echo(f"toelichting: {found.comment}")
    for given, safe in cards:
        click.echo(f"\n{given.part.key}: {safe.after.people} rijen, {safe.dropped} weggelaten")
        click.echo(f"kolommen: {', '.join(given.columns)}")
        show_table(("risico", "wat er overblijft"), safe.after.words.items())
    click.echo(f"\nkenmerk: {found.content_hash}")


def _check_sight(found: "MicrodataRequest", by: "Actor") -> None:
    from register.permissions import Act, check

    if found.asked_by != by.name:
        check(by, Act.MICRODATA_DECIDE, found.content.area)


def _said(found: "MicrodataRequest") -> str:
    from portal.words import state

    until = f", geldig tot {found.valid_until[:10]}, één keer" if found.valid_until else ""
    return f"aanvraag {found.id}: {state(found.state.value)}{until}"


add_decisions(microdata, "register.microdata", "a request for rows", said=_said)
