"""Suites of instruments where a row is what one person answered."""

from typing import Any

from quality.suites.common import answers, columns, filled, nobody_named, once, people, suite


def survey() -> Any:
    """CEO, Toegangsscan, street survey: one row per person, answers on their scale, nobody named in the text."""
    return suite("survey", *people(), *columns(), *answers(), once(), *nobody_named())


def panel() -> Any:
    """Klantenpanel: one score per member and subject."""
    return suite("panel", *people(), *columns(), *answers(), filled(), once(), *nobody_named())


def cards() -> Any:
    """Ervaringenkaart: a card for each moment, no supporter or team named."""
    return suite("cards", *people(), *columns(), *answers(), filled(), once(), *nobody_named())
