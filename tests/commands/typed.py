"""Running `toegangspeil` with typed answers, and one small delivery of made-up people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from pipelines.house import House, open_house
from pipelines.installation import DEMO_PASSWORD
from storage.settings import read_settings
from storage.yaml import write_yaml
from toegangspeil.main import main

AREAS = ("GM9001", "GM9002")
SIGN_IN = f"{DEMO_PASSWORD}\n\n"
PEOPLE = 30
MANIFEST = {
    "gemeenten": ["GM9001"],
    "instrument": "ceo_wmo",
    "meting": {"name": "2026", "start": "2026-01-01", "end": "2026-06-30"},
    "codebook": "ceo_wmo@2016.1",
    "doelgroepen": {"client": {"invited": 60, "population": 100, "steekproef": "allen"}},
    "legal_basis": "6_1_c_wmo_2_5_1",
    "art9_ground": {"ground": "wmo_5_1_1", "reason": "wettelijk onderzoek"},
    "role_movisie": "ontvanger_van_tabellen",
    "notice": "brief-2026",
    "recipients": ["Movisie"],
    "zichtbaar_voor": "deelnemers",
    "files": [{"path": "ceo.csv"}],
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Typed:
    """Runs commands on one home."""

    home: Path | None = None

    def __call__(self, *words: str, user: str | None = None, typed: str = "", stdin: str = "") -> Said:
        """`user` signs in with the demo password; `typed` is what is asked after that."""
        given = list(words)
        if self.home is not None:
            given += ["--home", str(self.home)]
        if user is not None:
            given += ["--as", user]
        text = (SIGN_IN if user else "") + typed + stdin
        code = 0
        with CliRunner().isolation(input=text) as (out, err, _):
            try:
                main(given)
            except SystemExit as end:
                code = int(end.code or 0)
            return Said(code, _text(out), _text(err))

    @contextmanager
    def house(self) -> Iterator[House]:
        """The home itself, to look behind the command."""
        with open_house(read_settings(self.home, {}), {}) as opened:
            yield opened


def _text(stream) -> str:
    return stream.getvalue().decode()


def write_ceo(
    folder: Path,
    people: Callable[[int], bool] = lambda at: True,
    note: str = "Het ging goed.",
    *,
    numbered: bool = True,
) -> Path:
    """A delivery of PEOPLE made-up people, or of those for whom `people` says yes; without `numbered` only codes."""
    folder.mkdir(parents=True)
    items = (
        "ceo01_vindbaarheid", "ceo02_snelheid", "ceo03_serieus", "ceo04_samen_oplossing", "ceo05_clientondersteuner",
        "ceo06_kwaliteit", "ceo07_passend", "ceo08_doen_wat_ik_wil", "ceo09_redden", "ceo10_kwaliteit_leven",
    )  # fmt: skip
    lines = [";".join(("respondent", "ontvangstcode", "leeftijd", *items, "toelichting"))]
    for at in filter(people, range(PEOPLE)):
        answers = [str(1 + (at + shift) % 2) if shift == 4 else str(1 + (at + shift) % 5) for shift in range(10)]
        age = str(40 + 35 * (at % 2) + at % 3)
        lines.append(";".join((f"R{at:03d}", f"KLAP-ROOS-{at:03d}", age, *answers, note)))
    if not numbered:
        lines = [line.partition(";")[2] for line in lines]
    (folder / "ceo.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_yaml(folder / "delivery.yaml", MANIFEST)
    return folder
