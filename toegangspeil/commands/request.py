"""`toegangspeil request`: what residents ask, without a name; decided by the privacy officer, answered by letter."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toegangspeil.commands.common import (
    actor,
    area_of,
    as_option,
    home_option,
    house,
    json_option,
    seeing,
    show_json,
    show_table,
    state,
)
from toegangspeil.commands.papers import check_paper, out_option, write_paper

if TYPE_CHECKING:
    from pipelines.house import House
    from register.requests import Request


@click.group()
def request() -> None:
    """Requests of residents: withdraw, object, see or remove."""


@request.command()
@click.argument("scope", metavar="AREA/INSTRUMENT/METING")
@click.argument("kind", type=click.Choice(["intrekken", "bezwaar", "inzage", "verwijderen"]))
@home_option
@as_option
def receive(scope: str, kind: str, home: Path | None, user: str | None) -> None:
    """Write a request down; the code of the resident is asked for, not shown and not kept."""
    from domain.consent import RequestKind
    from pipelines.removing import find
    from register import requests
    from register.deliveries import legal_basis
    from register.permissions import Act, check

    area, (_, instrument, meting) = area_of(scope), scope.split("/")
    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.REQUEST_RECEIVE, area)
        basis = legal_basis(opened.register, scope)
        typed = click.prompt(
            "Ontvangstcode of nummer uit de brief (leeg als er geen is)", default="", show_default=False,
            hide_input=True, err=True,
        )  # fmt: skip
        who = find(opened, area, instrument, meting, typed)
        made = requests.receive(
            opened.register, area, instrument, meting, RequestKind(kind), basis, pseudonym=who, by=by
        )
    click.echo(f"verzoek {made.id}: {_route(made)} Beslis voor {made.due_at[:10]}.")


@request.command()
@click.argument("number", type=int)
@click.option("--grant/--refuse", default=None, help="Toewijzen of afwijzen.")
@click.option("--reason", required=True, help="Komt in de brief; schrijf geen namen.")
@home_option
@as_option
def decide(number: int, grant: bool | None, reason: str, home: Path | None, user: str | None) -> None:
    """Grant or refuse a request, and print the letter of a refusal."""
    from domain.errors import WrongUsage
    from register import requests

    if grant is None:
        raise WrongUsage("kies --grant (toewijzen) of --refuse (afwijzen)")
    with house(home) as opened:
        found = requests.decide(opened.register, number, grant=grant, reason=reason, by=actor(opened, user))
        text = _letter(opened, found)
    click.echo(f"verzoek {found.id}: {state(found.state.value)}")
    if grant and found.removes:
        click.echo(f"toegangspeil run voert dit uit. Nu meteen: toegangspeil request carry-out {found.id}.")
    else:
        click.echo(f"\n{text}")


@request.command("carry-out")
@click.argument("number", type=int)
@home_option
@as_option
def carry_out(number: int, home: Path | None, user: str | None) -> None:
    """Take the person of a granted request out of vault and checked data, and print the letter."""
    from pipelines.removing import remove
    from register import requests
    from register.permissions import Act, check
    from storage.lock import file_lock

    with house(home) as opened:
        by = actor(opened, user)
        check(by, Act.REMOVAL_CARRY_OUT)
        with file_lock(opened.places.run_lock, timeout=600):  # a run may be reading what this rewrites
            done = remove(opened, requests.get(opened.register, number), by=by)
        text = _letter(opened, requests.get(opened.register, number))
    click.echo(f"verzoek {done.request}: uit de gegevens gehaald op {(done.done_at or '')[:10]}\n\n{text}")


@request.command()
@click.argument("number", type=int)
@home_option
@as_option
def letter(number: int, home: Path | None, user: str | None) -> None:
    """The letter to the resident as it stands now."""
    from register import requests
    from register.permissions import Act, check

    with seeing(home, user, Act.REQUEST_RECEIVE) as (opened, by, _areas):
        found = requests.get(opened.register, number)
        check(by, Act.REQUEST_RECEIVE, found.area)
        click.echo(_letter(opened, found))


@request.command()
@click.argument("number", type=int)
@out_option
@home_option
@as_option
def enclosure(number: int, out: Path, home: Path | None, user: str | None) -> None:
    """What is held of one person, for a granted inzage: .html or .pdf, to go along with the letter."""
    from pipelines.access import enclosure as held
    from register.permissions import Act

    with seeing(home, user, Act.REQUEST_ENCLOSE) as (opened, by, _areas):
        check_paper(out)
        page = held(opened, number, by=by)
    write_paper(page, out)
    click.echo("bijlage geschreven. Lees haar eerst zelf, en maak onleesbaar wat over anderen gaat.")
    click.echo("Geef haar alleen aan wie heeft laten zien wie zij is, en verwijder daarna het bestand.")


@request.command("list")
@home_option
@as_option
@json_option
def list_(home: Path | None, user: str | None, as_json: bool) -> None:
    """Requests in your gemeente, by number."""
    from register import requests
    from register.permissions import Act

    with seeing(home, user, Act.REQUEST_RECEIVE) as (opened, by, _areas):
        rows = requests.list_requests(opened.register, by=by)
    if as_json:
        show_json([
            {"request": row.id, "scope": row.scope, "kind": row.kind.value, "state": row.state.value, "due": row.due_at}
            for row in rows
        ])  # fmt: skip
        return
    show_table(
        ("nr", "onderzoek", "vraag", "staat", "beslis voor"),
        [(row.id, row.scope, row.kind.value, state(row.state.value), row.due_at[:10]) for row in rows],
    )


def _route(made: "Request") -> str:
    from portal.pages.requests import ROUTES

    return ROUTES[made.route]


def _letter(opened: "House", found: "Request") -> str:
    """The letter, naming what is published already and therefore stays."""
    from register import releases, requests

    settled = releases.published_of(opened.register, found.area)
    return requests.letter(found, vastgesteld=settled, title=opened.codebooks.titles.get(found.instrument, ""))
