"""What the tests of the docs read: pages, code blocks, links and commands."""

import re
import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "GLOSSARY.md")
PAGES = [*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "benchmarks" / "README.md"]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_ANCHOR = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(r"^[\w.-]+(?:/[\w.@*-]+)+/?$|^[\w-]+\.(?:md|toml|in|lock)$")


def name_of(page):
    """A page as its path in the repository."""
    return str(page.relative_to(ROOT))


def blocks(page, language):
    """(words after the fence, code) of every block in one language."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [(info, code) for info, code in found if info.split(":")[0].split()[:1] == [language]]


def links(page):
    """Every relative link of a page, as it is written."""
    return _LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))


def anchors(page):
    """(page, heading) of every link to a heading; both pages are ours."""
    found = _ANCHOR.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return [(page.parent / name if name else page, anchor) for name, anchor in found]


def headings(page):
    """Every heading as a link names it."""
    plain = (re.sub(r"[`*]", "", text).strip().lower() for text in _HEADING.findall(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in plain}


def named_files(page):
    """Every path or file of this repository that a page names between backticks."""
    spans = re.findall(r"`([^`\n]+)`", FENCE.sub("", page.read_text(encoding="utf-8")))
    words = [word for span in spans for word in span.split()]
    roots = {path.split("/")[0] for path in tracked()}
    return sorted({word for word in words if _PATH.match(word) and word.split("/")[0] in roots})


def commands(page):
    """Every `toegangspeil …` and `make …` line in shell blocks, continued lines joined, as words."""
    found = []
    for _, code in blocks(page, "sh"):
        for line in code.replace("\\\n", " ").splitlines():
            words = shlex.split(line.split(" #")[0].removeprefix("$ "))
            if words[:1] in (["toegangspeil"], ["make"]):
                found.append(words)
    return found


def tracked():
    """Paths that git keeps, relative to the root; a checkout without git has every file."""
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode == 0 and run.stdout:
        return [path for path in run.stdout.splitlines() if (ROOT / path).is_file()]
    skip = {".venv", ".git", "demo", "__pycache__"}
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [str(path) for path in files if not skip & set(path.parts)]
