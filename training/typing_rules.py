"""Give treebank names a type: PERSON, PLACE, ORGANISATION, ADDRESS, MISC; None when the rules cannot tell.

The treebanks say where a proper noun is, not what it is. A name without type is a *missing* label in training,
so a doubt teaches the model nothing wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from training.lists import by_kind, first_names, items, last_names, rows, towns
from training.lists import words as listed
from training.treebank import Sentence

NO_NAME = "NONE"
PLACE_ENDING = re.compile(
    r"(?:dorp|burg|stad|veen|drecht|kerke|zele|gem|hem|heim|wijk|beek|broek|hoven|horst|berge|lo|ford|ville|sur-\w+)$"
)
STREET_ENDING = re.compile(r"(?:straat|laan|plein|steenweg|dreef|singel|gracht|kade|plantsoen)$")
ORGANISATION_WORD = re.compile(
    r"^(?:partij|universiteit|universität|university|fc|kv|sv|club|bank|nv|bv|n\.v\.|b\.v\.|museum|stichting|vzw|krant|"
    r"radio|parlement|senaat|kamer|unie|volksunie|ministerie|instituut|academie|akademie|hogeschool|college|school|"
    r"ziekenhuis|orkest|vereniging|verbond|bond|federatie|raad|comité|commissie|genootschap|rechtbank|hof|theater|"
    r"uitgeverij|group|groep|company|corporation|inc|ltd|records|films|agentschap|front|beweging|televisie|omroep|"
    r"belang|blok|parti|party|socialiste|liga|dienst|kerk|abdij|leger|politie|justitie|brouwerij|fonds|centrum)\b",
    re.IGNORECASE,
)
ORIGIN = re.compile(r"(?:s|se|er|ers|en|aan|anen|isch|ische)$")
MISC_WORD = re.compile(
    r"^(?:ronde|open|cup|trophy|spelen|festival|prijs|award|album|oorlog|slag|wereldoorlog|kampioenschap|kampioenschappen|"
    r"grand|tour|giro|vuelta|wet|verdrag|wk|ek|nk|god|gods|bijbel|christus|allah|kerstmis|pasen|middeleeuwen|titel|"
    r"wimbledon|roland|parijs-\w+|luik-\w+|milaan-\w+|the|les|der|orde|league|liga|wikipedia|internet|windows)$",
    re.IGNORECASE,
)
ROMAN = re.compile(r"^[IVXLC]+$")
INITIALS = re.compile(r"^(?:[A-Z]\.)+-?(?:[A-Z]\.)*$")

Types = list[str | None]


def types_of(sentences: Sequence[Sentence]) -> list[Types]:
    """A type for each name of each sentence: by the name and its neighbours, then by the rest of the text."""
    first = [[_by_rule(sentence, *span) for span in sentence.names] for sentence in sentences]
    return _from_elsewhere(sentences, first)


def words_of(sentence: Sentence, span: tuple[int, int]) -> list[str]:
    """The words of one name."""
    return [word.form for word in sentence.words[span[0] : span[1] + 1]]


def _by_rule(sentence: Sentence, first: int, last: int) -> str | None:
    words = words_of(sentence, (first, last))
    before = sentence.words[first - 1].form.lower() if first else ""
    if all(word.lower() in listed("months_and_days") or word[:1].isdigit() for word in words):
        return NO_NAME
    if not any(letter.isupper() for word in words for letter in word):
        return None
    return _of_words(words, before)


def _of_words(words: list[str], before: str) -> str | None:
    name = " ".join(words)
    if name in _by_hand():
        return _by_hand()[name]
    if name.lower() in _countries() or any(MISC_WORD.match(word) for word in words):
        return "MISC"
    if len(words) == 1 and STREET_ENDING.search(name.lower()):
        return "ADDRESS"
    if any(ORGANISATION_WORD.match(word) for word in words) or _is_acronym(words):
        return "ORGANISATION"
    if _is_person(words, before):
        return "PERSON"
    if name.lower() in _towns() or (len(words) == 1 and before in listed("before_place") and not ORIGIN.search(name)):
        return "PLACE"
    return _last_resort(words, before)


def _is_acronym(words: list[str]) -> bool:
    letters = "".join(words)
    return (
        len(words) <= 2 and len(letters) >= 2 and letters.isupper() and not ROMAN.match(letters) and "." not in letters
    )


def _is_person(words: list[str], before: str) -> bool:
    first = words[0].lower()
    if before in listed("before_person") or (
        words[0].rstrip(".").lower() in listed("before_person") and len(words) > 1
    ):
        return True
    if len(words) == 1:
        return first in first_names() and first not in _towns() and before not in listed("before_place")
    if INITIALS.match(words[0]):
        return True
    known = first in first_names() or first.split("-")[0] in first_names()
    return known and words[-1][:1].isupper() and words[-1].lower() not in _towns()


def _last_resort(words: list[str], before: str) -> str | None:
    name = " ".join(words).lower()
    if words[0].lower() in {"van", "de", "vande", "vanden", "vander"} and name in last_names():
        return "PERSON"
    if words[0] in {"Van", "Vande", "Vanden"} and len(words) > 1:
        return "PERSON"
    if len(words) == 1 and name in last_names() and before not in listed("before_place"):
        return "PERSON"
    if len(words) == 1 and PLACE_ENDING.search(name) and before in listed("before_place") | {"van", "bij", "of", "en"}:
        return "PLACE"
    if len(words) == 1 and ORIGIN.search(name) and not before:
        return None
    return "MISC" if words[0].lower() in {"het", "een", "the"} and len(words) > 2 else None


def _from_elsewhere(sentences: Sequence[Sentence], first: Sequence[Types]) -> list[Types]:
    """A bare surname is the person of the same document; an unknown name is what most equal names are."""
    surnames = _surnames(sentences, first)
    votes: dict[str, Counter[str]] = {}
    for sentence, types in zip(sentences, first, strict=True):
        for span, label in zip(sentence.names, types, strict=True):
            if label:
                votes.setdefault(" ".join(words_of(sentence, span)), Counter())[label] += 1
    return [
        [_settle(sentence, span, label, surnames, votes) for span, label in zip(sentence.names, types, strict=True)]
        for sentence, types in zip(sentences, first, strict=True)
    ]


def _surnames(sentences: Sequence[Sentence], first: Sequence[Types]) -> set[tuple[str, str]]:
    found = set()
    for sentence, types in zip(sentences, first, strict=True):
        for span, label in zip(sentence.names, types, strict=True):
            words = words_of(sentence, span)
            if label == "PERSON" and len(words) > 1:
                found |= {(sentence.document, " ".join(words[1:])), (sentence.document, words[-1])}
    return found


def _settle(
    sentence: Sentence,
    span: tuple[int, int],
    label: str | None,
    surnames: set[tuple[str, str]],
    votes: dict[str, Counter[str]],
) -> str | None:
    name = " ".join(words_of(sentence, span))
    if label in {None, "PLACE", "MISC"} and (sentence.document, name) in surnames and name.lower() not in _towns():
        return "PERSON"
    if label is None and name in votes:
        return votes[name].most_common(1)[0][0]
    return label


def _lower(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


@cache
def _by_hand() -> dict[str, str]:
    return {name: label for label, names in by_kind("typed_names.txt").items() for name in names}


@cache
def _countries() -> frozenset[str]:
    return _lower(items(rows("countries.txt")[0][0])) | listed("origin")


@cache
def _towns() -> frozenset[str]:
    return _lower(towns()) | _lower(by_kind("places.txt")["abroad"])
