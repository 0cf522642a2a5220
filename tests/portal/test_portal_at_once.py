"""Several people press at the same moment: every act happens once, and whoever is too late is refused."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from browsing import token_of
from small_home import OWN

from register import ledger, ledger_lines
from register.ledger_lines import Wanted


def at_once(*requests):
    """The answers of (client, path, fields), sent at one moment."""
    start = Barrier(len(requests))
    tokens = [token_of(client, path.rpartition("/")[0]) for client, path, _ in requests]

    def send(one):
        (client, path, fields), token = one
        start.wait()
        return client.post(path, data={"token": token, **fields})

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, zip(requests, tokens, strict=True)))


def test_two_officers_sign_and_one_of_them_presses_twice(sign_in, house):
    officer, owner = sign_in(f"privacy_officer-{OWN}"), sign_in(f"proceseigenaar-{OWN}")
    waiting = re.findall(r'href="(/bijdragen/\d+)"', officer.get("/bijdragen").text)
    path = next(one for one in waiting if 'name="handeling"' in officer.get(one).text)
    seen = re.search(r'name="gezien" value="(\w+)"', officer.get(path).text)[1]
    rules, release = ({"gezien": seen, "handeling": one} for one in ("regels", "vrijgeven"))
    answers = at_once(
        (officer, f"{path}/tekenen", rules), (officer, f"{path}/tekenen", rules), (owner, f"{path}/tekenen", release)
    )
    assert {answer.status_code for answer in answers} == {303}, "the same again is no mistake"
    number = int(path.rpartition("/")[2])
    acts = Counter(
        line["act"] for line in ledger_lines.newest(house.register, Wanted(), limit=20)
        if line["what"].get("contribution") == number
    )  # fmt: skip
    assert (acts["contribution.rules_followed"], acts["contribution.we_release"]) == (1, 1)
    assert ledger.verify(house.register).ok


def test_one_approves_while_another_returns(sign_in, house):
    officer = sign_in("privacy_officer")
    (number,) = set(re.findall(r"/bevindingen/(\d+)", officer.get("/nakijken").text)) or {"1"}
    path = f"/bevindingen/{number}"
    seen = re.search(r'name="gezien" value="(\w+)"', officer.get(path).text)[1]
    answers = at_once(
        (officer, f"{path}/goedkeuren", {"gezien": seen}),
        (officer, f"{path}/terugsturen", {"uitleg": "korter graag"}),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert ledger.verify(house.register).ok
