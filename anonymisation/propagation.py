"""Names found once are masked everywhere in the same document, and so are names the delivery itself carries."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from anonymisation.cues import PERSON_VERBS, STOP, TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.spans import Document, Found
from anonymisation.view import fold
from anonymisation.wordset import words

FROM = 0.6
_DETERMINERS = words(
    "de het een deze die dit dat geen mijn mn jouw je zijn haar ons onze hun uw elke ieder iedere veel weinig meer wat "
    "alle in op te t n"
)
_SHORTEST = 3
_FEW = 32
_LETTERS = bytes(code if chr(code).isalpha() else 32 for code in range(128)) + bytes(128)


def propagate(
    doc: Document, finds: Iterable[Found], lists: Lists, known_names: Collection[str] = ()
) -> Iterator[Found]:
    """Every other mention of a part of a found name, of an organisation or place, or of a known name."""
    finds = list(finds)
    carried = _parts(doc, finds, lists)
    known = {part for name in known_names for part in _words(fold(name)) if len(part) > 2 and part not in TUSSEN}
    if not carried and not known:
        return
    reading, sure = doc.reading, _Sure(doc, finds)
    yield from _phrases(doc, finds, sure)
    yield from _short_forms(doc, finds, lists)
    mentioned = carried.keys() | known
    mentioned |= {word + "s" for word in mentioned}
    for index in [number for number, word in enumerate(reading.words) if word in mentioned]:
        word = reading.words[index]
        label = "PERSON" if word in known else carried.get(word)
        end_cut = 0
        if label is None and word.endswith("s") and len(word) > 3:
            label, end_cut = ("PERSON" if word[:-1] in known else carried.get(word[:-1])), 1
        start, end = doc.places[index]
        if label is None or (word not in known and sure.holds(start, end, label)):
            continue
        common = word in lists.lexicon or (end_cut and word[:-1] in lists.lexicon)
        follower = reading.words[index + 1] if index + 1 < len(reading.words) else ""
        if common and not (
            (
                reading.known_capital[index]
                and (not reading.first[index] or follower in PERSON_VERBS or _stands_alone(reading, index))
            )
            or (
                word in sure.typed_lower
                and not reading.capital[index]
                and _stands_like_a_name(reading, index, follower)
            )
        ):
            continue
        yield Found(start, end - end_cut, label, 0.7 if word in known else 0.8, "eerder in deze tekst", "propagation")


class _Sure:
    """Finds that need no second mention, to look up by place."""

    def __init__(self, doc: Document, finds: Iterable[Found]) -> None:
        self._doc = doc
        self.finds = [found for found in finds if found.score >= FROM]
        self.starts = [found.start for found in self.finds]

    def holds(self, start: int, end: int, label: str | None = None) -> bool:
        """Does one of them, of this label if given, cover the whole stretch?"""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.finds[at].end >= end and label in (None, self.finds[at].label)

    @cached_property
    def typed_lower(self) -> frozenset[str]:
        """Words of names that this writer typed in lower case."""
        given, folded = self._doc.text, self._doc.folded
        return frozenset(
            word
            for found in self.finds
            if found.label == "PERSON" and given[found.start : found.end].islower()
            for word in _words(folded[found.start : found.end])
        )


def _stands_alone(reading: Reading, index: int) -> bool:
    """`Slot, die was er ook.` `Slot. Die was er ook.`: a sentence of one word, or a word set apart by a comma."""
    after = index + 1
    return after >= len(reading.words) or reading.gaps[after].lstrip()[:1] in (",", ".", "?", "!", ":", ";")


def _stands_like_a_name(reading: Reading, index: int, follower: str) -> bool:
    """An everyday word that was a name before: is it one here? A verb of people behind it, or no article before it."""
    return follower in PERSON_VERBS or not index or reading.words[index - 1] not in _DETERMINERS


def _short_forms(doc: Document, finds: Iterable[Found], lists: Lists) -> Iterator[Found]:
    """`Ben` for Benjamin, `Lino` for Marcellino, `JP` for Jeroen-Peter: with a capital, in a text that has the name."""
    people = [doc.text[found.start : found.end] for found in finds if found.label == "PERSON" and found.score >= FROM]
    names = {fold(name.split(" ")[0]) for name in people if name[:1].isupper() and not name.isupper()}
    long = {part for name in names for part in name.split("-") if len(part) > _SHORTEST + 1}
    letters = {"".join(part[0] for part in _words(fold(name))) for name in people if name[:1].isupper()}
    alone = {fold(name) for name in people if len(name) == 1}
    reading = doc.reading
    if reading.shouting or not (long or letters):
        return
    longest, whole = max(map(len, long), default=_SHORTEST), _Names(long)
    for index in [at for at, big in enumerate(reading.capital) if big]:
        word = reading.words[index]
        if len(word) < _SHORTEST and _letter_of(reading, index, long, alone):
            start, end = doc.places[index]
            end += doc.text[end : end + 1] == "."
            yield Found(start, end, "PERSON", 0.6, "letter van een naam", "propagation")
        elif len(word) > longest:
            continue
        if reading.upper[index]:
            short = 1 < len(word) < 4 and word in letters and word not in lists.public
        else:
            short = whole.hold_more_than(word) and _may_stand_for_a_name(reading, index, lists)
        if short:
            yield Found(*doc.places[index], "PERSON", 0.6, "verkorte naam", "propagation")


def _letter_of(reading: Reading, index: int, names: Collection[str], alone: Collection[str]) -> bool:
    """`'P. weg.'`, `Th. gebeld`: the letter of a name of this text, where a sentence or a quotation begins."""
    word, end = reading.words[index], reading.places[index][1]
    if index + 1 >= len(reading.words) or reading.capital[index + 1]:
        return False
    if word in alone:
        return reading.words[index + 1] in PERSON_VERBS
    opens = reading.first[index] or reading.gaps[index].endswith(("'", '"', "‘", "“"))
    return opens and reading.text[end : end + 2] == ". " and any(name.startswith(word) for name in names)


class _Names:
    """Names that may be shortened; a text of names only has thousands, so those are laid in order."""

    def __init__(self, names: Collection[str]) -> None:
        self._names, self._together = names, " ".join(names) if len(names) < _FEW else None

    @cached_property
    def _endings(self) -> list[tuple[str, int]]:
        """Every end of every name, with the length of that name."""
        return sorted((name[at:], len(name)) for name in self._names for at in range(len(name)))

    def hold_more_than(self, word: str) -> bool:
        """Is it a piece of one of them, two letters shorter at least?"""
        least = len(word) + 2
        if len(word) < _SHORTEST:
            return False
        if self._together is not None:
            return word in self._together and any(len(name) >= least and word in name for name in self._names)
        first = bisect_left(self._endings, (word, 0))
        endings = (self._endings[at] for at in range(first, len(self._endings)))
        begun = takewhile(lambda ending: ending[0].startswith(word), endings)
        return any(length >= least for _, length in begun)


def _may_stand_for_a_name(reading: Reading, index: int, lists: Lists) -> bool:
    """No small word, and where a sentence begins no everyday word either, unless somebody does something."""
    word, follower = reading.words[index], reading.words[index + 1] if index + 1 < len(reading.words) else ""
    if word in lists.public or word in lists.places or (word != "ben" and (word in STOP or word in TUSSEN)):
        return False
    if not reading.first[index] or word not in lists.lexicon or word in lists.first:
        return True
    if _stands_alone(reading, index):
        return True
    return follower in PERSON_VERBS or (len(follower) > 3 and follower.endswith("t") and follower in lists.lexicon)


def _parts(doc: Document, finds: Iterable[Found], lists: Lists) -> dict[str, str]:
    """Folded word -> label of the words that may be carried through the document."""
    carried: dict[str, str] = {}
    for found in finds:
        if found.score < FROM or found.label not in ("PERSON", "PLACE", "ORGANISATION"):
            continue
        for word in _words(doc.folded[found.start : found.end]):
            if len(word) < _SHORTEST or word in TUSSEN or word in STOP:
                continue
            if word in lists.public and not (found.label == "PERSON" and word in lists.last):
                continue
            if found.label != "PERSON" and word in lists.lexicon:
                continue
            if carried.get(word) != "PERSON":
                carried[word] = found.label
    return carried


def _phrases(doc: Document, finds: Sequence[Found], sure: "_Sure") -> Iterator[Found]:
    """Other mentions of a whole name of several words."""
    seen = {
        (doc.folded[f.start : f.end], f.label)
        for f in finds
        if f.score >= FROM and f.label in ("PERSON", "PLACE", "ORGANISATION")
    }
    for phrase, label in sorted(seen):
        if " " not in phrase or len(phrase) < 6:
            continue
        at = doc.folded.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            apart = not doc.folded[max(0, at - 1) : at].isalnum() and not doc.folded[end : end + 1].isalnum()
            if apart and not sure.holds(at, end):
                yield Found(at, end, label, 0.8, "eerder in deze tekst", "propagation")
            at = doc.folded.find(phrase, end)


def _words(folded: str) -> list[str]:
    if folded.isascii():
        return folded.encode().translate(_LETTERS).decode().split()
    return "".join(c if c.isalpha() else " " for c in folded).split()
