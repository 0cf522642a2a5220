"""Jinja with our templates and the charts of the reports; everything is escaped."""

import re

import jinja2
from babel.support import NullTranslations
from markupsafe import Markup

from portal import words
from portal.navigation import ITEMS

_STYLE = re.compile(r' style="[^"]*"')


def templates() -> jinja2.Environment:
    """The environment; texts pass through Babel's gettext so that another language can follow."""
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("portal"), jinja2.PackageLoader("warehouse.reports")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    for name in ("day", "moment", "month", "state", "mood", "role", "number", "listed"):
        environment.filters[name] = getattr(words, name)
    environment.filters["without_style"] = without_style
    environment.globals["words"] = words
    environment.globals["items"] = ITEMS
    return environment


def without_style(html: Markup) -> Markup:
    """Charts of the reports without style attributes: the portal's content security policy allows none."""
    return Markup(_STYLE.sub("", str(html)))  # noqa: S704 - comes from our own escaped templates
