"""Regels: a policy in words, what it changes, a try-out on made-up text; approve or return."""

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import PolicyRefused
from domain.policy import Policy
from portal.policy_words import columns, in_words, labelled, names_of
from portal.trying import tried
from portal.visit import SignedIn, Visit
from portal.visit_errors import Missing
from portal.whatif import Compared, RulesDesk, last_delivery
from portal.words import ENTITIES, ENTITY_DOES
from register import policies
from register.moves import CAREFUL
from register.permissions import Act
from register.policies import PolicyState, PolicyVersion
from register.strictness import Change

router = APIRouter(prefix="/regels")
EXAMPLE = (
    "Mevrouw Verzonnen, Voorbeeldstraat 12 in Denkstad, belde op 3 maart met consulent Piet Proef. "
    "Ze is 84 jaar, heeft reuma en haar nummer is 06-00000000. Het gesprek was fijn."
)
LONGEST = 2000


@router.get("")
def overview(visit: SignedIn) -> Response:
    """Versions in the areas of this person, and the try-out."""
    return visit.page("policies.html", rows=by_study(visit), example=EXAMPLE, tried=None)


@router.post("/proberen")
def try_out(visit: SignedIn) -> Response:
    """Clean one made-up text and say what was found; nothing of it is kept."""
    rows, text = by_study(visit), visit.text("tekst")[:LONGEST]
    return visit.page("policies.html", rows=rows, example=text, tried=tried(visit.house, text))


def by_study(visit: Visit) -> list[PolicyVersion]:
    """Versions in the areas of this person: what waits for a decision, then by the name of the study, newest first."""
    areas, books = visit.areas(Act.SEE_POLICY), visit.house.codebooks
    rows = [one for one in policies.versions(visit.house.register) if in_sight(one, areas)]

    def place(one: PolicyVersion) -> tuple[bool, str, str, int]:
        book = one.policy.codebook
        return one.state is not PolicyState.SUBMITTED, books.get(book).title.casefold(), book, -one.id

    return sorted(rows, key=place)


@router.get("/{number:int}")
def show(number: int, visit: SignedIn) -> Response:
    """One version in words."""
    found = seen(visit, number)
    policy = found.policy
    book = visit.house.codebooks.get(policy.codebook)
    names = names_of(book)
    held = in_force(visit, found)
    areas, area, effect, asked = effects_of(visit, found)
    return visit.page(
        "policy.html",
        one=found,
        policy=policy,
        columns=columns(held[0] if held else None, policy, book),
        breakdowns=labelled(policy.breakdowns, names),
        called=lambda code: labelled([code], names)[0],
        areas=[(area, visit.house.name_of(area)) for area in areas],
        area=area,
        effect=effect,
        asked=asked,
        entities=entities_of(policy),
        changes=[in_words(change, names) for change in changes_of(visit, found)],
        first=not before(visit, found),
        may_decide=found.state is PolicyState.SUBMITTED and visit.may(Act.POLICY_DECIDE, policy.gemeente),
        own_work=visit.by.name in found.authors,
        may_submit=found.state is PolicyState.DRAFT and visit.may(Act.POLICY_SUBMIT, policy.gemeente),
        careful=CAREFUL,
    )


@router.post("/{number:int}/goedkeuren")
def approve(number: int, visit: SignedIn) -> Response:
    """Approve exactly what was on the screen."""
    seen(visit, number)
    policies.approve(visit.house.register, number, seen=visit.text("gezien"), by=visit.by)
    return visit.go(f"/regels/{number}", "goedgekeurd")


@router.post("/{number:int}/terugsturen")
def send_back(number: int, visit: SignedIn) -> Response:
    """Back to the author, with a comment."""
    seen(visit, number)
    policies.send_back(visit.house.register, number, comment=visit.text("uitleg"), by=visit.by)
    return visit.go(f"/regels/{number}", "teruggestuurd")


@router.post("/{number:int}/indienen")
def submit(number: int, visit: SignedIn) -> Response:
    """Offer a draft for approval."""
    seen(visit, number)
    policies.submit(visit.house.register, number, by=visit.by)
    return visit.go(f"/regels/{number}", "ingediend")


def entities_of(policy: Policy) -> list[tuple[str, list[str]]]:
    """What happens to personal details in texts, with the kinds it happens to."""
    found: dict[str, list[str]] = {}
    for name, does in policy.entities.items():
        found.setdefault(ENTITY_DOES.get(does, does), []).append(ENTITIES[name])
    return [(does, sorted(kinds)) for does, kinds in found.items()]


def in_sight(one: PolicyVersion, areas: frozenset[str] | None) -> bool:
    """Base rules are for everybody who sees rules; an overlay only for its own gemeente."""
    return areas is None or one.policy.gemeente is None or one.policy.gemeente in areas


def seen(visit: Visit, number: int) -> PolicyVersion:
    """A version in sight; else it is not there."""
    areas = visit.areas(Act.SEE_POLICY)
    try:
        found = policies.version(visit.house.register, number)
    except PolicyRefused:
        raise Missing from None
    if not in_sight(found, areas):
        raise Missing
    return found


def changes_of(visit: Visit, found: PolicyVersion) -> list[Change]:
    """Against what is in force for the same codebook; nothing when these are its first rules."""
    return policies.changes(visit.house.register, found.id) if before(visit, found) else []


def before(visit: Visit, found: PolicyVersion) -> list[PolicyVersion]:
    """Other approved rules for the same codebook that hold where these are about."""
    return [
        one
        for one in policies.versions(visit.house.register, states=(PolicyState.APPROVED,))
        if one.id != found.id
        and one.policy.codebook == found.policy.codebook
        and one.policy.gemeente in (None, found.policy.gemeente)
    ]


def in_force(visit: Visit, found: PolicyVersion, area: str = "") -> tuple[Policy, str] | None:
    """The rules that hold now where these are about (or in one area of it) with their mark; None before the first
    approval.
    """
    policy = found.policy
    mark = visit.house.codebooks.fingerprint(policy.codebook)
    try:
        return policies.approved_policy(
            visit.house.register, policy.gemeente or area, policy.instrument, policy.codebook, mark,
            visit.house.register.clock(),
        )  # fmt: skip
    except PolicyRefused:
        return None


def effects_of(visit: Visit, found: PolicyVersion) -> tuple[list[str], str, Compared | None, bool]:
    """Areas to choose from, the chosen one, the effect there beside that of the rules that hold now, and whether it is
    asked at all (real counts).
    """
    areas = visit.areas(Act.SEE_POLICY)
    only = {found.policy.gemeente} if found.policy.gemeente else None
    mine = [
        area for area in sorted(visit.house.gemeenten if areas is None else areas)
        if visit.may(Act.SEE_COUNTS, area) and (only is None or area in only)
        and last_delivery(visit.house, found.policy.codebook, area) is not None
    ]  # fmt: skip
    asked = visit.request.query_params.get("gemeente", "")
    area = asked if asked in mine else (mine[0] if mine else "")
    if not area:
        return [], "", None, False
    return mine, area, compared(visit, found, area), True


def compared(visit: Visit, found: PolicyVersion, area: str) -> Compared | None:
    """The effect of rules in an area beside what holds there now; None while one of both is being worked out."""
    rules_desk: RulesDesk = visit.request.app.state.rules_desk
    held = in_force(visit, found, area)
    then = rules_desk.of(found.policy, found.fingerprint, area)
    if then is None or held is None or held[1] == found.fingerprint:
        return Compared(then) if then else None
    now = rules_desk.of(*held, area)
    return Compared(then, None if now.refusal else now) if now else None
