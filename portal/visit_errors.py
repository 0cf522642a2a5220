"""Why a page cannot be given; `portal.errors` makes the answers."""


class SignInFirst(Exception):
    """Nobody is signed in; the answer is the sign-in page."""


class Missing(Exception):
    """Not there, or not for this person: the answer is the same; its words, if any, say where to look."""


class WrongForm(Exception):
    """A form without our token: it did not come from our own page."""


class TooOften(Exception):
    """Too many attempts from one place; its words say when to come back."""


class OldRelease(Exception):
    """A published file that an older version made: a table or column that pages read is not in it; holds its name."""
