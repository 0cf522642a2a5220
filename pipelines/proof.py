"""What the second person sees beside the certificate: what was checked, read and left out, in counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from anonymisation.disclosure.advice import in_words
from anonymisation.review import estimate_left
from domain.advice import Advice
from domain.contribution import Part
from domain.dutch import grouped
from domain.release import Protected
from pipelines.house import House
from register import review, verdicts
from warehouse.counted import people_elsewhere


def evidence_of(
    house: House,
    found: Protected,
    advice: Sequence[Advice],
    parts: Iterable[Part],
    tables: Mapping[str, pa.Table],
    said: Sequence[str],
    people: int,
) -> dict[str, object]:
    """Counts and sentences only; no cell of the protected tables, no text, no value of a delivery.

    tables: the published tables; of these only how many figures they hold, how many of them are closed, and how
        many people are behind those that somebody else counted.
    said: where gemeenten count elsewhere than in the list, and why figures of others are not printed as delivered.
    people: whom the figures are about, as each contribution counts them.
    """
    held = sorted(parts)
    gate, reading = _gate(house, held), _reading(house, held)
    return {
        "summary": "\n".join([found.officer_summary, *_in_words(gate, reading), *said, *in_words(advice)]),
        "reasons": dict(sorted(Counter(map(str, found.evidence["reason"].to_pylist())).items())),
        "figures": _figures(tables) | {"people": people},
        "gate": gate,
        "reading": reading,
        "audit": {
            "cells": found.audit.cells,
            "suppressed": found.audit.suppressed,
            "attacks": list(found.audit.attacks),
        },
        "advice": [vars(one) for one in advice],
        "certificate": found.certificate.as_dict(),
    }


def _figures(tables: Mapping[str, pa.Table]) -> dict[str, object]:
    statuses = Counter(tables["fact_result"].column("status").to_pylist())
    talks = tables["fact_klantreis_phase"].num_rows + tables["fact_theme"].num_rows > 0
    return {
        "cells": statuses.total(), "hidden": statuses["suppressed"], "talks": talks,
        "elsewhere": people_elsewhere(tables),
    }  # fmt: skip


def _gate(house: House, parts: Sequence[Part]) -> list[dict[str, object]]:
    """Per delivery what the gate said of exactly the file that was signed."""
    known = verdicts.latest_many(house.register)
    return [
        {"delivery": str(part.key), "version": part.version, "passed": known[part.key].passed,
         "counts": dict(known[part.key].counts)}
        for part in parts
    ]  # fmt: skip


def _reading(house: House, parts: Sequence[Part]) -> dict[str, float]:
    """How many cleaned texts an officer read, in how many something was left, and what that says of the rest."""
    decided = [one for part in parts for one in review.decisions(house.register, part.key, part.version)]
    read, leaking = review.sample_of(decided)
    if not read:
        return {"read": 0}
    left = estimate_left(read, leaking, texts=read)
    return {"read": read, "leaking": leaking, "low": round(left.low, 4), "high": round(left.high, 4)}


def _in_words(gate: Sequence[dict[str, object]], reading: dict[str, float]) -> list[str]:
    passed = sum(bool(one["passed"]) for one in gate)
    told = [
        "De aanlevering doorstond de controle."
        if passed == len(gate) == 1
        else f"{grouped(passed)} van de {grouped(len(gate))} aanleveringen doorstonden de controle; alleen die "
        "tellen mee."
    ]
    if not reading["read"]:
        return [*told, "Nog niemand las een steekproef van de schoongemaakte teksten; teksten gaan niet mee."]
    read, leaking = (grouped(int(reading[name])) for name in ("read", "leaking"))
    low, high = (f"{100 * reading[end]:.1f}".replace(".", ",") for end in ("low", "high"))
    return [
        *told,
        f"Van {read} schoongemaakte teksten die iemand las, stond in {leaking} nog iets "
        f"waaraan iemand te herkennen is (naar schatting {low} tot {high} van elke 100). Teksten gaan niet mee.",
    ]
