"""The suite of results that somebody else has counted."""

from typing import Any

from quality.suites.common import answers, columns, filled, nobody_named, once, people, suite


def aggregate() -> Any:
    """Counted elsewhere: each cell once, values between their limits, no words of people."""
    return suite("aggregate", *people(), *columns(), *answers(), filled(), once(), *nobody_named())
