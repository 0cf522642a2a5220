"""What cleaning leaves beside the records: consents for the register, and a sealed review list for the officer."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from random import Random

import pyarrow as pa
import pyarrow.compute as pc

from anonymisation.pseudonyms import pseudonym_scope
from anonymisation.review import ReviewRow, sample
from anonymisation.station import CleanedDelivery
from domain.consent import ConsentRecord, Said
from domain.delivery import DeliveryKey
from domain.records import RawRecords
from domain.vocabulary import ColumnClass, Purpose
from pipelines.house import House
from register import consent_sets, consent_texts, retention, review
from register.actors import SYSTEM
from register.consent_sets import ConsentSet
from storage.atomic import erase, write_atomic
from storage.envelope import seal, unseal

SAMPLED = 10
PIECE = 800
SNIPPETS = "[GS][MV]????.*.v*.*.bin"  # letters of residents lie in the same folder


def keep_consents(house: House, raw: RawRecords, cleaned: CleanedDelivery, evidence: str) -> None:
    """Store what people said in the delivery itself.

    A yes needs a text that an officer approved; without one only the refusals are kept, which is the strict side.
    """
    approved = _approved_texts(house, raw.key)
    sets = [
        ConsentSet(_said(raw, purpose, given, approved.get(purpose, 1), evidence), people)
        for purpose, given, people in cleaned.consents.sides()
        if not given or purpose in approved
    ]
    if sets:
        consent_sets.record_sets(house.register, sets, by=SYSTEM, source=str(raw.key))


def _said(raw: RawRecords, purpose: Purpose, given: bool, version: int, evidence: str) -> ConsentRecord:
    """What everybody on one side of a purpose said: on the last day of the meting, under nobody's pseudonym yet."""
    said = Said.CONSENT if given else Said.REFUSAL
    moment = datetime.combine(raw.manifest.meting.end, time.min, tzinfo=UTC)
    scope = pseudonym_scope(raw.key, raw.manifest)
    return ConsentRecord(scope, "", purpose, said, moment, version=version, evidence_hash=evidence)


def keep_review(house: House, key: DeliveryKey, version: int, cleaned: CleanedDelivery) -> None:
    """Seal doubtful spans and a sample of cleaned texts under the review key, one line each on the officer's list."""
    rows = [*cleaned.review, *_sampled(house, key, version, cleaned)]
    if not rows:
        return
    house.keyring.ensure_scope(key.area, key.scope)
    sweep_review(house, key.area, f"{key}.v{version}.*.bin")  # a killed run may have sealed these rows before
    content = json.dumps([asdict(row) for row in rows], ensure_ascii=False).encode()
    with house.keyring.new_data_key(key.area, key.scope, "review") as data_key:
        path = house.places.review / key.area / f"{key}.v{version}.{data_key.id}.bin"
        write_atomic(path, seal(content, data_key.key, path.name))
    doubts = [
        review.Doubt(key, version, row.label, _origin(row), row.score, f"{path.name}#{number}")
        for number, row in enumerate(rows)
    ]
    review.add_many(house.register, doubts, by=SYSTEM)


def sweep_review(house: House, area: str, pattern: str = SNIPPETS) -> int:
    """Destroy review files of an area that no place on the officer's list points to, keys first; how many."""
    found = sorted((house.places.review / area).glob(pattern))
    kept = retention.review_files(house.register) if found else frozenset()
    gone = [path for path in found if path.name not in kept]
    for path in gone:
        house.keyring.destroy_data_key(area, path.name.split(".")[-2])
        erase(path)
    return len(gone)


def _origin(row: ReviewRow) -> str:
    return "detector" if row.found else review.SAMPLE


def _sampled(house: House, key: DeliveryKey, version: int, cleaned: CleanedDelivery) -> list[ReviewRow]:
    """Some cleaned texts, drawn at random: what the officer still finds in them says what is left in all.

    The draw follows from the delivery, so that cleaning again after a kill asks for the same texts.
    """
    columns = _texts(house, cleaned)
    draw = Random(f"{key}.{version}")  # noqa: S311 (a draw, not a secret)
    chosen = sample(sum(len(texts) for _, texts in columns), size=SAMPLED, seed=draw.getrandbits(64))
    rows, before = [], 0
    for column, texts in columns:
        for at in (at - before for at in chosen if before <= at < before + len(texts)):
            rows.append(
                ReviewRow(str(key), at, column, 0, 0, review.SAMPLE, 1.0, _piece(texts[at].as_py(), draw), "", "")
            )
        before += len(texts)
    return rows


def _texts(house: House, cleaned: CleanedDelivery) -> list[tuple[str, pa.ChunkedArray]]:
    """The filled cells of every text column."""
    codebook = house.codebooks.get(cleaned.records.codebook)
    return [
        (column, table[column].filter(pc.greater(pc.utf8_length(table[column]), 0)))
        for name, table in cleaned.records.tables.items()
        for column in codebook.columns_of(ColumnClass.TEXT, table=name)
        if column in table.column_names
    ]


def _piece(text: str, draw: Random) -> str:
    """The text, or of a long one a piece that can be read at a glance, with dots where it goes on."""
    start = draw.randrange(0, len(text), PIECE)
    return ("…" if start else "") + text[start : start + PIECE] + ("…" if start + PIECE < len(text) else "")


def _approved_texts(house: House, key: DeliveryKey) -> dict[Purpose, int]:
    """Newest approved version per purpose, of the area or of everybody."""
    texts = [
        text
        for text in consent_texts.list_texts(house.register)
        if text.state is consent_texts.TextState.APPROVED
        and text.area in (None, key.area)
        and text.module == "algemeen"
    ]
    return {text.purpose: text.version for text in sorted(texts, key=lambda text: text.version)}


def snippets(house: House, area: str, file: str) -> list[ReviewRow]:
    """The sealed rows of one review file; raises KeyRefused when they were destroyed."""
    data_key = file.split(".")[-2]
    sealed = (house.places.review / area / file).read_bytes()
    return [ReviewRow(**row) for row in json.loads(unseal(sealed, house.keyring.data_key(area, data_key), file))]
