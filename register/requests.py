"""Requests of residents: received without a name, routed by legal basis, decided within a month, answered by letter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.consent import RequestKind, Route, route_request
from domain.dutch import day
from domain.errors import ConsentRefused
from domain.vocabulary import LegalBasis
from register.actors import Actor
from register.permissions import Act, check, seen_areas
from register.store import Register, stamp
from register.tables import requests

TERM = timedelta(days=30)


class RequestState(StrEnum):
    """Where a request stands; `carried_out` only where data had to go."""

    RECEIVED = "ontvangen"
    GRANTED = "toegewezen"
    REFUSED = "afgewezen"
    CARRIED_OUT = "uitgevoerd"


@dataclass(frozen=True)
class Request:
    """A request by number; the resident is at most a pseudonym."""

    id: int
    area: str
    instrument: str
    meting: str
    kind: RequestKind
    legal_basis: LegalBasis
    route: Route
    state: RequestState
    due_at: str
    pseudonym: str | None
    reason: str | None
    at: str
    reference: str = ""

    @property
    def scope(self) -> str:
        """What the pseudonym belongs to."""
        return f"{self.area}/{self.instrument}/{self.meting}"

    @property
    def removes(self) -> bool:
        """Whether granting it takes the person out of the data."""
        return self.route in (Route.WITHDRAW_CONSENT, Route.WEIGH_OBJECTION, Route.ERASE)

    @property
    def to_remove(self) -> bool:
        """Granted, and her data are still there."""
        return self.removes and self.state is RequestState.GRANTED

    @property
    def to_enclose(self) -> bool:
        """Inzage was granted of somebody who was found; what is held of her may go along, also once more."""
        granted = self.state in (RequestState.GRANTED, RequestState.CARRIED_OUT)
        return granted and self.route is Route.GIVE_ACCESS and self.pseudonym is not None


def receive(
    register: Register, area: str, instrument: str, meting: str, kind: RequestKind, basis: LegalBasis,
    *, pseudonym: str | None, by: Actor, asked_at: datetime | None = None, reference: str = "",
) -> Request:  # fmt: skip
    """Record a request. `pseudonym` comes from a code or identifier typed at a prompt; None: nobody could be found.

    asked_at: when the resident asked, from where the term runs; now, when it is not said.
    What the same person asked already and nobody decided yet comes back: a second click is no second request.
    reference: the mark that the resident got on the public page; a second one is written beside the first.
    """
    route = route_request(kind, basis, found=pseudonym is not None)
    with register.act() as writing:
        check(by, Act.REQUEST_RECEIVE, area)
        same = [requests.c.area == area, requests.c.instrument == instrument, requests.c.meting == meting]
        same += [requests.c.kind == kind.value, requests.c.pseudonym == pseudonym]
        open_ = requests.c.state == RequestState.RECEIVED.value
        asked = writing.connection.execute(select(requests).where(*same, open_)).first() if pseudonym else None
        if asked is not None:
            marks = (asked.reference or "").split()
            if not reference or reference in marks:
                writing.unchanged()
                return _request(asked)
            both = update(requests).where(requests.c.id == asked.id).values(reference=" ".join([*marks, reference]))
            writing.log(by, Act.REQUEST_RECEIVE, {"request": asked.id, "area": area, "again": True})
            return _request(writing.connection.execute(both.returning(requests)).one())
        values = {
            "area": area, "instrument": instrument, "meting": meting, "kind": kind.value,
            "legal_basis": basis.value, "route": route.value, "state": RequestState.RECEIVED.value,
            "received_by": by.name, "due_at": stamp((asked_at or writing.now) + TERM), "pseudonym": pseudonym,
            "at": writing.at, "reference": reference or None,
        }  # fmt: skip
        row = writing.connection.execute(insert(requests).values(**values).returning(requests)).one()
        writing.log(
            by, Act.REQUEST_RECEIVE, {"request": row.id, "area": area, "kind": kind.value, "route": route.value}
        )
        return _request(row)


def decide(register: Register, number: int, *, grant: bool, reason: str, by: Actor) -> Request:
    """Decide on a request, with a reason. What the route does not allow cannot be granted."""
    register.check_words(reason)
    with register.act() as writing:
        row = _get(writing.connection, number)
        check(by, Act.REQUEST_DECIDE, row.area)
        if row.state != RequestState.RECEIVED:
            raise ConsentRefused("op dit verzoek is al beslist; bekijk het opnieuw")
        if not reason.strip():
            raise ConsentRefused("de reden ontbreekt; schrijf op waarom u zo beslist, zonder namen")
        if grant and Route(row.route) in (Route.NO_CONSENT, Route.NO_OBJECTION, Route.NOBODY_FOUND):
            raise ConsentRefused("dit verzoek kan niet worden toegewezen; wijs het af en stuur de brief")
        state = RequestState.GRANTED if grant else RequestState.REFUSED
        values = {"state": state.value, "decided_by": by.name, "decided_at": writing.at, "reason": reason}
        changed = update(requests).where(requests.c.id == number).values(**values)
        writing.log(by, Act.REQUEST_DECIDE, {"request": number, "state": state.value, "reason": writing.mark(reason)})
        return _request(writing.connection.execute(changed.returning(requests)).one())


def enclose(register: Register, number: int, *, rows: int, by: Actor) -> Request:
    """Record that an officer takes out what is held of one person, to send along; the request is then carried out.

    rows: how many rows went along. Raises ConsentRefused unless inzage was granted and somebody was found.
    """
    with register.act() as writing:
        row = _get(writing.connection, number)
        check(by, Act.REQUEST_ENCLOSE, row.area)
        check_enclosable(_request(row))
        changed = update(requests).where(requests.c.id == number).values(state=RequestState.CARRIED_OUT.value)
        writing.log(by, Act.REQUEST_ENCLOSE, {"request": number, "rows": rows})
        return _request(writing.connection.execute(changed.returning(requests)).one())


def check_enclosable(request: Request) -> None:
    """Raise ConsentRefused unless this is granted inzage of somebody who was found."""
    if not request.to_enclose:
        raise ConsentRefused("een bijlage is er alleen bij een toegewezen verzoek om inzage van iemand die is gevonden")


def get(register: Register, number: int) -> Request:
    """One request; raises ConsentRefused when it does not exist."""
    with register.read() as connection:
        return _request(_get(connection, number))


def to_remove(register: Register) -> list[Request]:
    """Granted requests of people who are not out of the data yet, oldest first."""
    query = select(requests).where(requests.c.state == RequestState.GRANTED.value).order_by(requests.c.id)
    with register.read() as connection:
        return [one for one in map(_request, connection.execute(query)) if one.to_remove]


def list_requests(register: Register, *, by: Actor) -> list[Request]:
    """Requests in the areas this person may see, oldest first."""
    areas = seen_areas(by, Act.REQUEST_RECEIVE)
    query = select(requests).order_by(requests.c.id)
    if areas is not None:
        query = query.where(requests.c.area.in_(sorted(areas)))
    with register.read() as connection:
        return [_request(row) for row in connection.execute(query)]


_ANSWERS = {
    Route.NO_CONSENT: (
        "Dit onderzoek is een wettelijke taak van de gemeente. Wij hebben daarvoor geen toestemming gevraagd. "
        "Er is dus geen toestemming die u kunt intrekken. U kunt wel vragen om inzage of verwijdering."
    ),
    Route.NO_OBJECTION: (
        "Bezwaar is bij dit onderzoek niet mogelijk, omdat het op een andere grondslag rust. "
        "U kunt wel vragen om inzage of verwijdering."
    ),
    Route.NOBODY_FOUND: (
        "Wij kunnen uw antwoorden niet vinden. Er zijn geen antwoorden met uw code, of de sleutel waarmee wij ze "
        "konden vinden, is vernietigd. Daarom kunnen wij uw verzoek niet uitvoeren (artikel 11 van de AVG)."
    ),
}
_GRANTED = "Wij wijzen uw verzoek toe. Wij halen uw antwoorden weg."
_DONE = {
    Route.WITHDRAW_CONSENT: "Wij hebben vastgelegd dat u uw toestemming intrekt en uw antwoorden verwijderd.",
    Route.WEIGH_OBJECTION: "Wij geven u gelijk en hebben uw antwoorden verwijderd.",
    Route.ERASE: "Wij hebben uw antwoorden verwijderd.",
    Route.GIVE_ACCESS: "Bij deze brief vindt u de gegevens die wij van u hebben.",
}
_OBJECT = (
    "Bent u het hier niet mee eens? Dan kunt u binnen zes weken bezwaar maken bij de gemeente. "
    "U kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens."
)


def letter(request: Request, *, vastgesteld: list[str], title: str = "") -> str:
    """The answer to the resident (Dutch, no name).

    vastgesteld: published releases that stay as they are. title: the name of the study that a resident knows.
    """
    mark = f" en kenmerk {request.reference.replace(' ', ' en ')}" if request.reference else ""
    lines = ["Geachte mevrouw, meneer,", "", f"U deed een verzoek over het onderzoek {title or request.instrument} "
             f"({request.meting}). Uw verzoek heeft nummer {request.id}{mark}.", ""]  # fmt: skip
    if request.state is RequestState.RECEIVED:
        return "\n".join([*lines, f"Wij beslissen uiterlijk op {day(request.due_at)}.", ""])
    if request.state is RequestState.REFUSED:
        lines.append(_ANSWERS.get(request.route, "Wij wijzen uw verzoek af."))
        lines.append(f"De reden: {request.reason}")
    else:
        lines.append(_GRANTED if request.to_remove else _DONE[request.route])
        if vastgesteld and request.removes:
            lines.append(
                f"Uitkomsten die al zijn gepubliceerd ({', '.join(vastgesteld)}), blijven zoals ze zijn. "
                "Daarin is niemand herkenbaar. In nieuwe uitkomsten tellen uw antwoorden niet meer mee."
            )
    return "\n".join([*lines, "", _OBJECT, ""])


def _get(connection: Connection, number: int) -> Row[Any]:
    row = connection.execute(select(requests).where(requests.c.id == number)).first()
    if row is None:
        raise ConsentRefused(
            "dit verzoek bestaat niet; bekijk de lijst met: toegangspeil request list",
            on_screen="dit verzoek bestaat niet; bekijk de lijst op de pagina Verzoeken",
        )
    return row


def _request(row: Row[Any]) -> Request:
    return Request(
        row.id, row.area, row.instrument, row.meting, RequestKind(row.kind), LegalBasis(row.legal_basis),
        Route(row.route), RequestState(row.state), row.due_at, row.pseudonym, row.reason, row.at,
        row.reference or "",
    )  # fmt: skip
