"""The Logboek Dataverwerkingen: every act on personal data as an OTLP JSON span. No name of a user or a resident.

Fields and attribute names: MinBZK, Logboek Dataverwerkingen, component Logboek (trace, operation, status, times,
`dpl.core.processing_activity_id`). A trace is one delivery or one act; ids are hashes, so an export can be repeated.
An act on several studies, such as a release, is a span of each: an activity is a gemeente and an instrument.
"""

import json
from collections.abc import Iterable, Mapping, Set
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from register import ledger
from register.contributions import list_contributions
from register.permissions import Act
from register.releases import list_releases
from register.retention import list_destructions
from register.store import Register, moment_of
from register.tables import requests, review

_PERSONAL = (
    Act.DELIVERY_RECORD, Act.QUARANTINE_GIVE_BACK, Act.VERDICT_RECORD, Act.CONSENT_RECORD, Act.REQUEST_RECEIVE,
    Act.REQUEST_DECIDE, Act.REQUEST_ENCLOSE, Act.CONTRIBUTION_PREPARE, Act.RETENTION_CARRY_OUT, Act.REVIEW_ADD,
    Act.REVIEW_DECIDE,
    "removal.planned", "removal.switched", "removal.done", "release.published", "release.withdrawn", "microdata.made",
)  # fmt: skip
_OK, _ERROR = 1, 2
Study = tuple[str, str]
Known = Mapping[str, Mapping[Any, Set[Study]]]
"""Request, doubtful place, contribution, release and destruction -> gemeenten with instruments."""


def processing_log(register: Register, *, since: int = 0, version: str = "") -> dict[str, Any]:
    """OTLP JSON of every act on personal data after ledger line `since`."""
    resource = [_attribute("service.name", "toegangspeil"), _attribute("service.version", version)]
    scope = {"scope": {"name": "toegangspeil.register"}, "spans": list(_spans(register, since))}
    return {"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope]}]}


def _spans(register: Register, since: int) -> Iterable[dict[str, Any]]:
    known = _known(register)
    step = 10_000
    while lines := ledger.read_lines(register, since=since, limit=step):
        for line in lines:
            content = json.loads(line)
            since = content["seq"]
            if content["act"] in _PERSONAL:
                yield from (_span(content, activity) for activity in _activities(content["what"], known))


def _span(line: dict[str, Any], activity: str) -> dict[str, Any]:
    what = line["what"]
    subject = str(
        what.get("delivery") or what.get("scope") or what.get("release") or what.get("request") or line["seq"]
    )
    moment = str(_nanoseconds(line["at"]))
    return {
        "traceId": sha256(f"trace:{subject}".encode()).hexdigest()[:32],
        "spanId": sha256(f"span:{line['seq']}:{line['act']}:{activity}".encode()).hexdigest()[:16],
        "name": line["act"],
        "kind": 1,
        "startTimeUnixNano": moment,
        "endTimeUnixNano": moment,
        "status": {"code": _ERROR if what.get("state") == "quarantined" or what.get("passed") is False else _OK},
        "attributes": [_attribute("dpl.core.processing_activity_id", activity)],
    }


def _known(register: Register) -> Known:
    """What a line that holds only a number or a name is about."""
    with register.read() as connection:
        asked = connection.execute(select(requests.c.id, requests.c.area, requests.c.instrument)).all()
        doubts = connection.execute(select(review.c.id, review.c.key)).all()
    contributed = {
        one.id: {(part.key.area, part.key.instrument) for part in one.content.parts}
        for one in list_contributions(register)
    }
    return {
        "request": {row.id: {(row.area, row.instrument)} for row in asked},
        "doubt": {row.id: {_study(row.key, ".")} for row in doubts},
        "contribution": contributed,
        "release": {
            one.name: {study for number, _content in one.contributions for study in contributed.get(number, ())}
            for one in list_releases(register)
        },
        "destruction": {
            one.id: {_study(kept.scope, "/") for kept in one.objects} for one in list_destructions(register)
        },
    }


def _activities(what: Mapping[str, Any], known: Known) -> list[str]:
    """URIs of the activities in the verwerkingsregister, as `exports.activities` names them."""
    found: Set[Study] = set()
    if isinstance(what.get("delivery"), str):
        found = {_study(what["delivery"], ".")}
    elif "/" in str(what.get("scope") or ""):
        found = {_study(what["scope"], "/")}
    else:
        found = next((known[name][what[name]] for name in known if what.get(name) in known[name]), found)
    studies = found or {(what.get("area") or "landelijk", "toegangspeil")}
    return [f"urn:toegangspeil:verwerking:{area}:{instrument}" for area, instrument in sorted(studies)]


def _study(name: str, mark: str) -> Study:
    """Gemeente and instrument of the name of a delivery or a scope."""
    area, instrument = name.split(mark)[:2]
    return area, instrument


def _nanoseconds(at: str) -> int:
    moment = moment_of(at)
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000_000 + moment.microsecond * 1_000


def _attribute(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": value}}
