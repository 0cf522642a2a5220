"""The command `toegangspeil`: one module per command group, imported only when it is used."""

import importlib
import os
import sys
from typing import Any

import click

from domain.errors import ToegangspeilError, unforeseen

# Command -> (module in toegangspeil.commands, what it does). The words are here so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Made-up deliveries of every instrument, all the way to a published release"),
    "init": ("home", "Make a home: keys, register, draft policies, first administrator"),
    "doctor": ("home", "Check keys, models, register and protection of a home"),
    "backup": ("home", "Copy data and register (keys apart)"),
    "restore": ("home", "Put a backup back into an empty home"),
    "rekey": ("home", "Put every key under a new master key"),
    "deliver": ("delivery", "Put files with a manifest in the inbox"),
    "run": ("delivery", "Take waiting deliveries up to the gate"),
    "status": ("delivery", "Deliveries, refusals, gates, releases, and what waits for whom"),
    "quarantine": ("quarantine", "Refused folders: list, give-back"),
    "detect": ("text", "Find personal details: JSONL in, spans out"),
    "anonymise": ("text", "Remove personal details: JSONL in, JSONL out"),
    "scan": ("text", "Count personal details per column, never values"),
    "eval": ("text", "Recall, leaks and precision on annotated texts"),
    "protect": ("disclosure", "Protect tables of counts"),
    "audit": ("disclosure", "Attack a release as an outsider"),
    "policy": ("policy", "Rules: list, show, diff, submit, approve, return"),
    "consent": ("consent", "Consents: import, status"),
    "consent-text": ("consent_text", "Texts of consent: save, list, show, approve, return"),
    "request": ("request", "Requests of residents: receive, decide, carry-out, enclosure, letter, list"),
    "contribution": ("contribution", "Contributions: prepare, show, sign, return, withdraw"),
    "release": ("release", "Releases: prepare, show, approve, return, publish, withdraw, letter, list"),
    "finding": ("finding", "Findings: list, add, approve, return"),
    "microdata": ("microdata", "Rows for the own researcher: key, ask, list, show, approve, return, open"),
    "review": ("review", "The officer's review list: list, decide"),
    "advice": ("advice", "Advice of FG and CISO: give, answer, list"),
    "leak": ("leak", "A possible datalek: note, close, list"),
    "ledger": ("ledger", "The chain of acts: verify, export"),
    "export": (
        "export",
        "Papers (register, DPIA, A4, agreement, measures), dictionary, LDV records, release, microdata",
    ),
    "retention": ("retention", "What is due for destruction: due, propose, show, sign, destroy, tidy"),
    "gemeenten": ("gemeenten", "The list of gemeenten: import, list"),
    "user": ("user", "Users and tokens: add, list, token, block"),
    "serve": ("serve", "The portal and the anonymisation service"),
}


class LazyGroup(click.Group):
    """Knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command object, from its own module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"toegangspeil.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list under --help, without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="toegangspeil")
def command() -> None:
    """Learn from residents' experiences without anyone being recognisable.

    Exit codes: 0 done, 1 refused or found, 2 wrong usage, 3 could not check.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command; our own errors become one line on stderr and their exit code."""
    quiet_libraries()
    try:
        command.main(args=arguments, prog_name="toegangspeil", standalone_mode=False)
    except ToegangspeilError as refusal:
        click.echo(f"toegangspeil: {refusal}", err=True)
        sys.exit(refusal.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as wrong:
        if said := _about_a_path(wrong):
            click.echo(f"toegangspeil: {said}", err=True)
        else:
            wrong.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "toegangspeil: gestopt; geef de opdracht opnieuw, dan gaat het programma verder waar het was", err=True
        )
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # a value could be in the message of a library: only its kind and place are told
        click.echo(f"toegangspeil: {unforeseen(error)}", err=True)
        sys.exit(3)


def _about_a_path(wrong: click.ClickException) -> str:
    """A file that cannot be had, without its name (it may be somebody's); '' for any other wrong usage."""
    if not isinstance(wrong, click.BadParameter) or wrong.param is None or wrong.ctx is None:
        return ""
    if isinstance(wrong, click.MissingParameter) or not isinstance(wrong.param.type, click.Path):
        return ""
    what = wrong.param.get_error_hint(wrong.ctx)
    return f"{what}: dit bestand of deze map is er niet, of is niet te lezen; kijk of de naam en de plaats kloppen"


def quiet_libraries() -> None:
    """No library may phone home, or speak to our users about itself."""
    for name, value in {
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
    }.items():
        os.environ.setdefault(name, value)
