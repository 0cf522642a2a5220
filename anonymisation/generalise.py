"""Coarser values for whole columns at once: bands, quarters, weights, the first half of a postcode."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from domain.bands import Bands, bands_named
from domain.errors import PolicyRefused
from domain.instruments import Column
from domain.policy import ColumnRule
from domain.vocabulary import ColumnType

WEIGHT = pa.decimal128(18, 6)
_LAST_EDGE = 10**9


def generalised(values: pa.ChunkedArray, name: str, column: Column, rule: ColumnRule) -> pa.ChunkedArray:
    """The column as the policy's `generalise` means it for this kind of column.

    Raises PolicyRefused where nothing says how: a value is then never kept as it is.
    """
    if rule.bands is not None:
        return banded(_numbers(values, name), bands_named(rule.bands))
    if column.type is ColumnType.DATE:
        return quarters(values, name)
    if name.startswith("postcode"):
        return postcode_areas(values)
    raise PolicyRefused(
        f"kolom {name!r}: er staat niet hoe grof de waarden moeten worden; kies banden of laat de kolom vervallen"
    )


def banded(values: pa.ChunkedArray, bands: Bands) -> pa.ChunkedArray:
    """The label of the band of every number, as `Bands.label`; null for no value or below the first edge."""
    numbers = values.cast(pa.float64()).to_numpy(zero_copy_only=False)
    place = np.searchsorted(np.asarray((*bands.edges, _LAST_EDGE), dtype=float), numbers, side="right") - 1
    unknown = np.isnan(numbers) | (place < 0) | (place >= len(bands.labels))
    labels = pa.array(bands.labels, pa.string())
    return pa.chunked_array([pc.take(labels, pa.array(np.where(unknown, 0, place), pa.int8(), mask=unknown))])


def quarters(values: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """`2026-K1` for every date. Raises PolicyRefused when the column does not hold dates."""
    if not (pa.types.is_date(values.type) or pa.types.is_timestamp(values.type)):
        raise PolicyRefused(f"kolom {name!r} is geen datum; laat de kolom vervallen of lever haar aan als datum")
    encoded = pc.dictionary_encode(values.cast(pa.date32())).combine_chunks()
    labels = [day and f"{day.year}-K{(day.month + 2) // 3}" for day in encoded.dictionary.to_pylist()]
    return pa.chunked_array([pc.take(pa.array(labels, pa.string()), encoded.indices)])


def postcode_areas(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The first two digits of a postcode (about a hundred areas in the country); null where there are none."""
    match = pc.extract_regex(values.cast(pa.string()), r"^\s*(?P<area>[1-9][0-9])")
    return pc.struct_field(match, "area")


def rounded_weights(values: pa.ChunkedArray, name: str, *, rare_below: int) -> pa.ChunkedArray:
    """Weights as DECIMAL(18,6); a weight that fewer than `rare_below` rows share is rounded to one decimal.

    A weight is computed from age, sex and district: an uncommon one points at the few people who have it.
    A rounded weight is at least 0.1, so that nobody drops out of the count.
    """
    exact = pc.round(_numbers(values, name).cast(pa.float64()), 6).cast(WEIGHT)
    encoded = pc.dictionary_encode(exact).combine_chunks()
    times = np.bincount(encoded.indices.drop_null().to_numpy(), minlength=len(encoded.dictionary))
    coarse = [
        _one_decimal(weight) if count < rare_below else weight
        for weight, count in zip(encoded.dictionary.to_pylist(), times, strict=True)
    ]
    return pa.chunked_array([pc.take(pa.array(coarse, WEIGHT), encoded.indices)])


def _one_decimal(weight: Decimal) -> Decimal:
    tenth = Decimal("0.1")
    return max(weight.quantize(tenth), tenth) if weight > 0 else weight


def _numbers(values: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """The column as numbers; raises PolicyRefused when it holds something else."""
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type) or pa.types.is_decimal(values.type):
        return values
    try:
        return values.cast(pa.string()).cast(pa.float64())
    except pa.ArrowInvalid:
        raise PolicyRefused(
            f"kolom {name!r} bevat iets anders dan getallen en kan niet grover worden gemaakt; "
            "lever getallen aan of laat de kolom vervallen"
        ) from None
