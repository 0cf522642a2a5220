"""`toegangspeil demo`: the whole road on made-up deliveries."""

import sys
import time
from pathlib import Path

import click


@click.command()
@click.option("--home", type=click.Path(path_type=Path), required=True)
@click.option("--gemeenten", default=12, show_default=True, type=click.IntRange(1, 372))
@click.option("--seed", default=7, show_default=True)
def demo(home: Path, gemeenten: int, seed: int) -> None:
    """Made-up deliveries of every instrument, all the way to a published release; says where to look."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from domain.errors import WrongUsage
    from toegangspeil.demo.road import run_demo

    if home.exists() and any(home.iterdir()):
        raise WrongUsage(f"{home} is niet leeg; kies een andere map of verwijder deze zelf")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    started = time.monotonic()
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("Beginnen", total=6)

        def step(words: str) -> None:
            progress.update(task, description=words, advance=1)
            if not progress.console.is_terminal:
                click.echo(f"  {words}", err=True)

        shown = run_demo(home, gemeenten=gemeenten, seed=seed, step=step)
    click.echo(f"Klaar in {time.monotonic() - started:.0f} seconden. {shown.sentence}")
    click.echo(f"Gegevens: {shown.database}")
    click.echo(f"Rapport:  {shown.report / 'landelijk.html'}")
    click.echo(f"Portaal:  toegangspeil serve --home {home}   (naam 'privacy_officer', wachtwoord 'demo')")
