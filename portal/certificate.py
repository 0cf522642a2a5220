"""The certificate for who decides: the same lines, with the names of its tables in words."""

import re

from domain.vocabulary import TOTAAL
from portal.speech import _

_LINE = re.compile(r"^(- |Tabel |Advies )(\w+): ")
ANSWERS = "antwoorden"
_KINDS = {"PV": _("provincies"), "SV": _("verbanden")}


def table_words(name: str) -> str:
    """What a table of the certificate is about: everybody, one breakdown, or groups of gemeenten (by their codes)."""
    if name == TOTAAL.lower():
        return _("iedereen samen")
    if name == ANSWERS:
        return _("de antwoorden")
    kind, *codes = name.split("_")
    if kind == "groepen" and codes:
        kinds = {_KINDS.get(code[:2], _("benchmarks")) for code in codes}
        return " en ".join(sorted(kinds))
    return _("per {breakdown}", breakdown=name.replace("_", " "))


def plain_line(line: str) -> str:
    """A line of the certificate or an advice with its table in words; any other line as it is."""
    found = _LINE.match(line)
    if found is None:
        return line
    start = {"Tabel ": "", "Advies ": "Advies, "}.get(found[1], found[1])
    words = table_words(found[2])
    return f"{start}{words if start else words[:1].upper() + words[1:]}: {line[found.end() :]}"
