"""Who did what: lines of the ledger about one thing, in words."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from register import ledger
from register.permissions import PERMISSIONS, Act
from register.store import Register

Line = Mapping[str, Any]
_BATCH = 1000
MOVED = {
    "submitted": "ingediend", "approved": "goedgekeurd", "returned": "teruggestuurd", "rejected": "afgewezen",
    "published": "gepubliceerd", "withdrawn": "ingetrokken", "replaced": "vervangen", "lapsed": "verlopen",
    "drafted": "opgeschreven", "saved": "bewaard",
}  # fmt: skip
SUBJECTS = {
    "policy": "regels", "release": "uitgave", "finding": "bevinding", "rule": "herkenningsregel",
    "text": "toestemmingstekst", "contribution": "bijdrage", "request": "verzoek", "delivery": "aanlevering",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act, as an officer reads it."""

    at: str
    who: str
    what: str
    number: int


def act_words(act: str) -> str:
    """What a line of the ledger says was done; the bare name for an act we have no words for."""
    known = {one.value: PERMISSIONS[one].what for one in Act}
    if act in known:
        return known[act]
    subject, _, moved = act.partition(".")
    if subject in SUBJECTS and moved in MOVED:
        return f"{SUBJECTS[subject]}: {MOVED[moved]}"
    return act


def steps(register: Register, about: Callable[[Line], bool]) -> list[Step]:
    """Every line for which `about(what)` holds, oldest first."""
    found = []
    since = 0
    while batch := ledger.read_lines(register, since=since, limit=_BATCH):
        for body in batch:
            line = json.loads(body)
            since = line["seq"]
            if about(line["what"]):
                found.append(Step(line["at"], line["who"], act_words(line["act"]), line["seq"]))
    return found
