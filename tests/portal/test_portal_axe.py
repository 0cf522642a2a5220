"""axe-core on every page as every role, with and without JavaScript: no serious or critical problem. Slow.

The pages come from the app itself, so that a new route is looked at without anybody thinking of it. Without JavaScript
means: none of our scripts arrives; axe itself must run, so the engine stays on.
"""

from pathlib import Path

import pytest
from chromium import NEEDED
from small_home import OWN
from test_portal_matrix import USERS, filled, routes

pytest.importorskip("playwright.sync_api")
AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = ("", *USERS, f"data_steward-{OWN}")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    NEEDED,
]


def pages_of(app, sign_in, anonymous, user: str) -> list[str]:
    """Every address that gives this person a page of ours."""
    client = sign_in(user) if user else anonymous
    found, seen = [], set()
    for path in (one for route in routes(app, "GET") for one in filled(route)):
        answer = client.get(path) if path.rsplit(".", 1)[-1] not in ("pdf", "png", "zip") else None
        page = answer is not None and answer.headers.get("content-type", "").startswith("text/html")
        if page and answer.status_code in (200, 403, 404) and "voorbeeld-theme" in answer.text:
            key = path if answer.status_code == 200 else answer.status_code
            if key not in seen:
                seen.add(key)
                found.append(path)
    return found


def signed_in(browser, address: str, client, **kind):
    context = browser.new_context(base_url=address, bypass_csp=True, **kind)
    if client is not None:
        context.add_cookies([{"name": "tp_sessie", "value": client.cookies["tp_sessie"], "url": address}])
    return context


def problems(page) -> list[tuple[str, str]]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert found["passes"]
    return [
        (v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"] if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("user", PEOPLE)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_no_serious_problem_on_any_page(app, browser, address, sign_in, anonymous, user, scripts):
    client = sign_in(user) if user else None
    context = signed_in(browser, address, client)
    if not scripts:
        context.route("**/*.js", lambda route: route.abort())
    bad = {}
    paths = pages_of(app, sign_in, anonymous, user)
    assert len(paths) > 3
    for path in paths:
        page = context.new_page()
        page.goto(path)
        if found := problems(page):
            bad[path] = found
        page.close()
    context.close()
    assert bad == {}


@pytest.mark.parametrize("user", [f"privacy_officer-{OWN}", f"data_steward-{OWN}", "movisie", "beheerder"])
def test_everything_can_be_reached_with_the_keyboard_and_shows_where_it_is(
    app, browser, address, sign_in, anonymous, user
):
    context = signed_in(browser, address, sign_in(user))
    page = context.new_page()
    for path in [one for one in pages_of(app, sign_in, anonymous, user) if one.count("/") == 1]:
        page.goto(path)
        wanted = page.evaluate(
            "() => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]"
            ".filter(e => e.checkVisibility() && !e.disabled && !(e.type === 'radio')).length"
        )
        page.evaluate("document.body.focus()")
        reached, unseen = set(), []
        for _ in range(wanted + 30):
            page.keyboard.press("Tab")
            at, shown = page.evaluate(
                "() => { const e = document.activeElement; if (e === document.body) return ['', true];"
                " e.dataset.k ??= String(document.querySelectorAll('[data-k]').length);"
                " const s = getComputedStyle(e); return [e.dataset.k,"
                " s.outlineStyle !== 'none' || s.boxShadow !== 'none' || e.matches('.utrecht-skip-link')]; }"
            )
            if at:
                reached.add(at)
                if not shown:
                    unseen.append(at)
        assert len(reached) >= wanted, (user, path)
        assert unseen == [], (user, path)
    context.close()
