"""docs/reference/licenties.md, made from what is installed: `python tests/docs/docs_licences.py`. No network."""

import re
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "licenties.md"
# Family -> how packages write it. First match counts; a word that matches nothing is not allowed.
FAMILIES = {
    "LGPL": r"LGPL|Lesser General Public",
    "AGPL": r"AGPL|Affero",
    "GPL": r"GPL|General Public License",
    "MPL": r"MPL|Mozilla Public",
    "Apache": r"Apache",
    "PSF": r"PSF|Python Software Foundation|CNRI-Python",
    "ISC": r"\bISC\b",
    "MIT": r"\bMIT\b",
    "BSD": r"BSD",
    "public domain": r"CC0|Unlicense|Public.Domain|\bZlib\b",
}
ALLOWED = {"LGPL", "MPL", "Apache", "PSF", "ISC", "MIT", "BSD", "public domain"}
_HEAD = """\
# Licences of what we build on

<!-- Made with: python tests/docs/docs_licences.py. Do not edit by hand. -->

Every package in `requirements.lock`, with the licence it states in its own metadata. A test fails when one of them is
not allowed: allowed are MIT, BSD, Apache 2.0, ISC, PSF, MPL, public domain and, as an unchanged library, LGPL. GPL and
AGPL are not. Where a package offers a choice, one allowed licence is enough. Our own code is EUPL-1.2; the shipped
name finder and word lists are described in `anonymisation/models/nl_toegang/ATTRIBUTION.md` and
`anonymisation/names/data/LICENCES.md`; what the portal serves in `portal/static/vendor/SOURCES.md`.

| package | version | licence |
|---|---|---|
"""


def locked():
    """Names and versions in requirements.lock."""
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ \\;]+)", (ROOT / "requirements.lock").read_text(), re.M)


def stated(name):
    """What a package says of itself, as alternatives of which each is a list of licences that all hold."""
    about = metadata(name)
    if expression := about.get("License-Expression"):
        return [re.split(r"\s+AND\s+", part.strip(" ()")) for part in re.split(r"\s+OR\s+", expression)]
    classifiers = [line.split("::")[-1].strip() for line in about.get_all("Classifier") or [] if line[:7] == "License"]
    if classifiers:
        return [[word] for word in classifiers]
    first = (about.get("License") or "").strip().split("\n")[0]
    return [re.split(r"\s+(?:AND|and)\s+", first)]


def family(words):
    """The family a licence belongs to, or None."""
    return next((name for name, pattern in FAMILIES.items() if re.search(pattern, words)), None)


def allowed(name):
    """Whether one alternative of a package is allowed as a whole."""
    return any(all(family(word) in ALLOWED for word in together) for together in stated(name))


def words_of(name):
    """The licence of a package in a few words."""
    return " or ".join(" and ".join(together) for together in stated(name))


def page():
    """The whole page."""
    return _HEAD + "".join(f"| {name} | {version} | {words_of(name)} |\n" for name, version in locked())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
