"""The role Movisie sees what is published and nothing before it: every command is tried with her token.

Commands that make, copy or serve an installation belong to who owns its files on disk; they know no roles and are not
tried here. What they hold is sealed, and a key backup is a command of the operator.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from domain.vocabulary import Role
from register import deliveries, users
from tests.road import small_road
from tests.road.conftest import Walked
from toegangspeil.demo.road import demo_actor
from toegangspeil.main import COMMANDS, command, main

INSTALLATION = {"demo", "init", "doctor", "backup", "restore", "run", "serve", "gemeenten import"}
OF_NOBODY = {
    "detect", "anonymise", "scan", "eval", "protect", "audit", "gemeenten list", "export dictionary", "export template",
    "export measures", "ledger verify", "microdata key", "microdata open",
}  # fmt: skip
PUBLIC = {"status", "release list", "contribution list", "export release", "user token", "leak note"}
SCOPE = "GM9001/ceo_wmo/2026"
ANSWERS = {
    "number": "1", "areas": "GM9001", "area": "GM9001", "instrument": "ceo_wmo", "name": small_road.RELEASE,
    "scope": SCOPE, "kind": "inzage", "seen": "0" * 64, "comment": "een reden", "reason": "een reden",
    "text": "De brief kwam laat.", "roles": "analyst", "meting": "2026", "label": "proef",
}  # fmt: skip
FLAGS = {"contribution sign": ("--rules",), "request decide": ("--grant",), "advice answer": ("--followed",)}
Try = Callable[..., tuple[int, str]]


def leaves() -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        one = command.get_command(click.Context(command), name)
        assert one is not None
        found |= dict(_below(name, one))
    return found


def _below(words: str, one: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(one, click.Group):
        yield words, one
        return
    for word, leaf in one.commands.items():
        yield from _below(f"{words} {word}", leaf)


@pytest.fixture(scope="module")
def home(walked: Walked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The walked home with a second release that waits for approval: previews and evidence are there to be had."""
    copy = tmp_path_factory.mktemp("movisie") / "home"
    shutil.copytree(walked.home, copy)
    return copy


@pytest.fixture
def as_movisie(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Try:
    """Run a command with the token of Movisie; gives exit code and all that was printed."""
    with small_road.opened(home) as house:
        token = users.make_token(house.register, "proef", by=demo_actor(house, Role.MOVISIE))
    monkeypatch.setenv("TOEGANGSPEIL_TOKEN", token)
    monkeypatch.setenv("TOEGANGSPEIL_HOME", str(home))
    monkeypatch.setattr(click, "prompt", lambda *args, **kwargs: "een wachtzin van ruim zestien tekens")

    def tried(*arguments: str) -> tuple[int, str]:
        try:
            main(list(arguments))
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capfd.readouterr()
        return code, said.out + said.err

    return tried


def arguments_of(words: str, folder: Path) -> list[str]:
    """Something sensible for every argument and option, so that only the role can be a reason to refuse."""
    given: list[str] = []
    for parameter in leaves()[words].params:
        wanted = isinstance(parameter, click.Argument) or parameter.required
        if wanted:
            value = _value(words, parameter, folder)
            given += [value] if isinstance(parameter, click.Argument) else [parameter.opts[-1], value]
    return given


def _value(words: str, parameter: click.Parameter, folder: Path) -> str:
    if isinstance(parameter.type, click.Choice):
        return str(parameter.type.choices[0])
    if not isinstance(parameter.type, click.Path):
        return "analyst" if words.startswith("user ") and parameter.name == "name" else ANSWERS[str(parameter.name)]
    if parameter.name in ("out", "target"):
        return str(folder / ("uit.html" if words == "export dpia" else "uit.json"))
    path = folder / "in.yaml"
    path.write_text("id: proef\n")
    return str(path)


def test_every_command_is_thought_of() -> None:
    assert set(leaves()) >= INSTALLATION | OF_NOBODY | PUBLIC


@pytest.mark.parametrize("words", sorted(set(leaves()) - INSTALLATION - OF_NOBODY - PUBLIC - {"deliver"}))
def test_a_command_of_a_role_refuses_movisie(as_movisie: Try, tmp_path: Path, words: str) -> None:
    code, said = as_movisie(*words.split(), *FLAGS.get(words, ()), *arguments_of(words, tmp_path))
    assert code == 1, said
    assert len(said.splitlines()) == 1
    assert said.startswith("toegangspeil: ")
    assert list(tmp_path.glob("uit*")) == []


def test_movisie_delivers_nothing(as_movisie: Try, walked: Walked, tmp_path: Path) -> None:
    small_road.deliver(walked.places.__class__(tmp_path), ("GM9002",), journeys=False)
    code, said = as_movisie("deliver", str(tmp_path / "inbox" / "GM9002" / "ceo_wmo-2026"))
    assert code == 1
    assert "bestanden aanleveren" in said


def test_status_tells_movisie_no_deliveries_and_no_numbers(as_movisie: Try) -> None:
    code, said = as_movisie("status", "--json")
    found = json.loads(said)
    assert code == 0
    assert found["deliveries"] == []
    assert found["waiting_for"] == []
    assert [row["release"] for row in found["releases"]] == [small_road.RELEASE]


def test_status_tells_the_operator_all(home: Path, as_movisie: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_road.opened(home) as house:
        token = users.make_token(house.register, "proef", by=demo_actor(house, Role.OPERATOR))
        known = len(deliveries.list_all(house.register))
    monkeypatch.setenv("TOEGANGSPEIL_TOKEN", token)
    assert len(json.loads(as_movisie("status", "--json")[1])["deliveries"]) == known > 8


def test_movisie_takes_the_published_release_along(as_movisie: Try, tmp_path: Path) -> None:
    out = tmp_path / "release"
    code, _ = as_movisie("export", "release", small_road.RELEASE, "-o", str(out))
    assert code == 0
    assert {path.suffix for path in out.rglob("*") if path.is_file()} <= {
        ".duckdb", ".parquet", ".csv", ".json", ".html", ".xlsx", ".pdf", ".md",
    }  # fmt: skip
