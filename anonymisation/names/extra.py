"""Names of `filenthropist` (optional extra `[names]`); nothing when it is not installed."""


def first_and_last() -> tuple[set[str], set[str]]:
    """Folded first names and surnames, empty without the extra."""
    return set(), set()
