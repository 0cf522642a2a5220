"""Who did what with a contribution and with the deliveries in it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from portal.ledger_words import act_words
from register import ledger_lines
from register.store import Register


@dataclass(frozen=True)
class Step:
    """The same act by the same person, once or a few times in a row: the first moment, and the lines of the ledger."""

    at: str
    who: str
    what: str
    number: int
    last: int
    times: int = 1


def steps(register: Register, *, contribution: int, deliveries: Collection[str]) -> list[Step]:
    """Who did what with a contribution and with the deliveries in it, oldest first."""
    found = ledger_lines.about(register, contribution=contribution, deliveries=deliveries)
    steps: list[Step] = []
    for line in found:
        words = act_words(line["act"])
        if steps and (steps[-1].who, steps[-1].what) == (line["who"], words):
            steps[-1] = replace(steps[-1], last=line["seq"], times=steps[-1].times + 1)
        else:
            steps.append(Step(line["at"], line["who"], words, line["seq"], line["seq"]))
    return steps
