"""Interview transcripts in DOCX, TXT, VTT or SRT: a turn begins with who speaks."""

from pathlib import Path

import pyarrow as pa

from domain.errors import InputRejected
from domain.vocabulary import Kind
from ingest.expected import Expected
from ingest.readers.decoding import to_utf8
from ingest.readers.speakers import RESIDENT, Line, lines_of, turns_of
from ingest.readers.subtitles import lines_of_cues
from ingest.readers.word import text_of

_SUBTITLES = (".vtt", ".srt")


def read(path: Path, expected: Expected, where: str, sheet: str | None = None) -> list[pa.Table]:
    """One row per turn: journey (the file's own name), seq, speaker, text."""
    if expected.kind is not Kind.TRANSCRIPTS:
        raise InputRejected(
            f"{where}: een tekstdocument past alleen bij een uitgeschreven interview (klantreis_transcript); "
            f"lever de antwoorden aan als tabel"
        )
    turns = turns_of(_said(path, where))
    if not any(speaker == RESIDENT for speaker, _ in turns):
        raise InputRejected(
            f"{where}: er is geen beurt van de inwoner te vinden, of wij weten niet wie de inwoner is; begin elke "
            f"beurt met 'Interviewer:' of 'Inwoner:' in plaats van een naam of 'Spreker 1'"
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


def _said(path: Path, where: str) -> list[Line]:
    data, suffix = path.read_bytes(), path.suffix.casefold()
    if suffix == ".docx":
        paragraphs = text_of(data, where)
    else:
        text = to_utf8(data, where, document=True).decode()
        if suffix in _SUBTITLES:
            return lines_of_cues(text)
        paragraphs = [text]
    return lines_of([line for one in paragraphs for line in one.splitlines() if line.strip()])
