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
    """Take over a CSV with code, name and province; who delivered before and is not in it stays in the list."""
    from register import contributions, deliveries
    from storage.atomic import write_atomic
    from storage.gemeenten import read_gemeenten, written
    from storage.settings import change_settings

    found = read_gemeenten(file)
    with house(home) as opened:
        here = deliveries.delivered_areas(opened.register)
        here = here.union(*contributions.areas_by_state(opened.register).values())
        kept = [one for code, one in sorted(opened.gemeenten.items()) if code in here and code not in found]
        write_atomic(opened.places.home / _LIST, written([*found.values(), *kept]))
        change_settings(opened.places, gemeenten_file=_LIST)
    click.echo(f"{len(found)} gemeenten en verbanden overgenomen")
    if kept:
        click.echo(
            f"{', '.join(one.code for one in kept)}: niet in deze lijst, wel eerder aangeleverd; zonder hen is een "
            "eerdere uitgave niet meer na te rekenen, dus zij blijven staan. Zijn zij opgegaan in een andere gemeente? "
            "Zet hen in het bestand met valid_to en successor"
        )


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
