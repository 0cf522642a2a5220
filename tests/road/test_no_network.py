"""No byte leaves the machine: the road of these tests is walked with every way out closed."""

import socket
import urllib.error
import urllib.request

import pytest

from tests.road.conftest import Walked, no_network
from tests.road.small_road import RELEASE


def test_the_closed_door_is_closed() -> None:
    with no_network():
        with pytest.raises(AssertionError):
            socket.create_connection(("127.0.0.1", 9))
        with pytest.raises(AssertionError), socket.socket() as end:
            end.connect(("127.0.0.1", 9))
        with pytest.raises((AssertionError, urllib.error.URLError)):
            urllib.request.urlopen("http://127.0.0.1:9", timeout=1)


def test_the_road_works_without_a_network_and_nothing_tried_it(walked: Walked) -> None:
    assert (walked.places.published / f"{RELEASE}.duckdb").exists()
    assert walked.attempts == []
