"""`toegangspeil leak`: a possible datalek written down at once, with its clock of 72 hours."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, known_area, seeing

if TYPE_CHECKING:
    from register.downloads import Leak


@click.group()
def leak() -> None:
    """A possible datalek: note it, close it, see how much of the 72 hours is left."""


@leak.command()
@click.option("--text", required=True, help="Wat er gebeurde; schrijf geen namen.")
@click.option("--discovered", type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%d"]), help="When, local time; else now.")
@click.option("--release", "release", help="De uitgave waar het om gaat.")
@click.option("--area", help="De gemeente waar het om gaat.")
@home_option
@as_option
def note(
    text: str, discovered: datetime | None, release: str | None, area: str | None, home: Path | None, user: str | None
) -> None:
    """Note a possible datalek; the clock runs from the moment it was discovered."""
    from domain.errors import WrongUsage
    from register import downloads

    with house(home) as opened:
        known_area(opened, area)  # a note of a gemeente that is not there would be seen by nobody
        now = opened.register.clock()
        moment = discovered.astimezone() if discovered else now
        if moment > now:
            raise WrongUsage("de ontdekking kan niet in de toekomst liggen; geef de tijd waarop u het zag")
        made = downloads.note_leak(
            opened.register, text, discovered_at=moment, by=actor(opened, user), release=release, area=area
        )
        left = _left(made, now)
    click.echo(f"melding {made.id}: {left}")
    click.echo("Meldt u het bij de Autoriteit Persoonsgegevens? Dat beslist de gemeente; de FG adviseert.")


@leak.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Gemeld bij de AP, of waarom niet; schrijf geen namen.")
@home_option
@as_option
def close(number: int, reason: str, home: Path | None, user: str | None) -> None:
    """Record what was decided; once."""
    from register import downloads

    with house(home) as opened:
        done = downloads.close_leak(opened.register, number, reason, by=actor(opened, user))
    late = (done.reported_at or "") > done.deadline
    click.echo(f"melding {done.id}: afgerond" + (", na de termijn van 72 uur" if late else ", binnen de 72 uur"))


@leak.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Every note in your gemeente, and how long is left."""
    from domain.dutch import moment
    from register import downloads
    from register.permissions import Act

    with seeing(home, user, Act.SEE_EVIDENCE) as (opened, _by, areas):
        rows = downloads.list_leaks(opened.register, areas)
        now = opened.register.clock()
    for one in rows:
        where = " ".join(filter(None, (one.area or "gemeente niet bekend", one.release)))
        click.echo(f"{one.id}  {moment(one.discovered_at)}  {where}: {_left(one, now)}")
        click.echo(f"   {one.what}" + (f"\n   uitkomst: {one.outcome}" if one.outcome else ""))
    if not rows:
        click.echo("er zijn geen meldingen")


def _left(one: "Leak", now: datetime) -> str:
    from domain.dutch import moment
    from register.downloads import hours_left

    if one.reported_at:
        return "afgerond"
    hours = hours_left(one, now)
    until = moment(one.deadline)
    return f"nog {hours} uur, tot {until}" if hours >= 0 else f"{-hours} uur te laat (was {until})"
