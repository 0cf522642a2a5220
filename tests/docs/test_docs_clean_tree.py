"""Nothing in the repository points at a machine, a registry or somebody who counts visitors."""

import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from docs_licences import PAGE, allowed, locked, page
from docs_pages import ROOT, tracked

BINARY = (".gz", ".png", ".woff2", ".xlsx", ".ods", ".sav", ".docx", ".zip", ".parquet", ".pyc", ".pdf")
MODEL = "anonymisation/models/nl_toegang/"
HERE = "tests/docs/"
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]\w*|Users/\w+|tmp/(?:lead|brief|docs))/")
WATCHERS = re.compile(r"googletagmanager|google-analytics|plausible\.io|posthog\.com|segment\.(?:io|com)|sentry\.io|"
                      r"mixpanel|matomo\.cloud|hotjar")  # fmt: skip
OUTSIDE = re.compile(r"""(?:\b(?:src|action)|<link[^>]+href)\s*=\s*["']https?://|url\(\s*["']?https?://|@import""")


@pytest.fixture(scope="module")
def texts():
    """Path -> text of everything git keeps that is text and not a test of this kind."""
    names = [name for name in tracked() if not name.endswith(BINARY) and not name.startswith((MODEL, HERE))]
    return {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in names}


def registry_hosts():
    """Hosts this machine installs from, which no file should know."""
    run = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, timeout=60, check=False
    )
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s'\"]+", run.stdout)}
    return {host for host in hosts if host and host not in ("127.0.0.1", "localhost")}


def test_no_path_of_a_machine(texts):
    assert [name for name, text in texts.items() if MACHINE.search(text)] == []


def test_no_registry(texts):
    words = ["--index-url", "--extra-index-url", "--find-links", *registry_hosts()]
    assert [(name, word) for name, text in texts.items() for word in words if word in text] == []


def test_nobody_counts_visitors(texts):
    assert [name for name, text in texts.items() if WATCHERS.search(text)] == []


def test_pages_and_styles_ask_nothing_from_outside(texts):
    ours = {name: text for name, text in texts.items() if not name.startswith("tests/")}
    served = {name: text for name, text in ours.items() if name.endswith((".html", ".css", ".svg", ".js"))}
    assert len(served) > 20
    assert [name for name, text in served.items() if OUTSIDE.search(text)] == []


def test_telemetry_is_off_wherever_it_is_named(texts):
    said = re.compile(r"telemetry\s*[:=]\s*\{\s*enabled\s*[:=]\s*(\w+)")
    found = [(name, state) for name, text in texts.items() for state in said.findall(text)]
    assert found
    assert {state for _, state in found} == {"false"}


@pytest.mark.parametrize(("name", "version"), locked())
def test_a_dependency_has_a_licence_we_may_use(name, version):
    assert allowed(name)


def test_the_list_of_licences_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "make it again: python tests/docs/docs_licences.py"
