"""Regels: what they would do to the gemeente's own last delivery, and a try-out that explains every redaction."""

import html
import re
import time

import pytest
from browsing import post
from small_home import AREAS, OTHER, OWN, made_up, person

from domain.policy import default_policy
from domain.vocabulary import Role
from portal.policy_words import columns, in_words, labelled, names_of
from portal.trying import WHY, tried
from portal.whatif import SIZES, Compared, effect_of
from portal.words import ENTITIES
from register import policies
from register.strictness import differences

BOOK = "toegangsscan@2021.1"


@pytest.fixture(scope="module")
def policy(house):
    return default_policy(house.codebooks.get(BOOK), house.codebooks.fingerprint(BOOK))


def test_a_larger_smallest_group_never_shows_more(policy):
    found = effect_of(policy, [made_up(OWN)], AREAS)
    assert [cost.size for cost in found.costs] == list(SIZES)
    assert [cost.lost for cost in found.costs] == sorted(cost.lost for cost in found.costs)
    assert [cost.seen for cost in found.costs] == sorted((cost.seen for cost in found.costs), reverse=True)
    assert found.people == 60


def test_bands_are_counted_and_add_up(policy):
    found = effect_of(policy, [made_up(OWN)], AREAS)
    assert {band.label: band.people for band in found.bands} == {"18-44": 20, "85+": 40}
    assert not any(band.small for band in found.bands)


def test_a_group_is_small_below_the_smallest_group_of_these_rules(policy):
    stricter = policy.model_copy(update={"min_group": 25})
    found = effect_of(stricter, [made_up(OWN)], AREAS)
    assert {band.label: band.small for band in found.bands} == {"18-44": True, "85+": False}


def test_new_rules_stand_beside_those_that_hold_now(policy):
    now = effect_of(policy, [made_up(OWN)], AREAS)
    then = effect_of(policy.model_copy(update={"breakdowns": []}), [made_up(OWN)], AREAS)
    beside = Compared(then, now)
    assert [(band.label, before, after) for band, before, after in beside.bands] == [
        ("18-44", True, False), ("85+", True, False),
    ]  # fmt: skip
    assert [before for _one, before in beside.costs] == list(now.costs)
    assert all(one.groups < before.groups for one, before in beside.costs)
    assert [before for _one, before in Compared(then).costs] == [None, None, None]


def test_what_changes_is_told_apart(policy, house):
    rules = {**policy.columns["rows"]}
    rules["leeftijd"] = rules["naam"] if "naam" in rules else rules["leeftijd"].model_copy(update={"do": "drop"})
    stricter = policy.model_copy(update={"columns": {**policy.columns, "rows": rules}})
    book = house.codebooks.get(BOOK)
    [changed] = [one for one in columns(policy, stricter, book) if one.changes]
    assert (changed.name, changed.then, changed.text) == ("leeftijd", "weglaten", book.rows["leeftijd"].text)
    assert not any(one.changes for one in columns(None, stricter, book))


def test_columns_that_stay_are_said_per_treatment(sign_in, house):
    one = next(one for one in policies.versions(house.register) if one.policy.codebook == BOOK)
    page, policy = html.unescape(sign_in(f"privacy_officer-{OWN}").get(f"/regels/{one.id}").text), one.policy
    kept = sum(rule.do.value == "keep" for rules in policy.columns.values() for rule in rules.values())
    assert f"Houden zoals het is ({kept} kolommen)" in page
    assert all(f">{name}</span>" in page or f"<li>{name}" in page for name in policy.columns["rows"])


def test_codes_are_said_as_people_call_them(policy, house):
    names = names_of(house.codebooks.get(BOOK))
    assert labelled(["leeftijd", "wijk", "iets_eigens"], names) == ["leeftijd in jaren", "wijk of kern", "iets eigens"]
    looser = policy.model_copy(
        update={"breakdowns": ["leeftijd", "wijk"], "entities": {**policy.entities, "PERSON": "mask"}}
    )
    stricter = looser.model_copy(update={"breakdowns": ["leeftijd"], "entities": policy.entities})
    said = {one.what: (one.was, one.becomes) for one in (in_words(c, names) for c in differences(looser, stricter))}
    assert said == {
        "Uitsplitsingen": ("leeftijd in jaren, wijk of kern", "leeftijd in jaren"),
        "Naam van een persoon in teksten": ("wissen", "vervangen door een label"),
    }


def page_of(client, path: str) -> str:
    for _ in range(20):
        page = client.get(path).text
        if "Wij rekenen het uit" not in page:
            return page
        time.sleep(0.5)
    raise AssertionError("the effect was never worked out")


def test_officers_of_a_gemeente_see_their_own_delivery_and_others_no_counts(sign_in, house):
    number = next(
        v.id for v in policies.versions(house.register) if v.policy.codebook == BOOK and v.policy.gemeente is None
    )
    page = page_of(sign_in(f"privacy_officer-{OWN}"), f"/regels/{number}")
    assert "Hoeveel groepen verliest u?" in page
    assert "Uitsplitsen mag naar: leeftijd in jaren" in page
    assert "Vraagdorp: 60 mensen" in page
    for user in (f"data_steward-{OWN}", f"analyst-{OWN}", "fg"):
        assert "Hoeveel groepen verliest u?" not in sign_in(user).get(f"/regels/{number}").text
    other = page_of(sign_in(f"privacy_officer-{OWN}"), f"/regels/{number}?gemeente={OTHER}")
    assert "Andershuizen" not in other


def test_an_officer_sees_what_a_draft_costs_beside_what_holds_now(sign_in, house):
    steward, officer = (person(house, role, OWN) for role in (Role.DATA_STEWARD, Role.PRIVACY_OFFICER))
    base = next(v.policy for v in policies.versions(house.register) if v.policy.codebook == BOOK)
    stricter = base.model_copy(update={"gemeente": OWN, "min_group": 15, "breakdowns": []})
    draft = policies.save_draft(house.register, stricter, codebook=house.codebooks.get(BOOK), by=steward)
    policies.submit(house.register, draft.id, by=steward)
    page = page_of(sign_in(f"privacy_officer-{OWN}"), f"/regels/{draft.id}")
    assert re.search(r"<td data-name=\"Nu\">\d+ van \d+ niet getoond; \d+ % van de antwoorden", page)
    assert '<td data-name="Met deze regels">niet apart</td>' in page
    assert "geldt voor alle onderzoeken in een uitgave" in page
    policies.send_back(house.register, draft.id, comment="liever niet", by=officer)


def test_every_kind_of_redaction_can_be_explained():
    assert set(WHY) == set(ENTITIES)


def test_the_try_out_points_at_every_redaction_and_says_why(house, sign_in):
    found = tried(house, "Mevrouw Verzonnen belde 06-12345678 op 3 maart.")
    assert "".join(words for words, _ in found.pieces) == "Mevrouw Verzonnen belde 06-12345678 op 3 maart."
    assert [words for words, out in found.pieces if out] == [one.words for one in found.found]
    assert all(one.why for one in found.found)
    page = post(sign_in(f"privacy_officer-{OWN}"), "/regels/proberen", page="/regels", tekst="Bel 06-12345678").text
    assert "<mark>06-12345678</mark>" in page
    assert "Cijfers in de vorm van een telefoonnummer" in page
