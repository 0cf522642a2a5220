"""From delivered headers to the codebook's columns; what nobody agreed on is refused, never passed on."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa

from domain.delivery import DeliveredFile
from domain.errors import InputRejected
from domain.instruments import Codebook
from domain.vocabulary import ColumnClass
from ingest.expected import Expected
from ingest.words import header_key, refused, shown_columns

_WHO = ("gemeente", "doelgroep", "ontvangstcode")
"""Whose answers they are, in which group, and by which code somebody can withdraw."""
HIDDEN: dict[str, str] = {
    **dict.fromkeys(("ip", "ip_adres", "ipadres", "ipaddr", "ip_address", "ipaddress"), "IP-adres"),
    **dict.fromkeys(
        ("token", "inlogcode", "logincode", "access_code", "responseid", "response_id"), "inlogcode of token"
    ),
    **dict.fromkeys(("user_agent", "useragent", "browser", "device", "apparaat", "refurl"), "browser of apparaat"),
    **dict.fromkeys(("locationlatitude", "locationlongitude", "latitude", "longitude", "gps"), "plaats op de kaart"),
    **dict.fromkeys(
        ("startdate", "enddate", "datestamp", "submitdate", "starttijd", "eindtijd", "timestamp", "tijdstempel",
         "recordeddate", "ingevuld_op", "interviewtime"),
        "tijdstip van invullen",
    ),
    **dict.fromkeys(
        ("recipientemail", "recipientfirstname", "recipientlastname", "externalreference"), "adresgegevens"
    ),
}  # fmt: skip


def named_columns(table: pa.Table, expected: Expected, codebook: Codebook, name: str, where: str) -> pa.Table:
    """The table under the codebook's names, in the codebook's order.

    Raises InputRejected for a column that is unknown or given twice.
    """
    found = [expected.column(header) for header in table.column_names]
    if unknown := [at for at, column in enumerate(found) if column is None]:
        raise _unknown(where, [table.column_names[at] for at in unknown], unknown, codebook)
    check_once(found, where)
    order = [column for column in codebook.tables[name] if column in found]
    return table.rename_columns([str(column) for column in found]).select(order)


def check_once(columns: Iterable[str | None], where: str) -> None:
    """Raises InputRejected for a column of the codebook that is given twice; None is an unknown header."""
    if twice := [column for column, times in Counter(filter(None, columns)).items() if times > 1]:
        raise InputRejected(f"{where}: kolom '{twice[0]}' komt meer dan een keer voor; laat er een staan")


def check_required(tables: Mapping[str, pa.Table], codebook: Codebook, where: Mapping[str, str]) -> None:
    """Raises InputRejected naming the columns that the codebook asks for and that are not there."""
    for name, columns in codebook.tables.items():
        if name not in tables:
            continue
        missing = [
            column for column, rule in columns.items() if rule.required and column not in tables[name].column_names
        ]
        if missing:
            listed = ", ".join(f"'{column}'" for column in missing[:6]) + (" …" if len(missing) > 6 else "")
            count = "ontbreekt een kolom" if len(missing) == 1 else f"ontbreken {len(missing)} kolommen"
            raise refused(
                f"{where[name]}: er {count}: {listed}",
                "voeg toe, of zet in delivery.yaml bij 'columns' welke kop daarbij hoort",
                "voeg toe, of kies bij stap 2 welke kolom dat is",
            )


def without(table: pa.Table, headers: Iterable[str]) -> pa.Table:
    """The table without the columns that whoever delivers does not want read."""
    left = set(map(header_key, headers))
    return table.select([at for at, header in enumerate(table.column_names) if header_key(header) not in left])


def check_own(headers: Iterable[str], expected: Expected, codebook: Codebook, file: DeliveredFile, where: str) -> None:
    """Raises InputRejected when `columns` or `leave_out` of delivery.yaml leads nowhere, or leaves out what decides."""
    if wrong := sum(column not in codebook.tables[file.table] for column in file.columns.values()):
        raise InputRejected(
            f"{where}: in delivery.yaml wijst 'columns' {wrong} keer naar een kolom buiten {codebook.reference}; "
            f"gebruik de namen van het codeboek"
        )
    present = set(map(header_key, headers))
    if gone := sum(header_key(header) not in present for header in file.leave_out):
        raise InputRejected(
            f"{where}: {gone} van de koppen bij 'leave_out' in delivery.yaml staan niet in het bestand; "
            f"verbeter 'leave_out'"
        )
    if any(_decides(header, expected, codebook, file.table) for header in file.leave_out):
        deciding, counts = " die zegt wie mee mag doen of bij welke groep iemand hoort", " telt iemand mee die niet wil"
        raise InputRejected(
            f"{where}: 'leave_out' in delivery.yaml noemt een kolom{deciding}; haal die kop daar weg, anders{counts}",
            on_screen=f"{where}: u liet een kolom weg{deciding}; kies bij stap 2 wat het is, anders{counts}",
        )
    if absent := [column for header, column in file.columns.items() if header_key(header) not in present]:
        raise InputRejected(
            f"{where}: de kop die delivery.yaml noemt voor '{absent[0]}' staat niet in het bestand; verbeter 'columns'"
        )


def _decides(header: str, expected: Expected, codebook: Codebook, name: str) -> bool:
    """Whether a column says who may take part: without it a refusal would pass unseen, also under another header."""
    column = expected.column(header)
    rule = codebook.tables[name].get(column or "")
    consent = header_key(header).startswith("toestemming") or (rule is not None and rule.cls is ColumnClass.CONSENT)
    return consent or column in _WHO


def _unknown(where: str, headers: list[str], places: list[int], codebook: Codebook) -> InputRejected:
    hidden = sorted({HIDDEN[header_key(header)] for header in headers if header_key(header) in HIDDEN})
    stand, them = ("staan", "ze") if len(places) > 1 else ("staat", "hem")
    what = f"{where}: {shown_columns(places)} {stand} niet in codeboek {codebook.reference}"
    if hidden:
        return refused(
            f"{what}; het enquêteprogramma gaf verborgen gegevens mee ({', '.join(hidden)})",
            "haal die uit het bestand, of zet de kop in delivery.yaml bij 'leave_out'",
            "kies bij stap 2: niet lezen",
        )
    return refused(
        what,
        f"haal {them} uit het bestand, of zet in delivery.yaml bij 'columns' de naam uit het codeboek of bij "
        f"'leave_out' de kop",
        f"kies bij stap 2 wat het is, of laat {them} weg",
    )
