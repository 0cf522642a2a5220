"""`toegangspeil user key`: keys with which programs of a gemeente call the anonymisation service."""

from pathlib import Path

import click

from toegangspeil.commands.common import actor, as_option, home_option, house, known_area, seeing, show_table


@click.group()
def key() -> None:
    """Keys for the anonymisation service, one gemeente each."""


@key.command()
@click.argument("area", metavar="GEMEENTE")
@click.argument("label")
@home_option
@as_option
def add(area: str, label: str, home: Path | None, user: str | None) -> None:
    """Make a key for the program LABEL of a gemeente; it lasts a year and is shown once."""
    from register import api_keys

    with house(home) as opened:
        known_area(opened, area)
        click.echo(api_keys.issue(opened.register, area, label, by=actor(opened, user)))


@key.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Every key: for whom, last used, until when, withdrawn or not. Never the key itself."""
    from register import api_keys

    with house(home) as opened:
        found = api_keys.list_keys(opened.register, by=actor(opened, user))
    show_table(
        ("nummer", "gemeente", "programma", "gemaakt door", "laatst gebruikt", "geldig tot", "ingetrokken"),
        [
            (one.id, one.area, one.label, one.by, one.last_used_on or "", day(one.expires_at), day(one.withdrawn_at))
            for one in found
        ],
    )


def day(moment: str | None) -> str:
    """The day of a moment; '' for none."""
    return (moment or "")[:10]


@key.command()
@click.argument("number", type=int)
@home_option
@as_option
def withdraw(number: int, home: Path | None, user: str | None) -> None:
    """End key NUMBER; the next request with it is refused."""
    from register import api_keys
    from register.permissions import Act

    with seeing(home, user, Act.API_KEY_MANAGE) as (opened, by, _areas):
        api_keys.withdraw(opened.register, number, by=by)
    click.echo(f"sleutel {number} is ingetrokken")
