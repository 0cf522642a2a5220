"""Every command explains itself, and asking for help loads nothing heavy."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tests.commands.typed import Typed
from toegangspeil.main import COMMANDS, command

HEAVY = ("dagster", "pandas", "pyarrow", "sqlalchemy", "fastapi", "great_expectations", "presidio_analyzer")


def every_command() -> list[tuple[str, ...]]:
    """The words of every command and of every act below it."""
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        one = command.get_command(click.Context(command), name)
        found.append((name,))
        if isinstance(one, click.Group):
            found += [(name, act) for act in one.commands]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(command, [*words, "--help"])
    assert said.exit_code == 0
    assert "Usage:" in said.output
    assert len(said.output.splitlines()) > 4


@pytest.mark.parametrize(
    "words",
    [("policy", "list"), ("consent", "status"), ("request", "receive"), ("finding", "add"), ("review", "decide"),
     ("retention", "destroy"), ("export", "microdata"), ("contribution", "sign"), ("release", "approve"),
     ("quarantine", "give-back")],
    ids=" ".join,
)  # fmt: skip
def test_the_acts_of_the_design_are_there(words: tuple[str, ...]) -> None:
    assert words in every_command()


@pytest.mark.parametrize("words", [["--help"], ["policy", "--help"], ["export", "microdata", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    script = (
        "import json, sys\n"
        "from toegangspeil.main import main\n"
        "try:\n    main(json.loads(sys.argv[1]))\n"
        "except SystemExit:\n    pass\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(words)], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == []
    assert "Usage: toegangspeil" in done.stdout


def test_the_portal_starts_without_the_solvers() -> None:
    script = "import sys, portal.app, toegangspeil.road; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "toegangspeil", "--help"], capture_output=True, text=True, check=True)
    assert "Usage: toegangspeil" in done.stdout


def test_wrong_words_end_with_two(text_only: Typed) -> None:
    assert text_only("bestaat-niet").code == 2
    assert text_only("request", "receive").code == 2
    assert text_only("anonymise", "--mode", "weglaten").code == 2


@pytest.mark.parametrize(
    ("words", "which"),
    [
        (("deliver", "ceo van Sanne.csv"), "FILES"),
        (("deliver", "pyproject.toml", "--manifest", "Sanne.yaml"), "--manifest"),
        (("audit", "Sanne.duckdb"), "RELEASE"),
    ],
)
def test_a_file_that_is_not_there_is_said_in_dutch_without_its_name(
    text_only: Typed, words: tuple[str, ...], which: str
) -> None:
    said = text_only(*words)
    assert (said.code, said.err.count("\n"), "Sanne" in said.err) == (2, 1, False)
    assert which in said.err
    assert "dit bestand of deze map is er niet, of is niet te lezen; kijk of" in said.err


def test_a_map_that_is_no_home_is_said_in_one_line(text_only: Typed, tmp_path) -> None:
    said = text_only("policy", "list", "--home", str(tmp_path))
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "toegangspeil init" in said.err


def test_the_names_for_integrators_are_there_and_wait_until_they_are_asked_for():
    code = (
        "import sys, toegangspeil\n"
        f"assert not set({HEAVY!r}) & set(sys.modules)\n"
        "from toegangspeil import Mode, audit_path, build_detector, clean, protect_files\n"
        "assert {'clean', 'protect_files'} <= set(dir(toegangspeil))\n"
        "assert not hasattr(toegangspeil, 'surprise')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
