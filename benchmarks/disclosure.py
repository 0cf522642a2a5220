"""Disclosure control on the national table, against the two-per-line heuristic and (when there) pytauargus.

    python benchmarks/disclosure.py
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from domain.release import Hierarchy

PROVINCES = {"NB": 56, "GE": 51, "ZH": 50, "NH": 44, "LI": 31, "UT": 26, "OV": 25, "FR": 18, "ZE": 13, "DR": 12,
             "GR": 10, "FL": 6}  # fmt: skip
AGES = {"18-44": 0.14, "45-64": 0.24, "65-74": 0.22, "75-84": 0.25, "85+": 0.15}
PROVISIONS = {"huishouden": 0.46, "begeleiding": 0.27, "vervoer": 0.19, "dagbesteding": 0.08}


def national(seed: int = 7) -> tuple[pa.Table, Hierarchy]:
    """Made-up leaf rows of 342 gemeenten x 5 ages x 4 provisions (10,650 cells with totals), n 50-1500."""
    dice = np.random.default_rng(seed)
    rows: list[tuple[str, str, str, int]] = []
    parents: dict[str, str] = {}
    number = 9000
    for province, count in PROVINCES.items():
        for _ in range(count):
            code, number = f"GM{number}", number + 1
            parents[code] = f"PV-{province}"
            people = int(np.exp(dice.uniform(np.log(50), np.log(1500))))
            share = np.outer(list(AGES.values()), list(PROVISIONS.values())) * dice.gamma(2.5, 0.4, (5, 4))
            counts = dice.multinomial(people, (share / share.sum()).ravel())
            crossed = [(age, provision) for age in AGES for provision in PROVISIONS]
            rows += [(code, *pair, int(n)) for pair, n in zip(crossed, counts, strict=True)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return pa.table(dict(zip(("gemeente", "leeftijd", "voorziening", "n"), columns, strict=True))), Hierarchy(
        "gemeente", parents
    )
