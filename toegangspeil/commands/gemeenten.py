"""`toegangspeil gemeenten`: the list of gemeenten of a home."""

from pathlib import Path

import click

from toegangspeil.commands.common import home_option, house, json_option, show_json, show_table

_LIST = "gemeenten.csv"


@click.group()
def gemeenten() -> None:
    """The list of gemeenten: import it from CBS, or look at it."""


@gemeenten.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
def import_(file: Path, home: Path | None) -> None:
    """Take over a CSV with code, name and province; the whole list is replaced."""
    from storage.atomic import write_atomic
    from storage.gemeenten import read_gemeenten
    from storage.settings import change_settings

    found = read_gemeenten(file)
    with house(home) as opened:
        write_atomic(opened.places.home / _LIST, file.read_bytes())
        change_settings(opened.places, gemeenten_file=_LIST)
    click.echo(f"{len(found)} gemeenten en verbanden overgenomen")


@gemeenten.command("list")
@home_option
@json_option
def list_(home: Path | None, as_json: bool) -> None:
    """Every gemeente and verband that may deliver."""
    with house(home) as opened:
        rows = sorted(opened.gemeenten.values(), key=lambda gemeente: gemeente.name)
    if as_json:
        show_json([{"code": row.code, "name": row.name, "province": row.province} for row in rows])
    else:
        show_table(("code", "naam", "provincie"), [(row.code, row.name, row.province) for row in rows])
