"""`toegangspeil user`: who may do what."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.api_key import key
from toegangspeil.commands.common import actor, as_option, home_option, house, show_table, typed_twice

if TYPE_CHECKING:
    from register.actors import Grant


@click.group()
def user() -> None:
    """Users, their roles and tokens, and keys for programs."""


user.add_command(key)


def _grant(text: str) -> "Grant":
    from domain.delivery import AREA
    from domain.errors import WrongUsage
    from domain.vocabulary import Role
    from register.actors import Grant

    role, local, area = text.partition("@")
    if role not in list(Role):
        raise WrongUsage(f"deze rol bestaat niet; kies uit {', '.join(Role)}")
    if local and not AREA.fullmatch(area):
        raise WrongUsage("schrijf na @ de code van een gemeente of verband, bijvoorbeeld data_steward@GM9001")
    return Grant(Role(role), area or None)


@user.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="ROLE@GM9001, or ROLE for national.")
@click.option("--invited", is_flag=True, help="Without a password; make an invitation next.")
@home_option
@as_option
def add(name: str, roles: tuple[str, ...], invited: bool, home: Path | None, user: str | None) -> None:
    """Make a user with a password that is asked for, or without one: then `user invite` lets her choose it."""
    from register import users

    with house(home) as opened:
        by = actor(opened, user)
        password = None if invited else typed_twice(f"Wachtwoord voor {name}")
        users.add_user(opened.register, name, [_grant(role) for role in roles], password=password, by=by)
    click.echo(f"gebruiker {name} is gemaakt")


@user.command("list")
@home_option
@as_option
def list_(home: Path | None, user: str | None) -> None:
    """Every user with roles."""
    from register import users

    with house(home) as opened:
        found = users.list_users(opened.register, by=actor(opened, user))
    show_table(
        ("naam", "rollen", "gesloten"),
        [
            (
                one.name,
                ", ".join(f"{g.role.value}@{g.area or 'landelijk'}" for g in one.grants),
                "ja" if one.disabled else "nee",
            )
            for one in found
        ],
    )


@user.command()
@home_option
@as_option
@click.option("--label", default="cli", help="What the token is for.")
def token(home: Path | None, user: str | None, label: str) -> None:
    """Make a token for TOEGANGSPEIL_TOKEN; shown once."""
    from register import users

    with house(home) as opened:
        click.echo(users.make_token(opened.register, label, by=actor(opened, user)))


@user.command()
@click.argument("name")
@home_option
@as_option
def invite(name: str, home: Path | None, user: str | None) -> None:
    """A code with which NAME chooses her own password in the portal; shown once, counts once, three days at most."""
    from register import users

    with house(home) as opened:
        code = users.invite(opened.register, name, by=actor(opened, user))
    click.echo(code)
    click.echo(f"Geef deze code zelf aan {name}, niet per e-mail; zij werkt op de pagina /inloggen/eerste.", err=True)


@user.command()
@click.argument("name")
@home_option
@as_option
def block(name: str, home: Path | None, user: str | None) -> None:
    """Close a user off; sessions and tokens end at once."""
    from register import users

    with house(home) as opened:
        users.disable(opened.register, name, by=actor(opened, user))
    click.echo(f"gebruiker {name} is geblokkeerd")
