"""Every text of every page goes through gettext: shown by a made-up language that puts brackets round what it says."""

import copy
import html
import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations
from small_home import OWN

from portal.markup import MarkupReader
from portal.speech import _, _n
from portal.templating import templates
from portal.translation import Voice, catalogue, messages, voice_of

OPEN, CLOSE = "⟦", "⟧"


class Brackets(NullTranslations):
    """A language in which every message stands between brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    ugettext = gettext

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"{OPEN}{one if number == 1 else many}{CLOSE}"


class Reader(HTMLParser):
    """Text outside brackets that a person would read."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        self.skip += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.skip -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.skip:
            self.text.append(data)


def unspoken(page: str) -> set[str]:
    """Texts of a page that did not come through gettext."""
    reader = Reader()
    reader.feed(page)
    bare, depth = "", 0
    for character in "\n".join(reader.text):
        depth += (character == OPEN) - (character == CLOSE)
        bare += character if depth == 0 and character != CLOSE else ""
    return {line.strip() for line in bare.splitlines() if re.search(r"[^\W\d_]{2}", line)}


@pytest.fixture
def bracketed(app):
    voice, jinja = app.state.voice, app.state.templates
    app.state.voice = Voice(Brackets())
    app.state.templates = templates(app.state.voice)
    yield
    app.state.voice, app.state.templates = voice, jinja


@pytest.mark.parametrize(
    ("user", "path"),
    [(None, "/inloggen"), (None, "/uw-antwoorden"), (None, "/toegankelijkheid"), ("movisie", "/vergelijken"),
     (f"privacy_officer-{OWN}", "/nakijken"), (f"data_steward-{OWN}", "/aanleveringen/nieuw"), ("beheerder", "/"),
     (f"privacy_officer-{OWN}", "/verantwoording"), ("fg", "/datalek")],
)  # fmt: skip
def test_no_page_has_a_sentence_outside_gettext(sign_in, anonymous, bracketed, user, path):
    page = (sign_in(user) if user else anonymous).get(path)
    assert page.status_code == 200
    assert page.text.count(OPEN) > 5
    sentences = {text for text in unspoken(page.text) if len(text.split()) > 5}
    # What is left is data: names, texts of questions, and what people wrote.
    assert not {text for text in sentences if text in template_texts()}


def test_words_that_other_packages_use_too_are_in_the_catalogue(sign_in, bracketed):
    assert {"mantelzorgers", "delen met Movisie", "weglaten"} <= template_texts()
    assert f"{OPEN}inwoners{CLOSE}" in sign_in("movisie").get("/vergelijken").text


def template_texts() -> set[str]:
    return {html.unescape(message) for message, _where in messages(templates())}


def test_every_template_compiles_and_ends_outside_a_tag():
    jinja = templates()
    for name in jinja.list_templates(extensions=["html", "svg"]):
        source, _, _ = jinja.loader.get_source(jinja, name)
        reader = MarkupReader()
        for _line, kind, value in jinja.lex(source, name):
            if kind == "data":
                list(reader.feed(value))
        assert reader.at_rest, name
        assert jinja.get_template(name)


def test_nothing_readable_is_left_bare_in_a_compiled_template():
    from jinja2 import nodes

    jinja = templates()
    for name in jinja.list_templates(extensions=["html", "svg"]):
        source, _, _ = jinja.loader.get_source(jinja, name)
        reader, bare = MarkupReader(), []
        for output in jinja.parse(source, name).find_all(nodes.TemplateData):
            bare += [text for readable, text in reader.feed(output.data) if readable]
        text = re.sub(r"&#?\w+;", "", " ".join(bare))
        assert not re.search(r"[^\W\d_]{2}", text), (name, text.split())


def render(source: str, **values: object) -> str:
    return templates(Voice(Brackets())).from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>Goed zo</p>", "<p>⟦Goed zo⟧</p>"),
        ("<p>{{ n }} mensen van {{ name }}</p>", "<p>⟦7 mensen van &lt;b&gt;⟧</p>"),
        ("<p>100% van {{ n }}</p>", "<p>⟦100% van 7⟧</p>"),
        ("<p>100% goed</p>", "<p>⟦100% goed⟧</p>"),
        ('<a class="een twee" title="Lees meer">x</a>', '<a class="een twee" title="⟦Lees meer⟧">x</a>'),
        ("<p>{{ name }}</p>", "<p>&lt;b&gt;</p>"),
        ('<p>{{ "Ja graag" if n else "Nee" }}</p>', "<p>⟦Ja graag⟧</p>"),
        ("<style>p { color: red }</style>", "<style>p { color: red }</style>"),
        ("<p>{% trans %}Hallo daar{% endtrans %}</p>", "<p>⟦Hallo daar⟧</p>"),
        ("{% set x = 'utrecht-button utrecht-button--subtle' %}{{ x }}", "utrecht-button utrecht-button--subtle"),
    ],
)
def test_what_is_wrapped(source, shown):
    assert render(source, n=7, name="<b>") == shown


def test_in_dutch_a_template_reads_as_it_was_written():
    page = templates().from_string("<p> {{ n }} van 100%,\n  zegt {{ name }} </p>").render(n=7, name="<i>")
    assert page == "<p> 7 van 100%, zegt &lt;i&gt; </p>"


def test_the_catalogue_can_be_read_by_a_translator(tmp_path):
    made = catalogue(templates())
    with (tmp_path / "portal.pot").open("wb") as target:
        write_po(target, made)
    with (tmp_path / "portal.pot").open("rb") as written:
        again = read_po(written)
    assert len(again) == len(made) > 500
    assert "Uitloggen" in again
    assert "U bent uitgelogd." in again


def test_sentences_of_python_are_in_the_catalogue_with_their_places():
    found = dict.fromkeys(message for message, _where in messages(templates()))
    assert any(one.startswith("U geeft cijfers vrij over {people} mensen in {gemeente}. Namen,") for one in found)
    assert {"{n} citaat", "{n} citaten", "kies minstens één bestand", "november", "Vandaag"} <= found.keys()


def english(tmp_path, messages: dict[str, str]) -> Voice:
    """A second language as an installation would have it: a compiled catalogue in a folder."""
    made = Catalog(locale="en")
    for message, text in messages.items():
        made.add(message, text)
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "toegangspeil.mo").open("wb") as target:
        write_mo(target, made)
    return voice_of("en", tmp_path)


def test_a_second_language_changes_a_sentence_of_the_vrijgavebesluit(sign_in, app, tmp_path):
    voice = english(tmp_path, {
        "U geeft cijfers vrij over {people} mensen in {gemeente}. Namen, losse antwoorden en gespreksverslagen gaan "
        "niet mee.": "You release figures about {people} people in {gemeente}.",
        "{names} en {last}": "{names} and {last}", "november": "November", "Vrijgeven": "Release",
        "Deze pagina bestaat niet": "This page does not exist",
    })  # fmt: skip
    kept = app.state.voice, app.state.templates
    app.state.voice, app.state.templates = voice, templates(voice)
    try:
        client = sign_in(f"privacy_officer-{OWN}")
        page = client.get("/bijdragen/3").text
        missing = client.get("/bestaat-niet").text
    finally:
        app.state.voice, app.state.templates = kept
    assert "You release figures about 60 people in Vraagdorp." in page
    assert "U geeft cijfers vrij over" not in page
    assert ">Release</a>" in page
    assert re.search(r"\d+ November 20\d\d", page)
    assert "This page does not exist" in missing
    assert '<html lang="en"' in page


@pytest.mark.parametrize(
    ("said", "dutch", "other"),
    [
        (_("{n} van {m}", n=1, m="<b>"), "1 van <b>", "⟦1 van &lt;b&gt;⟧"),
        (_n("{n} citaat", "{n} citaten", 2), "2 citaten", "⟦2 citaten⟧"),
        (_n("{n} citaat", "{n} citaten", 1), "1 citaat", "⟦1 citaat⟧"),
        (_("zeg {wat}", wat=_("hallo")), "zeg hallo", "⟦zeg ⟦hallo⟧⟧"),
        (_("{geen waarde}"), "{geen waarde}", "⟦{geen waarde}⟧"),
    ],
)
def test_a_sentence_of_python_is_dutch_until_a_template_says_it(said, dutch, other):
    assert said == dutch
    assert render("<p>{{ it }}</p>", it=said) == f"<p>{other}</p>"
    assert copy.deepcopy(said).message == said.message


def test_with_a_capital_in_front():
    assert templates().from_string("{{ it | capital }}").render(it=_("kies iets")) == "Kies iets"
    assert templates().from_string("{{ it | capital }}").render(it="ceo.csv: leeg") == "ceo.csv: leeg"


def test_program_text_keeps_its_lines():
    assert templates().from_string("<pre><code>een\n  twee {{ n }}</code></pre><p>drie\n vier</p>").render(n=1) == (
        "<pre><code>een\n  twee 1</code></pre><p>drie vier</p>"
    )


def test_a_name_from_right_to_left_leaves_the_sentence_in_order():
    name, plain = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}", "Oudewaterlo"
    isolated = f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
    source = "<p title='Van {{ a }} voor 3'>Over {{ a }}, meting 2026.</p><input value='{{ a }}'>"
    template = templates().from_string(source)
    shown = template.render(a=name)
    assert f"<p title='Van {isolated} voor 3'>Over {isolated}, meting 2026.</p>" in shown
    assert f"<input value='{name}'>" in shown  # what goes back in a form stays as it was
    assert "\N{FIRST STRONG ISOLATE}" not in template.render(a=plain)
    said = templates().from_string("{{ s }}").render(s=_("Niemand buiten {gemeente} krijgt dit.", gemeente=name))
    assert said == f"Niemand buiten {isolated} krijgt dit."
