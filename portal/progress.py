"""How far an upload is, in four steps that a steward understands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.delivery import DeliveryKey
from domain.vocabulary import DeliveryState
from portal.speech import _
from register import work
from register.deliveries import Delivery
from register.verdicts import Verdict
from register.work import Task
from storage.canonical import fingerprint

DONE, BUSY, WAITS, WRONG = "klaar", "bezig", "wacht", "mis"
STEPS = (
    _("Binnengekomen"),
    _("Gelezen en veilig weggezet"),
    _("Namen en andere gegevens weggehaald"),
    _("Gecontroleerd"),
)


@dataclass(frozen=True)
class Step:
    """One step and how it stands."""

    words: str
    state: str


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery of an upload. state: a word of `words.STATES`."""

    delivery: Delivery
    state: str
    reason: str


@dataclass(frozen=True)
class Progress:
    """An upload: its steps, and what came of it."""

    task: Task
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def over(self) -> bool:
        """Nothing will change any more."""
        return all(step.state in (DONE, WRONG) for step in self.steps) or self.failed

    @property
    def again(self) -> bool:
        """Exactly these files were accepted before, so that nothing changed."""
        return self.task.state == work.DONE and not self.outcomes

    @property
    def failed(self) -> bool:
        """A step went wrong: something has to be delivered again."""
        return any(step.state == WRONG for step in self.steps)


def source_of(area: str, folder: str) -> str:
    """The label under which the intake writes down what came of a folder."""
    return f"{area} zending {fingerprint(folder)[:8]}"


def outcome(one: Delivery, verdict: Verdict | None) -> Outcome:
    """A delivery with its state and reason in plain words; a stopped check counts as refused."""
    state, reason = one.state.value, one.on_screen if one.state is DeliveryState.QUARANTINED else ""
    if one.state is DeliveryState.ACCEPTED and verdict is None:
        state = "checking"
    elif one.state is DeliveryState.ACCEPTED and verdict and verdict.version == one.version and not verdict.passed:
        state, reason = "stopped", "; ".join(verdict.failed)
    return Outcome(one, state, reason)


def progress_of(task: Task, rows: Sequence[Delivery], judged: Mapping[DeliveryKey, Verdict]) -> Progress:
    """From the queue and the outcome rows of the upload."""
    found = [outcome(one, _verdict(one, judged)) for one in rows if one.source == source_of(task.area, task.name)]
    states = {one.state for one in found}
    read = WAITS if task.state == work.WAITING else BUSY
    steps = [DONE, read, WAITS, WAITS]
    if "quarantined" in states or (task.state == work.FAILED and not found):
        steps[1] = WRONG
    elif "checking" in states:
        steps[1:] = [DONE, BUSY, WAITS]
    elif "stopped" in states:
        steps[1:] = [DONE, DONE, WRONG]
    elif found or task.state == work.DONE:
        steps[1:] = [DONE, DONE, DONE]
    return Progress(task, tuple(Step(words, state) for words, state in zip(STEPS, steps, strict=True)), tuple(found))


def _verdict(one: Delivery, judged: Mapping[DeliveryKey, Verdict]) -> Verdict | None:
    """The verdict on this version; an older version was judged long ago."""
    verdict = judged.get(one.key) if one.key else None
    return verdict if verdict is not None and verdict.version >= one.version else None
