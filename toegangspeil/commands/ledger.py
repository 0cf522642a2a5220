"""`toegangspeil ledger`: verify the chain of acts, on a home or on an export, without a network."""

import os
from pathlib import Path

import click

from toegangspeil.commands.common import actor, home_option, house, refuse_when


@click.group()
def ledger() -> None:
    """The chain of acts."""


@ledger.command()
@click.argument("export", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier export kept elsewhere: finds a ledger that was put back to before it.",
)  # fmt: skip
@home_option
def verify(export: Path | None, anchor: Path | None, home: Path | None) -> None:
    """Check every line and the signed head of a home, or of an EXPORT file; names the first broken line."""
    from register import ledger as chain
    from register.signing import read_public_key

    if export is not None:
        found = chain.verify(export, anchor=anchor)
    else:
        with house(home) as opened:
            found = chain.verify(opened.register, public_key=read_public_key(opened.places.keys), anchor=anchor)
    refuse_when(not found.ok, lambda: found.message)
    click.echo(found.message)


@ledger.command()
@click.argument("target", type=click.Path(path_type=Path))
@home_option
def export(target: Path, home: Path | None) -> None:
    """Write every line and the signed head to TARGET; a token must be of somebody who may see the ledger."""
    from register import ledger as chain
    from register.permissions import Act, check

    with house(home) as opened:
        if os.environ.get("TOEGANGSPEIL_TOKEN"):
            check(actor(opened, None), Act.SEE_LEDGER)
        count = chain.export(opened.register, target)
    click.echo(f"{count} regels geschreven")
