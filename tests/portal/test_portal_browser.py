"""The journeys in a real browser: sign in, decide, compare; with axe-core, at 320 px, and without JavaScript."""

import re
from pathlib import Path

import pytest
from chromium import NEEDED
from small_home import OTHER, OWN

expect = pytest.importorskip("playwright.sync_api").expect
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
PAGES = {
    f"privacy_officer-{OWN}": (
        "/", "/bijdragen", "/bijdragen?meting=2027", "/bijdragen/3", "/uitgaven", "/aanleveringen", "/regels",
        "/regels/1", "/nakijken", "/nakijken/regels", "/vergelijken", "/vergelijken/alle", "/vergelijken/jaren",
        "/vergelijken/prioriteiten", "/vergelijken/respons", "/perspectieven", "/klantreis", "/gegevens",
        "/gegevens/woordenboek", "/verzoeken", "/verantwoording", "/verantwoording/rollen", "/bewaren", "/stukken",
        "/advies", "/teksten", "/datalek", "/rapporten/r1", "/bestaat-niet", "/mijn-inloggen",
        f"/stukken/dpia/{OWN}/toegangsscan.html", f"/rapporten/r1/{OWN}-inwoners.html", f"/rapporten/r1/{OWN}.html",
    ),
    f"privacy_officer-{OTHER}": ("/nakijken", "/nakijken/lijst", "/nakijken/steekproef"),
    f"data_steward-{OWN}": (
        "/", "/aanleveringen", "/aanleveringen/nieuw", "/nakijken", "/bevindingen/nieuw",
        "/verantwoording", "/bewaren", "/teksten", "/datalek",
    ),
    f"data_steward-{OTHER}": ("/bevindingen/nieuw",),
    f"analyst-{OWN}": ("/microdata", "/gegevens", "/vergelijken/jaren"),
    "operator": (
        "/bewaren", "/verantwoording", "/uitgaven", "/uitgave-klaarzetten", "/uitgave-klaarzetten?meting=2027",
    ),
    "movisie": ("/", "/uitgaven/r1", "/vergelijken"),
    "fg": ("/advies",),
    "beheerder": ("/", "/gebruikers", "/gebruikers/sleutels"),
    "": ("/inloggen", "/uw-antwoorden", "/toegankelijkheid"),
}  # fmt: skip
LONGEST = 5000
"""Pixels on a phone: nobody scrolls longer than about six screens. Papers to print may be longer."""
CASES = [(user, path) for user, paths in PAGES.items() for path in paths]
pytestmark = [
    pytest.mark.slow,
    NEEDED,
]


@pytest.fixture(scope="module")
def enter(browser, address):
    """A context that is signed in, made once per user and kind."""
    known = {}

    def as_user(user: str, **kind):
        key = (user, *sorted(kind.items()))
        if key not in known:
            context = browser.new_context(
                base_url=address, viewport={"width": kind.pop("width", 1440), "height": 900}, **kind
            )
            if user:
                page = context.new_page()
                page.goto("/inloggen")
                page.get_by_label("Gebruikersnaam").fill(user)
                page.get_by_label("Wachtwoord").fill("demo")
                page.get_by_role("button", name="Inloggen").click()
                expect(page).to_have_title(re.compile("^Vandaag"))
                page.close()
            known[key] = context
        return known[key]

    return as_user


@pytest.mark.parametrize(("user", "path"), CASES)
def test_no_serious_accessibility_problem_and_nothing_from_outside(enter, address, user, path):
    page = enter(user, bypass_csp=True).new_page()
    outside, errors = [], []
    page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((address, "data:")) else None)
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None)
    page.goto(path)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    page.close()
    bad = [
        (v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"] if v["impact"] in ("serious", "critical")
    ]
    assert found["passes"]
    assert bad == []
    assert outside == []
    assert errors == []


@pytest.mark.parametrize(("user", "path"), [c for c in CASES if c[0] != "beheerder"])
def test_a_phone_needs_no_sideways_scrolling(enter, user, path):
    page = enter(user, width=320).new_page()
    page.goto(path)
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    page.close()
    assert width <= 320
    assert height <= LONGEST or path.endswith(".html")


SMALLEST = 12
LETTERS = """() => [...document.querySelectorAll("main svg text")].filter(one => one.getClientRects().length).map(
    one => { const drawing = one.ownerSVGElement, width = drawing.getBoundingClientRect().width
    return parseFloat(getComputedStyle(one).fontSize) * width / drawing.viewBox.baseVal.width})"""
CUT = """() => [...document.querySelectorAll("main .scroll")].filter(one => one.querySelector(".dots, .stack")
    && (one.scrollWidth > one.clientWidth || [...one.querySelectorAll(".tick")].some(
        tick => tick.getBoundingClientRect().right > one.getBoundingClientRect().right + 1))).length"""


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(
    "path",
    ["/vergelijken", "/vergelijken/jaren", "/perspectieven", "/klantreis", "/bijdragen/3", f"/rapporten/r1/{OWN}.html"],
)
def test_letters_in_a_chart_can_be_read_and_no_figure_is_cut_off(enter, path, width):
    page = enter(f"privacy_officer-{OWN}", width=width).new_page()
    page.goto(path)
    letters, cut = page.evaluate(LETTERS), page.evaluate(CUT)
    page.close()
    assert [one for one in letters if round(one, 1) < SMALLEST] == []
    assert cut == 0 or width > 320


@pytest.mark.parametrize("path", ["/", "/vergelijken", "/regels"])
def test_the_content_security_policy_stops_nothing_of_ours(enter, path):
    page = enter("movisie" if path != "/regels" else f"privacy_officer-{OWN}").new_page()
    errors = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(path)
    page.wait_for_timeout(300)
    page.close()
    assert errors == []


def test_the_try_out_works_with_and_without_javascript(enter):
    for scripts in (True, False):
        page = enter(f"privacy_officer-{OWN}", java_script_enabled=scripts).new_page()
        page.goto("/regels")
        page.get_by_label("Uw verzonnen tekst").fill("Bel 06-12345678 maar")
        page.get_by_role("button", name="Laat zien wat u weghaalt").click()
        shown = page.get_by_text("Bel [TELEFOON 1] maar")
        shown.wait_for(timeout=10_000)
        assert shown.is_visible()
        page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_key_for_a_program_is_made_and_withdrawn(enter, scripts):
    page = enter("beheerder", java_script_enabled=scripts).new_page()
    page.goto("/gebruikers")
    page.get_by_role("link", name="Sleutels voor programma's").click()
    page.get_by_label("Welk programma").fill(f"zaaksysteem {scripts}")
    page.get_by_label("Van welke gemeente").select_option(OWN)
    page.get_by_role("button", name="Sleutel maken").click()
    assert "U ziet deze sleutel maar één keer" in page.content()
    row = page.get_by_role("row", name=f"zaaksysteem {scripts}")
    row.locator("summary").click()
    row.get_by_role("button", name="Ja, intrekken").click()
    assert "De sleutel is ingetrokken" in page.content()
    assert page.get_by_role("row", name=f"zaaksysteem {scripts}").locator("summary").count() == 0
    page.close()


def test_with_the_keyboard_only_one_lands_in_the_content(enter):
    page = enter("movisie").new_page()
    page.goto("/vergelijken")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhoud")
    page.close()


def test_an_upload_is_recognised_and_delivered_without_javascript(enter, tmp_path):
    asked = [f"ceo{n:02}" for n in range(1, 11)]
    names = (
        "vindbaarheid", "snelheid", "serieus", "samen_oplossing", "clientondersteuner", "kwaliteit", "passend",
        "doen_wat_ik_wil", "redden", "kwaliteit_leven",
    )  # fmt: skip
    headers = [f"{number}_{name}" for number, name in zip(asked, names, strict=True)]
    file = tmp_path / "ceo.csv"
    file.write_text(";".join(headers) + "\n" + ";".join("1" * len(headers)) + "\n")
    page = enter(f"data_steward-{OWN}", java_script_enabled=False).new_page()
    page.goto("/aanleveringen/nieuw")
    page.set_input_files("#f-bestanden", file)
    page.get_by_role("button", name="Verder").click()
    assert "Dit lijkt op" in page.content()
    for way in (
        page.get_by_role("radio", name="1 = helemaal mee eens").or_(page.get_by_role("radio", name="1 = ja")).all()
    ):
        way.check()
    page.get_by_label("Naam van de meting").fill("2026")
    page.get_by_label("Eerste dag").fill("2026-01-01")
    page.get_by_label("Laatste dag").fill("2026-06-30")
    page.get_by_label("Wie gaven antwoord").select_option("client")
    page.get_by_label("Wie is gevraagd").select_option("allen")
    page.get_by_label("Op welke grond is het").select_option("6_1_c_wmo_2_5_1")
    page.get_by_label("Welke informatiebrief").fill("brief-1")
    page.get_by_label("Gegevens over gezondheid").select_option("wmo_5_1_1")
    page.get_by_label("Waarom geldt die grond").fill("wettelijk onderzoek")
    page.get_by_role("button", name="Aanleveren", exact=True).click()
    assert "Hoe ver is uw aanlevering?" in page.content()
    page.close()


def test_the_review_list_works_with_keys_alone(enter):
    page = enter(f"privacy_officer-{OTHER}").new_page()
    page.goto("/nakijken/steekproef")
    before = page.get_by_text("te gaan").inner_text()
    page.wait_for_function("document.activeElement.dataset.key === '1'")
    page.keyboard.press("1")
    page.wait_for_function("text => !document.body.innerText.includes(text)", arg=before)
    assert before not in page.inner_text("body")
    page.close()


def test_the_whole_decision_without_javascript(enter):
    """Last: it signs the open contribution of the own gemeente."""
    officer = enter(f"privacy_officer-{OWN}", java_script_enabled=False).new_page()
    officer.goto("/bijdragen/3")
    officer.get_by_role("button", name="De regels zijn gevolgd").click()
    assert "U hebt getekend" in officer.content()
    owner = enter(f"proceseigenaar-{OWN}", java_script_enabled=False).new_page()
    owner.goto("/bijdragen/3")
    owner.get_by_role("button", name="Vrijgeven namens het college").click()
    assert "getekend" in owner.content()
    assert owner.get_by_role("button", name="Vrijgeven namens het college").count() == 0
