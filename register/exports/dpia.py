"""An annex to the DPIA in the order of the Model DPIA Rijksdienst, filled from what is configured and measured.

Parts A to D and their seventeen points follow the model. What only people can judge is left to them, and says so.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.bands import BANDS
from domain.dutch import grouped
from register.advising import Advice
from register.exports.activities import PURPOSE, TREATMENT_WORDS, Activity
from register.exports.page import Page, Part, Rows
from register.exports.papers import AUDIENCE
from register.exports.processing import MEASURES, retention_words
from register.reference import STATE_WORDS
from register.releases import Release

_FOLLOWED = {True: "gevolgd", False: "niet gevolgd", None: "open"}
_JUDGE = "In te vullen door de gemeente: "
_RISKS = (
    ("Iemand is te herkennen in een tabel met een kleine groep", "samenvoegen, daarna afschermen; de uitgave wordt "
     "aangevallen zoals een buitenstaander dat zou doen; zonder geslaagd certificaat geen uitgave"),
    ("Een naam of adres blijft staan in een open antwoord", "herkenning in meerdere lagen, een tweede controle met "
     "andere middelen, een nakijklijst; open teksten verlaten de gemeente niet"),
    ("Twee uitgaven na elkaar verraden wie erbij kwam of wegging", "tellers per cel; wat al gepubliceerd is, blijft "
     "zoals het is; nieuwe cijfers alleen bij genoeg veranderingen"),
    ("Iemand zonder recht ziet ruwe gegevens", "versleuteld per aanlevering; rechten per rol en gemeente; Movisie kan "
     "er niet bij"),
    ("Gegevens worden langer bewaard dan nodig", "vaste termijnen, vernietiging met twee handtekeningen; met de "
     "sleutel zijn ook alle kopieën onleesbaar"),
    ("Een verzoek van een inwoner komt niet in alle gegevens terecht", "verwijdering schrijft kluis en bewerkte "
     "gegevens opnieuw en houdt haar buiten een latere correctie"),
    ("Regels worden soepeler zonder dat iemand het ziet", "akkoord geldt voor precies deze inhoud; elke handeling "
     "staat in een logboek dat niet ongemerkt te veranderen is"),
)  # fmt: skip


def dpia_annex(activity: Activity, *, releases: list[Release], advice: list[Advice]) -> Page:
    """The annex for one gemeente and instrument."""
    parts = [*_part_a(activity), *_part_b(activity), *_part_c(), *_part_d(activity, releases, advice)]
    title = f"Bijlage bij de DPIA: {activity.title}, {activity.place}"
    source = (
        "Gemaakt uit de instellingen en metingen van Toegangspeil, in de volgorde van het Model DPIA Rijksdienst. "
        "Dit is een bijlage; de DPIA zelf is van de gemeente. De FG adviseert (artikel 35 lid 2 AVG)."
    )
    return Page(title, parts, source)


def _part_a(activity: Activity) -> list[Part]:
    treatments = tuple(
        (activity.label(name), TREATMENT_WORDS[rule.do.value], _bands(rule.bands))
        for rules in (activity.policy.columns.values() if activity.policy else ())
        for name, rule in rules.items()
    )
    return [
        Part("A. Kenmerken van de gegevensverwerkingen"),
        _point("1. Voorstel", f"{activity.title}; metingen: {_list(activity.metingen)}."),
        Part(
            "2. Persoonsgegevens", level=3, text=("Soort gegevens, en wat er met elke kolom gebeurt.",),
            tables=(
                Rows(("soort", "kolommen"), tuple((k, "\n".join(v)) for k, v in activity.data.items())),
                Rows(("kolom", "behandeling", "banden"), treatments),
            ),
        ),
        _point(
            "3. Gegevensverwerkingen",
            "Inlezen, versleuteld bewaren, pseudoniem maken, toestemming toepassen, kolommen en teksten bewerken, "
            "controleren, tellen, beveiligen, publiceren. Er gaat niets terug naar een eerdere stap.",
        ),
        _point("4. Doeleinden", _sentence(PURPOSE)),
        _point("5. Betrokken partijen", f"College van {activity.place}; Movisie als {_list(activity.movisie)}; "
               f"ontvangers: {_list(activity.recipients)}; zichtbaar voor: "
               f"{_list(AUDIENCE[one] for one in activity.audiences)}."),
        _point("6. Belangen", _JUDGE + "het belang van de gemeente en van inwoners bij dit onderzoek."),
        _point("7. Verwerkingslocaties", _JUDGE + "waar de server staat. Het programma stuurt niets naar buiten."),
        _point("8. Techniek en methode", _sentence(MEASURES) + " Geen geautomatiseerde besluiten, geen profilering."),
        _point("9. Juridisch en beleidsmatig kader", f"AVG, UAVG; {_list(activity.bases)}."),
        _point("10. Bewaartermijnen", _sentence(retention_words(activity))),
    ]  # fmt: skip


def _part_b(activity: Activity) -> list[Part]:
    small = (
        f"groepen kleiner dan {activity.policy.min_group} worden nooit getoond" if activity.policy else "zie de regels"
    )
    return [
        Part("B. Rechtmatigheid"),
        _point("11. Rechtsgrond", _sentence(_list(activity.bases))),
        _point("12. Bijzondere persoonsgegevens", f"Gezondheid. Uitzondering: {_list(activity.art9)}. BSN: verboden; "
               "een aanlevering met een BSN in een kolom wordt geweigerd."),
        _point("13. Doelbinding", "Alleen statistiek. Terugkoppelen naar personen kan niet over metingen heen."),
        _point("14. Noodzaak en evenredigheid", f"Onbekende kolommen worden geweigerd; {small}. "
               + _JUDGE + "waarom het niet met minder kan."),
        _point("15. Rechten van betrokkenen", f"Informatiebrief: {_list(activity.notices)}. Verzoeken worden per "
               "grondslag behandeld; na vernietiging van de sleutel geldt artikel 11 AVG."),
    ]  # fmt: skip


def _part_c() -> list[Part]:
    rows = tuple((risk, "in te vullen", "in te vullen") for risk, _ in _RISKS)
    return [
        Part("C. Risico's voor betrokkenen"),
        Part(
            "16. Risico's",
            level=3,
            text=(_JUDGE + "kans en gevolg.",),
            tables=(Rows(("risico", "kans", "gevolg"), rows),),
        ),
    ]


def _filled(title: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], otherwise: str) -> Part:
    return Part(title, level=3, tables=(Rows(heads, rows),)) if rows else Part(title, (otherwise,), level=3)


def _part_d(activity: Activity, releases: list[Release], advice: list[Advice]) -> list[Part]:
    measured = tuple(
        (
            one.name,
            STATE_WORDS.get(one.state.value, one.state.value),
            one.approved_by or "–",
            _evidence(one.evidence),
        )
        for one in releases
        if activity.area in one.areas
    )
    given = tuple(
        (one.at[:10], one.role.value.upper(), one.text, _FOLLOWED[one.followed], one.why or "") for one in advice
    )
    return [
        Part("D. Maatregelen"),
        Part("17. Maatregelen", level=3, tables=(Rows(("risico", "maatregel"), _RISKS),)),
        _filled("Gemeten", ("uitgave", "stand", "goedgekeurd door", "bewijs"), measured, "Nog geen uitgave."),
        _filled("Adviezen van FG en CISO", ("datum", "van", "advies", "gevolg", "waarom"), given, "Nog geen advies."),
    ]


def _bands(name: str | None) -> str:
    return ", ".join(BANDS[name].labels) if name in BANDS else name or ""


def _evidence(evidence: Mapping[str, Any]) -> str:
    """What was measured, in words and counts; the certificate itself lies with the release."""
    found = [
        f"{name}: {grouped(value) if type(value) is int else value}"
        for name, value in sorted(evidence.items())
        if _short(name, value)
    ]
    if audit := evidence.get("audit"):
        found.append(
            f"{grouped(audit['cells'])} cijfers, waarvan {grouped(audit['suppressed'])} niet getoond; "
            f"aangevallen op {len(audit['attacks'])} manieren: {', '.join(audit['attacks'])}"
        )
    return "\n".join(found) or "nog niet gemeten"


def _short(name: str, value: object) -> bool:
    return name != "summary" and isinstance(value, str | int | float)


def _point(title: str, text: str) -> Part:
    return Part(title, text=(text,), level=3)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "nog niet bekend"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
