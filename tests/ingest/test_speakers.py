"""Whose words are whose in a transcript, however the speakers are written; a name in a label goes no further."""

import pytest

from ingest.readers.speakers import lines_of, turns_of
from ingest.readers.subtitles import lines_of_cues

from .awkward import refusal, rows_of
from .conftest import CONSENT, FIGURES

TALK = {
    "instrument": "klantreis_transcript", "codebook": "klantreis_transcript@1.0", "legal_basis": "6_1_a",
    "art9_ground": CONSENT, "doelgroepen": {"client": FIGURES},
}  # fmt: skip
ASKED = ["Hoe begon het?", "Met een brief.", "En daarna?", "Wachten: heel lang."]
SHARED = ["interviewer", "inwoner", "interviewer", "inwoner"]


def spoken(*lines):
    return turns_of(lines_of(lines))


def talk(one, other):
    return [f"{label} {text}" for label, text in zip((one, other, one, other), ASKED, strict=True)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Interviewer:", "Inwoner:"),
        ("I:", "R1:"),
        ("Int.:", "Resp. 2:"),
        ("Interviewer:", "Mevrouw De Verzonnen:"),
        ("Interviewer:", "Mevr. X:"),
        ("Interviewer:", "Dhr. A.B. Verzonnen:"),
        ("Interviewer:", "De heer Verzonnen:"),
        ("[00:12:03] Spreker 1:", "[00:12:09] Spreker 2:"),
        ("Spreker 1 (00:12):", "Spreker 2 (00:14):"),
        ("00:12:03 Speaker 1:", "00:12:05 Speaker 2:"),
        ("Jan:", "Fatima:"),
        ("J.B.:", "F.V.:"),
        ("JB:", "FV:"),
        ("Jan Verzonnen:", "Fatima el Verzonnen:"),
        ("Jan (interviewer):", "Fatima (respondent):"),
        ("Interviewer Jan:", "Respondent Fatima:"),
        ("- I:", "- R:"),
        ("**Interviewer:**", "**Mw. Verzonnen:**"),
        ("Interviewster >", "Cliënte >"),
        ("jan:", "fatima:"),
        ("interviewer:", "fatima el verzonnen:"),
        ("j:", "mw:"),
        ("interviewer:", "mevrouw verzonnen:"),
        ("dhr. bedacht:", "mevr. verzonnen:"),
        ("jan bedacht:", "fatima verzonnen:"),
    ],
)
def test_every_way_to_write_who_speaks(one, other):
    found = spoken(*talk(one, other))
    assert [speaker for speaker, _ in found] == SHARED
    assert [text for _, text in found] == ASKED


def test_a_line_of_its_own_with_a_name_and_a_time():
    lines = [line for name, text in zip(["Jan Verzonnen   0:03", "[0:07] Fatima Verzonnen"] * 2, ASKED, strict=True)
             for line in (name, text)]  # fmt: skip
    assert spoken(*lines) == list(zip(SHARED, ASKED, strict=True))


@pytest.mark.parametrize(
    "line", ["Let op: dit", "om 12:30 uur kwam zij", "Gevolg: wachten", "mevrouw zei: kom maar", "[00:12] Ja"]
)
def test_a_sentence_with_a_colon_is_no_speaker(line):
    assert spoken("Inwoner: ik zei", line, line) == [("inwoner", f"ik zei\n{line}\n{line}")]


@pytest.mark.parametrize("said", ["mevrouw zei", "mijn man", "de consulent", "dhr. belde", "Heel lang"])
def test_two_small_words_that_are_no_name_stay_what_was_said(said):
    found = spoken("I: en toen?", f"{said}: kom maar", "I: en daarna?", f"{said}: kom maar", "R: ja", "R: nee")
    assert found[0] == ("interviewer", f"en toen?\n{said}: kom maar")


def test_two_small_words_are_no_speaker_where_most_lines_have_none():
    lines = ["I: en toen?", "jan bedacht: een", "R: ja", "jan bedacht: twee", "I: dus?", "R: nee", *["gewoon"] * 4]
    assert [speaker for speaker, _ in spoken(*lines)] == ["interviewer", "inwoner"] * 2


def test_speakers_nobody_knows_stay_apart():
    found = spoken("Interviewer: En?", "Inwoner: goed", "Mevrouw Verzonnen: nee", "Consulent: jawel", "Inwoner: hm")
    assert found[2:4] == [("onbekend", "[spreker 1] nee"), ("onbekend", "[spreker 2] jawel")]
    assert found[4] == ("inwoner", "hm")


def test_who_is_the_resident_is_not_guessed(deliver, read):
    text = "Jan: Hoe?\nFatima: Goed.\nPiet: Nee.\nJan: Hoezo?\nFatima: Ja.\nPiet: Hm.\n"
    assert "wij weten niet wie de inwoner is" in refusal(deliver, read, {"gesprek.txt": text}, **TALK)


VTT = """WEBVTT

NOTE gemaakt door een programma

1
00:00:01.000 --> 00:00:03.000
<v Jan Verzonnen>Hoe begon</v>

2
00:00:03.000 --> 00:00:04.000
<v Jan Verzonnen>het?</v>

00:00:05.000 --> 00:00:06.000 align:start
<v.loud Fatima>Met een <i>brief</i>.</v>

00:00:07.000 --> 00:00:08.000
<v Jan Verzonnen>En daarna?</v>

00:00:09.000 --> 00:00:10.000
<v Fatima>Wachten: heel lang.</v>
"""
SRT = "\ufeff1\n00:00:01,000 --> 00:00:03,000\nSpreker 1: Hoe begon\n\n2\n00:00:03,000 --> 00:00:04,000\nhet?\n\n"
SRT += "3\n00:00:05,000 --> 00:00:06,000\nSpreker 2: Met een brief.\n\n4\n00:00:07,000 --> 00:00:08,000\n"
SRT += "Spreker 1: En daarna?\n\n5\n00:00:09,000 --> 00:00:10,000\nSpreker 2: Wachten: heel lang.\n"


@pytest.mark.parametrize(("name", "content"), [("gesprek.vtt", VTT), ("gesprek.srt", SRT.replace("\n", "\r\n"))])
def test_subtitles_are_turns(deliver, read, name, content):
    table = rows_of(read, deliver({name: content}, **TALK))
    assert table.column("speaker").to_pylist() == SHARED
    assert table.column("text").to_pylist() == ASKED


def test_no_name_of_a_label_is_left():
    assert not any("Verzonnen" in text or "Fatima" in text for _, text in turns_of(lines_of_cues(VTT)))


def test_who_speaks_once_in_a_talk_is_a_speaker_too():
    lines = [*talk("Interviewer:", "Inwoner:"), "Piet: Ik loop even door.", "fatima: dag", "Inwoner: Dag!"]
    found = spoken(*lines)
    assert not any("Piet" in text or "fatima" in text for _, text in found)
    assert [speaker for speaker, _ in found[4:]] == ["onbekend", "onbekend", "inwoner"]


def test_a_form_or_a_story_is_no_talk():
    form = ["woonplaats: Voorbeeldstad", "leeftijd: 40", "hobby: vissen", "werk: bakker", "gezin: ja", "auto: nee"]
    assert spoken(*form) == [("onbekend", "\n".join(form))]
    story = [
        "Inwoner: ik belde",
        "toen: niks",
        "weken later:",
        "kosten: 300 euro",
        "toen: weer niks",
        "en zij zei: nee",
    ]
    assert spoken(*story) == [("inwoner", "ik belde\n" + "\n".join(story[1:]))]


def test_a_sentence_with_a_colon_within_a_talk_stays_a_sentence():
    lines = [*talk("jan:", "fatima:"), "ik zei: kom maar", "gevolg: wachten", "om 12:30 kwam zij"]
    assert spoken(*lines)[-1] == ("inwoner", "\n".join(["Wachten: heel lang.", *lines[4:]]))
