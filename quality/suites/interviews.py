"""Suites of instruments that rest on a talk with one person."""

from typing import Any

from quality.suites.common import answers, columns, filled, nobody_named, none, once, people, suite


def journeys() -> Any:
    """Klantreis: every step has its place, phase and feeling, and stands there once."""
    return suite("journeys", *people(), *columns(), *answers(), filled(), once(), *nobody_named())


def stories() -> Any:
    """Verhaal: the teller's own signs; the three corners of a triangle make one."""
    triangle = none("not_one", "driehoek_telt_op", "de drie delen van een driehoek zijn samen niet 1")
    return suite("stories", *people(), *columns(), *answers(), filled(), once(), triangle, *nobody_named())


def transcripts() -> Any:
    """Transcript: turns in their order, each with a speaker, nobody named."""
    return suite("transcripts", *people(), *columns(), *answers(), filled(), once(), *nobody_named())
