"""The text columns of a delivery, cleaned: what one person wrote is read as one document, equal documents once."""

import multiprocessing
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import accumulate

import pyarrow as pa

from anonymisation.evidence import Evidence
from anonymisation.modes import Mode
from anonymisation.review import ReviewRow, ReviewSpan, review_row
from anonymisation.text import Cleaned, Detector, clean
from domain.errors import GateClosed, PolicyRefused, ToegangspeilError

# Between the texts of one person, so that a name found in one is known in the others; not a sign people type.
_MARK = "\u241e"
_BETWEEN = f"\n{_MARK}\n"
_WORTH_PROCESSES = 20_000
_BATCH = 500


@dataclass(frozen=True)
class Cleaning:
    """How found details are replaced: the policy's treatments, with a key only where one of them is `pseudonym`."""

    detector: Detector = field(repr=False)
    treatments: Mapping[str, str]
    mode: Mode = Mode.LABEL
    key: bytes | None = field(default=None, repr=False)
    scope: str = ""

    def __post_init__(self) -> None:
        """Refuse an entity that nobody looks for: it would silently stay in the text."""
        found = {label for recogniser in self.detector.recognisers for label in recogniser.labels}
        if missing := sorted(set(self.treatments) - found):
            raise PolicyRefused(
                f"voor {', '.join(missing)} is er geen herkenner; er gaat geen tekst door tot die er is"
            )


@dataclass(frozen=True)
class CleanedTexts:
    """Cleaned columns per table, what was found per label, and what an officer should look at."""

    columns: Mapping[str, dict[str, pa.ChunkedArray]] = field(repr=False)
    tally: Counter[str]
    review: list[ReviewRow] = field(repr=False)


@dataclass(frozen=True)
class _Place:
    table: str
    column: str
    row: int


@dataclass(frozen=True)
class _Document:
    """Texts of one person in the order of the file, with the names to look for."""

    texts: tuple[str, ...] = field(repr=False)
    names: frozenset[str] = field(repr=False)


def clean_columns(
    tables: Mapping[str, pa.Table],
    columns: Mapping[str, Sequence[str]],
    pseudonyms: Mapping[str, pa.ChunkedArray],
    *,
    evidence: Evidence,
    cleaning: Cleaning,
    delivery: str,
    processes: int = 1,
) -> CleanedTexts:
    """Clean the named columns of every table.

    Raises GateClosed when a recogniser fails: no text of the delivery passes then.
    """
    out: dict[_Place, str] = {}
    tally: Counter[str] = Counter()
    review: list[ReviewRow] = []
    places = _documents(tables, columns, pseudonyms, evidence)
    batches = list(_batches(places))
    for batch, result in zip(batches, _cleaned(batches, cleaning, processes), strict=True):
        tally.update({label: count * batch.times for label, count in result.tally.items()})
        for document, texts, spans in zip(batch.documents, result.texts, result.spans, strict=True):
            for group in places[document]:
                out.update(zip(group, texts, strict=True))
            review += _review(spans, places[document][0], document, delivery)
    return CleanedTexts(_as_columns(tables, columns, out), tally, review)


def _documents(
    tables: Mapping[str, pa.Table],
    columns: Mapping[str, Sequence[str]],
    pseudonyms: Mapping[str, pa.ChunkedArray],
    evidence: Evidence,
) -> dict[_Document, list[list[_Place]]]:
    """Every different document with the groups of cells it stands in."""
    written: dict[str, list[tuple[_Place, str]]] = {}
    for table, names in columns.items():
        people = pseudonyms[table].to_pylist()
        cells = {name: tables[table][name].cast(pa.string()).to_pylist() for name in names}
        for row, who in enumerate(people):
            for name in names:
                if text := cells[name][row]:
                    written.setdefault(who, []).append((_Place(table, name, row), text))
    found: dict[_Document, list[list[_Place]]] = {}
    for who, parts in written.items():
        texts = tuple(text for _, text in parts)
        document = _Document(texts, evidence.names_for(who, _BETWEEN.join(texts)))
        found.setdefault(document, []).append([place for place, _ in parts])
    return found


@dataclass(frozen=True)
class _Batch:
    """Documents with the same names to look for, that stand equally often in the delivery: one call of `clean`."""

    names: frozenset[str] = field(repr=False)
    times: int
    documents: list[_Document] = field(repr=False)


@dataclass(frozen=True)
class _Result:
    """Per document its cleaned texts and doubts; what was found in all of them once."""

    texts: list[list[str]] = field(repr=False)
    spans: list[list[ReviewSpan]] = field(repr=False)
    tally: Counter[str]


def _batches(places: Mapping[_Document, Sequence[object]]) -> Iterator[_Batch]:
    groups: dict[tuple[frozenset[str], int], list[_Document]] = {}
    for document, where in places.items():
        groups.setdefault((document.names, len(where)), []).append(document)
    for (names, times), documents in groups.items():
        for start in range(0, len(documents), _BATCH):
            yield _Batch(names, times, documents[start : start + _BATCH])


def _cleaned(batches: Sequence[_Batch], cleaning: Cleaning, processes: int) -> Iterator[_Result]:
    """Results in the order of the batches."""
    if processes < 2 or sum(len(batch.documents) for batch in batches) < _WORTH_PROCESSES:
        yield from (_clean_batch(batch, cleaning) for batch in batches)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, initializer=_start, initargs=(cleaning,)) as pool:
        yield from pool.map(_in_worker, batches, chunksize=max(1, len(batches) // (processes * 20)))


_worker: list[Cleaning] = []  # filled once per worker process; a detector is too heavy to send with every batch


def _start(cleaning: Cleaning) -> None:
    _worker[:] = [cleaning]


def _in_worker(batch: _Batch) -> _Result:
    return _clean_batch(batch, _worker[0])


def _clean_batch(batch: _Batch, cleaning: Cleaning) -> _Result:
    """Clean documents; where the join between texts was touched, the texts of that document are cleaned one by one."""
    whole = _call([_BETWEEN.join(document.texts) for document in batch.documents], batch.names, cleaning)
    doubts: dict[int, list[ReviewSpan]] = {}
    for span in whole.review:
        doubts.setdefault(span.text, []).append(span)
    result = _Result([], [], whole.tally)
    for index, document in enumerate(batch.documents):
        parts = (whole.texts[index] or "").split(_BETWEEN)
        spans = _per_text(doubts.get(index, ()), document.texts)
        if len(parts) != len(document.texts):
            again = _call(document.texts, batch.names, cleaning)
            parts, spans = [text or "" for text in again.texts], again.review
        result.texts.append(parts)
        result.spans.append(spans)
    return result


def _call(texts: Sequence[str], names: frozenset[str], cleaning: Cleaning) -> Cleaned:
    """`clean`, with every failure a closed gate that says nothing of the text."""
    try:
        cleaned = clean(
            texts,
            cleaning.detector,
            mode=cleaning.mode,
            treatments=cleaning.treatments,
            known_names=names,
            key=cleaning.key,
            scope=cleaning.scope,
        )
    except ToegangspeilError:
        raise
    except Exception as error:
        raise GateClosed(
            f"het schonen van de teksten ging mis ({type(error).__name__}); er gaat niets door. Meld de fout"
        ) from None
    if len(cleaned.texts) != len(texts) or any(not isinstance(text, str) for text in cleaned.texts):
        raise GateClosed("het schonen gaf niet elke tekst terug; er gaat niets door. Meld de fout")
    return cleaned


def _per_text(spans: Sequence[ReviewSpan], texts: Sequence[str]) -> list[ReviewSpan]:
    """Spans of the joined document as spans of its texts; one that crosses a join is given to the text it starts in."""
    if not spans:
        return []
    starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))[:-1]
    out = []
    for span in spans:
        index = bisect_right(starts, span.start) - 1
        first, size = starts[index], len(texts[index])
        out.append(
            replace(
                span,
                text=index,
                start=min(span.start - first, size),
                end=min(span.end - first, size),
                before=span.before.rpartition(_MARK)[2].lstrip(),
                after=span.after.partition(_MARK)[0].rstrip(),
            )
        )
    return out


def _review(
    spans: Sequence[ReviewSpan], places: Sequence[_Place], document: _Document, delivery: str
) -> Iterator[ReviewRow]:
    """Review rows with the row and column where the document stands first."""
    for span in spans:
        place = places[span.text]
        yield review_row(span, document.texts[span.text], delivery=delivery, row=place.row, column=place.column)


def _as_columns(
    tables: Mapping[str, pa.Table], columns: Mapping[str, Sequence[str]], out: Mapping[_Place, str]
) -> dict[str, dict[str, pa.ChunkedArray]]:
    return {
        table: {
            name: pa.chunked_array(
                [pa.array([out.get(_Place(table, name, row)) for row in range(tables[table].num_rows)], pa.string())]
            )
            for name in names
        }
        for table, names in columns.items()
    }
