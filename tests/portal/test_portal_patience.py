"""Requests that arrive drop by drop: refused in time, while everybody else is answered."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from portal import patience
from portal.patience import PatientProtocol

HEAD = b"POST /analyze HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n"
FORM = b"POST /inloggen HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
FORM += b"content-length: 200\r\n\r\n"


@pytest.fixture(scope="module")
def port(app) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", http=PatientProtocol))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD", 0.5)
    monkeypatch.setattr(patience, "BODY", 0.5)
    monkeypatch.setattr(patience, "SLOWEST", 10**9)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as found:
        yield found


def dribbled(client: socket.socket, rest: bytes) -> bytes:
    """All that came back while one byte was sent every tenth of a second, until the server closed."""
    heard, began = b"", time.monotonic()
    client.settimeout(0.1)
    while time.monotonic() - began < 8:
        try:
            client.send(rest[:1])
            if not (piece := client.recv(4096)):
                return heard
            heard += piece
        except TimeoutError:
            continue
        except OSError:
            return heard
    raise AssertionError("the server still waits")


@pytest.mark.parametrize(
    ("begun", "rest"), [(b"", b""), (b"GET / HT", b""), (b"GET / HTTP/1.1\r\nhost: localhost\r\nx-a: ", b"a")]
)
def test_headers_that_do_not_come_close_the_connection(port, begun, rest):
    with connected(port) as client:
        client.send(begun)
        assert dribbled(client, rest) == b""


@pytest.mark.parametrize(("head", "said"), [(HEAD, b"application/json"), (FORM, b"Dit duurde te lang")])
def test_a_body_that_does_not_come_is_refused_in_words(port, head, said):
    with connected(port) as client:
        client.send(head)
        heard = dribbled(client, b" ")
    assert heard.startswith(b"HTTP/1.1 408")
    assert said in heard


def test_somebody_else_is_answered_meanwhile_and_again_on_the_same_connection(port):
    with connected(port) as slow, connected(port) as client:
        slow.send(HEAD)
        for _ in range(2):
            client.send(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
            assert client.recv(4096).startswith(b"HTTP/1.1 200")
            time.sleep(0.3)


def test_an_answer_may_take_longer_than_a_body(port, monkeypatch):
    body = b'{"text": "Bel 06-12345678", "language": "nl"}'
    head = HEAD.replace(b"200", str(len(body)).encode())
    with connected(port) as client:
        client.send(head)
        time.sleep(0.3)
        client.send(body)
        assert client.recv(4096).startswith(b"HTTP/1.1 200")
