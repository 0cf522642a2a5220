"""What the numbers in a file mean: bureaus count 'helemaal mee eens' as 1 or as 5, and nothing in the file tells.

Who delivers says it in delivery.yaml (`codes`), and the portal asks. Without it the numbers of the codebook that the
delivery names hold, and whoever delivers is told so; answers that then come out against all experience are refused,
because that is how numbers counted the other way look.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from domain.errors import InputRejected
from domain.instruments import Codebook, Scale
from domain.vocabulary import ColumnType, Direction
from ingest.answers import own_codes
from ingest.words import SAME, fold, refused

Codes = Mapping[str, Mapping[str, str]]
GROUPS = ("gemeente", "doelgroep")
"""Columns of which `codes` may say what each value means, as it does of scales."""
_HINT = re.compile(r"(?<!\d)(\d{1,2})\s*(?:=|:|\()\s*([^\W\d_][^\d=;,/()\[\]]*[^\W\d_])")
_LONGEST_CODE, _MOST_CODES = 3, 15
_ENOUGH, _TOO_MANY = 30, 1.5


def bare_codes(table: pa.Table, codebook: Codebook, name: str) -> dict[str, list[str]]:
    """Per scale the numbers that stand in the file for answers, in order; a scale given in words is left out.

    table: under the codebook's names. A column with too many numbers, or long ones, holds something else.
    """
    found: dict[str, set[str]] = {}
    for column, scale in _scaled(table, codebook, name):
        numbers = {text.strip() for text in pc.unique(_text(table, column)).to_pylist() if text and _is_code(text)}
        if len(numbers) <= _MOST_CODES:
            found.setdefault(scale, set()).update(numbers)
    return {scale: sorted(numbers, key=int) for scale, numbers in found.items() if numbers}


def check_codes(codes: Codes, codebook: Codebook, where: str) -> None:
    """Raises InputRejected when `codes` names a scale or an answer that the codebook does not know."""
    for scale, given in codes.items():
        if scale in GROUPS:
            continue
        if scale not in codebook.scales:
            raise InputRejected(
                f"{where}: bij 'codes' staat een schaal die {codebook.reference} niet kent; "
                f"kies uit {', '.join(codebook.scales)}"
            )
        own_codes(codebook.scales[scale].values, given, f"{where}: bij 'codes' voor schaal '{scale}'")


def unsaid(
    table: pa.Table, headers: Iterable[str], named: Sequence[str | None], codebook: Codebook, name: str, codes: Codes
) -> frozenset[str]:
    """Scales of which the file holds numbers that could be counted from either end, when nothing says from which.

    table: under the codebook's names. headers, named: as delivered, and what each is in the codebook. A number with a
    sign says by itself what it means, and 1 for yes and 2 for no are the same everywhere.
    """
    scales = [(header, _scale_of(one, codebook)) for header, one in zip(headers, named, strict=True) if one]
    told = {scale for header, scale in scales if scale and len(_hints(header, codebook.scales[scale])) > 1}
    numbers = {scale: set(found) for scale, found in bare_codes(table, codebook, name).items()}
    graded = {scale: _graded(codebook.scales[scale]) for scale in numbers.keys() - codes.keys() - told}
    return frozenset(scale for scale, ends in graded.items() if len(ends) > 2 and numbers[scale] & set(ends))


def read_as(rule: Scale) -> str:
    """What the first and the last number of a scale mean in the codebook: `1 = helemaal mee eens, 5 = …`."""
    ends = _graded(rule)
    return ", ".join(f"{code} = {rule.values[code]}" for code in (ends[0], ends[-1]))


def _graded(rule: Scale) -> list[str]:
    """The numbers of a scale from one end to the other; none where a sign says which end is which."""
    found = [code for code in rule.values if code not in rule.no_answer]
    return [] if any(code.startswith("-") for code in found) else found


def check_direction(table: pa.Table, codebook: Codebook, name: str, codes: Codes, where: str) -> None:
    """Raises InputRejected when numbers nobody explained say that far more people are dissatisfied than satisfied."""
    against: dict[str, list[int]] = {}
    for column, scale in _scaled(table, codebook, name):
        rule = codebook.scales[scale]
        if scale in codes or len(rule.negative) < 2:
            continue
        for at, chosen in enumerate((rule.positive, rule.negative)):
            counts = against.setdefault(scale, [0, 0])
            counts[at] += pc.sum(pc.is_in(_text(table, column), pa.array(chosen, pa.string()))).as_py() or 0
    for scale, (good, bad) in against.items():
        if bad >= _ENOUGH and bad > _TOO_MANY * good:
            raise _asked(scale, codebook.scales[scale], where)


def check_hints(
    headers: Iterable[str], named: Sequence[str | None], codebook: Codebook, codes: Codes, where: str
) -> None:
    """Raises InputRejected when a header says of a number something else than the codebook, and `codes` says nothing.

    named: what each header is in the codebook.
    """
    scales = dict(zip(headers, ((_scale_of(name, codebook) if name else None) for name in named), strict=True))
    for header, scale in scales.items():
        if scale is None or scale in codes:
            continue
        if any(number != own for number, own in _hints(header, codebook.scales[scale])):
            raise refused(
                f"{where}: de kop van een vraag geeft een cijfer een andere betekenis dan {codebook.reference}",
                f"zet in delivery.yaml bij 'codes' voor schaal '{scale}' wat elk cijfer betekent",
                "zeg bij stap 2 wat elk cijfer betekent",
            )


def _hints(header: str, rule: Scale) -> list[tuple[str, str]]:
    """Numbers that a header explains in words of the scale, each with the scale's own number for that word."""
    meant = {fold(label): code for code, label in rule.values.items()}
    words = ((number, fold(word)) for number, word in _HINT.findall(header))
    found = ((number, meant.get(word) or meant.get(SAME.get(word, ""))) for number, word in words)
    return [(number, own) for number, own in found if own is not None]


def _scale_of(name: str, codebook: Codebook) -> str | None:
    return next((table[name].scale for table in codebook.tables.values() if name in table), None)


def _asked(scale: str, rule: Scale, where: str) -> InputRejected:
    low_is_good = rule.direction is Direction.LOW_IS_GOOD
    best = (min if low_is_good else max)(rule.positive, key=int)
    worst = (max if low_is_good else min)(rule.negative, key=int)
    return refused(
        f"{where}: de antwoorden zijn veel vaker ongunstig dan gunstig als {best} '{rule.values[best]}' betekent en "
        f"{worst} '{rule.values[worst]}'",
        f"is het bij u andersom? Zet in delivery.yaml bij 'codes' voor schaal '{scale}' wat elk cijfer betekent, ook "
        f"als het zo klopt",
        "is het bij u andersom? Zeg bij stap 2 wat elk cijfer betekent, ook als het zo klopt",
    )


def _scaled(table: pa.Table, codebook: Codebook, name: str) -> list[tuple[str, str]]:
    """Columns of the table that are answered on a scale, and which."""
    rules = codebook.tables[name]
    return [
        (column, scale)
        for column in table.column_names
        if rules[column].type is ColumnType.SCALE and (scale := rules[column].scale)
    ]


def _text(table: pa.Table, column: str) -> pa.ChunkedArray:
    return table.column(column).cast(pa.string())


def _is_code(text: str) -> bool:
    bare = text.strip().lstrip("-")
    return bare.isdecimal() and bare.isascii() and len(bare) <= _LONGEST_CODE
