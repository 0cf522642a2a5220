"""Inzage: what is held of one person, as long as her code can be made; for the envelope, never for a log."""

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from domain.dutch import DOELGROEP_WORDS, PURPOSE_WORDS
from domain.errors import KeyRefused
from domain.instruments import Codebook
from domain.vocabulary import Purpose
from pipelines.house import House
from pipelines.outcomes import key_of
from pipelines.persons import RECEIPT, files_with, hers, in_vault, records_of
from register import consents, deliveries, findings, releases, requests
from register.actors import Actor
from register.deliveries import Delivery
from register.exports.page import Page, Part, Rows
from register.permissions import Act, check
from register.requests import Request

_ABOUT = (
    "Hieronder staat wat wij van u hebben: eerst uw antwoorden zoals wij ze kregen, daarna zoals ze zonder uw naam "
    "worden geteld. Staat er iets over een ander in, dan hebben wij dat onleesbaar gemaakt."
)


def enclosure(house: House, number: int, *, by: Actor) -> Page:
    """The annex to the letter of a granted inzage, and the ledger line that it was made.

    Raises ConsentRefused for any other request, KeyRefused when the key of the study is gone (art. 11 AVG).
    """
    request = requests.get(house.register, number)
    check(by, Act.REQUEST_ENCLOSE, request.area)
    requests.check_enclosable(request)
    scope = deliveries.linked_scope(house.register, request.scope)
    if not house.keyring.has_scope(request.area, scope):
        raise KeyRefused("de sleutel van deze meting is vernietigd: niemand is meer te vinden (artikel 11 AVG)")
    held = list(_held(house, scope, str(request.pseudonym)))
    requests.enclose(house.register, number, rows=sum(table.num_rows for _, table in held), by=by)
    return _page(house, request, scope, held)


def _held(house: House, scope: str, who: str) -> Iterator[tuple[str, pa.Table]]:
    """(where it is, her rows), originals and what was made of them."""
    for delivery in deliveries.linked(house.register, scope):
        key = key_of(delivery)
        name = f"{house.codebooks.titles.get(key.instrument, key.instrument)}, {key.meting}"
        for table in in_vault(house, delivery, who).values():
            yield f"Zoals aangeleverd: {name}", _worded(house, delivery, table)
        for file in files_with(house, delivery):
            for table in records_of(house, delivery, file).tables.values():
                mine = table.filter(hers(table, who))
                if mine.num_rows:
                    yield f"Na bewerking, zonder naam: {name}", _worded(house, delivery, mine)


def _worded(house: House, delivery: Delivery, table: pa.Table) -> pa.Table:
    """Columns under the words of their question; the codes of the product itself say nothing to a resident."""
    book: Codebook = house.codebooks.get(str(delivery.manifest["codebook"]))
    words = {name: column.text for columns in book.tables.values() for name, column in columns.items()}
    kept = [name for name in table.column_names if name != "pseudonym" and not (name == RECEIPT and "pseudonym" in
            table.column_names)]  # fmt: skip
    said = {name: pa.array([_answer(book, name, value) for value in table[name].to_pylist()]) for name in kept}
    return pa.table(said).rename_columns([words.get(name, name) for name in kept])


def _answer(book: Codebook, name: str, value: object) -> str:
    """An answer with its meaning: '4 (mee eens)', a word where the code is one; nothing stays nothing."""
    if value in (None, ""):
        return ""
    if isinstance(value, Decimal | float):
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
    column = next((columns[name] for columns in book.tables.values() if name in columns), None)
    means = {
        **(book.scales[column.scale].values if column and column.scale else {}),
        **(column.values if column else {}),
    }
    if name == "doelgroep":
        means = DOELGROEP_WORDS
    word = means.get(str(value), str(value))
    return f"{value} ({word})" if str(value).isdecimal() and word != str(value) else word


def _page(house: House, request: Request, scope: str, held: list[tuple[str, pa.Table]]) -> Page:
    parts = [Part("Wat wij van u hebben", text=(_ABOUT,)), *[_part(title, table) for title, table in held]]
    if not held:
        parts.append(Part("Gegevens", text=("Er zijn geen rijen (meer) van u.",)))
    said = _said(house, scope, str(request.pseudonym))
    parts.append(Part("Wat u hebt gezegd over toestemming", tables=(Rows(("waarvoor", "nu"), said),)))
    parts.append(Part("Waar uw antwoorden in meetellen", points=tuple(_counted(house, request)) or ("nog nergens",)))
    source = "Ontvangers en bewaartermijnen staan in de informatiebrief. Gemaakt door Toegangspeil."
    return Page(f"Bijlage bij uw verzoek {request.id} om inzage", parts, source)


def _part(title: str, table: pa.Table) -> Part:
    """One table per row: question and answer below each other."""
    filled = [
        tuple((name, str(value)) for name, value in row.items() if value not in (None, "")) for row in table.to_pylist()
    ]
    return Part(title, tables=tuple(Rows(("vraag", "antwoord"), rows) for rows in filled))


def _said(house: House, scope: str, who: str) -> tuple[tuple[str, str], ...]:
    now = house.register.clock()
    found = [(purpose, consents.status_at(house.register, scope, who, purpose, now)) for purpose in Purpose]
    return tuple((PURPOSE_WORDS[purpose], standing.value.replace("_", " ")) for purpose, standing in found)


def _counted(house: House, request: Request) -> Iterator[str]:
    """Published releases of her gemeente, and a quote of hers that was approved."""
    for release in releases.published_of(house.register, request.area):
        yield f"uitgave {release} (alleen als deel van een groep)"
    for text in findings.quotes_of(house.register, request.area, str(request.pseudonym)):
        yield f"citaat met uw toestemming: {text}"
