"""Comments and reasons are read by others and stay: what names somebody is refused before anything is written."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from domain.errors import DisclosureRefused
from domain.vocabulary import Role
from register import (
    advising,
    consent_texts,
    contributions,
    downloads,
    findings,
    ledger_lines,
    microdata,
    policies,
    releases,
    requests,
    review,
)

from .people import OFFICER
from .test_register_findings import finding

WORDS = "Bel Roos Verzonnen even"
SAID = {
    "contribution": lambda r, by: contributions.send_back(r, 1, comment=WORDS, by=by),
    "rows": lambda r, by: microdata.send_back(r, 1, comment=WORDS, by=by),
    "purpose of rows": lambda r, by: microdata.ask(r, SimpleNamespace(purpose=WORDS), by=by),
    "policy": lambda r, by: policies.send_back(r, 1, comment=WORDS, by=by),
    "consent text": lambda r, by: consent_texts.send_back(r, 1, comment=WORDS, by=by),
    "release returned": lambda r, by: releases.send_back(r, "r1", comment=WORDS, by=by),
    "release rejected": lambda r, by: releases.reject(r, "r1", comment=WORDS, by=by),
    "release withdrawn": lambda r, by: releases.withdraw(r, "r1", comment=WORDS, by=by),
    "finding": lambda r, by: findings.send_back(r, 1, comment=WORDS, by=by),
    "request": lambda r, by: requests.decide(r, 1, grant=False, reason=WORDS, by=by),
    "leak": lambda r, by: downloads.note_leak(r, WORDS, discovered_at=datetime.now(UTC), by=by),
    "leak closed": lambda r, by: downloads.close_leak(r, 1, WORDS, by=by),
    "advice": lambda r, by: advising.advise(r, "release:r1", WORDS, area=None, role=Role.FG, by=by),
    "answer": lambda r, by: advising.answer(r, 1, followed=False, why=WORDS, by=by),
    "rule": lambda r, by: review.decide_rule(r, 1, approve=False, seen="x", by=by, comment=WORDS),
    "new finding": lambda r, by: findings.add(r, finding(text=WORDS), by=by),
}


@pytest.mark.parametrize("name", SAID)
def test_words_that_name_somebody_are_refused_before_anything_else(register, name):
    looking = replace(register, names_somebody=lambda text, _area: "Verzonnen" in text)
    before = ledger_lines.length(register)
    with pytest.raises(DisclosureRefused, match="lijkt een naam, adres of nummer van iemand") as caught:
        SAID[name](looking, OFFICER)
    assert "Verzonnen" not in str(caught.value)
    assert ledger_lines.length(register) == before


def test_other_words_are_kept(register):
    looking = replace(register, names_somebody=lambda text, _area: "Verzonnen" in text)
    made = downloads.note_leak(
        looking, "een lijst ging naar het verkeerde bureau", discovered_at=datetime.now(UTC), by=OFFICER
    )
    assert made.what == "een lijst ging naar het verkeerde bureau"
