"""Handles, profile URLs and personal sites."""

import re
from collections.abc import Iterable

from anonymisation.spans import Document, Found, Recogniser
from anonymisation.wordset import words

_TLD = r"(?:nl|com|net|org|info|eu|be|de|blog|online|site|me|life|nu|co|io|tv|shop|frl|amsterdam|art|club|link|page)"
URL = re.compile(
    rf"(?<![\w@.\-])(?:https?://[^\s<>\"']{{3,200}}|"
    rf"www\.[a-z0-9\-]{{1,63}}(?:\.[a-z0-9\-]{{1,63}}){{1,4}}(?:/[^\s<>\"']{{0,120}})?|"
    rf"[a-z0-9\-]{{2,63}}(?:\.[a-z0-9\-]{{2,63}}){{0,2}}\.{_TLD}(?:/[^\s<>\"']{{0,120}})?)(?![\w@])"
)
HANDLE = re.compile(r"(?<![\w@.\-/])@[a-z0-9_][a-z0-9_.\-]{1,38}")
CUED = re.compile(
    r"\b(?:insta(?:gram)?|facebook|twitter|tiktok|snap(?:chat)?|x-account|linkedin|youtube|discord|telegram|signal|"
    r"gebruikersnaam|username|nickname|account(?:naam)?|profiel|inlognaam|noem ik mezelf|heet ik|forum|"
    r"profielnaam|alias|onder de naam)"
    r"(?:[^a-z0-9.!?\n]{1,3}(?:staat|er|vol|mee|onder|de|het|is|als|naam|noem|ik|mezelf|heet|op|daar|mijn|"
    r"account|via|met|en|ben|te|vinden|:)){0,8}"
    r"[ ,:(]{1,3}([a-z][a-z0-9]*(?:[._\-][a-z0-9_.\-]*[a-z0-9]|[a-z]*\d[a-z0-9]*|_[a-z0-9_]+))(?![\w@])"
)
_PLATFORMS = words(
    "insta instagram facebook twitter tiktok snap snapchat x linkedin youtube discord telegram signal "
    "gebruikersnaam username nickname account "
    "accountnaam profiel inlognaam noem heet forum profielnaam alias onder"
)
UNDERSCORED = re.compile(r"(?<![\w@./\-])(?=[a-z0-9_.]{5,40}(?![\w@]))[a-z0-9]+_[a-z0-9_]+(?![\w@])")
_PROFILE = re.compile(r"(?:facebook|instagram|twitter|x|linkedin|tiktok|youtube|snapchat)\.com/[\w.@]{2,}")
_PUBLIC = re.compile(
    r"(?:^|[./])(?:rijksoverheid|overheid|mijnoverheid|digid|regelhulp|cak|svb|uwv|movisie|marktplaats|google|"
    r"facebook|youtube|"
    r"belastingdienst|ciz|thuisarts|wikipedia|apple|microsoft|whatsapp|bol|9292|ns|postnl|zorgkaartnederland|"
    r"vng|toeslagen|"
    r"politie|kvk|ggd|rivm|gemeente[a-z\-]*)\.(?:nl|com|org)"
)


class UsernameRecogniser(Recogniser):
    """Sites of government and of large companies point at nobody and stay."""

    name = "username"
    labels = ("USERNAME_URL",)

    def find(self, doc: Document) -> Iterable[Found]:
        """URLs, handles, and account names after the name of a platform."""
        text = doc.folded
        if "." in text or "//" in text:
            for match in URL.finditer(text):
                end = match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?)"))
                if not _PUBLIC.search(match.group()) or _PROFILE.search(match.group()):
                    yield Found(match.start(), end, "USERNAME_URL", 0.85, "url")
        if "@" in text:
            for match in HANDLE.finditer(text):
                end = match.start() + len(match.group().rstrip(".-"))
                yield Found(match.start(), end, "USERNAME_URL", 0.9, "@")
        if not _PLATFORMS.isdisjoint(doc.words):
            yield from (Found(*match.span(1), "USERNAME_URL", 0.75, "account") for match in CUED.finditer(text))
        if "_" in text:
            for match in UNDERSCORED.finditer(text):
                yield Found(*match.span(), "USERNAME_URL", 0.9, "_")
