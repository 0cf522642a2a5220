"""How often a text still leaks is said on three pages: all say the same, and it is what was counted."""

import re

import pytest
from docs_pages import ROOT

from quality.wilson import wilson

COUNTED = r"(?P<part>\d+) of (?P<whole>[\d,]+)"
SAID = {
    "README.md": rf"(?P<share>[\d.]+) % of those with a direct identifier leak at least one \({COUNTED}\) "
    r"\[95 %: (?P<low>[\d.]+)–(?P<high>[\d.]+)\]",
    "docs/explanation/detection.md": rf"On the unread sets {COUNTED} texts leak, \*\*(?P<share>[\d.]+) % "
    r"\((?P<low>[\d.]+)–(?P<high>[\d.]+)\)",
    "docs/handleiding/privacy-officer.md": r"bleef bij (?P<share>[\d,]+) % van de teksten met een naam of nummer er "
    r"minstens één staan \[(?P<low>[\d,]+)–(?P<high>[\d,]+)\]",
}


def said_on(page: str) -> dict[str, str]:
    found = re.search(SAID[page], (ROOT / page).read_text("utf-8"))
    assert found is not None, f"{page} does not say how often a text still leaks"
    return found.groupdict()


@pytest.mark.parametrize("page", SAID)
def test_every_page_says_how_often_a_text_still_leaks(page: str) -> None:
    counted, said = said_on("README.md"), said_on(page)
    part, whole = int(counted["part"]), int(counted["whole"].replace(",", ""))
    low, high = wilson(part, whole) or (0.0, 1.0)
    shown = [f"{100 * share:.1f}" for share in (part / whole, low, high)]
    assert [said[name].replace(",", ".") for name in ("share", "low", "high")] == shown
    if "part" in said:
        assert (said["part"], said["whole"]) == (counted["part"], counted["whole"])


def test_no_page_calls_a_goal_reached_that_is_not() -> None:
    reached = float(said_on("README.md")["share"]) <= 3
    assert ("is nog niet gehaald" in (ROOT / "docs/handleiding/privacy-officer.md").read_text("utf-8")) != reached
