"""No regular expression can be made slow: 100 kB of the worst text against a linear baseline."""

import json
import re
import subprocess
import sys
import time
from functools import cache

import pytest

from tests.detection.recogniser_patterns import patterns

ADVERSARIAL = [
    "a" * 100_000,
    "1" * 100_000,
    "1 " * 50_000,
    "a1" * 50_000,
    "a." * 50_000,
    "-" * 100_000,
    "van " * 25_000,
    "1-" * 50_000,
    "straat " * 14_000,
    "ik ben nu al " * 7_500,
    "a@" * 50_000,
    "a-b." * 25_000,
    "mijn zoon van " * 7_000,
    "(" * 100_000,
    "1234 ab " * 12_500,
    "dossier nummer " * 6_600,
    "Aa " * 33_000,
    "06 " * 33_000,
    "insta er vol mee " * 6_000,
    "a_b" * 33_000,
    " " * 100_000,
    "twee jaar " * 10_000,
    "woon in " * 12_500,
    "burg. " * 16_000,
    "\n" * 100_000,
]


def seconds(pattern, text):
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


@cache
def linear():
    """What a plain pattern needs for the worst of the texts, on this machine."""
    return max(seconds(re.compile(r"(?:[a-z]{1,12}|\d{1,12})(?![\w])"), text) for text in ADVERSARIAL)


def test_none_is_missed():
    """Whatever detection compiles while it is imported stands among those that are timed here."""
    command = [sys.executable, "-m", "tests.detection.compiled_on_import"]
    made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert len(made) > 200
    assert set(made) - {pattern.pattern for pattern in patterns().values()} == set()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "pattern"), list(patterns().items()))
def test_bounded(name, pattern):
    worst = max(seconds(pattern, text) for text in ADVERSARIAL)
    assert worst < 150 * linear() + 1.5


@pytest.mark.parametrize(("name", "pattern"), list(patterns().items()))
def test_twice_the_text_takes_about_twice_the_time(name, pattern):
    short = max(seconds(pattern, text[:4_000]) for text in ADVERSARIAL)
    longer = max(seconds(pattern, text[:16_000]) for text in ADVERSARIAL)
    assert longer < 10 * short + 0.15
