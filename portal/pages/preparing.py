"""Uitgave klaarzetten: choose who takes part and for whom; the worker makes the tables, and publishes later."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from domain.errors import NotAllowed, ReleaseRefused, ToegangspeilError, WrongUsage
from domain.vocabulary import Audience
from portal.pages.releases import seen
from portal.speech import _
from portal.taking_part import (
    Candidate,
    absent,
    audiences_of,
    by_letter,
    candidates,
    contributed,
    delivered,
    metingen_of,
    named_in,
)
from portal.visit import SignedIn, Visit
from register import contributions, releases, work
from register.permissions import Act
from register.releases import Release, ReleaseState

router = APIRouter()
PAGE = "/uitgave-klaarzetten"


@dataclass(frozen=True)
class Choice:
    """What is chosen on the form."""

    name: str
    audience: str
    recipients: frozenset[str]
    numbers: frozenset[int]


@router.get(PAGE)
def choose(visit: SignedIn) -> Response:
    """A meting, and then who takes part, for whom, and who gets it; of a release that begins again as it was."""
    asked = visit.request.query_params
    visit.areas(Act.RELEASE_PREPARE)
    if not (name := asked.get("uitgave", "")):
        return form(visit, asked.get("meting", ""))
    before = seen(visit, name)
    return form(visit, asked.get("meting", "") or meting_of(visit, before), before=before)


@router.post(PAGE)
def prepare(visit: SignedIn) -> Response:
    """Freeze what was chosen and put it in the queue; the same form twice is one release."""
    visit.areas(Act.RELEASE_PREPARE)
    choice = typed(visit)
    asked = work.of_release(visit.house.register, choice.name)
    if asked is not None and asked.open and asked.by == visit.by.name:
        return visit.go(f"/uitgaven/{choice.name}", "samengesteld")
    try:
        freeze(visit, choice)
        work.ask(visit.house.register, Act.RELEASE_PREPARE, choice.name, by=visit.by)
    except NotAllowed:
        raise
    except ToegangspeilError as refusal:
        return form(visit, visit.text("meting"), choice=choice, problem=refusal.on_screen)
    return visit.go(f"/uitgaven/{choice.name}", "samengesteld")


@router.post("/uitgaven/{name}/opnieuw")
def again(name: str, visit: SignedIn) -> Response:
    """The same contributions once more, after it could not be done."""
    seen(visit, name)
    work.ask(visit.house.register, Act.RELEASE_PREPARE, name, by=visit.by)
    return visit.go(f"/uitgaven/{name}", "samengesteld")


@router.post("/uitgaven/{name}/publiceren")
def publish(name: str, visit: SignedIn) -> Response:
    """Ask the worker to publish what a second person approved; a second click finds it done."""
    if seen(visit, name).state is not ReleaseState.PUBLISHED:
        work.ask(visit.house.register, Act.RELEASE_PUBLISH, name, by=visit.by)
    return visit.go(f"/uitgaven/{name}")


def form(
    visit: Visit, meting: str, *, before: Release | None = None, choice: Choice | None = None, problem: str = ""
) -> Response:
    """The page; `choice` is what was filled in when it could not be taken."""
    areas = visit.areas(Act.RELEASE_PREPARE)
    keys = delivered(visit.house, areas)
    metingen = sorted({key.meting for key in keys}, reverse=True)
    chosen = meting if meting in metingen else ""
    known = contributed(visit.house, chosen, areas) if chosen else []
    found = candidates(visit.house, known)
    whole = [one for one in found if not one.problem]
    late, nothing = absent(visit.house, known, [key for key in keys if key.meting == chosen], areas)
    return visit.page(
        "release_new.html",
        status=422 if problem else 200,
        metingen=metingen,
        meting=chosen,
        found=found,
        letters=by_letter(found),
        late=late,
        nothing=nothing,
        audiences=audiences_of(whole),
        recipients=named_in(whole),
        many=len(whole),
        problem=problem,
        again=before.name if before else visit.text("opnieuw"),
        given=choice or (as_before(before) if before else suggested(visit, chosen, whole)),
    )


def freeze(visit: Visit, choice: Choice) -> None:
    """A draft of what was chosen, from what is on the form only."""
    known = contributed(visit.house, visit.text("meting"), visit.areas(Act.RELEASE_PREPARE))
    offered = candidates(visit.house, known)
    if not choice.numbers <= {one.one.id for one in offered} or not choice.recipients <= named_in(offered).keys():
        raise WrongUsage(_("kies bijdragen en ontvangers uit de lijst"))
    if choice.audience not in set(Audience):
        raise WrongUsage(_("kies uit de lijst voor wie de uitgave is"))
    check_free(visit, choice.name)
    releases.prepare(
        visit.house.register, choice.name, choice.numbers, audience=Audience(choice.audience),
        recipients=choice.recipients, by=visit.by,
    )  # fmt: skip


def check_free(visit: Visit, name: str) -> None:
    """Raise ReleaseRefused for a name that is taken, but for the release that this form begins again."""
    taken = {one.name: one.state for one in releases.list_releases(visit.house.register)}
    begins_again = name == visit.text("opnieuw") and taken.get(name) in (ReleaseState.DRAFT, ReleaseState.RETURNED)
    if name in taken and not begins_again:
        raise ReleaseRefused(_("er is al een uitgave die zo heet; kies een andere naam"))


def typed(visit: Visit) -> Choice:
    """What is on the form that came in."""
    several = {name: [one for one in visit.form.getlist(name) if isinstance(one, str)] for name in ("van", "naar")}
    numbers = frozenset(int(one) if one.isascii() and one.isdigit() and len(one) < 10 else 0 for one in several["van"])
    return Choice(visit.text("naam"), visit.text("voor"), frozenset(several["naar"]), numbers)


def as_before(release: Release) -> Choice:
    """What a release that begins again was made of."""
    numbers = frozenset(number for number, _content in release.contributions)
    return Choice(release.name, release.audience.value, frozenset(release.recipients), numbers)


def suggested(visit: Visit, meting: str, whole: list[Candidate]) -> Choice:
    """What it most likely has to be: everybody, for as many readers as all of them allow."""
    allowed = [to for to, against in audiences_of(whole).items() if not against]
    taken = {one.name for one in releases.list_releases(visit.house.register)}
    names = (f"uitgave-{meting}{again}" for again in ("", *(f"-{n}" for n in range(2, 2 + len(taken)))))
    return Choice(
        next(name for name in names if name not in taken),
        (allowed or [Audience.EIGEN])[-1].value,
        frozenset(name for name, many in named_in(whole).items() if many == len(whole)),
        frozenset(one.one.id for one in whole),
    )


def meting_of(visit: Visit, release: Release) -> str:
    """The meting that most contributions of a release share."""
    found = [contributions.get(visit.house.register, number) for number, _content in release.contributions]
    every = [meting for one in found for meting in metingen_of(one)]
    return max(sorted(set(every)), key=every.count, default="")
