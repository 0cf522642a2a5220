"""docs/reference/opdrachten.md, made from the commands themselves: `python tests/docs/docs_opdrachten.py`."""

import importlib
from pathlib import Path

import click

from toegangspeil.main import COMMANDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "opdrachten.md"
_HEAD = """\
# Opdrachten

<!-- Gemaakt uit de code met: python tests/docs/docs_opdrachten.py. Niet met de hand veranderen. -->

Wat u kunt typen. `--home MAP` mag weg als `TOEGANGSPEIL_HOME` is gezet. Een handeling waar een mens voor nodig is,
vraagt `--as GEBRUIKER` en een wachtwoord, of een token in `TOEGANGSPEIL_TOKEN` (zie `toegangspeil user token`).

| code | betekenis |
|---|---|
| 0 | gedaan |
| 1 | geweigerd, of (bij `scan` en `audit`) iets gevonden; één regel zegt wat u nu doet |
| 2 | verkeerd gebruikt |
| 3 | kon niet controleren; er is niets vrijgegeven |

De uitleg hieronder komt uit `toegangspeil OPDRACHT --help` en is Engels, zoals de code.
"""


def loaded(name):
    """The click command of this name, or None when its module is not there."""
    try:
        module = importlib.import_module(f"toegangspeil.commands.{COMMANDS[name][0]}")
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.startswith("toegangspeil.commands."):
            return None
        raise
    return getattr(module, name.replace("-", "_"))


def leaves(name, command):
    """(full name, command) of a command, or of everything below a group."""
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from leaves(f"{name} {child}", command.commands[child])
    else:
        yield name, command


def _parameter(parameter):
    if isinstance(parameter, click.Argument):
        return f"| `{parameter.make_metavar(click.Context(click.Command('x')))}` | |"
    words = (parameter.help or "").replace("|", "\\|")
    kind = "" if parameter.is_flag else f" {_kind(parameter)}"
    need = "nodig. " if parameter.required else ""
    return f"| `{', '.join([*parameter.opts, *parameter.secondary_opts])}{kind}` | {need}{words} |"


def _kind(parameter):
    if isinstance(parameter.type, click.Choice):
        return "\\|".join(str(choice) for choice in parameter.type.choices)
    return parameter.metavar or parameter.type.name.upper()


def _section(name, command):
    rows = [_parameter(parameter) for parameter in command.params]
    table = ["", "| wat u meegeeft | uitleg |", "|---|---|", *rows] if rows else []
    return ["", f"### toegangspeil {name}", (command.help or "").strip(), *table]


def page():
    """The whole page."""
    lines = [_HEAD.rstrip()]
    for name, (_, words) in COMMANDS.items():
        lines += ["", f"## {name}", f"{words}."]
        command = loaded(name)
        if command is None:
            continue
        for full, leaf in leaves(name, command):
            lines += _section(full, leaf)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
