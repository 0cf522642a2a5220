"""The Logboek Dataverwerkingen: every act on personal data as an OTLP JSON span. No name of a user or a resident.

Fields and attribute names: MinBZK, Logboek Dataverwerkingen, component Logboek (trace, operation, status, times,
`dpl.core.processing_activity_id`). A trace is one delivery or one act; ids are hashes, so an export can be repeated.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from register import ledger
from register.permissions import Act
from register.store import Register, moment_of
from register.tables import requests

_PERSONAL = (
    Act.DELIVERY_RECORD, Act.QUARANTINE_GIVE_BACK, Act.VERDICT_RECORD, Act.CONSENT_RECORD, Act.REQUEST_RECEIVE,
    Act.REQUEST_DECIDE, Act.REQUEST_ENCLOSE, Act.CONTRIBUTION_PREPARE, Act.RETENTION_CARRY_OUT, Act.REVIEW_ADD,
    Act.REVIEW_DECIDE,
    "removal.planned", "removal.switched", "removal.done", "release.published", "release.withdrawn", "microdata.made",
)  # fmt: skip
_OK, _ERROR = 1, 2


def processing_log(register: Register, *, since: int = 0, version: str = "") -> dict[str, Any]:
    """OTLP JSON of every act on personal data after ledger line `since`."""
    resource = [_attribute("service.name", "toegangspeil"), _attribute("service.version", version)]
    scope = {"scope": {"name": "toegangspeil.register"}, "spans": list(_spans(register, since))}
    return {"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope]}]}


def _spans(register: Register, since: int) -> Iterable[dict[str, Any]]:
    asked = _asked(register)
    step = 10_000
    while lines := ledger.read_lines(register, since=since, limit=step):
        for line in lines:
            content = json.loads(line)
            since = content["seq"]
            if content["act"] in _PERSONAL:
                yield _span(content, asked)


def _span(line: dict[str, Any], asked: Mapping[int, str]) -> dict[str, Any]:
    what = line["what"]
    subject = str(
        what.get("delivery") or what.get("scope") or what.get("release") or what.get("request") or line["seq"]
    )
    moment = str(_nanoseconds(line["at"]))
    return {
        "traceId": sha256(f"trace:{subject}".encode()).hexdigest()[:32],
        "spanId": sha256(f"span:{line['seq']}:{line['act']}".encode()).hexdigest()[:16],
        "name": line["act"],
        "kind": 1,
        "startTimeUnixNano": moment,
        "endTimeUnixNano": moment,
        "status": {"code": _ERROR if what.get("state") == "quarantined" or what.get("passed") is False else _OK},
        "attributes": [_attribute("dpl.core.processing_activity_id", _activity(what, asked))],
    }


def _asked(register: Register) -> dict[int, str]:
    """Request -> gemeente/instrument: a line of a request, or of the removal it led to, holds only its number."""
    with register.read() as connection:
        rows = connection.execute(select(requests.c.id, requests.c.area, requests.c.instrument))
        return {row.id: f"{row.area}/{row.instrument}" for row in rows}


def _activity(what: dict[str, Any], asked: Mapping[int, str]) -> str:
    """URI of the activity in the verwerkingsregister, as `exports.activities` names it."""
    scope = what.get("scope") or asked.get(what.get("request", 0))
    if isinstance(what.get("delivery"), str):
        area, instrument = what["delivery"].split(".")[:2]
    elif isinstance(scope, str) and "/" in scope:
        area, instrument = scope.split("/")[:2]
    else:
        area, instrument = what.get("area") or "landelijk", "toegangspeil"
    return f"urn:toegangspeil:verwerking:{area}:{instrument}"


def _nanoseconds(at: str) -> int:
    moment = moment_of(at)
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000_000 + moment.microsecond * 1_000


def _attribute(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": value}}
