"""docs/plaatjes, made in a real browser on a fresh demo home: `python tests/docs/docs_plaatjes.py HOME`. Look at each.

HOME comes from `toegangspeil demo --home HOME`; what is done here to have something to show (a sample that was read, a
contribution that waits) stays in it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT), str(ROOT / "tests" / "portal")]
PICTURES = ROOT / "docs" / "plaatjes"
AREA = "GM9001"
OFFICER, STEWARD, ANALYST = f"privacy_officer-{AREA}", f"data_steward-{AREA}", f"analyst-{AREA}"
WIDE = 1280
BETTER = "vraag=ceo09_redden&naast=GM9005"
SHOTS = (
    ("portaal-vergelijken", ANALYST, "/vergelijken", 1150),
    ("portaal-alle-vragen", ANALYST, "/vergelijken/alle", 1100),
    ("portaal-jaren", ANALYST, f"/vergelijken/jaren?{BETTER}", 1400),
    ("portaal-perspectieven", OFFICER, "/perspectieven", 1000),
    ("portaal-nakijken", OFFICER, "/nakijken", 900),
)
CEO = (
    "vindbaarheid", "snelheid", "serieus", "samen_oplossing", "clientondersteuner", "kwaliteit", "passend",
    "doen_wat_ik_wil", "redden", "kwaliteit_leven",
)  # fmt: skip


@contextmanager
def served_home(home: Path) -> Iterator[str]:
    """The portal over this home."""
    from chromium import served

    from portal.app import create_app
    from portal.house import open_house
    from storage.settings import read_settings
    from toegangspeil.road import Road

    with open_house(read_settings(home, {}), {}) as house, served(create_app(house, station=Road(house))) as address:
        yield address


def offer_again(home: Path) -> int:
    """A contribution that waits for its two signatures."""
    from domain.vocabulary import Role
    from pipelines import contributing
    from pipelines.house import open_house
    from register.contributions import ContributionState, list_contributions
    from storage.settings import read_settings
    from toegangspeil.demo.road import demo_actor

    with open_house(read_settings(home, {}), {}) as house:
        waiting = [one.id for one in list_contributions(house.register, states=(ContributionState.PREPARED,))]
        if waiting:
            return waiting[-1]
        (made,) = contributing.prepare(house, [AREA], None, by=demo_actor(house, Role.DATA_STEWARD, AREA))
    return made.id


def entered(browser, address: str, user: str, width: int = WIDE):
    """A page of somebody who is signed in."""
    page = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, locale="nl-NL").new_page()
    page.goto("/inloggen")
    page.get_by_label("Gebruikersnaam").fill(user)
    page.get_by_label("Wachtwoord").fill("demo")
    page.get_by_role("button", name="Inloggen").click()
    return page


def shoot(page, name: str, height: int) -> None:
    """The top of a page, so many pixels high."""
    page.evaluate("document.activeElement.blur()")
    box = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, clip=box)


def read_sample(page, texts: int = 34) -> None:
    """Read so many texts of the sample; in every sixteenth something is left."""
    page.goto("/nakijken/steekproef")
    for at in range(texts):
        page.locator("button[data-key]").nth(1 if at % 16 == 8 else 0).click()
        page.wait_for_load_state()


def upload(page, folder: Path) -> None:
    """The second step of delivering: what was recognised."""
    headers = ["respondent", "leeftijd", "naam", *(f"ceo{n:02}_{name}" for n, name in enumerate(CEO, 1))]
    file = folder / "ceo.csv"
    file.write_text(";".join(headers) + "\n" + ";".join("1" * len(headers)) + "\n", encoding="utf-8")
    page.goto("/aanleveringen/nieuw")
    page.set_input_files("#f-bestanden", file)
    page.get_by_role("button", name="Verder").click()


def main() -> None:
    """Every picture, one after another."""
    from tempfile import TemporaryDirectory

    from chromium import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    home = Path(sys.argv[1]).resolve()
    number = offer_again(home)
    with served_home(home) as address, sync_playwright() as started, TemporaryDirectory() as folder:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {user: entered(browser, address, user) for user in (OFFICER, STEWARD, ANALYST)}
        read_sample(pages[OFFICER])
        for name, user, path, height in SHOTS:
            pages[user].goto(path)
            shoot(pages[user], name, height)
        officer = pages[OFFICER]
        officer.goto(f"/bijdragen/{number}")
        while officer.get_by_text("Even geduld").count():
            officer.reload()
        shoot(officer, "portaal-vrijgavebesluit", 1050)
        upload(pages[STEWARD], Path(folder))
        shoot(pages[STEWARD], "portaal-aanleveren", 1250)
        report = entered(browser, address, OFFICER, 1000)
        report.goto(f"/rapporten/demo-2026/{AREA}.html")
        shoot(report, "rapport", 1500)
        browser.close()


if __name__ == "__main__":
    main()
