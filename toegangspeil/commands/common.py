"""What commands share: the home, who acts, and how things are printed."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipelines.house import House
    from register.actors import Actor
    from register.permissions import Act

T = TypeVar("T")
home_option = click.option(
    "--home", type=click.Path(path_type=Path), envvar="TOEGANGSPEIL_HOME", help="Folder of the installation."
)
as_option = click.option("--as", "user", metavar="USER", help="Who acts; asks for the password, or TOEGANGSPEIL_TOKEN.")
comment_option = click.option("--comment", required=True, help="Schrijf geen namen: deze tekst kan openbaar worden.")
json_option = click.option("--json", "as_json", is_flag=True, help="For machines.")


@contextmanager
def house(home: Path | None) -> Iterator["House"]:
    """The opened home of this command."""
    from pipelines.house import open_house
    from storage.settings import read_settings

    with open_house(read_settings(home, os.environ), os.environ) as opened:
        yield opened


def actor(opened: "House", user: str | None) -> "Actor":
    """Who acts: a token from the environment, or a name with its password; raises NotAllowed."""
    from domain.errors import NotAllowed
    from register.users import authenticate

    token = os.environ.get("TOEGANGSPEIL_TOKEN")
    if token:
        return authenticate(opened.register, token=token)
    if user is None:
        raise NotAllowed("zeg wie u bent: gebruik --as GEBRUIKER of zet TOEGANGSPEIL_TOKEN")
    password = click.prompt(f"Wachtwoord van {user}", hide_input=True, err=True)
    code = click.prompt("Code (leeg als u er geen hebt)", default="", show_default=False, err=True)
    return authenticate(opened.register, user, password=password, code=code)


def typed_twice(asked: str) -> str:
    """A secret that was typed twice alike."""
    while True:
        first: str = click.prompt(asked, hide_input=True, err=True)
        if click.prompt("Nog een keer", hide_input=True, err=True) == first:
            return first
        click.echo("De twee keren zijn niet gelijk; begin opnieuw.", err=True)


def sees(by: "Actor", act: "Act") -> "frozenset[str] | None":
    """The areas in which somebody may see something, None for all; raises NotAllowed when that is nowhere."""
    from register.permissions import check, seen_areas

    areas = seen_areas(by, act)
    if areas is not None and not areas:
        check(by, act)
    return areas


@contextmanager
def seeing(
    home: Path | None, user: str | None, act: "Act"
) -> Iterator[tuple["House", "Actor", "frozenset[str] | None"]]:
    """The opened home, who acts, and the areas in which she may see something, None for all; raises NotAllowed."""
    with house(home) as opened:
        by = actor(opened, user)
        yield opened, by, sees(by, act)


def area_of(scope: str) -> str:
    """The area of AREA/INSTRUMENT/METING; raises WrongUsage, without repeating it, when it is written otherwise."""
    from domain.delivery import AREA, METING, SLUG
    from domain.errors import WrongUsage

    parts = scope.split("/")
    if len(parts) != 3 or not (AREA.fullmatch(parts[0]) and SLUG.fullmatch(parts[1]) and METING.fullmatch(parts[2])):
        raise WrongUsage("schrijf --scope als GEMEENTE/INSTRUMENT/METING, bijvoorbeeld GM9001/klantreis/2026")
    return parts[0]


def known_area(opened: "House", area: str | None) -> None:
    """Raises WrongUsage for a gemeente or verband that is not in the list; without one there is nothing to check."""
    from domain.errors import WrongUsage

    if area is not None and area not in opened.gemeenten:
        raise WrongUsage("deze gemeente staat niet in de lijst; kijk met: toegangspeil gemeenten list")


def show_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def show_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A plain table with aligned columns."""
    text = [[str(cell) if cell is not None else "" for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headers, *text, strict=True)]
    for row in (list(headers), ["-" * width for width in widths], *text):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def state(value: str) -> str:
    """The Dutch word for a state; `--json` keeps the state itself."""
    from portal.words import state as word

    return word(value)


def watched(items: Iterable[T], words: str) -> Iterator[T]:
    """The items, with a progress bar on stderr when somebody looks; for a stream it only shows that it moves."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=words, console=Console(stderr=True), transient=True)


def refuse_when(problem: bool, message: Callable[[], str]) -> None:
    """End with exit code 1 and one line when something was found."""
    if problem:
        from domain.errors import Refused

        raise Refused(message())
