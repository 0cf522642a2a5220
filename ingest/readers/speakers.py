"""Who speaks in a transcript, by role, name, initials or number before a turn; a name in a label goes no further.

A label without a role is given one only when the talk itself leaves no doubt: who asks is the interviewer, and who is
then the only other one is the resident.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.words import fold

INTERVIEWER, RESIDENT, RELATIVE, UNKNOWN = "interviewer", "inwoner", "naaste", "onbekend"
_WRITTEN = {
    INTERVIEWER: "interviewer interviewster i int vraag v onderzoeker onderzoekster gespreksleider gespreksvoerder",
    RESIDENT: "inwoner inwoonster bewoner bewoonster respondent respondente r resp client cliënt cliënte antwoord a "
    "deelnemer deelneemster geïnterviewde",
    RELATIVE: "naaste partner mantelzorger n moeder vader dochter zoon broer zus echtgenoot echtgenote",
    UNKNOWN: "consulent consulente medewerker medewerkster ambtenaar wmo-consulent jeugdconsulent tolk begeleider "
    "begeleidster",
}
_ROLES = {word: role for role, words in _WRITTEN.items() for word in words.split()}
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"[\[(]?{_TIME}[\])]?"
_LABEL = r"(?P<label>[^\W\d_][^:>\[\]()\n]{0,40}?)(?:\s*\((?P<role>[^\W\d_][^()\n\d]{0,30})\d*\))?"
_TURN = re.compile(rf"^\s*[-–•*]?\s*(?:{_STAMP}\s*[-–]?\s*)?{_LABEL}\s*(?P<after>{_STAMP})?\s*[:>]\s*(?P<text>.*)$")
_ALONE = re.compile(rf"^\s*(?:{_STAMP}\s*[-–]?\s*{_LABEL}|(?P<label2>[^\W\d_][^:>\[\]()\n]{{0,40}}?)\s+{_STAMP})\s*$")
_NUMBERED = re.compile(r"(?:spreker|speaker|persoon|stem|gebruiker) ?\d{1,2}")
_TITLED = re.compile(r"(?:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de heer|hr\.?)(?: [^ ]+){0,4}")
_WORD = r"(?:[A-ZÀ-Þ][\w'’-]*\.?|(?:[A-Z]\.)+)"
_NAME = re.compile(rf"{_WORD}(?: (?:{_WORD}|van|de|der|den|het|ten|ter|el|al|von|bin|te|'t|in))*")
_HEADS = (
    "opmerking conclusie noot tip kortom namelijk bijvoorbeeld samenvatting datum locatie plaats naam onderwerp deel "
    "toen dus maar en of nou kijk want ook eerst daarna later verder antwoord "
    "fase thema notitie gevolg probleem oplossing voorbeeld reden resultaat let dus ps nb tijd duur bron ja nee"
)
_NO_NAMES = frozenset(_HEADS.split())
_SMALL = re.compile(
    r"[^\W\d_][^\W\d_'’-]{0,19}(?:['’-][^\W\d_]+)?(?: (?:van|de|der|den|el|al|ten|ter)(?: [^\W\d_]+)+)?"
)
"""A name as somebody types it without capitals: one word, or more with `van` or `el` between them."""
_PAIR = re.compile(r"(?P<first>[^\W\d_]{2,20}\.?) (?P<second>[^\W\d_]{2,20})")
"""Two words without capitals: 'jan jansen' and 'mevrouw jansen', but 'mijn man' and 'mevrouw zei' as well."""
_BEGINS_A_SENTENCE = (
    "de het een mijn zijn haar hun ons onze uw je jouw die dat deze dit ik hij zij ze wij we jullie u jij er met bij "
    "van voor op om aan als wat wie hoe waar waarom wanneer toen nu zo heel dan daar hier niet geen alle"
)
_GOES_ON = (
    "zei zegt zeggen zeiden vroeg vraagt vragen antwoordde dacht denkt belde belt schreef schrijft riep vertelde "
    "vertelt was is had heeft ging gaat kwam komt wilde wil en of dat die dus ook toen maar niet"
)
_NEVER_FIRST, _NEVER_SECOND = frozenset(_BEGINS_A_SENTENCE.split()), frozenset(_GOES_ON.split())
_WIDE = re.compile(r"\s{2,}")
_OFTEN, _ASKS = 2, 0.5
_MANY, _NEARLY_ALL = 0.4, 0.8
"""Shares of the lines that begin with a label: from where a file is a talk, and where hardly any line goes on."""


@dataclass(frozen=True)
class Line:
    """A line of a talk. label: who begins to speak, None when somebody goes on."""

    label: str | None = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class _Found:
    label: str = field(repr=False)
    role: str | None
    text: str = field(repr=False)
    sure: bool


def lines_of(lines: Sequence[str]) -> list[Line]:
    """Lines with the label that each begins with, where it is one."""
    plain = (_WIDE.sub(" ", line.replace("**", "")) for line in lines)  # bold, as some programs export it
    found = [_labelled(line) for line in plain]
    times = Counter(fold(one.label) for one in found if one)
    share = _talked(found, times, sum(bool(line.strip()) for line in lines))
    return [
        Line(one.role or one.label, one.text) if one and _is_label(one, times, share) else Line(None, line.strip())
        for one, line in zip(found, lines, strict=True)
    ]


def turns_of(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """(speaker, text) per turn; what stands before the first turn is of 'onbekend'.

    Several speakers of whom nobody knows who they are stay apart by a number in front of what they say.
    """
    turns: list[tuple[str, str]] = []
    for line in lines:
        if line.label is not None:
            turns.append((fold(line.label), line.text))
        elif turns:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{line.text}".strip())
        else:
            turns.append(("", line.text))
    turns = [(label, text) for label, text in turns if text]
    roles = _roles_in(turns)
    strangers = [label for label, role in roles.items() if role == UNKNOWN and label]
    number = {label: f"[spreker {at}] " for at, label in enumerate(strangers, start=1)} if len(strangers) > 1 else {}
    return [(roles[label], number.get(label, "") + text) for label, text in turns]


def _labelled(line: str) -> _Found | None:
    if alone := _ALONE.match(line):
        label = (alone["label"] or alone["label2"]).strip()
        role = _role(label) or _role(alone["role"] or "")
        last = alone["label2"] is not None  # 'Jan 0:03'; with the time in front it may be what somebody says
        return _Found(label, role, "", last) if last or role or " " in label else None
    if turn := _TURN.match(line):
        label, role = turn["label"].strip(), _role(turn["label"]) or _role(turn["role"] or "")
        return _Found(label, role, turn["text"].strip(), turn["after"] is not None)
    return None


def _role(label: str) -> str | None:
    """The label that stands for a role: 'Respondent 2', 'Int.', 'Interviewer Jan'."""
    bare = re.sub(r"[\s\d]+$", "", fold(label)).rstrip(".")
    first = bare.partition(" ")[0]
    if bare in _ROLES:
        return bare
    return first if len(first) > 4 and first in _ROLES else None


def _talked(found: Sequence[_Found | None], times: Counter[str], lines: int) -> float:
    """The share of the lines that could begin a turn; 0 when the file is no talk.

    In a talk two or more speak more than once, and most turns are theirs; in a form every label stands there once.
    """
    labels = [fold(one.label) for one in found if one and (one.role or _may_be_name(one.label))]
    again = [label for label in labels if times[label] >= _OFTEN]
    if len(set(again)) < 2 or len(again) < len(labels) / 2:
        return 0.0
    return len(labels) / lines


def _may_be_name(label: str) -> bool:
    """Capitals or not: what could be a name, and does not begin as a heading does."""
    named = _NAME.fullmatch(label) or _SMALL.fullmatch(label) or _is_pair(label)
    return bool(named) and fold(label).partition(" ")[0] not in _NO_NAMES


def _is_pair(label: str) -> bool:
    """Two words without capitals that could be a name."""
    pair = _PAIR.fullmatch(label.lower())
    return pair is not None and pair["first"] not in _NEVER_FIRST and pair["second"] not in _NEVER_SECOND


def _is_label(one: _Found, times: Counter[str], share: float) -> bool:
    """share: of the lines of this file that could begin a turn, when it is a talk."""
    folded = fold(one.label)
    if one.role or _NUMBERED.fullmatch(folded) or (_TITLED.fullmatch(folded) and _is_titled(one.label)):
        return True
    if not _may_be_name(one.label):
        return False
    often = times[folded] >= _OFTEN
    if _NAME.fullmatch(one.label) and (one.sure or " " in one.label or often):
        return True
    if _is_pair(one.label) and not _TITLED.fullmatch(folded):  # many two words are no name: then everybody speaks so
        return often and share >= _NEARLY_ALL
    return share >= (_MANY if often else _NEARLY_ALL)


def _is_titled(label: str) -> bool:
    """A title alone, or with a name behind it: 'mevrouw zei toen' is somebody's sentence."""
    words = re.sub(r"^de heer", "heer", label, flags=re.IGNORECASE).split()[1:]
    return not words or any(word[0].isupper() for word in words)


def _roles_in(turns: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Label -> speaker."""
    labels = list(dict.fromkeys(label for label, _text in turns))
    roles = {label: _ROLES.get(label, UNKNOWN) for label in labels}
    open_ = [label for label in labels if label and label not in _ROLES]
    if INTERVIEWER not in roles.values() and (asking := _who_asks(turns, open_)):
        roles[asking] = INTERVIEWER
        open_.remove(asking)
    if RESIDENT not in roles.values() and len(open_) == 1:
        roles[open_[0]] = RESIDENT
    return roles


def _who_asks(turns: Sequence[tuple[str, str]], labels: Sequence[str]) -> str | None:
    """The one speaker who asks in half of the turns or more, and at least twice as often as anybody else."""
    shares = {}
    for label in labels:
        own = [text for speaker, text in turns if speaker == label]
        shares[label] = sum("?" in text for text in own) / len(own) if len(own) >= _OFTEN else 0.0
    ranked = sorted(labels, key=shares.__getitem__, reverse=True)
    if not ranked or shares[ranked[0]] < _ASKS:
        return None
    if len(turns) > 1 and len(ranked) > 1 and shares[ranked[0]] < 2 * shares[ranked[1]]:
        return None
    return ranked[0]
