"""Consent texts, advice, leaks and inzage: written down by who may, answered by another, never with a name asked."""

import re
from pathlib import Path

import pytest

from register import consent_texts, downloads
from tests.commands.typed import Typed

PO, STEWARD, OWNER = "privacy_officer-GM9001", "data_steward-GM9001", "proceseigenaar-GM9001"
SCOPE = "GM9001/ceo_wmo/2026"


@pytest.fixture
def letter(tmp_path: Path) -> str:
    file = tmp_path / "tekst.txt"
    file.write_text("Ik doe mee. Ik mag altijd stoppen.\n", encoding="utf-8")
    return str(file)


def saved(say: Typed, letter: str) -> tuple[str, str]:
    """Save a text and show it: its number and the hash that an approval is over."""
    made = say("consent-text", "save", "deelname", letter, "--area", "GM9001", user=STEWARD)
    assert made.code == 0, made.err
    number = made.out.split()[1].rstrip(":")
    shown = say("consent-text", "show", number, user=PO)
    assert "Ik mag altijd stoppen" in shown.out
    return number, shown.out.split()[-1]


def test_a_consent_text_is_approved_by_another_exactly_as_seen(empty: Typed, letter: str) -> None:
    number, seen = saved(empty, letter)
    assert empty("consent-text", "approve", number, "--seen", seen, user=STEWARD).code == 1
    assert empty("consent-text", "approve", number, "--seen", "anders", user=PO).code == 1
    assert "goedgekeurd" in empty("consent-text", "approve", number, "--seen", seen, user=PO).out
    with empty.house() as house:
        text = next(one for one in consent_texts.list_texts(house.register) if one.id == int(number))
    assert (text.version, text.area, text.recipients) == (1, "GM9001", ("Movisie",))


def test_a_consent_text_goes_back_with_a_comment_and_comes_as_a_new_version(empty: Typed, letter: str) -> None:
    number, seen = saved(empty, letter)
    assert empty("consent-text", "return", number, "--comment", " ", user=PO).code == 1
    assert empty("consent-text", "return", number, "--comment", "te lang", user=PO).code == 0
    assert empty("consent-text", "approve", number, "--seen", seen, user=PO).code == 1
    again = empty("consent-text", "save", "deelname", letter, "--area", "GM9001", user=STEWARD)
    assert "versie 2" in again.out
    assert "te lang" in empty("consent-text", "show", number, user=STEWARD).out


def test_consent_texts_are_for_who_works_with_them(empty: Typed, letter: str) -> None:
    number, _ = saved(empty, letter)
    for user in ("movisie", "analyst-GM9001", None):
        assert empty("consent-text", "list", user=user).code == 1
        assert empty("consent-text", "save", "deelname", letter, user=user).code == 1
    other = "privacy_officer-GM9002"
    assert empty("consent-text", "show", number, user=other).code == 1
    assert "GM9001" not in empty("consent-text", "list", user=other).out
    assert "delen_movisie" in empty("consent-text", "list", user=other).out


def test_an_advice_is_given_by_the_fg_and_answered_by_another(empty: Typed) -> None:
    words = ("advice", "give", "dpia:GM9001/ceo_wmo", "--text", "Bewaar korter.")
    for user in (PO, STEWARD, "operator", "movisie", None):
        assert empty(*words, user=user).code == 1
    given = empty(*words, user="fg")
    assert given.code == 0, given.err
    assert empty("advice", "answer", "1", "--reason", "goed idee", user=PO).code == 2
    assert empty("advice", "answer", "1", "--followed", "--reason", " ", user="privacy_officer").code == 2
    assert empty("advice", "answer", "1", "--followed", "--reason", "goed idee", user="fg").code == 1
    assert empty("advice", "answer", "1", "--followed", "--reason", "goed idee", user="privacy_officer").code == 0
    assert empty("advice", "answer", "1", "--not-followed", "--reason", "toch niet", user="privacy_officer").code == 2
    listed = empty("advice", "list", user=PO)
    assert "Bewaar korter." in listed.out
    assert "gevolgd" in listed.out
    assert "goed idee" in listed.out
    assert empty("advice", "list", user="movisie").code == 1


def test_an_advice_of_one_gemeente_is_not_shown_elsewhere(empty: Typed) -> None:
    words = ("advice", "give", "dpia:GM9001/ceo_wmo", "--text", "Bewaar korter.", "--area", "GM9001")
    assert empty(*words, user="ciso").code == 0
    assert "Bewaar korter." in empty("advice", "list", user=PO).out
    assert "Bewaar korter." not in empty("advice", "list", user="privacy_officer-GM9002").out


def test_a_leak_has_its_clock_and_is_closed_once(empty: Typed) -> None:
    noted = empty(
        "leak", "note", "--text", "Een bestand ging naar een verkeerd adres.", "--area", "GM9001", user=STEWARD
    )
    assert noted.code == 0, noted.err
    assert "nog 72 uur" in noted.out
    assert "nog 71 uur" in empty("leak", "list", user=PO).out
    assert "verkeerd adres" not in empty("leak", "list", user="privacy_officer-GM9002").out
    assert empty("leak", "close", "1", "--reason", "gemeld", user=STEWARD).code == 1
    assert "binnen de 72 uur" in empty("leak", "close", "1", "--reason", "gemeld bij de AP", user=PO).out
    assert empty("leak", "close", "1", "--reason", "nog eens", user=PO).code == 1
    assert "gemeld bij de AP" in empty("leak", "list", user=PO).out
    assert empty("leak", "note", "--text", "iets", user=None).code == 1
    assert empty("leak", "note", "--text", "iets", "--area", "GM9999", user=STEWARD).code == 2
    for user, where in (("movisie", ()), ("analyst-GM9001", ("--area", "GM9001"))):
        assert "nog 72 uur" in empty("leak", "note", "--text", "iets", *where, user=user).out
        assert empty("leak", "list", user=user).code == 1


def test_a_leak_of_last_week_is_late_and_one_of_tomorrow_is_refused(empty: Typed) -> None:
    late = empty("leak", "note", "--text", "iets", "--discovered", "2026-01-05 09:00", user="privacy_officer")
    assert "te laat" in late.out
    with empty.house() as house:
        (one,) = downloads.list_leaks(house.register)
    assert one.discovered_at.startswith("2026-01-05T")
    assert empty("leak", "note", "--text", "iets", "--discovered", "2999-01-01", user="privacy_officer").code == 2


def test_there_is_no_letter_for_a_release_that_was_not_withdrawn(seen: Typed) -> None:
    assert seen("release", "letter", "r1", user="privacy_officer").code == 1


def granted(say: Typed, typed: str, kind: str = "inzage") -> None:
    assert say("request", "receive", SCOPE, kind, user=STEWARD, typed=f"{typed}\n").code == 0
    decided = say("request", "decide", "1", "--grant", "--reason", "recht op inzage", user=PO)
    assert decided.code == 0, decided.err


def test_the_enclosure_holds_what_is_held_of_one_person(filled: Typed, tmp_path: Path) -> None:
    granted(filled, "R003")
    out = tmp_path / "bijlage.html"
    made = filled("request", "enclosure", "1", "-o", str(out), user=PO)
    assert made.code == 0, made.err
    page = out.read_text()
    assert "R003" in page
    assert "KLAP-ROOS-003" in page
    assert "R004" not in page
    assert "KLAP-ROOS-004" not in page
    assert "Zoals aangeleverd" in page
    assert "Na bewerking" in page
    assert "Cliëntervaringsonderzoek" in page
    assert not re.search(r"ceo_wmo|client<|\d\.0{3,}", page), "a resident reads words, and numbers as she wrote them"
    assert "R003" not in made.out + made.err
    assert out.stat().st_mode & 0o077 == 0
    assert "uitgevoerd" in filled("request", "list", user=PO).out
    assert filled("request", "enclosure", "1", "-o", str(tmp_path / "b.pdf"), user=PO).code == 0


def test_an_enclosure_is_only_for_the_own_officer_and_a_granted_inzage(filled: Typed, tmp_path: Path) -> None:
    granted(filled, "R003", "verwijderen")
    out = str(tmp_path / "b.html")
    assert filled("request", "enclosure", "1", "-o", out, user=PO).code == 1
    for user in ("privacy_officer", "privacy_officer-GM9002", STEWARD, "operator", "movisie", None):
        assert filled("request", "enclosure", "1", "-o", out, user=user).code == 1
    assert filled("request", "enclosure", "1", "-o", str(tmp_path / "b.doc"), user=PO).code == 2
    assert not Path(out).exists()
