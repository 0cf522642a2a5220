"""Station 3 past one machine: Spark hands out delivery keys, each Python worker opens the house and cleans them.

What travels is the path of the home, the day and the keys; never a record, never a secret. A worker finds the master
key as the driver does, by its own environment or the key file of the home, and the home is a folder (and a register)
that every worker can reach. What comes back are counts and reasons.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from domain.delivery import DeliveryKey
from domain.errors import CannotCheck
from pipelines import cleaning
from pipelines.house import open_house
from pipelines.outcomes import Outcome, guarded
from storage.settings import read_settings

Told = tuple[str, dict[str, int], str]


def clean_on_spark(home: Path, keys: Iterable[DeliveryKey], spark: Any, *, today: date | None = None) -> list[Outcome]:
    """As `cleaning.clean`, in the workers of a SparkSession; the same pending files come of it.

    Raises CannotCheck when a worker stops: what it had cleaned stays, the rest is cleaned again by a next run.
    """
    wanted = sorted({str(key) for key in keys})
    if not wanted:
        return []
    work = partial(_clean_here, home=str(home), today=(today or date.today()).isoformat())
    try:
        told = spark.sparkContext.parallelize(wanted, min(len(wanted), _slices(spark))).mapPartitions(work).collect()
    except Exception as error:  # Spark repeats what a worker raised; its message could hold a value
        raise CannotCheck(f"Spark: een werker is gestopt ({guarded(error)}); start de run opnieuw") from None
    outcomes = [Outcome(DeliveryKey.parse(key), counts, refusal) for key, counts, refusal in told]
    return sorted(outcomes, key=lambda outcome: outcome.key)


def _slices(spark: Any) -> int:
    """Two turns a core: deliveries differ in size."""
    return 2 * int(spark.sparkContext.defaultParallelism)


def _clean_here(keys: Iterator[str], *, home: str, today: str) -> Iterator[Told]:
    """In a worker: open the house once, with the secrets of this machine, and clean these keys."""
    with open_house(read_settings(Path(home), os.environ), os.environ) as opened:
        house = replace(opened, today=date.fromisoformat(today))
        outcomes = cleaning.clean(house, [DeliveryKey.parse(key) for key in keys])
    return iter([(str(outcome.key), dict(outcome.counts), outcome.refusal) for outcome in outcomes])
