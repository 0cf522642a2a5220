"""Suites of instruments without a row per person: what a table or a drawing board brought up."""

from typing import Any

from quality.suites.common import answers, columns, filled, nobody_named, once, people, suite


def steps() -> Any:
    """Schaduwreis: steps of the process, people only as roles."""
    return suite("steps", *people(), *columns(), *answers(), filled(), once(), *nobody_named())


def contributions() -> Any:
    """Gezamenlijke reis, dialoogtafel: ideas and wishes with their theme, participants only as counts per role."""
    return suite("contributions", *people(), *columns(), *answers(), filled(), once(), *nobody_named())
