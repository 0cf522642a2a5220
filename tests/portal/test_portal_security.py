"""Refusals as pages in Dutch, headers on everything, limits on guessing, and files that mean harm."""

import io
import re
import zipfile

import openpyxl
import pytest
from browsing import post, token_of
from small_home import OWN
from starlette.testclient import TestClient

from portal.app import Serving, create_app
from portal.attempts import Attempts

STEWARD = f"data_steward-{OWN}"
PATHS = (
    "/",
    "/inloggen",
    "/bestaat-niet",
    "/static/app.css",
    "/static/../app.py",
    "/health",
    "/v1",
    "/v1/x",
    "/metrics",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def own_app(house, **serving) -> TestClient:
    app = create_app(house, serving=Serving(**serving))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def dutch(answer) -> str:
    """The words of a refusal, after a look that it is one of our pages and tells nothing."""
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="nl"' in answer.text
    assert not re.search(r"Traceback|/ergens/|\.py|geheim|Error|sqlite|File \"", answer.text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(anonymous, path):
    answer = anonymous.get(path)
    csp = answer.headers["content-security-policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert "http" not in csp
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "server" not in answer.headers
    assert answer.headers.get("cache-control") == "no-store" or path.startswith("/static/")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch", "options", "head"])
def test_no_method_breaks_a_page(anonymous, method):
    for path in ("/", "/inloggen", "/uw-antwoorden", "/bijdragen/1"):
        assert getattr(anonymous, method)(path).status_code < 500


def test_a_page_that_is_not_there(anonymous):
    answer = anonymous.get("/bestaat-niet")
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in dutch(answer)


def test_a_page_for_somebody_else(sign_in):
    answer = sign_in("movisie").get("/verantwoording")
    assert answer.status_code == 403
    assert "niet voor uw rol" in dutch(answer)


def test_a_form_from_elsewhere(sign_in):
    answer = sign_in(STEWARD).post("/aanleveringen/nieuw", data={"token": "x"})
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in dutch(answer)
    assert "laad de pagina opnieuw" in dutch(answer)


def test_an_act_that_is_for_somebody_else_says_so_in_words(sign_in):
    refused = dutch(post(sign_in(STEWARD), "/bijdragen/1/intrekken", page="/"))
    assert "Dit mag u niet doen" in refused
    assert "privacy_officer" not in refused


def test_a_comment_that_nobody_reads_to_its_end_is_refused(sign_in):
    officer = sign_in(f"privacy_officer-{OWN}")
    long = dutch(post(officer, "/bijdragen/1/terugsturen", uitleg="woord " * 1000, page="/"))
    assert "schrijf hoogstens 5.000 tekens" in long


def test_a_body_that_is_too_large(anonymous):
    for answer in (
        anonymous.post("/inloggen", content=b"x" * 300_000),
        anonymous.post("/inloggen", content=iter([b"token=" + b"x" * 200_000] * 2), headers={
            "content-type": "application/x-www-form-urlencoded"}),
        anonymous.post("/inloggen", headers={"content-length": "veel"}),
    ):  # fmt: skip
        assert answer.status_code == 413
        assert "te groot" in dutch(answer)


def test_a_mishap_says_nothing_of_itself(house, caplog):
    client = own_app(house)

    @client.app.get("/stuk")
    def broken():
        raise RuntimeError("geheim /ergens/main/portal: Kanarie")

    answer = client.get("/stuk")
    assert answer.status_code == 500
    assert "Er ging iets mis" in dutch(answer)
    assert "Kanarie" not in caplog.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_resident_can_try_ten_codes_an_hour_and_learns_nothing(house):
    client = own_app(house)
    page = f"/uw-antwoorden?gemeente={OWN}"
    study = f"{OWN}.toegangsscan.2026"
    answers = [post(client, "/uw-antwoorden", page=page, onderzoek=study, code=f"code-{n}") for n in range(11)]
    assert {one.status_code for one in answers[:10]} == {200}
    assert len({re.sub(r'value="\w+"|<b>[B-Z2-9-]{9}</b>', "", one.text) for one in answers[:10]}) == 1
    assert answers[10].status_code == 429
    assert "Te vaak geprobeerd" in dutch(answers[10])


def test_guessing_passwords_of_many_names_stops(house):
    client = own_app(house)
    client.app.state.sign_in_attempts = Attempts(5, 900)
    answers = [post(client, "/inloggen", naam=f"naam{n}", wachtwoord="geraden") for n in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    assert "Wacht een kwartier" in answers[5].text


def test_cookies_of_an_https_portal(house):
    client = TestClient(create_app(house, serving=Serving(secure=True)), base_url="https://testserver")
    for answer in (client.get("/inloggen"), post(client, "/inloggen", naam="movisie", wachtwoord="demo")):
        for cookie in answer.headers.get_list("set-cookie"):
            assert {"httponly", "secure", "samesite=lax", "path=/"} <= {
                part.strip().lower() for part in cookie.split(";")
            }


OUTSIDE = (
    "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/gegevens/r1/../../register.db",
    "/gegevens/r1/..%2f..%2fregister.db", "/gegevens/r1//etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_address_leads_out_of_the_folder(sign_in, path):
    answer = sign_in("movisie").get(path)
    assert answer.status_code in (404, 405)
    assert "SQLite format" not in answer.text
    assert "def create_app" not in answer.text


def workbook(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["respondent", "ceo01_vindbaarheid"])
    book.active.append(["1", "2"])
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    return workbook({"xl/worksheets/sheet9.xml": b"0" * 100_000_000})


def offered(client, name: str, content: bytes):
    """The answer to an upload, followed to the page after it."""
    form = {"token": token_of(client, "/aanleveringen/nieuw"), "gemeente": OWN}
    answer = client.post("/aanleveringen/nieuw", data=form, files=[("bestanden", (name, content, "text/csv"))])
    if answer.status_code == 303:
        return client.get(answer.headers["location"])
    return answer


NAMES = ("../../x.csv", "..\\x.csv", "/etc/cron.d/x.csv", "a/b.csv", ".csv", "x" * 300 + ".csv", "x.csv\0.xlsx",
         "x.exe", "x.csv.exe", "x.xlsm", "x.svg", "delivery.yaml.", "con|.csv", "<b>.csv",
         "x\r\nset-cookie: y.csv")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_means_harm_is_refused(sign_in, house, name):
    before = sorted(house.places.home.rglob("*"))
    answer = offered(sign_in(STEWARD), name, b"respondent;ceo01_vindbaarheid\n1;2\n")
    assert answer.status_code in (403, 409), answer.text
    dutch(answer)
    assert [one for one in sorted(house.places.home.rglob("*")) if one not in before and one.suffix] == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.xlsx", b"\x7fELF" + b"\0" * 99, "it is een programma"),
        ("x.xlsx", OLE, "zit een wachtwoord op"),
        ("x.csv", b"PK\x03\x04rest", "klopt niet met zijn naam"),
        ("x.csv", b"MZ\x90\x00", "it is een programma"),
        ("x.csv", b"\x89PNG\r\n\x1a\n", "it is een plaatje"),
        ("x.csv", b"", "et bestand is leeg"),
        ("x.sav", b"respondent;x\n", "klopt niet met zijn naam"),
        ("x.xlsx", b"PK\x03\x04" + b"\0" * 99, "beschadigd"),
        ("x.xlsx", workbook({"xl/vbaProject.bin": b"x"}), "macro"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused(sign_in, name, content, words):
    answer = offered(sign_in(STEWARD), name, content)
    assert answer.status_code == 409
    assert words in dutch(answer)


def test_a_zip_bomb_is_seen_before_it_is_unpacked(sign_in):
    import resource

    offered(sign_in(STEWARD), "gewoon.xlsx", workbook({}))  # what reads a workbook is loaded at the first one
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = bomb()
    after_making = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = offered(sign_in(STEWARD), "bom.xlsx", content)
    assert len(content) < 1_000_000
    assert "zip-bom" in answer.text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, after_making) < 90_000


def test_a_yaml_that_builds_things_is_refused(sign_in):
    for content in (
        b"!!python/object/apply:os.system ['id']",
        b"a: &a [x, x]\nb: [*a, *a]\n" * 3,
        b"gemeenten: [" * 2000,
    ):
        answer = offered(sign_in(STEWARD), "delivery.yaml", content)
        assert answer.status_code == 409, answer.text
        dutch(answer)


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/aanleveringen/nieuw", 'href="/aanleveringen/nieuw">Terug naar het formulier'),
        ('http://testserver/x?a="><b>', "&#34;&gt;&lt;b&gt;"),
        ("http://elders.example/aanleveringen/nieuw", None),
        ("http://testserver//elders.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_refused_form_leads_back_to_our_own_page_only(sign_in, came, back):
    client = sign_in(STEWARD)
    token = token_of(client, "/datalek")
    answer = client.post("/datalek", data={"token": token}, headers={"referer": came})
    assert answer.status_code == 422
    assert ("Terug naar het formulier" in answer.text) is (back is not None)
    assert back is None or back in answer.text
