"""A plain page of headings, paragraphs and tables: HTML that needs nothing else, tagged PDF where libraries exist."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from domain.errors import CannotCheck

_STYLE = """
@page { size: A4; margin: 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
body { font: 10pt/1.45 sans-serif; color: #1b1b1b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 18pt; margin: 0 0 .5em; } h2 { font-size: 13pt; margin: 1.2em 0 .4em; }
h3 { font-size: 11pt; margin: 1em 0 .3em; } h1, h2, h3 { break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: .4em 0; }
th, td { border: 1px solid #8a8a8a; padding: .25em .45em; text-align: left; vertical-align: top; }
td, th { overflow-wrap: break-word; } h1, h2, h3 { overflow-wrap: anywhere; hyphens: auto; }
@media screen { body { font-size: 1.0625rem; } .bron { font-size: 1rem; } }
@media screen and (max-width: 40rem) { td, th { overflow-wrap: anywhere; } h1 { font-size: 1.6rem; } }
th { background: #eef1f4; } p, ul { margin: .3em 0; } td { white-space: pre-line; }
.bron { color: #555; font-size: 8.5pt; margin-top: 1.5em; }
@media print { body { margin: 0; max-width: none; padding: 0; } tr { break-inside: avoid; } }
"""


_LONG = re.compile(r"(\S{31,})")


@dataclass(frozen=True)
class Rows:
    """A table with a heading for every column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A section: paragraphs, points, tables; `level` 2 or 3."""

    title: str
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Rows, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Page:
    """A document in Dutch; `source` says from what it was made."""

    title: str
    parts: Sequence[Part]
    source: str

    def html(self) -> str:
        """The whole page; no script, no image, no other file."""
        body = "".join(_part(part) for part in self.parts)
        return (
            f'<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>{escape(self.title)}</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
            f'<body><main><h1>{escape(self.title)}</h1>{body}<p class="bron">{escape(self.source)}</p>'
            f"</main></body></html>\n"
        )

    def pdf(self) -> bytes:
        """Tagged PDF (PDF/UA-1); raises CannotCheck where the libraries for it are not installed."""
        try:
            from weasyprint import HTML
        except (ImportError, OSError):
            missing = True
        else:
            missing = False
        if missing:
            raise CannotCheck("pdf maken kan hier niet: Pango ontbreekt; gebruik de HTML of installeer libpango-1.0-0")
        return bytes(HTML(string=self.html()).write_pdf(pdf_variant="pdf/ua-1"))


def _part(part: Part) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in part.points)
    return (
        f"<section><h{part.level}>{escape(part.title)}</h{part.level}>"
        + "".join(f"<p>{escape(text)}</p>" for text in part.text)
        + (f"<ul>{points}</ul>" if points else "")
        + "".join(_rows(table) for table in part.tables)
        + "</section>\n"
    )


def _rows(table: Rows) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(text: str) -> str:
    """Text of a cell; a fingerprint may break, a word may not."""
    pieces = _LONG.split(text)
    return "".join(_broken(piece) if _LONG.fullmatch(piece) else escape(piece) for piece in pieces)


def _broken(word: str) -> str:
    return "<wbr>".join(escape(word[at : at + 16]) for at in range(0, len(word), 16))
