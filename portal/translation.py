"""Texts of the portal through gettext, without a mark in any template: what stands between tags is a message.

The Dutch sentence is its own message id. Text nodes and the attributes that people read are wrapped while a template is
compiled; `{{ … }}` in a sentence becomes a named place in it. Sentences from Python (`portal.speech`)
are said again where a template shows them.

    python -m portal.translation > portal.pot       every message, for a translator
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from babel.support import NullTranslations, Translations
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from domain.reading_order import isolated
from portal.markup import MarkupReader
from portal.speech import Said
from portal.words import SHARED
from warehouse.reports import away, behind

HERE = Path(__file__).parent
DOMAIN = "toegangspeil"
DUTCH = "nl"
_MADE_BY = {"_": None, "_n": (1, 2)}
SENTENCE, WORD = "say_sentence", "say_word"
_FILE = re.compile(r"[^\s:]+\.[A-Za-z]{2,5}: ")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BLANK = re.compile(r"\s+")
_ENTITY = re.compile(r"&#?\w+;")
_MACROS = {"m", "charts", "caller"}
_KEYWORDS = {"if", "else", "in", "not", "and", "or", "is"}
_COMPARED = {"eq", "ne", "name:in"}
_VISIBLE = re.compile(r"^[^/]*[^\W\d_]\S* +\S*[^\W\d_]|^[A-Z][a-zëéï]+\b")
Part = str | list[Token]


class Voice:
    """Says a message in the language of this portal; without a catalogue in Dutch, as it was written."""

    def __init__(self, translations: NullTranslations | None = None, language: str = DUTCH) -> None:
        self._translations = translations or NullTranslations()
        self.language = language

    def sentence(self, message: str, **values: Any) -> Markup:
        """A sentence of a template; values are escaped."""
        found = Markup(self._translations.gettext(message))  # noqa: S704 - from our templates and catalogues
        return found % {name: _apart(self.said(value)) for name, value in values.items()} if values else found

    def word(self, message: str) -> str:
        """A visible string in an expression of a template."""
        return str(self._translations.gettext(message)) if message else ""

    def said(self, value: Any) -> Any:
        """A sentence that Python made, in this language; anything else as it is."""
        if not isinstance(value, Said):
            return value
        one, many, number = value.message, value.many, value.number
        found = self._translations.ngettext(one, many, number) if many else self._translations.gettext(one)
        values = {name: _apart(self.said(one)) for name, one in value.values.items()}
        return found.format(**values) if values else found

    def capital(self, text: str) -> str:
        """A sentence with a capital in front, in this language; the name of a file keeps its own letters."""
        found = str(self.said(text))
        if _FILE.match(found):
            return found
        return found[:1].upper() + found[1:]


def _apart(value: Any) -> Any:
    return isolated(value) if isinstance(value, str) else value


def voice_of(language: str, folder: Path) -> Voice:
    """The voice for a language code; Dutch where there is no catalogue `<folder>/<language>/LC_MESSAGES/…mo`."""
    found = Translations.load(folder, [language], DOMAIN) if language else NullTranslations()
    return Voice(found, language if isinstance(found, Translations) else DUTCH)


class Spoken(Extension):
    """Wraps what people read while a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Every run of text and values becomes one call."""
        reader, run = MarkupReader(), _Run()
        for token in stream:
            if token.type == "data":
                for readable, text in reader.feed(token.value):
                    if readable:
                        run.add(text, token.lineno)
                    else:
                        yield from run.flush()
                        yield Token(token.lineno, "data", text)
            elif token.type == "variable_begin":
                inside = [*_until(stream, "variable_end")]
                value = list(_with_words(inside))
                if not reader.readable or _is_macro(inside):
                    yield from run.flush()
                    yield from _printed(token.lineno, value)
                else:
                    run.add(value, token.lineno)
            elif token.type == "block_begin":
                yield from run.flush()
                yield from _block(token, [*_until(stream, "block_end")])
            else:
                yield token
        yield from run.flush()


class _Run:
    """Text and values that stand together, up to the next tag or block."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._line = 1

    def add(self, part: Part, line: int) -> None:
        """One more part."""
        if not self._parts:
            self._line = line
        self._parts.append(part)

    def flush(self) -> Iterator[Token]:
        """The tokens of this run, and an empty run."""
        parts, self._parts = self._parts, []
        plain = "".join(part for part in parts if isinstance(part, str))
        if not _LETTERS.search(_ENTITY.sub("", plain)):
            for part in parts:
                yield from [Token(self._line, "data", part)] if isinstance(part, str) else _printed(self._line, part)
            return
        yield from _sentence(parts, self._line)


def _sentence(parts: list[Part], line: int) -> Iterator[Token]:
    """`{{ say_sentence("…", name=(value)) }}` with the blanks around it as they were."""
    values: dict[str, list[Token]] = {}
    several = any(not isinstance(part, str) for part in parts)
    message = ""
    for part in parts:
        if isinstance(part, str):
            message += part.replace("%", "%%") if several else part
        else:
            name = _name_for(part, values)
            values[name] = part
            message += f"%({name})s"
    bare = message.strip()
    before, _, after = message.partition(bare)
    yield Token(line, "data", before)
    arguments = [Token(line, "string", _BLANK.sub(" ", bare))]
    for name, value in values.items():
        arguments += [_op(line, "comma"), Token(line, "name", name), _op(line, "assign"), _op(line, "lparen")]
        arguments += [*value, _op(line, "rparen")]
    yield from _printed(line, _call(line, SENTENCE, arguments))
    yield Token(line, "data", after)


def _with_words(inside: list[Token]) -> Iterator[Token]:
    """An expression with its visible strings wrapped; names of fields and classes stay as they are."""
    for at, token in enumerate(inside):
        near = {_kind(one) for one in (inside[at - 1 : at] + inside[at + 1 : at + 2])}
        visible = token.type == "string" and "--" not in token.value and _VISIBLE.search(token.value)
        if visible and not near & _COMPARED:
            yield from _call(token.lineno, WORD, [token])
        else:
            yield token


def _block(begin: Token, inside: list[Token]) -> Iterator[Token]:
    """A block as it was; the marks of Jinja's own i18n are left out, since all text is wrapped already."""
    if inside and inside[0].value in ("trans", "endtrans"):
        if len(inside) > 1:
            raise jinja2.TemplateSyntaxError("trans takes nothing here; put the value in the sentence", begin.lineno)
        return
    opens = inside and inside[0].value in ("extends", "import", "include", "from", "block")
    yield begin
    yield from inside if opens else _with_words(inside)
    yield Token(begin.lineno, "block_end", "")


def _until(stream: TokenStream, end: str) -> Iterator[Token]:
    for token in stream:
        if token.type == end:
            return
        yield token


def _printed(line: int, value: list[Token]) -> Iterator[Token]:
    yield Token(line, "variable_begin", "")
    yield from value
    yield Token(line, "variable_end", "")


def _call(line: int, name: str, arguments: list[Token]) -> list[Token]:
    return [Token(line, "name", name), _op(line, "lparen"), *arguments, _op(line, "rparen")]


def _op(line: int, kind: str) -> Token:
    return Token(line, kind, {"lparen": "(", "rparen": ")", "comma": ",", "assign": "="}[kind])


def _kind(token: Token) -> str:
    return f"name:{token.value}" if token.type == "name" else token.type


def _is_macro(inside: list[Token]) -> bool:
    return bool(inside) and inside[0].value in _MACROS


def _name_for(value: list[Token], taken: Mapping[str, Any]) -> str:
    """A name for a value that says something to a translator: its last plain name."""
    simple = [token.value for token in value if token.type == "name"]
    name = simple[-1] if simple and len(value) < 2 * len(simple) and not _KEYWORDS & set(simple) else "value"
    while name in taken:
        name = f"{name}_"
    return str(name)


def messages(environment: jinja2.Environment) -> Iterator[tuple[str, str]]:
    """(message, where) of every template of the portal and of every word list in Python."""
    for name in sorted(environment.list_templates(extensions=["html", "svg"])):
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, name)
        for call in environment.parse(source, name).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in (SENTENCE, WORD):
                assert isinstance(call.args[0], nodes.Const)
                yield call.args[0].value, name
    yield from _of_python()


def _of_python() -> Iterator[tuple[str, str]]:
    """(message, where) of every sentence that Python makes; the two forms of one with a number count apart."""
    for path in [*sorted(HERE.rglob("*.py")), Path(away.__file__), Path(behind.__file__)]:
        with path.open("rb") as source:
            for _, found, _, _ in extract("python", source, keywords=_MADE_BY):
                for message in (found,) if isinstance(found, str) else found:
                    yield message, path.relative_to(HERE.parent).as_posix()
    for words in SHARED:
        for said in words.values():
            yield said.message, "portal/words.py"


def catalogue(environment: jinja2.Environment) -> Catalog:
    """Every message, with where it stands."""
    made = Catalog(project="Toegangspeil", domain=DOMAIN)
    for message, where in messages(environment):
        made.add(message, locations=[(where, 1)])
    return made


def main() -> None:
    """Write the .pot to stdout."""
    from portal.templating import templates

    write_po(sys.stdout.buffer, catalogue(templates()), sort_output=True, omit_header=False)


if __name__ == "__main__":
    main()
