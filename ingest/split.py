"""One delivered table -> a part per delivery key: area (`per_row`) × doelgroep."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from domain.delivery import DeliveryKey, Manifest
from domain.errors import InputRejected
from domain.instruments import Codebook
from ingest.parallel import each
from ingest.words import rows_word

Tables = dict[str, pa.Table]


def split(
    tables: Tables, manifest: Manifest, codebook: Codebook, where: Mapping[str, str]
) -> dict[DeliveryKey, Tables]:
    """Tables per key, in the manifest's order; a key without rows is left out.

    Raises InputRejected when a row names no gemeente or doelgroep of the manifest, or a table does not fit its rows.
    """
    rows = tables["rows"]
    _check_group(rows, "gemeente", manifest.gemeenten, manifest.per_row, where["rows"])
    _check_group(rows, "doelgroep", list(manifest.doelgroepen), len(manifest.doelgroepen) > 1, where["rows"])
    _check_belongs(tables, codebook, where)
    keys = manifest.keys()
    if len(keys) == 1:
        return {keys[0]: tables}
    parts = each(lambda key: _part(tables, key, manifest, codebook), keys, rows=rows.num_rows)
    return {key: part for key, part in zip(keys, parts, strict=True) if part["rows"].num_rows}


def _check_group(rows: pa.Table, column: str, allowed: list[str], needed: bool, where: str) -> None:
    if column not in rows.column_names:
        if needed:
            raise InputRejected(
                f"{where}: kolom '{column}' ontbreekt, en de aanlevering heeft er meer; voeg de kolom toe"
            )
        return
    values = rows.column(column)
    if needed and values.null_count:
        raise InputRejected(f"{where}: kolom '{column}': {rows_word(values.null_count)} zonder waarde; vul de kolom in")
    fits = pc.fill_null(pc.is_in(values, pa.array(allowed, pa.string()), skip_nulls=True), False)
    strange = rows.num_rows - values.null_count - (pc.sum(fits).as_py() or 0)
    if strange:
        raise InputRejected(
            f"{where}: kolom '{column}': {rows_word(strange)} met een waarde die niet in delivery.yaml staat; "
            f"verbeter de rijen, vul delivery.yaml aan, of zeg bij 'codes' wat elke waarde betekent",
            on_screen=f"{where}: kolom '{column}': {rows_word(strange)} van een andere groep dan u koos; verbeter de "
            f"rijen, of kies bij stap 2 wie antwoord gaven",
        )


def _check_belongs(tables: Tables, codebook: Codebook, where: Mapping[str, str]) -> None:
    """Every row of another table belongs to a person (journey) of the main table."""
    person = codebook.person
    for name, table in tables.items():
        if name == "rows" or person not in table.column_names or person not in tables["rows"].column_names:
            continue
        known = pc.is_in(table.column(person), tables["rows"].column(person).combine_chunks())
        if strange := pc.sum(pc.invert(known)).as_py():
            raise InputRejected(
                f"{where[name]}: kolom '{person}': {rows_word(strange)} zonder rij in de hoofdtabel; "
                f"verbeter de nummers"
            )


def _part(tables: Tables, key: DeliveryKey, manifest: Manifest, codebook: Codebook) -> Tables:
    rows = tables["rows"]
    if manifest.per_row:
        rows = rows.filter(pc.equal(rows.column("gemeente"), key.area))
    if len(manifest.doelgroepen) > 1:
        rows = rows.filter(pc.equal(rows.column("doelgroep"), key.doelgroep))
    person = codebook.person
    part = {"rows": rows}
    for name, table in tables.items():
        if name != "rows" and person is not None:
            part[name] = table.filter(pc.is_in(table.column(person), rows.column(person).combine_chunks()))
    return part
