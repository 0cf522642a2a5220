"""How far a release is, in four steps, for who prepared it."""

from portal.progress import BUSY, DONE, WAITS, WRONG, Step
from portal.speech import _
from register.permissions import Act
from register.releases import Release, ReleaseState
from register.work import FAILED, Task

STEPS = (
    _("Bijdragen vastgezet"),
    _("Cijfers gemaakt, beveiligd en aangevallen"),
    _("Goedgekeurd door een tweede persoon"),
    _("Gepubliceerd"),
)
_REACHED = {
    ReleaseState.DRAFT: 1, ReleaseState.RETURNED: 2, ReleaseState.REJECTED: 2, ReleaseState.SUBMITTED: 2,
    ReleaseState.APPROVED: 3, ReleaseState.PUBLISHED: 4,
}  # fmt: skip
_MAKES = {Act.RELEASE_PREPARE: ReleaseState.DRAFT, Act.RELEASE_PUBLISH: ReleaseState.APPROVED}


def refusal_of(release: Release, asked: Task | None) -> str:
    """Why the worker could not do what was asked last; nothing when it could, or when it is done otherwise by now."""
    failed = asked is not None and asked.state == FAILED and _MAKES[asked.act] is release.state
    return (asked.message or "") if failed and asked is not None else ""


def steps_of(release: Release, asked: Task | None) -> list[Step]:
    """The steps of a release that is on its way; none once it is out.

    asked: what was last asked of the worker; it makes a step busy, or wrong when it could not be done.
    """
    if release.state in (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN):
        return []
    reached = _REACHED[release.state]
    states = [DONE] * reached + [WAITS] * (len(STEPS) - reached)
    if release.state in (ReleaseState.RETURNED, ReleaseState.REJECTED):
        states[reached] = WRONG
    elif asked is not None and asked.open:
        states[reached] = BUSY
    elif refusal_of(release, asked):
        states[reached] = WRONG
    return [Step(words, state) for words, state in zip(STEPS, states, strict=True)]
