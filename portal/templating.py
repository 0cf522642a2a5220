"""Jinja with our templates and the charts of the reports; everything is escaped, and every text can be translated."""

import re

import jinja2
from markupsafe import Markup

from portal import words
from portal.certificate import plain_line, table_words
from portal.translation import SENTENCE, WORD, Spoken, Voice
from warehouse.reports.shown import FILTERS

_STYLE = re.compile(r' style="[^"]*"')


def templates(voice: Voice | None = None) -> jinja2.Environment:
    """The environment; every text passes through gettext, in Dutch without a catalogue."""
    voice = voice or Voice()
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("portal"), jinja2.PackageLoader("warehouse.reports")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Spoken],
        finalize=voice.said,
    )
    environment.globals |= {SENTENCE: voice.sentence, WORD: voice.word}
    for name in (
        "day",
        "moment",
        "month",
        "state",
        "mood",
        "role",
        "number",
        "listed",
        "doelgroep",
        "user",
        "span",
        "size",
    ):
        environment.filters[name] = getattr(words, name)
    environment.filters["capital"] = voice.capital
    environment.filters |= {
        **FILTERS,
        "plain_line": plain_line,
        "table_words": table_words,
    }
    environment.filters["without_style"] = without_style
    environment.globals["words"] = words
    environment.globals["language"] = voice.language
    return environment


def without_style(html: Markup) -> Markup:
    """Charts of the reports without style attributes: the portal's content security policy allows none."""
    return Markup(_STYLE.sub("", str(html)))  # noqa: S704 - comes from our own escaped templates
