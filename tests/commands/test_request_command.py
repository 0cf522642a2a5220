"""A resident asks with her code to be removed; she is gone and a correction does not bring her back."""

from pathlib import Path

import pytest

from domain.errors import CannotCheck, KeyRefused
from ingest import vault
from pipelines import removing
from pipelines.checking import checked_files, checked_records
from pipelines.house import House
from register import deliveries
from tests.commands.typed import PEOPLE, Typed, write_ceo

SCOPE = "GM9001/ceo_wmo/2026"
PO = "privacy_officer-GM9001"
CODE = "KLAP-ROOS-007"


def in_vault(house: House) -> list[str]:
    """Codes in everything the vault still holds."""
    return [
        str(code)
        for row in deliveries.list_all(house.register)
        if row.vault_object
        for code in vault.load(
            vault.vault_object("GM9001", row.vault_object, row.data_key or "", house.places), house.keyring
        )
        .tables["rows"]["ontvangstcode"]
        .to_pylist()
    ]


def pseudonyms(house: House) -> list[str]:
    """Everybody in checked data."""
    return [
        who
        for part in checked_files(house, "GM9001")
        if (records := checked_records(house, part.key, part.version, part.staging_hash)) is not None
        for who in records.tables["rows"]["pseudonym"].to_pylist()
    ]


@pytest.fixture
def granted(filled: Typed) -> Typed:
    """Her request is granted, and nobody carried it out."""
    assert filled("request", "receive", SCOPE, "verwijderen", user=PO, typed=f"{CODE}\n").code == 0
    assert filled("request", "decide", "1", "--grant", "--reason", "op verzoek", user=PO).code == 0
    return filled


def counts(say: Typed) -> tuple[int, int]:
    """How many people the checked data and the vault hold."""
    with say.house() as house:
        return len(pseudonyms(house)), len(in_vault(house))


def test_the_next_run_carries_out_what_was_granted(granted: Typed) -> None:
    assert granted("run").code == 0
    assert counts(granted) == (PEOPLE - 1, PEOPLE - 1)


def test_one_that_cannot_be_planned_holds_up_nobody(granted: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise CannotCheck("de cijfers van een eerdere uitgave zijn er niet meer")

    with monkeypatch.context() as patch:
        patch.setattr(removing, "_counters", broken)
        assert granted("run").code == 0
    assert counts(granted) == (PEOPLE, PEOPLE)
    assert granted("run").code == 0
    assert counts(granted) == (PEOPLE - 1, PEOPLE - 1)


def test_one_that_fails_halfway_stops_the_run_and_loses_nothing(
    granted: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyRefused("de sleutel is er niet")

    with monkeypatch.context() as patch:
        patch.setattr(removing._Rewriter, "_staging", broken)
        assert granted("run").code != 0
        assert granted("run").code != 0
    assert granted("run").code == 0
    assert counts(granted) == (PEOPLE - 1, PEOPLE - 1)


def test_a_resident_is_removed_by_her_code_and_does_not_come_back(filled: Typed, tmp_path: Path) -> None:
    asked = filled("request", "receive", SCOPE, "verwijderen", user=PO, typed=f"{CODE}\n")
    assert asked.code == 0, asked.err
    assert "verzoek 1" in asked.out
    assert CODE not in asked.out + asked.err
    with filled.house() as house:
        before = pseudonyms(house)
        assert len(before) == PEOPLE
        assert CODE in in_vault(house)

    granted = filled("request", "decide", "1", "--grant", "--reason", "op verzoek", user=PO)
    assert granted.code == 0, granted.err
    done = filled("request", "carry-out", "1", user="operator")
    assert done.code == 0, done.err
    assert "Wij hebben uw antwoorden verwijderd." in done.out
    assert "over het onderzoek Cliëntervaringsonderzoek Wmo (2026)" in done.out
    with filled.house() as house:
        left = pseudonyms(house)
        assert len(left) == PEOPLE - 1
        assert len(in_vault(house)) == PEOPLE - 1
        assert CODE not in in_vault(house)

    folder = write_ceo(tmp_path / "correctie", note="Het ging heel goed.")
    assert filled("deliver", str(folder), user="data_steward-GM9001").code == 0
    assert filled("run").code == 0
    with filled.house() as house:
        again = pseudonyms(house)
        assert sorted(again) == sorted(left)
        (standing,) = deliveries.current_many(house.register).values()
        assert standing.version == 2


def test_a_code_is_enough_where_nobody_has_a_number(empty: Typed, tmp_path: Path) -> None:
    folder = write_ceo(tmp_path / "zending", numbered=False)
    assert empty("deliver", str(folder), user="data_steward-GM9001").code == 0
    assert empty("run").code == 0
    asked = empty("request", "receive", SCOPE, "verwijderen", user=PO, typed=f"{CODE}\n")
    assert asked.code == 0, asked.err
    assert "artikel 11" not in asked.out
    assert empty("request", "decide", "1", "--grant", "--reason", "op verzoek", user=PO).code == 0
    assert empty("run").code == 0, "what was granted on a screen is carried out by the worker"
    with empty.house() as house:
        assert len(pseudonyms(house)) == PEOPLE - 1
        assert CODE not in in_vault(house)
    assert "Wij hebben uw antwoorden verwijderd." in empty("request", "letter", "1", user=PO).out
    assert empty("request", "carry-out", "1", user="operator").code == 0

    again = write_ceo(tmp_path / "correctie", note="Het ging heel goed.", numbered=False)
    assert empty("deliver", str(again), user="data_steward-GM9001").code == 0
    assert empty("run").code == 0
    with empty.house() as house:
        assert len(pseudonyms(house)) == PEOPLE - 1


def test_nobody_found_gets_the_letter_of_article_11(filled: Typed) -> None:
    asked = filled("request", "receive", SCOPE, "verwijderen", user=PO, typed="ONBEKEND-1\n")
    assert asked.code == 0
    assert "artikel 11" in asked.out
    refused = filled("request", "decide", "1", "--grant", "--reason", "graag", user=PO)
    assert refused.code == 1
    answer = filled("request", "decide", "1", "--refuse", "--reason", "niet te vinden", user=PO)
    assert answer.code == 0
    assert "Geachte mevrouw, meneer," in answer.out
    assert "Er zijn geen antwoorden met uw code" in filled("request", "letter", "1", user=PO).out


def test_withdrawing_from_a_statutory_survey_says_that_there_is_no_consent(filled: Typed) -> None:
    asked = filled("request", "receive", SCOPE, "intrekken", user=PO, typed=f"{CODE}\n")
    assert asked.code == 0
    assert "geen toestemming" in asked.out


def test_requests_are_listed_only_for_the_own_gemeente(filled: Typed) -> None:
    filled("request", "receive", SCOPE, "inzage", user=PO, typed=f"{CODE}\n")
    assert "GM9001/ceo_wmo/2026" in filled("request", "list", user=PO).out
    assert "GM9001" not in filled("request", "list", user="privacy_officer-GM9002").out
    assert filled("request", "letter", "1", user="privacy_officer-GM9002").code == 1


def test_requests_need_a_person_with_the_right_role(seen: Typed) -> None:
    assert "zeg wie u bent" in seen("request", "list").err
    for user in ("movisie", "analyst-GM9001"):
        assert seen("request", "list", user=user).code == 1
        assert seen("request", "receive", SCOPE, "inzage", user=user, typed=f"{CODE}\n").code == 1
    assert seen("request", "decide", "1", "--reason", "x", user=PO).code == 2
    assert seen("request", "receive", "GM9001/anders/2026", "inzage", user=PO, typed="\n").code == 1
    assert seen("request", "receive", "Jansen", "inzage", user=PO, typed="\n").code == 2
