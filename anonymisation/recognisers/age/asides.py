"""Ages that stand beside somebody without a verb: in brackets, between commas, about, behind initials."""

from anonymisation.patterns import any_of
from anonymisation.recognisers.age.numbers import ADULT, FIGURES, GROWN, MANY, NUMBER, Shape
from anonymisation.recognisers.age.words import CLOSED, KIN, SHORT_ADVERB, UNIT

_ABOUT = any_of("schatting geschat schat_ik leeftijd ergens een_jaar_of jaartje_of")
_GUESSED = r"(?: (?:schat|gok|denk|dacht|gokte|schatte) (?:ik|je|men|ze|hij))"
BRACKETS_CUE, ABOUT_CUE = "haakjes", "ongeveer"

ASIDES: tuple[Shape, ...] = (
    (
        r"(?<=[a-z.\"'] )\( ?(?:ik meen |ik denk |denk ik |volgens mij |nu |inmiddels |bijna |net |pas |toen )?"
        rf"(?:(?:m|v|man|vrouw|d)?[,/ ]{{0,2}})?({NUMBER})(?:{UNIT})?"
        r"(?: dus| nu| inmiddels| alweer| geworden)? ?(?=[),;/])(?!\)?[ ]?(?:%|euro))",
        BRACKETS_CUE,
        0.85,
    ),
    (rf"\(({NUMBER})(?:, ?({NUMBER}))?(?:, ?({NUMBER}))?,? en ({NUMBER})(?=[),;])", "rij in haakjes", 0.75),
    (rf"\(({NUMBER})(?:{UNIT})?[,/ ]{{1,2}}(?:m|v|x|man|vrouw|jongen|meisje)\)", BRACKETS_CUE, 0.85),
    (
        rf"(?<=[a-z], )(?:hooguit |amper |pas |net )?({MANY})(?:{UNIT})?"
        r"(?:(?= (?:nu|inmiddels|alweer|intussen)[,.])|(?=,(?!\d)|\.(?:\s|$)|;|\)))",
        "tussen komma's",
        0.72,
    ),
    (rf"[,(] ?{SHORT_ADVERB} ({FIGURES}|{ADULT})(?=[,)](?!\d))", "tussen komma's", 0.75),
    (r"(?<=[a-z]\.)[,)]? ?, (\d{2})(?=[,;)] )", "na voorletters", 0.65),
    (r"[(,] ?(?:±|\+/-|ca\.?|circa) ?(\d{2})(?=[,;)])", "ca.", 0.7),
    (
        rf"\b{_ABOUT} ({ADULT})(?: (?:a|tot|of|-) ({ADULT}))?"
        rf"(?= jaar[,.;)]|[,.;)]|$| (?:en|kwam|die|dus|oud)\b|{_GUESSED}\b)",
        ABOUT_CUE,
        0.7,
    ),
    (rf"(?<=[a-z], )(?:een |'n )?(?:jaar|jaartje) of ({NUMBER})(?=[,)])", ABOUT_CUE, 0.65),
    (rf"\b(?:jaar|jaartje) of ({NUMBER}) (?:oud|jong)\b", ABOUT_CUE, 0.7),
    (rf"(?:^|[\n(;] ?)({GROWN}) ?/? ?[vm](?=[/,;)](?! ?\d)|$|\n)", "m/v", 0.7),
    (rf"\b{KIN},? ({FIGURES} ?j)(?!\w)", "j", 0.7),
    (rf"(?<![\w.,:/\-€])({ADULT} ?j)(?=[.,;)]|$| (?:en|man|vrouw)\b)", "j", 0.7),
    (rf"(?:^|[.,;:(\n/]\s{{0,2}})({GROWN} ?jr\.?){CLOSED}", "jr", 0.75),
    (rf"(?<![\w.,:/\-€])({FIGURES}) (?:en|of) {FIGURES} (?:jaar|jr)\b(?! (?:geleden|later|lang|samen))", "paar", 0.6),
    (rf"(?<![\w.,:/\-])((?:{ADULT}|{FIGURES}) lentes)\b", "lentes", 0.8),
    (r"(?<![\w;,.:])(?<!artikel )(?<!art )(\d{1,2};\d{1,2} ?(?:jr|jaar)?)(?![\w;]|[.,:]\d)", "jaren;maanden", 0.8),
    (rf"\b(?:gr|groet|groetjes|liefs|xx?x?)[.,]? [a-z]{{2,15}},? ({ADULT})(?=[,.;]|$| (?:jaar|uit)\b)", "groet", 0.7),
)
"""Source with marks, cue and score."""
