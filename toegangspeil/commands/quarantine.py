"""`toegangspeil quarantine`: a refused folder back to the steward who has to repair it."""

from pathlib import Path

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    home_option,
    house,
    json_option,
    seeing,
    show_json,
    show_table,
)
from toegangspeil.commands.papers import out_option


@click.group()
def quarantine() -> None:
    """Refused folders, sealed for fourteen days: see them and take one back."""


@quarantine.command("list")
@home_option
@as_option
@json_option
def list_(home: Path | None, user: str | None, as_json: bool) -> None:
    """What lies in quarantine of your gemeente, since when and until when; `status` says why it was refused."""
    from pipelines.returning import refused, studies
    from register.permissions import Act

    with seeing(home, user, Act.QUARANTINE_GIVE_BACK) as (opened, by, _areas):
        rows = [
            (one.id, one.area, studies(opened, one), one.since, one.until, one.size) for one in refused(opened, by=by)
        ]
    if as_json:
        show_json([dict(zip(("id", "area", "studies", "since", "until", "bytes"), row, strict=True)) for row in rows])
        return
    shown = [(*row[:2], ", ".join(row[2]), *row[3:5], f"{max(1, row[5] // 1000)} kB") for row in rows]
    show_table(("kenmerk", "gemeente", "onderzoek", "geweigerd op", "wordt gewist op", "grootte"), shown)


@quarantine.command("give-back")
@click.argument("number", metavar="KENMERK")
@out_option
@home_option
@as_option
def give_back(number: str, out: Path, home: Path | None, user: str | None) -> None:
    """Put a refused folder in the empty folder OUT, as it was delivered; the sealed copy stays until its day."""
    from pipelines.returning import give_back as returned

    with house(home) as opened:
        returned(opened, number, out, by=actor(opened, user))
    click.echo("teruggezet. Hier staan persoonsgegevens leesbaar in: verbeter, lever opnieuw aan en wis deze map.")
