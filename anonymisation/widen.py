"""A found name is rarely found whole: its tussenvoegsels, initials and other half are taken along here.

The recognisers and the model each see the telling word of a name (`Steenis`, `Haas`, `Anne`). What hangs on it by
writing alone (`Van Steenis`, `P. de Haas`, `Teun vd B`, `Anne-Wil`) is the same in every case, so it is done once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from anonymisation.cues import PERSON_VERBS, STOP, TITLES, TUSSEN, WEAK_TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_words import REGIONS, WINDS
from anonymisation.spans import Document, Found
from anonymisation.wordset import words

_LABELS = frozenset(("PERSON", "PLACE", "ORGANISATION"))
_PLAIN = frozenset((" ", "  ", "-", " '", "'", "."))
_STRONG = TUSSEN - WEAK_TUSSEN - words("o la le les c mc mac zo")
_LOOKS = words("lange dikke rooie zwarte blonde malle gekke schele kromme magere ouwe manke dove boze")
_MORE_LOOKS = _LOOKS | words("grijze kale kleine grote jonge oude witte bruine blinde dunne")
"""What a name in small letters has before it without a determiner: `kwam grijze harry`."""
_DETERMINERS = words("de het een mijn onze ons zijn haar hun uw jouw die deze dat dit geen elke")
_OF_ESTATES = words("tot thoe")
_YOUNGER = words("jr sr jnr snr junior senior")
_SHORTEST_NAME, _LONGEST_HALF = 2, 6
_REGIONS = REGIONS | WINDS
_FROM = 0.5


def widen(doc: Document, finds: Iterable[Found], lists: Lists) -> Iterator[Found]:
    """The finds, each with what belongs to the same name; low scores and other labels as they are."""
    finds = list(finds)
    for number, found in enumerate(finds):
        if found.label not in _LABELS or found.score < _FROM:
            yield found
            continue
        yield _widened(doc, found, lists, finds[number + 1] if number + 1 < len(finds) else None)


def _widened(doc: Document, found: Found, lists: Lists, after: Found | None) -> Found:
    first = bisect_left(doc.places, (found.start, 0))
    last = bisect_right(doc.places, (found.end, 0)) - 1
    if first > last or first >= len(doc.places):
        return found
    reading = doc.reading
    begin = _to_the_left(reading, first, found, lists)
    end = _to_the_right(reading, last, lists) if found.label == "PERSON" else _region(reading, last, found)
    if end == last and after is not None and found.label == after.label == "PERSON":
        end = _bridge(doc, last, after)
    start = doc.places[begin][0] if begin < first else found.start
    stop = doc.places[end][1] if end > last else found.end
    if (start, stop) == (found.start, found.end):
        return found
    surname = found.label == "PLACE" and begin < first and reading.words[begin] in _STRONG
    return found._replace(start=start, end=stop, label="PERSON" if surname else found.label)


def _to_the_left(reading: Reading, first: int, found: Found, lists: Lists) -> int:
    begin = first
    while begin and first - begin < 4 and reading.words[begin - 1] in _STRONG and reading.gaps[begin] in _PLAIN:
        begin -= 1
    if begin < first:
        begin = _where_it_begins(reading, begin, first, found, lists)
    elif found.label == "PERSON" and reading.words[first] in _STRONG:
        while begin and _initial(reading, begin - 1) and reading.gaps[begin] in (". ", "."):
            begin -= 1
    if found.label == "PERSON" and begin == first and _lower_initial(reading, begin - 1):
        begin -= 1
    if begin and found.label == "PERSON" and _first_name(reading, begin - 1, lists):
        begin -= 1
    if begin and found.label == "PERSON" and _by_looks(reading, begin, lists):
        begin -= 1
    if begin and reading.gaps[begin] == "-" and _other_half(reading, begin - 1, lists):
        begin -= 1
    return begin


def _by_looks(reading: Reading, begin: int, lists: Lists) -> bool:
    """`de lange Piet`, `Surinaamse Frank`: how people tell two of one name apart."""
    at = begin - 1
    if _one_case(reading) and (not at or reading.words[at - 1] not in _DETERMINERS):
        word = reading.words[begin]
        looks = reading.words[at] in _MORE_LOOKS or (
            reading.words[at].endswith("se") and reading.words[at] in lists.lexicon
        )
        name = word in lists.first and (word not in lists.lexicon or word in lists.lower_ok)
        return looks and name and reading.gaps[begin] == " "
    comes_from = reading.known_capital[at] and not reading.first[at] and reading.words[at].endswith("se")
    return (
        (comes_from or reading.words[at] in _LOOKS)
        and reading.gaps[begin] == " "
        and reading.words[begin] in lists.first
        and (reading.first[at] or reading.capital[at] or (at > 0 and reading.words[at - 1] == "de"))
    )


def _lower_initial(reading: Reading, index: int) -> bool:
    """`r goedkoop`, `j. bakker`: a small letter at the start or behind a title, before a name without capital."""
    if index < 0 or len(reading.words[index]) != 1 or reading.words[index] in "uxnt" or reading.capital[index + 1]:
        return False
    apart = reading.first[index] or (index and reading.words[index - 1] in TITLES)
    return bool(apart) and reading.words[index].isalpha() and reading.gaps[index + 1] in (" ", ". ", ".")


def _first_name(reading: Reading, index: int, lists: Lists) -> bool:
    """`Ben Wolthuis`: a first name that is also a small word, before a surname."""
    after = reading.words[index + 1]
    return (
        reading.capital[index]
        and not reading.shouting
        and reading.gaps[index + 1] == " "
        and reading.words[index] in lists.first
        and after in lists.last
        and after not in lists.first
        and reading.capital[index + 1]
    )


def _where_it_begins(reading: Reading, begin: int, first: int, found: Found, lists: Lists) -> int:
    """First of the small words that belongs to the name, initials before it included; `first` when none does."""
    initial = begin
    while initial and _initial(reading, initial - 1) and reading.gaps[initial] in (". ", ".", " "):
        initial -= 1
    if initial < begin and found.label != "PLACE":
        return initial
    capital = next((at for at in range(begin, first) if reading.known_capital[at]), first)
    if capital == first or not reading.capital[first]:
        return first
    if not reading.first[capital]:
        return capital
    word = reading.words[first]
    follower = reading.words[first + 1] if first + 1 < len(reading.words) else ""
    if word in lists.first and word not in lists.last:
        return first
    if found.label == "PLACE":
        return capital if _closed(reading, first) or word in lists.last or follower in PERSON_VERBS else first
    return capital


def _closed(reading: Reading, index: int) -> bool:
    """Nothing follows in the sentence."""
    return index + 1 >= len(reading.words) or reading.first[index + 1]


def _initial(reading: Reading, index: int) -> bool:
    start, end = reading.places[index]
    return end - start == 1 and reading.capital[index] and reading.text[end : end + 1] == "."


def _to_the_right(reading: Reading, last: int, lists: Lists) -> int:
    """Take `-Wil`, `van der P.` and `vd B` along."""
    while last + 1 < len(reading.words) and reading.gaps[last + 1] == "-" and _other_half(reading, last + 1, lists):
        last += 1
    if last + 1 < len(reading.words) and reading.words[last + 1] in _YOUNGER and reading.gaps[last + 1] in (" ", ", "):
        return last + 1
    if _letter_of_surname(reading, last + 1, lists):
        return last + 1
    if _of_a_town(reading, last, lists) or _of_an_estate(reading, last):
        return last + 2
    after = last + 1
    while after < len(reading.words) and after - last < 4 and reading.words[after] in _STRONG and _near(reading, after):
        if _initial(reading, after) and after > last + 1:
            break
        after += 1
    if after >= len(reading.words) or not _near(reading, after) or len(reading.words[after]) > 1:
        return last
    if not reading.capital[after] or reading.shouting:
        return last
    dotted = reading.behind(after, 1)
    ends = dotted in ("", ".", ",", ";", ")", ":", "\n") or (dotted == " " and after > last + 1)
    return after if ends and (after > last + 1 or dotted == ".") else last


def _letter_of_surname(reading: Reading, index: int, lists: Lists) -> bool:
    """`Linda B`, `henk v`: one letter, and no small word, right behind a first name."""
    if index >= len(reading.words) or reading.gaps[index] != " " or reading.words[index - 1] not in lists.first:
        return False
    word, ends = reading.words[index], reading.behind(index, 1)
    if len(word) != 1 or not word.isalpha() or word in "ux" or ends in (":", "'", "’", "-", "/", "&", "+"):
        return False
    if reading.capital[index]:
        return reading.known_capital[index]
    return not reading.capital[index - 1] and (word not in "aentoiy" or ends in ("", ",", ".", ";", ")"))


def _of_a_town(reading: Reading, last: int, lists: Lists) -> bool:
    """`stefan van heukelom` in a text of one case: a first name, and a surname that is a town too."""
    if last + 2 >= len(reading.words) or reading.words[last + 1] != "van" or not _one_case(reading):
        return False
    first, surname = reading.words[last], reading.words[last + 2]
    return (
        reading.gaps[last + 1] == reading.gaps[last + 2] == " "
        and first in lists.first
        and first not in lists.lexicon
        and (surname in lists.last or surname in lists.places)
        and surname not in lists.lexicon
    )


def _of_an_estate(reading: Reading, last: int) -> bool:
    """`Van Zwolt tot Zwolterhof`: the second half of a noble name."""
    behind = last + 2
    return (
        behind < len(reading.words)
        and reading.words[last + 1] in _OF_ESTATES
        and reading.gaps[last + 1] == reading.gaps[behind] == " "
        and reading.known_capital[behind]
        and not reading.capital[last + 1]
        and reading.words[behind] not in STOP
    )


def _one_case(reading: Reading) -> bool:
    return reading.shouting or reading.text.islower()


def _region(reading: Reading, last: int, found: Found) -> int:
    """`Tunstall Veluwe`: the region behind the name of an organisation belongs to it."""
    after = last + 1
    if found.label != "ORGANISATION" or after >= len(reading.words) or reading.gaps[after] not in (" ", "-"):
        return last
    return after if reading.known_capital[after] and reading.words[after] in _REGIONS else last


def _near(reading: Reading, index: int) -> bool:
    return reading.gaps[index] in (" ", ".", ". ", "/")


def _other_half(reading: Reading, index: int, lists: Lists) -> bool:
    """The word at the other side of a hyphen is a name too: a capital that is no public word."""
    word = reading.words[index]
    if word in lists.public or not word.isalpha() or len(word) > 24:
        return False
    written = reading.capital[index] or _one_case(reading)
    if word in STOP and not (word in lists.first and written and index and reading.words[index - 1] in lists.first):
        return False
    if _one_case(reading):
        half = _SHORTEST_NAME <= len(word) <= _LONGEST_HALF and word not in lists.lexicon
        return half or word in lists.first or word in lists.last
    return reading.capital[index] and not (reading.upper[index] and word not in lists.last)


def _bridge(doc: Document, last: int, after: Found) -> int:
    """`Chow Mei Ling`: one capital between two halves of a name belongs to it."""
    reading, middle = doc.reading, last + 1
    if middle + 1 >= len(reading.words) or doc.places[middle + 1][0] != after.start:
        return last
    if reading.gaps[middle] != " " or reading.gaps[middle + 1] != " " or not reading.known_capital[middle]:
        return last
    word = reading.words[middle]
    return last if word in STOP or reading.upper[middle] else middle
