"""A rule about a word needs two officers, and works in the next cleaning."""

import os

import pytest

from domain.errors import DisclosureRefused
from domain.vocabulary import Role
from portal.house import open_house as open_portal
from register.actors import Actor
from register.review import decide_rule
from register.ruling import worded
from tests.commands.typed import Typed

PO, STEWARD = "privacy_officer-GM9001", "data_steward-GM9001"


def mark(typed: Typed, number: str) -> str:
    """The mark that `rules` prints for a rule."""
    shown = typed("review", "rules", user=PO)
    assert shown.code == 0, shown.err
    return next(line.split()[-1] for line in shown.out.splitlines() if line.startswith(number))


def proposed(typed: Typed, kind: str, word: str, label: str = "PERSON") -> str:
    made = typed("review", "propose", "GM9001", kind, "--label", label, "--word", word, user=PO)
    assert made.code == 0, made.err
    return made.out.split()[1].rstrip(":")


def found(typed: Typed, text: str) -> list[str]:
    with typed.house() as house:
        return [text[span.start : span.end] for span in house.detector_for("GM9001").detect(text)]


def test_a_word_that_two_officers_agreed_on_is_always_removed(empty: Typed) -> None:
    text = "De bus van de zonnebloem kwam te laat."
    assert found(empty, text) == []
    typed = empty(
        "review", "propose", "GM9001", "altijd", "--label", "ORGANISATION", "--word", "Zonnebloem", user=STEWARD
    )
    assert typed.code == 0, typed.err
    assert found(empty, text) == [], "a proposal is no rule yet"
    seen = mark(empty, "1")
    assert empty("review", "approve", "1", "--seen", "0" * 64, user=PO).code == 1
    assert empty("review", "approve", "1", "--seen", seen, user="privacy_officer-GM9002").code == 1
    approved = empty("review", "approve", "1", "--seen", seen, user=PO)
    assert approved.code == 0, approved.err
    assert found(empty, text) == ["zonnebloem"]


def test_what_always_goes_is_refused_in_a_finding_too(empty: Typed) -> None:
    text = "De zonnebloem luistert echt."
    number = proposed(empty, "altijd", "zonnebloem")
    with empty.house() as house:
        rule = worded(house.register, house.keyring)[0].rule
        second = Actor.of("tweede", Role.PRIVACY_OFFICER)
        decide_rule(house.register, int(number), approve=True, seen=rule.fingerprint, by=second)
        settings = house.settings
    for opened in (empty.house(), open_portal(settings, os.environ)):
        with opened as one:
            one.register.check_words(text)
            with pytest.raises(DisclosureRefused, match="naam, adres of nummer"):
                one.register.check_words(text, "GM9001")


def test_a_word_may_stay_when_two_officers_say_so(empty: Typed) -> None:
    text = "Gisteren sprak ik Bremmer weer."
    assert found(empty, text) == ["Bremmer"]
    number = proposed(empty, "nooit", "bremmer")
    assert empty("review", "approve", number, "--seen", mark(empty, number), user=PO).code == 1, "her own rule"
    assert found(empty, text) == ["Bremmer"]
    with empty.house() as house:
        register, rule = house.register, worded(house.register, house.keyring)[0].rule
        second = Actor.of("tweede", Role.PRIVACY_OFFICER)
        decide_rule(register, int(number), approve=True, seen=rule.fingerprint, by=second)
    assert found(empty, text) == []


def test_a_rule_goes_back_only_with_a_comment_and_is_not_proposed_twice(empty: Typed) -> None:
    number = proposed(empty, "patroon", r"\bkamer \d{2}\b", label="ADDRESS")
    again = empty(
        "review", "propose", "GM9001", "patroon", "--label", "ADDRESS", "--word", r"\bkamer \d{2}\b", user=STEWARD
    )
    assert "staat er al" in again.out
    seen = mark(empty, number)
    assert empty("review", "return", number, "--seen", seen, user=PO).code == 2


def test_a_pattern_that_re2_does_not_take_is_refused(empty: Typed) -> None:
    wrong = empty("review", "propose", "GM9001", "patroon", "--label", "PERSON", "--word", "(?=x)", user=PO)
    assert wrong.code == 1
    assert "(?=x)" not in wrong.err


def test_the_words_of_a_rule_do_not_stand_readable_in_the_register(empty: Typed) -> None:
    proposed(empty, "nooit", "bremmer")
    files = [path for path in empty.home.rglob("register.db*") if path.is_file()]
    assert files
    assert not any(b"bremmer" in path.read_bytes().lower() for path in files)
