"""One function over Arrow record batches: in process, over processes, and on Spark, with equal output."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from typing import Any

import pyarrow as pa

from anonymisation.engine import Detector
from anonymisation.modes import Mode
from anonymisation.streams import Setting
from anonymisation.text import clean
from domain.errors import CannotCheck

_detectors: dict[Setting, Detector] = {}


def clean_batch(
    batch: pa.RecordBatch, detector: Detector, *, columns: Sequence[str], mode: Mode = Mode.LABEL
) -> pa.RecordBatch:
    """The batch with its text columns cleaned; every other column untouched, rows in the same order.

    Modes label, mask and generalise; mode pseudonym needs a key and goes through `clean`.
    """
    arrays = list(batch.columns)
    for name in columns:
        index = batch.schema.get_field_index(name)
        cleaned = clean(arrays[index].to_pylist(), detector, mode=mode)
        arrays[index] = pa.array(cleaned.texts, type=batch.schema.field(index).type)
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    setting: Setting,
    *,
    columns: Sequence[str],
    mode: Mode = Mode.LABEL,
    processes: int = 1,
) -> Iterator[pa.RecordBatch]:
    """`clean_batch` over a stream, in order; with `processes` > 1 at most twice as many batches are in memory."""
    work = partial(_with_setting, setting=setting, columns=tuple(columns), mode=mode)
    if processes < 2:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting: list[Future[pa.RecordBatch]] = []
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * processes:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def for_spark(
    setting: Setting, *, columns: Sequence[str], mode: Mode = Mode.LABEL
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function to give to `DataFrame.mapInArrow`; each Python worker builds its own detector once."""
    return partial(_map_in_arrow, setting=setting, columns=tuple(columns), mode=mode)


def clean_on_spark(frame: Any, setting: Setting, *, columns: Sequence[str], mode: Mode = Mode.LABEL) -> Any:
    """A Spark DataFrame with its text columns cleaned. Raises CannotCheck without the extra `[spark]`."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise CannotCheck("Spark is not installed; install the extra [spark] or clean over processes") from None
    return frame.mapInArrow(for_spark(setting, columns=columns, mode=mode), frame.schema)


def _map_in_arrow(
    batches: Iterator[pa.RecordBatch], setting: Setting, columns: Sequence[str], mode: Mode
) -> Iterator[pa.RecordBatch]:
    return (_with_setting(batch, setting, columns, mode) for batch in batches)


def _with_setting(batch: pa.RecordBatch, setting: Setting, columns: Sequence[str], mode: Mode) -> pa.RecordBatch:
    if setting not in _detectors:
        _detectors[setting] = setting.build()
    return clean_batch(batch, _detectors[setting], columns=columns, mode=mode)
