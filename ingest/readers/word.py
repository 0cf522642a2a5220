"""What stands in a Word document: the text as it reads now, or all words that travel with it."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from domain.errors import InputRejected
from ingest.readers.zipped import parts_of

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box for older programs
_PARAGRAPH = f"{_W}p"
_NOW = {f"{_W}t": None, f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ALL = {**_NOW, f"{_W}delText": None}
_ASIDE = {
    ("ins", "del", "moveFrom", "moveTo"): "wijzigingen in die nog niet zijn verwerkt; neem ze aan of wijs ze af",
    ("commentReference",): "opmerkingen bij; neem over wat erin staat en verwijder ze",
    ("footnoteReference", "endnoteReference"): "voetnoten of eindnoten in; zet die in de tekst",
}


def text_of(data: bytes, where: str) -> list[str]:
    """Every paragraph of the body, also in tables and text boxes; headers and footers are not part of the talk.

    Raises InputRejected for what may belong to the text and may not: changes not accepted, comments, notes.
    """
    body = _opened(data, where).element.body
    for names, what in _ASIDE.items():
        if next(body.iter(*(f"{_W}{name}" for name in names)), None) is not None:
            raise InputRejected(f"{where}: er zitten {what}, en lever het document opnieuw aan")
    return list(_paragraphs(body, _NOW))


def all_words(data: bytes, where: str) -> list[str]:
    """Every paragraph of every part (headers, comments, notes, deleted text) and who wrote it: to look for names."""
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = _opened(data, where)
    words = [document.core_properties.author, document.core_properties.last_modified_by, document.core_properties.title]
    try:
        parts: list[Part] = [part for part in document.part.package.iter_parts() if part.partname.endswith(".xml")]
        for part in parts:
            root = parse_xml(part.blob)
            words += [node.get(f"{_W}author") for node in root.iter() if node.get(f"{_W}author")]
            words += _paragraphs(root, _ALL)
    except Exception:  # the library may put content in its messages
        raise _broken(where) from None
    return [one for one in words if one]


def _opened(data: bytes, where: str) -> "Document":
    import docx  # loaded only where a document is read

    parts_of(data, where)
    try:
        return docx.Document(io.BytesIO(data))
    except Exception:  # as above
        raise _broken(where) from None


def _broken(where: str) -> InputRejected:
    return InputRejected(f"{where}: het document is niet te openen; sla het opnieuw op als .docx")


def _paragraphs(root: Any, marks: dict[str, str | None]) -> Iterator[str]:
    """The text of each paragraph; one inside a text box is a paragraph of its own, and given once."""
    texts: dict[Any, list[str]] = {node: [] for node in root.iter(_PARAGRAPH)}
    for node in root.iter(*marks):
        owner = next(node.iterancestors(_PARAGRAPH), None)
        if owner is not None and next(node.iterancestors(_TWIN), None) is None:
            texts[owner].append(marks[node.tag] or node.text or "")
    return ("".join(parts) for parts in texts.values())
