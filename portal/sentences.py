"""The five sentences of the vrijgavebesluit: filled from what was measured, each true or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.delivery import Manifest
from domain.policy import FLOOR_GROUP, OUTSIDE_GROUP
from domain.vocabulary import Audience
from portal.evidence import Evidence
from portal.sent_letters import each_letter, sent_on
from portal.speech import _, _n
from portal.words import listed, number
from register.findings import FindingKind, WrittenFinding

RULE = _("Bij gesprekken tonen we geen aantallen. We tonen een thema pas als minstens 3 mensen het noemen.")


_ALSO = {
    Audience.DEELNEMERS: (_("Ook de andere gemeenten die meedoen, zien deze cijfers."),),
    Audience.OPENBAAR: (_("Iedereen kan deze cijfers zien."),),
}
"""Who else sees figures than the recipients of the letter: what the proceseigenaar signs as `zichtbaar voor`."""


@dataclass(frozen=True)
class Sentence:
    """One sentence; `true` says whether somebody may sign under it, `extra` what belongs to it.

    each: the letters per gemeente, where there are several.
    """

    text: str
    true: bool
    extra: tuple[str, ...] = ()
    each: tuple[str, ...] = ()


Letters = Mapping[str, Sequence[Manifest | None]]
"""Name of a gemeente or verband -> the manifest of each of its deliveries; None for one that was replaced."""


def five(
    gemeente: str, recipients: Sequence[str], audience: Audience, manifests: Sequence[Manifest | None],
    findings: Sequence[WrittenFinding], evidence: Evidence,
) -> list[Sentence]:  # fmt: skip
    """The sentences for a contribution, in their order. manifests: as in `Letters`."""
    return [
        _who(gemeente, evidence, findings),
        _how_small(evidence, _floor(recipients, audience)),
        _attacked(evidence),
        _recipients(gemeente, recipients, {gemeente: manifests}, audience),
        _stoppable(),
    ]


def five_of_release(
    areas: Sequence[str], recipients: Sequence[str], audience: Audience, letters: Letters,
    findings: Sequence[WrittenFinding], evidence: Mapping[str, Any],
) -> list[Sentence]:  # fmt: skip
    """The same sentences for the second person, over all gemeenten of a release.

    areas: names; one without letters makes the fourth sentence untrue. evidence: what came with the tables; a release
    from before these counts has none, and then the first two sentences are not true.
    """
    figures, minimum = evidence.get("figures") or {}, (evidence.get("certificate") or {}).get("minimum") or 0
    where = areas[0] if len(areas) == 1 else _("{n} gemeenten en verbanden", n=number(len(areas)))
    return [
        _over(figures["people"], figures["elsewhere"], where, findings) if "people" in figures else _uncounted(where),
        _small(minimum, figures["hidden"], figures["cells"], _floor(recipients, audience), talks=figures["talks"])
        if figures
        else Sentence(_("Wij weten niet hoeveel cijfers we niet tonen. Laat de uitgave opnieuw klaarzetten."), False),
        _unlearned() if (evidence.get("audit") or {}).get("attacks") else _untried(),
        _recipients(where, recipients, {area: letters.get(area, ()) for area in areas}, audience),
        _stoppable(),
    ]


def all_true(sentences: Iterable[Sentence]) -> bool:
    """Whether the button may be there."""
    return all(sentence.true for sentence in sentences)


def _who(gemeente: str, evidence: Evidence, findings: Sequence[WrittenFinding]) -> Sentence:
    if evidence.refusal:
        return Sentence(
            _("Wij konden niet tellen over hoeveel mensen in {gemeente} deze cijfers gaan.", gemeente=gemeente), False
        )
    return _over(evidence.people, evidence.elsewhere, gemeente, findings)


def _uncounted(where: str) -> Sentence:
    text = _(
        "Wij weten niet over hoeveel mensen in {where} deze cijfers gaan. Laat de uitgave opnieuw klaarzetten.",
        where=where,
    )  # fmt: skip
    return Sentence(text, False)


def _over(people: int, elsewhere: int, gemeente: str, findings: Sequence[WrittenFinding]) -> Sentence:
    """People of our own counting and those that somebody else counted never in one number: they may be the same."""
    extra = [_others(elsewhere)] if people and elsewhere else []
    if findings:
        quotes = sum(one.kind is FindingKind.QUOTE for one in findings)
        summaries = len(findings) - quotes
        extra.append(
            _(
                "Wel {summaries} en {quotes}. Een mens heeft ze allemaal nagekeken.",
                summaries=_n("{n} samenvatting", "{n} samenvattingen", summaries),
                quotes=_n("{n} citaat", "{n} citaten", quotes),
            )
        )
    if elsewhere and not people:
        text = _(
            "U geeft cijfers vrij van {where} die een ander al telde, over minstens {people} mensen. "
            "Namen, losse antwoorden en gespreksverslagen gaan niet mee.",
            where=gemeente, people=number(elsewhere),
        )  # fmt: skip
    else:
        text = _(
            "U geeft cijfers vrij over {people} mensen in {gemeente}. "
            "Namen, losse antwoorden en gespreksverslagen gaan niet mee.",
            people=number(people), gemeente=gemeente,
        )  # fmt: skip
    return Sentence(text, people + elsewhere > 0, tuple(extra))


def _others(people: int) -> str:
    return _(
        "Daarbij zijn cijfers die een ander al telde. Die gaan over minstens {people} mensen. "
        "Wij weten niet of dat andere mensen zijn.",
        people=number(people),
    )  # fmt: skip


def _floor(recipients: Sequence[str], audience: Audience) -> int:
    """The smallest group there may be: groups of five are for who gives nothing to anybody else."""
    return FLOOR_GROUP if audience is Audience.EIGEN and not recipients else OUTSIDE_GROUP


def _how_small(evidence: Evidence, floor: int) -> Sentence:
    if evidence.refusal:
        return Sentence(_("Wij konden de cijfers niet veilig maken."), False, (_sentence(evidence.refusal),))
    return _small(evidence.minimum, evidence.hidden, evidence.cells, floor, talks=evidence.talks)


def _small(minimum: int, hidden: int, cells: int, floor: int, *, talks: bool) -> Sentence:
    text = _(
        "Elk cijfer gaat over minstens {minimum} mensen. {hidden} van de {cells} cijfers tonen we niet: de groep is "
        "te klein, of iemand kan het cijfer uitrekenen met andere cijfers.",
        minimum=minimum, hidden=number(hidden), cells=number(cells),
    )  # fmt: skip
    return Sentence(text, minimum >= floor, (RULE,) if talks else ())


def _attacked(evidence: Evidence) -> Sentence:
    if evidence.safe:
        return _unlearned()
    if evidence.refusal:
        return _untried()
    if not evidence.same:
        why = _(
            "Wat we nu berekenen, is anders dan toen de bijdrage werd klaargezet. Laat de bijdrage opnieuw klaarzetten."
        )
        return Sentence(_("Deze bijdrage is niet meer hetzelfde. U kunt nu niet vrijgeven."), False, (why,))
    return Sentence(_("We hebben zelf geprobeerd om mensen te herkennen. Dat lukte. U kunt nu niet vrijgeven."), False)


def _unlearned() -> Sentence:
    return Sentence(
        _(
            "We hebben zelf geprobeerd om mensen te herkennen, ook met eerdere vrijgaven. Dat lukte niet. "
            "Wie iemand goed kent, kan soms toch iets vermoeden."
        ),
        True,
    )


def _untried() -> Sentence:
    return Sentence(_("We konden niet proberen of mensen te herkennen zijn. U kunt nu niet vrijgeven."), False)


def _stoppable() -> Sentence:
    return Sentence(_("U kunt de vrijgave later stoppen. Maar wat al is gedownload, krijgt u niet terug."), True)


def _recipients(where: str, recipients: Sequence[str], letters: Letters, audience: Audience) -> Sentence:
    if not recipients:
        return _nobody_named(where, audience)
    who = _who_gets(where, recipients, audience)
    known = [one for manifests in letters.values() for one in manifests if one is not None]
    if any(not manifests or None in manifests for manifests in letters.values()):
        lost = _("Wij vinden niet elke brief aan de inwoners terug. U kunt nu niet vrijgeven.")
        return Sentence(_("{who} {letters}", who=who, letters=lost), False)
    if not all(set(recipients) <= set(one.recipients) for one in known):
        return Sentence(_("{who} Dit stond niet in de brief. U kunt nu niet vrijgeven.", who=who), False)
    text = _("{who} {letters}", who=who, letters=sent_on(known))
    return Sentence(text, True, _ALSO.get(audience, ()), each_letter(letters))


def _nobody_named(where: str, audience: Audience) -> Sentence:
    if audience is Audience.EIGEN:
        return Sentence(_("Niemand buiten {gemeente} krijgt deze cijfers.", gemeente=where), True)
    text = _("Ook anderen krijgen deze cijfers, maar er is geen ontvanger gekozen. U kunt nu niet vrijgeven.")
    return Sentence(text, False)


def _who_gets(where: str, recipients: Sequence[str], audience: Audience) -> str:
    """Who is named gets the figures here; of figures for the own gemeente only, at most from that gemeente."""
    who = listed(list(recipients))
    if audience is Audience.EIGEN:
        return _(
            "In dit portaal ziet alleen {gemeente} deze cijfers. {gemeente} mag ze zelf geven aan {who}.",
            gemeente=where, who=who,
        )  # fmt: skip
    return _n("{who} krijgt deze cijfers.", "{who} krijgen deze cijfers.", len(recipients), who=who)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
