"""Write the shipped word lists: `python -m anonymisation.names.build --wdutch PATH --treebanks DIR`.

Sources and licences (also in data/LICENCES.md):
    OpenTaal word list (Debian package wdutch 2.20.19)   BSD-3-Clause or CC BY 3.0
    Faker, person and address providers                  MIT
    UD LassySmall and Alpino treebanks                   CC BY-SA 4.0
    own/*.txt                                            written for this project, EUPL-1.2
Deterministic: the same sources give the same bytes.
"""

import argparse
import gzip
import importlib
import re
from collections.abc import Iterable
from pathlib import Path

from anonymisation.view import fold

HERE = Path(__file__).parent
LATIN = [
    "nl_NL",
    "nl_BE",
    "tr_TR",
    "pl_PL",
    "ro_RO",
    "hr_HR",
    "hu_HU",
    "cs_CZ",
    "sk_SK",
    "sl_SI",
    "de_DE",
    "fr_FR",
    "fr_BE",
    "fr_DZ",
    "en_GB",
    "en_US",
    "en_IN",
    "en_PK",
    "en_NG",
    "en_KE",
    "id_ID",
    "vi_VN",
    "es_ES",
    "pt_PT",
    "pt_BR",
    "it_IT",
    "az_AZ",
    "tw_GH",
    "yo_NG",
    "sv_SE",
    "da_DK",
    "no_NO",
    "fi_FI",
    "lt_LT",
    "lv_LV",
    "uz_UZ",
]
CYRILLIC = ["uk_UA", "ru_RU", "bg_BG"]
# The way these names are written in Dutch and in Dutch identity papers.
LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяё'ʼ’",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "je",
            "zj",
            "z",
            "y",
            "i",
            "i",
            "j",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "ch",
            "ts",
            "tsj",
            "sj",
            "sjtsj",
            "",
            "y",
            "",
            "e",
            "joe",
            "ja",
            "jo",
            "",
            "",
            "",
        ],
        strict=False,
    )
)
LETTERS_EN = LETTERS | {
    "ж": "zh",
    "х": "kh",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "й": "y",
    "ё": "yo",
}
STREET_END = re.compile(
    r"(straat|straten|laan|weg|plein|pad|dijk|kade|singel|gracht|hof|steeg|dreef|plantsoen|park|baan|wal|markt|"
    r"poort|brug)$"
)


def transliterate(word: str) -> set[str]:
    """Both common Latin spellings of a Cyrillic name."""
    low = word.lower()
    return {"".join(table.get(c, c) for c in low) for table in (LETTERS, LETTERS_EN)}


def faker_names(locales: Iterable[str], prefix: str) -> set[str]:
    """All first or last names of the given Faker locales."""
    found: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for key, value in vars(provider).items():
            if prefix in key and isinstance(value, (tuple, list, dict)):
                found |= {str(v) for v in value}
    return found


def own(name: str) -> set[str]:
    """The hand-written list: words by white space or, when a line holds a comma, phrases by comma."""
    words: set[str] = set()
    for path in sorted((HERE / "own").glob(f"{name}*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.split("#")[0].strip()
            words |= {p.strip() for p in line.split(",")} if "," in line else set(line.split())
    return words - {""}


def single(words: Iterable[str]) -> set[str]:
    """Folded words of letters only; of a longer name the parts that carry it."""
    out = set()
    for word in words:
        for part in re.split(r"[\s\-/]+", word):
            part = fold(part.replace("’", "").replace("'", ""))
            if len(part) > 1 and part.isalpha() and part.isascii():
                out.add(part)
    return out


def genitives(proper: set[str]) -> set[str]:
    """Proper nouns whose genitive is listed too: in this word list those are first names."""
    return {
        w
        for w in proper
        if len(w) > 2
        and w.isalpha()
        and w[1:].islower()
        and (
            w + "s" in proper
            or w + "'s" in proper
            or w + "'" in proper
            or (w.endswith(("s", "x", "z")) and w + "'" in proper)
        )
    }


def treebank_words(folder: Path) -> tuple[set[str], set[str]]:
    """Lower-case forms, and proper nouns, of the treebanks."""
    common, proper = set(), set()
    for path in sorted(folder.rglob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 3 and cells[1].isalpha():
                if cells[3] == "PROPN":
                    proper.add(cells[1])
                elif cells[1].islower() and cells[3] != "X":
                    common.add(cells[1])
    return common, proper


def write(name: str, words: Iterable[str]) -> None:
    """One word a line, sorted, gzip without a time stamp."""
    body = "\n".join(sorted(set(words))).encode()
    (HERE / "data").mkdir(exist_ok=True)
    (HERE / "data" / f"{name}.txt.gz").write_bytes(gzip.compress(body, 9, mtime=0))


def main() -> None:
    """Build every list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wdutch", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    args = parser.parse_args()
    words = set(args.wdutch.read_text(encoding="utf-8").split("\n"))
    bank_common, bank_proper = treebank_words(args.treebanks)
    lower = {fold(w) for w in words if w.isalpha() and w.islower()} | {fold(w) for w in bank_common}
    proper = {w for w in words if w[:1].isupper()}
    from faker.providers.address.nl_NL import Provider as Address

    places = own("places") | set(Address.cities)
    place_words = single(p for p in places if " " not in p)
    firsts = single(genitives(proper)) - place_words - own("not_names")
    firsts |= single(faker_names(LATIN, "first_name")) | own_folded("first")
    firsts |= {t for n in faker_names(CYRILLIC, "first_name") for t in transliterate(n) if t.isalpha()}
    lasts = single(faker_names(LATIN, "last_name")) | own_folded("last")
    lasts |= {t for n in faker_names(CYRILLIC, "last_name") for t in transliterate(n) if t.isalpha()}
    streets = {fold(w) for w in proper if STREET_END.search(w.lower()) and w.isalpha()}
    known = {fold(w) for w in (proper | bank_proper) if w.isalpha() and w[1:].islower()}
    junk = own_folded("not_names")
    write("lexicon", {w for w in lower if len(w) < 19})
    write("first", {w for w in firsts if len(w) > 1} - junk)
    write("last", {w for w in lasts if len(w) > 1} - junk)
    write("places", {fold(p) for p in places})
    write("streets", streets)
    write("proper", known - firsts - lasts - streets)


def own_folded(name: str) -> set[str]:
    """The hand-written list, folded."""
    return {fold(w) for w in own(name)}


if __name__ == "__main__":
    main()
