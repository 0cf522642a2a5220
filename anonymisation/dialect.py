"""Frisian, dialects and other languages in Dutch texts: there a word of no list is a word, and nobody's name."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from anonymisation.conflicts import STRANGE, STRANGER, UNLISTED, WORD
from anonymisation.english import CALLED, NAMES, REVIEWED, sentence, shows_somebody
from anonymisation.names import Lists
from anonymisation.recognisers.stranger import announced
from anonymisation.spans import Awaited, Document, Found
from anonymisation.wordset import words

_FRISIAN = words(
    "foar haw hawwe fan hjir oan nei tige gjin neat nimmen elkenien wurdt wurd wurde moatte moat moast moasten "
    "binne krekt hjoed mear myn jim jimme fuort graach tankewol altyd hieltyd kaam sunt sunder dizze yn syn harren wy "
    "hja foaral eltse slagget meitsje dwaan sizze sei wiene hienen soe soene bliuwt kin kinne ek oare"
)
_LOW_SAXON = words(
    "nait neet mor moar gain gien hail hef hebt oet hoes hoezen noar doar woar loat loaten mie mien veur zai "
    "zeden joe dou dij dizzen vrouger vrogger geet giet noe aal altied wodt mos mot mozzen doarnoa hailemoal allain "
    "allenig din dr bie tied kwaam"
)
_LIMBURGISH = words(
    "ich mer neet dao waor naor noe veur hobbe hob haet zunt oos ouch get zoe mich dich hie waat gein vreuger laote "
    "kump geit kint thoes nemes niemes mos sjoen dees daag dreimaol mien euch uch"
)
_SOUTHERN = words(
    "ge gij hedde bende kunde moete daor oew ier noe mo eel weunen gin efkes kzal kzijn wete redde zeie houdoe"
)
_FRENCH = words("vous pour est avec merci beaucoup tout tres mais ete sont elle suis mon ma")
_TURKISH = words("cok bir ve icin degil tesekkurler tesekkur ederim yok iyi guzel allah olsun")
_SPANISH = words("gracias por todo muy el que es una para pero bueno buena ta ku danki")
_POLISH = words("dziekuje bardzo jest sie wszystko dobrze dobra ale pomoc bylo")
_GERMAN = words("ich und nicht das ist sehr fur auch nur mit eine ein wir sie aber schon gut vielen")
_TONGUES = (_FRISIAN, _LOW_SAXON, _LIMBURGISH, _SOUTHERN, _FRENCH, _TURKISH, _SPANISH, _POLISH, _GERMAN)
_ANY = Awaited(frozenset().union(*_TONGUES))
_IN_SENTENCE, _IN_TEXT = 2, 3
"""So many different telling words of one language make a sentence, or any sentence of a text, one in that language."""
_BY_LOOKS = (STRANGE, STRANGER, UNLISTED, WORD, "model")
"""Cues of a find for which nothing speaks but that no list knows the word."""


def without_dialect(doc: Document, finds: Sequence[Found], lists: Lists) -> Iterable[Found]:
    """The finds, of which words of no list in a sentence in dialect or another language go to the review list.

    So do the small words of that language that are also a name (`Noe`, `hedde`). Who has a capital in mid-sentence, is
    otherwise a listed name, or is announced as somebody, stays.
    """
    return _weighed(doc, finds, lists) if len(_ANY.of(doc)) >= _IN_SENTENCE else finds


def _weighed(doc: Document, finds: Sequence[Found], lists: Lists) -> Iterator[Found]:
    for found in finds:
        named = found.label in NAMES and found.score > REVIEWED and found.cue not in CALLED
        yield found._replace(score=REVIEWED) if named and _is_speech(doc, found, lists) else found


def _is_speech(doc: Document, found: Found, lists: Lists) -> bool:
    reading, first = doc.reading, bisect_left(doc.places, (found.start, 0))
    inside = range(first, bisect_left(doc.places, (found.end, 0)))
    if not inside or any(shows_somebody(reading, at) for at in inside) or announced(reading, inside[0], inside[-1]):
        return False
    own = {doc.words[at] for at in inside}
    unlisted = found.cue in _BY_LOOKS and own.isdisjoint(lists.first) and own.isdisjoint(lists.last)
    here, everywhere = set(sentence(reading, first)) - own, set(doc.words) - own
    return any(
        len(tongue & here) >= _IN_SENTENCE or len(tongue & everywhere) >= _IN_TEXT
        for tongue in _TONGUES
        if unlisted or own <= tongue
    )
