"""axe-core on every kind of page of every role, with and without JavaScript: no serious or critical problem. Slow.

The pages come from the app itself, so that a new route is looked at without anybody thinking of it. Pages that are made
of the same elements are one kind, whoever reads them: each kind is opened once, as the first who gets it. Without
JavaScript means: none of our scripts arrives; axe itself must run, so the engine stays on.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import NEEDED
from small_home import OWN
from starlette.testclient import TestClient
from test_portal_matrix import USERS, filled, routes

pytest.importorskip("playwright.sync_api")
AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = ("", *USERS)
TAG = re.compile(r"<[a-z][^>]*>")
VARIES = re.compile(
    r' (?:href|value|id|for|action|content|aria-describedby|aria-label|d|[a-z]*[xy][12]?|points)="[^"]*"'
)
SCRIPTED = re.compile(r" hx-|keys\.js")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    NEEDED,
]


def pages_of(app, sign_in, user: str) -> Iterator[tuple[str, str]]:
    """Every address that gives this person a page of ours, with the page."""
    client = sign_in(user) if user else TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    for path in (one for route in routes(app, "GET") for one in filled(route)):
        answer = client.get(path) if path.rsplit(".", 1)[-1] not in ("pdf", "png", "zip") else None
        page = answer is not None and answer.headers.get("content-type", "").startswith("text/html")
        if page and answer.status_code in (200, 403, 404) and "voorbeeld-theme" in answer.text:
            yield path, answer.text


def kind_of(html: str) -> frozenset[str]:
    """The elements a page is made of, without what differs from reader to reader."""
    return frozenset(VARIES.sub("", tag) for tag in TAG.findall(html))


@pytest.fixture(scope="module")
def kinds(app, sign_in) -> list[tuple[str, str, str]]:
    """(user, path, html), each kind once."""
    found: dict[frozenset[str], tuple[str, str, str]] = {}
    for user in PEOPLE:
        for path, html in pages_of(app, sign_in, user):
            found.setdefault(kind_of(html), (user, path, html))
    return list(found.values())


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


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_no_serious_problem_on_any_kind_of_page(kinds, browser, address, sign_in, scripts):
    wanted = [one for one in kinds if scripts or SCRIPTED.search(one[2])]
    assert len({user for user, _, _ in wanted}) > 3
    assert len(wanted) > (60 if scripts else 3)
    bad = {}
    for user in PEOPLE:
        context = signed_in(browser, address, sign_in(user) if user else None)
        if not scripts:
            context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        for path in [path for name, path, _ in wanted if name == user]:
            page.goto(path)
            if found := problems(page):
                bad[user, path] = found
        context.close()
    assert bad == {}


@pytest.mark.parametrize("user", [f"privacy_officer-{OWN}", f"data_steward-{OWN}", "movisie", "beheerder"])
def test_everything_can_be_reached_with_the_keyboard_and_shows_where_it_is(app, browser, address, sign_in, user):
    context = signed_in(browser, address, sign_in(user))
    page = context.new_page()
    found = {kind_of(html): path for path, html in pages_of(app, sign_in, user) if path.count("/") == 1}
    assert len(found) > 3
    for path in found.values():
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
