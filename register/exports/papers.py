"""Three short papers: 'Wat gaat eruit' (one A4), annex to the verwerkersovereenkomst, measures for BIO2 and ENSIA."""

from register.contributions import Contribution, ContributionState, list_contributions
from register.exports.activities import PURPOSE, Activity
from register.exports.page import Page, Part, Rows
from register.exports.processing import ABROAD, MEASURES, retention_words
from register.store import Register

_NEVER = (
    "namen, adressen, geboortedata, cliëntnummers",
    "rijen van mensen, ook niet met pseudoniem",
    "open antwoorden en gespreksverslagen",
    "echte aantallen onder de kleinste groep",
    "de kluis en de sleutels",
)
AUDIENCE = {
    "eigen": "alleen de eigen gemeente", "movisie": "de eigen gemeente en Movisie",
    "deelnemers": "alle deelnemende gemeenten en Movisie", "openbaar": "iedereen, alleen gebundelde uitkomsten",
}  # fmt: skip


def standing_contribution(register: Register, activity: Activity) -> Contribution | None:
    """The newest contribution that holds this study and was not taken back; None when there is none."""
    mine = [
        one
        for one in list_contributions(register, area=activity.area)
        if one.state is not ContributionState.WITHDRAWN
        and any(part.key.instrument == activity.instrument for part in one.content.parts)
    ]
    return mine[-1] if mine else None


def what_goes_out(activity: Activity, contribution: Contribution | None) -> Page:
    """What leaves the gemeente, for whom, and what never does; on one A4."""
    policy = activity.policy
    seen = [contribution.content.zichtbaar_voor.value] if contribution else activity.audiences or ["eigen"]
    to = contribution.content.recipients if contribution else activity.recipients
    signed = (
        ("Regels gevolgd", contribution.rules_followed_by or "nog niet getekend"),
        ("Wij geven vrij", contribution.released_by or "nog niet getekend"),
    ) if contribution else ()  # fmt: skip
    parts = [
        Part("Wat", text=("Tabellen met afgeronde percentages en gemiddelden per vraag. " + _breakdowns(activity),)),
        Part(
            "Voor wie",
            text=(
                f"Zichtbaar voor: {'; '.join(AUDIENCE[one] for one in seen)}. Ontvangers: {', '.join(to) or 'geen'}.",
            ),
        ),
        Part(
            "Onder welke regels",
            points=(
                f"Kleinste groep: {policy.min_group if policy else 10} mensen.",
                f"Minstens {policy.min_support if policy else 3} mensen achter een thema of bevinding.",
                "Kleine groepen worden eerst samengevoegd en dan afgeschermd.",
                _approved(activity),
            ),
        ),
        Part("Wat gaat er nooit uit", points=_NEVER),
        Part("Wie tekende", tables=(Rows(("wat", "wie"), signed),))
        if signed
        else Part("Wie tekende", ("Nog niemand.",)),
    ]
    return Page(
        f"Wat gaat eruit: {activity.title}, {activity.place}", parts, "Gemaakt door Toegangspeil uit het register."
    )


def _approved(activity: Activity) -> str:
    if not activity.policy_fingerprint:
        return "De regels zijn nog niet goedgekeurd."
    return f"De regels zijn goedgekeurd. Kenmerk: {activity.policy_fingerprint[:16]}."


def agreement_annex(activity: Activity, *, subprocessors: tuple[str, ...] = ()) -> Page:
    """The annex with the processing, for the VNG standaard verwerkersovereenkomst."""
    kinds = tuple((words, "\n".join(names)) for words, names in activity.data.items())
    parts = [
        Part("1. De verwerking", text=(f"{activity.title}. Doel: {PURPOSE}.",)),
        Part("2. Betrokkenen", text=(", ".join(activity.people) or "nog niet bekend",)),
        Part("3. Persoonsgegevens", tables=(Rows(("soort", "kolommen"), kinds),)),
        Part("4. Bewaren en vernietigen", text=(retention_words(activity) + ". Vernietigen: met twee mensen.",)),
        Part("5. Beveiliging", text=(MEASURES + ".",)),
        Part("6. Subverwerkers", points=subprocessors or ("geen",)),
        Part("7. Plaats en doorgifte", text=(f"{ABROAD[:1].upper()}{ABROAD[1:]}.",)),
        Part("8. Datalekken", text=("Melding aan de gemeente zonder vertraging; de klok van 72 uur loopt "
                                    "vanaf de ontdekking.",)),
    ]  # fmt: skip
    source = "Bijlage, in te vullen en te tekenen door partijen. Gemaakt door Toegangspeil uit het register."
    return Page(f"Bijlage bij de verwerkersovereenkomst: {activity.title}, {activity.place}", parts, source)


_MEASURES = (
    ("Toegang", "rechten per rol en gemeente; wachtwoorden met Argon2id; tweede factor; blokkeren na vijf pogingen",
     "rollen en rechten, logboek"),
    ("Functiescheiding", "opsteller keurt niet goed; bijdrage door twee mensen; uitgave door een tweede persoon",
     "toestanden, logboek"),
    ("Versleuteling", "kluis, bewerkte gegevens en nakijklijst met AES-256-GCM; sleutels apart", "doctor"),
    ("Logging", "keten van handelingen, getekend met Ed25519; los te controleren", "ledger verify"),
    ("Bewaren en vernietigen", "vaste termijnen; vernietigen van de sleutel maakt alle kopieën onleesbaar",
     "retention due"),
    ("Ontwikkeling", "vastgezette versies met hashes; geen verbinding naar buiten; testen bij elke wijziging",
     "requirements.lock, make test"),
    ("Incidenten", "quarantaine met reden; melding van een mogelijk datalek met klok; uitgave intrekken",
     "downloadlijst, brief"),
    ("Continuïteit", "kopie en terugzetten; sleutels apart van gegevens bewaren", "backup, restore"),
)  # fmt: skip


def measures() -> Page:
    """What an installation can point to. Never a claim that somebody complies."""
    parts = [
        Part(
            "Maatregelen",
            text=("Of u voldoet, beoordeelt u zelf: dit zijn maatregelen die u kunt gebruiken als onderbouwing.",),
            tables=(Rows(("onderwerp", "wat het programma doet", "waar u het laat zien"), _MEASURES),),
        ),
        Part("Wat u zelf regelt", points=("schijfversleuteling van de server", "netwerk en toegang tot de server",
                                          "bewaren van de hoofdsleutel", "afspraken met leveranciers")),
    ]  # fmt: skip
    return Page("Maatregelen die u kunt gebruiken voor BIO2 en ENSIA", parts, "Gemaakt door Toegangspeil.")


def _breakdowns(activity: Activity) -> str:
    names = [activity.label(name) for name in activity.policy.breakdowns] if activity.policy else []
    return f"Uitgesplitst naar: {'; '.join(names)}." if names else "Alleen totalen, geen uitsplitsing."
