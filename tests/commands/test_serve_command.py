"""`serve` for real: what is delivered while it runs is processed, also after its watcher was killed. Slow."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from register import deliveries
from tests.commands.typed import Typed, write_ceo

SECONDS = 120


@contextmanager
def served(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "toegangspeil", "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            await_that(lambda: answers(f"http://127.0.0.1:{port}/health"))
            yield running
        finally:
            running.terminate()
            running.wait(30)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def await_that(true: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.5)


def watchers(serving: subprocess.Popen[bytes]) -> list[int]:
    """Process ids of what this `serve` started to watch the inbox."""
    found = []
    for task in Path(f"/proc/{serving.pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"--watch" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


def states(say: Typed) -> list[str]:
    with say.house() as house:
        return [row.state.value for row in deliveries.list_all(house.register)]


@pytest.mark.slow
def test_what_is_delivered_is_processed_also_after_a_kill(empty: Typed, tmp_path: Path) -> None:
    with served(empty.home) as serving:
        await_that(lambda: len(watchers(serving)) == 1)
        (first,) = watchers(serving)
        os.kill(first, signal.SIGKILL)
        folder = write_ceo(tmp_path / "zending")
        assert empty("deliver", str(folder), user="data_steward-GM9001").code == 0
        await_that(lambda: states(empty) == ["accepted"])
        (second,) = watchers(serving)
        assert second != first
    assert not Path(f"/proc/{second}").exists(), "it ends with the portal"
