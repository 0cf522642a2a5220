"""Interview transcripts in DOCX or TXT: a turn begins with who speaks ('Interviewer:', 'I:', 'Inwoner:')."""

import re
from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import Expected
from ingest.readers.decoding import to_utf8
from ingest.readers.word import text_of
from ingest.words import fold

_SPEAKERS = {
    "interviewer": "interviewer", "i": "interviewer", "int": "interviewer", "vraag": "interviewer", "v": "interviewer",
    "onderzoeker": "interviewer", "inwoner": "inwoner", "respondent": "inwoner", "r": "inwoner", "resp": "inwoner",
    "client": "inwoner", "cliënt": "inwoner", "antwoord": "inwoner", "a": "inwoner", "deelnemer": "inwoner",
    "naaste": "naaste", "partner": "naaste", "mantelzorger": "naaste", "n": "naaste",
}  # fmt: skip
_TURN = re.compile(r"^\s*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?([^\W\d_]+)(?:\s*\d)?\s*[:>]\s*(.*)$")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """One row per turn: journey (the file's own name), seq, speaker, text."""
    if expected.kind is not Kind.TRANSCRIPTS:
        raise InputRejected(
            f"{where}: een tekstdocument past alleen bij een uitgeschreven interview (klantreis_transcript); "
            f"lever de antwoorden aan als tabel"
        )
    data = path.read_bytes()
    word = path.suffix.casefold() == ".docx"
    paragraphs = text_of(data, where) if word else [to_utf8(data, where, document=True).decode()]
    turns = turns_of([line for one in paragraphs for line in one.splitlines() if line.strip()])
    if not any(speaker == "inwoner" for speaker, _ in turns):
        raise InputRejected(
            f"{where}: er is geen beurt van de inwoner te vinden; begin elke beurt met 'Interviewer:' of 'Inwoner:'"
        )
    return [
        pa.table(
            {
                "journey": pa.array([path.stem] * len(turns), pa.string()),
                "seq": pa.array([str(at) for at in range(1, len(turns) + 1)], pa.string()),
                "speaker": pa.array([speaker for speaker, _ in turns], pa.string()),
                "text": pa.array([text for _, text in turns], pa.string()),
            }
        )
    ]


def turns_of(paragraphs: list[str]) -> list[tuple[str, str]]:
    """(speaker, text) per turn; what stands before the first turn is of 'onbekend'."""
    turns: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        found = _TURN.match(paragraph)
        speaker = _SPEAKERS.get(fold(found[1])) if found else None
        if found and speaker:
            turns.append((speaker, found[2].strip()))
        elif not turns:
            turns.append(("onbekend", paragraph.strip()))
        else:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{paragraph.strip()}".strip())
    return [(speaker, text) for speaker, text in turns if text]
