"""Handles, profile URLs and personal sites."""

import re
from collections.abc import Iterable, Iterator

from anonymisation.cues import STOP
from anonymisation.gates import DIGITS, Gate
from anonymisation.names import Lists
from anonymisation.spans import Awaited, Document, Found, Recogniser
from anonymisation.wordset import words

_TLD = (
    r"(?:nl|com|net|org|info|eu|be|de|blog|online|site|me|life|nu|co|io|tv|shop|frl|amsterdam|art|club|link|page|fr|gg)"
)
_DOT = r"(?:punt|dot|\(punt\)|\[\.\])"
URL = re.compile(
    rf"(?<![\w@.\-])(?:https?://[^\s<>\"']{{3,200}}|"
    rf"www\.[a-z0-9\-]{{1,63}}(?:\.[a-z0-9\-]{{1,63}}){{1,4}}(?:/[^\s<>\"']{{0,120}})?|"
    rf"[tx]\.(?:me|com)/[^\s<>\"']{{2,120}}|"
    rf"[a-z0-9\-]{{2,63}}(?:\.[a-z0-9\-]{{2,63}}){{0,2}}\.{_TLD}(?:/[^\s<>\"']{{0,120}})?)(?![\w@])"
)
SPELLED = re.compile(
    rf"(?<![\w@.\-])(?:www ?{_DOT} ?)?[a-z0-9\-]{{2,40}}(?: ?(?:\(punt\)|\[\.\]|\(dot\)) ?{_TLD}|"
    r" (?:punt|dot) (?:nl|com|net|org|info|eu|be|frl))(?![\w@])"
)
HANDLE = re.compile(r"(?<![\w@.\-/])@ ?[a-z0-9_][a-z0-9_.\-]{1,38}")
HALF_MAIL = re.compile(r"(?<![\w@.\-])[a-z0-9][a-z0-9._\-]{0,40}@[a-z0-9\-]{2,40}(?![\w@]|\.[a-z])")
_SITE = (
    r"(?:insta(?:gram)?|ig|facebook|fb|twitter|tiktok|snap(?:chat)?|x-account|linkedin|youtube|discord|telegram|signal|"
    r"whatsapp|threads|mastodon|bluesky|twitch|marktplaats|forum|chat|gebruikersnaam|username|nickname|nick|"
    r"account(?:naam)?|profiel|profielnaam|inlognaam|login|ingelogd|inloggen|inlog|log|logde|alias|handle|schermnaam|"
    r"user|skype|steam|noem ik mezelf|noem ik me|heet ik|onder de naam|kanaal|pagina|blog|vlog|podcast)"
)
_BETWEEN = (
    r"(?:[^a-z0-9.!?\n]{1,3}(?:staat|er|vol|mee|onder|de|het|is|als|naam|noem|ik|mezelf|me|heet|op|daar|mijn|in|nu|"
    r"account|via|met|en|ben|te|vinden|te vinden|van|mij|volg|naar|toe|bij|deze|een|alleen|nog|zoek|post|zit|hij|ze|"
    r"zij|haar|zijn|onze|wij|we|app|profiel|kanaal|pagina|gebruiker|gebruikersnaam|:)){0,9}"
)
_SHAPED = r"([a-z][a-z0-9]*(?:[._\-][a-z0-9_.\-]*[a-z0-9]|[a-z]*\d[a-z0-9]*|_[a-z0-9_]+))(?![\w@])"
CUED = re.compile(rf"\b{_SITE}{_BETWEEN}[ ,:(\"'‘“]{{1,3}}{_SHAPED}")
NAMED = re.compile(
    r"\b(?:gebruikersnaam|username|nickname|nick|inlognaam|schermnaam|accountnaam|profielnaam|alias|handle|user|"
    r"insta(?:gram)?|tiktok|snap(?:chat)?|twitter|facebook|fb|discord|forum)"
    r"(?: ?(?:is|=|:)| heet ik| noem ik me(?:zelf)?| ben ik| sta ik als| zit ik als| post ik als)[ \"'‘“:]{1,3}"
    r"([a-z][a-z0-9]{3,30})(?![\w@])"
)
FORUM = re.compile(
    r"\b(?:forum|chat|discord|facebook|insta|twitter|tiktok|lotgenotengroep)[^.!?\n]{0,50}?"
    r"\b(?:heet ik|noem ik me(?:zelf)?|onder de naam|als)[ \"'‘“:]{1,3}([a-z][a-z0-9_.]{3,30})(?![\w@])"
)
_CUED = Gate([CUED, NAMED, FORUM])
_CUES = Awaited(
    words(
        "insta instagram ig facebook fb twitter tiktok snap snapchat x linkedin youtube discord telegram signal "
        "whatsapp threads mastodon bluesky twitch marktplaats forum chat gebruikersnaam username nickname nick "
        "account accountnaam profiel profielnaam inlognaam login ingelogd inloggen inlog log logde alias handle "
        "schermnaam user skype steam noem heet onder kanaal pagina blog vlog podcast lotgenotengroep"
    )
)
TAGGED = re.compile(
    r"(?<![\w@./\-#])(?:[a-z][a-z0-9_.]{2,31}#\d{4}|(?:ttv|ig|insta|snap|sc|tt|yt|fb)/[a-z0-9_.]{3,30})(?![\w@#])"
)
"""`naam#0417`, `ttv/naam`: how players write where they can be found."""
UNDERSCORED = re.compile(r"(?<![\w@./\-])(?=[a-z0-9_.]{5,40}(?![\w@]))[a-z0-9.]+_[a-z0-9_.]*[a-z0-9_](?![\w@])")
_TURN = re.compile(r"(?:speaker|spreker|spk|respondent|interviewer|deelnemer)_\d{1,2}")
"""Who speaks in a transcript: `[speaker_1]`."""
DOTTED = re.compile(r"(?<![\w@./\-])[a-z]{2,20}(?:\.[a-z0-9]{1,20}){1,5}(?![\w@]|\.\w)")
NUMBERED = re.compile(r"(?<![\w@./\-])(?<!\w')[a-z]{4,24}(?:19[3-9]\d|20[0-2]\d|\d\d)(?![\w@\-]|'\w)")
_URL, _DOTTED, _NUMBERED = Gate([URL]), Gate([DOTTED]), DIGITS.gate([NUMBERED])
_TIED = re.compile(r"\.[a-z0-9\-]")
"""A dot without a space behind it: every site and every name tied by dots has one."""
_PROFILE = re.compile(
    r"(?:facebook|instagram|twitter|x|linkedin|tiktok|youtube|snapchat|twitch|pinterest)\.com/[\w.@/]{2,}"
    r"|\.[a-z]{2,3}/(?:u|users?|gebruikers?|profie?le?n?|in)/[\w.@\-]{2,}"
    r"|(?:fb|t|youtu|wa|discord|linktr)\.(?:me|be|gg|ee)/[\w.@]{2,}"
)
_PUBLIC = re.compile(
    r"(?:^|[./])(?:rijksoverheid|overheid|mijnoverheid|digid|regelhulp|cak|svb|uwv|movisie|marktplaats|google|"
    r"facebook|youtube|instagram|twitter|tiktok|linkedin|snapchat|discord|telegram|twitch|"
    r"belastingdienst|ciz|thuisarts|wikipedia|apple|microsoft|whatsapp|bol|9292|ns|postnl|zorgkaartnederland|"
    r"vng|toeslagen|werk|nibud|nos|gmail|hotmail|outlook|"
    r"politie|kvk|ggd|rivm|gemeente[a-z\-]*)\.(?:nl|com|org)"
)
_NO_HANDLE = words("covid windows office iphone galaxy samsung artikel versie model type route artikelen schaal groep")
_ORDINARY = words(
    "een het de mijn wie daar hier dat deze ook nog niet wel als maar geen iets altijd soms gewoon zelf iemand "
    "gevonden vinden lezen kijken klant gast client bewoner burger inwoner mantelzorger moeder vader nieuw hulp vraag "
    "bezoeker gebruiker ouder ouders eerste laatste enige voorbeeld tip steun vriend vrijwilliger patient mens man"
)


class UsernameRecogniser(Recogniser):
    """Sites of government and of large companies point at nobody and stay."""

    name = "username"
    labels = ("USERNAME_URL",)

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def find(self, doc: Document) -> Iterable[Found]:
        """URLs, handles, and account names after the name of a platform."""
        text = doc.folded
        if "//" in text or _TIED.search(text):
            yield from _sites(text)
            yield from self._dotted(text)
        if "punt" in text or "dot" in text or "[.]" in text:
            yield from (Found(*match.span(), "USERNAME_URL", 0.8, "url") for match in SPELLED.finditer(text))
        if "#" in text or "/" in text:
            yield from (Found(*match.span(), "USERNAME_URL", 0.8, "account") for match in TAGGED.finditer(text))
        if "@" in text:
            for pattern in (HANDLE, HALF_MAIL):
                for match in pattern.finditer(text):
                    if match.group().lstrip("@ ") in STOP:
                        continue
                    end = match.start() + len(match.group().rstrip(".-"))
                    yield Found(match.start(), end, "USERNAME_URL", 0.9, "@")
        if _CUES.of(doc):
            yield from self._cued(text)
        if "_" in text:
            for match in UNDERSCORED.finditer(text):
                if not _TURN.fullmatch(match.group()):
                    yield Found(*match.span(), "USERNAME_URL", 0.9, "_")
        if doc.figures > 1:
            for match in _NUMBERED.finditer(doc):
                word = match.group().rstrip("0123456789")
                if word not in _NO_HANDLE and word not in self.lists.public and not self.lists.is_word(word):
                    yield Found(*match.span(), "USERNAME_URL", 0.6, "woord met getal")

    def _cued(self, text: str) -> Iterator[Found]:
        for match in _CUED.finditer(text):
            word = match.group(1)
            if match.re is CUED:
                yield Found(*match.span(1), "USERNAME_URL", 0.75, "account")
            elif word not in _ORDINARY and word not in self.lists.public and word not in self.lists.lexicon:
                yield Found(*match.span(1), "USERNAME_URL", 0.7, "account")

    def _dotted(self, text: str) -> Iterator[Found]:
        """`piep.in.mijn.oor`, `gerrie.w.1961`: words tied by dots, where a full stop would have a space behind it."""
        for match in _DOTTED.finditer(text):
            if URL.fullmatch(match.group()):
                continue
            parts = match.group().split(".")
            figures = parts[-1].isdigit() and len(parts[-1]) in (2, 4)
            if (len(parts) > 2 and max(map(len, parts)) > 3) or (figures and len(parts) > 1 and len(parts[0]) > 3):
                yield Found(*match.span(), "USERNAME_URL", 0.6, "punten")


def _sites(text: str) -> Iterator[Found]:
    for match in _URL.finditer(text):
        end = match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?)"))
        if not _PUBLIC.search(match.group()) or _PROFILE.search(match.group()):
            yield Found(match.start(), end, "USERNAME_URL", 0.85, "url")
