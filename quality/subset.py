"""Whether records that passed the gate still pass with some rows left out, without judging them again.

Every rule of every suite says that a wrong count is zero or that a table has a row. Leaving rows out can break only
the second; that nothing else got worse is counted all the same. Great Expectations takes seconds to load, and an
inwoner who wants to be taken out should not wait for it.
"""

from dataclasses import fields

from quality.facts import WHOLE, Facts, Subject, facts_of

_ABOUT = frozenset({"delivery", "table", "column", "rows", "persons"})
_WRONG = tuple(one.name for one in fields(Facts) if one.name not in _ABOUT)


def counts_without(before: Subject, after: Subject) -> dict[str, int] | None:
    """Rows and persons of `after`, when it is no worse than `before`, which passed; None when it must be judged."""
    known = {(fact.table, fact.column): fact for fact in facts_of([before])}
    found = {(fact.table, fact.column): fact for fact in facts_of([after])}
    if known.keys() != found.keys() or not all(_no_worse(known[place], fact) for place, fact in found.items()):
        return None
    whole = found["rows", WHOLE]
    return {"rows": whole.rows, "persons": whole.persons}


def _no_worse(before: Facts, after: Facts) -> bool:
    return 1 <= after.rows <= before.rows and all(getattr(after, name) <= getattr(before, name) for name in _WRONG)
