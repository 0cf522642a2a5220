"""What a steward typed in `delivery.yaml`, held against our own words: the register stands open on disk.

A notice, a recipient or the name of a verband can hold somebody's name. What is on no list of ours stays in the vault
with the delivery; the register gets a neutral mark of it. Instrument, meting and doelgroep are parts of every key, so
there only words of ours are taken: no list knows every name.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import Any

from domain.delivery import DeliveredFile, DeliveryKey, Manifest
from domain.errors import InputRejected
from domain.instruments import Codebook
from ingest.manifest import NAME
from ingest.words import SAFE

IN_VAULT = "staat bij de aanlevering in de kluis"
STRANGE_ROUND = (
    "in de naam van de meting staat een woord of nummer dat wij niet kennen; noem haar naar het jaar, het seizoen, "
    "het kwartaal of de maand, bijvoorbeeld najaar-2026"
)
_LETTER_WORDS = (
    "informatiebrief informatie brief bijsluiter uitnodiging uitnodigingsbrief toestemmingsbrief folder toelichting "
    "privacyverklaring inwonersbrief clientbrief ouderbrief jongerenbrief wmo jeugd jeugdwet sociaal domein voor van "
    "de het een en met bij over aan nieuwe oude concept kort lang lente zomer herfst winter voorjaar najaar nulmeting "
    "vervolgmeting tussenmeting voormeting eindmeting pilot proef test demo cohort golf wave fase start begin eind "
    "eerste tweede derde vierde jaar kwartaal halfjaar half periode maand week peiling "
    "herhaling kw hj wk nr"
)
_LETTER = frozenset(_LETTER_WORDS.split())
_MONTH = (
    "(?:januari|februari|maart|april|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|sept|okt|nov|dec)"
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<![a-z0-9]){_MONTH}(?:[-_]?{_MONTH})*[-_]?(?=20\d\d(?!\d))|"
    rf"(?<=(?<!\d)20\d\d)(?:[-_]?{_MONTH}(?![a-z0-9])|(?:0[1-9]|1[0-2])(?!\d))",
    re.I,
)
_TOKENS = re.compile(r"[^\W\d_]+|\d+")


def plain(text: str) -> bool:
    """Whether every word is one of ours, or a number of at most four digits, or at most two letters."""
    tokens = _tokens(text)
    return bool(tokens) and all(_plain(token) for token in tokens)


def check_words(manifest: Manifest, books: Iterable[Codebook]) -> None:
    """Raises InputRejected when no codebook knows the instrument or a doelgroep: they are part of every key."""
    found = list(books)
    if manifest.instrument not in {book.instrument for book in found}:
        raise InputRejected(f"{NAME}: geen codeboek kent dit 'instrument'; neem de naam over uit het codeboek")
    if unknown := set(manifest.doelgroepen) - {name for book in found for name in book.doelgroepen}:
        raise InputRejected(
            f"{NAME}: {len(unknown)} van de doelgroepen kent geen codeboek; neem de namen over uit het codeboek"
        )


def of_ours(key: DeliveryKey, books: Iterable[Codebook]) -> bool:
    """Whether a key of which nobody read the delivery yet may be shown: all its parts are words of ours."""
    fits = any(key.instrument == book.instrument and key.doelgroep in book.doelgroepen for book in books)
    return fits and is_plain_round(key.meting)


def is_plain_round(meting: str) -> bool:
    """Whether the name of a meting holds words of ours, short numbers and months of a year only.

    One letter is a number of its own (Q1); two that are no word of ours can be somebody's first name.
    """
    name = _MONTH_OF_YEAR.sub("-", meting)
    return plain(name) and all(len(one) != 2 or one.isdigit() or _ours(one) for one in _tokens(name))


def check_meting(manifest: Manifest) -> None:
    """Raises InputRejected when the name of the meting holds other words than ours: it may be somebody's name."""
    if not is_plain_round(manifest.meting.name):
        raise InputRejected(f"{NAME}: {STRANGE_ROUND}")


def for_register(manifest: Manifest, *, recipients: Collection[str], mark: Callable[[str], str]) -> dict[str, Any]:
    """What the register keeps of a manifest: no file names, headers, reasons, or words that could name somebody.

    recipients: names that officers approved in the rules; another one becomes `ontvanger <mark>`, and gets nothing.
    mark: a keyed mark of a text that tells nobody anything.
    """
    files = [DeliveredFile(path=f"bestand {n}", table=file.table) for n, file in enumerate(manifest.files, start=1)]
    ground = manifest.art9_ground and manifest.art9_ground.model_copy(update={"reason": IN_VAULT})
    verband = manifest.verband and manifest.verband.model_copy(update={"name": manifest.verband.code})
    kept = {
        "files": files,
        "art9_ground": ground,
        "verband": verband,
        "notice": manifest.notice if plain(manifest.notice) else f"brief {mark(manifest.notice)}",
        "recipients": [one if one in recipients else f"ontvanger {mark(one)}" for one in manifest.recipients],
    }
    return manifest.model_copy(update=kept).model_dump(mode="json")


def _plain(token: str) -> bool:
    if token.isdigit():
        return len(token) <= 4
    return len(token) <= 2 or _ours(token)


def _ours(token: str) -> bool:
    return token in SAFE or token in _LETTER


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(unicodedata.normalize("NFKD", text).casefold())
