"""Makes deliveries, whole and awkward. Every person, place and number in them is made up."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.intake import Intake, read_delivery
from storage.codebooks import Codebooks
from storage.yaml import write_yaml

TODAY = dt.date(2026, 11, 22)
GEMEENTEN = frozenset({"GM9001", "GM9002", "GM9003"})
ITEMS = [name for name in Codebooks().get("ceo_wmo@2016.1").rows if name.startswith("ceo")]


def manifest(**changes: Any) -> dict[str, Any]:
    """A delivery.yaml for a CEO Wmo of one gemeente; None takes a field out."""
    content: dict[str, Any] = {
        "gemeenten": ["GM9001"],
        "instrument": "ceo_wmo",
        "meting": {"name": "2026", "start": "2026-01-01", "end": "2026-06-30"},
        "codebook": "ceo_wmo@2016.1",
        "doelgroepen": {"client": {"invited": 900, "population": 2400, "steekproef": "allen"}},
        "legal_basis": "6_1_c_wmo_2_5_1",
        "art9_ground": {"ground": "wmo_5_1_1", "reason": "wettelijke taak"},
        "role_movisie": "ontvanger_van_tabellen",
        "notice": "informatiebrief-2026-01",
        "recipients": ["Movisie"],
        "files": [{"path": "ceo.csv"}],
    }
    content.update(changes)
    return {name: value for name, value in content.items() if value is not None}


def ceo_rows(n: int = 12, **columns: list[Any]) -> dict[str, list[Any]]:
    """Answers of n made-up respondents by column; `columns` adds or replaces, None takes one out."""
    rows: dict[str, list[Any]] = {"respondent": [f"R{at:03d}" for at in range(n)]}
    for at, item in enumerate(ITEMS):
        rows[item] = [1 + (row + at) % (2 if item.startswith("ceo05") else 5) for row in range(n)]
    rows["leeftijd"] = [30 + (row * 7) % 60 for row in range(n)]
    rows.update(columns)
    return {name: values for name, values in rows.items() if values is not None}


def as_csv(rows: dict[str, list[Any]], delimiter: str = ";") -> str:
    """Rows as CSV text; cells with the delimiter, a quote or a line end are quoted."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in (delimiter, '"', "\n")) else text

    lines = [delimiter.join(cell(name) for name in rows)]
    lines += [delimiter.join(cell(value) for value in row) for row in zip(*rows.values(), strict=True)]
    return "\n".join(lines) + "\n"


FIGURES = {"invited": "onbekend", "population": "onbekend", "steekproef": "gericht"}
CONSENT = {"ground": "uitdrukkelijke_toestemming", "reason": "gevraagd voor het gesprek"}


def journey_files(**changes: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """Files and manifest fields of two made-up journeys."""
    rows = {
        "journey": ["R1", "R1", "R2"],
        "seq": [1, 2, 1],
        "phase": ["melding", "gesprek", "melding"],
        "emotion": ["positief", "-1", "neutraal"],
        "waiting_days": [3, None, 40],
        "knelpunten": ["wachttijd;brieven", "", "Brieven en taal"],
        "ontvangstcode": ["c1", "c1", "c2"],
    }
    aspects = {"journey": ["R1", "R2"], "phase": ["melding"] * 2, "aspect": ["expertise"] * 2, "score": [1, 0]}
    fields = {
        "instrument": "klantreis",
        "codebook": "klantreis@1.0",
        "doelgroepen": {"client": FIGURES},
        "legal_basis": "6_1_a",
        "art9_ground": CONSENT,
        "files": [{"path": "reizen.csv"}, {"path": "aspecten.csv", "table": "aspects"}],
        **changes,
    }
    return {"reizen.csv": as_csv(rows), "aspecten.csv": as_csv(aspects)}, fields


Deliver = Callable[..., Path]


@pytest.fixture
def deliver(tmp_path: Path) -> Deliver:
    """deliver(files, **manifest changes) -> folder; files maps a path to text (UTF-8) or bytes."""

    def write(files: dict[str, str | bytes], /, **changes: Any) -> Path:
        folder = tmp_path / "aanlevering"
        folder.mkdir(exist_ok=True)
        if "files" not in changes:
            changes["files"] = [{"path": name} for name in files]
        for name, content in files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        write_yaml(folder / "delivery.yaml", manifest(**changes))
        return folder

    return write


@pytest.fixture
def read() -> Callable[[Path], Intake]:
    """Reads a folder as the pipeline does."""
    return lambda folder: read_delivery(folder, codebooks=Codebooks(), gemeenten=GEMEENTEN, today=TODAY)
