"""Files that were damaged on the way: read whole, or refused in our own words; never another error."""

import random

import pytest

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import expected_of
from ingest.readers import read_file
from storage.codebooks import Codebooks
from toegangspeil.demo import writers

from .conftest import as_csv, ceo_rows

NAME = "Everdina Kwartelmans"
BOOK = Codebooks().get("ceo_wmo@2016.1")
EXPECTED = expected_of(BOOK, "rows", {})
TALK = expected_of(Codebooks().get("klantreis_transcript@1.0"), "rows", {})


def written(folder, kind: str) -> bytes:
    """A good file of a kind, with a planted name in it."""
    path = folder / f"goed{kind}"
    rows = ceo_rows(20, toelichting=[NAME] * 20)
    match kind:
        case ".csv":
            path.write_text(as_csv(rows), encoding="utf-8")
        case ".xlsx":
            writers.write_xlsx(path, {"Data": writers.as_rows(rows)})
        case ".ods":
            writers.write_ods(path, {"Data": writers.as_rows(rows)})
        case ".sav":
            writers.write_sav(path, rows, {}, {})
        case ".jsonl":
            writers.write_jsonl(path, rows)
        case ".docx":
            writers.write_docx(path, [f"Interviewer: {NAME}", f"Inwoner: {NAME}"])
    return path.read_bytes()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Cut off, or with a few bytes changed."""
    if chance.random() < 0.5:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".ods", ".sav", ".jsonl", ".docx"])
def test_a_damaged_file_is_read_or_refused(tmp_path, kind):
    data, chance = written(tmp_path, kind), random.Random(3)
    expected = TALK if kind == ".docx" else EXPECTED
    refused = 0
    for _ in range(40):
        path = tmp_path / f"stuk{kind}"
        path.write_bytes(damaged(data, chance))
        try:
            read_file(path, expected, "bestand 1")
        except InputRejected as reason:
            refused += 1
            said = str(reason)
            if NAME in said or not said.startswith("bestand 1"):
                pytest.fail("a refusal in other words, or with a value")
    assert expected.kind in (Kind.SURVEY, Kind.TRANSCRIPTS)
    assert refused > 5
