"""VTT and SRT, as Teams and other programs export a talk: pieces of a few seconds, put together to turns."""

import re
from itertools import groupby

from ingest.readers.speakers import Line, lines_of

_TIMES = re.compile(r"^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3}\s*-->")
_ASIDE = ("WEBVTT", "NOTE", "STYLE", "REGION")
_VOICE = re.compile(r"^<v(?:\.[^\s>]*)?\s+([^\s>][^>]*)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d[^<>]*>", re.IGNORECASE)


def lines_of_cues(text: str) -> list[Line]:
    """What is said, without times and numbers; a speaker who goes on in the next piece has one turn."""
    found: list[Line] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        found += _said(block.strip("\n").split("\n"))
    known = lines_of([line.text for line in found])
    named = [own if own.label else other for own, other in zip(found, known, strict=True)]
    return _together(named)


def _said(block: list[str]) -> list[Line]:
    at = next((at for at, line in enumerate(block) if _TIMES.match(line)), None)
    if at is None:
        return []
    out = []
    for line in block[at + 1 :]:
        voice = _VOICE.match(line.strip())
        if text := _TAG.sub("", line).strip():
            out.append(Line(voice[1].strip() if voice else None, text))
    return out


def _together(lines: list[Line]) -> list[Line]:
    """Pieces of one speaker as one line."""
    speaking: list[tuple[str | None, str]] = []
    now: str | None = None
    for line in lines:
        now = line.label or now
        speaking.append((now, line.text))
    return [
        Line(label, " ".join(text for _label, text in part if text))
        for label, part in groupby(speaking, key=lambda one: one[0])
    ]
