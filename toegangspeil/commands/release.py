"""`toegangspeil release`: from signed contributions to publication, and back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    as_option,
    comment_option,
    home_option,
    house,
    json_option,
    show_json,
    show_table,
    state,
)
from toegangspeil.commands.deciding import add_decisions

if TYPE_CHECKING:
    from register.releases import Release


@click.group()
def release() -> None:
    """Releases: what is published at once."""


@release.command()
@click.argument("name")
@click.option("--contribution", "numbers", type=int, multiple=True, help="Which; default: all that are fully signed.")
@click.option(
    "--audience",
    type=click.Choice(["eigen", "movisie", "deelnemers", "openbaar"]),
    default="deelnemers",
    help="Who may read it; eigen: the gemeente itself only.",
)
@click.option("--recipient", "recipients", multiple=True, help="Who gets it; default: Movisie, for eigen nobody.")
@home_option
@as_option
def prepare(
    name: str, numbers: tuple[int, ...], audience: str, recipients: tuple[str, ...], home: Path | None, user: str | None
) -> None:
    """Freeze signed contributions as NAME, build and protect the tables, and offer them for approval."""
    from domain.vocabulary import Audience
    from pipelines.release_acts import prepare as offer

    asked = Audience(audience)
    if not recipients and asked is not Audience.EIGEN:
        recipients = ("Movisie",)
    with house(home) as opened:
        made = offer(opened, name, numbers or None, audience=asked, recipients=recipients, by=actor(opened, user))
    click.echo(f"uitgave {made.name} wacht op een tweede persoon. Inhoud {made.content_hash}")
    click.echo(str(made.evidence["summary"]))


@release.command()
@click.argument("name")
@home_option
@as_option
@json_option
def show(name: str, home: Path | None, user: str | None, as_json: bool) -> None:
    """State, contributions, certificate and what the audit tried."""
    from register import releases
    from register.permissions import Act, check

    with house(home) as opened:
        by = actor(opened, user)
        found = releases.get(opened.register, name)
        check(by, Act.SEE_EVIDENCE, *found.areas)
    if as_json:
        show_json({"release": found.name, "state": found.state.value, "evidence": dict(found.evidence)})
        return
    click.echo(
        f"uitgave {found.name}: {state(found.state.value)}; publiek {found.audience.value}; inhoud {found.content_hash}"
    )
    click.echo(f"gemeenten: {', '.join(found.areas)}")
    click.echo(str(found.evidence.get("summary", "nog niet beveiligd")))


def _said(found: "Release") -> str:
    return f"uitgave {found.name}: {state(found.state.value)}"


add_decisions(release, "register.releases", "a release", said=_said, by_name=True, approving="portal.approving")


@release.command()
@click.argument("name")
@home_option
@as_option
def publish(name: str, home: Path | None, user: str | None) -> None:
    """Publish an approved release."""
    from pipelines.release_acts import publish as put_out

    with house(home) as opened:
        place = put_out(opened, name, by=actor(opened, user))
    click.echo(f"uitgave {name} is gepubliceerd: {place}")


@release.command()
@click.argument("name")
@comment_option
@home_option
@as_option
def withdraw(name: str, comment: str, home: Path | None, user: str | None) -> None:
    """End the availability of a release at once; the record stays."""
    from pipelines.release_acts import withdraw as take_back

    with house(home) as opened:
        gone = take_back(opened, name, comment=comment, by=actor(opened, user))
    click.echo(
        f"uitgave {name} is ingetrokken; {len(gone)} bestanden zijn weg. Wat al is gedownload krijgt u niet terug."
    )


@release.command()
@click.argument("name")
@home_option
@as_option
def letter(name: str, home: Path | None, user: str | None) -> None:
    """The letter to everybody who downloaded a withdrawn release, with who they are."""
    from register import downloads, releases
    from register.permissions import Act, check

    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.RELEASE_WITHDRAW, *releases.get(opened.register, name).areas)
        click.echo(downloads.withdrawal_letter(opened.register, name))


@release.command("list")
@home_option
@json_option
def list_(home: Path | None, as_json: bool) -> None:
    """Every release and its state."""
    from register import releases

    with house(home) as opened:
        rows = releases.list_releases(opened.register)
    if as_json:
        show_json([{"release": row.name, "state": row.state.value, "gemeenten": list(row.areas)} for row in rows])
    else:
        show_table(
            ("uitgave", "staat", "gemeenten"), [(row.name, state(row.state.value), len(row.areas)) for row in rows]
        )
