"""`approve` and `return`, the same for everything that one person offers and another decides on."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from toegangspeil.commands.common import actor, as_option, comment_option, home_option, house

Said = Callable[[Any], str]


def add_decisions(
    group: click.Group, register_module: str, what: str, *, said: Said, printed_by: str = "show", by_name: bool = False,
    approving: str = "",
) -> None:  # fmt: skip
    """Give `group` its `approve` and `return`.

    register_module: has `approve(register, subject, seen=, by=)` and `send_back(register, subject, comment=, by=)`.
    what: for the help, e.g. "rules". said: what was decided, in one Dutch line. printed_by: the command that prints
    what an approval is over. approving: the module with `approve`, where that is another one.
    """

    @group.command(help=f"Approve {what} exactly as shown; never your own work.")
    @_subject(by_name)
    @click.option("--seen", required=True, metavar="HASH", help=f"The hash that '{printed_by}' prints.")
    @home_option
    @as_option
    def approve(seen: str, home: Path | None, user: str | None, **subject: Any) -> None:
        with house(home) as opened:
            acts = import_module(approving or register_module)
            found = acts.approve(opened.register, *subject.values(), seen=seen, by=actor(opened, user))
        click.echo(said(found))

    add_return(group, register_module, what, said=said, by_name=by_name)


def add_return(group: click.Group, register_module: str, what: str, *, said: Said, by_name: bool = False) -> None:
    """Give `group` its `return`, for things that are approved in another way."""

    @group.command("return", help=f"Send {what} back with an explanation.")
    @_subject(by_name)
    @comment_option
    @home_option
    @as_option
    def return_(comment: str, home: Path | None, user: str | None, **subject: Any) -> None:
        with house(home) as opened:
            acts = import_module(register_module)
            found = acts.send_back(opened.register, *subject.values(), comment=comment, by=actor(opened, user))
        click.echo(said(found))


def _subject(by_name: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.argument("name") if by_name else click.argument("number", type=int)
