"""Slow work in the background, one piece at a time, kept while what it is about stays the same."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from typing import Generic, TypeVar

T = TypeVar("T")


class Desk(Generic[T]):
    """Asks for the same thing give the same answer; a page that waits too long shows that it is being worked on."""

    def __init__(self, name: str, *, kept: int = 50) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._kept = kept
        self._made: dict[str, Future[T]] = {}

    def of(self, mark: str, work: Callable[[], T], *, patience: float) -> T | None:
        """The result for a mark; None while it is still being worked out."""
        if mark not in self._made:
            if len(self._made) >= self._kept:
                self._made.pop(next(iter(self._made)))
            self._made[mark] = self._worker.submit(work)
        try:
            return self._made[mark].result(patience)
        except TooSlow:
            return None
