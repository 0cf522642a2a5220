"""The residual check: is a direct identifier left in the output? It must be able to fail.

It looks with other eyes than the ones that cleaned: shapes and checksums of its own, stock recognisers of Presidio,
and the counts of station 4 (names and addresses of the delivery itself).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import CannotCheck
from quality.shapes import SHAPES, count_nine_digits, may_hold_details, normalised

NINE_DIGITS = "negen_cijfers"
_FOUR_DIGITS = re.compile(r"(?:\d\D*){4}")


class ResidualDetector(Protocol):
    """Counts direct identifiers in one normalised text, per kind."""

    def hits(self, text: str) -> Mapping[str, int]: ...


class ShapeDetector:
    """Checksums and shapes (quality.shapes)."""

    def hits(self, text: str) -> Mapping[str, int]:
        """Count per kind, with plain nine-digit numbers as a kind of their own."""
        counts = Counter({kind: count(text) for kind, count in SHAPES.items()})
        counts[NINE_DIGITS] = count_nine_digits(text)
        return +counts


class StockPresidio:
    """Recognisers as Presidio ships them, without its e-mail recogniser (that one reaches for the network)."""

    @cached_property
    def _recognisers(self) -> list[tuple[str, Any]]:
        from presidio_analyzer.predefined_recognizers import (
            CreditCardRecognizer,
            IbanRecognizer,
            IpRecognizer,
            PhoneRecognizer,
        )

        return [
            ("PHONE_NUMBER", PhoneRecognizer(supported_language="nl", supported_regions=("NL",))),
            ("IBAN_CODE", IbanRecognizer(supported_language="nl")),
            ("CREDIT_CARD", CreditCardRecognizer(supported_language="nl")),
            ("IP_ADDRESS", IpRecognizer(supported_language="nl")),
        ]

    def hits(self, text: str) -> Mapping[str, int]:
        """Count per Presidio entity; public phone numbers (0800, 0900, 14 0xx) do not count.

        None of these recognisers can match fewer than four digits, so such texts are not read: that is sound, and most.
        """
        if _FOUR_DIGITS.search(text) is None:
            return {}
        counts: Counter[str] = Counter()
        for entity, recogniser in self._recognisers:
            found = recogniser.analyze(text, [entity], None) or []
            counts[f"presidio_{entity.lower()}"] = sum(not _public(text[hit.start : hit.end]) for hit in found)
        return +counts


def _public(found: str) -> bool:
    """True for a number of organisations: 0800, 0900 and the 14 numbers of gemeenten."""
    digits = "".join(filter(str.isdigit, found))
    return re.fullmatch(r"0800\d+|090[069]\d+|140\d{2,3}", digits) is not None


@dataclass(frozen=True)
class ResidualReport:
    """What is left, per table, column and kind: counts of different texts, never the texts."""

    counts: Mapping[tuple[str, str, str], int]

    @property
    def clean(self) -> bool:
        """True when nothing was found."""
        return not self.counts

    def in_column(self, table: str, column: str) -> tuple[int, int]:
        """Plain nine-digit numbers and other details of one column."""
        here = {kind: n for (t, c, kind), n in self.counts.items() if (t, c) == (table, column)}
        return here.get(NINE_DIGITS, 0), sum(n for kind, n in here.items() if kind != NINE_DIGITS)

    def per_kind(self) -> dict[str, int]:
        """Totals over columns, sorted by kind."""
        totals: Counter[str] = Counter()
        for (_, _, kind), count in self.counts.items():
            totals[kind] += count
        return dict(sorted(totals.items()))


class ResidualCheck:
    """Looks through the open columns of records; make one per run, its recognisers are loaded once."""

    def __init__(self, detectors: Sequence[ResidualDetector] | None = None) -> None:
        stock: Sequence[ResidualDetector] = (ShapeDetector(), StockPresidio())
        self.detectors = tuple(stock if detectors is None else detectors)
        if not self.detectors:
            raise CannotCheck("de restcontrole heeft geen herkenners; er gaat niets door")

    def look(self, tables: Mapping[str, pa.Table], columns: Iterable[tuple[str, str]]) -> ResidualReport:
        """Count what is left in these columns; every different text is read once.

        Raises CannotCheck when a detector fails: nothing passes then.
        """
        counts: Counter[tuple[str, str, str]] = Counter()
        for table, column in columns:
            for kind, count in self._in(_different_texts(tables[table][column])):
                counts[table, column, kind] += count
        return ResidualReport(+counts)

    def _in(self, texts: Iterable[str | None]) -> Iterator[tuple[str, int]]:
        for text in texts:
            readable = normalised(text) if text else ""
            if may_hold_details(readable):
                for detector in self.detectors:
                    yield from _hits(detector, readable).items()


def _different_texts(column: pa.ChunkedArray) -> list[str | None]:
    try:
        return list(pc.unique(column.cast(pa.string())).to_pylist())
    except pa.ArrowException:
        pass
    raise CannotCheck("een kolom is van een soort die de restcontrole niet kan lezen; er gaat niets door. Meld de fout")


def _hits(detector: ResidualDetector, text: str) -> Mapping[str, int]:
    try:
        return detector.hits(text)
    except Exception as error:
        reason = type(error).__name__
    raise CannotCheck(f"de restcontrole ging mis ({reason}); er gaat niets door. Meld de fout")
