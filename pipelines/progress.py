"""What `run` does: everything that waits, up to the gate, and the counts of it."""

from dataclasses import dataclass

from domain.delivery import DeliveryKey
from domain.errors import InputRejected
from domain.vocabulary import DeliveryState
from ingest import drafts
from pipelines import checking, inbox, intake, removing
from pipelines.house import House
from pipelines.runs import run_intake
from register import deliveries, verdicts
from register.deliveries import Delivery
from register.verdicts import Verdict
from storage.lock import file_lock


@dataclass(frozen=True)
class Done:
    """Counts of one `run`."""

    accepted: int
    quarantined: int
    closed: int
    again: int
    resumed: int = 0
    """Accepted earlier, and judged only now: they waited for rules, or for a run that was broken off."""

    @property
    def touched(self) -> int:
        """How many deliveries were looked at."""
        return self.accepted + self.quarantined + self.again + self.resumed

    def sentence(self) -> str:
        """One line for the operator."""
        done = self.accepted + self.resumed
        return (
            f"{done} {'aanlevering' if done == 1 else 'aanleveringen'} verwerkt, {self.quarantined} geweigerd, "
            f"{self.closed} gestopt bij de controle, {self.again} al eerder aangeleverd."
        )


def check_key(house: House, only: str) -> None:
    """Raises InputRejected for a key under which nothing waits and nothing was ever delivered."""
    key = DeliveryKey.parse(only)
    if key not in inbox.waiting_keys(house.places, house.register) and all(
        row.key != key for row in deliveries.list_all(house.register)
    ):
        raise InputRejected("--only: zo heet geen aanlevering; kijk met toegangspeil status hoe zij heet")


def run_waiting(house: House, only: str | None = None, *, bar: bool = False) -> Done:
    """Take everything that waits (or one key) up to the gate."""
    with file_lock(house.places.run_lock, timeout=600):
        return _run_waiting(house, only, bar)


def _run_waiting(house: House, only: str | None, bar: bool) -> Done:
    before = len(deliveries.list_all(house.register))
    removing.carry_out_granted(house)
    checking.finish_moves(house)
    intake.sweep(house)
    drafts.sweep(house.places)  # also under --watch, that tidies the rest once a day
    inbox.gather(house.places)
    intake.refuse_unreadable(house)
    again = intake.skip_known(house)
    keys = [str(key) for key in inbox.waiting_keys(house.places, house.register)]
    keys = [key for key in keys if only is None or key == only]
    waited = inbox.unjudged(house.register)
    if keys:
        _run(house, keys, bar)
    rows = deliveries.list_all(house.register)
    found = verdicts.latest_many(house.register)
    accepted = [row for row in rows[before:] if row.state is DeliveryState.ACCEPTED]
    resumed = _now_judged(house, rows[:before], waited)
    return Done(
        accepted=len(accepted),
        quarantined=sum(row.state is DeliveryState.QUARANTINED for row in rows[before:]),
        closed=sum(not _open(row, found.get(row.key)) for row in [*accepted, *resumed] if row.key),
        again=again,
        resumed=len(resumed),
    )


def _now_judged(house: House, earlier: list[Delivery], waited: list[DeliveryKey]) -> list[Delivery]:
    """Of what was accepted in an earlier run and waited: what has its verdict now."""
    judged = set(waited) - set(inbox.unjudged(house.register))
    return [row for row in earlier if row.key in judged and row.state is DeliveryState.ACCEPTED]


def _run(house: House, keys: list[str], bar: bool) -> None:
    if not bar:
        run_intake(house, keys)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Aanleveringen verwerken", total=len(keys))
        run_intake(house, keys, lambda done, _: progress.update(task, completed=done))


def _open(row: Delivery, verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.version == row.version and verdict.passed
