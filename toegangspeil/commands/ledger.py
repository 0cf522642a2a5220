"""`toegangspeil ledger`: verify the chain of acts, on a home or on an export, without a network."""

from pathlib import Path

import click

from toegangspeil.commands.common import home_option, house, refuse_when


@click.group()
def ledger() -> None:
    """The chain of acts."""


@ledger.command()
@click.argument("export", required=False, type=click.Path(exists=True, path_type=Path))
@home_option
def verify(export: Path | None, home: Path | None) -> None:
    """Check every line and the signed head of a home, or of an EXPORT file; names the first broken line."""
    from register import ledger as chain
    from register.signing import read_public_key

    if export is not None:
        found = chain.verify(export)
    else:
        with house(home) as opened:
            found = chain.verify(opened.register, public_key=read_public_key(opened.places.keys))
    refuse_when(not found.ok, lambda: found.message)
    click.echo(found.message)


@ledger.command()
@click.argument("target", type=click.Path(path_type=Path))
@home_option
def export(target: Path, home: Path | None) -> None:
    """Write every line and the signed head to TARGET."""
    from register import ledger as chain

    with house(home) as opened:
        count = chain.export(opened.register, target)
    click.echo(f"{count} regels geschreven")
