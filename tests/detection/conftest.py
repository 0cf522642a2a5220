"""One detector for all tests of detection: the lists are read once."""

import pytest

from anonymisation.engine import Detector
from anonymisation.text import build_detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    """Rules and lists, no model."""
    return build_detector(ner="none")
