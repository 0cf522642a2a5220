"""What surrounds a name: gaps, abbreviations, ages, roles behind it; and shapes of surnames."""

import re

from anonymisation.cues import KIN, SPEAKERS, TITLES
from anonymisation.names import Lists
from anonymisation.reading import Reading
from anonymisation.recognisers.organisation_words import PUBLIC_HEAD, REGIONS, WINDS
from anonymisation.spans import SHORT_TITLES
from anonymisation.wordset import words

INITIALS = re.compile(r"(?<!\w)[A-Z]\.[ ]?(?:[vdtVD]\.?[ ]?){1,3}[A-Z]\.?(?!\w)")
TWOFOLD = re.compile(r"(?<![\w\-])[A-Z][a-z]{1,5}-[A-Z][a-z]{1,4}(?= [A-Z][a-z])(?!\w)")
SHORTENED = re.compile(
    r"(?<!\w)(?:Joh|Wm|Jac|Corn|Hendr|Chr|Gerr|Ant|Alb|Matth|Nic|Herm|Andr|Bern|Theod|Wilh|Elis|Cath|Marg|Jos|Hend)\."
    r"(?= (?:en |van |de |den |ter |v\.)?[A-Z])"
)
"""`Joh. en Mien`, `Corn. de Wit`: first names as they stand on old letters."""
AGED = re.compile(r"[, (]{1,2}\d{1,3}(?:\)| ?j|,)")
SEVERAL = re.compile(r"(?<!\w)(?:[A-Z]\.){2,4}(?!\w)")
LISTED = re.compile(r"(?<!\w)([A-ZÀ-Þ][\w'\-]{2,24}), (?:[A-Z]\.[ ]?){1,4}(?!\w)")
_SURNAME_ENDS = tuple(
    words(
        "stra sma ema inga enga oglu owski owska ewski ewska inski inska czyk wicz enko chuk escu opoulos yan "
        "persad dien singh sing ovic evic ova eva kov lov mov nov rov sov huizen huis mans sen ssens ink ingh kamp "
        "veld hof horst stad gaard meijer meyer maier dijk zadeh zada zai nejad pour vili dze ides akis sson "
        "pillai raj nathan lingam swamy jee wala walla essy upessy lopulu mariam michael selassie egziabher"
    )
)
_SURNAME_SHAPE = re.compile(rf"[a-z]{{2,14}}(?:{'|'.join(sorted(_SURNAME_ENDS))})")
JOINS = frozenset((" ", "-", "'", " '", "\u00a0", "  ", ". ", ".", " - ", "\n"))
NAME_GAPS = frozenset((" ", "-", "'", " '", "  "))
INITIAL_GAPS = frozenset((".", ". ", " ", ".-"))
ABBREVIATIONS = words(
    "ivm ipv tov dmv oa ed enz nav ism tav tnv mbt bv mn ab zgn aub nvt tgv evt iig imv adhv igv ea am pm cq "
    "va mi pw pj nl ovv iov tzt dwz maw "
    "ovv itt ihkv tgv mmv ztv nvt jn vgl gva zsm ipv iov "
    "ntb pp pd tbv tkn tlv ggv oid eo jl ll zoz avg db hb tc ro vc wo ma di do vr za zo u v dd svp"
)
_SHOUTED = frozenset(letters for letters in ABBREVIATIONS if len(letters) > 2) | {"dd"}
"""`I.V.M.`, `N.V.T.`: in a text of capitals these are no initials; of two letters nobody can tell."""
_SHORTEST_CUT = 3
STOP_NAMES = words("wil an ben enzo door")
"""First names that are small words too; with a capital in mid-sentence no verb, article or `enzo` (and so on)."""
PLACE_WORDS = words("in te uit naar nabij richting omgeving regio")
POSSESSIVE = words("mijn m'n onze ons zijn z'n haar hun uw je jouw d'r mien mine onzen us ús myn de een ene")
CALLED_THINGS = words(
    "app training cursus project folder website site regeling plan programma brief formulier campagne bijeenkomst "
    "middag nieuwsbrief spel film boek liedje lied kaart pas systeem toets methode aanpak kat hond serie aflevering "
    "rubriek knop kopje tabblad menu thema onderdeel module pilot traject bestand map krant tijdschrift poster lijst "
    "vragenlijst afdeling artikel hoofdstuk vak merk type model poes kater paard parkiet papegaai konijn"
)
"""`de app heet Buurtwijzer`, `het formulier Wijziging Adres`: what is called so is nobody."""
SHORT_NAMES = words(
    "ali ayo ada aya eda ece ela efe nur sam tom tim ben lea leo mia ida ivo pim guy kai jip pam rob roy ria "
    "cor ger bep dré daan els ans ank ies wil bas gea joy jos leo lex liv luc mae max may moos noa odo oya pia "
    "rie ton uma zoe aad abe"
)


def abbreviates(letters: str, reading: Reading, index: int) -> bool:
    """Are these letters, of which the first stands at `index`, an abbreviation rather than initials?"""
    if reading.shouting or letters == "nvt":
        return letters in _SHOUTED
    return letters in ABBREVIATIONS and not reading.capital[index]


def names_a_thing(reading: Reading, index: int) -> bool:
    """`het boek De Zorgval`, `afdeling Inkoop`: right behind a thing that has a title stands that title."""
    return index > 0 and reading.words[index - 1] in CALLED_THINGS and not reading.gaps[index].strip(" '\"‘“")


def short_title(reading: Reading, index: int) -> bool:
    """`dhr.` and `mw.` are followed by nothing but a name."""
    return index > 0 and reading.words[index - 1] in SHORT_TITLES


def sure_tussen(reading: Reading, index: int) -> bool:
    """`van den`, `van der`, `ter`, `ten`: after a title these lead to nothing but a surname."""
    return (
        index > 1
        and len(reading.words[index]) > 2
        and reading.words[index - 1] in ("den", "der", "ter", "ten", "vd", "t", "d")
    )


def aged(reading: Reading, index: int) -> bool:
    """`Xirello (43)`, `Xirello, 43 jaar`: how old somebody is, right behind the name."""
    return AGED.match(reading.text, reading.places[index][1]) is not None


def is_initial(reading: Reading, index: int) -> bool:
    """A capital letter with a dot behind it."""
    start, end = reading.places[index]
    alone = end - start == 1 and reading.capital[index] and reading.text[end : end + 1] == "."
    return alone and reading.gaps[index] != "/"


def dotted_letter(reading: Reading, index: int) -> bool:
    """`t.` before a surname is an initial; only the v and d of `v.d.` are not."""
    start, end = reading.places[index]
    return end - start == 1 and reading.words[index] not in ("v", "d") and reading.text[end : end + 1] == "."


def without_genitive(lists: Lists, reading: Reading, last: int, start: int, end: int) -> int:
    """`Annemieks` is masked as `Annemiek`."""
    word = reading.words[last]
    if word.endswith("s") and word not in lists.first and word not in lists.last and word[:-1] in lists.first:
        return end - 1
    return end


def surname_shaped(word: str) -> bool:
    """`Wiersma`, `Kowalczyk`: an ending that only surnames have."""
    return word.endswith(_SURNAME_ENDS) and _SURNAME_SHAPE.fullmatch(word) is not None


def letter_word(word: str) -> bool:
    """Capital, one to three of v d n t, capital: initials of a name with a tussenvoegsel."""
    middle = word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return word[-1:].isupper() and 1 <= len(middle) <= 3 and set(middle) <= set("vdnt") and word[0].isupper()


def is_typo(word: str, lexicon: frozenset[str], names: frozenset[str]) -> bool:
    """One letter too many, too few or swapped away from a known word that is no name."""
    near = {word[:cut] + word[cut + 1 :] for cut in range(len(word))}
    near |= {word[:cut] + word[cut + 1 : cut + 2] + word[cut : cut + 1] + word[cut + 2 :] for cut in range(len(word))}
    near |= {word[:cut] + letter + word[cut:] for cut in range(1, len(word) + 1) for letter in "entrdka"}
    return not (near & lexicon).issubset(names)


def unknown(word: str, lists: Lists) -> bool:
    """Not a word, not a compound, not a place, not a word with one typing error."""
    return not (
        word in lists.places
        or word in lists.proper
        or lists.is_word(word)
        or PUBLIC_HEAD.fullmatch(word)
        or is_typo(word, lists.lexicon, lists.first)
    )


def cut_off(reading: Reading, index: int) -> bool:
    """`Comm. volgt`, `Ingangsd. 1e vd mnd`: behind the dot the sentence goes on, so it is an abbreviation."""
    after = index + 1
    return after < len(reading.words) and reading.gaps[after] == ". " and not reading.capital[after]


def shortened(reading: Reading, index: int, lists: Lists) -> bool:
    """`Dossier bijgew.`, `Rondvr.: geen`: the beginning of a word with its dot, in notes that cut off others too.

    What may be a name by its lists or its ending is none, nor what a capital in mid-sentence marks.
    """
    word = reading.words[index]
    if reading.behind(index, 1) != "." or len(word) < _SHORTEST_CUT or word[-1] in "aeiouy" or word in lists.lexicon:
        return False
    if word in lists.first or word in lists.last or surname_shaped(word):
        return False
    if reading.capital[index] and not reading.first[index]:
        return False
    return _cuts_words(reading) and lists.begins_word(word)


def _cuts_words(reading: Reading) -> bool:
    """Does a dot in mid-sentence stand behind another word than a title? Who writes no capitals does not show it."""
    words, gaps, capital = reading.words, reading.gaps, reading.capital
    return not reading.text.islower() and any(
        gaps[at] in (". ", ".: ") and not capital[at] and len(words[at - 1]) > 1 and words[at - 1] not in TITLES
        for at in range(1, len(words))
    )


_TALK = 1500
"""So near stands what somebody else says."""


def takes_turn(reading: Reading, index: int) -> bool:
    """`Bakker: ik zelf`: a surname at the head of a line, in a talk in which somebody else says something too."""
    head = index == 0 or "\n" in reading.gaps[index]
    if not head or reading.gaps[index + 1 : index + 2] != [": "] or reading.words[index] in SPEAKERS:
        return False
    at = reading.places[index][0]
    lines = reading.text[max(0, at - _TALK) : at + _TALK].split("\n")
    return sum(0 < line.find(": ") < 25 for line in lines) > 1


def role_follows(reading: Reading, index: int) -> bool:
    """`Mo, wijkagent`; `Selma (consulent)`."""
    after = index + 1
    return (
        after < len(reading.words)
        and reading.gaps[after] in (", ", " (", ", de ", " - ")
        and (
            reading.words[after] in KIN
            or (
                reading.words[after] in ("onze", "mijn", "de", "hun", "zijn", "haar")
                and after + 1 < len(reading.words)
                and reading.words[after + 1] in KIN
            )
        )
    )


def in_body(reading: Reading, index: int) -> bool:
    """`gemeente Aa en Hunze`, `gemeente Bergen op Zoom`: behind the first word of the name of a gemeente."""
    at = index - 1
    while at > 0 and index - at < 5 and reading.gaps[at + 1] in (" ", "-") and reading.words[at] != "gemeente":
        if not (reading.capital[at] or reading.words[at] in ("aan", "den", "de", "op", "bij")):
            return False
        at -= 1
    return 0 <= at < index - 1 and reading.words[at] == "gemeente"


def is_region(reading: Reading, index: int) -> bool:
    """`Noord-Holland`, `Oost-Groningen`: a wind and the region of which it is a part."""
    after = index + 1
    return (
        reading.words[index] in WINDS
        and after < len(reading.words)
        and reading.gaps[after] == "-"
        and reading.words[after] in REGIONS
    )
