"""Every refusal of Toegangspeil: what, where, what now, and never a value.

Who has files and commands hears `str(error)`; who has a screen reads `error.on_screen`, the very same sentence unless
the refusal was given another one: with a page or a person where the first names a command, with the question of the
form where it names a field of delivery.yaml.

ToegangspeilError          exit code
├── Refused                1
│   ├── InputRejected      a delivery or file is not as agreed
│   ├── PolicyRefused      a rule is missing, looser than allowed or not approved
│   ├── GateClosed         a check failed or a direct identifier is left
│   ├── DisclosureRefused  a table cannot be made safe, or an audit found something
│   ├── ReleaseRefused     role, own work, or anything changed
│   ├── ConsentRefused     purpose missing or withdrawn
│   ├── NotAllowed         this person may not do this, or could not be recognised
│   └── KeyRefused         a key is gone, wrong or too widely readable
├── WrongUsage             2
└── CannotCheck            3 (the check itself could not be done; nothing passes)
"""

import errno


class ToegangspeilError(Exception):
    """Base of all our errors; `exit_code` is what the command ends with."""

    exit_code = 1

    def __init__(self, sentence: str = "", *, on_screen: str = "") -> None:
        super().__init__(sentence)
        self.on_screen = on_screen or sentence


class Refused(ToegangspeilError):
    """The product said no, with a reason and what to do now."""


class InputRejected(Refused):
    """A delivery or a file is not as agreed."""


class PolicyRefused(Refused):
    """A rule is missing, looser than allowed, or not approved."""


class GateClosed(Refused):
    """A quality rule failed or a direct identifier is left in the output."""


class DisclosureRefused(Refused):
    """A table cannot be made safe, or an audit learned something forbidden."""


class ReleaseRefused(Refused):
    """The act on a contribution or release is not allowed: role, own work, or anything changed."""


class ConsentRefused(Refused):
    """A purpose has no consent, or it was withdrawn."""


class NotAllowed(Refused):
    """This person may not do this (role, gemeente, own work), or could not be recognised."""


class KeyRefused(Refused):
    """A key is gone, wrong, or readable by more people than its owner."""


class WrongUsage(ToegangspeilError):
    """The command was given in a way that cannot be understood."""

    exit_code = 2


class CannotCheck(ToegangspeilError):
    """The check itself could not be done (missing model, solver limit): nothing passes."""

    exit_code = 3


class Contradiction(CannotCheck):
    """Numbers that cannot all be true: of other people than was said, or of more than one release."""


def unforeseen(error: BaseException) -> str:
    """Kind of an error and the place in the code, without its message: that could hold a value.

    A full disk is no mistake of ours: that is said as it is.
    """
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "de schijf is vol; er is niets vrijgegeven; maak plaats vrij en probeer het opnieuw"
    place = "onbekende plaats"
    trace = error.__traceback__
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    kind = type(error).__name__
    return f"onverwachte fout {kind} bij {place}; er is niets vrijgegeven; meld deze regel aan de beheerder"
