"""The views of a release: what each is for and what its columns mean, in the words of the tables they come from."""

from __future__ import annotations

from warehouse.schema import (
    DIM_QUESTION,
    FACT_IMPROVEMENT,
    FACT_KLANTREIS_PHASE,
    FACT_RESPONSE,
    FACT_RESULT,
    Column,
    Table,
    Type,
)

_NAME = Column("area_name", "VARCHAR", "Naam van het gebied.")
_QUESTION_TEXT = Column("question_text", "VARCHAR", "Tekst van de vraag of stelling.")
_TITLE = Column("uitgangspunt_label", "VARCHAR", "Tekst van het uitgangspunt; de naam zolang de bewoording ontbreekt.")
_ASIDE: dict[str, tuple[Type, str]] = {"value": ("DOUBLE", "waarde"), "label": ("VARCHAR", "waarde in woorden")}
_STATUS: dict[str, tuple[Type, str]] = {"status": ("VARCHAR", "status")}
_STEP: dict[str, tuple[Type, str]] = {"step": ("DOUBLE", "stap van de afronding; een kleiner verschil zegt niets")}
_INTERVAL: dict[str, tuple[Type, str]] = {
    "ci_low": ("DOUBLE", "ondergrens van het interval"), "ci_high": ("DOUBLE", "bovengrens van het interval"),
}  # fmt: skip


def _view(name: str, comment: str, table: Table, columns: str, *own: Column) -> Table:
    """A view on a fact table; `own`: columns that the table does not have."""
    known = {column.name: Column(column.name, column.type, column.comment) for column in table.columns}
    known |= {column.name: column for column in own}
    return Table(name, comment, tuple(known[column] for column in columns.split()))


def _prefixed(prefix: str, whose: str, of: dict[str, tuple[Type, str]]) -> tuple[Column, ...]:
    return tuple(Column(f"{prefix}_{name}", kind, f"{whose}: {words}.") for name, (kind, words) in of.items())


_WHO = ("inwoner", "client", "vertegenwoordiger", "professional")
_NL = _prefixed("nl", "Landelijke lijn", _ASIDE | _STATUS)
_BEFORE = _prefixed("previous", "Vorige meting", _ASIDE | _STEP | _INTERVAL | _STATUS)
_ROLES = tuple(column for who in _WHO for column in _prefixed(who, f"Doelgroep {who}", _ASIDE | _STEP | _STATUS))
_UITGANGSPUNT = next(column for column in DIM_QUESTION.columns if column.name == "uitgangspunt")
_THEME = next(column for column in DIM_QUESTION.columns if column.name == "theme")

VIEWS = (
    _view(
        "compare_gemeenten",
        "Totalen per gebied naast de landelijke lijn; op alfabet, zonder rangorde.",
        FACT_RESULT,
        "release area_name area kind instrument meting doelgroep question question_text statistic value label step "
        "base base_band ci_low ci_high status nl_value nl_label nl_gemeenten nl_status",
        _NAME,
        Column("kind", "VARCHAR", "gemeente, verband, provincie of benchmark."),
        _QUESTION_TEXT,
        *_NL,
        Column("nl_gemeenten", "INTEGER", "Landelijke lijn: aantal gemeenten of verbanden."),
    ),
    _view(
        "perspectives",
        "Inwoners en professionals naast elkaar, per gebied, meting en uitgangspunt.",
        FACT_RESULT,
        "release area_name area instrument meting uitgangspunt uitgangspunt_label question "
        + " ".join(column.name for column in _ROLES),
        _NAME,
        _UITGANGSPUNT,
        _TITLE,
        *_ROLES,
    ),
    _view(
        "trend",
        "Dezelfde vraag in opeenvolgende metingen, met de vorige waarde; niet voor het klantenpanel.",
        FACT_RESULT,
        "release area_name area instrument doelgroep question question_text statistic meting start value label step "
        "base ci_low ci_high status previous_meting " + " ".join(column.name for column in _BEFORE),
        _NAME,
        _QUESTION_TEXT,
        Column("start", "DATE", "Eerste dag van de meting."),
        Column("previous_meting", "VARCHAR", "Vorige meting van dit gebied; leeg bij de eerste."),
        *_BEFORE,
    ),
    _view(
        "priorities",
        "Waar mensen de meeste verbetering wensen, per gebied, met de tekst van het uitgangspunt.",
        FACT_IMPROVEMENT,
        "release area_name area instrument meting doelgroep uitgangspunt uitgangspunt_label value label step base "
        "status n_gemeenten",
        _NAME,
        _TITLE,
    ),
    _view(
        "response",
        "Wie zijn gevraagd en hoeveel mensen meededen, met namen.",
        FACT_RESPONSE,
        "release area_name area instrument_title instrument meting doelgroep invited responded responded_band rate "
        "steekproef includes status n_gemeenten",
        _NAME,
        Column("instrument_title", "VARCHAR", "Titel van de onderzoeksmethode."),
    ),
    _view(
        "klantreis_curve",
        "Beleving per fase in de volgorde van de reis.",
        FACT_KLANTREIS_PHASE,
        "release area_name area instrument meting doelgroep place phase phase_label label share_positive "
        "share_neutral share_negative step base_band n_gemeenten status",
        _NAME,
    ),
    _view(
        "national",
        "Alleen de regels voor Nederland, met de tekst van de vraag.",
        FACT_RESULT,
        "release instrument meting doelgroep question question_text theme uitgangspunt statistic breakdown "
        "breakdown_value breakdown_label value label step base base_band ci_low ci_high n_gemeenten status",
        _QUESTION_TEXT,
        _THEME,
        _UITGANGSPUNT,
        Column("breakdown_label", "VARCHAR", "Naam van de groep voor lezers."),
    ),
    _view(
        "not_comparable",
        "Welke gemeente iets anders vroeg, met beide vragen en schalen naast elkaar.",
        FACT_RESULT,
        "release area_name area instrument meting doelgroep question reference_text reference_scale "
        "reference_base_rule own_question own_text own_scale own_base_rule",
        _NAME,
        Column("own_question", "VARCHAR", "Naam van de vraag die dit gebied wel stelde (zie dim_question)."),
        *(
            Column(f"{prefix}_{name}", "VARCHAR", f"{whose}: {words}.")
            for prefix, whose in (("reference", "De vraag van de anderen"), ("own", "De eigen vraag"))
            for name, words in (("text", "tekst"), ("scale", "antwoorden"), ("base_rule", "wie meetelt in de basis"))
        ),
    ),
)
