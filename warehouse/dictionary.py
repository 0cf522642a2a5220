"""The dictionary of the published tables as a page: docs/reference/tabellen.md is made from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.schema import TABLES, Table
from warehouse.views import VIEWS

_HEAD = """# Tabellen en kolommen

Deze pagina is gemaakt uit de code (`toegangspeil export dictionary`, of `python -m warehouse.dictionary`). Dezelfde \
tekst staat als toelichting in de DuckDB, in `datapackage.json` en in het tabellenboek.

Elke uitgave heeft dezelfde tabellen. Een regel met `TOTAAL` telt iedereen. Kijk altijd eerst naar `status`:

| status | wat het betekent | de waarde |
|---|---|---|
| `published` | mag u gebruiken | een getal, of woorden in `label` |
| `indicative` | minder dan 30 mensen: lees voorzichtig | een getal, of woorden in `label` |
| `suppressed` | de groep is te klein, of dit cijfer zou een kleine groep verraden | leeg; dat is **niet** nul |
| `not_comparable` | anders gevraagd dan bij de anderen | leeg; de eigen waarde staat bij de eigen vraag |

Een waarde kan ook leeg zijn terwijl de status `published` is. Dan gaf bijna iedereen hetzelfde antwoord, en staat in \
`label` *meer dan 90 %* of *minder dan 10 %* (bij tien mensen ook als dat er negen of één waren).
"""


def page() -> str:
    """The whole page in Markdown."""
    tables = (line for table in (*TABLES, *VIEWS) for line in _table(table))
    return "\n".join([_HEAD, *_views(), *tables]).rstrip() + "\n"


def _views() -> Iterator[str]:
    yield "## Kijkjes (views)\n"
    yield "Voor de meeste vragen is een view genoeg. Namen van gebieden en vragen staan er al bij.\n"
    yield "| view | wat erin staat |\n|---|---|"
    yield from (f"| [`{view.name}`](#{view.name}) | {view.comment} |" for view in VIEWS)
    yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"## `{table.name}`\n"
    yield f"{table.comment}\n"
    yield "| kolom | soort | sleutel | betekenis |\n|---|---|---|---|"
    for column in table.columns:
        comment = column.comment.replace("|", r"\|")
        yield f"| `{column.name}` | {column.type} | {'ja' if column.key else ''} | {comment} |"
    yield ""


if __name__ == "__main__":
    print(page(), end="")
