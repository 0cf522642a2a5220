"""The one place where two finds of the same characters are weighed: what wins, what is joined, what is left over."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from anonymisation.company import Company
from anonymisation.spans import Document, Found

# On equal ground the label that says more precisely what a number or word is goes first.
ORDER = (
    "EMAIL",
    "USERNAME_URL",
    "IBAN",
    "BSN",
    "CASE_NUMBER",
    "PHONE",
    "LICENSE_PLATE",
    "DATE",
    "ADDRESS",
    "POSTCODE",
    "AGE",
    "ORGANISATION",
    "HEALTH",
    "PERSON",
    "PLACE",
)
_START, _END = attrgetter("start"), attrgetter("end")
_RANK = {label: rank for rank, label in enumerate(ORDER)}
REST = "rest: "
"""Cue of what a winner left of a loser at either side."""
_NETS = ("ner", "capital")
SMALL, STRANGE, ARTICLE, WORD = "kleine letter", "onbekend woord", "lidwoord", "gewoon woord"
"""Cues of one word taken for a name where nothing announces it: in small letters, strange at the start, behind `de`,
and an everyday word with a capital."""
STRANGER = "onbekende naam"
"""Cue of a word in small letters that looks like no other, and that the sentence announces as somebody."""
UNLISTED = "woord buiten alle lijsten"
"""Cue of such a word that nothing announces, in a text that gives no name its capital: a person where the text tells of
somebody else."""
_UNSEEN = (SMALL, STRANGE, ARTICLE, WORD)
_BY_WRITING = ("", "hoofdletter", REST + "hoofdletter", *_UNSEEN)
_LISTED = 0.87
_BELIEVED = 0.5
_REVIEWED = 0.45
_UNKNOWN = 0.6
_SURER = 0.8
"""Below the one nothing but capitals speaks for a person, below the other a name that is also a word."""
ANNOUNCED = ("functie", "naam")
"""Cues that ordinary words stand behind too: `mijn beste maatje`, `dat heet uitstel`."""


def resolve(finds: Iterable[Found]) -> list[Found]:
    """Non-overlapping finds in text order.

    The surer find wins, then the longer, then the more precise label. A loser of the same label widens the winner;
    of another label, what the winner leaves of it is kept, so that nothing a recogniser saw becomes visible.
    Idempotent: resolve(resolve(x)) == resolve(x).
    """
    return [found for group in _groups(finds) for found in (_weighed(group) if len(group) > 1 else group)]


def _groups(finds: Iterable[Found]) -> Iterator[list[Found]]:
    """Finds that hang together by overlap, in text order: what is weighed in one group cannot touch another."""
    group: list[Found] = []
    end = 0
    for found in sorted(finds, key=_START):
        if group and found.start >= end:
            yield group
            group = []
        group.append(found)
        end = max(end, found.end) if len(group) > 1 else found.end
    if group:
        yield group


def _weighed(finds: list[Found]) -> list[Found]:
    """In text order all along, so that clashes are looked up: a text of names only is one group of thousands."""
    kept: list[Found] = []
    for found in sorted(finds, key=_weight):
        first, last = bisect_right(kept, found.start, key=_END), bisect_left(kept, found.end, key=_START)
        clashes = kept[first:last]
        if not clashes:
            kept.insert(first, found)
        elif len(clashes) == 1 and clashes[0].label == found.label and found.recogniser not in _NETS:
            kept[first] = clashes[0]._replace(
                start=min(found.start, clashes[0].start), end=max(found.end, clashes[0].end)
            )
        else:
            kept[first:last] = sorted([*clashes, *_free_parts(found, clashes)], key=_START)
    return kept


def relabelled(finds: Iterable[Found], model: Sequence[Found], doc: Document) -> Iterator[Found]:
    """The finds after the model (in text order) was asked: it names, and now and then denies, what writing alone shows.

    Another label makes nothing visible. What the model keeps silent about is for the review list when nothing but its
    place in the sentence, or a list of names that are also words, speaks for a person.
    """
    starts = [one.start for one in model]
    finds = list(finds)
    company = Company(doc, finds, model)
    for found in finds:
        at = bisect_left(starts, found.end) - 1
        other = model[at] if at >= 0 and model[at].end > found.start else None
        unsure = found.label == "PERSON" and found.cue in _BY_WRITING and found.score < _LISTED
        if unsure and other and other.label in ("PLACE", "ORGANISATION") and other.score >= _BELIEVED:
            yield found._replace(label=other.label)
        elif unsure and other is None and found.cue == "hoofdletter":
            yield found._replace(label="ORGANISATION")
        elif found.cue == UNLISTED and company.of(found):
            yield found._replace(score=_BELIEVED)
        elif other is None and _may_be_plain(found, doc, company):
            yield found._replace(score=min(found.score, _REVIEWED))
        else:
            yield found


def _may_be_plain(found: Found, doc: Document, company: Company) -> bool:
    """A word that nothing announces, and that its writing alone makes no name.

    Its cue says so, or it opens a sentence and is unknown (`Vroag mie nait`), or is a listed name and a word in lower
    case (`toon`), or stands in small letters behind a role. A capital says more where the text tells of somebody else.
    """
    if found.label != "PERSON":
        return found.cue in _UNSEEN
    small = doc.text[found.start : found.end].islower()
    if not small and company.of(found):
        return False
    if found.cue:
        return found.cue in _UNSEEN or (small and found.score < _LISTED and found.cue in ANNOUNCED)
    if small:
        return _UNKNOWN < found.score < _SURER
    first = bisect_left(doc.places, (found.start, 0))
    return found.score <= _UNKNOWN and first < len(doc.places) and doc.reading.first[first]


def _weight(found: Found) -> tuple[float, int, int, int]:
    return (-round(found.score, 1), found.start - found.end, _RANK.get(found.label, len(ORDER)), found.start)


def _free_parts(found: Found, clashes: list[Found]) -> list[Found]:
    """What is left of a find beside those, in text order, that it lost from."""
    starts = [found.start, *(other.end for other in clashes)]
    ends = [*(other.start for other in clashes), found.end]
    cue = REST + found.cue
    return [
        found._replace(start=start, end=end, cue=cue)
        for start, end in zip(starts, ends, strict=True)
        if end - start > 1
    ]
