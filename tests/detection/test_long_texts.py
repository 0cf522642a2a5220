"""A long text of names only takes no longer per word than a short one."""

import random
import time

import pytest

SYLLABLES = ["ba", "ke", "lo", "mi", "ru", "ta", "vos", "den", "hof", "berg", "stra", "mel", "kin", "dro", "fa"]
NAMED = "Fatima El Amrani, Jan de Vries en Kees Bakker belde. Mevr. Smeding-Veenman, piet jansen en Youssef. "


def strangers(count: int) -> str:
    """Made-up names that all differ."""
    chance = random.Random(2)
    return ", ".join("".join(chance.choices(SYLLABLES, k=4)).capitalize() for _ in range(count))


TEXTS = {
    "the same names": NAMED * 900,
    "names that all differ": strangers(9_000),
    "names without an end": "Jan en Piet " * 7_000,
    "a title after a title": "de Heer " * 10_000,
    "relatives and their ages": "mijn zoon van 8 en Bram (11), " * 2_700,
}


def seconds(detector, text):
    began = time.process_time()
    detector.detect(text)
    return time.process_time() - began


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_four_times_the_text_takes_about_four_times_the_time(detector, text):
    seconds(detector, text[:5_000])
    short = min(seconds(detector, text[:20_000]) for _ in range(3))
    assert min(seconds(detector, text[:80_000]) for _ in range(2)) < 8 * short + 0.1
