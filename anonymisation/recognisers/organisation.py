"""Care providers, schools, employers, clubs, churches: by the word before the name, or by a word inside it."""

import re
from collections.abc import Iterable

from anonymisation.cues import KIN, PERSON_VERBS, STOP
from anonymisation.names import Lists, own, split_phrases
from anonymisation.reading import Reading
from anonymisation.spans import Document, Found, Recogniser
from anonymisation.view import fold
from anonymisation.wordset import words

TYPES = words(
    "stichting thuiszorg thuiszorgorganisatie thuiszorgwinkel zorginstelling zorgorganisatie zorgaanbieder "
    "zorgbureau zorggroep zorgverlener aanbieder instelling organisatie "
    "basisschool school middelbare scholengemeenschap lyceum college peuterspeelzaal kinderdagverblijf "
    "kinderopvang bso huisartsenpraktijk huisartspraktijk praktijk groepspraktijk "
    "tandartspraktijk apotheek ziekenhuis kliniek revalidatiecentrum revalidatie polikliniek verzorgingshuis "
    "verzorgingstehuis verpleeghuis verpleegtehuis bejaardenhuis "
    "bejaardentehuis woonzorgcentrum zorgcentrum woonvorm woongroep woonhuis serviceflat hospice dagcentrum "
    "dagbesteding dagopvang dagverblijf buurthuis wijkcentrum buurtcentrum wijkgebouw buurtkamer huiskamer "
    "dorpshuis inloop inloophuis inlooppunt inloopcentrum moskee kerk parochie gemeenschap club vereniging "
    "voetbalclub voetbalvereniging sportclub zangkoor koor harmonie fanfare speeltuin "
    "bedrijf metaalbedrijf bouwbedrijf schoonmaakbedrijf taxibedrijf firma fabriek drukkerij bakkerij slagerij "
    "garage uitzendbureau woningcorporatie woningbouw woningbouwvereniging "
    "corporatie woningstichting zorgboerderij manege boerderij fysiotherapie fysiotherapiepraktijk fysio "
    "ergotherapie logopedie leverancier hulpmiddelenleverancier werkgever sporthal zwembad bewindvoering "
    "bewindvoerderskantoor advocatenkantoor kantoor notariskantoor welzijn welzijnsorganisatie "
    "welzijnsstichting jeugdzorg jeugdhulp jeugdinstelling opvang crisisopvang "
    "vrouwenopvang daklozenopvang nachtopvang azc asielzoekerscentrum voedselbank kringloop kringloopwinkel "
    "repaircafe eetcafe cafe restaurant wooncomplex complex flat seniorenflat logeerhuis gezinshuis "
    "ggz-instelling kerkgenootschap tempel huurdersvereniging buurtkeuken atelier gezondheidscentrum "
    "zorgcentrale aannemersbedrijf aannemer visrokerij bakker kwekerij rederij transportbedrijf sorteercentrum "
    "huisartsen tandarts fysio school zorgcentrum kerkgebouw synagoge gurdwara mandir gemeenschapshuis "
    "ontmoetingscentrum steunpunt activiteitencentrum jongerencentrum coöperatie cooperatie zorgcooperatie "
    "instituut centrum huis tehuis hofje residentie landgoed maatschap tehuizen hulpverleningsinstantie "
    "wasserij kapsalon thuisbegeleiding maatwerkbedrijf sociale werkplaats werkplaats leerwerkbedrijf ambulant "
    "ambulante gezelschap"
)
WEAK_TYPES = words(
    "school kerk club huis flat kantoor centrum college praktijk opvang inloop bedrijf organisatie instelling "
    "aanbieder zorgverlener leverancier werkgever welzijn dagbesteding fysio fysiotherapie fabriek middelbare "
    "gemeenschap complex kliniek boerderij koor cafe restaurant ambulant ambulante vereniging ergotherapie "
    "logopedie werkplaats garage revalidatie jeugdzorg jeugdhulp thuiszorg ziekenhuis dagopvang apotheek "
    "moskee huiskamer bewindvoering woongroep steunpunt"
)
_INSIDE = re.compile(
    r"(?:zorg|thuis|welzijn|jeugd|woon|stichting|ggz|hulp|buurt|wijk|huis|kliniek|medisch|school|college|"
    r"lyceum|revalidatie|senioren|ouderen|kinder|therapie|praktijk|apotheek|ziekenhuis|gasthuis|zorggroep|care|"
    r"groep|kracht|begeleid|dienstverlening|coach|support|taxi|vervoer)"
)
PUBLIC_HEAD = re.compile(
    r"[a-z]{1,40}(?:plan|gesprek|team|teams|loket|wet|beleid|budget|kaart|pas|verslag|formulier|overleg|"
    r"systeem|commissie|raad|dienst|consulent|consulente|"
    r"regeling|voorziening|app|portaal|punt|code|lift|groep|pagina|bijdrage|hulp|zorg|vervoer|besluit|aanvraag|"
    r"melding|verordening|nota|kamer|taxi|bus|advies|"
    r"ambtenaar|medewerker|regisseur|manager|coach|werker|adviseur|ondersteuner|ondersteuning|vragen|lijst|"
    r"scan|indicatie|beschikking|tarief|model|matrix|methodiek|methode|aanpak|instrument|monitor|toets|protocol|richtlijn|"
    r"convenant|akkoord|nummer|notitie|campagne|subsidie|cursus|training|coordinator|wonen|dag|uur|week|jaar|euro)"
)
"""Endings of what a gemeente has or does: with a capital still nobody's name."""
_GENERIC_CAP = words(
    "thuiszorg jeugdhulp jeugdzorg zorggroep stichting welzijn woonzorgcentrum zorgcentrum verpleeghuis "
    "ziekenhuis basisschool huisartsenpraktijk huisartspraktijk zorgboerderij huize "
    "zorgcooperatie wijkcentrum buurthuis dorpshuis kinderopvang apotheek praktijk fysiotherapie college "
    "lyceum scholengemeenschap sbo vso kdv bso psz rbs wzc wlc obs cbs rkbs thuishulp zorgvervoer jeugdteam "
    "aannemersbedrijf zorgatelier buurtzorgteam woonzorg dorpscooperatie "
    " kbs pcb vv sv fc hc kbo pcob anbo mee ggz ggnet hvo rkvv asv "
    "scouting taxi moskee "
    "kerk parochie garage bakkerij slagerij zorgbureau zorgcombinatie zorgspectrum maatschap firma woongroep "
    "hospice kringloop manege inloophuis groepspraktijk tandartspraktijk buurtzorg groenrijk tuincentrum "
    "gezondheidscentrum huisartsen zorgcentrale buurtkeuken atelier aannemersbedrijf bouwbedrijf "
    "transportbedrijf visrokerij huurdersvereniging bewonersvereniging speeltuinvereniging zwemclub wandelclub "
    "korfbalclub hengelsportvereniging zangvereniging muziekvereniging centrum zorg"
)
_JOINED = words(
    "moskee kerk kapel school huis kliniek groep stichting fonds college lyceum vereniging club koor synagoge tempel "
    "instituut centrum flat toren hal gemeente parochie mavo vmbo praktijk apotheek hospice"
)
_FIRMS = words("thuiszorg bakkerij slagerij garage firma taxi kringloop zorggroep welzijn")
"""At the head of a sentence too these belong to the name: `Thuiszorg Lekoever zegt op`."""
_PARTNERS = words("zo co zn zonen zoon dochters fris partners meer zorg welzijn groen goed thuis samen")
_JOIN = words("de het 't t den der van voor aan en in op te ter ten & la le")
_ARTICLES = words("de het t den ons onze het 't d")


class OrganisationRecogniser(Recogniser):
    """Lower-case type words and articles in front stay visible."""

    name = "organisation"
    labels = ("ORGANISATION",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        names = {fold(n) for n in own("organisations")}
        self.single, self.phrases = split_phrases(names)
        _, self.firms = split_phrases(fold(name) for name in own("firms"))

    def find(self, doc: Document) -> Iterable[Found]:
        """Organisations in view offsets."""
        reading = doc.reading
        done = -1
        for index in doc.seeds:
            if index <= done or len(reading.words[index]) > 40:
                continue
            span = (
                self._compound(reading, index)
                or self._listed(reading, index)
                or self._by_type(reading, index)
                or self._inside(reading, index)
            )
            if span:
                first, last, score, cue = span
                done = last
                yield Found(doc.places[first][0], doc.places[last][1], "ORGANISATION", score, cue)

    def _compound(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """`Fatih-moskee`, `Pius X-kerk`, `Sint Jozefkerk`: a name joined to what it is."""
        after = index + 1
        if reading.shouting or not reading.capital[index] or after >= len(reading.words):
            return None
        if (
            reading.gaps[after] == "-"
            and reading.words[after] in _JOINED
            and reading.words[index] not in self.lists.public
        ):
            return index, after, 0.9, "naam-soort"
        if reading.gaps[after] == " & " and reading.capital[after] and not reading.upper[index]:
            return (index, after, 0.75, "& co") if reading.words[after] in _PARTNERS else None
        return None

    def _listed(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        word = reading.words[index]
        for phrase in self.firms.get(word, ()) if reading.known_capital(index) else ():
            if tuple(reading.words[index : index + len(phrase)]) == phrase:
                return index, index + len(phrase) - 1, 0.96, "bekende naam"
        for phrase in self.phrases.get(word, ()):
            end = index + len(phrase)
            if tuple(reading.words[index:end]) == phrase:
                return index, self._onward(reading, end - 1), 0.85, "lijst"
        if word in self.single and (reading.known_capital(index) or word not in self.lists.lexicon):
            return index, self._onward(reading, index), 0.8, "lijst"
        return None

    def _by_type(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """A type word here, or one or two words before this one with an article between."""
        for back in (0, 1, 2, 3):
            if index >= back and reading.words[index - back] in TYPES:
                span = self._typed(reading, index - back)
                return span if span and span[1] >= index else None
        return None

    def _typed(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """`basisschool De Regenboog`, `stichting de brug`."""
        word = reading.words[index]
        if word not in TYPES or (
            word in _GENERIC_CAP
            and reading.known_capital(index)
            and (not reading.first[index] or reading.gaps[index].endswith("(") or word in _FIRMS)
        ):
            return None
        name = index + 1
        article = name
        while (
            name < len(reading.words)
            and name - article < 2
            and reading.words[name] in _ARTICLES
            and (
                reading.gaps[name] in (" ", " '")
                or (name == article and reading.gaps[name] in (": ", " (", " = ", ", "))
            )
        ):
            name += 1
        if name >= len(reading.words) or reading.gaps[name] not in (
            " ",
            " '",
            ' "',
            " “",
            " ‘",
            "-",
            ": ",
            ". ",
            " = ",
            ", ",
            " (",
            ": (",
            ": '",
            ': "',
        ):
            return None
        start = name
        if name > article and not reading.shouting and (reading.capital[article] or reading.words[article] == "t"):
            start = article
        token = reading.words[name]
        named = start < name and reading.known_capital(name)
        if (
            len(token) < 2
            or (token in STOP and not named)
            or token in PERSON_VERBS
            or token in self.lists.public
            or token[0].isdigit()
        ):
            return None
        if reading.known_capital(name) or (reading.gaps[name] in (" ", ": ", " = ") and start < name):
            if reading.gaps[name] in (". ", ", ") and (
                (word in WEAK_TYPES and token in self.lists.lexicon) or token in self.lists.lexicon
            ):
                return None
            return start, self._onward(reading, name), 0.86, word
        if reading.gaps[name] in (". ", ", ", ": ", " = ", "-"):
            return None
        if name > article and word not in WEAK_TYPES:
            return start, name, 0.72, word
        if (name > article and token in self.lists.lexicon) or (name == article and self.lists.is_word(token)):
            return None
        if token not in self.lists.places or word not in WEAK_TYPES:
            return start, name, 0.62, word
        return None

    def _inside(self, reading: Reading, index: int) -> tuple[int, int, float, str] | None:
        """Capitalised `Zorgplus Twente`, `KBO Horst`, in mid-sentence or followed by another capital."""
        word = reading.words[index]
        if not reading.known_capital(index) or word in STOP or len(word) < 2:
            return None
        after = index + 1
        followed = (
            after < len(reading.words)
            and reading.gaps[after] == " "
            and reading.known_capital(after)
            and (reading.words[after] not in STOP or word in _GENERIC_CAP)
            and (reading.words[after] not in self.lists.public or word in _GENERIC_CAP)
        )
        if word in _GENERIC_CAP and followed:
            return index, self._onward(reading, index), 0.88, "soortnaam"
        if word in ("sint", "st", "sinte") and followed_name(reading, after, self.lists):
            return index, self._onward(reading, after), 0.7, "sint"
        if followed and reading.words[after] in _AFTER and not reading.first[index] and word not in self.lists.public:
            return index, self._onward(reading, after), 0.65, "soortnaam erachter"
        if (
            word in self.lists.public
            or word in self.lists.lexicon
            or word in self.lists.first
            or public_head(word, self.lists)
        ):
            return None
        if (
            _INSIDE.search(word)
            and len(word) > 5
            and (followed or not reading.first[index])
            and word not in self.lists.last
        ):
            return index, self._onward(reading, index), 0.7 if followed else 0.55, "woord in naam"
        if followed and reading.words[after] in _AFTER and word not in KIN:
            return index, self._onward(reading, after), 0.72, "soortnaam erachter"
        if (
            reading.upper[index]
            and followed
            and 2 < len(word) < 6
            and reading.words[after] not in self.lists.first
            and (reading.words[after] in self.lists.places or reading.words[after] in WINDS)
        ):
            return index, self._onward(reading, index), 0.7, "afkorting + plaats"
        return None

    def _onward(self, reading: Reading, last: int) -> int:
        """Take the capitalised words that follow, with small words between them."""
        while last + 1 < len(reading.words):
            after = last + 1
            while (
                after < len(reading.words)
                and after - last < 4
                and reading.words[after] in _JOIN
                and reading.gaps[after] in (" ", " '", " & ")
            ):
                after += 1
            if (
                after >= len(reading.words)
                or reading.gaps[after]
                not in (
                    " ",
                    "-",
                    " & ",
                    " '",
                    "'",
                    *((". ",) if reading.words[last] in ("gebr", "st", "mr", "dr") else ()),
                )
                or not reading.known_capital(after)
            ):
                return last
            if (
                (
                    reading.words[after] in STOP
                    and after == last + 1
                    and reading.words[after] not in ("zonder", "samen", "goed", "thuis")
                )
                or (
                    (reading.words[after] in self.lists.public and reading.words[after] not in self.lists.lexicon)
                    and reading.words[after] not in WINDS
                    and reading.words[after] not in REGIONS
                )
                or reading.words[after][0].isdigit()
            ):
                return last
            last = after
        return last


def followed_name(reading: Reading, after: int, lists: Lists) -> bool:
    """A capitalised saint that is no feast."""
    return (
        after < len(reading.words)
        and reading.gaps[after] in (" ", "-", ". ")
        and reading.known_capital(after)
        and reading.words[after] not in ("maarten", "nicolaas", "juttemis", "pieter")
    )


def public_head(word: str, lists: Lists) -> bool:
    """`Facebookgroep`, `Wmoloket`: a public name and a Dutch word."""
    return any(word[:cut] in lists.public and word[cut:] in lists.lexicon for cut in range(3, len(word) - 2))


_AFTER = words(
    "college lyceum thuis zorg thuiszorg transport bouw groep zorggroep ziekenhuis gasthuis kliniek apotheek "
    "school advies begeleiding dienstverlening welzijn taxi vervoer jeugd "
    "revalidatie bewindvoering fysiotherapie advocaten notarissen makelaars installatie schilders bakkerij "
    "slagerij kerk moskee catering uitvaart hulpmiddelen kinderopvang bv"
)
REGIONS = words(
    "twente drenthe friesland fryslan groningen overijssel gelderland flevoland utrecht noord-holland "
    "zuid-holland zeeland brabant limburg achterhoek veluwe betuwe "
    "kennemerland westfriesland waterland gooi vechtstreek haaglanden rijnmond drechtsteden westland walcheren "
    "delfland kempen peelland salland twenterand nederland holland"
)
WINDS = words("noord oost zuid west noordoost noordwest zuidoost zuidwest midden centrum")
