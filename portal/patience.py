"""How long a client may take to ask: who sends a request drop by drop would keep the place of everybody else."""

from asyncio import TimerHandle, Transport, get_running_loop, timeout_at

from starlette.types import Message, Receive
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 10.0
"""Seconds for the first line and the headers."""
BODY, SLOWEST = 30.0, 100_000
"""Seconds for any body, and the bytes a second that a large one gets time for on top of that."""


class TooSlow(Exception):
    """A body that did not arrive in time."""


def in_time(receive: Receive, limit: int) -> Receive:
    """The same messages; raises TooSlow when a body of at most `limit` bytes is not there in time.

    What comes after the body is only whether the client is still there: that may take as long as an answer takes.
    """
    until = get_running_loop().time() + BODY + limit / SLOWEST
    whole = False

    async def waited() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        whole = not message.get("more_body", False)
        return message

    return waited


class PatientProtocol(HttpToolsProtocol):
    """A connection on which headers do not arrive in time is closed; uvicorn itself waits for them for ever."""

    _waits: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Headers are awaited from the first moment."""
        super().connection_made(transport)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The next request on the same connection."""
        super().on_message_begin()
        self._await_headers()

    def on_headers_complete(self) -> None:
        """From here on the body has its own time."""
        self._stop_waiting()
        super().on_headers_complete()

    def _await_headers(self) -> None:
        self._stop_waiting()
        self._waits = self.loop.call_later(HEAD, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None
