"""How headers and answers are compared, and how files and columns may be named in a message.

A file name or a header can hold a person's name. A message therefore only repeats words that are on our own lists;
anything else is named by its place.
"""

import re
import unicodedata
from pathlib import PurePath

from domain.errors import InputRejected

MISSING = frozenset(
    {"", "#leeg!", "#null!", "#n/b", "#n/a", "#nvt", "n.v.t.", "n.v.t", "nvt", "-", "--", ".", "null", "nan", "none"}
    | {"geen antwoord", "niet ingevuld", "leeg", "ontbreekt", "missing", "#deel/0!", "#div/0!", "#waarde!", "#value!"}
    | {"wil ik niet zeggen", "wil niet zeggen", "zeg ik liever niet", "geen opgave"}
)
SAME = {"n.v.t.": "niet van toepassing", "nvt": "niet van toepassing", "n.v.t": "niet van toepassing"}
SAME |= {"weet ik niet": "weet niet", "weet het niet": "weet niet", "geen idee": "weet niet"}
SAME |= {"eens": "mee eens", "helemaal eens": "helemaal mee eens", "mannelijk": "man", "vrouwelijk": "vrouw"}
SAME |= dict.fromkeys(("oneens", "mee oneens", "niet eens"), "niet mee eens")
SAME |= dict.fromkeys(("helemaal oneens", "helemaal mee oneens", "helemaal niet eens"), "helemaal niet mee eens")
SAME |= dict.fromkeys(("niet eens, niet oneens", "niet mee eens, niet mee oneens"), "neutraal")
_UNSURE = ("weet niet", "weet ik niet", "weet het niet")
NO_OPINION = frozenset(_UNSURE).union(
    *({f"{one}{mark}geen mening", f"geen mening{mark}{one}"} for one in _UNSURE for mark in ("/", " / ", ", ", " of "))
)
SAME_WORDS = NO_OPINION.union(SAME)
"""Answers in other words than the codebook's that say the same on every scale."""
_WORDS = (
    "ceo wmo jeugd toegangsscan scan toegang klantreis klantreizen reis reizen schaduw schaduwreis gezamenlijk "
    "gezamenlijke transcript transcripten interview interviews gesprek verslag ervaringenkaart ervaringenkaarten kaart "
    "kaarten verhaal verhalen straatenquete straat enquete klantenpanel panel dialoogtafel tafel aggregaat aggregaten "
    "cijfers data dataset bestand export antwoorden antwoord open resultaten uitkomsten meting ronde ouders ouder "
    "jongeren jongere client clienten inwoner inwoners vertegenwoordiger vertegenwoordigers professional "
    "professionals mantelzorger mantelzorgers doelgroep rows aspects aspecten deelnemers codeboek uitleg keuzes blad "
    "sheet versie def definitief gm sv delivery totaal blok deel januari februari maart april mei juni juli augustus "
    "september oktober november december leeg groot klein test csv xlsx ods sav jsonl docx txt vtt srt"
)
SAFE = frozenset(_WORDS.split())
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_KEY = re.compile(r"[^0-9a-z]+")
_UNSEEN = frozenset({"Mn", "Cf"})  # accents, and marks without width
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """An answer without its accidents: case, spaces around and inside, curly quotes."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").strip().casefold()
    return _SPACES.sub(" ", plain)


def header_key(header: str) -> str:
    """What two headers have in common when they mean the same: letters and digits, without accents and case."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    seen = (char for char in plain if unicodedata.category(char) not in _UNSEEN)
    return _KEY.sub("_", "".join(seen)).strip("_")


def _safe(text: str) -> bool:
    tokens = _TOKENS.findall(unicodedata.normalize("NFKD", text).casefold())
    return bool(tokens) and all(token in SAFE or (token.isdigit() and len(token) <= 4) for token in tokens)


def shown_file(path: str, number: int) -> str:
    """A file as a message may name it: by its name when that holds only words we know, else by its place."""
    name = PurePath(path)
    if _safe(name.stem):
        return name.name
    suffix = name.suffix.casefold().lstrip(".")
    return f"bestand {number}" + (f" ({suffix})" if suffix in SAFE else "")


def shown_sheet(name: str, number: int) -> str:
    """A sheet as a message may name it."""
    return f"blad '{name}'" if _safe(name) else f"blad {number}"


def column_letter(position: int) -> str:
    """Spreadsheet letter of a column; position counts from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown_columns(positions: list[int], most: int = 5) -> str:
    """Columns by their place: 'kolom D (de 4e)' and how many more."""
    named = ", ".join(f"{column_letter(at)} (de {at + 1}e)" for at in positions[:most])
    more = f" en nog {len(positions) - most}" if len(positions) > most else ""
    return f"{'kolom' if len(positions) == 1 else 'kolommen'} {named}{more}"


def refused(what: str, now: str, now_in_the_form: str) -> InputRejected:
    """A refusal with what to do now: in delivery.yaml, or for who answered questions on a screen."""
    return InputRejected(f"{what}; {now}", on_screen=f"{what}; {now_in_the_form}")


def rows_word(count: int) -> str:
    """'1 rij' or '12 rijen'."""
    return "1 rij" if count == 1 else f"{count} rijen"
