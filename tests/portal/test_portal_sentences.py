"""The five sentences of a release, filled from what was measured, before any button."""

from dataclasses import replace
from datetime import date

import pytest
from small_home import EVIDENCE, OWN

from domain.delivery import read_manifest
from domain.vocabulary import Audience
from portal.evidence import Evidence
from portal.sentences import all_true, five, five_of_release

GOOD = Evidence(people=1042, tables={"x": None}, cells=666, hidden=107, minimum=10, same=True)  # type: ignore[dict-item]


def manifest(recipients=("Movisie",), day: str | None = "2026-01-05"):
    return read_manifest({
        "gemeenten": [OWN], "instrument": "ceo_wmo",
        "meting": {"name": "2026", "start": "2026-01-01", "end": "2026-06-30"},
        "codebook": "ceo_wmo@2016.1", "doelgroepen": {"client": {"steekproef": "allen"}},
        "legal_basis": "6_1_c_wmo_2_5_1", "role_movisie": "ontvanger_van_tabellen", "notice": "brief-1",
        "notice_date": date.fromisoformat(day) if day else None, "recipients": list(recipients),
        "files": [{"path": "x.csv"}],
    })  # fmt: skip


def sentences(evidence=GOOD, recipients=("Movisie",), manifests=None, audience=Audience.DEELNEMERS):
    return five("Vraagdorp", recipients, audience, manifests or [manifest()], [], evidence)


def test_the_five_sentences_are_filled_from_what_was_measured():
    texts = [one.text for one in sentences()]
    assert texts[0].startswith("U geeft cijfers vrij over 1.042 mensen in Vraagdorp.")
    assert "minstens 10 mensen. 107 van de 666 cijfers tonen we niet" in texts[1]
    assert texts[2].startswith(
        "We hebben zelf geprobeerd om mensen te herkennen, ook met eerdere vrijgaven. Dat lukte niet."
    )
    assert texts[3] == "Movisie krijgt deze cijfers. Dat stond in de brief aan de inwoners van 5 januari 2026."
    assert texts[4].endswith("Maar wat al is gedownload, krijgt u niet terug.")
    assert all_true(sentences())


@pytest.mark.parametrize(
    "case",
    [
        {"evidence": Evidence(refusal="de uitsplitsing is te fijn")},
        {"evidence": replace(GOOD, learned=1)},
        {"evidence": replace(GOOD, same=False)},
        {"evidence": replace(GOOD, people=0)},
        {"evidence": replace(GOOD, minimum=5)},
        {"recipients": ("Movisie", "Bureau")},
        {"manifests": [manifest(), manifest(recipients=())]},
        {"manifests": [manifest(), None]},
        {"recipients": (), "audience": Audience.OPENBAAR},
    ],
)
def test_one_untrue_sentence_takes_the_button_away(case):
    assert not all_true(sentences(**case))


def test_groups_of_five_are_for_the_own_gemeente_only():
    small = replace(GOOD, minimum=5)
    assert all_true(sentences(evidence=small, recipients=(), audience=Audience.EIGEN))
    assert not all_true(sentences(evidence=small, audience=Audience.EIGEN))


def test_figures_for_the_own_gemeente_go_to_a_named_recipient_only_from_that_gemeente():
    assert sentences(audience=Audience.EIGEN)[3].text == (
        "In dit portaal ziet alleen Vraagdorp deze cijfers. Vraagdorp mag ze zelf geven aan Movisie. "
        "Dat stond in de brief aan de inwoners van 5 januari 2026."
    )
    alone = sentences(recipients=(), audience=Audience.EIGEN)[3].text
    assert alone == "Niemand buiten Vraagdorp krijgt deze cijfers."


@pytest.mark.parametrize(
    ("audience", "also"),
    [
        (Audience.EIGEN, ()),
        (Audience.MOVISIE, ()),
        (Audience.DEELNEMERS, ("Ook de andere gemeenten die meedoen, zien deze cijfers.",)),
        (Audience.OPENBAAR, ("Iedereen kan deze cijfers zien.",)),
    ],
)
def test_who_else_sees_the_figures_stands_under_who_gets_them(audience, also):
    assert sentences(audience=audience)[3].extra == also


LETTERS = {"Andershuizen": [manifest(("Bureau", "Movisie"))], "Vraagdorp": [manifest(), manifest()]}


def of_release(letters=LETTERS, evidence=EVIDENCE, audience=Audience.DEELNEMERS, recipients=("Movisie",)):
    return five_of_release(("Andershuizen", "Vraagdorp"), recipients, audience, letters, [], evidence)


def test_the_second_person_reads_the_same_five_sentences_over_the_whole_release():
    texts = [one.text for one in of_release()]
    assert texts[0].startswith("U geeft cijfers vrij over 122 mensen in 2 gemeenten en verbanden.")
    assert "minstens 10 mensen. 107 van de 666 cijfers tonen we niet" in texts[1]
    assert texts[2:4] == [one.text for one in sentences()[2:4]]
    assert of_release()[3].each == ()
    assert all_true(of_release())


@pytest.mark.parametrize(
    ("days", "text", "each"),
    [
        (
            ["2026-01-05", "2026-03-09"],
            "brieven aan de inwoners van 5 januari 2026 en 9 maart 2026.",
            ("G0: 5 januari 2026", "G1: 9 maart 2026"),
        ),
        (
            ["2026-01-05", None],
            'brief aan de inwoners van 5 januari 2026, en in "brief-1" (zonder datum).',
            ("G0: 5 januari 2026", "G1: brief-1"),
        ),
        (
            ["2026-03-09", "2026-01-05", "2026-02-01", "2026-02-02", None],
            "brieven aan de inwoners van 5 januari 2026 tot en met 9 maart 2026, en in 1 brief zonder datum.",
            ("G0: 9 maart 2026", "G1: 5 januari 2026", "G2: 1 februari 2026", "G3: 2 februari 2026", "G4: brief-1"),
        ),
    ],
)
def test_the_letters_of_several_gemeenten_are_named_by_their_days(days, text, each):
    letters = {f"G{n}": [manifest(day=one)] for n, one in enumerate(days)}
    sentence = five_of_release(list(letters), ("Movisie",), Audience.DEELNEMERS, letters, [], EVIDENCE)[3]
    assert sentence.text == f"Movisie krijgt deze cijfers. Dat stond in de {text}"
    assert sentence.each == each
    assert sentence.true


def counted(people: int, elsewhere: int):
    return EVIDENCE | {"figures": EVIDENCE["figures"] | {"people": people, "elsewhere": elsewhere}}


def test_a_release_of_figures_that_somebody_else_counted_says_so():
    alone = of_release(evidence=counted(0, 212))
    assert "die een ander al telde, over minstens 212 mensen. Namen" in alone[0].text
    assert all_true(alone)
    assert not all_true(of_release(evidence=counted(0, 0)))


def test_people_that_somebody_else_counted_stand_beside_our_own_and_never_in_one_number():
    """They may be the same people, who answered us too."""
    first = of_release(evidence=counted(60, 212))[0]
    assert first.text.startswith("U geeft cijfers vrij over 60 mensen in")
    assert first.extra[0].startswith("Daarbij zijn cijfers die een ander al telde. Die gaan over minstens 212 mensen.")
    mixed = sentences(evidence=replace(GOOD, elsewhere=212))[0]
    assert mixed.text.startswith("U geeft cijfers vrij over 1.042 mensen in Vraagdorp.")
    assert mixed.extra == first.extra
    assert of_release(evidence=counted(60, 0))[0].extra == ()


@pytest.mark.parametrize(
    "case",
    [
        {"letters": LETTERS | {"Andershuizen": [manifest(recipients=())]}},
        {"letters": LETTERS | {"Andershuizen": [None]}},
        {"letters": {"Vraagdorp": [manifest()]}},
        {"recipients": ()},
        {"evidence": EVIDENCE | {"figures": {"cells": 666, "hidden": 107, "talks": False}}},
        {"evidence": {"summary": "Uit een oudere versie."}},
        {"evidence": EVIDENCE | {"certificate": {"minimum": 9}}},
        {"evidence": EVIDENCE | {"audit": {}}},
    ],
)
def test_one_untrue_sentence_keeps_the_second_person_from_approving(case):
    assert not all_true(of_release(**case))


def test_a_letter_without_a_date_is_named():
    assert sentences(manifests=[manifest(day=None)])[3].text.endswith('brief aan de inwoners "brief-1".')
