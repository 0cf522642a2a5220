"""The five sentences of the vrijgavebesluit: filled from what was measured, each true or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.delivery import Manifest
from domain.policy import FLOOR_GROUP, OUTSIDE_GROUP
from domain.vocabulary import Audience
from portal.evidence import Evidence
from portal.words import day, listed, number
from register.findings import Finding, FindingKind

RULE = "Bij gesprekken tonen we geen aantallen. We tonen een thema pas als minstens 3 mensen het noemen."


@dataclass(frozen=True)
class Sentence:
    """One sentence; `true` says whether somebody may sign under it, `extra` what belongs to it."""

    text: str
    true: bool
    extra: tuple[str, ...] = ()


def five(
    gemeente: str, recipients: Sequence[str], audience: Audience, manifests: Sequence[Manifest],
    findings: Sequence[Finding], evidence: Evidence,
) -> list[Sentence]:  # fmt: skip
    """The sentences for a contribution, in their order."""
    return [
        _who(gemeente, evidence, findings),
        _how_small(evidence, audience),
        _attacked(evidence),
        _recipients(gemeente, recipients, manifests),
        Sentence("U kunt de vrijgave later stoppen. Maar wat al is gedownload, krijgt u niet terug.", True),
    ]


def all_true(sentences: Iterable[Sentence]) -> bool:
    """Whether the button may be there."""
    return all(sentence.true for sentence in sentences)


def _who(gemeente: str, evidence: Evidence, findings: Sequence[Finding]) -> Sentence:
    if evidence.refusal:
        return Sentence(f"Wij konden niet tellen over hoeveel mensen in {gemeente} deze cijfers gaan.", False)
    quotes = sum(one.kind is FindingKind.QUOTE for one in findings)
    extra: tuple[str, ...] = ()
    if findings:
        summaries = len(findings) - quotes
        extra = (
            f"Wel {_count(summaries, 'samenvatting', 'samenvattingen')} en {_count(quotes, 'citaat', 'citaten')}. "
            "Een mens heeft ze allemaal nagekeken.",
        )
    text = (
        f"U geeft cijfers vrij over {number(evidence.people)} mensen in {gemeente}. "
        "Namen, losse antwoorden en gespreksverslagen gaan niet mee."
    )
    return Sentence(text, evidence.people > 0, extra)


def _how_small(evidence: Evidence, audience: Audience) -> Sentence:
    if evidence.refusal:
        return Sentence("Wij konden de cijfers niet veilig maken.", False, (_sentence(evidence.refusal),))
    floor = FLOOR_GROUP if audience is Audience.EIGEN else OUTSIDE_GROUP
    text = (
        f"Elk cijfer gaat over minstens {evidence.minimum} mensen. {number(evidence.hidden)} van de "
        f"{number(evidence.cells)} cijfers tonen we niet: de groep is te klein, of iemand kan het cijfer uitrekenen "
        "met andere cijfers."
    )
    return Sentence(text, evidence.minimum >= floor, (RULE,) if evidence.talks else ())


def _attacked(evidence: Evidence) -> Sentence:
    if evidence.safe:
        return Sentence(
            "We hebben zelf geprobeerd om mensen te herkennen, ook met eerdere vrijgaven. Dat lukte niet. "
            "Wie iemand goed kent, kan soms toch iets vermoeden.",
            True,
        )
    if evidence.refusal:
        return Sentence("We konden niet proberen of mensen te herkennen zijn. U kunt nu niet vrijgeven.", False)
    if not evidence.same:
        why = "Wat we nu berekenen, is anders dan toen de bijdrage werd klaargezet. Laat haar opnieuw klaarzetten."
        return Sentence("Deze bijdrage is niet meer hetzelfde. U kunt nu niet vrijgeven.", False, (why,))
    return Sentence("We hebben zelf geprobeerd om mensen te herkennen. Dat lukte. U kunt nu niet vrijgeven.", False)


def _recipients(gemeente: str, recipients: Sequence[str], manifests: Sequence[Manifest]) -> Sentence:
    if not recipients:
        return Sentence(f"Niemand buiten {gemeente} krijgt deze cijfers.", True)
    who = f"{listed(list(recipients))} {'krijgt' if len(recipients) == 1 else 'krijgen'} deze cijfers."
    named = bool(manifests) and all(set(recipients) <= set(manifest.recipients) for manifest in manifests)
    if not named:
        return Sentence(f"{who} Dit stond niet in de brief. U kunt nu niet vrijgeven.", False)
    return Sentence(f"{who} {_letters(manifests)}", True)


def _letters(manifests: Sequence[Manifest]) -> str:
    dates = sorted({manifest.notice_date for manifest in manifests if manifest.notice_date is not None})
    undated = sorted({manifest.notice for manifest in manifests if manifest.notice_date is None})
    words = [_dates(dates)] if dates else []
    words += [f"({listed(undated)})"] if undated else []
    several = len(dates) + len(undated) > 1
    return f"Dat stond in de {'brieven' if several else 'brief'} aan de inwoners {' en '.join(words)}."


def _dates(dates: Sequence[date]) -> str:
    return f"van {listed([day(one) for one in dates])}"


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
