"""What speaks against a name in small letters: the word does there what everyday words do."""

from anonymisation.cues import ACTS, KIN, NAMING, PERSON_VERBS, STOP, TITLES, TUSSEN
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.numerals import CARDINALS
from anonymisation.wordset import words

_NOTED = words(
    "slecht slechter graag liever liefst verder zeer zelden opnieuw inmiddels momenteel conform vandaag redelijk "
    "verward bang moe ziek druk rijk arm zwak fit vlot stil nors bot bits gastvrij alert helder somber mondig "
    "boodschappen huishouden financien medicatie bereikbaar alvast deels mogelijk vermoedelijk hopelijk tijdens "
    "bellen mailen appen vragen helpen regelen plannen checken lezen vergeet vergat ivm mbt wegens vanwege "
    "sindsdien thans reeds wederom nogmaals telkens steeds overdag savonds incontinent dement alleenstaand "
    "woonachtig werkzaam herstellende terminaal palliatief"
)
"""How somebody is or how it went, and what a note goes on with: `mw slecht bereikbaar`, `dhr boodschappen`."""
_STATE_ENDS = (
    "ig", "lijk", "lijks", "isch", "baar", "loos", "zaam", "eel", "ief", "iel", "matig", "heid", "tie", "teit", "atief"
)  # fmt: skip
_PREFIXES = ("be", "ver", "ont", "her", "aan", "af", "op", "uit", "in", "toe", "over", "door")
_SUBJECTS = words("ik hij zij ze men wie je u we iedereen niemand iemand gemeente")
_BEHIND = {
    "koos": words("er ervoor een het ik hij zij ze niet uit om voor"),
    "ernst": words("van maken"),
    "frank": words("en antwoord"),
    "frans": words("en spreken praten leren"),
    "toon": words("van"),
}
"""What stands behind the word, and hardly behind the name."""
_AHEAD = {
    "koos": _SUBJECTS,
    "ernst": words("alle met volle veel grote"),
    "frans": words(
        "spreek spreekt sprak spreken praat praat in het naar les lessen leer leert duits engels of en vloeiend"
    ),
    "toon": words("op veel andere weinig"),
    "gerold": words("erin er in doorheen"),
    "ton": words("per anderhalve halve een kwart"),
    "mark": words("per duitse"),
}


def noted_of_somebody(word: str, lists: Lists) -> bool:
    """Is this what a note says of `mw` or `dhr` (`wenst`, `wekelijks`, `terugbellen`), rather than a surname?

    Verbs, adverbs and how somebody is, told by their endings; no noun, for any noun may be a surname.
    """
    if word not in lists.lexicon or word in lists.last or word in lists.first:
        return False
    return word in _NOTED or word.endswith(_STATE_ENDS) or _finite(word, lists.lexicon) or _infinitive(word)


def _finite(word: str, lexicon: frozenset[str]) -> bool:
    """`wenst`, `slaapt`, `verblijft`, `vermoeid`: a form of a verb whose infinitive the lexicon has too."""
    if word.endswith("eerd") or (word.startswith("ge") and word.endswith(("d", "t", "en"))):
        return True
    if (word.endswith("end") and word[:-1] in lexicon) or (word.startswith(_PREFIXES) and word + "en" in lexicon):
        return True  # `afwachtend`, `overbelast`
    stem = word[:-1]
    if len(stem) < 3 or not (word[-1] == "t" or (word[-1] == "d" and word.startswith(_PREFIXES))):
        return False
    if stem[-3:-1] in ("aa", "ee", "oo", "uu"):
        stem = stem[:-2] + stem[-1]
    elif stem[-2] in "aeiou" and stem[-3] not in "aeiou":
        doubled = stem + stem[-1] + "en" in lexicon
        return doubled or (len(stem) > 4 and stem.endswith(("er", "el", "en", "ig")) and stem + "en" in lexicon)
    soft = stem[:-1] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
    return soft + "en" in lexicon or stem + "en" in lexicon


def _infinitive(word: str) -> bool:
    """`terugbellen`, `informeren`, `uitnodigen`; shorter words on -en may be the plural of a noun."""
    return len(word) > 6 and word.endswith("en")


def plain_in_small(reading: Reading, index: int, lists: Lists) -> bool:
    """`hij koos ervoor`, `met veel toon`, `achterste wiel`: small letters on a word that grammar makes a word."""
    word, before = reading.words[index], reading.words[index - 1] if index else ""
    after = reading.words[index + 1] if index + 1 < len(reading.words) and reading.gaps[index + 1] == " " else ""
    if word == "anno":
        return after.isdigit()
    if after and after in _BEHIND.get(word, ()):
        return True
    if not before or reading.gaps[index] != " " or word not in lists.lexicon:
        return False
    return before in _AHEAD.get(word, ()) or _adjective(before, lists)


def _adjective(word: str, lists: Lists) -> bool:
    """`hoge`, `achterste`, `brave`: an everyday word on -e that is no verb, relative, greeting or name."""
    if not word.endswith("e") or word not in lists.lexicon or len(word) < 4:
        return False
    if word.endswith(("ie", "je", "ee")) or word in lists.first or word in lists.last:
        return False
    if word.endswith(("de", "te")) and word + "n" in lists.lexicon and not word.endswith("ste"):
        return False
    return not any(word in some for some in (STOP, KIN, TITLES, NAMING, TUSSEN, PERSON_VERBS, ACTS, CARDINALS))
