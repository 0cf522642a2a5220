"""What the numbers in an uploaded file mean: asked for each scale, because bureaus count from either end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import InputRejected
from domain.instruments import Codebook, Scale
from portal.speech import _

AS_BOOK, TURNED, OTHER = "zo", "andersom", "anders"
NO_ANSWER = "geen antwoord"


@dataclass(frozen=True)
class CodesAsked:
    """The question about one scale of one file.

    field: begin of the names of its fields. ways: what may be said, each with all numbers spelled out.
    odd: numbers in the file that the codebook does not have. meanings: what such a number may mean, to choose from.
    """

    scale: str
    field: str
    questions: int
    ways: tuple[tuple[str, str], ...]
    odd: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]


def asked_about(
    found: Mapping[str, Sequence[str]], codebook: Codebook, names: Sequence[str], at: int
) -> list[CodesAsked]:
    """A question for every scale whose answers stand in the file as numbers.

    found: scale -> numbers in the file. names: columns of the codebook that are in the file. at: number of the file.
    """
    return [_asked(scale, numbers, codebook, names, at) for scale, numbers in found.items()]


def _asked(scale: str, numbers: Sequence[str], codebook: Codebook, names: Sequence[str], at: int) -> CodesAsked:
    rule = codebook.scales[scale]
    columns = {name: column for table in codebook.tables.values() for name, column in table.items()}
    return CodesAsked(
        scale,
        f"cijfers-{at}-{scale}",
        sum(columns[name].scale == scale for name in names),
        (
            (AS_BOOK, spelled(rule.values)),
            (TURNED, spelled(turned(rule))),
            (OTHER, _("Iets anders, of ik weet het niet")),
        ),
        tuple(number for number in numbers if number not in rule.values),
        (("", _("kies een betekenis")), *((word, word) for word in (*rule.values.values(), NO_ANSWER))),
    )


def spelled(meaning: Mapping[str, str]) -> str:
    """'1 = helemaal mee eens, 2 = mee eens, …' in the order of the numbers."""
    return ", ".join(f"{code} = {meaning[code]}" for code in sorted(meaning, key=int))


def turned(rule: Scale) -> dict[str, str]:
    """The same numbers counted from the other end; those that are no answer stay what they are."""
    order = sorted((code for code in rule.values if code not in rule.no_answer), key=int)
    return dict(rule.values) | {code: rule.values[other] for code, other in zip(order, reversed(order), strict=True)}


def answered(asked: CodesAsked, codebook: Codebook, said: Callable[[str], str]) -> dict[str, str]:
    """Number -> word as the steward said, for delivery.yaml. Raises InputRejected until everything is said."""
    rule, way = codebook.scales[asked.scale], said(asked.field)
    if way == OTHER:
        raise InputRejected(
            _("zet in het bestand woorden in plaats van cijfers, of vraag het bureau wat de cijfers betekenen")
        )
    odd = {number: said(f"{asked.field}-{number}") for number in asked.odd}
    known = {word for word, _shown in asked.meanings if word}
    if way not in (AS_BOOK, TURNED) or not known.issuperset(odd.values()):
        raise InputRejected(_("zeg eerst wat de cijfers in het bestand betekenen"))
    return (dict(rule.values) if way == AS_BOOK else turned(rule)) | odd
