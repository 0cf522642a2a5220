"""Who takes part in a release of a meting: signed contributions, and why others are not in it. States only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.contribution import reaches
from domain.delivery import DeliveryKey
from domain.errors import ReleaseRefused
from domain.vocabulary import Audience
from portal.house import House
from portal.speech import _
from portal.words import listed
from register import contributions, deliveries, verdicts
from register.contributions import Contribution, ContributionState

_FEW = 12
Areas = frozenset[str] | None
"""Where somebody may prepare a release; None is everywhere."""


@dataclass(frozen=True)
class Candidate:
    """A signed contribution; `problem` says why it cannot go along as it is."""

    one: Contribution
    name: str
    metingen: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class Absent:
    """A gemeente or verband that does not take part in a meting, and why."""

    name: str
    why: str


def delivered(house: House, areas: Areas) -> list[DeliveryKey]:
    """What stands, where somebody may prepare a release."""
    return [key for key in deliveries.standing(house.register) if _is_in(key.area, areas)]


def contributed(house: House, meting: str, areas: Areas) -> list[Contribution]:
    """Contributions that hold this meting, however far they are."""
    every = contributions.list_contributions(house.register)
    return [one for one in every if _is_in(one.area, areas) and meting in metingen_of(one)]


def candidates(house: House, found: Iterable[Contribution]) -> list[Candidate]:
    """Of these the signed ones that are in no release yet, by name of the gemeente."""
    here = [one for one in found if _is_free(one)]
    problems = _problems(house, here)
    every = [Candidate(one, house.name_of(one.area), metingen_of(one), problems.get(one.id, "")) for one in here]
    return sorted(every, key=lambda one: (one.name.casefold(), one.one.id))


def by_letter(found: Sequence[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Candidates under the first letter of their name, so that a form of hundreds fits on a phone; a few under ''."""
    if len(found) <= _FEW:
        return [("", list(found))] if found else []
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        groups[next((sign for sign in one.name.upper() if sign.isalpha()), "#")].append(one)
    return sorted(groups.items())


def absent(
    house: House, found: Iterable[Contribution], keys: Collection[DeliveryKey], areas: Areas
) -> tuple[list[Absent], list[str]]:
    """Who is busy with a meting but not signed, with what is missing; and who delivered nothing for it,
    alone or in a verband.

    found, keys: the contributions and what stands of that meting.
    """
    standing: dict[str, list[Contribution]] = defaultdict(list)
    for one in found:
        standing[one.area].append(one)
    judged = verdicts.latest_many(house.register, keys)
    passed: dict[str, bool] = defaultdict(bool)
    for key in keys:
        passed[key.area] |= key in judged and judged[key].passed
    busy = passed.keys() | standing.keys()
    late = [
        Absent(house.name_of(area), _why(standing[area], passed[area]))
        for area in busy
        if not any(_is_free(one) for one in standing[area])
    ]
    with_others = {member for area in busy if area in house.gemeenten for member in house.gemeenten[area].members}
    nothing = [area for area in house.gemeenten if _is_in(area, areas) and area not in busy | with_others]
    return sorted(late, key=lambda one: one.name.casefold()), sorted(map(house.name_of, nothing), key=str.casefold)


def named_in(found: Sequence[Candidate]) -> dict[str, int]:
    """Who is named as a recipient, and in how many of these contributions."""
    return dict(sorted(Counter(name for one in found for name in one.one.content.recipients).items()))


def audiences_of(found: Sequence[Candidate]) -> dict[Audience, int]:
    """For every audience, how many of these contributions do not allow it."""
    return {to: sum(not reaches(one.one.content.zichtbaar_voor, to) for one in found) for to in Audience}


def metingen_of(one: Contribution) -> tuple[str, ...]:
    """The metingen in a contribution."""
    return tuple(sorted({part.key.meting for part in one.content.parts}))


def _problems(house: House, found: Sequence[Contribution]) -> dict[int, str]:
    """Why contributions were changed since they were signed; looked at one by one only when something is wrong."""
    try:
        contributions.frozen(house.register, [one.id for one in found])
    except ReleaseRefused:
        return {one.id: reason for one in found if (reason := _problem(house, one.id))}
    return {}


def _problem(house: House, number: int) -> str:
    try:
        contributions.frozen(house.register, [number])
    except ReleaseRefused as refusal:
        return refusal.on_screen
    return ""


def _why(found: Sequence[Contribution], passed: bool) -> str:
    """What is still missing, from the newest contribution on; of deliveries only whether one passed the checks."""
    for one in reversed(found):
        if one.state is ContributionState.PREPARED:
            missing = [who for who, done in _SIGNERS if getattr(one, done) is None]
            return _("wacht op {who}", who=listed(missing))
        if one.state is ContributionState.RETURNED:
            return _("de bijdrage is teruggestuurd")
        if one.state is ContributionState.PUBLISHED:
            return _("al gepubliceerd in uitgave {name}", name=one.release)
    if passed:
        return _("aangeleverd; de bijdrage is nog niet klaargezet")
    return _("aangeleverd; de controle is nog niet doorstaan")


_SIGNERS = ((_("de privacy officer"), "rules_followed_by"), (_("de proceseigenaar"), "released_by"))


def _is_free(one: Contribution) -> bool:
    return one.state is ContributionState.SIGNED and one.release is None


def _is_in(area: str, areas: Areas) -> bool:
    return areas is None or area in areas
