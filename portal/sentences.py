"""The five sentences of the vrijgavebesluit: filled from what was measured, each true or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.delivery import Manifest
from domain.policy import FLOOR_GROUP, OUTSIDE_GROUP
from domain.vocabulary import Audience
from portal.evidence import Evidence
from portal.speech import _, _n
from portal.words import day, listed, number
from register.findings import FindingKind, WrittenFinding

RULE = _("Bij gesprekken tonen we geen aantallen. We tonen een thema pas als minstens 3 mensen het noemen.")


_ALSO = {
    Audience.EIGEN: (_("In dit portaal ziet alleen de eigen gemeente deze cijfers."),),
    Audience.DEELNEMERS: (_("Ook de andere gemeenten die meedoen, zien deze cijfers."),),
    Audience.OPENBAAR: (_("Iedereen kan deze cijfers zien."),),
}
"""Who else sees figures than the recipients of the letter: what the proceseigenaar signs as `zichtbaar voor`."""


@dataclass(frozen=True)
class Sentence:
    """One sentence; `true` says whether somebody may sign under it, `extra` what belongs to it."""

    text: str
    true: bool
    extra: tuple[str, ...] = ()


def five(
    gemeente: str, recipients: Sequence[str], audience: Audience, manifests: Sequence[Manifest],
    findings: Sequence[WrittenFinding], evidence: Evidence,
) -> list[Sentence]:  # fmt: skip
    """The sentences for a contribution, in their order."""
    return [
        _who(gemeente, evidence, findings),
        _how_small(evidence, audience),
        _attacked(evidence),
        _recipients(gemeente, recipients, manifests, audience),
        _stoppable(),
    ]


def five_of_release(
    areas: Sequence[str], recipients: Sequence[str], audience: Audience, allowed: Iterable[Sequence[str]],
    findings: Sequence[WrittenFinding], evidence: Mapping[str, Any],
) -> list[Sentence]:  # fmt: skip
    """The same sentences for the second person, over all gemeenten of a release.

    areas: names. allowed: per contribution the recipients that its letters name. evidence: what came with the
    tables; a release from before these counts has none, and then the second sentence is not true.
    """
    figures, minimum = evidence.get("figures") or {}, (evidence.get("certificate") or {}).get("minimum") or 0
    where = areas[0] if len(areas) == 1 else _("{n} gemeenten en verbanden", n=number(len(areas)))
    gate = evidence.get("gate") or ()
    people = sum(int(one["counts"].get("persons", 0)) for one in gate)
    counted = bool(gate) and people == 0
    return [
        _counted_elsewhere(where) if counted and figures else _over(people, where, findings),
        _small(minimum, figures["hidden"], figures["cells"], audience, talks=figures["talks"])
        if figures
        else Sentence(_("Wij weten niet hoeveel cijfers we niet tonen. Laat de uitgave opnieuw klaarzetten."), False),
        _unlearned() if (evidence.get("audit") or {}).get("attacks") else _untried(),
        _named(where, recipients, all(set(recipients) <= set(one) for one in allowed), audience),
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
    return _over(evidence.people, gemeente, findings)


def _counted_elsewhere(where: str) -> Sentence:
    text = _(
        "U geeft cijfers vrij van {where} die een ander al telde. "
        "Namen, losse antwoorden en gespreksverslagen gaan niet mee.",
        where=where,
    )  # fmt: skip
    return Sentence(text, True)


def _over(people: int, gemeente: str, findings: Sequence[WrittenFinding]) -> Sentence:
    quotes = sum(one.kind is FindingKind.QUOTE for one in findings)
    extra: tuple[str, ...] = ()
    if findings:
        summaries = len(findings) - quotes
        extra = (
            _(
                "Wel {summaries} en {quotes}. Een mens heeft ze allemaal nagekeken.",
                summaries=_n("{n} samenvatting", "{n} samenvattingen", summaries),
                quotes=_n("{n} citaat", "{n} citaten", quotes),
            ),
        )
    text = _(
        "U geeft cijfers vrij over {people} mensen in {gemeente}. "
        "Namen, losse antwoorden en gespreksverslagen gaan niet mee.",
        people=number(people), gemeente=gemeente,
    )  # fmt: skip
    return Sentence(text, people > 0, extra)


def _how_small(evidence: Evidence, audience: Audience) -> Sentence:
    if evidence.refusal:
        return Sentence(_("Wij konden de cijfers niet veilig maken."), False, (_sentence(evidence.refusal),))
    return _small(evidence.minimum, evidence.hidden, evidence.cells, audience, talks=evidence.talks)


def _small(minimum: int, hidden: int, cells: int, audience: Audience, *, talks: bool) -> Sentence:
    floor = FLOOR_GROUP if audience is Audience.EIGEN else OUTSIDE_GROUP
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


def _recipients(
    gemeente: str, recipients: Sequence[str], manifests: Sequence[Manifest], audience: Audience
) -> Sentence:
    named = bool(manifests) and all(set(recipients) <= set(manifest.recipients) for manifest in manifests)
    return _named(gemeente, recipients, named, audience, _letters(manifests) if named else "")


def _named(gemeente: str, recipients: Sequence[str], named: bool, audience: Audience, letters: str = "") -> Sentence:
    if not recipients:
        return Sentence(_("Niemand buiten {gemeente} krijgt deze cijfers.", gemeente=gemeente), True)
    who = _n("{who} krijgt deze cijfers.", "{who} krijgen deze cijfers.", len(recipients), who=listed(list(recipients)))
    if not named:
        return Sentence(_("{who} Dit stond niet in de brief. U kunt nu niet vrijgeven.", who=who), False)
    letters = letters or _("Dat stond in de brieven aan de inwoners.")
    return Sentence(_("{who} {letters}", who=who, letters=letters), True, _ALSO.get(audience, ()))


def _letters(manifests: Sequence[Manifest]) -> str:
    dates = sorted({manifest.notice_date for manifest in manifests if manifest.notice_date is not None})
    undated = sorted({manifest.notice for manifest in manifests if manifest.notice_date is None})
    which: list[str] = [_("van {dates}", dates=listed([day(one) for one in dates]))] if dates else []
    which += [f"({listed(undated)})"] if undated else []
    return _n(
        "Dat stond in de brief aan de inwoners {which}.", "Dat stond in de brieven aan de inwoners {which}.",
        len(dates) + len(undated), which=listed(which),
    )  # fmt: skip


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
